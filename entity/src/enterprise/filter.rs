//! Lists of enterprises: which, and in which order.

use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, Condition, PaginatorTrait, QueryFilter, Select};

use super::model::{Column, Entity, Model};
use super::term::{EnterpriseFlag, EnterpriseStatus};
use crate::access::Visible;
use crate::db::{Engine, rows};
use crate::declaration::FindingFilter;
use crate::page::{Direction, Keyset, List, Page, PageRequest, Position, ReadValue, text_value};
use crate::value::{EnterpriseName, RegionCode};
use crate::{Database, Result, Scope};

/// A list of enterprises.
#[derive(Debug, Clone, Default)]
pub struct EnterpriseList {
    /// Which enterprises.
    pub filter: EnterpriseFilter,
    /// By what.
    pub order: EnterpriseOrderField,
    /// Up or down.
    pub direction: Direction,
}

/// Which enterprises are wanted: every condition that is set must hold.
#[derive(Debug, Clone, Default)]
pub struct EnterpriseFilter {
    /// Called so, now or before, in any spelling.
    pub name: Option<EnterpriseName>,
    /// Of this region or what lies in it.
    pub region: Option<RegionCode>,
    /// In one of these states.
    pub statuses: Option<Vec<EnterpriseStatus>>,
    /// Declaring this standard, by the key of its number, in a declaration that stands.
    pub declares: Option<String>,
    /// With a declaration that has one of these findings.
    pub findings: Option<FindingFilter>,
    /// Carrying this quality flag.
    pub flag: Option<EnterpriseFlag>,
}

/// What a list of enterprises can be ordered by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum EnterpriseOrderField {
    /// By credit code, or by name and province where there is none.
    #[default]
    Key,
    /// By name, in the order of its characters.
    Name,
}

impl EnterpriseFilter {
    fn select(&self, engine: Engine, scope: &Scope) -> Select<Entity> {
        // A record that turned out to be another is that other.
        let mut condition = Condition::all().add(Column::MergedInto.is_null());
        if let Some(name) = &self.name {
            let called = "(enterprise.name_key = $1 OR enterprise.key IN \
                          (SELECT n.enterprise_key FROM enterprise_former_name n WHERE n.name_key = $1))";
            condition = condition.add(rows::with_value(engine, called, name.key()));
        }
        if let Some(region) = &self.region {
            condition = condition.add(Column::Region.starts_with(region.prefix()));
        }
        if let Some(statuses) = &self.statuses {
            condition = condition.add(Column::Status.is_in(statuses.iter().map(|status| status.as_str())));
        }
        if let Some(flag) = self.flag {
            condition = condition.add(Column::Flags.contains(format!("\"{}\"", flag.as_str())));
        }
        if let Some(standard) = &self.declares {
            let declares = declaring(
                scope,
                "declaration.standard_key = $1 AND declaration.status IN ('CURRENT', 'UNKNOWN')",
            );
            condition = condition.add(rows::with_value(engine, &declares, standard));
        }
        if let Some(findings) = &self.findings {
            condition = condition.add(Expr::cust(declaring(scope, &findings.sql(engine, scope))));
        }
        Entity::visible(scope).filter(condition)
    }
}

/// The condition that a column names the enterprise in `$1`, by its key or by a name under which it was known before.
pub(crate) fn is_of_enterprise(scope: &Scope, column: &str) -> String {
    let seen = scope.sql("e");
    format!(
        "{column} IN (SELECT e.key FROM enterprise e WHERE {seen} AND (e.key = $1 OR e.merged_into = $1))"
    )
}

/// The enterprises with a declaration that the reader may see and that meets a condition.
fn declaring(scope: &Scope, condition: &str) -> String {
    let seen = scope.sql("declaration");
    format!(
        "enterprise.key IN (SELECT coalesce(owner.merged_into, owner.key) FROM declaration \
         JOIN enterprise owner ON owner.key = declaration.owner_key WHERE {seen} AND {condition})"
    )
}

impl List for EnterpriseList {
    type Item = Model;

    async fn list(&self, db: &Database, scope: &Scope, request: &PageRequest) -> Result<Page<Model>> {
        let column = match self.order {
            EnterpriseOrderField::Key => None,
            EnterpriseOrderField::Name => Some((Column::Name, text_value as ReadValue)),
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

    fn position(&self, enterprise: &Model) -> Position {
        Position {
            value: match self.order {
                EnterpriseOrderField::Key => None,
                EnterpriseOrderField::Name => Some(enterprise.name.clone()),
            },
            key: enterprise.key.clone(),
        }
    }
}
