//! Records of a package (数据包): XML with a head (包头) that names the batch and counts the records, and a body (包体) of records
//! whose elements are named like columns.
//!
//! No public text fixes the names of the other elements, so they stand in the mapping file ([`Layout`]). A package is read as a
//! stream; it must close, and its head must count its records.

mod growing;
mod head;
mod layout;
mod pieces;
mod text;
mod unpack;

use std::collections::VecDeque;

use super::encoding::Encoding;
use super::object::PlainBytes;
use super::record::{Closing, RawRecord, RecordReader};
use crate::IngestError;
use growing::{Growing, Grown};
use head::Head;
use pieces::{Fault, Piece, Pieces};
use text::Text;

pub use layout::Layout;
pub(crate) use unpack::{is_packed, unpack};

/// Records that are looked at for the names of columns: a record may leave elements out.
const LOOKED_AT: usize = 100;

/// Reads the records of a package.
pub(crate) struct PackageRows {
    pieces: Pieces,
    layout: Layout,
    name: String,
    encoding: Encoding,
    head: Head,
    columns: Vec<String>,
    first_line: u64,
    waiting: VecDeque<RawRecord>,
    row_no: u64,
    trouble: Option<String>,
    done: bool,
}

impl PackageRows {
    /// Reads the head and the names of the columns. Of the layouts, the one counts whose package is named as this one.
    pub(crate) fn open(
        name: &str,
        source: PlainBytes,
        encoding: Encoding,
        layouts: &[Layout],
    ) -> Result<Self, IngestError> {
        let mut this = Self {
            pieces: Pieces::new(Text::new(source, encoding)),
            layout: Layout::default(),
            name: name.to_owned(),
            encoding,
            head: Head::default(),
            columns: Vec::new(),
            first_line: 1,
            waiting: VecDeque::new(),
            row_no: 0,
            trouble: None,
            done: false,
        };
        this.find_layout(layouts)?;
        this.read_head()?;
        this.first_line = this.pieces.line();
        for _ in 0..LOOKED_AT {
            let Some(record) = this.read_record()? else { break };
            for (column, _) in record.cells.iter().flatten() {
                if !this.columns.contains(column) {
                    this.columns.push(column.clone());
                }
            }
            this.waiting.push_back(record);
        }
        if this.columns.is_empty() {
            return Err(match (this.trouble.take(), this.waiting.is_empty()) {
                (Some(trouble), _) => this.bad(trouble),
                (None, true) => IngestError::Empty { path: name.into() },
                (None, false) => this.bad("no record can be read".to_owned()),
            });
        }
        Ok(this)
    }

    fn find_layout(&mut self, layouts: &[Layout]) -> Result<(), IngestError> {
        let root = loop {
            match self.next()? {
                Piece::Open(name) => break name,
                Piece::End => return Err(self.cut()),
                _ => {}
            }
        };
        self.check_encoding()?;
        let known = layouts.iter().find(|layout| layout.root == root);
        self.layout = known.cloned().ok_or_else(|| {
            let names: Vec<&str> = layouts.iter().map(|layout| layout.root.as_str()).collect();
            let problem = "the file is XML and begins with another element than a package";
            self.bad(format!("{problem}: {}", names.join(", ")))
        })?;
        Ok(())
    }

    /// The bytes tell the encoding; a declaration of one that is not read at all is believed.
    fn check_encoding(&mut self) -> Result<(), IngestError> {
        let Some(declared) = self.pieces.declared.as_deref().map(str::to_ascii_uppercase) else {
            return Ok(());
        };
        let declared: String = declared.chars().take(20).collect();
        let said = match declared.as_str() {
            "UTF-8" | "UTF8" | "US-ASCII" => Encoding::Utf8,
            "GBK" | "GB2312" | "GB18030" | "GB_2312-80" | "CP936" => Encoding::Gb18030,
            _ => {
                return Err(IngestError::Encoding {
                    path: self.name.clone().into(),
                    problem: format!("it declares the encoding {declared}"),
                });
            }
        };
        if said != self.encoding {
            let found = self.encoding.as_str();
            self.head
                .remark("encoding", format!("{found}, though it declares {declared}"));
        }
        Ok(())
    }

    fn read_head(&mut self) -> Result<(), IngestError> {
        let (mut in_head, mut within) = (false, None);
        loop {
            match self.next()? {
                Piece::Open(name) if self.pieces.depth() == 2 && name == self.layout.body => break,
                Piece::Open(name) if self.pieces.depth() == 2 => in_head = name == self.layout.head,
                Piece::Open(name) if self.pieces.depth() == 3 && in_head => {
                    within = Some((name, String::new()));
                }
                Piece::Text(text) => {
                    if let Some((_, value)) = &mut within {
                        value.push_str(&text);
                    }
                }
                Piece::Close => {
                    if let Some((name, value)) = within.take() {
                        self.head.keep(&self.layout, &name, &value);
                    }
                    if self.pieces.depth() == 0 {
                        return Err(self.bad(format!("the package has no <{}>", self.layout.body)));
                    }
                }
                Piece::End => return Err(self.cut()),
                Piece::Open(_) | Piece::Entity => {}
            }
        }
        if self.head.batch().is_some() {
            return Ok(());
        }
        let Layout {
            head, batch, body, ..
        } = &self.layout;
        Err(self.bad(format!(
            "the package does not name its batch: <{batch}> in <{head}> before <{body}>, by which the sender gets its receipt"
        )))
    }

