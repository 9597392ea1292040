//! Reading runs and quarantine.

use sea_orm::{ColumnTrait, PaginatorTrait, QueryFilter, Select};

use super::{quarantine, run};
use crate::access::Visible;
use crate::page::{Direction, Keyset, List, Page, PageRequest, Position, instant_value};
use crate::{Database, Result, Scope};

/// Which runs are wanted.
#[derive(Debug, Clone, Default)]
pub struct RunFilter {
    /// Of this source.
    pub source: Option<String>,
    /// In this state.
    pub state: Option<run::RunState>,
    /// Of this batch of the sender.
    pub batch: Option<String>,
}

/// Which rows in quarantine are wanted.
#[derive(Debug, Clone, Default)]
pub struct QuarantineFilter {
    /// Of this run.
    pub run: Option<String>,
    /// Of this source.
    pub source: Option<String>,
    /// With this code.
    pub code: Option<String>,
    /// OPEN or RESOLVED.
    pub state: Option<String>,
}

impl RunFilter {
    fn select(&self, scope: &Scope) -> Select<run::Entity> {
        let mut select = run::Entity::visible(scope);
        if let Some(source) = &self.source {
            select = select.filter(run::Column::Source.eq(source));
        }
        if let Some(state) = self.state {
            select = select.filter(run::Column::State.eq(state.as_str()));
        }
        if let Some(batch) = &self.batch {
            select = select.filter(run::Column::Batch.eq(batch));
        }
        select
    }
}

impl List for RunFilter {
    type Item = run::Model;

    /// The newest first.
    async fn list(&self, db: &Database, scope: &Scope, page: &PageRequest) -> Result<Page<run::Model>> {
        let keyset = Keyset {
            column: Some((run::Column::StartedAt, instant_value)),
            key: run::Column::Id,
            direction: Direction::Desc,
        };
        keyset.page(db.reader(), self.select(scope), page).await
    }

    async fn count(&self, db: &Database, scope: &Scope) -> Result<u64> {
        Ok(self.select(scope).count(db.reader()).await?)
    }

    fn position(&self, run: &run::Model) -> Position {
        Position {
            value: Some(crate::clock::instant_text(run.started_at)),
            key: run.id.clone(),
        }
    }
}

impl QuarantineFilter {
    fn select(&self, scope: &Scope) -> Select<quarantine::Entity> {
        use quarantine::Column;
        let mut select = quarantine::Entity::visible(scope);
        let wanted = [
            (Column::RunId, &self.run),
            (Column::Source, &self.source),
            (Column::Code, &self.code),
            (Column::State, &self.state),
        ];
        for (column, value) in wanted {
            if let Some(value) = value {
                select = select.filter(column.eq(value));
            }
        }
        select
    }
}

impl List for QuarantineFilter {
    type Item = quarantine::Model;

    /// By run and row.
    async fn list(
        &self,
        db: &Database,
        scope: &Scope,
        page: &PageRequest,
    ) -> Result<Page<quarantine::Model>> {
        let keyset = Keyset {
            column: None,
            key: quarantine::Column::Id,
            direction: Direction::Asc,
        };
        let reader = db.reading(scope).await?;
        keyset.page(&reader, self.select(scope), page).await
    }

    async fn count(&self, db: &Database, scope: &Scope) -> Result<u64> {
        let reader = db.reading(scope).await?;
        Ok(self.select(scope).count(&reader).await?)
    }

    fn position(&self, row: &quarantine::Model) -> Position {
        Position {
            value: None,
            key: row.id.clone(),
        }
    }
}
