//! The edges of standards, each declared once: what it joins, in which order, and who may see the other side.

use std::collections::HashMap;

use chrono::NaiveDate;
use sea_orm::{QueryFilter, QueryOrder};

use super::model::{Column, Entity, Model};
use super::status::Successor;
use crate::access::Visible;
use crate::db::rows;
use crate::{Database, Result, Scope};

/// The other side of a succession.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Succession {
    /// The key of the other standard; the catalogue may not hold it.
    pub key: String,
    /// Its number.
    pub number: String,
    /// 部分代替: only a part was replaced, as every record says that names the pair.
    pub partial: bool,
    /// 实施日期 of the other standard, where the catalogue holds it.
    pub effective_on: Option<NaiveDate>,
}

impl From<&Succession> for Successor {
    fn from(succession: &Succession) -> Self {
        Self {
            number: succession.number.clone(),
            effective_on: succession.effective_on,
            partial: succession.partial,
        }
    }
}

/// 被代替: the standards that take the place of each of `keys`, by key.
pub async fn successors(
    db: &Database,
    scope: &Scope,
    keys: &[String],
) -> Result<HashMap<String, Vec<Succession>>> {
    succession(db, scope, keys, "predecessor", "successor").await
}

/// 代替: the standards whose place each of `keys` takes, by key.
pub async fn predecessors(
    db: &Database,
    scope: &Scope,
    keys: &[String],
) -> Result<HashMap<String, Vec<Succession>>> {
    succession(db, scope, keys, "successor", "predecessor").await
}

/// Several records can name one pair; the pair is partial only if all of them say so. A record that the reader may not
/// see says nothing.
async fn succession(
    db: &Database,
    scope: &Scope,
    keys: &[String],
    from: &str,
    to: &str,
) -> Result<HashMap<String, Vec<Succession>>> {
    let reader = db.reader();
    let from_in = rows::keys_in(reader.get_database_backend(), &format!("l.{from}_key"), 1);
    let (heard, seen) = (scope.sql("c"), scope.sql("s"));
    let sql = format!(
        "SELECT l.{from}_key AS owner, l.{to}_key AS key, max(l.{to}_number) AS number, \
         min(CASE WHEN l.partial THEN 1 ELSE 0 END) AS partial, max(s.effective_on) AS effective_on \
         FROM standard_succession l JOIN standard c ON c.key = l.claimed_by AND {heard} LEFT JOIN standard s ON s.key = l.{to}_key AND {seen} \
         WHERE {from_in} GROUP BY l.{from}_key, l.{to}_key ORDER BY l.{from}_key, l.{to}_key"
    );
    let mut by_owner: HashMap<String, Vec<Succession>> = HashMap::new();
    for row in rows::query(reader, sql, [rows::parameter(keys)?]).await? {
        by_owner
            .entry(row.try_get("", "owner")?)
            .or_default()
            .push(Succession {
                key: row.try_get("", "key")?,
                number: row.try_get("", "number")?,
                partial: row.try_get::<i32>("", "partial")? == 1,
                effective_on: row.try_get("", "effective_on")?,
            });
    }
    Ok(by_owner)
}

/// 修改单: the amendments of each of `keys`, by key.
pub async fn amended_by(
    db: &Database,
    scope: &Scope,
    keys: &[String],
) -> Result<HashMap<String, Vec<Model>>> {
    let amendments = Entity::visible(scope)
        .filter(rows::in_keys(db.engine(), "amends_key", keys)?)
        .order_by_asc(Column::AmendsKey)
        .order_by_asc(Column::Key)
        .all(db.reader())
        .await?;
    let mut by_owner: HashMap<String, Vec<Model>> = HashMap::new();
    for amendment in amendments {
        if let Some(owner) = amendment.amends_key.clone() {
            by_owner.entry(owner).or_default().push(amendment);
        }
    }
    Ok(by_owner)
}
