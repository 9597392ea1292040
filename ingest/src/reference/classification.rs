//! Classifications of standards and of industries: ICS, CCS (中国标准文献分类法) and GB/T 4754 (国民经济行业分类).

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

/// Which classification a code belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum ClassificationScheme {
    /// International Classification for Standards (国际标准分类法): `01`, `01.040`, `01.040.01`.
    #[serde(rename = "ICS")]
    Ics,
    /// 中国标准文献分类法: class `A`, group `A00/09`, entry `A01`.
    #[serde(rename = "CCS")]
    Ccs,
    /// GB/T 4754 国民经济行业分类: section `A`, division `01`, group `011`, class `0111`.
    #[serde(rename = "GBT4754")]
    Gbt4754,
}

impl ClassificationScheme {
    /// The name in the schema and in the database: `ICS`, `CCS`, `GBT4754`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Ics => "ICS",
            Self::Ccs => "CCS",
            Self::Gbt4754 => "GBT4754",
        }
    }
}

/// One entry of a classification.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ClassificationRecord {
    /// The classification.
    pub scheme: ClassificationScheme,
    /// Edition by year: 2002, 2011, 2017 for GB/T 4754; `None` where one edition is kept.
    pub edition: Option<u16>,
    /// 代码.
    pub code: String,
    /// Code of the entry above.
    pub parent: Option<String>,
    /// 1 is the top.
    pub level: u8,
    /// 中文名称.
    pub name_zh: Option<String>,
    /// English name.
    pub name_en: Option<String>,
    /// 说明: what belongs here or elsewhere.
    pub notes: Option<String>,
}

/// One line of `ics_codes.csv`.
#[derive(Debug, Clone, Deserialize)]
pub struct IcsRow {
    /// Code, `01.040.01`.
    pub code: String,
    /// 1 field, 2 group, 3 sub-group.
    pub level: u8,
    /// English name.
    pub name_en: String,
    /// Chinese name, given for fields only.
    pub name_zh_level1: String,
}

/// One line of `ccs_level1.csv`, `ccs_level2.csv` or `ccs_level3.csv`.
#[derive(Debug, Clone, Deserialize)]
pub struct CcsRow {
    /// Code: `A`, `A00/09`, `A01`.
    pub code: String,
    /// 类目名称.
    pub name: String,
    /// Class of a group or group of an entry.
    #[serde(default, alias = "class", alias = "group")]
    pub above: Option<String>,
    /// 说明.
    #[serde(default)]
    pub notes: Option<String>,
}

/// One line of `gbt4754_*.csv`; the editions of 2002 and 2011 have code and name only.
#[derive(Debug, Clone, Deserialize)]
pub struct IndustryRow {
    /// 类别代码.
    pub code: String,
    /// 类别名称.
    pub name: String,
    /// Code of the entry above, given from 2017.
    #[serde(default)]
    pub parent: Option<String>,
}

/// ICS entries; the parent is the code without its last part.
#[must_use]
pub fn ics(rows: &[IcsRow]) -> Vec<ClassificationRecord> {
    fold(rows.iter().map(|row| {
        ClassificationRecord {
            scheme: ClassificationScheme::Ics,
            edition: None,
            code: row.code.trim().to_owned(),
            parent: row
                .code
                .trim()
                .rsplit_once('.')
                .map(|(above, _)| above.to_owned()),
            level: row.level,
            name_zh: text(&row.name_zh_level1),
            name_en: text(&row.name_en),
            notes: None,
        }
    }))
}

/// CCS entries of all three levels: classes, groups (`A00/09`) and entries.
#[must_use]
pub fn ccs(classes: &[CcsRow], groups: &[CcsRow], entries: &[CcsRow]) -> Vec<ClassificationRecord> {
    let levels = [(1, classes), (2, groups), (3, entries)];
    fold(
        levels
            .into_iter()
            .flat_map(|(level, rows)| rows.iter().map(move |row| (level, row)))
            .map(|(level, row)| ClassificationRecord {
                scheme: ClassificationScheme::Ccs,
                edition: None,
                code: row.code.trim().to_owned(),
                parent: row.above.as_deref().and_then(text),
                level,
                name_zh: text(&row.name),
                name_en: None,
                notes: row.notes.as_deref().and_then(text),
            }),
    )
}

