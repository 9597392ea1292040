//! Receipts (回执) as files: CSV that a spreadsheet opens without running anything in it, or XML.

use std::io::{self, Write};

use entity::ingestion::{Receipt, Refusal};
use entity::{Database, Scope};
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use crate::IngestError;
use crate::cell::harmless;
use crate::xml::printable;

/// Rows fetched at once.
const PAGE: u64 = 500;
/// The columns of the CSV form.
const COLUMNS: [&str; 14] = [
    "kind", "batch", "run", "state", "read", "accepted", "refused", "row", "line", "column", "code",
    "message", "remedy", "rule",
];

/// The form of a receipt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// CSV in UTF-8 with a byte order mark: one line of kind RUN, then one of kind ROW for each refused row.
    Csv,
    /// XML: `receipt` with the attributes of the run, and `refusal` for each refused row.
    Xml,
}

impl Form {
    /// The form of a word, which is also the ending of its files.
    pub fn parse(word: &str) -> Option<Self> {
        match word {
            "csv" => Some(Self::Csv),
            "xml" => Some(Self::Xml),
            _ => None,
        }
    }
}

/// Writes a receipt, page by page.
pub async fn write<W: Write>(
    db: &Database,
    scope: &Scope,
    receipt: &Receipt,
    form: Form,
    out: &mut W,
) -> Result<(), IngestError> {
    let failed = |cause| IngestError::Io {
        place: format!("writing the receipt of run {}", receipt.run.id),
        cause,
    };
    let mut file = Receiving::begin(receipt, form, out).map_err(failed)?;
    let mut last = 0;
    loop {
        let page = receipt.refusals(db, scope, last, PAGE).await?;
        let Some(end) = page.last() else { break };
        last = end.row;
        for refusal in &page {
            file.add(receipt, refusal).map_err(failed)?;
        }
    }
    file.end().map_err(failed)
}

/// A receipt that is being written.
enum Receiving<'a, W: Write> {
    Csv(Box<csv::Writer<&'a mut W>>),
    Xml(Writer<&'a mut W>),
}

impl<'a, W: Write> Receiving<'a, W> {
    fn begin(receipt: &Receipt, form: Form, out: &'a mut W) -> io::Result<Self> {
        let (run, reason) = (&receipt.run, receipt.run.reason.as_deref().unwrap_or_default());
        let counts = [run.read, receipt.accepted(), receipt.refused()].map(|count| count.to_string());
        let [read, accepted, refused] = &counts;
        match form {
            Form::Csv => {
                out.write_all("\u{FEFF}".as_bytes())?;
                let mut writer = csv::Writer::from_writer(out);
                writer.write_record(COLUMNS)?;
                let line = [
                    "RUN",
                    receipt.batch(),
                    &run.id,
                    &run.state,
                    read,
                    accepted,
                    refused,
                    "",
                    "",
                    "",
                    "",
                    reason,
                    "",
                    "",
                ];
                writer.write_record(line.map(harmless))?;
                Ok(Self::Csv(Box::new(writer)))
            }
            Form::Xml => {
                let mut writer = Writer::new_with_indent(out, b' ', 2);
                writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
                let mut start = quick_xml::events::BytesStart::new("receipt");
                for (name, value) in [
                    ("batch", receipt.batch()),
                    ("run", run.id.as_str()),
                    ("state", run.state.as_str()),
                    ("read", read.as_str()),
                    ("accepted", accepted.as_str()),
                    ("refused", refused.as_str()),
                    ("reason", reason),
                ] {
                    start.push_attribute((name, printable(value).as_str()));
                }
                writer.write_event(Event::Start(start))?;
                Ok(Self::Xml(writer))
            }
        }
    }

    fn add(&mut self, receipt: &Receipt, refusal: &Refusal) -> io::Result<()> {
        let (row, line) = (refusal.row.to_string(), refusal.line.to_string());
        let column = refusal.column.as_deref().unwrap_or_default();
        let rule = refusal.rule().unwrap_or_default();
        match self {
            Self::Csv(writer) => {
                let cells = [
                    "ROW",
                    receipt.batch(),
                    &receipt.run.id,
                    "",
                    "",
                    "",
                    "",
                    &row,
                    &line,
                    column,
                    &refusal.code,
                    &refusal.message,
                    &refusal.remedy,
                    rule,
                ];
                writer.write_record(cells.map(harmless))?;
            }
            Self::Xml(writer) => {
                let attributes = [
                    ("row", row.as_str()),
                    ("line", line.as_str()),
                    ("column", column),
                    ("code", refusal.code.as_str()),
                    ("rule", rule),
                ];
                let filled = attributes.map(|(name, value)| (name, printable(value)));
                let mut element = writer.create_element("refusal");
                for (name, value) in filled.iter().filter(|(_, value)| !value.is_empty()) {
                    element = element.with_attribute((*name, value.as_str()));
                }
                element.write_inner_content(|inner| {
                    for (name, text) in [("message", &refusal.message), ("remedy", &refusal.remedy)] {
                        let text = printable(text);
                        inner
                            .create_element(name)
                            .write_text_content(BytesText::new(&text))?;
                    }
                    Ok(())
                })?;
            }
        }
        Ok(())
    }

    fn end(self) -> io::Result<()> {
        match self {
            Self::Csv(mut writer) => writer.flush(),
            Self::Xml(mut writer) => {
                writer.write_event(Event::End(quick_xml::events::BytesEnd::new("receipt")))?;
                writer.get_mut().write_all(b"\n")
            }
        }
    }
}
