//! Classification schemes: ICS (国际标准分类), CCS (中国标准文献分类), GB/T 4754 (国民经济行业分类).

use std::collections::HashMap;

use sea_orm::entity::prelude::*;
use sea_orm::{DatabaseTransaction, QueryOrder};
use serde::{Deserialize, Serialize};

use crate::db::rows::{self, Kind};
use crate::ingestion::{Asserted, Domain};
use crate::record::{Reach, RecordKind};
use crate::search::SearchText;
use crate::{Database, Result, Scope};

/// What a source says about an item of a classification.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ClassificationClaim {
    /// `scheme:edition:code`.
    pub key: String,
    /// The item.
    #[serde(flatten)]
    pub item: Item,
}

/// An item of a classification.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Item {
    /// ICS, CCS or GBT4754.
    pub scheme: String,
    /// The year of the edition; 0 where a scheme has but one.
    pub edition: i32,
    /// The code.
    pub code: String,
    /// The code above.
    pub parent_code: Option<String>,
    /// Depth, from 1.
    pub level: i32,
    /// Chinese name.
    pub name_zh: Option<String>,
    /// English name.
    pub name_en: Option<String>,
    /// What belongs here and what does not.
    pub notes: Option<String>,
}

impl ClassificationClaim {
    /// A claim about an item.
    pub fn new(item: Item) -> Self {
        Self {
            key: format!("{}:{}:{}", item.scheme, item.edition, item.code),
            item,
        }
    }
}

/// An item as readers see it.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "classification")]
pub struct Model {
    /// The scheme.
    #[sea_orm(primary_key, auto_increment = false)]
    pub scheme: String,
    /// The year of the edition.
    #[sea_orm(primary_key, auto_increment = false)]
    pub edition: i32,
    /// The code.
    #[sea_orm(primary_key, auto_increment = false)]
    pub code: String,
    /// The code above.
    pub parent_code: Option<String>,
    /// Depth, from 1.
    pub level: i32,
    /// Chinese name.
    pub name_zh: Option<String>,
    /// English name.
    pub name_en: Option<String>,
    /// What belongs here and what does not.
    pub notes: Option<String>,
}

/// Items refer to nothing.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// The domain of classifications.
pub(crate) struct Classifications;

const CLASSIFICATION: &rows::Columns = &[
    ("scheme", Kind::Text),
    ("edition", Kind::Int),
    ("code", Kind::Text),
    ("parent_code", Kind::Text),
    ("level", Kind::Int),
    ("name_zh", Kind::Text),
    ("name_en", Kind::Text),
    ("notes", Kind::Text),
];

impl Domain for Classifications {
    const KIND: RecordKind = RecordKind::Classification;
    type Claim = ClassificationClaim;
    type Golden = Model;

    fn golden(key: &str, claims: &[Asserted<ClassificationClaim>]) -> Model {
        let best = claims.first().map(|asserted| asserted.claim.item.clone());
        let item = best.unwrap_or_else(|| Item {
            scheme: key.to_owned(),
            edition: 0,
            code: key.to_owned(),
            parent_code: None,
            level: 0,
            name_zh: None,
            name_en: None,
            notes: None,
        });
        Model {
            scheme: item.scheme,
            edition: item.edition,
            code: item.code,
            parent_code: item.parent_code,
            level: item.level,
            name_zh: item.name_zh,
            name_en: item.name_en,
            notes: item.notes,
        }
    }

    fn reach(_golden: &Model) -> Reach {
        Reach::public()
    }

    fn search_text(_golden: &Model) -> Option<SearchText> {
        None
    }

    async fn store(transaction: &DatabaseTransaction, records: &[Model]) -> Result<()> {
        rows::upsert(
            transaction,
            "classification",
            "scheme, edition, code",
            CLASSIFICATION,
            records,
        )
        .await
    }

    async fn remove(transaction: &DatabaseTransaction, keys: &[&str]) -> Result<()> {
        rows::delete_by(
            transaction,
            "classification",
            "scheme || ':' || edition || ':' || code",
            keys,
        )
        .await
    }
}

/// The items of one scheme in its newest edition, by code. Classifications are public.
pub async fn by_codes(
    db: &Database,
    _scope: &Scope,
    scheme: &str,
    codes: &[String],
) -> Result<HashMap<String, Model>> {
    let items = Entity::find()
        .filter(Column::Scheme.eq(scheme))
        .filter(rows::in_keys(db.engine(), "code", codes)?)
        .order_by_asc(Column::Edition)
        .all(db.reader())
        .await?;
    Ok(items.into_iter().map(|item| (item.code.clone(), item)).collect())
}
