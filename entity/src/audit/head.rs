//! Signed heads: the hub says at a time that an entry has a hash. Whoever changes the entries before it has to forge it.

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;
use sea_orm::{ConnectionTrait, DatabaseTransaction, QueryOrder, QuerySelect};
use serde::Serialize;

use super::append::Counter;
use super::key::{ALGORITHM, AuditKey, PublicKey};
use super::model::{self, Model as Stored};
use crate::clock::instant_text;
use crate::db::rows::{self, Kind};
use crate::{Clock, Database, Error, Result};

/// The newest entry at a time.
pub(super) const HEAD: &str = "HEAD";
/// The newest of the entries that retention took away.
pub(super) const CUT: &str = "CUT";

/// A signed head, or the signed record of a cut.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "audit_head")]
pub struct Model {
    /// HEAD or CUT.
    #[sea_orm(primary_key, auto_increment = false)]
    pub kind: String,
    /// The entry.
    #[sea_orm(primary_key, auto_increment = false)]
    pub seq: i64,
    /// Its hash.
    pub hash: String,
    /// When it was written.
    pub entry_at: ChronoDateTimeUtc,
    /// When this was signed.
    pub at: ChronoDateTimeUtc,
    /// The algorithm of the signature.
    pub algorithm: String,
    /// The short name of the key.
    pub key_id: String,
    /// The signature in hexadecimal digits.
    pub signature: String,
}

/// A signed head.
pub type Head = Model;

/// Heads stand for themselves.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

const COLUMNS: &rows::Columns = &[
    ("kind", Kind::Text),
    ("seq", Kind::Big),
    ("hash", Kind::Text),
    ("entry_at", Kind::Instant),
    ("at", Kind::Instant),
    ("algorithm", Kind::Text),
    ("key_id", Kind::Text),
    ("signature", Kind::Text),
];

#[derive(Serialize)]
struct NewRow<'a> {
    kind: &'a str,
    seq: i64,
    hash: &'a str,
    entry_at: String,
    at: String,
    algorithm: &'a str,
    key_id: &'a str,
    signature: &'a str,
}

impl Model {
    /// Signs an entry.
    pub(super) fn signed(kind: &str, entry: &Stored, at: DateTime<Utc>, key: &AuditKey) -> Self {
        let mut head = Self {
            kind: kind.to_owned(),
            seq: entry.seq,
            hash: entry.hash.clone(),
            entry_at: entry.at,
            at,
            algorithm: ALGORITHM.to_owned(),
            key_id: key.public().id(),
            signature: String::new(),
        };
        head.signature = key.sign(&head.text());
        head
    }

    /// The text that is signed.
    fn text(&self) -> String {
        let (entry_at, at) = (instant_text(self.entry_at), instant_text(self.at));
        format!(
            "nqi-hub audit v1\n{}\n{}\n{}\n{entry_at}\n{at}",
            self.kind, self.seq, self.hash
        )
    }

    /// Whether one of the keys signed it.
    pub(super) fn holds(&self, keys: &[PublicKey]) -> bool {
        let text = self.text();
        self.algorithm == ALGORITHM && keys.iter().any(|key| key.signed(&text, &self.signature))
    }

    /// Writes it; one that is there already stays.
    pub(super) async fn write(&self, transaction: &DatabaseTransaction) -> Result<()> {
        let row = NewRow {
            kind: &self.kind,
            seq: self.seq,
            hash: &self.hash,
            entry_at: instant_text(self.entry_at),
            at: instant_text(self.at),
            algorithm: &self.algorithm,
            key_id: &self.key_id,
            signature: &self.signature,
        };
        rows::insert_missing(transaction, "audit_head", COLUMNS, &[row]).await?;
        Ok(())
    }
}

/// One line for a place outside of the hub: the entry and its hash, then when, by which key, and the signature.
impl fmt::Display for Model {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (seq, hash, entry_at, at) = (
            self.seq,
            &self.hash,
            instant_text(self.entry_at),
            instant_text(self.at),
        );
        write!(
            f,
            "{seq}:{hash} {entry_at} {at} {}:{} {}",
            self.algorithm, self.key_id, self.signature
        )
    }
}

/// An entry and its hash, as somebody outside of the hub has kept it: `SEQ:HASH`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// The entry.
    pub seq: i64,
    /// Its hash.
    pub hash: String,
}

