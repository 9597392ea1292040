//! The run of a day: claims that come one at a time, each in a transaction of its own, with nobody holding a lease.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, DatabaseTransaction, DbBackend, EntityTrait};
use sea_orm::{ConnectionTrait, IntoActiveModel};

use super::commit::{Row, publish, write};
use super::domain::Occasion;
use super::run::{self, Model, RunState};
use crate::access::Audience;
use crate::change::ChangeReason;
use crate::db::rows;
use crate::record::sha256_hex;
use crate::{Clock, Error, Result};

/// The adapter that such runs are said to have been read by.
const ADAPTER: &str = "submission";

/// Opens the run of a source and day, and locks it until the end of the transaction: whoever comes next waits, and sees
/// what was written.
pub(crate) async fn lock(
    transaction: &DatabaseTransaction,
    source: &str,
    day: NaiveDate,
    now: DateTime<Utc>,
) -> Result<Model> {
    let name = format!("{source} {day}");
    let hash = sha256_hex(format!("{ADAPTER} {name}").as_bytes());
    let id: String = hash.chars().take(16).collect();
    let new = Model {
        id: id.clone(),
        source: source.to_owned(),
        adapter: ADAPTER.to_owned(),
        adapter_version: "1".to_owned(),
        form: ADAPTER.to_owned(),
        object_sha256: hash,
        file_name: name,
        as_of: day,
        complete: false,
        state: RunState::Succeeded.as_str().to_owned(),
        reason: None,
        notes: "[]".to_owned(),
        checkpoint: 0,
        read: 0,
        created: 0,
        updated: 0,
        unchanged: 0,
        quarantined: 0,
        started_at: now,
        finished_at: Some(now),
        audience: Audience::Public.as_str().to_owned(),
        region: String::new(),
        batch: None,
    };
    run::insert_missing(transaction, new).await?;
    if transaction.get_database_backend() == DbBackend::Postgres {
        let sql = "SELECT id FROM ingest_run WHERE id = $1 FOR UPDATE";
        rows::query_one(transaction, sql, [id.as_str().into()]).await?;
    }
    run::Entity::find_by_id(id.as_str())
        .one(transaction)
        .await?
        .ok_or_else(|| Error::inconsistent("ingest_run", id))
}

/// Writes one row of the run, with its counts; `hash` names the words that it came in. The feed is the last statement.
pub(crate) async fn take(
    transaction: &DatabaseTransaction,
    clock: &Clock,
    run: Model,
    hash: &str,
    row: Row,
) -> Result<()> {
    let told = Model {
        object_sha256: hash.to_owned(),
        ..run.clone()
    };
    let checkpoint = row.row_no;
    let occasion = Occasion {
        day: clock.today(),
        reason: ChangeReason::Source,
    };
    let (counts, refreshed) = write(transaction, &told, &[row], occasion).await?;
    run::advance(transaction, &run, checkpoint, counts).await?;
    let id = run.id.clone();
    let mut ended = run.into_active_model();
    ended.finished_at = Set(Some(clock.now()));
    ended.update(transaction).await?;
    publish(transaction, &refreshed, Some(&id), clock).await
}
