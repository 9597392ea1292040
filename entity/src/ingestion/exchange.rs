//! The exchange table (前置库): rows that a neighbour wrote and the hub has not taken yet.

use sea_orm::ConnectionTrait;
use serde_json::{Map, Value};

use crate::db::rows;
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