    fn next(&mut self) -> Result<Piece, IngestError> {
        match self.pieces.next() {
            Ok(piece) => Ok(piece),
            Err(Fault::Io(cause)) => Err(self.failed(cause)),
            Err(Fault::Malformed(problem)) => Err(self.bad(problem)),
        }
    }

    fn failed(&self, cause: std::io::Error) -> IngestError {
        if cause.kind() == std::io::ErrorKind::InvalidData {
            return self.bad(cause.to_string());
        }
        IngestError::Io {
            place: format!("reading {}", self.name),
            cause,
        }
    }

    fn bad(&self, problem: String) -> IngestError {
        IngestError::Header {
            path: self.name.clone().into(),
            line: self.pieces.line(),
            problem,
        }
    }

    fn cut(&self) -> IngestError {
        self.bad("the package was cut before its first record: ask the source to send it again".to_owned())
    }

    /// The next record of the body; none behind the last. What keeps the rest from being read becomes the trouble of the run.
    fn read_record(&mut self) -> Result<Option<RawRecord>, IngestError> {
        while !self.done {
            match self.pieces.next() {
                Ok(Piece::Open(name)) => return self.read_open(&name).map(Some),
                Ok(Piece::Close) => {
                    self.done = true;
                    self.read_end()?;
                }
                Ok(Piece::Text(text)) if text.trim().is_empty() => {}
                Ok(Piece::Text(_) | Piece::Entity) => self.give_up("text stands between the records"),
                Ok(Piece::End) => {
                    let problem = format!("the package ends before </{}>", self.layout.body);
                    self.give_up(&problem);
                }
                Err(Fault::Malformed(problem)) => self.give_up(&problem),
                Err(Fault::Io(cause)) => return Err(self.failed(cause)),
            }
        }
        Ok(None)
    }

    fn read_open(&mut self, name: &str) -> Result<RawRecord, IngestError> {
        let line = self.pieces.line();
        let mut growing = Growing::default();
        if name != self.layout.record {
            let problem = format!("the body holds another element than <{}>", self.layout.record);
            growing.refuse("MALFORMED_RECORD", problem);
        }
        let grown = growing.read(&mut self.pieces, self.encoding);
        match grown.map_err(|cause| self.failed(cause))? {
            Grown::Whole => {}
            Grown::Cut => self.done = true,
            Grown::Stuck(problem) => {
                self.give_up(&format!("the rest of the package cannot be read: {problem}"));
            }
        }
        self.row_no += 1;
        Ok(growing.record(self.row_no, line))
    }

    fn give_up(&mut self, problem: &str) {
        self.done = true;
        self.trouble = Some(format!("{problem} (line {})", self.pieces.line()));
    }

    /// Behind the body: the package closes, and nothing follows.
    fn read_end(&mut self) -> Result<(), IngestError> {
        let mut closed = false;
        loop {
            match self.pieces.next() {
                Ok(Piece::Close) if self.pieces.depth() == 0 => closed = true,
                Ok(Piece::End) if closed => break,
                Ok(Piece::End) => {
                    let problem = format!("the package ends before </{}>", self.layout.root);
                    self.give_up(&problem);
                    return Ok(());
                }
                Ok(Piece::Text(text)) if text.trim().is_empty() => {}
                Ok(_) if closed => {
                    self.give_up("something follows behind the end of the package");
                    return Ok(());
                }
                Ok(_) => {}
                Err(Fault::Malformed(problem)) => {
                    self.give_up(&problem);
                    return Ok(());
                }
                Err(Fault::Io(cause)) => return Err(self.failed(cause)),
            }
        }
        self.trouble = self.head.miscounts(self.row_no);
        Ok(())
    }
}

impl RecordReader for PackageRows {
    fn columns(&self) -> (&[String], u64) {
        (&self.columns, self.first_line)
    }

    fn next_record(&mut self) -> Result<Option<RawRecord>, IngestError> {
        match self.waiting.pop_front() {
            Some(record) => Ok(Some(record)),
            None => self.read_record(),
        }
    }

    fn offset(&self) -> u64 {
        self.pieces.offset()
    }

    fn closing(&self) -> Closing {
        Closing {
            trouble: self.trouble.clone(),
            notes: vec![self.head.note()],
        }
    }

    fn batch(&self) -> Option<&str> {
        self.head.batch()
    }
}

#[cfg(test)]
mod tests;
