//! Lists of declarations: which, and in which order.

use chrono::NaiveDate;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, Condition, PaginatorTrait, QueryFilter, Select};

use super::finding::FindingRule;
use super::model::{Column, Entity, Model};
use super::term::{DeclarationFlag, DeclarationStatus};
use crate::access::Visible;
use crate::db::{Engine, rows};
use crate::enterprise::is_of_enterprise;
use crate::limit::weaker_indicators;
use crate::page::{Direction, Keyset, List, Page, PageRequest, Position, ReadValue, date_value};
use crate::standard::{DateRange, not_in_force};
use crate::value::{RegionCode, StandardKind};
use crate::{Database, Result, Scope};

/// A list of declarations.
#[derive(Debug, Clone, Default)]
pub struct DeclarationList {
    /// Which declarations.
    pub filter: DeclarationFilter,
    /// By what.
    pub order: DeclarationOrderField,
    /// Up or down.
    pub direction: Direction,
}

/// Which declarations are wanted: every condition that is set must hold.
#[derive(Debug, Clone, Default)]
pub struct DeclarationFilter {
    /// Of this enterprise, by its key; what was declared before its credit code was known is its own, too.
    pub enterprise: Option<String>,
    /// Of this standard, by the key of its number.
    pub standard: Option<String>,
    /// For this product, by its key, in any version that is known now.
    pub product: Option<String>,
    /// A test method names this standard, by the key of its number.
    pub cites: Option<String>,
    /// The standard is of one of these levels.
    pub kinds: Option<Vec<StandardKind>>,
    /// In one of these states.
    pub statuses: Option<Vec<DeclarationStatus>>,
    /// 公开时间 of the last version.
    pub declared: DateRange,
    /// Of enterprises of this region or what lies in it.
    pub region: Option<RegionCode>,
    /// With one of these findings.
    pub findings: Option<FindingFilter>,
    /// Carrying this quality flag.
    pub flag: Option<DeclarationFlag>,
}

/// A condition on findings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FindingFilter {
    /// At least one of these.
    pub rules: Vec<FindingRule>,
    /// Judged on this day.
    pub on: NaiveDate,
}

/// What a list of declarations can be ordered by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum DeclarationOrderField {
    /// By enterprise and standard.
    #[default]
    Key,
    /// By the declaring day of the last version.
    DeclaredOn,
}

impl DeclarationFilter {
    fn select(&self, engine: Engine, scope: &Scope) -> Select<Entity> {
        let mut condition = Condition::all();
        if let Some(enterprise) = &self.enterprise {
            let owned = is_of_enterprise(scope, "declaration.owner_key");
            condition = condition.add(rows::with_value(engine, &owned, enterprise));
        }
        if let Some(standard) = &self.standard {
            condition = condition.add(Column::StandardKey.eq(standard));
        }
        if let Some(product) = &self.product {
            let made = "declaration.key IN (SELECT x.declaration_key FROM standard_execution x \
                        WHERE x.product_key = $1 AND x.known_until IS NULL)";
            condition = condition.add(rows::with_value(engine, made, product));
        }
        if let Some(cited) = &self.cites {
            let cites = "declaration.key IN (SELECT x.declaration_key FROM declaration_citation x WHERE x.standard_key = $1)";
            condition = condition.add(rows::with_value(engine, cites, cited));
        }
        if let Some(kinds) = &self.kinds {
            condition = condition.add(Column::StandardKind.is_in(kinds.iter().map(|kind| kind.as_str())));
        }
        if let Some(statuses) = &self.statuses {
            condition = condition.add(Column::Status.is_in(statuses.iter().map(|status| status.as_str())));
        }
        if let Some(region) = &self.region {
            condition = condition.add(Column::Region.starts_with(region.prefix()));
        }
        if let Some(flag) = self.flag {
            condition = condition.add(Column::Flags.contains(format!("\"{}\"", flag.as_str())));
        }
        condition = self.declared.add(condition, Column::DeclaredOn);
        if let Some(findings) = &self.findings {
            condition = condition.add(Expr::cust(findings.sql(engine, scope)));
        }
        Entity::visible(scope).filter(condition)
    }
}

impl FindingFilter {
    /// The condition over the table `declaration`: the same declarations as [`super::finding::findings`] finds fault with.
    pub(crate) fn sql(&self, engine: Engine, scope: &Scope) -> String {
        let mut any: Vec<String> = Vec::new();
        let own: Vec<String> = self
            .rules
            .iter()
            .filter(|rule| rule.is_own())
            .map(|rule| format!("'{}'", rule.as_str()))
            .collect();
        if !own.is_empty() {
            any.push(format!(
                "declaration.key IN (SELECT f.declaration_key FROM declaration_finding f WHERE f.rule IN ({}))",
                own.join(", ")
            ));
        }
        let seen = scope.sql("s");
        let gone = not_in_force(scope, "s", self.on);
        for rule in &self.rules {
            any.extend(match rule {
                FindingRule::StandardNotInForce => Some(format!(
                    "EXISTS (SELECT 1 FROM standard s WHERE s.key = declaration.standard_key AND {seen} AND {gone})"
                )),
                FindingRule::CitedStandardNotInForce => Some(format!(
                    "EXISTS (SELECT 1 FROM declaration_citation x JOIN standard s ON s.key = x.standard_key AND {seen} \
                     WHERE x.declaration_key = declaration.key AND {gone})"
                )),
                FindingRule::BelowMandatoryLimit => Some(weaker_indicators(engine, scope, self.on)),
                FindingRule::EnterpriseRenamed => Some(format!(
                    "EXISTS (SELECT 1 FROM enterprise known JOIN enterprise s ON s.key = coalesce(known.merged_into, known.key) AND {seen} \
                     WHERE known.key = declaration.owner_key AND declaration.enterprise_name_key <> s.name_key)"
                )),
                _ => None,
            });
        }
        if any.is_empty() {
            return "1 = 0".to_owned();
        }
        format!(
            "(declaration.status IN ('CURRENT', 'UNKNOWN') AND ({}))",
            any.join(" OR ")
        )
    }
}

impl FindingRule {
    /// Whether the finding follows from the declaration alone.
    fn is_own(self) -> bool {
        matches!(
            self,
            Self::TestMethodMissing | Self::IndicatorsMissing | Self::NumberForm | Self::DeclaredLate
        )
    }
}

impl List for DeclarationList {
    type Item = Model;

    async fn list(&self, db: &Database, scope: &Scope, request: &PageRequest) -> Result<Page<Model>> {
        let column = match self.order {
            DeclarationOrderField::Key => None,
            DeclarationOrderField::DeclaredOn => Some((Column::DeclaredOn, date_value as ReadValue)),
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

    fn position(&self, declaration: &Model) -> Position {
        Position {
            value: match self.order {
                DeclarationOrderField::Key => None,
                DeclarationOrderField::DeclaredOn => Some(declaration.declared_on.to_string()),
            },
            key: declaration.key.clone(),
        }
    }
}
