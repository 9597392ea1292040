//! Changes of regions (行政区划变更): created, abolished, renamed, merged, recoded …

use sea_orm::DatabaseTransaction;
use sea_orm::entity::prelude::*;
use serde::Serialize;

use super::claim::RegionChangeClaim;
use crate::Result;
use crate::db::rows::{self, Kind};
use crate::ingestion::{Asserted, Domain};
use crate::record::{Reach, RecordKind};
use crate::search::SearchText;

/// A change as readers see it.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "region_change")]
pub struct Model {
    /// A stable id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    /// The year whose list first shows the change.
    pub year: i32,
    /// The day of the act.
    pub happened_on: Option<Date>,
    /// The kind of the change.
    pub change: String,
    /// The source's word.
    pub word: String,
    /// The code before.
    pub old_code: Option<String>,
    /// The name before.
    pub old_name: Option<String>,
    /// The code after.
    pub new_code: Option<String>,
    /// The name after.
    pub new_name: Option<String>,
    /// 批准文号
    pub document_number: Option<String>,
    /// The text of the notice.
    pub detail: Option<String>,
}

/// Changes are read by code.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// The domain of changes of regions.
pub(crate) struct RegionChanges;

const CHANGE: &rows::Columns = &[
    ("id", Kind::Text),
    ("year", Kind::Int),
    ("happened_on", Kind::Date),
    ("change", Kind::Text),
    ("word", Kind::Text),
    ("old_code", Kind::Text),
    ("old_name", Kind::Text),
    ("new_code", Kind::Text),
    ("new_name", Kind::Text),
    ("document_number", Kind::Text),
    ("detail", Kind::Text),
];

impl Domain for RegionChanges {
    const KIND: RecordKind = RecordKind::RegionChange;
    type Claim = RegionChangeClaim;
    type Golden = Model;

    fn golden(key: &str, claims: &[Asserted<RegionChangeClaim>]) -> Model {
        let best = claims.first().map(|asserted| &asserted.claim);
        let text = |field: fn(&RegionChangeClaim) -> Option<&String>| best.and_then(field).cloned();
        Model {
            id: key.to_owned(),
            year: best.map_or(0, |claim| claim.year),
            happened_on: best.and_then(|claim| claim.happened_on),
            change: text(|claim| Some(&claim.change)).unwrap_or_default(),
            word: text(|claim| Some(&claim.word)).unwrap_or_default(),
            old_code: text(|claim| claim.old_code.as_ref()),
            old_name: text(|claim| claim.old_name.as_ref()),
            new_code: text(|claim| claim.new_code.as_ref()),
            new_name: text(|claim| claim.new_name.as_ref()),
            document_number: text(|claim| claim.document_number.as_ref()),
            detail: text(|claim| claim.detail.as_ref()),
        }
    }

    fn reach(_golden: &Model) -> Reach {
        Reach::public()
    }

    fn search_text(_golden: &Model) -> Option<SearchText> {
        None
    }

    async fn store(transaction: &DatabaseTransaction, records: &[Model]) -> Result<()> {
        rows::upsert(transaction, "region_change", "id", CHANGE, records).await
    }

    async fn remove(transaction: &DatabaseTransaction, keys: &[&str]) -> Result<()> {
        rows::delete_by(transaction, "region_change", "id", keys).await
    }
}
