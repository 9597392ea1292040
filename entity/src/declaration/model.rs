//! The table of declarations: one row per golden record.

use sea_orm::entity::prelude::*;

use super::claim::Indicator;
use crate::access::Visible;
use crate::db::list::TextList;

/// A declaration as readers see it: the content of its last version, and how it stands.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, serde::Serialize)]
#[sea_orm(table_name = "declaration")]
pub struct Model {
    /// Enterprise and standard.
    #[sea_orm(primary_key, auto_increment = false)]
    pub key: String,
    /// The identity of the declaring enterprise.
    pub owner_key: String,
    /// The enterprise's name as it stands in the last version.
    pub enterprise_name: Option<String>,
    /// The key of that name.
    pub enterprise_name_key: Option<String>,
    /// The key of the declared standard.
    pub standard_key: String,
    /// 标准编号, canonical where it can be read.
    pub standard_number: String,
    /// 标准名称
    pub standard_name: Option<String>,
    /// 标准类型, a `StandardKind`.
    pub standard_kind: String,
    /// The record of the last version at its source.
    pub record_id: String,
    /// 状态, a `DeclarationStatus`.
    pub status: String,
    /// The source's word for the status.
    pub status_word: Option<String>,
    /// 标准发布日期
    pub published_on: Option<Date>,
    /// The declaring day of the first version.
    pub first_declared_on: Date,
    /// The declaring day of the last version.
    pub declared_on: Date,
    /// The first day on which it does not hold any more.
    pub ended_on: Option<Date>,
    /// 全文公开
    pub text_public: Option<bool>,
    /// 自我承诺
    pub pledge: Option<String>,
    /// 低于推荐性标准
    pub below_recommended: Option<bool>,
    /// 技术指标 of the last version.
    pub indicators: Indicators,
    /// The products of the last version.
    pub product_keys: TextList,
    /// Quality flags.
    pub flags: TextList,
    /// Who may see it.
    pub audience: String,
    /// GB/T 2260 code of the enterprise's district, or empty.
    pub region: String,
}

/// 技术指标, stored as the text of a JSON array.
#[derive(Clone, Debug, Default, PartialEq, Eq, DeriveValueType, serde::Serialize)]
#[sea_orm(value_type = "String")]
#[serde(transparent)]
pub struct Indicators(pub Vec<Indicator>);

impl std::fmt::Display for Indicators {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&serde_json::to_string(&self.0).map_err(|_| std::fmt::Error)?)
    }
}

impl std::str::FromStr for Indicators {
    type Err = serde_json::Error;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        serde_json::from_str(text).map(Self)
    }
}

/// Declarations are joined by hand.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Visible for Entity {}
