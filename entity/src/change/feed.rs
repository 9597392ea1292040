//! The table of the change feed.

use sea_orm::entity::prelude::*;

use super::append::Operation;

/// An event of the feed.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "feed")]
pub struct Model {
    /// The position, without gaps over all events; a reader sees those that its scope lets through.
    #[sea_orm(primary_key, auto_increment = false)]
    pub pos: i64,
    /// The kind of the record.
    pub kind: String,
    /// UPSERT, DELETE, ENTER or LEAVE.
    pub op: String,
    /// The key of the record.
    pub record_key: String,
    /// The version of the record; it grows by one with every change of its content.
    pub version: i64,
    /// Who the event is for.
    pub audience: String,
    /// The region that the record lies in, or empty.
    pub region: String,
    /// The credit code of the enterprise that the record is about, or empty.
    pub owner: String,
    /// The run that brought the change.
    pub run_id: Option<String>,
    /// The whole record as JSON.
    pub body: String,
    /// Why the record changed, a [`super::ChangeReason`].
    pub reason: String,
    /// When the change was written.
    pub at: ChronoDateTimeUtc,
}

/// The feed refers to no other table: records may be gone while their events stay.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    /// Turns into the event that the record left the view of its reader: its name, and nothing else of it.
    pub(super) fn leave(&mut self) {
        self.op = Operation::Leave.as_str().to_owned();
        self.body = "null".to_owned();
    }
}
