//! Lists of instruments: which, and in which order.

use chrono::{Days, NaiveDate};
use sea_orm::{ColumnTrait, Condition, PaginatorTrait, QueryFilter, Select};

use super::model::{Column, Entity, Model};
use super::term::{Duty, InstrumentFlag, InstrumentStatus, Purpose, VerificationMode};
use crate::access::Visible;
use crate::db::{Engine, rows};
use crate::enterprise::is_of_enterprise;
use crate::page::{Direction, Keyset, List, Page, PageRequest, Position, ReadValue, date_value, text_value};
use crate::value::RegionCode;
use crate::{Database, Result, Scope};

/// A list of instruments.
#[derive(Debug, Clone, Default)]
pub struct InstrumentList {
    /// Which instruments.
    pub filter: InstrumentFilter,
    /// By what.
    pub order: InstrumentOrderField,
    /// Up or down.
    pub direction: Direction,
}

/// Which instruments are wanted: every condition that is set must hold.
#[derive(Debug, Clone, Default)]
pub struct InstrumentFilter {
    /// Of this enterprise, by its key.
    pub owner: Option<String>,
    /// Used in this region or what lies in it.
    pub region: Option<RegionCode>,
    /// In one of these states.
    pub statuses: Option<Vec<InstrumentStatus>>,
    /// Used for this.
    pub purpose: Option<Purpose>,
    /// Under one of these modes of verification.
    pub modes: Option<Vec<VerificationMode>>,
    /// Due from a day to another, both included.
    pub due: Option<(NaiveDate, NaiveDate)>,
    /// Due before this day, overdue ones among them.
    pub due_before: Option<NaiveDate>,
    /// Whether on this day the law forbids an instrument that measures to be used.
    pub forbidden: Option<(NaiveDate, bool)>,
    /// Registered or not, as far as anybody tells.
    pub registered: Option<bool>,
    /// Filed or not, as far as anybody tells.
    pub filed: Option<bool>,
    /// With this code, in any spelling that differs in width, case or blanks.
    pub mandatory_code: Option<String>,
    /// With this serial number, exactly.
    pub serial_number: Option<String>,
    /// Naming this type approval, by its key.
    pub type_approval: Option<String>,
    /// Carrying this quality flag.
    pub flag: Option<InstrumentFlag>,
}

/// What a list of instruments can be ordered by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum InstrumentOrderField {
    /// By key: those of an owner stand together where they have no code.
    #[default]
    Key,
    /// By due day.
    DueOn,
    /// By name, in the order of its characters.
    Name,
}

impl InstrumentFilter {
    /// Due from a day on, within so many days.
    pub fn due_within(today: NaiveDate, days: u64) -> Option<(NaiveDate, NaiveDate)> {
        Some((today, today.checked_add_days(Days::new(days))?))
    }

    fn select(&self, engine: Engine, scope: &Scope) -> Select<Entity> {
        // A record that turned out to be another is that other.
        let mut condition = Condition::all().add(Column::MergedInto.is_null());
        if let Some(owner) = &self.owner {
            let owned = is_of_enterprise(scope, "measuring_instrument.owner_key");
            let owned = format!("({owned} OR measuring_instrument.owner_key = $1)");
            condition = condition.add(rows::with_value(engine, &owned, owner));
        }
        if let Some(region) = &self.region {
            condition = condition.add(Column::Region.starts_with(region.prefix()));
        }
        if let Some(statuses) = &self.statuses {
            condition = condition.add(Column::Status.is_in(statuses.iter().map(|status| status.as_str())));
        }
        if let Some(purpose) = self.purpose {
            condition = condition.add(Column::Purposes.contains(format!("\"{}\"", purpose.as_str())));
        }
        if let Some(modes) = &self.modes {
            condition = condition.add(Column::VerificationMode.is_in(modes.iter().map(|mode| mode.as_str())));
        }
        if let Some((from, until)) = self.due {
            condition = condition
                .add(Column::DueOn.gte(from))
                .add(Column::DueOn.lte(until));
        }
        if let Some(day) = self.due_before {
            condition = condition.add(Column::DueOn.lt(day));
        }
        if let Some((day, forbidden)) = self.forbidden {
            let unverified = [Duty::Failed, Duty::NeverVerified].map(Duty::as_str);
            let overdue = Condition::all()
                .add(Column::Duty.eq(Duty::Dated.as_str()))
                .add(Column::DueOn.lt(day));
            let is = Condition::any().add(Column::Duty.is_in(unverified)).add(overdue);
            // What has no due day is not overdue: without its own case NOT would leave such rows out.
            condition = condition.add(if forbidden {
                is
            } else {
                Condition::all().add(Column::Duty.is_not_in(unverified)).add(
                    Condition::any()
                        .add(Column::Duty.ne(Duty::Dated.as_str()))
                        .add(Column::DueOn.gte(day)),
                )
            });
        }
        if let Some(registered) = self.registered {
            condition = condition.add(Column::Registered.eq(registered));
        }
        if let Some(filed) = self.filed {
            condition = condition.add(Column::Filed.eq(filed));
        }
        if let Some(code) = &self.mandatory_code {
            let by_code = super::identities(Some(code), None, None, None).by_code;
            condition = condition.add(Column::Key.eq(by_code.unwrap_or_default()));
        }
        if let Some(serial) = &self.serial_number {
            condition = condition.add(Column::SerialNumber.eq(serial));
        }
        if let Some(approval) = &self.type_approval {
            condition = condition.add(Column::TypeApprovalKey.eq(approval));
        }
        if let Some(flag) = self.flag {
            condition = condition.add(Column::Flags.contains(format!("\"{}\"", flag.as_str())));
        }
        Entity::visible(scope).filter(condition)
    }
}

impl List for InstrumentList {
    type Item = Model;

    async fn list(&self, db: &Database, scope: &Scope, request: &PageRequest) -> Result<Page<Model>> {
        let column = match self.order {
            InstrumentOrderField::Key => None,
            InstrumentOrderField::DueOn => Some((Column::DueOn, date_value as ReadValue)),
            InstrumentOrderField::Name => Some((Column::Name, text_value as ReadValue)),
        };
        let keyset = Keyset {
            column,
            key: Column::Key,
            direction: self.direction,
        };
        let reader = db.reading(scope).await?;
        keyset
            .page(&reader, self.filter.select(db.engine(), scope), request)
            .await
    }

    async fn count(&self, db: &Database, scope: &Scope) -> Result<u64> {
        let reader = db.reading(scope).await?;
        Ok(self.filter.select(db.engine(), scope).count(&reader).await?)
    }

    fn position(&self, instrument: &Model) -> Position {
        Position {
            value: match self.order {
                InstrumentOrderField::Key => None,
                InstrumentOrderField::DueOn => instrument.due_on.map(|day| day.to_string()),
                InstrumentOrderField::Name => Some(instrument.name.clone()),
            },
            key: instrument.key.clone(),
        }
    }
}
