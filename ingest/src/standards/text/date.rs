//! Dates as catalogues report them (发布日期, 实施日期, 废止日期).

use chrono::{DateTime, Days, FixedOffset, NaiveDate, NaiveTime};

use super::flag::TextFlag;
use super::markup::fold_width;

/// A date field, read. Dates are civil dates in China (Asia/Shanghai).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReportedDate {
    /// The day, when the field names one.
    pub date: Option<NaiveDate>,
    /// The day on which the source was read, when the field gives it away: `2027-02-01 … 距离实施日期还有 205 天`
    /// was written 205 days before 2027-02-01. All such rows of one crawl agree on one day.
    pub read_on: Option<NaiveDate>,
    /// The words behind the date; the whole field when no date could be read from it.
    pub glued: Option<String>,
    /// Why there is no date.
    pub flag: Option<TextFlag>,
}

impl ReportedDate {
    fn unread(text: &str, flag: TextFlag) -> Self {
        Self {
            glued: Some(text.to_owned()),
            flag: Some(flag),
            ..Self::default()
        }
    }
}

/// Reads a date field: `2012-01-05`, `2012/1/5`, `2012.01.05`, `20120105`, `2012年1月5日`, a time of day behind it,
/// milliseconds since 1970 (as the record-filing platforms of industry and local standards answer), a year only, or
/// nothing. A day outside 1949-10-01 to 2100 is not believed: 1900-01-01 stands for "not known" in public catalogues.
pub fn parse_reported_date(text: &str) -> ReportedDate {
    let folded = fold_width(text);
    let text = folded.trim();
    if text.is_empty() || text.chars().all(|c| matches!(c, '-' | '—' | '/' | '无')) {
        return ReportedDate::default();
    }
    match read_day(text) {
        Ok((date, rest)) => with_rest(text, date, rest),
        Err(flag) => ReportedDate::unread(text, flag),
    }
}

fn with_rest(text: &str, date: NaiveDate, rest: &str) -> ReportedDate {
    let (date, rest) = take_time(date, rest);
    if !is_credible(date) {
        return ReportedDate::unread(text, TextFlag::DateOutOfRange);
    }
    let rest = rest.trim();
    ReportedDate {
        date: Some(date),
        read_on: days_left(rest).and_then(|days| date.checked_sub_days(Days::new(days))),
        glued: (!rest.is_empty()).then(|| rest.to_owned()),
        flag: None,
    }
}

fn is_credible(date: NaiveDate) -> bool {
    let bounds = (
        NaiveDate::from_ymd_opt(1949, 10, 1),
        NaiveDate::from_ymd_opt(2100, 12, 31),
    );
    matches!(bounds, (Some(first), Some(last)) if first <= date && date <= last)
}

fn read_day(text: &str) -> Result<(NaiveDate, &str), TextFlag> {
    let (digits, rest) = split_digits(text);
    match digits.len() {
        4 => read_separated(digits, rest),
        6 if rest.trim().is_empty() => Err(TextFlag::MonthOnly),
        8 => day(digits.get(..4), digits.get(4..6), digits.get(6..8)).map(|date| (date, rest)),
        12 | 13 if rest.trim().is_empty() => from_epoch_millis(digits).map(|date| (date, rest)),
        _ => Err(TextFlag::DateUnreadable),
    }
}

fn read_separated<'t>(year: &str, rest: &'t str) -> Result<(NaiveDate, &'t str), TextFlag> {
    let rest = rest.trim_start().trim_start_matches('年');
    if rest.is_empty() {
        return Err(TextFlag::YearOnly);
    }
    let (month, rest) = split_digits(rest.trim_start_matches(is_separator));
    let rest = rest.trim_start().trim_start_matches('月');
    if month.is_empty() {
        return Err(TextFlag::DateUnreadable);
    }
    if rest.is_empty() {
        return Err(TextFlag::MonthOnly);
    }
    let (month_day, rest) = split_digits(rest.trim_start_matches(is_separator));
    let date = day(Some(year), Some(month), Some(month_day))?;
    Ok((date, rest.strip_prefix(['日', '号']).unwrap_or(rest)))
}

fn is_separator(c: char) -> bool {
    matches!(c, '-' | '/' | '.' | '—' | '–' | '−' | ' ')
}

fn day(year: Option<&str>, month: Option<&str>, day: Option<&str>) -> Result<NaiveDate, TextFlag> {
    let number = |part: Option<&str>| part.and_then(|digits| digits.parse::<u32>().ok());
    let (Some(year), Some(month), Some(day)) = (number(year), number(month), number(day)) else {
        return Err(TextFlag::DateUnreadable);
    };
    i32::try_from(year)
        .ok()
        .and_then(|year| NaiveDate::from_ymd_opt(year, month, day))
        .ok_or(TextFlag::DateUnreadable)
}

