//! The bounds of declared indicators, for comparing them with mandatory limits.

use sea_orm::DatabaseTransaction;
use serde::Serialize;

use super::claim::Indicator;
use super::model::Model;
use crate::Result;
use crate::db::rows::{self, Kind};
use crate::limit::indicator_key;
use crate::value::{Quantity, StoredBounds};

/// An indicator whose requirement has bounds.
#[derive(Serialize)]
struct Row<'a> {
    declaration_key: &'a str,
    ordinal: i32,
    name_key: String,
    #[serde(flatten)]
    bounds: StoredBounds,
}

const COLUMNS: &rows::Columns = &[
    ("declaration_key", Kind::Text),
    ("ordinal", Kind::Int),
    ("name_key", Kind::Text),
    ("dimension", Kind::Text),
    ("low", Kind::Real),
    ("low_inclusive", Kind::Bool),
    ("high", Kind::Real),
    ("high_inclusive", Kind::Bool),
];

impl Indicator {
    /// The requirement as it can be compared.
    pub fn quantity(&self) -> Quantity {
        Quantity::parse_with_unit(
            self.requirement.as_deref().unwrap_or_default(),
            self.unit.as_deref().unwrap_or_default(),
        )
    }
}

/// Writes the bounds of the indicators of declarations.
pub(super) async fn store(transaction: &DatabaseTransaction, declarations: &[&Model]) -> Result<()> {
    let rows: Vec<Row<'_>> = declarations
        .iter()
        .flat_map(|declaration| {
            let numbered = (0..).zip(&declaration.indicators.0);
            numbered.filter_map(|(ordinal, indicator)| {
                Some(Row {
                    declaration_key: &declaration.key,
                    ordinal,
                    name_key: indicator_key(&indicator.name),
                    bounds: indicator.quantity().stored()?,
                })
            })
        })
        .collect();
    rows::insert_missing(transaction, "declaration_indicator", COLUMNS, &rows).await?;
    Ok(())
}

/// Removes them.
pub(super) async fn remove(transaction: &DatabaseTransaction, keys: &[&str]) -> Result<()> {
    rows::delete_by(transaction, "declaration_indicator", "declaration_key", keys).await
}
