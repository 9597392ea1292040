//! The history against public facts of the divisions, and against itself.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use chrono::NaiveDate;
use entity::value::RegionCode;
use serde::de::DeserializeOwned;

use super::{ChangeKind, FaultKind, Precision, RegionHistory, RegionNature, RegionSources};

static HISTORY: LazyLock<RegionHistory> = LazyLock::new(|| {
    let mut changes = rows(include_str!(
        "../../../data/divisions/change_events_1980-2026.csv"
    ));
    changes.append(&mut rows(include_str!(
        "../../../data/divisions/change_events_supplement.csv"
    )));
    RegionHistory::build(RegionSources {
        current: &rows(include_str!("../../../data/divisions/current_2026-09.csv")),
        edition: day("2026-09-01"),
        changes: &changes,
        spans: &rows(include_str!(
            "../../../data/divisions/code_name_first_last_seen.csv"
        )),
        zones: &rows(include_str!("../../../data/divisions/development_zones.csv")),
        act_days: &rows(include_str!("../../../data/divisions/act_days.csv")),
    })
});

fn rows<T: DeserializeOwned>(text: &str) -> Vec<T> {
    csv::Reader::from_reader(text.as_bytes())
        .into_deserialize()
        .map(Result::unwrap)
        .collect()
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn code(text: &str) -> RegionCode {
    RegionCode::parse(text).unwrap()
}

fn texts<'a>(codes: impl IntoIterator<Item = &'a RegionCode>) -> Vec<&'a str> {
    codes.into_iter().map(RegionCode::as_str).collect()
}

#[test]
fn names_and_regions_above_on_a_day() {
    let table: [(&str, &str, Option<&str>, &[&str]); 44] = [
        ("110103", "2009-12-31", Some("崇文区"), &["110000"]),
        ("110103", "2010-07-01", None, &[]),
        ("110221", "1998-12-31", Some("昌平县"), &["110000"]),
        ("110221", "2000-01-01", None, &[]),
        ("110114", "2000-01-01", Some("昌平区"), &["110000"]),
        ("510200", "1996-12-31", Some("重庆市"), &["510000"]),
        ("510202", "1996-12-31", Some("渝中区"), &["510200", "510000"]),
        ("500000", "1996-12-31", None, &[]),
        ("500000", "1997-06-18", Some("重庆市"), &[]),
        ("500103", "1997-06-18", Some("渝中区"), &["500000"]),
        ("500230", "2020-01-01", Some("丰都县"), &["500000"]),
        ("460000", "1987-12-31", None, &[]),
        ("460000", "1988-04-26", Some("海南省"), &[]),
        ("460100", "1990-01-01", Some("海口市"), &["460000"]),
        ("420600", "2009-01-01", Some("襄樊市"), &["420000"]),
        ("420600", "2011-01-01", Some("襄阳市"), &["420000"]),
        ("371202", "2018-06-01", Some("莱城区"), &["371200", "370000"]),
        ("371202", "2019-01-09", None, &[]),
        ("370116", "2019-01-09", Some("莱芜区"), &["370100", "370000"]),
        ("341400", "2010-01-01", Some("巢湖市"), &["340000"]),
        ("341402", "2010-01-01", Some("居巢区"), &["341400", "340000"]),
        ("340181", "2012-01-01", Some("巢湖市"), &["340100", "340000"]),
        ("320521", "1985-01-01", Some("沙洲县"), &["320500", "320000"]),
        ("329004", "1990-01-01", Some("张家港市"), &["320000"]),
        ("320582", "1990-01-01", None, &[]),
        ("320582", "2022-03-17", Some("张家港市"), &["320500", "320000"]),
        (
            "320582.01",
            "2022-03-17",
            Some("张家港保税区"),
            &["320582", "320500", "320000"],
        ),
        ("132501", "1982-01-01", Some("张家口市"), &["132500", "130000"]),
        ("130700", "1984-01-01", Some("张家口市"), &["130000"]),
        ("130702", "2026-09-01", Some("桥东区"), &["130700", "130000"]),
        ("320800", "1999-01-01", Some("淮阴市"), &["320000"]),
        ("320800", "2001-01-01", Some("淮安市"), &["320000"]),
        ("429004", "2015-06-01", Some("仙桃市"), &["420000"]),
        ("419001", "1990-01-01", Some("义马市"), &["410000"]),
        ("419001", "2010-01-01", Some("济源市"), &["410000"]),
        ("130502", "2019-01-01", Some("桥东区"), &["130500", "130000"]),
        ("130502", "2021-01-01", Some("襄都区"), &["130500", "130000"]),
        ("210200", "1980-12-31", Some("旅大市"), &["210000"]),
        ("210200", "1982-01-01", Some("大连市"), &["210000"]),
        ("440301", "2016-01-01", Some("市辖区"), &["440300", "440000"]),
        ("371201", "2019-06-01", None, &[]),
        ("330110", "2026-01-01", Some("余杭区"), &["330100", "330000"]),
        ("330113", "2022-01-01", Some("临平区"), &["330100", "330000"]),
        ("150602", "2025-06-01", Some("东胜区"), &["150600", "150000"]),
    ];
    for (region, on, name, above) in table {
        let found = HISTORY.on(&code(region), day(on)).map(|span| span.name.as_str());
        assert_eq!(found, name, "{region} on {on}");
        assert_eq!(
            texts(&HISTORY.ancestors_on(&code(region), day(on))),
            above,
            "above {region} on {on}"
        );
    }
}

