//! A stored entry, and the text that its hash is of.

use sea_orm::entity::prelude::*;
use serde::Serialize;

use super::algorithm::Algorithm;
use super::entry::Entry;
use crate::clock::instant_text;
use crate::db::rows::{self, Kind};

/// The version of the canonical text.
const FORM: u8 = 1;

/// An entry of the audit trail. Where nothing is known, a text is empty.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "audit_entry")]
pub struct Model {
    /// The place in the trail, from 1 without gaps.
    #[sea_orm(primary_key, auto_increment = false)]
    pub seq: i64,
    /// When it was written; never before the entry in front of it.
    pub at: ChronoDateTimeUtc,
    /// Who asked: `issuer#subject`.
    pub actor: String,
    /// The role that it was asked in.
    pub role: String,
    /// The application.
    pub client: String,
    /// The id of the token.
    pub token_id: String,
    /// The district of the reader.
    pub region: String,
    /// The SHA-256 of the document.
    pub operation_hash: String,
    /// The name of the operation.
    pub operation_name: String,
    /// The kind of what it is about.
    pub object_kind: String,
    /// The keys of what it is about, as the text of a JSON array.
    pub object_ids: String,
    /// ALLOWED or REFUSED.
    pub decision: String,
    /// Why, or what was done.
    pub reason: Option<String>,
    /// Rows read or written.
    pub row_count: Option<i64>,
    /// Masked fields that were shown in clear, as the text of a JSON array.
    pub unmasked: String,
    /// What for.
    pub purpose: Option<String>,
    /// The address of the reader.
    pub address: String,
    /// The name of the request in the log.
    pub request_id: String,
    /// The hash algorithm of this entry.
    pub algorithm: String,
    /// The hash of the entry before; empty for the first.
    pub prev_hash: String,
    /// The hash of the canonical text.
    pub hash: String,
}

/// The trail stands for itself.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// A list in the canonical text; what is none any more is shown as it stands, and has another hash by that.
#[derive(Serialize)]
#[serde(untagged)]
enum Members<'a> {
    List(Vec<String>),
    Broken(&'a str),
}

impl<'a> Members<'a> {
    fn of(text: &'a str) -> Self {
        serde_json::from_str(text).map_or(Self::Broken(text), Self::List)
    }
}

/// The order of the fields is part of the hash.
#[derive(Serialize)]
struct Canonical<'a> {
    v: u8,
    seq: i64,
    at: String,
    actor: &'a str,
    role: &'a str,
    client: &'a str,
    token_id: &'a str,
    region: &'a str,
    operation_hash: &'a str,
    operation_name: &'a str,
    object_kind: &'a str,
    object_ids: Members<'a>,
    decision: &'a str,
    reason: Option<&'a str>,
    row_count: Option<i64>,
    unmasked: Members<'a>,
    purpose: Option<&'a str>,
    address: &'a str,
    request_id: &'a str,
    algorithm: &'a str,
    prev_hash: &'a str,
}

/// A row as it is written.
#[derive(Serialize)]
pub(super) struct NewRow<'a> {
    #[serde(flatten)]
    canonical: Canonical<'a>,
    hash: &'a str,
}

/// The columns that [`NewRow`] fills; lists become the JSON text of theirs.
pub(super) const COLUMNS: &rows::Columns = &[
    ("seq", Kind::Big),
    ("at", Kind::Instant),
    ("actor", Kind::Text),
    ("role", Kind::Text),
    ("client", Kind::Text),
    ("token_id", Kind::Text),
    ("region", Kind::Text),
    ("operation_hash", Kind::Text),
    ("operation_name", Kind::Text),
    ("object_kind", Kind::Text),
    ("object_ids", Kind::Text),
    ("decision", Kind::Text),
    ("reason", Kind::Text),
    ("row_count", Kind::Big),
    ("unmasked", Kind::Text),
    ("purpose", Kind::Text),
    ("address", Kind::Text),
    ("request_id", Kind::Text),
    ("algorithm", Kind::Text),
    ("prev_hash", Kind::Text),
    ("hash", Kind::Text),
];

impl Model {
    /// An entry in its place.
    pub(super) fn placed(
        entry: Entry,
        seq: i64,
        at: ChronoDateTimeUtc,
        algorithm: Algorithm,
        prev_hash: String,
    ) -> Self {
        let mut placed = Self {
            seq,
            at,
            actor: entry.actor,
            role: entry.role.to_owned(),
            client: entry.client,
            token_id: entry.token_id,
            region: entry.region,
            operation_hash: entry.operation_hash,
            operation_name: entry.operation_name,
            object_kind: entry.object_kind,
            object_ids: entry.object_ids.to_string(),
            decision: entry.decision.as_str().to_owned(),
            reason: entry.reason,
            row_count: entry.row_count,
            unmasked: entry.unmasked.to_string(),
            purpose: entry.purpose,
            address: entry.address,
            request_id: entry.request_id,
            algorithm: algorithm.as_str().to_owned(),
            prev_hash,
            hash: String::new(),
        };
        placed.hash = algorithm.hash(&placed.canonical_text());
        placed
    }

    fn canonical(&self) -> Canonical<'_> {
        Canonical {
            v: FORM,
            seq: self.seq,
            at: instant_text(self.at),
            actor: &self.actor,
            role: &self.role,
            client: &self.client,
            token_id: &self.token_id,
            region: &self.region,
            operation_hash: &self.operation_hash,
            operation_name: &self.operation_name,
            object_kind: &self.object_kind,
            object_ids: Members::of(&self.object_ids),
            decision: &self.decision,
            reason: self.reason.as_deref(),
            row_count: self.row_count,
            unmasked: Members::of(&self.unmasked),
            purpose: self.purpose.as_deref(),
            address: &self.address,
            request_id: &self.request_id,
            algorithm: &self.algorithm,
            prev_hash: &self.prev_hash,
        }
    }

    /// The keys of what it is about; past a hundred the last member says how many more there were.
    pub fn objects(&self) -> Vec<String> {
        serde_json::from_str(&self.object_ids).unwrap_or_default()
    }

    /// Masked fields that were shown in clear.
    pub fn unmasked_fields(&self) -> Vec<String> {
        serde_json::from_str(&self.unmasked).unwrap_or_default()
    }

    /// One line of JSON with every field but the hash, in a fixed order: the text that the hash is of.
    pub fn canonical_text(&self) -> String {
        serde_json::to_string(&self.canonical()).unwrap_or_default()
    }

    /// Whether the content has the stored hash; none where the algorithm is unknown.
    pub(super) fn holds(&self) -> Option<bool> {
        let algorithm: Algorithm = self.algorithm.parse().ok()?;
        Some(algorithm.hash(&self.canonical_text()) == self.hash)
    }

    pub(super) fn row(&self) -> NewRow<'_> {
        NewRow {
            canonical: self.canonical(),
            hash: &self.hash,
        }
    }
}
