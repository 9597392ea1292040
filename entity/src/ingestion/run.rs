//! Runs (采集批次): one reading of one raw file by one version of one adapter.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::entity::prelude::*;
use sea_orm::{ActiveValue::Set, DatabaseTransaction, IntoActiveModel, QueryOrder};

use super::count::Counts;
use super::lease::Lease;
use crate::access::Visible;
use crate::db::rows;
use crate::record::sha256_hex;
use crate::{Clock, Database, Error, Result};

/// A run.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "ingest_run")]
pub struct Model {
    /// Derived from what makes the run unique: source, file, adapter version and as-of day.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    /// The source whose lease the run holds.
    pub source: String,
    /// The adapter.
    pub adapter: String,
    /// The version of the adapter.
    pub adapter_version: String,
    /// The form of the file that was recognised.
    pub form: String,
    /// The SHA-256 of the file.
    pub object_sha256: String,
    /// The name of the file.
    pub file_name: String,
    /// The day whose state of affairs the file describes.
    pub as_of: Date,
    /// Whether the file claims to be complete, so that what it leaves out is gone.
    pub complete: bool,
    /// RUNNING, SUCCEEDED, HELD or FAILED.
    pub state: String,
    /// Why the run is held or failed.
    pub reason: Option<String>,
    /// JSON list of what a reader should know, such as unknown columns.
    pub notes: String,
    /// Rows of the file that are done.
    pub checkpoint: i64,
    /// Rows read.
    pub read: i64,
    /// Rows that made a record.
    pub created: i64,
    /// Rows that changed a record.
    pub updated: i64,
    /// Rows that told nothing new.
    pub unchanged: i64,
    /// Rows set aside.
    pub quarantined: i64,
    /// When the run began.
    pub started_at: ChronoDateTimeUtc,
    /// When it ended.
    pub finished_at: Option<ChronoDateTimeUtc>,
    /// Who may see the run.
    pub audience: String,
    /// The region of the source, or empty.
    pub region: String,
    /// The batch of the sender (包头中的批次号), where the file names one.
    pub batch: Option<String>,
}

/// Runs are joined by hand where needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Visible for Entity {}

/// How a run stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum RunState {
    /// 进行中: at work, or its process died and the next one goes on from the checkpoint.
    Running,
    /// 成功
    Succeeded,
    /// 挂起: what could be taken was taken; a person must look at the rest.
    Held,
    /// 失败
    Failed,
}

impl RunState {
    /// As stored.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Running => "RUNNING",
            Self::Succeeded => "SUCCEEDED",
            Self::Held => "HELD",
            Self::Failed => "FAILED",
        }
    }
}

/// A run to start.
#[derive(Debug, Clone)]
pub struct NewRun {
    /// The source whose lease is held.
    pub source: super::source::Model,
    /// The adapter.
    pub adapter: String,
    /// Its version.
    pub adapter_version: String,
    /// The form of the file.
    pub form: String,
    /// The SHA-256 of the file.
    pub object_sha256: String,
    /// The name of the file.
    pub file_name: String,
    /// The as-of day.
    pub as_of: NaiveDate,
    /// Whether the file claims to be complete.
    pub complete: bool,
    /// What a reader should know.
    pub notes: Vec<String>,
    /// The batch of the sender, where the file names one.
    pub batch: Option<String>,
}

impl NewRun {
    /// The id of the run.
    fn id(&self) -> String {
        let identity = format!(
            "{}\n{}\n{}\n{}\n{}\n{}",
            self.source.name,
            self.adapter,
            self.adapter_version,
            self.object_sha256,
            self.as_of,
            self.complete
        );
        sha256_hex(identity.as_bytes()).chars().take(16).collect()
    }
}

/// Starts a run, or finds the one that read the same file before: it may be done, or wait to be gone on with.
pub async fn start(db: &Database, new: NewRun, now: DateTime<Utc>) -> Result<Model> {
    let id = new.id();
    let transaction = db.begin().await?;
    if let Some(run) = Entity::find_by_id(id.as_str()).one(&transaction).await? {
        transaction.rollback().await?;
        return Ok(run);
    }
    let run = Model {
        id,
        source: new.source.name,
        adapter: new.adapter,
        adapter_version: new.adapter_version,
        form: new.form,
        object_sha256: new.object_sha256,
        file_name: new.file_name,
        as_of: new.as_of,
        complete: new.complete,
        state: RunState::Running.as_str().to_owned(),
        reason: None,
        notes: serde_json::to_string(&new.notes).map_err(|cause| Error::inconsistent("run notes", cause))?,
        checkpoint: 0,
        read: 0,
        created: 0,
        updated: 0,
        unchanged: 0,
        quarantined: 0,
        started_at: now,
        finished_at: None,
        audience: new.source.audience,
        region: new.source.region,
        batch: new.batch,
    };
    Entity::insert(run.clone().into_active_model())
        .exec_without_returning(&transaction)
        .await?;
    transaction.commit().await?;
    Ok(run)
}

/// Writes a run unless it is there.
pub(crate) async fn insert_missing(transaction: &DatabaseTransaction, run: Model) -> Result<()> {
    Entity::insert(run.into_active_model())
        .on_conflict_do_nothing()
        .exec_without_returning(transaction)
        .await?;
    Ok(())
}

/// Ends a run.
pub async fn finish(
    db: &Database,
    clock: &Clock,
    lease: &Lease,
    id: &str,
    state: RunState,
    reason: Option<String>,
) -> Result<Model> {
    let transaction = db.begin().await?;
    lease.renew(&transaction, clock.now()).await?;
    let run = get_in(&transaction, id).await?;
    let mut active = run.into_active_model();
    active.state = Set(state.as_str().to_owned());
    active.reason = Set(reason);
    active.finished_at = Set(Some(clock.now()));
    let run = active.update(&transaction).await?;
    transaction.commit().await?;
    Ok(run)
}

