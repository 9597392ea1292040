//! A set of reference files: recognised by their headers and names, read together.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use entity::ingestion::{Reject, RowContent};
use serde::de::DeserializeOwned;

use super::claims;
use super::classification::{self, CcsRow, IcsRow, IndustryRow};
use super::holidays::{self, HolidayRow};
use super::region_history::{
    ActDayRow, ChangeRow, DivisionRow, RegionHistory, RegionSources, SpanRow, ZoneRow,
};
use crate::file::{Encoding, StoredObject};
use crate::{IngestError, bundle};

/// Begins a file inside a packed set.
const MARK: &str = "=== ";

/// Packs files into one object.
pub(super) fn packed(files: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut packed = Vec::new();
    for (name, bytes) in files {
        packed.extend_from_slice(format!("{MARK}{name}\n").as_bytes());
        packed.extend_from_slice(bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes));
        if !bytes.ends_with(b"\n") {
            packed.push(b'\n');
        }
    }
    packed
}

/// What a set says.
pub(super) struct ReadSet {
    pub(super) form: &'static str,
    pub(super) source: &'static str,
    pub(super) as_of: NaiveDate,
    pub(super) notes: Vec<String>,
    pub(super) contents: Vec<RowContent>,
}

/// What a file of a set is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Table {
    Divisions,
    Changes,
    Spans,
    Zones,
    ActDays,
    Ics,
    CcsClasses,
    CcsGroups,
    CcsEntries,
    Industries(u16),
    Holidays,
}

/// Reads a set; what is no table of the hub is named in the notes.
pub(super) fn read(object: &StoredObject, bytes: &[u8]) -> Result<ReadSet, IngestError> {
    let mut tables = Tables {
        object: object.name.clone(),
        files: BTreeMap::new(),
        refused: Vec::new(),
    };
    let mut notes = Vec::new();
    for (name, text) in unpack(object, bytes)? {
        match recognise(&name, &text) {
            Some(table) => tables.files.entry(table).or_default().push((name, text)),
            None => notes.push(format!("{name} is no table of the hub and was left out")),
        }
    }
    let has = |table: Table| tables.files.contains_key(&table);
    let (form, source, as_of, mut contents) = if has(Table::Holidays) {
        read_holidays(&mut tables)?
    } else if has(Table::Divisions) || has(Table::Changes) || has(Table::Spans) {
        read_divisions(&mut tables)?
    } else if tables.files.is_empty() {
        return Err(tables.misses("a table of divisions, classifications or holidays"));
    } else {
        read_classifications(&mut tables)?
    };
    contents.extend(tables.refused.into_iter().map(RowContent::Rejected));
    Ok(ReadSet {
        form,
        source,
        as_of,
        notes,
        contents,
    })
}

type Part = (&'static str, &'static str, NaiveDate, Vec<RowContent>);

fn read_holidays(tables: &mut Tables) -> Result<Part, IngestError> {
    let rows: Vec<HolidayRow> = tables.rows(Table::Holidays);
    let newest = rows
        .iter()
        .map(|row| i32::from(row.notice_year))
        .max()
        .unwrap_or_default();
    let as_of = NaiveDate::from_ymd_opt(newest, 1, 1).ok_or_else(|| tables.misses("the year of a notice"))?;
    let contents = holidays::holidays(&rows)
        .into_values()
        .map(claims::holiday)
        .collect();
    Ok(("holidays", "state-council", as_of, contents))
}

fn read_divisions(tables: &mut Tables) -> Result<Part, IngestError> {
    for (table, what) in [
        (Table::Divisions, "the current list (code, name, level, parent)"),
        (Table::Changes, "the changes (year, type, old_code …)"),
        (
            Table::Spans,
            "the lists in which codes were seen (code, name, first_revision …)",
        ),
    ] {
        if !tables.files.contains_key(&table) {
            return Err(tables.misses(what));
        }
    }
    // What the hub itself keeps beside the public lists is part of every history.
    let supplement: Vec<(Table, &str)> = vec![
        (Table::Zones, "divisions/development_zones.csv"),
        (Table::ActDays, "divisions/act_days.csv"),
        (Table::Changes, "divisions/change_events_supplement.csv"),
    ];
    for (table, path) in supplement {
        let name = path.rsplit('/').next().unwrap_or(path).to_owned();
        let files = tables.files.entry(table).or_default();
        if !files.iter().any(|(known, _)| *known == name) {
            files.push((name, String::from_utf8_lossy(&bundle::file(path)?).into_owned()));
        }
    }
    let as_of = tables.edition()?;
    let sources = RegionSources {
        current: &tables.rows::<DivisionRow>(Table::Divisions),
        edition: as_of,
        changes: &tables.rows::<ChangeRow>(Table::Changes),
        spans: &tables.rows::<SpanRow>(Table::Spans),
        zones: &tables.rows::<ZoneRow>(Table::Zones),
        act_days: &tables.rows::<ActDayRow>(Table::ActDays),
    };
    let history = RegionHistory::build(sources);
    Ok(("divisions", "mca", as_of, claims::regions(&history)))
}

