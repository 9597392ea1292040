//! The calendar of days off and make-up working days (节假日安排), by the yearly notices of the State Council.

mod working;

use chrono::NaiveDate;
use sea_orm::DatabaseTransaction;
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::Result;
use crate::db::rows::{self, Kind};
use crate::ingestion::{Asserted, Domain};
use crate::record::{Reach, RecordKind};
use crate::search::SearchText;

pub use working::{WorkingDays, terms};

/// What a source says about a day.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct HolidayClaim {
    /// The day as `YYYY-MM-DD`.
    pub key: String,
    /// The name of the holiday that moves the day.
    pub name: String,
    /// Whether the day is off; otherwise it is worked although it is a weekend (调休).
    pub off: bool,
    /// The year of the notice.
    pub notice_year: i32,
}

/// A day as readers see it.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "holiday")]
pub struct Model {
    /// The day.
    #[sea_orm(primary_key, auto_increment = false)]
    pub day: Date,
    /// The name of the holiday.
    pub name: String,
    /// Whether the day is off.
    pub off: bool,
    /// The year of the notice.
    pub notice_year: i32,
}

/// Days refer to nothing.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// The domain of holidays.
pub(crate) struct Holidays;

const HOLIDAY: &rows::Columns = &[
    ("day", Kind::Date),
    ("name", Kind::Text),
    ("off", Kind::Bool),
    ("notice_year", Kind::Int),
];

impl Domain for Holidays {
    const KIND: RecordKind = RecordKind::Holiday;
    type Claim = HolidayClaim;
    type Golden = Model;

    fn golden(key: &str, claims: &[Asserted<HolidayClaim>]) -> Model {
        // A later notice can change a day that an earlier one named (the turn of the year belongs to two notices).
        let best = claims
            .iter()
            .map(|asserted| &asserted.claim)
            .max_by_key(|claim| claim.notice_year);
        Model {
            day: key.parse().unwrap_or(NaiveDate::MIN),
            name: best.map(|claim| claim.name.clone()).unwrap_or_default(),
            off: best.is_some_and(|claim| claim.off),
            notice_year: best.map_or(0, |claim| claim.notice_year),
        }
    }

    fn reach(_golden: &Model) -> Reach {
        Reach::public()
    }

    fn search_text(_golden: &Model) -> Option<SearchText> {
        None
    }

    async fn store(transaction: &DatabaseTransaction, records: &[Model]) -> Result<()> {
        rows::upsert(transaction, "holiday", "day", HOLIDAY, records).await
    }

    async fn remove(transaction: &DatabaseTransaction, keys: &[&str]) -> Result<()> {
        rows::delete_by(transaction, "holiday", "CAST(day AS text)", keys).await
    }
}
