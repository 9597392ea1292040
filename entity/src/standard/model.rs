//! The table of standards: one row per golden record.

use sea_orm::entity::prelude::*;

use super::status::{StatusFacts, Successor};
use super::term::StandardStatus;
use crate::access::Visible;
use crate::db::list::TextList;

/// A standard as readers see it.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, serde::Serialize)]
#[sea_orm(table_name = "standard")]
pub struct Model {
    /// Join key of the number: no blanks, ASCII, four-digit year.
    #[sea_orm(primary_key, auto_increment = false)]
    pub key: String,
    /// Canonical number.
    pub number: String,
    /// The number as the winning source writes it.
    pub number_raw: String,
    /// The key without the year: chains of editions.
    pub base_key: String,
    /// Level, a `StandardKind`.
    pub kind: String,
    /// Nature, a `StandardNature`.
    pub nature: Option<String>,
    /// Year of the number.
    pub year: Option<i32>,
    /// Title, cleaned.
    pub name: Option<String>,
    /// Title as the source writes it.
    pub name_reported: Option<String>,
    /// Status as the source reports it, a `StandardStatus`.
    pub status_reported: Option<String>,
    /// The source's word for the status.
    pub status_word: Option<String>,
    /// The last day on which the source said so.
    #[serde(skip)]
    pub status_read_on: Option<Date>,
    /// The first day on which the source said so.
    #[serde(skip)]
    pub status_first_read_on: Option<Date>,
    /// 发布日期
    pub issued_on: Option<Date>,
    /// 实施日期
    pub effective_on: Option<Date>,
    /// 废止日期
    pub withdrawn_on: Option<Date>,
    /// ICS codes.
    pub ics_codes: TextList,
    /// CCS codes.
    pub ccs_codes: TextList,
    /// GB/T 4754 codes.
    pub industry_codes: TextList,
    /// Issuing bodies by their table names.
    pub issuing_bodies: TextList,
    /// Issuing bodies in the source's words.
    pub issuing_bodies_reported: TextList,
    /// 归口单位
    pub committee: Option<String>,
    /// 主管部门
    pub department: Option<String>,
    /// The international standard that it adopts, with the degree.
    pub adopts: Option<String>,
    /// Key of the standard that it amends.
    pub amends_key: Option<String>,
    /// Number of the standard that it amends.
    pub amends_number: Option<String>,
    /// Remarks of sources.
    pub notes: TextList,
    /// Quality flags.
    pub flags: TextList,
    /// Who may see it.
    pub audience: String,
    /// The region of a local standard, or empty.
    pub region: String,
}

/// Edges are declared in `edges.rs`.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Visible for Entity {}

impl Model {
    /// The facts that decide the status, together with the successors.
    pub fn status_facts(&self, successors: Vec<Successor>) -> StatusFacts {
        StatusFacts {
            reported: self.reported_status(),
            word: self.status_word.clone(),
            read_on: self.status_read_on,
            first_read_on: self.status_first_read_on,
            effective_on: self.effective_on,
            withdrawn_on: self.withdrawn_on,
            successors,
        }
    }

    /// The status as reported.
    pub fn reported_status(&self) -> Option<StandardStatus> {
        self.status_reported.as_deref().and_then(|word| word.parse().ok())
    }
}