impl FromStr for Mark {
    type Err = String;

    /// Takes the whole line of a head, too.
    fn from_str(text: &str) -> std::result::Result<Self, String> {
        let word = text.split_whitespace().next().unwrap_or_default();
        let mark = word.split_once(':').and_then(|(seq, hash)| {
            let seq: i64 = seq.parse().ok().filter(|seq| *seq > 0)?;
            let hash = hash.to_lowercase();
            let digits = hash.len() == 64 && hash.bytes().all(|digit| digit.is_ascii_hexdigit());
            digits.then_some(Self { seq, hash })
        });
        mark.ok_or_else(|| {
            "a head is written SEQ:HASH with 64 hexadecimal digits, as `nqi-hub audit-head` prints it"
                .to_owned()
        })
    }
}

/// Signs the newest entry, unless there is none behind the last head. A trail that does not fit its counter or its last
/// head is not signed: it has to be looked at first.
pub async fn sign_head(db: &Database, clock: &Clock, key: &AuditKey) -> Result<Option<Head>> {
    let transaction = db.begin().await?;
    let counter = Counter::lock(&transaction).await?;
    if counter.unsigned_since.is_none() {
        transaction.rollback().await?;
        return Ok(None);
    }
    let newest = entry(&transaction, counter.seq, &counter.hash).await?;
    if let Some(last) = newest_of(&transaction, HEAD).await? {
        let kept = newest_of(&transaction, CUT)
            .await?
            .is_none_or(|cut| cut.seq < last.seq);
        if kept {
            entry(&transaction, last.seq, &last.hash).await?;
        }
    }
    let head = Head::signed(HEAD, &newest, clock.now(), key);
    head.write(&transaction).await?;
    let sql = "UPDATE audit_counter SET unsigned_since = NULL WHERE id = 1";
    rows::execute(&transaction, sql, []).await?;
    transaction.commit().await?;
    Ok(Some(head))
}

/// The newest head, which the key must have signed.
pub async fn newest_head(db: &Database, key: &AuditKey) -> Result<Option<Head>> {
    believed(newest_of(db.reader(), HEAD).await?, key)
}

/// A head or cut that the key must have signed.
pub(super) fn believed(head: Option<Head>, key: &AuditKey) -> Result<Option<Head>> {
    match head {
        Some(head) if !head.holds(std::slice::from_ref(key.public())) => {
            let place = format!("audit_head {} {}", head.kind, head.seq);
            Err(Error::inconsistent(
                place,
                "its signature does not hold: run verify-log",
            ))
        }
        head => Ok(head),
    }
}

/// The newest head or cut.
pub(super) async fn newest_of<C: ConnectionTrait>(db: &C, kind: &str) -> Result<Option<Head>> {
    let newest = Entity::find()
        .filter(Column::Kind.eq(kind))
        .order_by_desc(Column::Seq)
        .limit(1);
    Ok(newest.one(db).await?)
}

/// An entry that must be there with this hash and with content that has it.
async fn entry(transaction: &DatabaseTransaction, seq: i64, hash: &str) -> Result<Stored> {
    let found = model::Entity::find_by_id(seq).one(transaction).await?;
    found
        .filter(|entry| entry.hash == hash && entry.holds() == Some(true))
        .ok_or_else(|| {
            Error::inconsistent(
                format!("audit_entry {seq}"),
                "it is gone or was changed: run verify-log",
            )
        })
}

#[cfg(test)]
mod tests {
    use super::Mark;

    #[test]
    fn a_mark_is_read_from_the_line_of_a_head() {
        let hash = "0a".repeat(32);
        let line = format!(
            "17:{} 2026-11-21T04:00:00.000000+00:00 Ed25519:ab cd",
            hash.to_uppercase()
        );
        let mark: Mark = line.parse().unwrap();
        assert_eq!((mark.seq, mark.hash), (17, hash.clone()));
        for wrong in [
            "",
            "17",
            ":",
            "0:aa",
            &format!("-1:{hash}"),
            &format!("1:{hash}0"),
            &format!("1:{}g", "0".repeat(63)),
        ] {
            assert!(wrong.parse::<Mark>().is_err(), "{wrong}");
        }
    }
}
