//! The tables of enterprises and of their names.

use sea_orm::entity::prelude::*;

use crate::access::Visible;
use crate::db::list::TextList;

/// An enterprise as readers see it.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, serde::Serialize)]
#[sea_orm(table_name = "enterprise")]
pub struct Model {
    /// The credit code, or the identity by name and province.
    #[sea_orm(primary_key, auto_increment = false)]
    pub key: String,
    /// 统一社会信用代码
    pub credit_code: Option<String>,
    /// 组织机构代码
    pub organization_code: Option<String>,
    /// 企业名称
    pub name: String,
    /// The key of the name.
    pub name_key: String,
    /// 登记状态, an `EnterpriseStatus`.
    pub status: Option<String>,
    /// The source's word for the status.
    pub status_word: Option<String>,
    /// 住所
    pub address: Option<String>,
    /// 成立日期
    pub established_on: Option<Date>,
    /// The credit code of the enterprise that this one turned out to be; only records known by name have one.
    pub merged_into: Option<String>,
    /// Quality flags.
    pub flags: TextList,
    /// Who may see it.
    pub audience: String,
    /// GB/T 2260 code of the district, or empty.
    pub region: String,
}

/// Enterprises are joined by hand.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Visible for Entity {}
