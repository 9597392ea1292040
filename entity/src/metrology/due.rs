//! When a verification is due, and whether an instrument may be used on a day: pure, the day is passed in.
//!
//! Days are civil days in China. The due day itself is not overdue; the day after it is. Thirty days before it the hub warns.

use chrono::{Days, Months, NaiveDate};

use super::term::{
    Conclusion, ControlMode, Duty, InstrumentStatus, Period, PeriodUnit, StandingReason, VerificationMode,
};

/// The days before the due day on which the hub warns.
pub const WARNING_DAYS: u64 = 30;

/// What decides about an instrument, beside its verifications.
#[derive(Debug, Clone, Copy, Default)]
pub struct Terms {
    /// 状态; in use where nobody tells.
    pub status: Option<InstrumentStatus>,
    /// 监管方式; under verification where nobody tells.
    pub control: Option<ControlMode>,
    /// 强检方式; periodic where nobody tells.
    pub mode: Option<VerificationMode>,
    /// 检定周期
    pub period: Option<Period>,
    /// 使用期限: the last day of use before rotation.
    pub use_by: Option<NaiveDate>,
}

/// What decides about a verification.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Verified {
    /// The day; unknown where a source tells only how long it holds.
    pub on: Option<NaiveDate>,
    /// 检定结论; passed where nobody tells.
    pub conclusion: Option<Conclusion>,
    /// 有效期至: the last day, as the certificate tells it.
    pub valid_until: Option<NaiveDate>,
    /// 下次检定日期, as the register tells it.
    pub next_on: Option<NaiveDate>,
}

/// What an instrument is held to on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// The day.
    pub on: NaiveDate,
    /// The last day on which the next verification, or the rotation, is in time.
    pub due_on: Option<NaiveDate>,
    /// What that means.
    pub reason: StandingReason,
}

/// What an instrument is held to, as far as no day is needed to tell, with the due day. `verifications` stand from the oldest to the
/// newest, those without a day first.
pub fn duty(terms: &Terms, verifications: &[Verified]) -> (Duty, Option<NaiveDate>) {
    if terms.status.is_some_and(|status| !status.measures()) {
        return (Duty::NotMeasuring, None);
    }
    if terms.control == Some(ControlMode::TypeApproval) {
        return (Duty::NotRequired, None);
    }
    let Some(last) = verifications.last() else {
        return (Duty::NeverVerified, None);
    };
    if last.conclusion == Some(Conclusion::Failed) {
        return (Duty::Failed, None);
    }
    let due = match terms.mode.unwrap_or(VerificationMode::Periodic) {
        VerificationMode::Periodic => due_after(last, terms.period),
        VerificationMode::FirstUntilFailure => None,
        // The first verification starts the time of use; one that came later does not lengthen it.
        VerificationMode::FirstWithRotation => terms.use_by.or_else(|| {
            verifications
                .first()
                .and_then(|first| due_after(first, terms.period))
        }),
    };
    match due {
        Some(due) => (Duty::Dated, Some(due)),
        None => (Duty::Open, None),
    }
}

/// The standing on a day. A verification of a later day is not known then.
pub fn standing(terms: &Terms, verifications: &[Verified], on: NaiveDate) -> Standing {
    let known = |one: &&Verified| one.on.is_none_or(|day| day <= on);
    let known: Vec<Verified> = verifications.iter().filter(known).copied().collect();
    let (duty, due_on) = duty(terms, &known);
    let rotates = terms.mode == Some(VerificationMode::FirstWithRotation);
    let reason = match duty {
        Duty::NotMeasuring => StandingReason::NotMeasuring,
        Duty::NotRequired => StandingReason::NotRequired,
        Duty::NeverVerified => StandingReason::NeverVerified,
        Duty::Failed => StandingReason::Failed,
        Duty::Open if terms.mode == Some(VerificationMode::FirstUntilFailure) => StandingReason::VerifiedOnce,
        Duty::Open => StandingReason::DueDayUnknown,
        Duty::Dated => match due_on {
            Some(due) if due < on && rotates => StandingReason::PastUseBy,
            Some(due) if due < on => StandingReason::PastDue,
            Some(due)
                if on
                    .checked_add_days(Days::new(WARNING_DAYS))
                    .is_none_or(|end| due <= end) =>
            {
                StandingReason::DueSoon
            }
            _ => StandingReason::Verified,
        },
    };
    Standing { on, due_on, reason }
}

/// How long a verification holds: the validity of the certificate, else the next day of the register, else the period, whose last day
/// is the one before the same day of the month.
fn due_after(verified: &Verified, period: Option<Period>) -> Option<NaiveDate> {
    let by_period = || last_day(verified.on?, period?);
    verified.valid_until.or(verified.next_on).or_else(by_period)
}

/// The last day of a period that begins on a day, as certificates write it: the day before the same day of the month.
pub fn last_day(from: NaiveDate, period: Period) -> Option<NaiveDate> {
    let end = match period.unit {
        PeriodUnit::Days => from.checked_add_days(Days::new(u64::from(period.count))),
        PeriodUnit::Months => from.checked_add_months(Months::new(period.count)),
    };
    end?.pred_opt()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn months(count: u32) -> Period {
        Period {
            count,
            unit: PeriodUnit::Months,
        }
    }

    fn passed(on: &str) -> Verified {
        Verified {
            on: Some(day(on)),
            conclusion: Some(Conclusion::Passed),
            valid_until: None,
            next_on: None,
        }
    }

    #[test]
    fn the_last_day_of_a_period_is_the_day_before() {
        for (from, count, last) in [
            ("2025-03-01", 12, "2026-02-28"),
            ("2024-02-29", 12, "2025-02-27"),
            ("2025-08-31", 6, "2026-02-27"),
            ("2025-01-01", 1, "2025-01-31"),
        ] {
            assert_eq!(last_day(day(from), months(count)), Some(day(last)), "{from}");
        }
        let thirty = Period {
            count: 30,
            unit: PeriodUnit::Days,
        };
        assert_eq!(last_day(day("2025-01-01"), thirty), Some(day("2025-01-30")));
    }

    #[test]
    fn a_certificate_is_believed_before_the_register_and_the_period() {
        let terms = Terms {
            period: Some(months(12)),
            ..Terms::default()
        };
        let told = |valid: Option<&str>, next: Option<&str>| {
            let verified = Verified {
                valid_until: valid.map(day),
                next_on: next.map(day),
                ..passed("2025-05-10")
            };
            duty(&terms, &[verified]).1
        };
        assert_eq!(
            told(Some("2026-05-09"), Some("2026-05-10")),
            Some(day("2026-05-09"))
        );
        assert_eq!(told(None, Some("2026-05-10")), Some(day("2026-05-10")));
        assert_eq!(told(None, None), Some(day("2026-05-09")));
    }

    #[test]
    fn rotation_counts_from_the_first_verification() {
        let terms = Terms {
            mode: Some(VerificationMode::FirstWithRotation),
            period: Some(months(72)),
            ..Terms::default()
        };
        let all = [passed("2020-01-01"), passed("2023-01-01")];
        assert_eq!(duty(&terms, &all), (Duty::Dated, Some(day("2025-12-31"))));
        let standing = standing(&terms, &all, day("2026-01-01"));
        assert_eq!(standing.reason, StandingReason::PastUseBy);
    }
}
