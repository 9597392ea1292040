//! Working days (工作日): weekdays, but for days off and make-up days of the yearly notices.

use std::collections::HashMap;

use chrono::{Datelike, Days, NaiveDate, Weekday};

use crate::db::rows;
use crate::{Database, Result};

/// Days by which a deadline can be put off by holidays, beyond two calendar days for each working day.
const SLACK: u64 = 30;

/// The days that are not as their weekday says: whether each is off.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WorkingDays(HashMap<NaiveDate, bool>);

impl WorkingDays {
    /// A calendar of exceptions: the day, and whether it is off.
    pub fn new(exceptions: impl IntoIterator<Item = (NaiveDate, bool)>) -> Self {
        Self(exceptions.into_iter().collect())
    }

    /// The exceptions between two days, both included, as the hub holds them. A year without a notice has its weekends alone.
    pub async fn between(db: &Database, from: NaiveDate, until: NaiveDate) -> Result<Self> {
        let sql = "SELECT day, off FROM holiday WHERE day >= $1 AND day <= $2";
        let mut exceptions = HashMap::new();
        for row in rows::query(db.reader(), sql, [from.into(), until.into()]).await? {
            exceptions.insert(row.try_get("", "day")?, row.try_get("", "off")?);
        }
        Ok(Self(exceptions))
    }

    /// Whether a day is worked.
    pub fn is_working(&self, day: NaiveDate) -> bool {
        let weekend = matches!(day.weekday(), Weekday::Sat | Weekday::Sun);
        self.0.get(&day).map_or(!weekend, |off| !off)
    }

    /// The last day of a term of working days that begins on the day after `day` (the day itself does not count).
    pub fn after(&self, day: NaiveDate, count: u32) -> NaiveDate {
        let mut left = count;
        let mut last = day;
        while left > 0
            && let Some(next) = last.succ_opt()
        {
            last = next;
            left -= u32::from(self.is_working(last));
        }
        last
    }
}

/// The last days of terms of working days, for many days at once.
pub async fn terms(
    db: &Database,
    wanted: &[(NaiveDate, u32)],
) -> Result<HashMap<(NaiveDate, u32), NaiveDate>> {
    let first = wanted.iter().map(|(day, _)| *day).min();
    let last = wanted
        .iter()
        .filter_map(|(day, count)| day.checked_add_days(Days::new(u64::from(*count) * 2 + SLACK)))
        .max();
    let (Some(first), Some(last)) = (first, last) else {
        return Ok(HashMap::new());
    };
    let calendar = WorkingDays::between(db, first, last).await?;
    let ends = wanted
        .iter()
        .map(|(day, count)| ((*day, *count), calendar.after(*day, *count)));
    Ok(ends.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    /// The National Day of 2025: 1 to 8 October off, 28 September and 11 October worked.
    fn national_day() -> WorkingDays {
        let off = (1..=8).filter_map(|number| Some((NaiveDate::from_ymd_opt(2025, 10, number)?, true)));
        WorkingDays::new(off.chain([(day("2025-09-28"), false), (day("2025-10-11"), false)]))
    }

    #[test]
    fn holidays_and_make_up_days_count() {
        let (calendar, plain) = (national_day(), WorkingDays::default());
        let table = [
            ("2025-09-30", 0, "2025-09-30", "2025-09-30"),
            ("2025-09-26", 1, "2025-09-28", "2025-09-29"),
            ("2025-09-30", 1, "2025-10-09", "2025-10-01"),
            ("2025-09-30", 7, "2025-10-16", "2025-10-09"),
            ("2025-09-30", 20, "2025-11-04", "2025-10-28"),
            ("2025-10-04", 3, "2025-10-11", "2025-10-08"),
        ];
        for (from, count, with, without) in table {
            assert_eq!(calendar.after(day(from), count), day(with), "{from} + {count}");
            assert_eq!(plain.after(day(from), count), day(without), "{from} + {count}");
        }
    }
}
