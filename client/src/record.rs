//! What a hub tells of a record, and which records somebody wants.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::{Error, Result};

/// A record as a snapshot, a change and a copy hold it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Record {
    /// Such as `Enterprise`.
    pub kind: String,
    /// Unique within its kind.
    pub key: String,
    /// The global id, as GraphQL has it.
    pub record_id: String,
    /// It grows with every change of the content.
    pub version: i64,
    /// Code of GB/T 2260, or empty for a record that is bound to no region.
    pub region: String,
    /// The day of its last change, in China (YYYY-MM-DD).
    pub day: String,
    /// SHA-256 of the body, as 64 hexadecimal digits.
    pub hash: String,
    /// The whole record as a text of JSON.
    pub body: String,
    /// What sources said of it, as a text of JSON; only where a hub above asks for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub claims: Option<String>,
}

/// What happened to a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Operation {
    /// It is new or has new content.
    Upsert,
    /// It is gone at the hub.
    Delete,
    /// It came into view.
    Enter,
    /// It left the view and goes on elsewhere.
    Leave,
}

/// A change of the feed.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Change {
    /// What happened.
    pub operation: Operation,
    /// The kind of the record.
    pub kind: String,
    /// Its key.
    pub key: String,
    /// Its global id.
    pub record_id: String,
    /// Its version.
    pub version: i64,
    /// Where it lies.
    #[serde(default)]
    pub region: Option<String>,
    /// When it changed, in China.
    pub day: String,
    /// SHA-256 of the body.
    #[serde(default)]
    pub content_hash: Option<String>,
    /// None with [`Operation::Delete`] and [`Operation::Leave`].
    #[serde(default)]
    pub body: Option<String>,
    /// What sources said of the record; only where a hub above asks for it.
    #[serde(default)]
    pub claims: Option<String>,
}

impl Change {
    /// The record that the change brings; fails if there is none or if its body was altered on the way.
    pub(crate) fn record(self) -> Result<Record> {
        let (Some(body), Some(hash)) = (self.body, self.content_hash) else {
            return Err(Error::Unreadable {
                what: format!("the change of {} {}", self.kind, self.key),
                why: "it brings a record and has no body or no hash".to_owned(),
            });
        };
        let record = Record {
            kind: self.kind,
            key: self.key,
            record_id: self.record_id,
            version: self.version,
            region: self.region.unwrap_or_default(),
            day: self.day,
            hash,
            body,
            claims: self.claims,
        };
        record.check()?;
        Ok(record)
    }
}

impl Record {
    /// Fails if the body has another hash than the hub says.
    pub(crate) fn check(&self) -> Result<()> {
        let found = sha256_hex(self.body.as_bytes());
        if found == self.hash {
            return Ok(());
        }
        Err(Error::WrongHash {
            kind: self.kind.clone(),
            key: self.key.clone(),
            version: self.version,
            expected: self.hash.clone(),
            found,
        })
    }
}

/// Which records are wanted, of those that the reader may see; empty lists leave nothing out.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Filter {
    /// Kinds, in order, none twice.
    pub kinds: Vec<String>,
    /// Codes of regions with all that lies in them (GB/T 2260); what is of no region is always among them. In order, none twice.
    pub regions: Vec<String>,
}

impl Filter {
    /// Brings the lists into order; the error names a word that can be neither.
    pub fn new(kinds: Vec<String>, regions: Vec<String>) -> std::result::Result<Self, String> {
        if let Some(kind) = kinds
            .iter()
            .find(|kind| !is_word(kind, |sign| sign.is_ascii_alphanumeric()))
        {
            return Err(format!("{kind:?} is no kind of record, such as Enterprise"));
        }
        if let Some(code) = regions
            .iter()
            .find(|code| !is_word(code, |sign| sign.is_ascii_digit()))
        {
            return Err(format!("{code:?} is no code of a region, such as 320582"));
        }
        Ok(Self {
            kinds: ordered(kinds),
            regions: ordered(regions),
        })
    }
}

fn is_word(text: &str, fits: impl Fn(char) -> bool) -> bool {
    (1..=64).contains(&text.len()) && text.chars().all(fits)
}

fn ordered(mut words: Vec<String>) -> Vec<String> {
    words.sort();
    words.dedup();
    words
}

/// The hash of a text, as 64 hexadecimal digits.
pub(crate) fn sha256_hex(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// Bytes as lower-case hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
