//! From reference records to claims.

use entity::calendar::HolidayClaim;
use entity::classification::{ClassificationClaim, Item};
use entity::ingestion::{Claim, RowContent};
use entity::record::sha256_hex;
use entity::region::{PeriodClaim, RegionChangeClaim, RegionClaim};
use entity::value::RegionCode;
use serde::Serialize;

use super::classification::ClassificationRecord;
use super::holidays::HolidayRecord;
use super::region_history::{RegionChange, RegionHistory, RegionSpan};

pub(super) fn holiday(record: HolidayRecord) -> RowContent {
    RowContent::Taken(vec![Claim::Holiday(HolidayClaim {
        key: record.date.to_string(),
        name: record.name,
        off: record.off,
        notice_year: i32::from(record.notice_year),
    })])
}

pub(super) fn classification(record: ClassificationRecord) -> RowContent {
    let item = Item {
        scheme: record.scheme.as_str().to_owned(),
        edition: record.edition.map_or(0, i32::from),
        code: record.code,
        parent_code: record.parent,
        level: i32::from(record.level),
        name_zh: record.name_zh,
        name_en: record.name_en,
        notes: record.notes,
    };
    RowContent::Taken(vec![Claim::Classification(Box::new(ClassificationClaim::new(
        item,
    )))])
}

/// Regions by code, then their changes in order of time.
pub(super) fn regions(history: &RegionHistory) -> Vec<RowContent> {
    let regions = history.records.values().map(|record| {
        Claim::Region(Box::new(RegionClaim {
            code: record.code.as_str().to_owned(),
            periods: record.spans.iter().map(|span| period(history, span)).collect(),
        }))
    });
    let changes = history
        .changes
        .iter()
        .enumerate()
        .map(|(place, event)| Claim::RegionChange(Box::new(change(event, place))));
    regions
        .chain(changes)
        .map(|claim| RowContent::Taken(vec![claim]))
        .collect()
}

fn period(history: &RegionHistory, span: &RegionSpan) -> PeriodClaim {
    let event = |place: Option<usize>| place.and_then(|place| history.changes.get(place)).map(described);
    PeriodClaim {
        name: span.name.clone(),
        level: span.level.as_str().to_owned(),
        nature: word(&span.nature),
        parent_code: code(span.parent.as_ref()),
        valid_from: span.from,
        from_precision: span.from_precision.as_ref().map(word),
        valid_until: span.until,
        until_precision: span.until_precision.as_ref().map(word),
        opened_by: event(span.opened_by),
        closed_by: event(span.closed_by),
        successors: span
            .successors
            .iter()
            .map(|code| code.as_str().to_owned())
            .collect(),
    }
}

fn change(event: &RegionChange, place: usize) -> RegionChangeClaim {
    // Two events of one year can read alike; their place among the changes tells them apart.
    let identity = serde_json::to_string(event).unwrap_or_default();
    let id: String = sha256_hex(format!("{place}\n{identity}").as_bytes())
        .chars()
        .take(16)
        .collect();
    RegionChangeClaim {
        id,
        year: event.year,
        happened_on: event.on,
        change: word(&event.kind),
        word: event.word.clone(),
        old_code: code(event.old_code.as_ref()),
        old_name: event.old_name.clone(),
        new_code: code(event.new_code.as_ref()),
        new_name: event.new_name.clone(),
        document_number: event.doc_no.clone(),
        detail: event.detail.clone(),
    }
}

/// An event in one line: `2012 撤县设区 国函〔2012〕102号`.
fn described(event: &RegionChange) -> String {
    let day = event
        .on
        .map_or_else(|| event.year.to_string(), |day| day.to_string());
    match &event.doc_no {
        Some(document) => format!("{day} {} {document}", event.word),
        None => format!("{day} {}", event.word),
    }
}

fn code(code: Option<&RegionCode>) -> Option<String> {
    code.map(|code| code.as_str().to_owned())
}

/// The word of a closed vocabulary, as it is serialised.
fn word<T: Serialize>(member: &T) -> String {
    match serde_json::to_value(member) {
        Ok(serde_json::Value::String(word)) => word,
        _ => String::new(),
    }
}
