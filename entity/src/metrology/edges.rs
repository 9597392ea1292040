//! The edges of instruments: those of an enterprise, and those that name a type approval.

use std::collections::HashMap;

use super::model::Model;
use crate::db::{edge, rows};
use crate::{Database, Result, Scope};

/// What instruments belong to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Parent {
    /// The enterprise that uses them, whatever it was known by.
    Enterprise,
    /// The type approval that they name.
    TypeApproval,
}

impl edge::Parent for Parent {
    const TABLE: &'static str = "measuring_instrument";
    const ORDER: &'static str = "d.key";
    const OWNED: bool = true;

    fn pairs(self, backend: sea_orm::DbBackend, scope: &Scope) -> String {
        match self {
            Self::Enterprise => format!(
                "SELECT coalesce(e.merged_into, e.key) AS parent, i.key FROM enterprise e \
                 JOIN measuring_instrument i ON i.owner_key = e.key AND i.merged_into IS NULL WHERE {} AND ({} OR {})",
                scope.sql("e"),
                rows::keys_in(backend, "e.key", 1),
                rows::keys_in(backend, "e.merged_into", 1),
            ),
            Self::TypeApproval => format!(
                "SELECT i.type_approval_key AS parent, i.key FROM measuring_instrument i WHERE i.merged_into IS NULL AND {}",
                rows::keys_in(backend, "i.type_approval_key", 1),
            ),
        }
    }
}

/// The first instruments of each parent: as many as it asks for.
pub async fn first_of(
    db: &Database,
    scope: &Scope,
    wanted: &[(Parent, String, u64)],
) -> Result<HashMap<(Parent, String, u64), Vec<Model>>> {
    edge::first_of(db, scope, wanted).await
}

/// How many instruments each parent has.
pub async fn counts_of(
    db: &Database,
    scope: &Scope,
    wanted: &[(Parent, String)],
) -> Result<HashMap<(Parent, String), u64>> {
    edge::counts_of(db, scope, wanted).await
}
