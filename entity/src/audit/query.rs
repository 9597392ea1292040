//! Reading the trail.

use chrono::{DateTime, Utc};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, Select, Value};

use super::entry::Decision;
use super::escape::escape;
use super::model::{Column, Entity, Model};
use crate::access::Permission;
use crate::db::rows;
use crate::page::{Direction, Keyset, List, Page, PageRequest, Position};
use crate::{Database, Error, Result, Scope};

/// Which entries are wanted.
#[derive(Debug, Clone, Default)]
pub struct AuditFilter {
    /// By this actor (`issuer#subject`).
    pub actor: Option<String>,
    /// Allowed or refused.
    pub decision: Option<Decision>,
    /// About this kind of thing.
    pub object_kind: Option<String>,
    /// About the thing with this key.
    pub object: Option<String>,
    /// Of this request.
    pub request_id: Option<String>,
    /// Written at this instant or later.
    pub since: Option<DateTime<Utc>>,
    /// Written before this instant.
    pub until: Option<DateTime<Utc>>,
}

impl AuditFilter {
    /// None for a reader who may not see the trail: it answers as if it were empty.
    fn select(&self, db: &Database, scope: &Scope) -> Result<Option<Select<Entity>>> {
        if !scope.allows(Permission::ReadAudit) {
            return Ok(None);
        }
        let mut select = Entity::find();
        let equal = [
            (Column::Actor, self.actor.as_deref()),
            (Column::Decision, self.decision.map(Decision::as_str)),
            (Column::ObjectKind, self.object_kind.as_deref()),
            (Column::RequestId, self.request_id.as_deref()),
        ];
        for (column, value) in equal {
            if let Some(value) = value {
                select = select.filter(column.eq(escape(value)));
            }
        }
        if let Some(key) = &self.object {
            let member = serde_json::to_string(&escape(key))
                .map_err(|cause| Error::inconsistent("audit filter", cause))?;
            let sql = rows::holds(db.engine().backend(), "object_ids", "$1");
            select = select.filter(rows::with_value(db.engine(), &sql, &member));
        }
        if let Some(since) = self.since {
            select = select.filter(Column::At.gte(since));
        }
        if let Some(until) = self.until {
            select = select.filter(Column::At.lt(until));
        }
        Ok(Some(select))
    }
}

/// Parses the number of an entry inside a cursor.
fn seq_value(text: &str) -> Option<Value> {
    text.parse::<i64>().ok().map(Value::from)
}

impl List for AuditFilter {
    type Item = Model;

    /// The newest first.
    async fn list(&self, db: &Database, scope: &Scope, page: &PageRequest) -> Result<Page<Model>> {
        let Some(select) = self.select(db, scope)? else {
            return Ok(Page {
                items: Vec::new(),
                has_previous: false,
                has_next: false,
            });
        };
        let keyset = Keyset {
            column: Some((Column::Seq, seq_value)),
            key: Column::Hash,
            direction: Direction::Desc,
        };
        keyset.page(db.reader(), select, page).await
    }

    async fn count(&self, db: &Database, scope: &Scope) -> Result<u64> {
        match self.select(db, scope)? {
            Some(select) => Ok(select.count(db.reader()).await?),
            None => Ok(0),
        }
    }

    fn position(&self, entry: &Model) -> Position {
        Position {
            value: Some(entry.seq.to_string()),
            key: entry.hash.clone(),
        }
    }
}
