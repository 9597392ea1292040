//! Edges from a parent to many rows: the first rows of every parent, and how many there are, in one statement for a page
//! of parents.

use std::collections::{BTreeMap, HashMap};

use sea_orm::{DatabaseExecutor, DbBackend, FromQueryResult};

use super::rows;
use crate::{Database, Result, Scope};

/// What rows of a table belong to.
pub(crate) trait Parent: Copy + Ord + std::hash::Hash {
    /// The table of the rows.
    const TABLE: &'static str;
    /// Their order within a parent; `d` stands for the table.
    const ORDER: &'static str;
    /// Whether rows can belong to an enterprise: there is a column `owner`.
    const OWNED: bool = false;

    /// A statement that gives the pairs `parent` and `key` of the row, for the parents in parameter `$1`.
    fn pairs(self, backend: DbBackend, scope: &Scope) -> String;

    /// Whether the reader may see the row `d`.
    fn seen(self, scope: &Scope) -> String {
        if Self::OWNED {
            scope.sql_owned("d")
        } else {
            scope.sql("d")
        }
    }
}

/// What the rows are read through: a table of rows that can belong to an enterprise has a wall.
async fn reading<'d, P: Parent>(db: &'d Database, scope: &Scope) -> Result<DatabaseExecutor<'d>> {
    if P::OWNED {
        db.reading(scope).await
    } else {
        Ok(DatabaseExecutor::Connection(db.reader()))
    }
}

/// The first rows of each parent: as many as it asks for.
pub(crate) async fn first_of<P: Parent, M: FromQueryResult>(
    db: &Database,
    scope: &Scope,
    wanted: &[(P, String, u64)],
) -> Result<HashMap<(P, String, u64), Vec<M>>> {
    let mut alike: BTreeMap<(P, u64), Vec<&str>> = BTreeMap::new();
    for (parent, key, limit) in wanted {
        alike.entry((*parent, *limit)).or_default().push(key);
    }
    let reader = reading::<P>(db, scope).await?;
    let mut found: HashMap<_, Vec<M>> = HashMap::new();
    for ((parent, limit), keys) in alike {
        let sql = format!(
            "SELECT * FROM (SELECT d.*, p.parent, row_number() OVER (PARTITION BY p.parent ORDER BY {order}) AS place \
             FROM ({pairs}) p JOIN {table} d ON d.key = p.key AND {seen}) AS ranked WHERE place <= $2 ORDER BY parent, place",
            order = P::ORDER,
            pairs = parent.pairs(db.engine().backend(), scope),
            table = P::TABLE,
            seen = parent.seen(scope),
        );
        let most = i64::try_from(limit).unwrap_or(i64::MAX);
        for row in rows::query(&reader, sql, [rows::parameter(&keys)?, most.into()]).await? {
            let key = (parent, row.try_get("", "parent")?, limit);
            found
                .entry(key)
                .or_default()
                .push(M::from_query_result(&row, "")?);
        }
    }
    Ok(found)
}

/// How many rows each parent has.
pub(crate) async fn counts_of<P: Parent>(
    db: &Database,
    scope: &Scope,
    wanted: &[(P, String)],
) -> Result<HashMap<(P, String), u64>> {
    let mut alike: BTreeMap<P, Vec<&str>> = BTreeMap::new();
    for (parent, key) in wanted {
        alike.entry(*parent).or_default().push(key);
    }
    let reader = reading::<P>(db, scope).await?;
    let mut found = HashMap::new();
    for (parent, keys) in alike {
        let sql = format!(
            "SELECT p.parent, count(*) AS rows FROM ({}) p JOIN {} d ON d.key = p.key AND {} GROUP BY p.parent",
            parent.pairs(db.engine().backend(), scope),
            P::TABLE,
            parent.seen(scope),
        );
        for row in rows::query(&reader, sql, [rows::parameter(&keys)?]).await? {
            let count: i64 = row.try_get("", "rows")?;
            found.insert(
                (parent, row.try_get("", "parent")?),
                u64::try_from(count).unwrap_or(0),
            );
        }
    }
    Ok(found)
}
