//! Numbers in a folded text.

use super::decimal::Decimal;

/// Reads a number with its sign where a text starts with one, and gives the rest of the text: `-20`, `+5`, `.5`, `10 000`,
/// `10,000`, `1.2e3`, `1×10^-3`, `1×10-3` (a lost superscript), `10^6`. `None` if there is no number, or one out of bounds.
pub(super) fn take_signed(text: &[char]) -> Option<(Decimal, &[char])> {
    match text {
        ['-', rest @ ..] => take_unsigned(rest).map(|(number, rest)| (number.negated(), rest)),
        ['+', rest @ ..] => take_unsigned(rest),
        _ => take_unsigned(text),
    }
}

/// Reads a number without sign.
pub(super) fn take_unsigned(text: &[char]) -> Option<(Decimal, &[char])> {
    let (whole, rest) = take_whole(text);
    let (fraction, rest) = match rest {
        ['.', digit, ..] if digit.is_ascii_digit() => take_digits(rest.get(1..).unwrap_or_default()),
        _ => (String::new(), rest),
    };
    if whole.is_empty() && fraction.is_empty() {
        return None;
    }
    if let (["10", ""], ['^', power @ ..]) = ([whole.as_str(), fraction.as_str()], rest) {
        let (power, rest) = take_power(power)?;
        return Some((Decimal::power_of_ten(power)?, rest));
    }
    let (power, rest) = match take_scientific(rest) {
        Some((power, rest)) => (Some(power), rest),
        None => (None, rest),
    };
    Some((Decimal::of_digits(&whole, &fraction, power)?, rest))
}

/// Digits before the point; groups of three may be parted by a blank or a comma.
fn take_whole(text: &[char]) -> (String, &[char]) {
    let (mut whole, mut rest) = take_digits(text);
    if (1..=3).contains(&whole.len()) {
        while let Some((group, behind)) = take_group(rest) {
            whole.push_str(&group);
            rest = behind;
        }
    }
    (whole, rest)
}

fn take_group(text: &[char]) -> Option<(String, &[char])> {
    let [' ' | ',', rest @ ..] = text else { return None };
    let (group, rest) = take_digits(rest);
    (group.len() == 3).then_some((group, rest))
}

fn take_digits(text: &[char]) -> (String, &[char]) {
    let count = text.iter().take_while(|one| one.is_ascii_digit()).count();
    let (digits, rest) = text.split_at_checked(count).unwrap_or_default();
    (digits.iter().collect(), rest)
}

/// `e3`, `×10^-3`, `x10-3`.
fn take_scientific(text: &[char]) -> Option<(i32, &[char])> {
    if let ['e' | 'E', rest @ ..] = text {
        return take_power(rest);
    }
    match skip_blank(text) {
        ['×' | 'x' | 'X' | '*' | '·', rest @ ..] => match skip_blank(rest) {
            ['1', '0', '^', rest @ ..] => take_power(rest),
            ['1', '0', '-', ..] => {
                let (power, rest) = take_power(skip_blank(rest).get(2..)?)?;
                (power > -100).then_some((power, rest))
            }
            _ => None,
        },
        _ => None,
    }
}

/// One to three digits with a sign, and no more digits or point behind.
fn take_power(text: &[char]) -> Option<(i32, &[char])> {
    let (sign, rest) = match text {
        ['-', rest @ ..] => (-1, rest),
        ['+', rest @ ..] => (1, rest),
        _ => (1, text),
    };
    let (digits, rest) = take_digits(rest);
    let power: i32 = digits.parse().ok()?;
    let goes_on = matches!(rest, ['.', digit, ..] if digit.is_ascii_digit());
    (digits.len() <= 3 && !goes_on).then_some((sign * power, rest))
}

/// The text behind its leading blanks.
pub(super) fn skip_blank(text: &[char]) -> &[char] {
    match text {
        [' ', rest @ ..] => skip_blank(rest),
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_up_to_what_is_no_number() {
        let table = [
            ("12.50 MPa", Some(("12.50", 12.5, " MPa"))),
            ("-20℃", Some(("-20", -20.0, "℃"))),
            ("+5", Some(("5", 5.0, ""))),
            (".5mm", Some(("0.5", 0.5, "mm"))),
            ("5.", Some(("5", 5.0, "."))),
            ("10 000 h", Some(("10000", 10_000.0, " h"))),
            ("1,234,567.8", Some(("1234567.8", 1_234_567.8, ""))),
            ("10 0000", Some(("10", 10.0, " 0000"))),
            ("1000 000", Some(("1000", 1000.0, " 000"))),
            ("5,10", Some(("5", 5.0, ",10"))),
            ("1.2e3 Pa", Some(("1.2×10³", 1200.0, " Pa"))),
            ("1E-3", Some(("1×10⁻³", 0.001, ""))),
            ("5 eV", Some(("5", 5.0, " eV"))),
            ("5e", Some(("5", 5.0, "e"))),
            ("1×10^-3", Some(("1×10⁻³", 0.001, ""))),
            ("1 x 10^6 Ω", Some(("1×10⁶", 1e6, " Ω"))),
            ("2×10-3 g", Some(("2×10⁻³", 0.002, " g"))),
            ("10^6 CFU", Some(("10⁶", 1e6, " CFU"))),
            ("10^x", None),
            ("2×103", Some(("2", 2.0, "×103"))),
            ("100×50", Some(("100", 100.0, "×50"))),
            ("5^2", Some(("5", 5.0, "^2"))),
            ("1e999", None),
            ("1e0.5", Some(("1", 1.0, "e0.5"))),
            ("9999999999999999999999999", None),
            ("--5", None),
            ("MPa", None),
            ("", None),
        ];
        for (text, expected) in table {
            let folded: Vec<char> = text.chars().collect();
            let read = take_signed(&folded).map(|(number, rest)| {
                (
                    number.to_string(),
                    number.value(),
                    rest.iter().collect::<String>(),
                )
            });
            let read = read
                .as_ref()
                .map(|(shown, value, rest)| (shown.as_str(), *value, rest.as_str()));
            assert_eq!(read, expected, "{text}");
        }
    }
}
