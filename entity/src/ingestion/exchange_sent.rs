//! Which records of which source a hub wrote into the exchange table (前置库) of a neighbour, so that one whose claims are gone here
//! without a word of its source can be taken back there.

use chrono::NaiveDate;
use sea_orm::{ConnectionTrait, DatabaseTransaction};
use serde::Serialize;

use crate::db::rows::{self, Kind};
use crate::record::RecordKind;
use crate::{Database, Error, Result};

/// A record of a source that was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SentRecord {
    /// The source.
    pub source: String,
    /// The id of the record at its source.
    pub part: String,
    /// The key of the declaration that it stood in.
    pub record_key: String,
    /// The last day for which anything was written of it.
    pub as_of: NaiveDate,
}

#[derive(Serialize)]
struct Row<'a> {
    sender: &'a str,
    #[serde(flatten)]
    record: &'a SentRecord,
}

const COLUMNS: &rows::Columns = &[
    ("sender", Kind::Text),
    ("source", Kind::Text),
    ("part", Kind::Text),
    ("record_key", Kind::Text),
    ("as_of", Kind::Text),
];

const NAMES: &rows::Columns = &[("source", Kind::Text), ("part", Kind::Text)];

/// What a sender wrote of declarations.
pub async fn sent(neighbour: &Database, sender: &str, keys: &[String]) -> Result<Vec<SentRecord>> {
    let transaction = neighbour.begin().await?;
    let keys_in = rows::keys_in(transaction.get_database_backend(), "record_key", 2);
    let sql = format!(
        "SELECT source, part, record_key, as_of FROM exchange_sent WHERE sender = $1 AND {keys_in} ORDER BY source, part"
    );
    let found = rows::query(&transaction, sql, [sender.into(), rows::parameter(keys)?]).await?;
    transaction.commit().await?;
    found
        .iter()
        .map(|row| {
            let as_of: String = row.try_get("", "as_of")?;
            Ok(SentRecord {
                source: row.try_get("", "source")?,
                part: row.try_get("", "part")?,
                record_key: row.try_get("", "record_key")?,
                as_of: as_of
                    .parse()
                    .map_err(|cause| Error::inconsistent("exchange_sent.as_of", cause))?,
            })
        })
        .collect()
}

/// Those of the records of which this hub holds no claim any more, whatever declaration it would stand in.
pub async fn without_claims(db: &Database, records: Vec<SentRecord>) -> Result<Vec<SentRecord>> {
    if records.is_empty() {
        return Ok(records);
    }
    let sql = format!(
        "SELECT x.source, x.part FROM {} WHERE EXISTS (SELECT 1 FROM assertion a WHERE a.kind = '{}' AND a.source = x.source \
         AND a.part <> '' AND a.part = x.part AND NOT a.retracted)",
        rows::from_rows(db.own().get_database_backend(), NAMES),
        RecordKind::Declaration.as_str()
    );
    let mut standing = std::collections::HashSet::new();
    for row in rows::query(db.own(), sql, [rows::parameter(&records)?]).await? {
        standing.insert((
            row.try_get::<String>("", "source")?,
            row.try_get::<String>("", "part")?,
        ));
    }
    let is_gone = |record: &SentRecord| !standing.contains(&(record.source.clone(), record.part.clone()));
    Ok(records.into_iter().filter(is_gone).collect())
}

/// Notes what is written, each record once, and forgets what is taken back.
pub(super) async fn note(
    transaction: &DatabaseTransaction,
    sender: &str,
    written: &[SentRecord],
    gone: &[SentRecord],
) -> Result<()> {
    let backend = transaction.get_database_backend();
    let named = |records: &[SentRecord]| {
        let records: Vec<_> = records.iter().map(|record| Row { sender, record }).collect();
        rows::parameter(&records)
    };
    if !written.is_empty() {
        let later = "ON CONFLICT (sender, source, part) DO UPDATE SET record_key = excluded.record_key, \
             as_of = CASE WHEN excluded.as_of > exchange_sent.as_of THEN excluded.as_of ELSE exchange_sent.as_of END";
        let sql = rows::insert_sql(backend, "exchange_sent", COLUMNS, later);
        rows::execute(transaction, sql, [named(written)?]).await?;
    }
    if !gone.is_empty() {
        let sql = format!(
            "DELETE FROM exchange_sent WHERE sender = $2 AND (source, part) IN (SELECT x.source, x.part FROM {})",
            rows::from_rows(backend, NAMES)
        );
        rows::execute(transaction, sql, [named(gone)?, sender.into()]).await?;
    }
    Ok(())
}
