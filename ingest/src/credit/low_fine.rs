//! For how long a penalty is shown: its kinds, and what counts as a low fine (较低数额罚款) by `data/credit/publication.toml`.

use std::sync::LazyLock;

use chrono::NaiveDate;
use entity::credit::{PenaltyKind, PublicationTerm, SubjectKind};
use entity::value::RegionCode;
use serde::Deserialize;

use crate::{IngestError, bundle};

const NAME: &str = "credit/publication.toml";
const FEN_IN_YUAN: i64 = 100;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    low_fine: Vec<LowFine>,
}

/// What counts as low in a region, from a day on.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LowFine {
    region: String,
    from: NaiveDate,
    organization_yuan: i64,
    individual_yuan: i64,
}

static RULES: LazyLock<Result<Vec<LowFine>, String>> = LazyLock::new(|| {
    let bytes = bundle::file(NAME).map_err(|error| error.to_string())?;
    let text = String::from_utf8(bytes).map_err(|error| error.to_string())?;
    let file: File = toml::from_str(&text).map_err(|error| error.to_string())?;
    Ok(file.low_fine)
});

/// Whether the table can be read.
pub(super) fn check() -> Result<(), IngestError> {
    RULES
        .as_ref()
        .map(|_| ())
        .map_err(|problem| IngestError::BuiltIn {
            name: NAME.to_owned(),
            problem: problem.clone(),
        })
}

/// A decision as far as its publication goes.
pub(super) struct Decision<'a> {
    pub(super) kinds: &'a [PenaltyKind],
    /// In fen.
    pub(super) fine: Option<i64>,
    pub(super) subject: SubjectKind,
    pub(super) region: Option<&'a RegionCode>,
    pub(super) decided_on: NaiveDate,
}

/// For how long it is shown (令45号): a warning alone not at all; criticism or a low fine, with or without a warning, three months;
/// everything else three years. A fine whose amount is not known is not low.
pub(super) fn term(decision: &Decision<'_>) -> PublicationTerm {
    use PenaltyKind::{Criticism, Fine, Warning};
    let only = |kinds: &[PenaltyKind]| {
        !decision.kinds.is_empty() && decision.kinds.iter().all(|kind| kinds.contains(kind))
    };
    let fined = decision.kinds.contains(&Fine);
    if only(&[Warning]) {
        PublicationTerm::NotPublished
    } else if only(&[Warning, Criticism, Fine]) && (!fined || is_low(decision)) {
        PublicationTerm::ThreeMonths
    } else {
        PublicationTerm::ThreeYears
    }
}

fn is_low(decision: &Decision<'_>) -> bool {
    let rules = RULES.as_deref().unwrap_or_default();
    let holds = |rule: &&LowFine| {
        let inside = rule.region.is_empty()
            || RegionCode::parse(&rule.region)
                .zip(decision.region)
                .is_some_and(|(wide, narrow)| wide.contains(narrow));
        inside && rule.from <= decision.decided_on
    };
    let rule = rules
        .iter()
        .filter(holds)
        .max_by_key(|rule| (rule.region.trim_end_matches("00").len(), rule.from));
    let most = rule.map(|rule| match decision.subject {
        SubjectKind::Organization => rule.organization_yuan,
        SubjectKind::IndividualBusiness | SubjectKind::NaturalPerson => rule.individual_yuan,
    });
    most.zip(decision.fine)
        .is_some_and(|(most, fine)| fine <= most.saturating_mul(FEN_IN_YUAN))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r58_terms_follow_kinds_and_amounts() {
        use PenaltyKind::{Confiscation, Criticism, Fine, Warning};
        use PublicationTerm::{NotPublished, ThreeMonths, ThreeYears};
        check().unwrap();
        let table: [(&[PenaltyKind], Option<i64>, SubjectKind, PublicationTerm); 9] = [
            (&[Warning], None, SubjectKind::Organization, NotPublished),
            (&[Criticism], None, SubjectKind::Organization, ThreeMonths),
            (
                &[Warning, Criticism],
                None,
                SubjectKind::Organization,
                ThreeMonths,
            ),
            (&[Fine], Some(1_000_000), SubjectKind::Organization, ThreeMonths),
            (&[Fine], Some(1_000_001), SubjectKind::Organization, ThreeYears),
            (
                &[Fine],
                Some(1_000_000),
                SubjectKind::IndividualBusiness,
                ThreeYears,
            ),
            (&[Fine], None, SubjectKind::Organization, ThreeYears),
            (
                &[Fine, Confiscation],
                Some(100),
                SubjectKind::Organization,
                ThreeYears,
            ),
            (&[], None, SubjectKind::Organization, ThreeYears),
        ];
        for (kinds, fine, subject, expected) in table {
            let decision = Decision {
                kinds,
                fine,
                subject,
                region: None,
                decided_on: "2026-03-01".parse().unwrap(),
            };
            assert_eq!(term(&decision), expected, "{kinds:?} {fine:?} {subject:?}");
        }
    }
}
