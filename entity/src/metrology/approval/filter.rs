//! Lists of type approvals: which, and in which order.

use sea_orm::{ColumnTrait, Condition, PaginatorTrait, QueryFilter, Select};

use super::claim::{ApprovalOrigin, ApprovalStatus};
use super::golden::{Column, Entity, Model};
use crate::access::Visible;
use crate::db::{Engine, rows};
use crate::page::{Direction, Keyset, List, Page, PageRequest, Position, ReadValue, date_value, text_value};
use crate::value::RegionCode;
use crate::{Database, Result, Scope};

/// A list of type approvals.
#[derive(Debug, Clone, Default)]
pub struct TypeApprovalList {
    /// Which type approvals.
    pub filter: TypeApprovalFilter,
    /// By what.
    pub order: TypeApprovalOrderField,
    /// Up or down.
    pub direction: Direction,
}

/// Which type approvals are wanted: every condition that is set must hold.
#[derive(Debug, Clone, Default)]
pub struct TypeApprovalFilter {
    /// Whose holder is in this region or in what lies in it.
    pub region: Option<RegionCode>,
    /// In one of these states.
    pub statuses: Option<Vec<ApprovalStatus>>,
    /// Of this origin.
    pub origin: Option<ApprovalOrigin>,
    /// With this word in the name of the instrument.
    pub instrument_name: Option<String>,
    /// With this model, exactly as written.
    pub model: Option<String>,
    /// Whose holder has this credit code.
    pub credit_code: Option<String>,
}

/// What a list of type approvals can be ordered by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum TypeApprovalOrderField {
    /// By number.
    #[default]
    Key,
    /// By the name of the instrument, in the order of its characters.
    InstrumentName,
    /// By the day on which it was given.
    ApprovedOn,
}

impl TypeApprovalFilter {
    fn select(&self, engine: Engine, scope: &Scope) -> Select<Entity> {
        let mut condition = Condition::all();
        if let Some(region) = &self.region {
            condition = condition.add(Column::Region.starts_with(region.prefix()));
        }
        if let Some(statuses) = &self.statuses {
            condition = condition.add(Column::Status.is_in(statuses.iter().map(|status| status.as_str())));
        }
        if let Some(origin) = self.origin {
            condition = condition.add(Column::Origin.eq(origin.as_str()));
        }
        if let Some(word) = &self.instrument_name {
            let holds = rows::holds(engine.backend(), "type_approval.instrument_name", "$1");
            condition = condition.add(rows::with_value(engine, &holds, word));
        }
        if let Some(model) = &self.model {
            let members = rows::members(engine.backend(), "type_approval.models", "item");
            let among = format!("EXISTS (SELECT 1 FROM {members} WHERE item.value = $1)");
            condition = condition.add(rows::with_value(engine, &among, model));
        }
        if let Some(code) = &self.credit_code {
            condition = condition.add(Column::CreditCode.eq(code));
        }
        Entity::visible(scope).filter(condition)
    }
}

impl List for TypeApprovalList {
    type Item = Model;

    async fn list(&self, db: &Database, scope: &Scope, request: &PageRequest) -> Result<Page<Model>> {
        let column = match self.order {
            TypeApprovalOrderField::Key => None,
            TypeApprovalOrderField::InstrumentName => Some((Column::InstrumentName, text_value as ReadValue)),
            TypeApprovalOrderField::ApprovedOn => Some((Column::ApprovedOn, date_value as ReadValue)),
        };
        let keyset = Keyset {
            column,
            key: Column::Key,
            direction: self.direction,
        };
        keyset
            .page(db.reader(), self.filter.select(db.engine(), scope), request)
            .await
    }

    async fn count(&self, db: &Database, scope: &Scope) -> Result<u64> {
        Ok(self.filter.select(db.engine(), scope).count(db.reader()).await?)
    }

    fn position(&self, approval: &Model) -> Position {
        Position {
            value: match self.order {
                TypeApprovalOrderField::Key => None,
                TypeApprovalOrderField::InstrumentName => Some(approval.instrument_name.clone()),
                TypeApprovalOrderField::ApprovedOn => approval.approved_on.map(|day| day.to_string()),
            },
            key: approval.key.clone(),
        }
    }
}