/// GB/T 4754 entries of one edition, in the order of the standard. Where the file gives no parent, a division belongs
/// to the section letter that stands last before it, and a group or class to the code without its last digit.
///
/// The standard prints a group with one class (`014 0140 中药材的种植`) as one line, and the files keep only one of the two
/// codes: the other is added. Two entries glued into one row (`277 278`) are taken apart.
#[must_use]
pub fn industries(edition: u16, rows: &[IndustryRow]) -> Vec<ClassificationRecord> {
    let mut section = None;
    let mut records = Vec::with_capacity(rows.len());
    for (code, name, listed) in rows.iter().flat_map(entries_of) {
        let length = code.chars().count();
        let is_section = code.chars().all(|c| c.is_ascii_uppercase());
        if is_section {
            section = Some(code.to_owned());
        }
        let derived = match length {
            _ if is_section => None,
            0..=2 => section.clone(),
            _ => Some(code.chars().take(length.saturating_sub(1)).collect()),
        };
        records.push(ClassificationRecord {
            scheme: ClassificationScheme::Gbt4754,
            edition: Some(edition),
            code: code.to_owned(),
            parent: listed.and_then(text).or(derived),
            level: u8::try_from(length).unwrap_or(u8::MAX),
            name_zh: text(name),
            name_en: None,
            notes: None,
        });
    }
    let codes: BTreeSet<String> = records.iter().map(|record| record.code.clone()).collect();
    fold(
        records
            .into_iter()
            .flat_map(|record| with_its_twin(record, &codes)),
    )
}

/// The entries of a row: as many as there are codes, if there are as many names.
fn entries_of(row: &IndustryRow) -> Vec<(&str, &str, Option<&str>)> {
    let codes: Vec<&str> = row.code.split_whitespace().collect();
    let names: Vec<&str> = row.name.split_whitespace().collect();
    let parent = row.parent.as_deref();
    if codes.len() > 1 && codes.len() == names.len() {
        return codes
            .into_iter()
            .zip(names)
            .map(|(code, name)| (code, name, parent))
            .collect();
    }
    vec![(row.code.trim(), row.name.trim(), parent)]
}

/// The record, with the group before a single class or the single class after a group where the file has only one.
fn with_its_twin(record: ClassificationRecord, codes: &BTreeSet<String>) -> Vec<ClassificationRecord> {
    let group = record
        .code
        .strip_suffix('0')
        .filter(|group| record.level == 4 && !codes.contains(*group));
    if let Some(group) = group.map(str::to_owned) {
        let division = group.chars().take(2).collect();
        let twin = ClassificationRecord {
            code: group,
            parent: Some(division),
            level: 3,
            ..record.clone()
        };
        return vec![twin, record];
    }
    let has_class = |group: &String| {
        codes
            .range(group.clone()..)
            .nth(1)
            .is_some_and(|next| next.starts_with(group.as_str()))
    };
    if record.level == 3 && !has_class(&record.code) {
        let class = format!("{}0", record.code);
        let twin = ClassificationRecord {
            code: class,
            parent: Some(record.code.clone()),
            level: 4,
            ..record.clone()
        };
        return vec![record, twin];
    }
    vec![record]
}

/// Codes whose parent is in none of the entries, with that parent.
#[must_use]
pub fn orphans(records: &[ClassificationRecord]) -> BTreeMap<&str, &str> {
    let codes: BTreeSet<_> = records
        .iter()
        .map(|record| (record.scheme, record.edition, record.code.as_str()))
        .collect();
    let with_parent = records
        .iter()
        .filter_map(|record| Some((record, record.parent.as_deref()?)));
    with_parent
        .filter(|(record, parent)| !codes.contains(&(record.scheme, record.edition, parent)))
        .map(|(record, parent)| (record.code.as_str(), parent))
        .collect()
}

/// Drops repeated codes and empty ones; the first of each stays.
fn fold(records: impl Iterator<Item = ClassificationRecord>) -> Vec<ClassificationRecord> {
    let mut seen = BTreeSet::new();
    records
        .filter(|record| !record.code.is_empty() && seen.insert(record.code.clone()))
        .collect()
}

fn text(value: &str) -> Option<String> {
    let trimmed = value.trim();
    (!trimmed.is_empty()).then(|| trimmed.to_owned())
}

#[cfg(test)]
mod tests {
    use serde::de::DeserializeOwned;

    use super::*;

