//! Bounds in columns, and the SQL twin of [`Quantity::weaker_than`].

use serde::Serialize;

use super::strength::ROUNDING;
use super::{Bound, Quantity};

/// The bounds of a quantity as columns. Two of them compare if their dimensions are equal.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct StoredBounds {
    /// What the unit measures; empty without a unit.
    dimension: String,
    low: Option<f64>,
    low_inclusive: bool,
    high: Option<f64>,
    high_inclusive: bool,
}

impl Quantity {
    /// The bounds, where some could be read.
    pub(crate) fn stored(&self) -> Option<StoredBounds> {
        let bounds = StoredBounds {
            dimension: self.unit().map(|unit| unit.dimension().key()).unwrap_or_default(),
            low: self.low().map(Bound::value),
            low_inclusive: self.low().is_some_and(Bound::is_inclusive),
            high: self.high().map(Bound::value),
            high_inclusive: self.high().is_some_and(Bound::is_inclusive),
        };
        (bounds.low.is_some() || bounds.high.is_some()).then_some(bounds)
    }
}

/// Whether the bounds of the row `one` allow what those of the row `limit` forbid; `limit.from_zero` says that the limit
/// asks for no lower end.
pub(crate) fn weaker_sql(one: &str, limit: &str) -> String {
    let below = beyond(one, limit, "low", "<");
    let above = beyond(one, limit, "high", ">");
    format!(
        "({one}.dimension = {limit}.dimension AND (\
         ({limit}.low IS NOT NULL AND NOT ({limit}.from_zero AND {one}.low IS NULL) AND {below}) \
         OR ({limit}.high IS NOT NULL AND {above})))"
    )
}

fn beyond(one: &str, limit: &str, end: &str, outside: &str) -> String {
    let (value, bound) = (format!("{one}.{end}"), format!("{limit}.{end}"));
    let larger = format!("CASE WHEN abs({value}) > abs({bound}) THEN abs({value}) ELSE abs({bound}) END");
    format!(
        "({value} IS NULL OR CASE WHEN abs({value} - {bound}) <= {ROUNDING} * ({larger}) \
         THEN {one}.{end}_inclusive AND NOT {limit}.{end}_inclusive ELSE {value} {outside} {bound} END)"
    )
}
