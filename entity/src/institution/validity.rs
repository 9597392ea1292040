//! Whether a qualification holds on a day: pure, the day is passed in.

use chrono::{Datelike, Months, NaiveDate};

use super::model::Model;
use super::term::{InstitutionStatus, QualificationReason};
use crate::value::CmaNumber;

/// How long a certificate holds where only its first day is told: six years (检验检测机构资质认定管理办法 art 11).
const VALID_MONTHS: u32 = 6 * 12;

/// Whether a qualification, or a type approval, holds on a day, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Qualification {
    /// The day.
    pub on: NaiveDate,
    /// What holds.
    pub reason: QualificationReason,
    /// Its last day: as told, else six years less a day after its first.
    pub until: Option<NaiveDate>,
}

impl Qualification {
    /// Whether it holds.
    pub fn holds(&self) -> bool {
        self.reason == QualificationReason::Valid
    }

    /// What holds on a day, by what the status says of itself, the first day and the last.
    pub(crate) fn judged(
        stated: Option<QualificationReason>,
        from: Option<NaiveDate>,
        until: Option<NaiveDate>,
        on: NaiveDate,
    ) -> Self {
        use QualificationReason::{Cancelled, Expired, NotYet, Revoked, Unknown, Valid};
        let reason = match stated {
            Some(gone @ (Revoked | Cancelled)) => gone,
            _ if from.is_some_and(|from| on < from) => NotYet,
            _ if until.is_some_and(|until| until < on) => Expired,
            Some(stated) => stated,
            None if until.is_some() => Valid,
            None => Unknown,
        };
        Self { on, reason, until }
    }
}

impl Model {
    /// The last day on which it holds: as told, else by the six years of the rule.
    pub fn last_day(&self) -> Option<NaiveDate> {
        let by_rule = || {
            self.issued_on?
                .checked_add_months(Months::new(VALID_MONTHS))?
                .pred_opt()
        };
        self.valid_until.or_else(by_rule)
    }

    /// Whether it holds on a day. Sources tell the present status and not since when, so it counts for every day up to the last.
    pub fn qualification(&self, on: NaiveDate) -> Qualification {
        let status: Option<InstitutionStatus> = self.status.as_deref().and_then(|word| word.parse().ok());
        let stated = status.and_then(|status| match status {
            InstitutionStatus::Unknown => None,
            InstitutionStatus::Valid => Some(QualificationReason::Valid),
            InstitutionStatus::Suspended => Some(QualificationReason::Suspended),
            InstitutionStatus::Cancelled => Some(QualificationReason::Cancelled),
            InstitutionStatus::Revoked => Some(QualificationReason::Revoked),
        });
        Qualification::judged(stated, self.issued_on, self.last_day(), on)
    }
}

/// Whether the year inside a number is that of a day.
pub(super) fn year_fits(number: &CmaNumber, day: NaiveDate) -> bool {
    number.year_digits().parse() == Ok(day.year() % 100)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db::list::TextList;

    fn institution(from: Option<&str>, until: Option<&str>, status: Option<InstitutionStatus>) -> Model {
        Model {
            key: "231020340567".to_owned(),
            name: "检测".to_owned(),
            credit_code: None,
            scope: TextList::default(),
            issued_on: from.map(|day| day.parse().unwrap()),
            valid_until: until.map(|day| day.parse().unwrap()),
            status: status.map(|status| status.as_str().to_owned()),
            status_word: None,
            address: None,
            flags: TextList::default(),
            audience: "PUBLIC".to_owned(),
            region: String::new(),
        }
    }

    #[test]
    fn a_certificate_holds_six_years_and_on_its_last_day() {
        use QualificationReason::{Expired, NotYet, Revoked, Suspended, Unknown, Valid};
        let cases = [
            (Some("2020-03-01"), None, None, "2020-02-29", NotYet),
            (Some("2020-03-01"), None, None, "2020-03-01", Valid),
            (Some("2020-03-01"), None, None, "2026-02-28", Valid),
            (Some("2020-03-01"), None, None, "2026-03-01", Expired),
            (
                Some("2020-03-01"),
                Some("2025-01-31"),
                None,
                "2025-02-01",
                Expired,
            ),
            (None, Some("2025-01-31"), None, "2025-01-31", Valid),
            (None, None, None, "2025-01-31", Unknown),
            (
                None,
                Some("2025-01-31"),
                Some(InstitutionStatus::Suspended),
                "2025-01-31",
                Suspended,
            ),
            (
                None,
                Some("2025-01-31"),
                Some(InstitutionStatus::Suspended),
                "2025-02-01",
                Expired,
            ),
            (
                None,
                Some("2030-01-31"),
                Some(InstitutionStatus::Revoked),
                "2025-01-31",
                Revoked,
            ),
        ];
        for (from, until, status, on, reason) in cases {
            let one = institution(from, until, status);
            assert_eq!(
                one.qualification(on.parse().unwrap()).reason,
                reason,
                "{from:?} {until:?} {on}"
            );
        }
    }
}
