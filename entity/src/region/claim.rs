//! What a source says about a region and about a change of regions.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// A claim about everything that a code ever stood for.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct RegionClaim {
    /// The code.
    pub code: String,
    /// The periods, in order of time and without overlap.
    pub periods: Vec<PeriodClaim>,
}

/// One name, one nature and one region above, for a stretch of time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PeriodClaim {
    /// 名称
    pub name: String,
    /// PROVINCE, CITY, COUNTY or ZONE.
    pub level: String,
    /// ADMINISTRATIVE, GROUPING, STATISTICAL or ZONE.
    pub nature: String,
    /// The region above.
    pub parent_code: Option<String>,
    /// The first day; none when it was there before the first list (December 1980).
    pub valid_from: Option<NaiveDate>,
    /// How well the first day is known: DAY, YEAR or LIST.
    pub from_precision: Option<String>,
    /// The first day after; none while it holds.
    pub valid_until: Option<NaiveDate>,
    /// How well the end is known.
    pub until_precision: Option<String>,
    /// What opened the period.
    pub opened_by: Option<String>,
    /// What closed it.
    pub closed_by: Option<String>,
    /// The codes that hold the territory afterwards.
    pub successors: Vec<String>,
}

/// A claim about an event.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct RegionChangeClaim {
    /// A stable id made of the event's content.
    pub id: String,
    /// The year whose list first shows the change.
    pub year: i32,
    /// The day of the act, where it is known.
    pub happened_on: Option<NaiveDate>,
    /// The kind of the change.
    pub change: String,
    /// The source's word for it.
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
