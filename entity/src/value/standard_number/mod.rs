//! Numbers of standards (标准编号): one canonical form, one join key, one base for the chain of editions.
//!
//! 标准化法 article 24 has the numbers of standards set by the administration; 国家标准管理办法, 行业标准管理办法,
//! 地方标准管理办法, 团体标准管理规定 and 企业标准化促进办法 give the forms. Registers print the same number with other blanks,
//! dashes, slashes and widths; all of them fold to one key here.

mod belief;
mod citation;
mod coded;
mod cursor;
mod enterprise;
mod foreign;
mod head;
mod kind;
mod list;
mod local;
mod notice;
mod parts;
mod prefixes;
mod reading;
mod segment;
mod serial;
mod trailer;
mod year;

#[cfg(test)]
mod tests;

pub use citation::{Citation, find_citations};
pub use kind::{Adoption, AdoptionDegree, NumberFlag, StandardKind, StandardNature, UnknownName};
pub use list::split_list;

use parts::{Parts, Shape};
use reading::{Field, LONGEST_FIELD, read_field};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::convert::Infallible;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::str::FromStr;

/// The number of a standard (标准编号) as it came, and what could be read in it.
///
/// Two numbers are equal if their raw texts are; numbers of the same standard have equal [`key`](Self::key)s.
#[derive(Clone, Debug)]
pub struct StandardNumber {
    raw: String,
    kind: Option<StandardKind>,
    flags: Vec<NumberFlag>,
    read: Option<Box<ReadNumber>>,
}

/// What is known of a number that names one standard.
#[derive(Clone, Debug)]
struct ReadNumber {
    canonical: String,
    key: String,
    base: String,
    parts: Parts,
}

impl StandardNumber {
    /// Reads a number from text of any kind. Never fails: what is no number has no canonical form, and flags
    /// say why.
    ///
    /// Text beyond 400 characters is not looked at ([`NumberFlag::TooLong`]).
    pub fn parse(raw: &str) -> Self {
        let number = Self::of_field(raw);
        if !number.has_flag(NumberFlag::Unrecognised) {
            return number;
        }
        match find_citations(raw).as_slice() {
            [] => number,
            [only] => Self::within_text(raw, &only.number),
            [first, ..] => Self::unread(raw, first.number.kind(), vec![NumberFlag::List]),
        }
    }

    /// Reads a text that begins with its number.
    fn of_field(raw: &str) -> Self {
        if raw.chars().nth(LONGEST_FIELD).is_some() {
            return Self::unread(raw, None, vec![NumberFlag::TooLong]);
        }
        let Field {
            found,
            listed,
            flags,
            kind,
        } = read_field(raw);
        let mut found = found.into_iter();
        let Some(mut first) = found.next().map(|found| found.parts) else {
            return Self::unread(raw, kind, flags);
        };
        let others: Vec<Parts> = found.map(|found| found.parts).collect();
        if !others.is_empty() {
            if listed || !list::is_joint(&first, &others) {
                return Self::unread(raw, Some(first.head.kind), vec![NumberFlag::List]);
            }
            first.add_flag(NumberFlag::Joint);
        }
        Self::of_parts(raw, first)
    }

    fn of_parts(raw: &str, parts: Parts) -> Self {
        let flags = parts.finished_flags();
        let kind = Some(parts.head.kind);
        if parts.body.shape != Shape::Single || flags.contains(&NumberFlag::List) {
            return Self::unread(raw, kind, flags);
        }
        let (canonical, key, base) = (parts.canonical(), parts.key(), parts.base());
        let read = Some(Box::new(ReadNumber {
            canonical,
            key,
            base,
            parts,
        }));
        Self {
            raw: raw.to_owned(),
            kind,
            flags,
            read,
        }
    }

    /// The only number in a text, `《题名》（GB 1-1990）.pdf`.
    fn within_text(raw: &str, number: &Self) -> Self {
        let mut flags = number.flags.clone();
        flags.push(NumberFlag::TitleRemoved);
        flags.sort_unstable();
        flags.dedup();
        Self {
            raw: raw.to_owned(),
            flags,
            ..number.clone()
        }
    }

    fn unread(raw: &str, kind: Option<StandardKind>, flags: Vec<NumberFlag>) -> Self {
        Self {
            raw: raw.to_owned(),
            kind,
            flags,
            read: None,
        }
    }

