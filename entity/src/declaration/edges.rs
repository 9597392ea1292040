//! The edges of declarations, each declared once: the declarations of an enterprise, a standard or a product.
//!
//! An edge gives the first declarations of every parent, newest first, so that a page of parents costs one statement.

use std::collections::HashMap;

use super::model::Model;
use crate::db::{edge, rows};
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

impl edge::Parent for Parent {
    const TABLE: &'static str = "declaration";
    const ORDER: &'static str = "d.declared_on DESC, d.key DESC";

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
    edge::first_of(db, scope, wanted).await
}

/// How many declarations each parent has.
pub async fn counts_of(
    db: &Database,
    scope: &Scope,
    wanted: &[(Parent, String)],
) -> Result<HashMap<(Parent, String), u64>> {
    edge::counts_of(db, scope, wanted).await
}
