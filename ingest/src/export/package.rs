//! Packages of licences and penalties (双公示): as many as their bounded size asks for, each with a head that names its batch and counts
//! its records.

use std::io::Write;
use std::path::PathBuf;

use encoding_rs::GB18030;
use entity::change::feed;
use entity::record::sha256_hex;
use quick_xml::escape::escape;

use super::file::{Growing, unwritable};
use super::package_row;
use super::progress::Progress;
use super::source::{Sink, Source};
use super::{ExportError, Plan, cell};
use crate::file::Encoding;
use crate::file::package::Layout;
use crate::xml::printable;

/// Records of a package.
const MOST_RECORDS: u64 = 5_000;
/// Bytes of a body, but for its last record: a package lies in memory until its records are counted.
const MOST_BYTES: usize = 8 << 20;
/// Characters of a SHA-256 in the number of a batch.
const DIGITS: usize = 12;

/// Who sends, unless told.
pub const SENDER: &str = "nqi-hub";

/// How packages are made.
#[derive(Debug, Clone)]
pub struct Packing {
    /// Who sends them, in their heads.
    pub sender: String,
    /// Their encoding.
    pub encoding: Encoding,
}

impl Default for Packing {
    fn default() -> Self {
        Self {
            sender: SENDER.to_owned(),
            encoding: Encoding::Utf8,
        }
    }
}

/// Writes the packages of a kind; none where there is no record.
pub(super) async fn write(
    source: &Source<'_>,
    plan: &Plan,
    progress: &mut Progress,
) -> Result<(), ExportError> {
    let (behind, rows) = (progress.current.key.clone(), progress.current.rows);
    let mut packages = Packages {
        plan,
        source,
        layout: Layout::default(),
        body: String::new(),
        records: 0,
        last: String::new(),
        progress,
    };
    source.each(behind.as_deref(), rows, &mut packages).await?;
    packages.close()
}

struct Packages<'a> {
    plan: &'a Plan,
    source: &'a Source<'a>,
    layout: Layout,
    /// The records of the package that is being made.
    body: String,
    /// How many they are.
    records: u64,
    /// The key of the last.
    last: String,
    progress: &'a mut Progress,
}

impl Sink for Packages<'_> {
    fn take(&mut self, event: &feed::Model) -> Result<(), ExportError> {
        if self.records == MOST_RECORDS || self.body.len() >= MOST_BYTES {
            self.close()?;
        }
        let record = &self.layout.record;
        self.body.push_str(&format!("<{record}>"));
        let members = cell::members(&event.body);
        for (column, text) in package_row::columns(self.source.kind, &members) {
            self.body.push_str(&element(column, &text));
        }
        self.body.push_str(&format!("</{record}>\n"));
        self.records += 1;
        self.last.clone_from(&event.record_key);
        Ok(())
    }
}

impl Packages<'_> {
    /// Writes the package that is being made.
    fn close(&mut self) -> Result<(), ExportError> {
        if self.records == 0 {
            return Ok(());
        }
        let part = self.progress.current.parts + 1;
        let kind = self.source.kind.as_str();
        let path: PathBuf = self.plan.out.join(format!("{kind}-{part:04}.xml"));
        let mut file = Growing::create(&path)?;
        for piece in [&self.head(part), &self.body, &self.foot()] {
            let written = match self.plan.packing.encoding {
                Encoding::Utf8 => file.write_all(piece.as_bytes()),
                // What is no character of GB18030 becomes its number, which XML knows.
                Encoding::Gb18030 => file.write_all(&GB18030.encode(piece).0),
            };
            written.map_err(|cause| unwritable(&path, cause))?;
        }
        let written = file.close(self.records)?;
        let rows = self.progress.current.rows + self.records;
        self.progress.current.parts = part;
        self.progress.wrote(written);
        self.progress.reached(&self.last, rows, 0)?;
        self.body.clear();
        self.records = 0;
        Ok(())
    }

    /// The head. The number of the batch holds the time of the export and a digest of the records, so that other records never
    /// come under the number of these.
    fn head(&self, part: u32) -> String {
        let kind = self.source.kind.as_str();
        let written_at = &self.progress.written_at;
        let time: String = written_at
            .chars()
            .filter(char::is_ascii_alphanumeric)
            .take(15)
            .collect();
        let digest: String = sha256_hex(self.body.as_bytes()).chars().take(DIGITS).collect();
        let batch = format!("{kind}-{time}-{part:04}-{digest}");
        let count = self.records.to_string();
        let layout = &self.layout;
        let told: String = [
            (&layout.batch, batch.as_str()),
            (&layout.sender, &self.plan.packing.sender),
            (&layout.sent_at, written_at),
            (&layout.kind, kind),
            (&layout.count, &count),
        ]
        .iter()
        .map(|(name, value)| element(name, value))
        .collect();
        let (root, head, body) = (&layout.root, &layout.head, &layout.body);
        let encoding = self.plan.packing.encoding.as_str();
        format!(
            "<?xml version=\"1.0\" encoding=\"{encoding}\"?>\n<{root}>\n<{head}>{told}</{head}>\n<{body}>\n"
        )
    }

    fn foot(&self) -> String {
        format!("</{}>\n</{}>\n", self.layout.body, self.layout.root)
    }
}

/// An element with a text. A carriage return is written as its number, since a reader of XML takes a bare one for a line feed.
fn element(name: &str, text: &str) -> String {
    let parts: Vec<String> = text.split('\r').map(printable).collect();
    let escaped: Vec<_> = parts.iter().map(|part| escape(part.as_str())).collect();
    format!("<{name}>{}</{name}>", escaped.join("&#13;"))
}

#[cfg(test)]
mod tests {
    use super::element;

    #[test]
    fn a_text_is_no_markup_and_keeps_its_lines() {
        assert_eq!(
            element("A", "a<b>&\"\r\nc\u{0}"),
            "<A>a&lt;b&gt;&amp;&quot;&#13;\nc </A>"
        );
    }
}