    /// The text exactly as it came.
    pub fn raw(&self) -> &str {
        &self.raw
    }

    /// The form to show, `GB/T 1.1-2020`; none if the text does not name one single standard.
    ///
    /// Upper case, ASCII but for names, one blank, `-` before the year (`:` for CECS and foreign issuers
    /// where printed so). Q/ numbers keep the blank or the lack of it. The slash of mandatory local
    /// standards stays: `DB31/ 358-2006`. A reference without year keeps none: `GB/T 1.1`. Joint numbers
    /// give the first.
    pub fn canonical(&self) -> Option<&str> {
        self.read.as_ref().map(|read| read.canonical.as_str())
    }

    /// The key to join on: the canonical form without blanks, with four-digit year and `-` before it,
    /// `GB/T1.1-2020`, `CECS220-2007`. There is one exactly if there is a canonical form.
    pub fn key(&self) -> Option<&str> {
        self.read.as_ref().map(|read| read.key.as_str())
    }

    /// The key of all editions: without year, edition letter and amendment, `GB/T1.1`.
    pub fn base(&self) -> Option<&str> {
        self.read.as_ref().map(|read| read.base.as_str())
    }

    /// Level of the standard; also known for ranges and prefixes without number.
    pub fn kind(&self) -> Option<StandardKind> {
        self.kind
    }

    /// Binding force as the code tells it; none for levels that have none.
    pub fn nature(&self) -> Option<StandardNature> {
        self.read.as_ref().and_then(|read| read.parts.head.nature)
    }

    /// Year of the edition (年代号), four digits: `88` is 1988.
    pub fn year(&self) -> Option<u16> {
        self.read
            .as_ref()
            .and_then(|read| read.parts.body.year.as_ref())
            .map(|year| year.value)
    }

    /// Letters behind the year: a language edition of the same standard, `E` in `GB/T 39094-2020E`, `R`,
    /// `MM`.
    pub fn edition_letter(&self) -> Option<&str> {
        let year = self.read.as_ref().and_then(|read| read.parts.body.year.as_ref());
        year.map(|year| year.letter.as_str())
            .filter(|letter| !letter.is_empty())
    }

    /// Year of an edition note that was taken off: 2016 of `GB 50011-2010（2016年版）`, a text with partial
    /// revisions.
    pub fn edition_note(&self) -> Option<u16> {
        self.read.as_ref().and_then(|read| read.parts.edition_note)
    }

    /// What was odd about the text: sorted, each once.
    pub fn flags(&self) -> &[NumberFlag] {
        &self.flags
    }

    /// Whether the text has this oddity.
    pub fn has_flag(&self, flag: NumberFlag) -> bool {
        self.flags.contains(&flag)
    }

    /// Whether the code stands in the tables of known codes; new branches appear, so an unknown one is no
    /// error.
    pub fn prefix_known(&self) -> bool {
        self.read.as_ref().is_some_and(|read| read.parts.head.known)
    }

    /// The standard that this amendment (修改单) changes: `GB 7258-2017` of `GB 7258-2017/XG1-2019`.
    pub fn amends(&self) -> Option<Self> {
        let parts = &self.read.as_ref()?.parts;
        (!parts.amendment.is_empty()).then(|| Self::parse(&parts.amended_canonical()))
    }

    /// The international or foreign standard that a dual number names.
    pub fn adopts(&self) -> Option<&Adoption> {
        self.read.as_ref().and_then(|read| read.parts.adoption.as_ref())
    }

    /// Division code in a local standard, two, four or six digits of GB/T 2260: `32`, `4403`.
    pub fn region_prefix(&self) -> Option<&str> {
        self.read
            .as_ref()
            .and_then(|read| read.parts.head.region.as_deref())
    }
}

impl fmt::Display for StandardNumber {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.canonical().unwrap_or(&self.raw))
    }
}

impl FromStr for StandardNumber {
    type Err = Infallible;

    fn from_str(text: &str) -> Result<Self, Infallible> {
        Ok(Self::parse(text))
    }
}

impl PartialEq for StandardNumber {
    fn eq(&self, other: &Self) -> bool {
        self.raw == other.raw
    }
}

impl Eq for StandardNumber {}

impl Hash for StandardNumber {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.raw.hash(state);
    }
}

impl Serialize for StandardNumber {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.raw)
    }
}

impl<'de> Deserialize<'de> for StandardNumber {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(|raw| Self::parse(&raw))
    }
}
