//! The pieces of the XML of a package: elements that open and close, and text. What a package has no business with is refused.

use quick_xml::Reader;
use quick_xml::errors::{Error, SyntaxError};
use quick_xml::events::Event;

use super::text::Text;

/// How deep elements may lie in one another: package, body, record, column, and something inside that is passed over.
const DEEPEST: usize = 8;

/// A piece.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece {
    /// An element begins; its name without prefix.
    Open(String),
    /// The innermost element ends.
    Close,
    /// Text, with the entities of XML put in.
    Text(String),
    /// An entity that XML does not know.
    Entity,
    /// The file ends.
    End,
}

/// Why the rest of a package cannot be read.
#[derive(Debug)]
pub(super) enum Fault {
    /// The file cannot be read.
    Io(std::io::Error),
    /// It is no XML, or none that is taken.
    Malformed(String),
}

/// Reads pieces.
pub(super) struct Pieces {
    reader: Reader<Text>,
    buffer: Vec<u8>,
    depth: usize,
    /// The encoding that the file declares, as it says it.
    pub(super) declared: Option<String>,
}

impl Pieces {
    pub(super) fn new(text: Text) -> Self {
        let mut reader = Reader::from_reader(text);
        reader.config_mut().expand_empty_elements = true;
        Self {
            reader,
            buffer: Vec::new(),
            depth: 0,
            declared: None,
        }
    }

    /// The line that was reached, from 1.
    pub(super) fn line(&self) -> u64 {
        self.reader.get_ref().line()
    }

    /// How many bytes of the file were read.
    pub(super) fn offset(&self) -> u64 {
        self.reader.get_ref().offset()
    }

    /// How many elements are open.
    pub(super) fn depth(&self) -> usize {
        self.depth
    }

    pub(super) fn next(&mut self) -> Result<Piece, Fault> {
        loop {
            self.reader.get_mut().begin_piece();
            self.buffer.clear();
            let event = match self.reader.read_event_into(&mut self.buffer) {
                // A tag or comment that is never closed: the file ends in the middle of it.
                Err(Error::Syntax(cause)) if !matches!(cause, SyntaxError::InvalidBangMarkup) => Event::Eof,
                other => other.map_err(fault)?,
            };
            let piece = match event {
                Event::Start(start) => {
                    self.depth += 1;
                    if self.depth > DEEPEST {
                        return Err(malformed(&format!(
                            "elements lie more than {DEEPEST} deep in one another"
                        )));
                    }
                    Piece::Open(start.local_name().as_ref().to_owned())
                }
                Event::End(_) => {
                    self.depth = self.depth.saturating_sub(1);
                    Piece::Close
                }
                Event::Text(text) => Piece::Text(text.xml10_content().into_owned()),
                Event::CData(text) => Piece::Text(text.xml10_content().into_owned()),
                Event::GeneralRef(entity) => match entity.resolve_char_ref() {
                    Ok(Some(sign)) => Piece::Text(sign.to_string()),
                    Ok(None) => known_entity(&entity),
                    Err(_) => Piece::Entity,
                },
                Event::DocType(_) => {
                    return Err(malformed(
                        "it has a DOCTYPE, which is refused: a package needs none, and one can ask for files and for memory",
                    ));
                }
                Event::Decl(declaration) => {
                    self.declared = match declaration.encoding() {
                        Some(Ok(encoding)) => Some(encoding.into_owned()),
                        Some(Err(_)) => return Err(malformed("its first line is no XML declaration")),
                        None => None,
                    };
                    continue;
                }
                Event::Comment(_) | Event::PI(_) | Event::Empty(_) => continue,
                Event::Eof => Piece::End,
            };
            return Ok(piece);
        }
    }
}

fn known_entity(name: &str) -> Piece {
    let sign = match name {
        "amp" => "&",
        "lt" => "<",
        "gt" => ">",
        "quot" => "\"",
        "apos" => "'",
        _ => return Piece::Entity,
    };
    Piece::Text(sign.to_owned())
}

fn malformed(problem: &str) -> Fault {
    Fault::Malformed(problem.to_owned())
}

/// The words of the library name elements, which may be anything; those that are told here name nothing.
fn fault(error: Error) -> Fault {
    match error {
        Error::Io(cause) => Fault::Io(std::io::Error::new(cause.kind(), cause.to_string())),
        Error::IllFormed(_) => malformed("an element is closed that was not opened, or an & stands alone"),
        _ => malformed("it is no well-formed XML"),
    }
}
