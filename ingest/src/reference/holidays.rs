//! Public holidays and make-up working days (节假日安排), as the State Council gives notice of them each year.
//!
//! They make the working-day clock of the deadlines (R56: 20 working days after an on-site check).

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// One line of `cn_holidays_*.csv`.
#[derive(Debug, Clone, Deserialize)]
pub struct HolidayRow {
    /// Date in Asia/Shanghai.
    pub date: NaiveDate,
    /// Name of the holiday; a make-up day carries the holiday that it makes up for.
    pub name: String,
    /// 1 day off, 0 make-up working day (调休上班).
    pub is_off_day: u8,
    /// Year of the notice, which may name days of the years beside it.
    pub notice_year: u16,
}

/// A day whose rule differs from that of its weekday, or a holiday that falls on a weekend.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct HolidayRecord {
    /// Date in Asia/Shanghai.
    pub date: NaiveDate,
    /// 节日名称.
    pub name: String,
    /// `true`: a day off (放假); `false`: a make-up working day (调休上班).
    pub off: bool,
    /// Year of the State Council's notice.
    pub notice_year: u16,
}

/// Records by date. Of two notices about one day the later one counts.
#[must_use]
pub fn holidays(rows: &[HolidayRow]) -> BTreeMap<NaiveDate, HolidayRecord> {
    let mut records: BTreeMap<NaiveDate, HolidayRecord> = BTreeMap::new();
    for row in rows {
        let known = records.get(&row.date);
        if known.is_some_and(|known| known.notice_year > row.notice_year) {
            continue;
        }
        let record = HolidayRecord {
            date: row.date,
            name: row.name.trim().to_owned(),
            off: row.is_off_day != 0,
            notice_year: row.notice_year,
        };
        records.insert(row.date, record);
    }
    records
}

#[cfg(test)]
mod tests {
    use chrono::Datelike;

    use super::*;

    fn bundled() -> BTreeMap<NaiveDate, HolidayRecord> {
        let file = include_str!("../../data/holidays/cn_holidays_2007-2026.csv");
        let rows: Vec<HolidayRow> = csv::Reader::from_reader(file.as_bytes())
            .into_deserialize()
            .map(Result::unwrap)
            .collect();
        holidays(&rows)
    }

    fn off(records: &BTreeMap<NaiveDate, HolidayRecord>, day: &str) -> Option<bool> {
        records.get(&day.parse().unwrap()).map(|record| record.off)
    }

    #[test]
    fn counts_are_those_of_the_notices() {
        let records = bundled();
        assert_eq!(records.len(), 678);
        let of = |year: i32, off: bool| {
            records
                .values()
                .filter(|day| day.date.year() == year && day.off == off)
                .count()
        };
        assert_eq!((of(2025, true), of(2025, false)), (28, 5));
        assert_eq!((of(2026, true), of(2026, false)), (33, 6));
    }

    #[test]
    fn the_national_day_of_2025_and_its_make_up_days() {
        let records = bundled();
        for day in 1..=8 {
            assert_eq!(off(&records, &format!("2025-10-{day:02}")), Some(true), "{day}");
        }
        assert_eq!(off(&records, "2025-10-11"), Some(false));
        assert_eq!(off(&records, "2025-09-28"), Some(false));
        assert_eq!(off(&records, "2025-10-09"), None);
    }

    #[test]
    fn a_later_notice_counts() {
        let row = |notice_year, is_off_day| HolidayRow {
            date: "2020-01-31".parse().unwrap(),
            name: "春节".to_owned(),
            is_off_day,
            notice_year,
        };
        for rows in [[row(2020, 1), row(2019, 0)], [row(2019, 0), row(2020, 1)]] {
            assert_eq!(off(&holidays(&rows), "2020-01-31"), Some(true));
        }
    }
}