fn china() -> Option<FixedOffset> {
    FixedOffset::east_opt(8 * 3600)
}

fn from_epoch_millis(digits: &str) -> Result<NaiveDate, TextFlag> {
    let instant = digits.parse().ok().and_then(DateTime::from_timestamp_millis);
    instant
        .zip(china())
        .map(|(instant, china)| instant.with_timezone(&china).date_naive())
        .ok_or(TextFlag::DateUnreadable)
}

/// Takes a time of day off the rest. An instant with an offset is moved to China's civil date.
fn take_time(date: NaiveDate, rest: &str) -> (NaiveDate, &str) {
    let Some(after) = rest.strip_prefix(['T', ' ']) else {
        return (date, rest);
    };
    let (time, behind) = after.split_once(' ').unwrap_or((after, ""));
    let instant = DateTime::parse_from_rfc3339(&format!("{date}T{time}"))
        .ok()
        .zip(china());
    if let Some((instant, china)) = instant {
        return (instant.with_timezone(&china).date_naive(), behind);
    }
    let is_time = ["%H:%M:%S%.f", "%H:%M"]
        .iter()
        .any(|format| NaiveTime::parse_from_str(time, format).is_ok());
    if is_time { (date, behind) } else { (date, rest) }
}

/// The number of days in `距离实施日期还有 205 天`.
fn days_left(text: &str) -> Option<u64> {
    let (_, after) = text.split_once("还有")?;
    let (digits, behind) = split_digits(after.trim_start());
    behind
        .trim_start()
        .starts_with('天')
        .then(|| digits.parse().ok())
        .flatten()
}

fn split_digits(text: &str) -> (&str, &str) {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    text.split_at_checked(end).unwrap_or((text, ""))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> Option<String> {
        parse_reported_date(text).date.map(|date| date.to_string())
    }

    #[test]
    fn the_written_forms_of_one_day() {
        for text in [
            "2012-01-05",
            "2012/1/5",
            "2012.01.05",
            "20120105",
            "2012年1月5日",
            "2012年01月05号",
            " 2012-01-05 ",
            "２０１２－０１－０５",
            "2012-01-05 00:00:00",
            "2012-01-05T00:00:00",
            "2012-01-04T16:00:00Z",
            "1325692800000",
            "2012 - 1 - 5",
        ] {
            assert_eq!(date(text).as_deref(), Some("2012-01-05"), "{text}");
            assert_eq!(parse_reported_date(text).glued, None, "{text}");
        }
    }

    #[test]
    fn days_left_give_the_reading_day() {
        // biaozhun.org: 84 rows of one crawl, all read on one day.
        let read = parse_reported_date("2027-02-01 即将实施 距离实施日期还有 205 天");
        assert_eq!(read.date, NaiveDate::from_ymd_opt(2027, 2, 1));
        assert_eq!(read.read_on, NaiveDate::from_ymd_opt(2026, 7, 11));
        assert_eq!(read.glued.as_deref(), Some("即将实施 距离实施日期还有 205 天"));
        assert_eq!(read.flag, None);
        let far = parse_reported_date("2027-02-01 还有 99999999999999999999 天");
        assert_eq!(
            (far.date, far.read_on),
            (NaiveDate::from_ymd_opt(2027, 2, 1), None)
        );
    }

    #[test]
    fn what_is_no_day_is_flagged_and_kept() {
        for (text, flag) in [
            ("2012", TextFlag::YearOnly),
            ("2012年", TextFlag::YearOnly),
            ("2012-02", TextFlag::MonthOnly),
            ("2012年2月", TextFlag::MonthOnly),
            ("201202", TextFlag::MonthOnly),
            ("1900-01-01", TextFlag::DateOutOfRange),
            ("0201-01-22", TextFlag::DateOutOfRange),
            ("9999-9-9", TextFlag::DateOutOfRange),
            ("2012-02-30", TextFlag::DateUnreadable),
            ("2012-13-01", TextFlag::DateUnreadable),
            ("20121301", TextFlag::DateUnreadable),
            ("2012-1-5-7x99999999999", TextFlag::DateUnreadable),
            ("即将实施", TextFlag::DateUnreadable),
            ("99999999999999999999999", TextFlag::DateUnreadable),
            ("2012-99999999999999999999-1", TextFlag::DateUnreadable),
        ] {
            let read = parse_reported_date(text);
            if text == "2012-1-5-7x99999999999" {
                assert_eq!(read.glued.as_deref(), Some("-7x99999999999"));
                continue;
            }
            assert_eq!((read.date, read.flag), (None, Some(flag)), "{text}");
            assert_eq!(read.glued.as_deref(), Some(text));
        }
    }

    #[test]
    fn an_empty_field_is_no_finding() {
        for text in ["", "  ", "\u{3000}", "-", "——", "/", "无"] {
            assert_eq!(parse_reported_date(text), ReportedDate::default(), "{text:?}");
        }
    }
}
