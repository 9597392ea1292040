//! Quarantine (隔离区): rows that could not be taken, with the reason and the remedy. Nothing is dropped.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;
use sea_orm::{DatabaseTransaction, QueryOrder};
use serde::Serialize;

use super::commit::{Row, RowContent};
use super::run;
use crate::access::{ForDepartment, Guarded, Visible};
use crate::clock::instant_text;
use crate::db::rows::{self, Kind};
use crate::record::Reach;
use crate::{Database, Result};

/// A row in quarantine.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "quarantine")]
pub struct Model {
    /// The run and the row: `<run>-<row>`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    /// The run that met the row.
    pub run_id: String,
    /// The source that speaks in the row.
    pub source: String,
    /// The SHA-256 of the file.
    pub object_sha256: String,
    /// The name of the file.
    pub file_name: String,
    /// The number of the row, from 1, without the header.
    pub row_no: i64,
    /// The line on which the row begins, from 1.
    pub line_no: i64,
    /// The column at fault.
    pub field: Option<String>,
    /// A stable code.
    pub code: String,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub remedy: String,
    /// The row as it came. It may hold what no column of a record has.
    pub raw: Guarded<String, ForDepartment>,
    /// The adapter version that refused it last.
    pub adapter_version: String,
    /// How often it was tried.
    pub attempts: i32,
    /// OPEN or RESOLVED.
    pub state: String,
    /// When it was set aside.
    pub created_at: ChronoDateTimeUtc,
    /// Who may see it.
    pub audience: String,
    /// The region of the source, or empty.
    pub region: String,
}

/// Quarantine is joined by hand where needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Visible for Entity {}

impl Model {
    /// Who the row is for, of those who see it.
    pub fn reach(&self) -> Reach {
        Reach {
            region: self.region.clone(),
            ..Reach::public()
        }
    }
}

/// Waiting for a repair.
pub const OPEN: &str = "OPEN";
/// Taken later.
pub const RESOLVED: &str = "RESOLVED";
/// The code of a word of a hub below that could not be read. There is no file to read it from again: the hub says it again.
pub(crate) const CLAIMS_UNREADABLE: &str = "CLAIMS_UNREADABLE";

#[derive(Serialize)]
struct NewRow<'a> {
    id: String,
    run_id: &'a str,
    source: &'a str,
    object_sha256: &'a str,
    file_name: &'a str,
    row_no: i64,
    line_no: i64,
    field: Option<&'a str>,
    code: &'a str,
    message: &'a str,
    remedy: &'a str,
    raw: &'a str,
    adapter_version: &'a str,
    attempts: i32,
    state: &'static str,
    created_at: String,
    audience: &'a str,
    region: &'a str,
}

const COLUMNS: &rows::Columns = &[
    ("id", Kind::Text),
    ("run_id", Kind::Text),
    ("source", Kind::Text),
    ("object_sha256", Kind::Text),
    ("file_name", Kind::Text),
    ("row_no", Kind::Big),
    ("line_no", Kind::Big),
    ("field", Kind::Text),
    ("code", Kind::Text),
    ("message", Kind::Text),
    ("remedy", Kind::Text),
    ("raw", Kind::Text),
    ("adapter_version", Kind::Text),
    ("attempts", Kind::Int),
    ("state", Kind::Text),
    ("created_at", Kind::Instant),
    ("audience", Kind::Text),
    ("region", Kind::Text),
];

fn id(run: &run::Model, row: &Row) -> String {
    format!("{}-{}", run.id, row.row_no)
}

/// Sets the rejected rows of a chunk aside.
pub(crate) async fn add(
    transaction: &DatabaseTransaction,
    run: &run::Model,
    chunk: &[Row],
    now: DateTime<Utc>,
) -> Result<()> {
    let mut new = Vec::new();
    for row in chunk {
        let RowContent::Rejected(reject) = &row.content else {
            continue;
        };
        new.push(NewRow {
            id: id(run, row),
            run_id: &run.id,
            source: &row.source,
            object_sha256: &run.object_sha256,
            file_name: &run.file_name,
            row_no: row.row_no,
            line_no: row.line_no,
            field: reject.field.as_deref(),
            code: reject.code,
            message: &reject.message,
            remedy: &reject.remedy,
            raw: &reject.raw,
            adapter_version: &run.adapter_version,
            attempts: 1,
            state: OPEN,
            created_at: instant_text(now),
            audience: &run.audience,
            region: &run.region,
        });
    }
    rows::insert_missing(transaction, "quarantine", COLUMNS, &new).await?;
    Ok(())
}

/// Marks rows that were tried again: those that could be taken are resolved.
pub(super) async fn retried(
    transaction: &DatabaseTransaction,
    run: &run::Model,
    tried: &[Row],
) -> Result<()> {
    let taken: Vec<String> = tried
        .iter()
        .filter(|row| matches!(row.content, RowContent::Taken(_)))
        .map(|row| id(run, row))
        .collect();
    let all: Vec<String> = tried.iter().map(|row| id(run, row)).collect();
    let backend = transaction.get_database_backend();
    let sql = format!(
        "UPDATE quarantine SET attempts = attempts + 1 WHERE {}",
        rows::keys_in(backend, "id", 1)
    );
    rows::execute(transaction, sql, [rows::parameter(&all)?]).await?;
    let sql = format!(
        "UPDATE quarantine SET state = '{RESOLVED}' WHERE {}",
        rows::keys_in(backend, "id", 1)
    );
    rows::execute(transaction, sql, [rows::parameter(&taken)?]).await?;
    Ok(())
}

/// Marks what a hub below said of records, in the words of `field`, as taken: it says something else now.
pub(crate) async fn said_anew(
    transaction: &DatabaseTransaction,
    source: &str,
    records: &[String],
) -> Result<()> {
    let sql = format!(
        "UPDATE quarantine SET state = '{RESOLVED}' WHERE source = $1 AND code = '{CLAIMS_UNREADABLE}' AND state = '{OPEN}' AND {}",
        rows::keys_in(transaction.get_database_backend(), "field", 2)
    );
    rows::execute(transaction, sql, [source.into(), rows::parameter(records)?]).await?;
    Ok(())
}

/// The runs with open rows and the numbers of these rows, for a redrive by the ingester.
pub async fn open_rows(db: &Database, run_id: Option<&str>) -> Result<Vec<Model>> {
    let mut open = Entity::find()
        .filter(Column::State.eq(OPEN))
        .filter(Column::Code.ne(CLAIMS_UNREADABLE));
    if let Some(run_id) = run_id {
        open = open.filter(Column::RunId.eq(run_id));
    }
    Ok(open
        .order_by_asc(Column::RunId)
        .order_by_asc(Column::RowNo)
        .all(db.own())
        .await?)
}