    fn rows<T: DeserializeOwned>(text: &str) -> Vec<T> {
        csv::Reader::from_reader(text.as_bytes())
            .into_deserialize()
            .map(Result::unwrap)
            .collect()
    }

    fn edition(year: u16) -> Vec<ClassificationRecord> {
        industries(
            year,
            &rows(match year {
                2002 => include_str!("../../data/classification/gbt4754_2002.csv"),
                2011 => include_str!("../../data/classification/gbt4754_2011.csv"),
                _ => include_str!("../../data/classification/gbt4754_2017.csv"),
            }),
        )
    }

    fn all_ccs() -> Vec<ClassificationRecord> {
        ccs(
            &rows(include_str!("../../data/classification/ccs_level1.csv")),
            &rows(include_str!("../../data/classification/ccs_level2.csv")),
            &rows(include_str!("../../data/classification/ccs_level3.csv")),
        )
    }

    fn all_ics() -> Vec<ClassificationRecord> {
        ics(&rows(include_str!("../../data/classification/ics_codes.csv")))
    }

    fn find<'a>(records: &'a [ClassificationRecord], code: &str) -> &'a ClassificationRecord {
        records.iter().find(|record| record.code == code).unwrap()
    }

    fn levels(records: &[ClassificationRecord]) -> Vec<usize> {
        (1..=4)
            .map(|level| records.iter().filter(|record| record.level == level).count())
            .collect()
    }

    #[test]
    fn all_entries_are_there() {
        assert_eq!(levels(&all_ics()), [40, 401, 940, 0]);
        assert_eq!(levels(&all_ccs()), [24, 225, 1608, 0]);
        assert_eq!(levels(&edition(2002)), [20, 95, 396, 913]);
        assert_eq!(levels(&edition(2011)), [20, 96, 432, 1094]);
        assert_eq!(levels(&edition(2017)), [20, 97, 473, 1379]);
    }

    #[test]
    fn parents_are_entries() {
        assert_eq!(orphans(&all_ics()), BTreeMap::new());
        assert_eq!(orphans(&all_ccs()), BTreeMap::new());
        assert_eq!(orphans(&edition(2017)), BTreeMap::new());
        assert_eq!(orphans(&edition(2002)), BTreeMap::new());
        assert_eq!(orphans(&edition(2011)), BTreeMap::new());
    }

    #[test]
    fn single_entries_are_as_published() {
        let table = [
            (all_ics(), "01.040.01", Some("01.040"), 3, None),
            (all_ics(), "17", None, 1, Some("计量学和测量、物理现象")),
            (all_ccs(), "A00/09", Some("A"), 2, Some("标准化管理与一般规定")),
            (all_ccs(), "A00", Some("A00/09"), 3, Some("标准化、质量管理")),
            (edition(2002), "06", Some("B"), 2, Some("煤炭开采和洗选业")),
            (edition(2002), "0111", Some("011"), 4, Some("谷物的种植")),
            (edition(2011), "13", Some("C"), 2, Some("农副食品加工业")),
            (edition(2011), "A", None, 1, Some("农、林、牧、渔业")),
            (edition(2002), "014", Some("01"), 3, Some("中药材的种植")),
            (edition(2017), "0111", Some("011"), 4, Some("稻谷种植")),
            (edition(2017), "278", Some("27"), 3, Some("药用辅料及包装材料")),
            (edition(2017), "8053", Some("805"), 4, Some("养生保健服务")),
            (edition(2017), "8850", Some("885"), 4, None),
        ];
        for (records, code, parent, level, name) in table {
            let record = find(&records, code);
            assert_eq!(
                (record.parent.as_deref(), record.level),
                (parent, level),
                "{code}"
            );
            assert!(name.is_none() || record.name_zh.as_deref() == name, "{code}");
        }
        assert!(find(&all_ccs(), "A65/74").notes.is_some());
        assert!(
            find(&all_ics(), "01.020")
                .name_en
                .as_deref()
                .unwrap()
                .starts_with("Terminology")
        );
    }

    #[test]
    fn empty_and_odd_rows_do_no_harm() {
        let odd = rows::<IndustryRow>("code,name\n,无\n01,农业\nA,\n001é,x\n");
        assert_eq!(industries(2011, &odd).len(), 3);
        assert_eq!(ClassificationScheme::Gbt4754.as_str(), "GBT4754");
    }
}
