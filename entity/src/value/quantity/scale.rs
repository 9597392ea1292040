//! Factors of units, their powers of ten kept apart so that 95 % is 0.95 and not 0.9500000000000001.

use super::decimal::Decimal;

/// Largest power of ten of a unit that is believed; with that of a number it stays within floating-point numbers.
const LARGEST_POWER: i32 = 60;

/// A factor `times × 10^ten`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scale {
    times: f64,
    ten: i32,
}

/// A power of ten.
pub(super) const fn ten(ten: i32) -> Scale {
    Scale { times: 1.0, ten }
}

/// A factor that is no power of ten.
pub(super) const fn times(times: f64) -> Scale {
    Scale { times, ten: 0 }
}

impl Scale {
    /// The factor of a count, 100 in `mg/100mL`; `None` for zero.
    pub(super) fn of_count(count: u32) -> Option<Self> {
        let mut scale = Self { times: 1.0, ten: 0 };
        let mut rest = count;
        while rest > 0 && rest.is_multiple_of(10) {
            rest /= 10;
            scale.ten += 1;
        }
        scale.times = f64::from(rest);
        (rest > 0).then_some(scale)
    }

    /// This factor and a power of another.
    pub(super) fn and(self, other: Self, power: i8) -> Self {
        let power = i32::from(power);
        Self {
            times: self.times * other.times.powi(power),
            ten: self.ten.saturating_add(other.ten.saturating_mul(power)),
        }
    }

    /// Whether numbers stay finite and above zero with it.
    pub(super) fn is_bounded(self) -> bool {
        let most = 10_f64.powi(LARGEST_POWER);
        self.ten.abs() <= LARGEST_POWER && (most.recip()..=most).contains(&self.times)
    }

    /// A number times the factor.
    pub(super) fn apply(self, number: &Decimal) -> f64 {
        number.value_times_ten_to(self.ten) * self.times
    }
}
