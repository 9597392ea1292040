//! The exchange table (前置库): rows that a neighbour wrote and the hub has not taken yet, and rows that this hub writes into that of
//! a neighbour.

use sea_orm::{ConnectionTrait, DatabaseTransaction, DbBackend};
use serde_json::{Map, Value};

use super::exchange_sent::{self, SentRecord};
use crate::db::rows::{self, Kind};
use crate::{Database, Result};

/// The columns that a neighbour fills, by the fields of the exchange format.
const FIELDS: [&str; 20] = [
    "as_of",
    "op",
    "record_id",
    "credit_code",
    "organization_code",
    "enterprise_name",
    "region_code",
    "address",
    "standard_number",
    "standard_name",
    "standard_type",
    "published_on",
    "declared_at",
    "status",
    "abolished_on",
    "text_public",
    "pledge",
    "below_recommended",
    "products",
    "indicators",
];

/// A row that waits.
#[derive(Debug, Clone)]
pub struct WaitingRow {
    /// Its number.
    pub id: i64,
    /// What the neighbour wrote, by field; what it left empty is left out.
    pub fields: Map<String, Value>,
}

/// The first rows that wait, by number, behind a number.
pub async fn waiting(db: &Database, behind: i64, limit: u64) -> Result<Vec<WaitingRow>> {
    let sql = format!(
        "SELECT id, {} FROM exchange_declaration WHERE taken_run IS NULL AND id > $1 ORDER BY id LIMIT $2",
        FIELDS.join(", ")
    );
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    rows::query(db.reader(), sql, [behind.into(), limit.into()])
        .await?
        .iter()
        .map(|row| {
            let mut fields = Map::new();
            for field in FIELDS {
                let value: Option<String> = row.try_get("", field)?;
                if let Some(value) = value.filter(|value| !value.is_empty()) {
                    fields.insert(field.to_owned(), Value::String(value));
                }
            }
            Ok(WaitingRow {
                id: row.try_get("", "id")?,
                fields,
            })
        })
        .collect()
}

/// Notes that rows were taken by a run, whatever became of them: what could not be used is in quarantine.
pub async fn taken(db: &Database, ids: &[i64], run: &str) -> Result<()> {
    let transaction = db.begin().await?;
    let backend = transaction.get_database_backend();
    for some in ids.chunks(1_000) {
        let keys: Vec<String> = some.iter().map(ToString::to_string).collect();
        let sql = format!(
            "UPDATE exchange_declaration SET taken_run = $1 WHERE {}",
            rows::keys_in(backend, "CAST(id AS text)", 2)
        );
        rows::execute(&transaction, sql, [run.into(), rows::parameter(&keys)?]).await?;
    }
    Ok(transaction.commit().await?)
}

/// How far a hub came with writing into the table of a neighbour: a place of its own change feed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reached {
    /// The epoch of the feed.
    pub epoch: String,
    /// The last position whose changes were written.
    pub position: i64,
}

/// Whether a database has the tables that a hub writes into.
pub async fn is_there(neighbour: &Database) -> Result<bool> {
    let transaction = neighbour.begin().await?;
    let sql = match transaction.get_database_backend() {
        DbBackend::Postgres => {
            "SELECT count(*) AS tables FROM pg_class WHERE oid IN (to_regclass('exchange_declaration'), to_regclass('exchange_sender'), \
             to_regclass('exchange_sent'))"
        }
        _ => {
            "SELECT count(*) AS tables FROM sqlite_master WHERE type = 'table' AND name IN ('exchange_declaration', 'exchange_sender', 'exchange_sent')"
        }
    };
    let tables: i64 = match rows::query_one(&transaction, sql, []).await? {
        Some(row) => row.try_get("", "tables")?,
        None => 0,
    };
    transaction.commit().await?;
    Ok(tables == 3)
}

/// What one transaction writes.
#[derive(Debug, Default)]
pub struct Parcel {
    /// The rows.
    pub rows: Vec<Map<String, Value>>,
    /// The records of sources that the rows tell of, each once.
    pub told: Vec<SentRecord>,
    /// Those that the rows take back because nothing is known of them any more.
    pub gone: Vec<SentRecord>,
}

/// How far a sender came with a neighbour's table; none where it never wrote.
pub async fn reached(neighbour: &Database, sender: &str) -> Result<Option<Reached>> {
    let transaction = neighbour.begin().await?;
    let sql = "SELECT epoch, position FROM exchange_sender WHERE sender = $1";
    let row = rows::query_one(&transaction, sql, [sender.into()]).await?;
    transaction.commit().await?;
    row.map(|row| {
        Ok(Reached {
            epoch: row.try_get("", "epoch")?,
            position: row.try_get("", "position")?,
        })
    })
    .transpose()
}

/// Writes a parcel into a neighbour's tables and how far the sender is with it, both or neither. Writes nothing and gives `false` where the
/// sender does not stand at `from` any more, since another process wrote for it.
pub async fn put(
    neighbour: &Database,
    sender: &str,
    from: Option<&Reached>,
    to: &Reached,
    parcel: &Parcel,
) -> Result<bool> {
    let transaction = neighbour.begin().await?;
    if !moved(&transaction, sender, from, to).await? {
        transaction.rollback().await?;
        return Ok(false);
    }
    let columns = FIELDS.map(|field| (field, Kind::Text));
    rows::insert_missing(&transaction, "exchange_declaration", &columns, &parcel.rows).await?;
    exchange_sent::note(&transaction, sender, &parcel.told, &parcel.gone).await?;
    transaction.commit().await?;
    Ok(true)
}

async fn moved(
    transaction: &DatabaseTransaction,
    sender: &str,
    from: Option<&Reached>,
    to: &Reached,
) -> Result<bool> {
    let mut values = vec![sender.into(), to.epoch.as_str().into(), to.position.into()];
    let sql = match from {
        Some(from) => {
            values.extend([from.epoch.as_str().into(), from.position.into()]);
            "UPDATE exchange_sender SET epoch = $2, position = $3 WHERE sender = $1 AND epoch = $4 AND position = $5"
        }
        None => {
            "INSERT INTO exchange_sender (sender, epoch, position) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING"
        }
    };
    Ok(rows::execute(transaction, sql, values).await?.rows_affected() == 1)
}
