//! Numbers of cells as text.
//!
//! Excel calculates with 15 digits. A barcode (13 digits) or an organisation code stored as a number keeps all of its
//! digits; a credit code of 18 digits has lost three before the file was written, and is shown with an exponent, as
//! Excel shows it, so that nobody takes the zeros at its end for digits.

use calamine::NumberFormat;

/// The most digits of a number in Excel.
const DIGITS: usize = 15;

/// How the style of a cell shows a number, as far as this changes what a reader understands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Shown {
    /// As it is.
    #[default]
    Plain,
    /// With zeros in front (`000000`), to this many digits: codes that begin with 0.
    Padded(usize),
    /// As a share of a hundred (`0.00%`).
    Percent,
}

impl Shown {
    /// Looks at the format code of a style; only its first section counts.
    pub(super) fn of(format: Option<&NumberFormat>) -> Self {
        let code = format.map_or("", |format| format.format_code.as_str());
        Self::of_code(code.split(';').next().unwrap_or_default())
    }

    fn of_code(code: &str) -> Self {
        let all_of = |text: &str, characters: &[u8]| {
            !text.is_empty() && text.bytes().all(|byte| characters.contains(&byte))
        };
        match code.strip_suffix('%') {
            Some(rest) if all_of(rest, b"0#,.?") => Self::Percent,
            None if (2..=DIGITS).contains(&code.len()) && all_of(code, b"0") => Self::Padded(code.len()),
            _ => Self::Plain,
        }
    }
}

/// A number without exponent up to 15 digits and without zeros behind its last digit.
pub(super) fn text(number: f64, shown: Shown) -> String {
    match shown {
        Shown::Plain => plain(number),
        Shown::Percent => format!("{}%", plain(number * 100.0)),
        Shown::Padded(width) => {
            let digits = plain(number);
            if digits.bytes().all(|byte| byte.is_ascii_digit()) {
                format!("{digits:0>width$}")
            } else {
                digits
            }
        }
    }
}

fn plain(number: f64) -> String {
    if !number.is_finite() {
        return String::new();
    }
    if number == 0.0 {
        return "0".to_owned();
    }
    let scientific = format!("{:.*e}", DIGITS - 1, number.abs());
    let (mantissa, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    let exponent: i32 = exponent.parse().unwrap_or_default();
    let digits: String = mantissa.chars().filter(char::is_ascii_digit).collect();
    let digits = digits.trim_end_matches('0');
    let sign = if number < 0.0 { "-" } else { "" };
    match usize::try_from(exponent) {
        Ok(exponent) if exponent < DIGITS => {
            let whole = exponent + 1;
            match digits.split_at_checked(whole) {
                Some((whole, "")) => format!("{sign}{whole}"),
                Some((whole, rest)) => format!("{sign}{whole}.{rest}"),
                None => format!("{sign}{digits:0<whole$}"),
            }
        }
        Err(_) if exponent >= -10 => {
            let zeros = usize::try_from(-exponent - 1).unwrap_or_default();
            format!("{sign}0.{}{digits}", "0".repeat(zeros))
        }
        _ => {
            let (first, rest) = digits.split_at_checked(1).unwrap_or((digits, ""));
            let point = if rest.is_empty() { "" } else { "." };
            format!("{sign}{first}{point}{rest}E{exponent:+}")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn numbers_keep_their_digits() {
        let table = [
            (0.0, "0"),
            (-0.0, "0"),
            (1.0, "1"),
            (-12.5, "-12.5"),
            (100.0, "100"),
            (6_901_234_567_892.0, "6901234567892"),
            (999_999_999_999_999.0, "999999999999999"),
            (100_000_000_000_000.0, "100000000000000"),
            (1e15, "1E+15"),
            (913_205_001_234_567_890.0, "9.13205001234568E+17"),
            (0.1 + 0.2, "0.3"),
            (0.001, "0.001"),
            (1.5e-10, "0.00000000015"),
            (1.5e-11, "1.5E-11"),
            (123_456.789, "123456.789"),
            (99_999_999_999_999.9, "99999999999999.9"),
            (f64::MAX, "1.79769313486232E+308"),
            (f64::NAN, ""),
            (f64::INFINITY, ""),
        ];
        for (number, expected) in table {
            assert_eq!(text(number, Shown::Plain), expected, "{number:e}");
        }
    }

    #[test]
    fn styles_that_matter_are_known() {
        let table = [
            ("General", Shown::Plain),
            ("", Shown::Plain),
            ("0", Shown::Plain),
            ("0.00", Shown::Plain),
            ("000000", Shown::Padded(6)),
            ("0000000000000", Shown::Padded(13)),
            ("00000000000000000000", Shown::Plain),
            ("0%", Shown::Percent),
            ("#,##0.00%", Shown::Percent),
            ("%", Shown::Plain),
            ("\"合格\"0%", Shown::Plain),
        ];
        for (code, expected) in table {
            assert_eq!(Shown::of_code(code), expected, "{code}");
        }
        assert_eq!(text(3205.0, Shown::Padded(6)), "003205");
        assert_eq!(text(1_320_582.0, Shown::Padded(6)), "1320582");
        assert_eq!(text(-5.0, Shown::Padded(6)), "-5");
        assert_eq!(text(0.05, Shown::Percent), "5%");
        assert_eq!(text(0.29, Shown::Percent), "29%");
    }

    proptest! {
        #[test]
        fn whole_numbers_of_15_digits_come_back(number in -999_999_999_999_999_i64..=999_999_999_999_999) {
            let float = number as f64;
            prop_assert_eq!(plain(float), number.to_string());
        }

        #[test]
        fn any_number_comes_back_to_15_digits(number in proptest::num::f64::NORMAL) {
            let back: f64 = plain(number).parse().unwrap();
            prop_assert!((back - number).abs() <= number.abs() * 1e-14);
        }
    }
}
