//! The periods of regions: name and region above on any day.

use sea_orm::entity::prelude::*;

use crate::db::list::TextList;

/// A period of a region.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, serde::Serialize)]
#[sea_orm(table_name = "region_period")]
pub struct Model {
    /// The code.
    #[sea_orm(primary_key, auto_increment = false)]
    pub code: String,
    /// Its number in the order of time, from 1.
    #[sea_orm(primary_key, auto_increment = false)]
    pub ordinal: i32,
    /// The name.
    pub name: String,
    /// PROVINCE, CITY, COUNTY or ZONE.
    pub level: String,
    /// ADMINISTRATIVE, GROUPING, STATISTICAL or ZONE.
    pub nature: String,
    /// The region above.
    pub parent_code: Option<String>,
    /// The first day.
    pub valid_from: Option<Date>,
    /// How well it is known.
    pub from_precision: Option<String>,
    /// The first day after.
    pub valid_until: Option<Date>,
    /// How well it is known.
    pub until_precision: Option<String>,
    /// What opened the period.
    pub opened_by: Option<String>,
    /// What closed it.
    pub closed_by: Option<String>,
    /// The codes that hold the territory afterwards.
    pub successors: TextList,
}

/// Periods are read with their region.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    /// Whether the period holds on a day.
    pub fn covers(&self, day: Date) -> bool {
        self.valid_from.is_none_or(|from| from <= day) && self.valid_until.is_none_or(|until| day < until)
    }
}
