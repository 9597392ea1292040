//! Requirements of technical indicators (技术指标的指标要求): text with numbers that can be compared with a mandatory limit.
//!
//! Only what is certain is read. A comparison with a limit may end in a finding against an enterprise, so a text with two
//! requirements, a condition, an alternative or a typing error has no bounds, and a flag says so.

mod column;
mod comparator;
mod compound;
mod context;
mod decimal;
mod dimension;
mod expression;
mod flag;
mod fold;
mod number;
mod parse;
mod scale;
mod shape;
mod stored;
mod strength;
mod unit;
mod unit_table;
mod unit_text;

#[cfg(test)]
mod tests;

pub use dimension::Dimension;
pub use flag::QuantityFlag;
pub(crate) use stored::{StoredBounds, weaker_sql};
pub use unit::Unit;

use super::kept_text::KeptText;
use column::Column;
use fold::fold;
use parse::Reading;
use serde::{Deserialize, Serialize};
use shape::{Limit, Shape};
use std::convert::Infallible;
use std::fmt;
use std::str::FromStr;

/// Longest requirement that is read for numbers, in bytes.
const LONGEST: usize = 600;

/// One end of the allowed values.
#[derive(Clone, Debug)]
pub struct Bound {
    value: f64,
    inclusive: bool,
    decimal: String,
}

impl Bound {
    /// The value in the base unit of the dimension (SI; ℃ stays ℃), always finite.
    pub fn value(&self) -> f64 {
        self.value
    }

    /// Whether the value itself is allowed.
    pub fn is_inclusive(&self) -> bool {
        self.inclusive
    }

    /// The number in the unit of the requirement, with the digits that were given: `12.50`; computed exactly for
    /// deviations.
    pub fn decimal(&self) -> &str {
        &self.decimal
    }
}

/// A requirement of a technical indicator (指标要求), `≥12.5 MPa`, with the bounds and the unit that can be read in it.
///
/// Two quantities are equal if their canonical texts are: `不小于12.5兆帕` is `≥12.5 MPa`, but not `≥12.50 MPa`, whose last
/// digit says how to round a result (GB/T 8170).
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub struct Quantity {
    text: KeptText,
    nominal: bool,
    low: Option<Bound>,
    high: Option<Bound>,
    unit: Option<Unit>,
    flags: Vec<QuantityFlag>,
}

impl Quantity {
    /// Reads a requirement with its unit. Never fails: what cannot be read has no bounds and a flag.
    pub fn parse(requirement: &str) -> Self {
        Self::parse_with_unit(requirement, "")
    }

    /// Reads a requirement whose unit (计量单位) stands in a column of its own. A unit in the text comes first.
    pub fn parse_with_unit(requirement: &str, unit: &str) -> Self {
        if requirement.len() > LONGEST {
            return Self::unread(requirement, QuantityFlag::TooLong);
        }
        let folded = fold(requirement);
        if !folded.iter().any(char::is_ascii_digit) {
            return Self::unread(requirement, QuantityFlag::NoNumber);
        }
        let column = Column::read(unit);
        let Some(reading) = parse::read(&folded, column.unit()) else {
            return Self::unread(requirement, QuantityFlag::Unclear);
        };
        if reading.unit.is_none() && matches!(column, Column::Unreadable) {
            // The brackets keep the number from being read without its unit when the canonical form comes back.
            let canonical = format!("「{}」{}", unit.trim(), requirement.trim());
            let text = KeptText::new(canonical, requirement);
            let unread = Self::unread(requirement, QuantityFlag::UnreadableUnit);
            return Self { text, ..unread };
        }
        Self::of_reading(requirement, reading, column)
            .unwrap_or_else(|| Self::unread(requirement, QuantityFlag::Unclear))
    }

    fn of_reading(raw: &str, reading: Reading, column: Column) -> Option<Self> {
        let Reading { shape, unit: in_text } = reading;
        let conflict = match (&in_text, column.unit()) {
            (Some(one), Some(other)) => one.canonical() != other.canonical(),
            _ => false,
        };
        let unit = match column {
            Column::Unit(column) => in_text.or(Some(column)),
            Column::Empty | Column::Unreadable => in_text,
        };
        let (low, high) = shape.limits()?;
        let bound = |limit: Limit| bound_of(limit, unit.as_ref());
        let (low, high) = (low.map(bound), high.map(bound));
        if let (Some(low), Some(high)) = (&low, &high) {
            let open = !(low.inclusive && high.inclusive);
            if low.value > high.value || (open && low.value >= high.value) {
                return None;
            }
        }
        let own = unit.as_ref().is_some_and(|unit| unit.dimension().is_own());
        let flags = [
            (conflict, QuantityFlag::UnitConflict),
            (own, QuantityFlag::OwnUnit),
        ];
        Some(Self {
            text: KeptText::new(shape.written(unit.as_ref()), raw),
            nominal: matches!(shape, Shape::Nominal(_)),
            low,
            high,
            unit,
            flags: flags
                .into_iter()
                .filter_map(|(odd, flag)| odd.then_some(flag))
                .collect(),
        })
    }

    fn unread(raw: &str, flag: QuantityFlag) -> Self {
        Self {
            text: KeptText::new(raw.trim().to_owned(), raw),
            nominal: false,
            low: None,
            high: None,
            unit: None,
            flags: vec![flag],
        }
    }

    /// The text it was read from.
    pub fn raw(&self) -> &str {
        self.text.raw()
    }

    /// The proper written form with its unit, `≥12.5 MPa`; the trimmed raw text where no bounds could be read,
    /// behind what its unit column held if that is why.
    pub fn canonical(&self) -> &str {
        self.text.canonical()
    }

    /// The least allowed value.
    pub fn low(&self) -> Option<&Bound> {
        self.low.as_ref()
    }

    /// The greatest allowed value.
    pub fn high(&self) -> Option<&Bound> {
        self.high.as_ref()
    }

    /// The unit, from the text or its column; none where no bounds could be read.
    pub fn unit(&self) -> Option<&Unit> {
        self.unit.as_ref()
    }

    /// Whether it is a number alone, which is both bounds: `12 mm`.
    pub fn is_nominal(&self) -> bool {
        self.nominal
    }

    /// Everything that is odd about it, in the order of [`QuantityFlag`].
    pub fn flags(&self) -> &[QuantityFlag] {
        &self.flags
    }
}

/// The limit in the base unit.
fn bound_of(limit: Limit, unit: Option<&Unit>) -> Bound {
    Bound {
        value: unit.map_or_else(|| limit.number.value(), |unit| unit.to_base(&limit.number)),
        inclusive: limit.inclusive,
        decimal: limit.number.as_str().to_owned(),
    }
}

impl PartialEq for Quantity {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl Eq for Quantity {}

impl std::hash::Hash for Quantity {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.text.hash(state);
    }
}

impl fmt::Display for Quantity {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.canonical())
    }
}

impl FromStr for Quantity {
    type Err = Infallible;

    fn from_str(text: &str) -> Result<Self, Infallible> {
        Ok(Self::parse(text))
    }
}

impl From<String> for Quantity {
    fn from(text: String) -> Self {
        Self::parse(&text)
    }
}

impl From<Quantity> for String {
    fn from(quantity: Quantity) -> Self {
        quantity.text.into_canonical()
    }
}
