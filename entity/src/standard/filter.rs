//! Lists of standards: which, and in which order.

use chrono::NaiveDate;
use sea_orm::sea_query::{Expr, ExprTrait, Query};
use sea_orm::{ColumnTrait, Condition, PaginatorTrait, QueryFilter, Select};

use super::model::{Column, Entity, Model};
use super::term::{StandardFlag, StandardStatus};
use crate::access::Visible;
use crate::page::{Direction, Keyset, List, Page, PageRequest, Position, ReadValue, date_value};
use crate::value::{RegionCode, StandardKind, StandardNature};
use crate::{Database, Result, Scope};

/// A list of standards.
#[derive(Debug, Clone, Default)]
pub struct StandardList {
    /// Which standards.
    pub filter: StandardFilter,
    /// In which order.
    pub order: StandardOrder,
}

/// Which standards are wanted: every condition that is set must hold.
#[derive(Debug, Clone, Default)]
pub struct StandardFilter {
    /// One of these levels.
    pub kinds: Option<Vec<StandardKind>>,
    /// One of these natures.
    pub natures: Option<Vec<StandardNature>>,
    /// One of these reported statuses.
    pub statuses_reported: Option<Vec<StandardStatus>>,
    /// An edition of this chain: key of the number without its year.
    pub base: Option<String>,
    /// ICS code.
    pub ics: CodeFilter,
    /// CCS code.
    pub ccs: CodeFilter,
    /// 发布日期
    pub issued: DateRange,
    /// 实施日期
    pub effective: DateRange,
    /// Carrying this quality flag.
    pub flag: Option<StandardFlag>,
    /// 地方标准 of this region or what lies in it.
    pub region: Option<RegionCode>,
}

/// A condition on a classification code.
#[derive(Debug, Clone, Default)]
pub struct CodeFilter {
    /// Exactly this code.
    pub eq: Option<String>,
    /// A code that begins so.
    pub starts_with: Option<String>,
}

/// A range of days, both ends included.
#[derive(Debug, Clone, Copy, Default)]
pub struct DateRange {
    /// Not before.
    pub from: Option<NaiveDate>,
    /// Not after.
    pub until: Option<NaiveDate>,
}

/// The order of a list of standards.
#[derive(Debug, Clone, Copy, Default)]
pub struct StandardOrder {
    /// By what.
    pub field: StandardOrderField,
    /// Up or down.
    pub direction: Direction,
}

/// What a list of standards can be ordered by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum StandardOrderField {
    /// By the key of the number.
    #[default]
    Number,
    /// By the day of issue.
    IssuedOn,
    /// By the day of taking effect.
    EffectiveOn,
}

impl StandardFilter {
    fn select(&self, scope: &Scope) -> Select<Entity> {
        let mut condition = Condition::all();
        if let Some(kinds) = &self.kinds {
            condition = condition.add(Column::Kind.is_in(kinds.iter().map(|kind| kind.as_str())));
        }
        if let Some(natures) = &self.natures {
            condition = condition.add(Column::Nature.is_in(natures.iter().map(|nature| nature.as_str())));
        }
        if let Some(statuses) = &self.statuses_reported {
            condition =
                condition.add(Column::StatusReported.is_in(statuses.iter().map(|status| status.as_str())));
        }
        if let Some(base) = &self.base {
            condition = condition.add(Column::BaseKey.eq(base));
        }
        if let Some(flag) = self.flag {
            condition = condition.add(Column::Flags.contains(format!("\"{}\"", flag.as_str())));
        }
        if let Some(region) = &self.region {
            condition = condition.add(Column::Region.starts_with(region.prefix()));
        }
        condition = self.ics.add(condition, "ICS");
        condition = self.ccs.add(condition, "CCS");
        condition = self.issued.add(condition, Column::IssuedOn);
        condition = self.effective.add(condition, Column::EffectiveOn);
        Entity::visible(scope).filter(condition)
    }
}

impl List for StandardList {
    type Item = Model;

    async fn list(&self, db: &Database, scope: &Scope, request: &PageRequest) -> Result<Page<Model>> {
        let column = match self.order.field {
            StandardOrderField::Number => None,
            StandardOrderField::IssuedOn => Some((Column::IssuedOn, date_value as ReadValue)),
            StandardOrderField::EffectiveOn => Some((Column::EffectiveOn, date_value as ReadValue)),
        };
        let keyset = Keyset {
            column,
            key: Column::Key,
            direction: self.order.direction,
        };
        keyset.page(db.reader(), self.filter.select(scope), request).await
    }

    async fn count(&self, db: &Database, scope: &Scope) -> Result<u64> {
        Ok(self.filter.select(scope).count(db.reader()).await?)
    }

    fn position(&self, standard: &Model) -> Position {
        let value = match self.order.field {
            StandardOrderField::Number => None,
            StandardOrderField::IssuedOn => standard.issued_on,
            StandardOrderField::EffectiveOn => standard.effective_on,
        };
        Position {
            value: value.map(|date| date.to_string()),
            key: standard.key.clone(),
        }
    }
}

impl CodeFilter {
    fn add(&self, condition: Condition, scheme: &str) -> Condition {
        if self.eq.is_none() && self.starts_with.is_none() {
            return condition;
        }
        let code = || Expr::col("code");
        let mut matching = Query::select();
        matching
            .column("standard_key")
            .from("standard_classification")
            .and_where(Expr::col("scheme").eq(scheme));
        if let Some(exact) = &self.eq {
            matching.and_where(code().eq(exact));
        }
        if let Some(prefix) = &self.starts_with {
            // A range rather than LIKE: codes are ordered by bytes on both engines, so the index serves it.
            matching
                .and_where(code().gte(prefix))
                .and_where(code().lt(format!("{prefix}\u{10FFFF}")));
        }
        condition.add(Column::Key.in_subquery(matching))
    }
}

impl DateRange {
    /// The condition that a column lies in the range.
    pub(crate) fn add(&self, mut condition: Condition, column: impl ColumnTrait) -> Condition {
        if let Some(from) = self.from {
            condition = condition.add(column.gte(from));
        }
        if let Some(until) = self.until {
            condition = condition.add(column.lte(until));
        }
        condition
    }
}
