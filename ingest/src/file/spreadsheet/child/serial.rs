//! Serial dates: days since the end of 1899, or since the begin of 1904 in workbooks that came from old Macintoshes.

use calamine::{ExcelDateTime, ExcelDateTimeType};

const SECONDS_OF_DAY: i64 = 86_400;
/// Serial number of 9999-12-31 in the 1900 system.
const LAST_DAY: i64 = 2_958_465;
/// Days between the two systems.
const DAYS_TO_1904: i64 = 1462;

/// A serial date as `YYYY-MM-DD`, `YYYY-MM-DD HH:MM:SS`, or `HH:MM:SS` where it has no day or is a duration; none where
/// the number is no date. To the nearest second.
///
/// In the 1900 system day 60 is 1900-02-29, a day that never was: Excel took over this error of Lotus 1-2-3. It is
/// written as Excel shows it, so that whoever reads the date refuses it; the days after it are right.
pub(super) fn text(date: &ExcelDateTime) -> Option<String> {
    let number = date.as_f64();
    if !(0.0..=3_000_000.0).contains(&number) {
        return None;
    }
    let (days, seconds) = split(number);
    if date.is_duration() {
        return Some(clock(days * SECONDS_OF_DAY + seconds));
    }
    // The date does not tell its system, but compares by it.
    let is_1904 = *date == ExcelDateTime::new(number, ExcelDateTimeType::DateTime, true);
    if days > LAST_DAY - if is_1904 { DAYS_TO_1904 } else { 0 } {
        return None;
    }
    if days == 0 && (seconds > 0 || !is_1904) {
        return Some(clock(seconds));
    }
    let whole = ExcelDateTime::new(
        f64::from(i32::try_from(days).ok()?),
        ExcelDateTimeType::DateTime,
        is_1904,
    );
    let (year, month, day, ..) = whole.to_ymd_hms_milli();
    let date = format!("{year:04}-{month:02}-{day:02}");
    Some(if seconds == 0 {
        date
    } else {
        format!("{date} {}", clock(seconds))
    })
}

/// A date in ISO 8601 in the same form; other text stays as it is.
pub(super) fn iso_text(iso: &str) -> String {
    let Some((date, time)) = iso.split_once('T') else {
        return iso.to_owned();
    };
    let time = time.trim_end_matches('Z');
    let time = time.split('.').next().unwrap_or_default();
    if time.is_empty() || time == "00:00:00" {
        date.to_owned()
    } else {
        format!("{date} {time}")
    }
}

fn split(number: f64) -> (i64, i64) {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "the number is at most 3,000,000 days"
    )]
    // The number is at most 3,000,000 days, far below the range of the type.
    let seconds = (number * 86_400.0).round() as i64;
    (seconds / SECONDS_OF_DAY, seconds % SECONDS_OF_DAY)
}

fn clock(seconds: i64) -> String {
    format!(
        "{:02}:{:02}:{:02}",
        seconds / 3600,
        seconds / 60 % 60,
        seconds % 60
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(number: f64, is_1904: bool) -> Option<String> {
        text(&ExcelDateTime::new(number, ExcelDateTimeType::DateTime, is_1904))
    }

    #[test]
    fn both_systems() {
        let table = [
            (1.0, false, "1900-01-01"),
            (59.0, false, "1900-02-28"),
            (60.0, false, "1900-02-29"),
            (61.0, false, "1900-03-01"),
            (366.0, false, "1900-12-31"),
            (367.0, false, "1901-01-01"),
            (45_058.0, false, "2023-05-12"),
            (45_058.438_194_444_44, false, "2023-05-12 10:31:00"),
            (45_058.999_999_9, false, "2023-05-13"),
            (45_351.0, false, "2024-02-29"),
            (2_958_465.0, false, "9999-12-31"),
            (0.5, false, "12:00:00"),
            (0.0, false, "00:00:00"),
            (0.0, true, "1904-01-01"),
            (0.5, true, "12:00:00"),
            (1.0, true, "1904-01-02"),
            (43_596.0, true, "2023-05-12"),
            (43_596.438_194_444_44, true, "2023-05-12 10:31:00"),
            (2_957_003.0, true, "9999-12-31"),
        ];
        for (number, is_1904, expected) in table {
            assert_eq!(
                date(number, is_1904).as_deref(),
                Some(expected),
                "{number} {is_1904}"
            );
        }
    }

    #[test]
    fn numbers_outside_of_the_calendar_are_no_dates() {
        for number in [
            -1.0,
            2_958_466.0,
            20_230_512.0,
            1e300,
            f64::NAN,
            f64::INFINITY,
            f64::NEG_INFINITY,
        ] {
            assert_eq!(date(number, false), None, "{number}");
        }
        assert_eq!(date(2_957_004.0, true), None);
    }

    /// Against the crate's own count of days, for every day that has one.
    #[test]
    fn the_systems_lie_1462_days_apart() {
        for day in 61..100_000 {
            let (old, new) = (f64::from(day), f64::from(day) + 1462.0);
            assert_eq!(date(old, true), date(new, false), "{day}");
        }
    }

    #[test]
    fn durations_have_no_day() {
        let duration = |number| text(&ExcelDateTime::new(number, ExcelDateTimeType::TimeDelta, false));
        assert_eq!(duration(1.5).as_deref(), Some("36:00:00"));
        assert_eq!(duration(0.0).as_deref(), Some("00:00:00"));
        assert_eq!(duration(-0.5), None);
    }

    #[test]
    fn iso_dates_take_the_same_form() {
        let table = [
            ("2023-05-12T10:31:00", "2023-05-12 10:31:00"),
            ("2023-05-12T10:31:00.000Z", "2023-05-12 10:31:00"),
            ("2023-05-12T00:00:00", "2023-05-12"),
            ("2023-05-12", "2023-05-12"),
            ("10:31", "10:31"),
            ("", ""),
        ];
        for (iso, expected) in table {
            assert_eq!(iso_text(iso), expected, "{iso}");
        }
    }
}
