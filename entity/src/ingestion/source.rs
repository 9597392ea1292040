//! Sources and their rank (来源与优先级).

use sea_orm::entity::prelude::*;

use crate::db::rows::{self, Kind};
use crate::{Database, Result};

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
];

/// Makes the table of sources agree with the given ones; others stay as they are.
pub async fn register(db: &Database, sources: &[Model]) -> Result<()> {
    let transaction = db.begin().await?;
    rows::upsert(&transaction, "source", "name", COLUMNS, sources).await?;
    transaction.commit().await?;
    Ok(())
}
