//! Withdrawn or replaced on a day, as a condition in SQL: the same answer as [`super::status::status_on`] gives, for
//! lists that must not read every standard to find the few.

use chrono::NaiveDate;

use crate::Scope;

/// The condition that the standard `alias` is REPLACED or WITHDRAWN on `day`, for this reader.
pub(crate) fn not_in_force(scope: &Scope, alias: &str, day: NaiveDate) -> String {
    let (claims, newer) = (scope.sql("c"), scope.sql("n"));
    // A pair is a full succession as soon as one record that the reader may see says so.
    let successors = format!(
        "FROM standard_succession l JOIN standard c ON c.key = l.claimed_by AND {claims} \
         JOIN standard n ON n.key = l.successor_key AND {newer} \
         WHERE l.predecessor_key = {alias}.key AND NOT l.partial AND n.effective_on IS NOT NULL"
    );
    let reported = format!(
        "({alias}.status_reported IS NOT NULL AND {alias}.status_reported IN ('REPLACED', 'WITHDRAWN') AND {alias}.withdrawn_on IS NULL)"
    );
    let since =
        format!("coalesce((SELECT min(n.effective_on) {successors}), {alias}.status_first_read_on, '{day}')");
    format!(
        "(({alias}.withdrawn_on IS NOT NULL AND {alias}.withdrawn_on <= '{day}') \
         OR (({alias}.effective_on IS NULL OR {alias}.effective_on <= '{day}') \
         AND (({reported} AND {since} <= '{day}') \
         OR (NOT {reported} AND EXISTS (SELECT 1 {successors} AND n.effective_on <= '{day}' \
         AND ({alias}.status_read_on IS NULL OR {alias}.status_read_on < n.effective_on))))))"
    )
}
