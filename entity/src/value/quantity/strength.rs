//! Whether one requirement allows what another forbids.

use super::{Bound, Quantity};

/// Two values are the same if they differ by less than this part of the larger: conversion of units rounds at 10⁻¹⁶, and
/// no requirement has ten significant digits.
pub(super) const ROUNDING: f64 = 1e-9;

impl Quantity {
    /// Whether this requirement allows values that a mandatory limit (强制性标准的限值) forbids: `≤0.2 mg/kg` is weaker than
    /// `≤0.1 mg/kg`, 标准化法 articles 2 and 21.
    ///
    /// `None` where nothing can be said: one of them has no numbers or could not be read; the units measure different
    /// things, or only one has a unit; the limit is a number alone, which does not say on which side values are
    /// forbidden. A number alone on this side is that value exactly.
    ///
    /// A limit from zero, `0~0.1 mg/kg`, asks for no lower end, except for temperatures: what it is set for is never below
    /// zero.
    pub fn weaker_than(&self, limit: &Self) -> Option<bool> {
        let comparable = match (self.unit(), limit.unit()) {
            (None, None) => true,
            (Some(one), Some(other)) => one.dimension() == other.dimension(),
            _ => false,
        };
        let read = |one: &Self| one.low().is_some() || one.high().is_some();
        if !comparable || !read(self) || !read(limit) || limit.is_nominal() {
            return None;
        }
        let below = limit.low().is_some_and(|least| {
            !(limit.is_from_zero() && self.low().is_none()) && reaches_beyond(self.low(), least, -1.0)
        });
        let above = limit
            .high()
            .is_some_and(|most| reaches_beyond(self.high(), most, 1.0));
        Some(below || above)
    }

    /// Whether it begins at zero and asks for no lower end by that.
    pub(crate) fn is_from_zero(&self) -> bool {
        let is_temperature = self.unit().is_some_and(|unit| unit.dimension().is_temperature());
        let zero = |least: &Bound| least.value() == 0.0 && least.is_inclusive();
        self.low().is_some_and(zero) && !is_temperature
    }
}

/// Whether an end lies outside a limit; `direction` is 1 for upper ends and -1 for lower ones. No end reaches to infinity.
fn reaches_beyond(end: Option<&Bound>, limit: &Bound, direction: f64) -> bool {
    let Some(end) = end else { return true };
    let (value, limit_value) = (end.value() * direction, limit.value() * direction);
    let tolerance = ROUNDING * value.abs().max(limit_value.abs());
    if (value - limit_value).abs() <= tolerance {
        return end.is_inclusive() && !limit.is_inclusive();
    }
    value > limit_value
}
