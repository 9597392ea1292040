//! Decimal numbers as they are printed: exact, with all their digits.

use super::fold::raise;
use std::fmt;

/// Most digits of a number that is read; no requirement has as many.
pub(super) const MOST_DIGITS: usize = 24;
/// Largest power of ten, either way: keeps every value and every product with a unit's factor finite.
const LARGEST_POWER: i32 = 40;

/// A decimal number `mantissa × 10^exponent`, and how it is shown: `12.50` keeps its zero, `1×10⁻³` its power.
#[derive(Clone, Debug)]
pub(super) struct Decimal {
    mantissa: i128,
    exponent: i32,
    shown: String,
}

impl Decimal {
    /// A number of its digits before and behind the point, and a power of ten (`1.2×10³` is `1`, `2`, 3). `None` if it
    /// is out of bounds.
    pub(super) fn of_digits(whole: &str, fraction: &str, power: Option<i32>) -> Option<Self> {
        if whole.len() + fraction.len() > MOST_DIGITS {
            return None;
        }
        let mantissa = format!("{whole}{fraction}").parse().ok()?;
        let exponent = power.unwrap_or(0) - i32::try_from(fraction.len()).ok()?;
        let whole = match whole.trim_start_matches('0') {
            "" => "0",
            digits => digits,
        };
        let mut shown = whole.to_owned();
        if !fraction.is_empty() {
            shown.push('.');
            shown.push_str(fraction);
        }
        if let Some(power) = power {
            shown.push_str("×10");
            shown.push_str(&raise(&power.to_string()));
        }
        (exponent.abs() <= LARGEST_POWER).then_some(Self {
            mantissa,
            exponent,
            shown,
        })
    }

    /// A power of ten alone, `10⁶`.
    pub(super) fn power_of_ten(power: i32) -> Option<Self> {
        (power.abs() <= LARGEST_POWER).then(|| Self {
            mantissa: 1,
            exponent: power,
            shown: format!("10{}", raise(&power.to_string())),
        })
    }

    pub(super) fn negated(mut self) -> Self {
        if self.mantissa != 0 {
            self.mantissa = -self.mantissa;
            self.shown = match self.shown.strip_prefix('-') {
                Some(positive) => positive.to_owned(),
                None => format!("-{}", self.shown),
            };
        }
        self
    }

    /// The sum; `None` if the digits of one lie too far from those of the other.
    pub(super) fn plus(&self, other: &Self) -> Option<Self> {
        let exponent = self.exponent.min(other.exponent);
        let scaled = |one: &Self| {
            let shift = u32::try_from(one.exponent - exponent).ok()?;
            one.mantissa.checked_mul(10_i128.checked_pow(shift)?)
        };
        let mantissa = scaled(self)?.checked_add(scaled(other)?)?;
        Self::computed(mantissa, exponent)
    }

    pub(super) fn minus(&self, other: &Self) -> Option<Self> {
        self.plus(&other.clone().negated())
    }

    /// This many percent of another number.
    pub(super) fn percent_of(&self, whole: &Self) -> Option<Self> {
        let mantissa = self.mantissa.checked_mul(whole.mantissa)?;
        Self::computed(mantissa, self.exponent + whole.exponent - 2)
    }

    /// A computed number is shown without the zeros that computing added.
    fn computed(mut mantissa: i128, mut exponent: i32) -> Option<Self> {
        while exponent < 0 && mantissa % 10 == 0 {
            mantissa /= 10;
            exponent += 1;
        }
        if exponent.abs() > 2 * LARGEST_POWER {
            return None;
        }
        let digits = mantissa.unsigned_abs().to_string();
        let sign = if mantissa < 0 { "-" } else { "" };
        let places = usize::try_from(-exponent).unwrap_or(0);
        let shown = if exponent > 0 {
            let zeros = usize::try_from(exponent).ok()?;
            format!(
                "{sign}{digits}{}",
                "0".repeat(if mantissa == 0 { 0 } else { zeros })
            )
        } else {
            let padded = format!("{digits:0>width$}", width = places + 1);
            match padded.split_at_checked(padded.len() - places)? {
                (whole, "") => format!("{sign}{whole}"),
                (whole, fraction) => format!("{sign}{whole}.{fraction}"),
            }
        };
        Some(Self {
            mantissa,
            exponent,
            shown,
        })
    }

    /// The nearest floating-point number.
    pub(super) fn value(&self) -> f64 {
        self.value_times_ten_to(0)
    }

    /// The floating-point number nearest to this one times a power of ten; finite for every unit, as digits and powers
    /// are bounded.
    pub(super) fn value_times_ten_to(&self, power: i32) -> f64 {
        if self.mantissa == 0 {
            return 0.0;
        }
        format!("{}e{}", self.mantissa, self.exponent.saturating_add(power))
            .parse()
            .unwrap_or_default()
    }

    /// Whether the value is below zero.
    pub(super) fn is_negative(&self) -> bool {
        self.mantissa < 0
    }

    pub(super) fn as_str(&self) -> &str {
        &self.shown
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.shown)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decimal(text: &str) -> Decimal {
        let (sign, digits) = text
            .strip_prefix('-')
            .map_or((false, text), |digits| (true, digits));
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let read = Decimal::of_digits(whole, fraction, None).unwrap();
        if sign { read.negated() } else { read }
    }

    #[test]
    fn digits_are_kept() {
        let shown =
            |whole, fraction, power| Decimal::of_digits(whole, fraction, power).map(|read| read.to_string());
        assert_eq!(shown("12", "50", None).as_deref(), Some("12.50"));
        assert_eq!(shown("", "5", None).as_deref(), Some("0.5"));
        assert_eq!(shown("007", "", None).as_deref(), Some("7"));
        assert_eq!(shown("1", "2", Some(-3)).as_deref(), Some("1.2×10⁻³"));
        assert_eq!(shown("1", "", Some(41)), None);
        assert_eq!(shown(&"9".repeat(25), "", None), None);
        assert_eq!(Decimal::power_of_ten(6).unwrap().value(), 1e6);
        assert_eq!(Decimal::power_of_ten(41).map(|read| read.value()), None);
    }

    #[test]
    fn sums_are_exact() {
        let table = [
            ("0.3", "0.1", "0.4", "0.2"),
            ("10", "0.5", "10.5", "9.5"),
            ("10.0", "0.5", "10.5", "9.5"),
            ("-20", "5", "-15", "-25"),
            ("0.5", "0.5", "1", "0"),
            ("0.01", "0.02", "0.03", "-0.01"),
            ("0", "3", "3", "-3"),
        ];
        for (one, other, sum, difference) in table {
            let (one, other) = (decimal(one), decimal(other));
            assert_eq!(one.plus(&other).unwrap().to_string(), sum);
            assert_eq!(one.minus(&other).unwrap().to_string(), difference);
        }
        let tenth = decimal("10").percent_of(&decimal("220")).unwrap();
        assert_eq!((tenth.to_string(), tenth.value()), ("22".into(), 22.0));
        let power = Decimal::power_of_ten(6).unwrap();
        assert_eq!(power.plus(&decimal("1")).unwrap().to_string(), "1000001");
        let far = Decimal::power_of_ten(40).unwrap();
        assert!(far.plus(&Decimal::power_of_ten(-40).unwrap()).is_none());
    }

    #[test]
    fn zero_has_no_sign() {
        let zero = decimal("0.0").negated();
        assert_eq!(
            (zero.to_string().as_str(), zero.value().is_sign_negative()),
            ("0.0", false)
        );
        assert!(!zero.is_negative());
    }
}
