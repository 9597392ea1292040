//! The edges of declarations, each declared once: the declarations of an enterprise, a standard or a product.
//!
//! An edge gives the first declarations of every parent, newest first, so that a page of parents costs one statement.

use std::collections::{BTreeMap, HashMap};

use sea_orm::FromQueryResult;

use super::model::Model;
use crate::db::rows;
use crate::{Database, Result, Scope};

/// What declarations belong to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Parent {
    /// The enterprise that declares, whatever it was known by.
    Enterprise,
    /// The declared standard.
    Standard,
    /// A product that a version known now covers.
    Product,
}

impl Parent {
    /// The pairs of parent and declaration, for the parents in parameter `$1`.
    fn pairs(self, backend: sea_orm::DbBackend, scope: &Scope) -> String {
        match self {
            Self::Enterprise => format!(
                "SELECT coalesce(e.merged_into, e.key) AS parent, d.key FROM enterprise e JOIN declaration d ON d.owner_key = e.key \
                 WHERE {} AND ({} OR {})",
                scope.sql("e"),
                rows::keys_in(backend, "e.key", 1),
                rows::keys_in(backend, "e.merged_into", 1),
            ),
            Self::Standard => format!(
                "SELECT d.standard_key AS parent, d.key FROM declaration d WHERE {}",
                rows::keys_in(backend, "d.standard_key", 1),
            ),
            Self::Product => format!(
                "SELECT DISTINCT x.product_key AS parent, x.declaration_key AS key FROM standard_execution x \
                 WHERE x.known_until IS NULL AND {}",
                rows::keys_in(backend, "x.product_key", 1),
            ),
        }
    }
}

/// The first declarations of each parent, newest first: as many as it asks for.
pub async fn first_of(
    db: &Database,
    scope: &Scope,
    wanted: &[(Parent, String, u64)],
) -> Result<HashMap<(Parent, String, u64), Vec<Model>>> {
    let mut alike: BTreeMap<(Parent, u64), Vec<&str>> = BTreeMap::new();
    for (parent, key, limit) in wanted {
        alike.entry((*parent, *limit)).or_default().push(key);
    }
    let mut found: HashMap<_, Vec<Model>> = HashMap::new();
    for ((parent, limit), keys) in alike {
        let sql = format!(
            "SELECT * FROM (SELECT d.*, p.parent, row_number() OVER (PARTITION BY p.parent ORDER BY d.declared_on DESC, d.key DESC) AS place \
             FROM ({}) p JOIN declaration d ON d.key = p.key AND {}) AS ranked WHERE place <= $2 ORDER BY parent, place",
            parent.pairs(db.reader().get_database_backend(), scope),
            scope.sql("d")
        );
        let most = i64::try_from(limit).unwrap_or(i64::MAX);
        for row in rows::query(db.reader(), sql, [rows::parameter(&keys)?, most.into()]).await? {
            let key = (parent, row.try_get("", "parent")?, limit);
            found
                .entry(key)
                .or_default()
                .push(Model::from_query_result(&row, "")?);
        }
    }
    Ok(found)
}

/// How many declarations each parent has.
pub async fn counts_of(
    db: &Database,
    scope: &Scope,
    wanted: &[(Parent, String)],
) -> Result<HashMap<(Parent, String), u64>> {
    let mut alike: BTreeMap<Parent, Vec<&str>> = BTreeMap::new();
    for (parent, key) in wanted {
        alike.entry(*parent).or_default().push(key);
    }
    let mut found = HashMap::new();
    for (parent, keys) in alike {
        let sql = format!(
            "SELECT p.parent, count(*) AS rows FROM ({}) p JOIN declaration d ON d.key = p.key AND {} GROUP BY p.parent",
            parent.pairs(db.reader().get_database_backend(), scope),
            scope.sql("d")
        );
        for row in rows::query(db.reader(), sql, [rows::parameter(&keys)?]).await? {
            let count: i64 = row.try_get("", "rows")?;
            found.insert(
                (parent, row.try_get("", "parent")?),
                u64::try_from(count).unwrap_or(0),
            );
        }
    }
    Ok(found)
}
