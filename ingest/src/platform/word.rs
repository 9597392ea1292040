//! The words of the platform: status, yes and no, category of an indicator, kind of a standard, operation, days.

use chrono::{Days, NaiveDate};
use entity::declaration::{DeclarationStatus, IndicatorCategory};
use entity::value::StandardKind;

use crate::standards::text::{TextFlag, parse_reported_date};

/// The status; none where the word is not known. 0 and 1 are those of the old site.
pub(super) fn status(word: &str) -> Option<DeclarationStatus> {
    Some(match word {
        "现行" | "现行有效" | "有效" | "已公开" | "0" => DeclarationStatus::Current,
        "被代替" | "已修订" | "修订" | "历史" | "历史版本" => DeclarationStatus::Revised,
        "废止" | "已废止" | "作废" | "1" => DeclarationStatus::Withdrawn,
        "删除" | "已删除" => DeclarationStatus::DeletedAtSource,
        _ => return None,
    })
}

/// Yes or no; none where nothing or something else is said.
pub(super) fn yes(word: &str) -> Option<bool> {
    match word {
        "是" | "1" | "true" | "TRUE" | "Y" | "y" | "公开" => Some(true),
        "否" | "0" | "false" | "FALSE" | "N" | "n" | "不公开" => Some(false),
        _ => None,
    }
}

pub(super) fn indicator_category(word: &str) -> Option<IndicatorCategory> {
    Some(match word.trim_end_matches("指标") {
        "功能" | "功能性" => IndicatorCategory::Functional,
        "性能" => IndicatorCategory::Performance,
        "安全" | "安全性" => IndicatorCategory::Safety,
        _ => return None,
    })
}

pub(super) fn standard_kind(word: &str) -> Option<StandardKind> {
    Some(match word {
        "国家标准" | "国标" => StandardKind::National,
        "行业标准" | "行标" => StandardKind::Industry,
        "地方标准" | "地标" => StandardKind::Local,
        "团体标准" | "团标" => StandardKind::Group,
        "企业标准" | "企标" => StandardKind::Enterprise,
        _ => return None,
    })
}

/// Whether the row takes the record back.
pub(super) fn deletes(word: &str) -> Option<bool> {
    match word.to_ascii_uppercase().as_str() {
        "" | "UPSERT" | "INSERT" | "UPDATE" | "I" | "U" | "新增" | "修改" => Some(false),
        "DELETE" | "D" | "删除" => Some(true),
        _ => None,
    }
}

/// A day as the platform or a spreadsheet writes it; an error where something is written that is no day.
pub(crate) fn day(text: &str) -> Result<Option<NaiveDate>, TextFlag> {
    if let Some(day) = serial_day(text) {
        return Ok(Some(day));
    }
    let reported = parse_reported_date(text);
    match (reported.date, reported.flag) {
        (None, Some(flag)) => Err(flag),
        (date, _) => Ok(date),
    }
}

/// A day that a spreadsheet lost the format of: the days since 1899-12-30, from 1954-10-03 to 2119.
fn serial_day(text: &str) -> Option<NaiveDate> {
    let whole = text.split_once('.').map_or(text, |(whole, _)| whole);
    let days: u64 = whole.parse().ok().filter(|_| whole.len() == 5)?;
    (20_000..80_000)
        .contains(&days)
        .then(|| NaiveDate::from_ymd_opt(1899, 12, 30)?.checked_add_days(Days::new(days)))
        .flatten()
}

/// What stands in a cell for nothing.
pub(crate) fn said(text: &str) -> Option<String> {
    let text = text.trim();
    let nothing = text.is_empty()
        || matches!(
            text,
            "——" | "—" | "--" | "-" | "/" | "／" | "无" | "None" | "null"
        );
    (!nothing).then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_of_spreadsheets_and_of_the_platform() {
        let cases = [
            ("45058", "2023-05-12"),
            ("45058.4375", "2023-05-12"),
            ("2023-05-12 10:31", "2023-05-12"),
            ("2023/5/12", "2023-05-12"),
            ("20230512", "2023-05-12"),
            ("2023年5月12日", "2023-05-12"),
        ];
        for (text, day_of_text) in cases {
            assert_eq!(
                day(text).ok().flatten().map(|day| day.to_string()).as_deref(),
                Some(day_of_text),
                "{text}"
            );
        }
        assert_eq!(day(""), Ok(None));
        assert_eq!(day("——"), Ok(None));
        assert!(day("下周").is_err());
        assert!(day("99999").is_err());
    }

    #[test]
    fn words_that_are_not_known_stay_unknown() {
        assert_eq!(status("现行有效"), Some(DeclarationStatus::Current));
        assert_eq!(status("审核中"), None);
        assert_eq!(yes("也许"), None);
        assert_eq!(deletes("MERGE"), None);
        assert_eq!(said(" —— "), None);
    }
}
