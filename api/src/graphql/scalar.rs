//! Custom scalars.

use async_graphql::{InputValueError, InputValueResult, Scalar, ScalarType, Value};
use chrono::{DateTime as Instant, NaiveDate, Utc};

/// A civil day in China.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Date(pub(crate) NaiveDate);

/// 日期，形如 `YYYY-MM-DD`，按中国（Asia/Shanghai）的日历，无时区。
///
/// A civil day `YYYY-MM-DD` of the calendar in China (Asia/Shanghai), without a zone.
#[Scalar(
    name = "Date",
    specified_by_url = "https://www.rfc-editor.org/rfc/rfc3339#section-5.6"
)]
impl ScalarType for Date {
    fn parse(value: Value) -> InputValueResult<Self> {
        let Value::String(text) = &value else {
            return Err(InputValueError::expected_type(value));
        };
        // A year of four digits and no sign: what the calendar type would take beyond that is no day of ours.
        let day = (text.len() == 10).then(|| text.parse().ok()).flatten();
        day.map(Self)
            .ok_or_else(|| InputValueError::custom("a date is written YYYY-MM-DD, such as 2026-03-01"))
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.to_string())
    }
}

/// An instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct DateTime(pub(crate) Instant<Utc>);

/// 时刻，RFC 3339 格式，带时区，精确到微秒。
///
/// An instant in RFC 3339 with its offset, to the microsecond.
#[Scalar(
    name = "DateTime",
    specified_by_url = "https://www.rfc-editor.org/rfc/rfc3339#section-5.6"
)]
impl ScalarType for DateTime {
    fn parse(value: Value) -> InputValueResult<Self> {
        let Value::String(text) = &value else {
            return Err(InputValueError::expected_type(value));
        };
        Instant::parse_from_rfc3339(text)
            .map(|at| Self(at.to_utc()))
            .map_err(|_| InputValueError::custom("an instant is written as in 2026-03-01T08:00:00+08:00"))
    }

    fn to_value(&self) -> Value {
        Value::String(entity::clock::instant_text(self.0))
    }
}
