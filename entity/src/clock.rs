//! Time is an argument: the clock of the process, or a fixed instant for tests and replays.

use std::time::{Duration, UNIX_EPOCH};

use chrono::{DateTime, NaiveDate, SubsecRound, TimeDelta, Utc};

/// Where "now" comes from. Days are civil days of China (Asia/Shanghai, UTC+8 without summer time since 1992).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Clock {
    /// The clock of the machine.
    System,
    /// One instant, for ever.
    Fixed(DateTime<Utc>),
}

/// The offset of Asia/Shanghai.
const SHANGHAI: TimeDelta = TimeDelta::hours(8);

impl Clock {
    /// The present instant, to the microsecond, which is what both databases keep.
    pub fn now(&self) -> DateTime<Utc> {
        match self {
            Self::Fixed(at) => at.trunc_subsecs(6),
            Self::System => {
                #[expect(
                    clippy::disallowed_methods,
                    reason = "the one place where the machine's clock is read"
                )]
                let since = std::time::SystemTime::now()
                    .duration_since(UNIX_EPOCH)
                    .unwrap_or(Duration::ZERO);
                let micros = i64::try_from(since.as_micros()).unwrap_or(i64::MAX);
                DateTime::from_timestamp_micros(micros).unwrap_or(DateTime::UNIX_EPOCH)
            }
        }
    }

    /// The present day in China.
    pub fn today(&self) -> NaiveDate {
        china_day(self.now())
    }
}

/// The civil day in China of an instant.
pub fn china_day(at: DateTime<Utc>) -> NaiveDate {
    (at + SHANGHAI).date_naive()
}

/// An instant as the database and the API write it: RFC 3339 with microseconds.
pub fn instant_text(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(chrono::SecondsFormat::Micros, false)
}
