//! Lists of institutions: which, and in which order.

use chrono::NaiveDate;
use sea_orm::{ColumnTrait, Condition, PaginatorTrait, QueryFilter, Select};

use super::model::{Column, Entity, Model};
use super::term::InstitutionStatus;
use crate::access::Visible;
use crate::db::{Engine, rows};
use crate::page::{Direction, Keyset, List, Page, PageRequest, Position, ReadValue, date_value, text_value};
use crate::value::RegionCode;
use crate::{Database, Result, Scope};

/// A list of institutions.
#[derive(Debug, Clone, Default)]
pub struct InstitutionList {
    /// Which institutions.
    pub filter: InstitutionFilter,
    /// By what.
    pub order: InstitutionOrderField,
    /// Up or down.
    pub direction: Direction,
}

/// Which institutions are wanted: every condition that is set must hold.
#[derive(Debug, Clone, Default)]
pub struct InstitutionFilter {
    /// In this region or what lies in it.
    pub region: Option<RegionCode>,
    /// In one of these states.
    pub statuses: Option<Vec<InstitutionStatus>>,
    /// With this word in an item of the scope.
    pub scope: Option<String>,
    /// With a last day, as told, before this day.
    pub valid_until_before: Option<NaiveDate>,
    /// With this credit code.
    pub credit_code: Option<String>,
}

/// What a list of institutions can be ordered by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum InstitutionOrderField {
    /// By number.
    #[default]
    Key,
    /// By name, in the order of its characters.
    Name,
    /// By its last day, as told.
    ValidUntil,
}

impl InstitutionFilter {
    fn select(&self, engine: Engine, scope: &Scope) -> Select<Entity> {
        let mut condition = Condition::all();
        if let Some(region) = &self.region {
            condition = condition.add(Column::Region.starts_with(region.prefix()));
        }
        if let Some(statuses) = &self.statuses {
            condition = condition.add(Column::Status.is_in(statuses.iter().map(|status| status.as_str())));
        }
        if let Some(word) = &self.scope {
            let (backend, placeholder) = (engine.backend(), "$1");
            let members = rows::members(backend, "testing_institution.scope", "item");
            let holds = rows::holds(backend, "item.value", placeholder);
            let holds = format!("EXISTS (SELECT 1 FROM {members} WHERE {holds})");
            condition = condition.add(rows::with_value(engine, &holds, word));
        }
        if let Some(day) = self.valid_until_before {
            condition = condition.add(Column::ValidUntil.lt(day));
        }
        if let Some(code) = &self.credit_code {
            condition = condition.add(Column::CreditCode.eq(code));
        }
        Entity::visible(scope).filter(condition)
    }
}

impl List for InstitutionList {
    type Item = Model;

    async fn list(&self, db: &Database, scope: &Scope, request: &PageRequest) -> Result<Page<Model>> {
        let column = match self.order {
            InstitutionOrderField::Key => None,
            InstitutionOrderField::Name => Some((Column::Name, text_value as ReadValue)),
            InstitutionOrderField::ValidUntil => Some((Column::ValidUntil, date_value as ReadValue)),
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

    fn position(&self, institution: &Model) -> Position {
        Position {
            value: match self.order {
                InstitutionOrderField::Key => None,
                InstitutionOrderField::Name => Some(institution.name.clone()),
                InstitutionOrderField::ValidUntil => institution.valid_until.map(|day| day.to_string()),
            },
            key: institution.key.clone(),
        }
    }
}
