//! From a row of a list (经营异常名录, 严重违法失信名单) to claims about a listing: pure.

use chrono::NaiveDate;
use entity::credit::{CreditFlag, CreditList, ListingClaim, listing_identity};
use entity::ingestion::{Claim, Row};

use super::begin::{self, Told};
use crate::fields::Fault;
use crate::file::RawRecord;
use crate::form::Form;

/// Reads one row of 经营异常名录.
pub(super) fn abnormal_row(form: &Form, as_of: NaiveDate, record: RawRecord) -> Row {
    begin::row(form, as_of, record, |told| claims(told, CreditList::Abnormal))
}

/// Reads one row of 严重违法失信名单.
pub(super) fn serious_row(form: &Form, as_of: NaiveDate, record: RawRecord) -> Row {
    begin::row(form, as_of, record, |told| claims(told, CreditList::Serious))
}

fn claims(told: &mut Told<'_>, list: CreditList) -> Result<Vec<Claim>, Fault> {
    let listed_on = told.key_date("listed_on")?;
    let Some(reason) = told.text("reason") else {
        return Err(Fault {
            field: "reason",
            code: "REASON_EMPTY",
            message: "the row does not say why the enterprise was put on the list".to_owned(),
            remedy: "add the reason (列入原因)",
        });
    };
    let key = listing_identity(&told.subject.subject.key, list, listed_on, &reason);
    if let Some(withdrawn) = told.withdrawn() {
        let claim = ListingClaim {
            key,
            withdrawn: Some(withdrawn),
            ..ListingClaim::default()
        };
        return Ok(vec![Claim::Listing(Box::new(claim))]);
    }
    let removed_on = told.date("removed_on");
    if removed_on.is_some_and(|removed| removed < listed_on) {
        told.flag(CreditFlag::PeriodReversed);
    }
    let claim = ListingClaim {
        key,
        subject: Some(told.subject.subject.clone()),
        list: Some(list),
        reason: Some(reason),
        listed_on: Some(listed_on),
        organ: told.text("organ"),
        removed_on,
        removal_reason: told.text("removal_reason"),
        removal_organ: told.text("removal_organ"),
        region_code: told
            .subject
            .region
            .as_ref()
            .map(|region| region.as_str().to_owned()),
        flags: told.flags(),
        extra: told.extra(),
        ..ListingClaim::default()
    };
    let mut claims = vec![Claim::Listing(Box::new(claim))];
    claims.extend(told.about_enterprise(listed_on));
    Ok(claims)
}
