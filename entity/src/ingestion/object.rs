//! The ledger of raw files by the hash of their bytes. The bytes themselves lie in the data directory.

use chrono::{DateTime, Utc};

use crate::clock::instant_text;
use crate::db::rows;
use crate::{Database, Result};

/// Records that the bytes of `sha256` were stored; the first name under which they came is kept.
pub async fn store(db: &Database, sha256: &str, bytes: u64, name: &str, at: DateTime<Utc>) -> Result<()> {
    let transaction = db.begin().await?;
    let cast = match db.engine() {
        crate::db::Engine::Postgres => "::timestamptz",
        crate::db::Engine::Sqlite => "",
    };
    let sql = format!(
        "INSERT INTO raw_object (sha256, bytes, name, stored_at) VALUES ($1, $2, $3, $4{cast}) ON CONFLICT DO NOTHING"
    );
    let bytes = i64::try_from(bytes).unwrap_or(i64::MAX);
    rows::execute(
        &transaction,
        sql,
        [sha256.into(), bytes.into(), name.into(), instant_text(at).into()],
    )
    .await?;
    transaction.commit().await?;
    Ok(())
}
