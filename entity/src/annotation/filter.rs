//! Lists of annotations, by when they were last written.

use sea_orm::{ColumnTrait, Condition, PaginatorTrait, QueryFilter, Select};

use super::model::{Column, Entity, Model};
use super::term::AnnotationKind;
use crate::access::Visible;
use crate::clock::instant_text;
use crate::declaration::FindingRule;
use crate::embargo::Stage;
use crate::page::{Direction, Keyset, List, Page, PageRequest, Position, instant_value};
use crate::value::RegionCode;
use crate::{Database, Result, Scope};

/// A list of annotations.
#[derive(Debug, Clone, Default)]
pub struct AnnotationList {
    /// Which annotations.
    pub filter: AnnotationFilter,
    /// The oldest or the newest first.
    pub direction: Direction,
}

/// Which annotations are wanted: every condition that is set must hold.
#[derive(Debug, Clone, Default)]
pub struct AnnotationFilter {
    /// On this declaration, by its key.
    pub declaration: Option<String>,
    /// At one of these stages.
    pub stages: Option<Vec<Stage>>,
    /// Of one of these kinds.
    pub kinds: Option<Vec<AnnotationKind>>,
    /// About a finding of one of these rules.
    pub rules: Option<Vec<FindingRule>>,
    /// Of bureaus of this region or what lies in it.
    pub region: Option<RegionCode>,
}

impl AnnotationFilter {
    fn select(&self, scope: &Scope) -> Select<Entity> {
        let mut condition = Condition::all();
        if let Some(declaration) = &self.declaration {
            condition = condition.add(Column::DeclarationKey.eq(declaration));
        }
        if let Some(stages) = &self.stages {
            condition = condition.add(Column::Stage.is_in(stages.iter().map(|stage| stage.as_str())));
        }
        if let Some(kinds) = &self.kinds {
            condition = condition.add(Column::Kind.is_in(kinds.iter().map(|kind| kind.as_str())));
        }
        if let Some(rules) = &self.rules {
            condition = condition.add(Column::Rule.is_in(rules.iter().map(|rule| rule.as_str())));
        }
        if let Some(region) = &self.region {
            condition = condition.add(Column::Region.starts_with(region.prefix()));
        }
        Entity::visible(scope).filter(condition)
    }
}

impl List for AnnotationList {
    type Item = Model;

    async fn list(&self, db: &Database, scope: &Scope, request: &PageRequest) -> Result<Page<Model>> {
        let keyset = Keyset {
            column: Some((Column::ChangedAt, instant_value)),
            key: Column::Key,
            direction: self.direction,
        };
        let reader = db.reading(scope).await?;
        keyset.page(&reader, self.filter.select(scope), request).await
    }

    async fn count(&self, db: &Database, scope: &Scope) -> Result<u64> {
        let reader = db.reading(scope).await?;
        Ok(self.filter.select(scope).count(&reader).await?)
    }

    fn position(&self, annotation: &Model) -> Position {
        Position {
            value: Some(instant_text(annotation.changed_at)),
            key: annotation.key.clone(),
        }
    }
}