/// Adds what a reader of the run should know, unless it stands there.
pub async fn note(db: &Database, clock: &Clock, lease: &Lease, id: &str, notes: &[String]) -> Result<()> {
    if notes.is_empty() {
        return Ok(());
    }
    let transaction = db.begin().await?;
    lease.renew(&transaction, clock.now()).await?;
    let run = get_in(&transaction, id).await?;
    let broken = |cause: serde_json::Error| Error::inconsistent("run notes", cause);
    let mut all: Vec<String> = serde_json::from_str(&run.notes).map_err(broken)?;
    for note in notes {
        if !all.contains(note) {
            all.push(note.clone());
        }
    }
    let mut active = run.into_active_model();
    active.notes = Set(serde_json::to_string(&all).map_err(broken)?);
    active.update(&transaction).await?;
    Ok(transaction.commit().await?)
}

/// The run that took a batch of a source and was accepted, or is at work, if its file was another one.
pub async fn of_batch(
    db: &Database,
    source: &str,
    batch: &str,
    object_sha256: &str,
) -> Result<Option<Model>> {
    let taken = [RunState::Succeeded, RunState::Running].map(RunState::as_str);
    Ok(Entity::find()
        .filter(Column::Source.eq(source))
        .filter(Column::Batch.eq(batch))
        .filter(Column::ObjectSha256.ne(object_sha256))
        .filter(Column::State.is_in(taken))
        .order_by_asc(Column::StartedAt)
        .one(db.own())
        .await?)
}

/// Opens a run that failed or was held, to go on from its checkpoint.
pub async fn reopen(db: &Database, clock: &Clock, lease: &Lease, id: &str) -> Result<Model> {
    finish(db, clock, lease, id, RunState::Running, None).await
}

/// A run by its id, for the ingester itself.
pub async fn get(db: &Database, id: &str) -> Result<Model> {
    get_in(db.reader(), id).await
}

pub(crate) async fn get_in<C: ConnectionTrait>(db: &C, id: &str) -> Result<Model> {
    Entity::find_by_id(id).one(db).await?.ok_or_else(|| Error::Run {
        run: id.to_owned(),
        problem: "there is no such run".to_owned(),
    })
}

/// The rows of the last accepted run that read the same list before: a much shorter one is suspicious.
pub async fn rows_before(db: &Database, run: &Model) -> Result<Option<i64>> {
    let earlier = Entity::find()
        .filter(Column::Source.eq(&run.source))
        .filter(Column::Form.eq(&run.form))
        .filter(Column::FileName.eq(&run.file_name))
        .filter(Column::State.eq(RunState::Succeeded.as_str()))
        .filter(Column::Id.ne(&run.id))
        .order_by_desc(Column::AsOf)
        .order_by_desc(Column::StartedAt)
        .one(db.reader())
        .await?;
    Ok(earlier.map(|run| run.read))
}

/// The day that the same file described when the same version of the adapter read it first.
pub async fn day_of_object(
    db: &Database,
    adapter: &str,
    adapter_version: &str,
    object_sha256: &str,
) -> Result<Option<NaiveDate>> {
    let first = Entity::find()
        .filter(Column::Adapter.eq(adapter))
        .filter(Column::AdapterVersion.eq(adapter_version))
        .filter(Column::ObjectSha256.eq(object_sha256))
        .order_by_asc(Column::StartedAt)
        .order_by_asc(Column::Id)
        .one(db.reader())
        .await?;
    Ok(first.map(|run| run.as_of))
}

/// Moves the checkpoint forward and adds to the counts, inside the transaction of a chunk.
pub(crate) async fn advance(
    transaction: &DatabaseTransaction,
    run: &Model,
    checkpoint: i64,
    counts: Counts,
) -> Result<()> {
    let sql = "UPDATE ingest_run SET checkpoint = $2, read = read + $3, created = created + $4, updated = updated + $5, \
               unchanged = unchanged + $6, quarantined = quarantined + $7 WHERE id = $1 AND checkpoint < $2";
    let values = [
        run.id.as_str().into(),
        checkpoint.into(),
        counts.read.into(),
        counts.created.into(),
        counts.updated.into(),
        counts.unchanged.into(),
        counts.quarantined.into(),
    ];
    let done = rows::execute(transaction, sql, values).await?;
    if done.rows_affected() == 1 {
        return Ok(());
    }
    let problem = format!("row {checkpoint} was written before");
    Err(Error::Run {
        run: run.id.clone(),
        problem,
    })
}

/// Moves the end of a run that goes on for a day.
pub(crate) async fn ended(transaction: &DatabaseTransaction, run: &Model, now: DateTime<Utc>) -> Result<()> {
    Entity::update_many()
        .col_expr(Column::FinishedAt, Expr::value(Some(now)))
        .filter(Column::Id.eq(&run.id))
        .exec(transaction)
        .await?;
    Ok(())
}

/// Moves rows that left quarantine to where they belong.
pub(super) async fn recount(transaction: &DatabaseTransaction, run: &Model, counts: Counts) -> Result<()> {
    let sql = "UPDATE ingest_run SET created = created + $2, updated = updated + $3, unchanged = unchanged + $4, \
               quarantined = quarantined - $5 WHERE id = $1";
    let left = counts.read - counts.quarantined;
    let values = [
        run.id.as_str().into(),
        counts.created.into(),
        counts.updated.into(),
        counts.unchanged.into(),
        left.into(),
    ];
    rows::execute(transaction, sql, values).await?;
    Ok(())
}