fn read_classifications(tables: &mut Tables) -> Result<Part, IngestError> {
    let as_of = NaiveDate::from_ymd_opt(2026, 9, 1).ok_or_else(|| tables.misses("a day"))?;
    let mut records = classification::ics(&tables.rows::<IcsRow>(Table::Ics));
    records.extend(classification::ccs(
        &tables.rows::<CcsRow>(Table::CcsClasses),
        &tables.rows::<CcsRow>(Table::CcsGroups),
        &tables.rows::<CcsRow>(Table::CcsEntries),
    ));
    let editions: Vec<Table> = tables
        .files
        .keys()
        .copied()
        .filter(|table| matches!(table, Table::Industries(_)))
        .collect();
    for table in editions {
        let Table::Industries(edition) = table else {
            continue;
        };
        records.extend(classification::industries(
            edition,
            &tables.rows::<IndustryRow>(table),
        ));
    }
    Ok((
        "classification",
        "classification",
        as_of,
        records.into_iter().map(claims::classification).collect(),
    ))
}

/// The files of a set by what they are, and the rows that could not be read.
struct Tables {
    object: String,
    files: BTreeMap<Table, Vec<(String, String)>>,
    refused: Vec<Reject>,
}

impl Tables {
    fn rows<T: DeserializeOwned>(&mut self, table: Table) -> Vec<T> {
        let mut rows = Vec::new();
        for (name, text) in self.files.get(&table).into_iter().flatten() {
            let mut reader = csv::ReaderBuilder::new()
                .flexible(true)
                .from_reader(text.as_bytes());
            for row in reader.deserialize() {
                match row {
                    Ok(row) => rows.push(row),
                    Err(error) => self.refused.push(Reject {
                        field: None,
                        code: "MALFORMED_ROW",
                        message: format!("{name}: {error}"),
                        remedy: "repair the row and ingest the set again".to_owned(),
                        raw: format!("{name}: {error}"),
                    }),
                }
            }
        }
        rows
    }

    /// The first day of the month in the name of the current list, `current_2026-09.csv`.
    fn edition(&self) -> Result<NaiveDate, IngestError> {
        let name = self
            .files
            .get(&Table::Divisions)
            .and_then(|files| files.first())
            .map(|(name, _)| name.as_str());
        let digits = name
            .unwrap_or_default()
            .trim_end_matches(".csv")
            .rsplit('_')
            .next()
            .unwrap_or_default();
        format!("{digits}-01").parse().ok().ok_or_else(|| {
            self.misses("the month of the current list in its name, as in current_2026-09.csv")
        })
    }

    fn misses(&self, what: &str) -> IngestError {
        let problem = format!("the set holds no file with {what}");
        IngestError::Header {
            path: self.object.clone().into(),
            line: 1,
            problem,
        }
    }
}

fn unpack(object: &StoredObject, bytes: &[u8]) -> Result<Vec<(String, String)>, IngestError> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let text = Encoding::decode(object.encoding, bytes).map_err(|place| IngestError::Encoding {
        path: object.name.clone().into(),
        problem: format!(
            "byte {} is no character of {}",
            place + 1,
            object.encoding.as_str()
        ),
    })?;
    if !text.starts_with(MARK) {
        return Ok(vec![(object.name.clone(), text)]);
    }
    let mut files: Vec<(String, String)> = Vec::new();
    for line in text.split_inclusive('\n') {
        match line.strip_prefix(MARK) {
            Some(name) => files.push((name.trim_end().to_owned(), String::new())),
            None => {
                if let Some((_, text)) = files.last_mut() {
                    text.push_str(line);
                }
            }
        }
    }
    Ok(files)
}

fn recognise(name: &str, text: &str) -> Option<Table> {
    let header: Vec<&str> = text.lines().next()?.split(',').map(str::trim).collect();
    let has = |columns: &[&str]| columns.iter().all(|column| header.contains(column));
    let year = || {
        name.chars()
            .filter(char::is_ascii_digit)
            .collect::<String>()
            .strip_prefix("4754")?
            .parse()
            .ok()
    };
    if has(&["date", "is_off_day", "notice_year"]) {
        Some(Table::Holidays)
    } else if has(&["code", "name_en", "level"]) {
        Some(Table::Ics)
    } else if has(&["code", "name", "class"]) {
        Some(Table::CcsGroups)
    } else if has(&["code", "name", "group"]) {
        Some(Table::CcsEntries)
    } else if name.contains("gbt4754") && has(&["code", "name"]) {
        Some(Table::Industries(year()?))
    } else if name.contains("ccs") && has(&["code", "name"]) {
        Some(Table::CcsClasses)
    } else if has(&["year", "type", "old_code", "new_code"]) {
        Some(Table::Changes)
    } else if has(&["code", "name", "first_revision", "last_revision"]) {
        Some(Table::Spans)
    } else if has(&["code", "name", "within", "since"]) {
        Some(Table::Zones)
    } else if has(&["year", "code_prefix", "on"]) {
        Some(Table::ActDays)
    } else if has(&["code", "name", "level", "parent"]) {
        Some(Table::Divisions)
    } else {
        None
    }
}
