//! The table of mandatory limits.

use sea_orm::DatabaseTransaction;
use sea_orm::entity::prelude::*;
use serde::Serialize;

use super::claim::LimitClaim;
use super::query::indicator_key;
use crate::Result;
use crate::access::{Audience, Visible};
use crate::db::list::TextList;
use crate::db::rows::{self, Kind};
use crate::ingestion::{Asserted, Domain};
use crate::record::{Reach, RecordKind};
use crate::search::SearchText;
use crate::value::{Quantity, StoredBounds};

/// A mandatory limit.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "mandatory_limit")]
pub struct Model {
    /// Standard, clause, indicator, products and first day.
    #[sea_orm(primary_key, auto_increment = false)]
    pub key: String,
    /// The number of the mandatory standard.
    pub standard_number: String,
    /// 条款
    pub clause: Option<String>,
    /// 指标名称, and other names of the same indicator.
    pub indicators: TextList,
    /// 限值 as written.
    pub requirement: String,
    /// 计量单位
    pub unit: Option<String>,
    /// 适用产品; empty for every product.
    pub subjects: TextList,
    /// The first day on which it holds.
    pub valid_from: Option<Date>,
    /// The first day on which it does not hold any more.
    pub valid_until: Option<Date>,
    /// Who may see it.
    pub audience: String,
    /// Bound to no region: empty.
    pub region: String,
}

/// Limits are joined by hand.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Visible for Entity {}

impl Model {
    /// The limit as it can be compared with.
    pub fn quantity(&self) -> Quantity {
        Quantity::parse_with_unit(&self.requirement, self.unit.as_deref().unwrap_or_default())
    }
}

/// The domain of mandatory limits.
pub(crate) struct Limits;

/// A limit in its table: with the bounds, so that SQL can compare.
#[derive(Serialize)]
struct Row<'a> {
    #[serde(flatten)]
    limit: &'a Model,
    from_zero: bool,
    #[serde(flatten)]
    bounds: Option<StoredBounds>,
}

const LIMIT: &rows::Columns = &[
    ("key", Kind::Text),
    ("standard_number", Kind::Text),
    ("clause", Kind::Text),
    ("indicators", Kind::Text),
    ("requirement", Kind::Text),
    ("unit", Kind::Text),
    ("subjects", Kind::Text),
    ("valid_from", Kind::Date),
    ("valid_until", Kind::Date),
    ("audience", Kind::Text),
    ("region", Kind::Text),
    ("from_zero", Kind::Bool),
    ("dimension", Kind::Text),
    ("low", Kind::Real),
    ("low_inclusive", Kind::Bool),
    ("high", Kind::Real),
    ("high_inclusive", Kind::Bool),
];

#[derive(Serialize)]
struct NameRow<'a> {
    limit_key: &'a str,
    name_key: String,
}

const NAME: &rows::Columns = &[("limit_key", Kind::Text), ("name_key", Kind::Text)];

impl Domain for Limits {
    const KIND: RecordKind = RecordKind::MandatoryLimit;
    type Claim = LimitClaim;
    type Golden = Model;

    fn golden(key: &str, claims: &[Asserted<LimitClaim>]) -> Model {
        let best = claims.first().map(|asserted| &asserted.claim);
        Model {
            key: key.to_owned(),
            standard_number: best
                .map(|claim| {
                    claim
                        .standard_number
                        .canonical()
                        .unwrap_or(claim.standard_number.raw())
                })
                .unwrap_or_default()
                .to_owned(),
            clause: best.and_then(|claim| claim.clause.clone()),
            indicators: TextList(best.map(|claim| claim.indicators.clone()).unwrap_or_default()),
            requirement: best.map(|claim| claim.requirement.clone()).unwrap_or_default(),
            unit: best.and_then(|claim| claim.unit.clone()),
            subjects: TextList(best.map(|claim| claim.subjects.clone()).unwrap_or_default()),
            valid_from: best.and_then(|claim| claim.valid_from),
            valid_until: best.and_then(|claim| claim.valid_until),
            audience: Audience::Public.as_str().to_owned(),
            region: String::new(),
        }
    }

    fn reach(_golden: &Model) -> Reach {
        Reach::public()
    }

    fn search_text(_golden: &Model) -> Option<SearchText> {
        None
    }

    async fn store(transaction: &DatabaseTransaction, records: &[Model]) -> Result<()> {
        let limits: Vec<Row<'_>> = records
            .iter()
            .map(|limit| {
                let quantity = limit.quantity();
                Row {
                    limit,
                    from_zero: quantity.is_from_zero(),
                    // A number alone does not say on which side values are forbidden: it is no limit.
                    bounds: quantity.stored().filter(|_| !quantity.is_nominal()),
                }
            })
            .collect();
        rows::upsert(transaction, "mandatory_limit", "key", LIMIT, &limits).await?;
        let keys: Vec<&str> = records.iter().map(|limit| limit.key.as_str()).collect();
        rows::delete_by(transaction, "mandatory_limit_name", "limit_key", &keys).await?;
        let names: Vec<NameRow<'_>> = records
            .iter()
            .flat_map(|limit| {
                limit.indicators.0.iter().map(|name| NameRow {
                    limit_key: &limit.key,
                    name_key: indicator_key(name),
                })
            })
            .collect();
        rows::insert_missing(transaction, "mandatory_limit_name", NAME, &names).await?;
        Ok(())
    }

    async fn remove(transaction: &DatabaseTransaction, keys: &[&str]) -> Result<()> {
        rows::delete_by(transaction, "mandatory_limit_name", "limit_key", keys).await?;
        rows::delete_by(transaction, "mandatory_limit", "key", keys).await
    }
}
