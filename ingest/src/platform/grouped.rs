//! Tables in which a record takes several rows: the first carries the record with its first product and indicator, the
//! rows below leave the record's columns empty, as merged cells do, and carry the next ones.

use std::collections::VecDeque;

use serde_json::{Map, Value};

use crate::IngestError;
use crate::file::{Closing, RawRecord, RecordReader};
use crate::form::{Form, Recognised};

/// The most rows of one record: a file without record columns must not become one record.
const MOST_ROWS: usize = 2_000;

/// Puts the rows of a record together, where the form has products or indicators as columns.
pub(super) fn group(recognised: Recognised) -> Recognised {
    let flat = recognised.form.columns.values().any(|field| field.contains('.'));
    if !flat {
        return recognised;
    }
    let Recognised {
        mut form,
        records,
        notes,
    } = recognised;
    for list in [PRODUCTS, INDICATORS] {
        form.columns.insert(list.to_owned(), list.to_owned());
    }
    let records = Box::new(Grouped {
        form: form.clone(),
        records,
        waiting: VecDeque::new(),
    });
    Recognised { form, records, notes }
}

struct Grouped {
    form: Form,
    records: Box<dyn RecordReader>,
    waiting: VecDeque<RawRecord>,
}

impl RecordReader for Grouped {
    fn columns(&self) -> (&[String], u64) {
        self.records.columns()
    }

    fn next_record(&mut self) -> Result<Option<RawRecord>, IngestError> {
        let Some(first) = self.next_row()? else {
            return Ok(None);
        };
        let Ok(cells) = first.cells.clone() else {
            return Ok(Some(first));
        };
        let mut record = Record::begin(&self.form, &cells);
        let mut raw = first.raw.clone();
        let mut withheld = first.withheld.clone();
        for _ in 1..MOST_ROWS {
            let Some(row) = self.next_row()? else { break };
            let goes_on = row
                .cells
                .as_ref()
                .is_ok_and(|cells| record.goes_on_in(&self.form, cells));
            if !goes_on {
                self.waiting.push_back(row);
                break;
            }
            if let Ok(cells) = &row.cells {
                record.add(&self.form, cells);
                raw.push('\n');
                raw.push_str(&row.raw);
                withheld.in_text |= row.withheld.in_text;
            }
        }
        Ok(Some(RawRecord {
            cells: Ok(record.cells()),
            raw,
            withheld,
            ..first
        }))
    }

    fn offset(&self) -> u64 {
        self.records.offset()
    }

    fn closing(&self) -> Closing {
        self.records.closing()
    }

    fn batch(&self) -> Option<&str> {
        self.records.batch()
    }
}

impl Grouped {
    fn next_row(&mut self) -> Result<Option<RawRecord>, IngestError> {
        match self.waiting.pop_front() {
            Some(row) => Ok(Some(row)),
            None => self.records.next_record(),
        }
    }
}

/// A record as it grows.
struct Record {
    own: Vec<(String, String)>,
    id: Option<String>,
    products: Vec<Value>,
    indicators: Vec<Value>,
}

impl Record {
    fn begin(form: &Form, cells: &[(String, String)]) -> Self {
        let own: Vec<_> = cells
            .iter()
            .filter(|(header, _)| detail(form, header).is_none())
            .cloned()
            .collect();
        let id = own
            .iter()
            .find(|(header, cell)| {
                form.columns.get(header).is_some_and(|field| field == "record_id") && !cell.trim().is_empty()
            })
            .map(|(_, cell)| cell.clone());
        let mut record = Self {
            own,
            id,
            products: Vec::new(),
            indicators: Vec::new(),
        };
        record.add(form, cells);
        record
    }

    /// A row goes on with the record when it says nothing of its own, or only repeats what the record says.
    fn goes_on_in(&self, form: &Form, cells: &[(String, String)]) -> bool {
        let mut own = cells
            .iter()
            .filter(|(header, cell)| {
                detail(form, header).is_none() && !form.ignores(header) && !cell.trim().is_empty()
            })
            .peekable();
        if own.peek().is_none() {
            return true;
        }
        self.id.is_some() && own.all(|cell| self.own.contains(cell))
    }

    fn add(&mut self, form: &Form, cells: &[(String, String)]) {
        for (of, list) in [
            ("product", &mut self.products),
            ("indicator", &mut self.indicators),
        ] {
            let mut object = Map::new();
            for (header, cell) in cells.iter().filter(|(_, cell)| !cell.trim().is_empty()) {
                if let Some((one, member)) = detail(form, header)
                    && one == of
                {
                    object.insert(member.to_owned(), Value::String(cell.clone()));
                }
            }
            // A row that only repeats a product while it tells another indicator adds none.
            let object = Value::Object(object);
            if object.as_object().is_some_and(|object| !object.is_empty()) && !list.contains(&object) {
                list.push(object);
            }
        }
    }

    fn cells(self) -> Vec<(String, String)> {
        let mut cells = self.own;
        cells.push((PRODUCTS.to_owned(), Value::Array(self.products).to_string()));
        cells.push((INDICATORS.to_owned(), Value::Array(self.indicators).to_string()));
        cells
    }
}

/// The columns that hold what the rows of a record tell together.
pub(super) const PRODUCTS: &str = "products";
/// The same for indicators.
pub(super) const INDICATORS: &str = "indicators";

/// The list and the member that a column tells of, such as `product` and `name`.
fn detail<'a>(form: &'a Form, header: &str) -> Option<(&'a str, &'a str)> {
    form.columns.get(header)?.split_once('.')
}
