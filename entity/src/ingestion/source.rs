//! Sources and their rank (来源与优先级).

use sea_orm::entity::prelude::*;
use sea_orm::{DatabaseTransaction, FromQueryResult};

use crate::db::rows::{self, Kind};
use crate::{Database, Result, Scope};

/// A source that asserts records.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, serde::Serialize, serde::Deserialize)]
#[sea_orm(table_name = "source")]
pub struct Model {
    /// Short name, such as `csres`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub name: String,
    /// Chinese name.
    pub title_zh: String,
    /// English name.
    pub title_en: String,
    /// The smaller rank wins where sources differ.
    pub rank: i32,
    /// Who may see runs and quarantine of the source: PUBLIC or STAFF.
    pub audience: String,
    /// The region whose bureau runs the source, or empty.
    pub region: String,
    /// Where the source stands among those of the hub that relays it; empty for a source of this hub.
    pub precedence: String,
}

/// Sources refer to nothing.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

const COLUMNS: &rows::Columns = &[
    ("name", Kind::Text),
    ("title_zh", Kind::Text),
    ("title_en", Kind::Text),
    ("rank", Kind::Int),
    ("audience", Kind::Text),
    ("region", Kind::Text),
    ("precedence", Kind::Text),
];

/// Makes the table of sources agree with the given ones; others stay as they are.
pub async fn register(db: &Database, sources: &[Model]) -> Result<()> {
    let transaction = db.begin().await?;
    register_in(&transaction, sources).await?;
    transaction.commit().await?;
    Ok(())
}

/// The same inside a transaction.
pub(crate) async fn register_in(transaction: &DatabaseTransaction, sources: &[Model]) -> Result<()> {
    rows::upsert(transaction, "source", "name", COLUMNS, sources).await
}

/// A source with how fresh it is.
#[derive(Debug, Clone)]
pub struct Freshness {
    /// The source.
    pub source: Model,
    /// The day that its last accepted run describes.
    pub as_of: Option<chrono::NaiveDate>,
    /// When its last accepted run ended.
    pub last_success_at: Option<chrono::DateTime<chrono::Utc>>,
}

/// The sources that the reader may see, by rank and name, with their freshness by the runs that the reader may see.
pub async fn freshness(db: &Database, scope: &Scope) -> Result<Vec<Freshness>> {
    let sql = format!(
        "SELECT s.name, s.title_zh, s.title_en, s.rank, s.audience, s.region, s.precedence, max(r.as_of) AS as_of, \
         max(r.finished_at) AS finished_at FROM source s \
         LEFT JOIN ingest_run r ON r.source = s.name AND r.state = 'SUCCEEDED' AND {} WHERE {} \
         GROUP BY s.name, s.title_zh, s.title_en, s.rank, s.audience, s.region, s.precedence ORDER BY s.rank, s.precedence, s.name",
        scope.sql("r"),
        scope.sql("s")
    );
    let fresh = rows::query(db.reader(), sql, []).await?;
    fresh
        .iter()
        .map(|row| {
            Ok(Freshness {
                source: Model::from_query_result(row, "")?,
                as_of: row.try_get("", "as_of")?,
                last_success_at: row.try_get("", "finished_at")?,
            })
        })
        .collect()
}
