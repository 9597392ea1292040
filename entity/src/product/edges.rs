//! The edges of products, each declared once: the products of an enterprise or of a declaration.

use std::collections::HashMap;

use super::model::Model;
use crate::db::{edge, rows};
use crate::{Database, Result, Scope};

/// What products belong to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Parent {
    /// The enterprise that makes or sells them, whatever it was known by.
    Enterprise,
    /// A declaration: the products that a version known now covers.
    Declaration,
}

impl edge::Parent for Parent {
    const TABLE: &'static str = "product";
    const ORDER: &'static str = "d.key";

    fn pairs(self, backend: sea_orm::DbBackend, scope: &Scope) -> String {
        match self {
            Self::Enterprise => format!(
                "SELECT coalesce(e.merged_into, e.key) AS parent, p.key FROM enterprise e JOIN product p ON p.owner_key = e.key \
                 WHERE {} AND ({} OR {})",
                scope.sql("e"),
                rows::keys_in(backend, "e.key", 1),
                rows::keys_in(backend, "e.merged_into", 1),
            ),
            Self::Declaration => format!(
                "SELECT DISTINCT x.declaration_key AS parent, x.product_key AS key FROM standard_execution x \
                 WHERE x.known_until IS NULL AND {}",
                rows::keys_in(backend, "x.declaration_key", 1),
            ),
        }
    }
}

/// The first products of each parent: as many as it asks for.
pub async fn first_of(
    db: &Database,
    scope: &Scope,
    wanted: &[(Parent, String, u64)],
) -> Result<HashMap<(Parent, String, u64), Vec<Model>>> {
    edge::first_of(db, scope, wanted).await
}

/// How many products each parent has.
pub async fn counts_of(
    db: &Database,
    scope: &Scope,
    wanted: &[(Parent, String)],
) -> Result<HashMap<(Parent, String), u64>> {
    edge::counts_of(db, scope, wanted).await
}