#[test]
fn successors_of_abolished_codes() {
    let table: [(&str, &[&str]); 22] = [
        ("110103", &["110101"]),
        ("110104", &["110102"]),
        ("110221", &["110114"]),
        ("310102", &["310101"]),
        ("320521", &["329004"]),
        ("329004", &["320582"]),
        ("341400", &["340100", "340200", "340500"]),
        ("341402", &["340181"]),
        ("342601", &["341402"]),
        ("371200", &["370100"]),
        ("371202", &["370116"]),
        ("371203", &["370117"]),
        ("440102", &["440104"]),
        ("410381", &["410307"]),
        ("410322", &["410308"]),
        ("330103", &["330105"]),
        ("330104", &["330102"]),
        ("230707", &["230724"]),
        ("510902", &["510903", "510904"]),
        ("511203", &["500101"]),
        // A namesake elsewhere is no successor: 130502 is 桥东区 of 邢台, 110101 东城区 of 北京.
        ("130103", &["130102", "130104"]),
        ("510102", &["510104"]),
    ];
    for (region, next) in table {
        let record = HISTORY.record(&code(region)).unwrap();
        assert!(record.is_abolished(), "{region}");
        assert_eq!(texts(record.successors()), next, "{region}");
    }
}

#[test]
fn holders_of_a_territory_today() {
    let table: [(&str, &str, &[&str]); 8] = [
        ("320521", "1984-06-01", &["320582"]),
        ("322723", "1980-06-01", &["320582"]),
        ("371202", "2000-01-01", &["370116"]),
        ("342601", "1990-01-01", &["340181"]),
        ("510202", "1990-01-01", &["500103"]),
        ("442100", "1985-01-01", &["460107", "469007"]),
        ("320582", "2000-01-01", &["320582"]),
        ("420600", "2000-01-01", &["420600"]),
    ];
    for (region, dated, holders) in table {
        let found = HISTORY.holders(&code(region), day(dated), day("2026-09-01"));
        let found = texts(&found);
        assert!(
            holders.iter().all(|holder| found.contains(holder)),
            "{region} {dated}: {found:?}"
        );
    }
    assert!(
        HISTORY
            .holders(&code("990000"), day("2000-01-01"), day("2026-09-01"))
            .is_empty()
    );
}

#[test]
fn days_are_as_good_as_their_source() {
    let table = [
        ("110103", "2010-06-28", Precision::Day),
        ("510200", "1997-03-14", Precision::Day),
        ("371200", "2018-12-26", Precision::Day),
        ("532331", "2021-02-02", Precision::Day),
        ("431121", "2021-02-20", Precision::Day),
        ("110221", "1999-12-31", Precision::Year),
    ];
    for (region, until, precision) in table {
        let record = HISTORY.record(&code(region)).unwrap();
        let last = record.spans.last().unwrap();
        assert_eq!(
            (last.until, last.until_precision),
            (Some(day(until)), Some(precision)),
            "{region}"
        );
    }
}

#[test]
fn kinds_say_what_came_of_a_change() {
    let closing = |region: &str| {
        let span = HISTORY.record(&code(region)).unwrap().spans.first().unwrap();
        HISTORY.changes.get(span.closed_by.unwrap()).unwrap()
    };
    let table = [
        ("110103", ChangeKind::Merged, "撤销"),
        ("341400", ChangeKind::Split, "撤销"),
        ("420600", ChangeKind::Renamed, "更名"),
        ("320800", ChangeKind::Renamed, "码位改派"),
        ("110221", ChangeKind::Converted, "撤县设区"),
        ("329004", ChangeKind::Recoded, "同名改码"),
    ];
    for (region, kind, word) in table {
        let change = closing(region);
        assert_eq!((change.kind, change.word.as_str()), (kind, word), "{region}");
    }
    assert_eq!(closing("371200").doc_no.as_deref(), Some("国函〔2018〕163号"));
}

