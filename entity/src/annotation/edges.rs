//! The edge of annotations: those of a declaration, newest first.

use std::collections::HashMap;

use super::model::Model;
use crate::db::{edge, rows};
use crate::{Database, Result, Scope};

/// What annotations belong to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Parent {
    /// The declaration that they speak about.
    Declaration,
}

impl edge::Parent for Parent {
    const TABLE: &'static str = "annotation";
    const ORDER: &'static str = "d.changed_at DESC, d.key DESC";
    const OWNED: bool = true;

    fn pairs(self, backend: sea_orm::DbBackend, _scope: &Scope) -> String {
        match self {
            Self::Declaration => format!(
                "SELECT a.declaration_key AS parent, a.key FROM annotation a WHERE {}",
                rows::keys_in(backend, "a.declaration_key", 1),
            ),
        }
    }
}

/// The first annotations of each parent: as many as it asks for.
pub async fn first_of(
    db: &Database,
    scope: &Scope,
    wanted: &[(Parent, String, u64)],
) -> Result<HashMap<(Parent, String, u64), Vec<Model>>> {
    edge::first_of(db, scope, wanted).await
}

/// How many annotations each parent has.
pub async fn counts_of(
    db: &Database,
    scope: &Scope,
    wanted: &[(Parent, String)],
) -> Result<HashMap<(Parent, String), u64>> {
    edge::counts_of(db, scope, wanted).await
}
