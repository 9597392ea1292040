//! The table of regions: a code as it is, or as it last was.

use sea_orm::entity::prelude::*;

use crate::access::Visible;
use crate::db::list::TextList;

/// A region as readers see it.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, serde::Serialize)]
#[sea_orm(table_name = "region")]
pub struct Model {
    /// The code.
    #[sea_orm(primary_key, auto_increment = false)]
    pub code: String,
    /// The last name.
    pub name: String,
    /// PROVINCE, CITY, COUNTY or ZONE.
    pub level: String,
    /// ADMINISTRATIVE, GROUPING, STATISTICAL or ZONE.
    pub nature: String,
    /// The region above, last.
    pub parent_code: Option<String>,
    /// The first day on which the code was in use; none when before December 1980.
    pub valid_from: Option<Date>,
    /// The first day on which it was not in use any more.
    pub valid_until: Option<Date>,
    /// The codes that took over.
    pub successors: TextList,
    /// Quality flags.
    pub flags: TextList,
    /// Who may see it.
    pub audience: String,
    /// The region it lies in: itself.
    pub region: String,
}

/// Edges go through the periods.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Visible for Entity {}