#[test]
fn every_code_has_a_record_with_orderly_spans() {
    for (region, record) in &HISTORY.records {
        assert!(!record.spans.is_empty(), "{region}");
        for span in &record.spans {
            assert!(
                span.until
                    .is_none_or(|until| span.from.is_none_or(|from| from < until)),
                "{region} {}",
                span.name
            );
            assert_eq!(span.from.is_some(), span.from_precision.is_some(), "{region}");
        }
        for (earlier, later) in record.spans.iter().zip(record.spans.iter().skip(1)) {
            assert!(
                earlier.until.is_some() && earlier.until <= later.from,
                "{region} {} {}",
                earlier.name,
                later.name
            );
        }
    }
    let changed = HISTORY
        .changes
        .iter()
        .flat_map(|change| [&change.old_code, &change.new_code])
        .flatten();
    let missing: Vec<&RegionCode> = changed
        .filter(|region| HISTORY.record(region).is_none())
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn the_regions_above_exist_while_they_are_above() {
    let mut apart = Vec::new();
    for (region, record) in &HISTORY.records {
        for span in record
            .spans
            .iter()
            .filter(|span| span.nature != RegionNature::Zone)
        {
            let Some(parent) = &span.parent else { continue };
            let days = [span.from, span.until.and_then(|until| until.pred_opt())];
            for on in days
                .into_iter()
                .flatten()
                .filter(|on| HISTORY.on(parent, *on).is_none())
            {
                apart.push(format!("{region} {} under {parent} on {on}", span.name));
            }
        }
    }
    assert!(apart.is_empty(), "{} {apart:#?}", apart.len());
}

#[test]
fn the_current_list_is_reproduced() {
    let today = day("2026-09-01");
    let listed: Vec<super::DivisionRow> = rows(include_str!("../../../data/divisions/current_2026-09.csv"));
    for row in &listed {
        let span = HISTORY.on(&code(&row.code), today).unwrap();
        assert_eq!(span.name, row.name, "{}", row.code);
    }
    let valid = HISTORY.records.values().filter_map(|record| record.on(today));
    let administrative = valid
        .filter(|span| span.nature == RegionNature::Administrative)
        .count();
    assert_eq!(administrative, listed.len());
}

#[test]
fn what_the_sources_leave_open_is_counted() {
    let mut counts = BTreeMap::new();
    for fault in &HISTORY.faults {
        *counts.entry(fault.kind).or_insert(0) += 1;
    }
    let expected = BTreeMap::from([
        (FaultKind::NameOfOneList, 26),
        (FaultKind::NotInLists, 85),
        (FaultKind::BeginningUnknown, 1),
        (FaultKind::SuccessorRefused, 30),
        (FaultKind::SuccessorUnknown, 127),
    ]);
    assert_eq!(counts, expected);
    assert_eq!(HISTORY.records.len(), 7266);
}

#[test]
fn strange_rows_do_no_harm() {
    let list = |text: &str| format!("code,name,first_revision,last_revision,revisions_seen\n{text}");
    let history = RegionHistory::build(RegionSources {
        current: &rows("code,name,level,parent\nx,无,3,\n110000,北京市,1,\n110101,东城区,3,110000\n"),
        edition: day("2026-09-01"),
        changes: &rows(
            "year,type,level,old_code,old_name,new_code,new_name,old_path,new_path,doc_no,detail,curated\n\
             -5,奇,3,110101,东城区,110101,西城区,,,,,0\n2147483647,撤销,3,110101,东城区,110102,西城区,,,,,0\n\
             -2147483648,新设,3,,,110109,门头沟区,,,,,0\n2000,更名,3,110103,甲,110103,乙,,,,,0\n",
        ),
        spans: &rows(&list(
            "abc,坏,x,y,1\n110101,东城区,198012,,1\n110000,北京市,198012,201904,9\n110102,西城区,é,198012,1\n",
        )),
        zones: &rows("code,name,within,since,basis\nz,无,1,1,\n110101.01,区,110101,2147483647,\n"),
        act_days: &[],
    });
    assert!(
        history
            .faults
            .iter()
            .any(|fault| fault.kind == FaultKind::UnreadableRow)
    );
    let empty = RegionHistory::build(RegionSources {
        current: &[],
        edition: day("2026-09-01"),
        changes: &[],
        spans: &[],
        zones: &[],
        act_days: &[],
    });
    assert!(empty.records.is_empty() && empty.faults.is_empty());
}
