//! Texts in XML that is written.

/// The text without the characters that XML cannot hold.
pub(crate) fn printable(text: &str) -> String {
    text.chars()
        .map(|sign| match sign {
            '\t' | '\n' => sign,
            '\u{FFFE}' | '\u{FFFF}' => '\u{FFFD}',
            _ if sign.is_control() => ' ',
            _ => sign,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::printable;

    #[test]
    fn control_characters_are_disarmed() {
        assert_eq!(printable("a\u{0}b\u{1B}c\td\u{FFFF}"), "a b c\td\u{FFFD}");
    }
}
