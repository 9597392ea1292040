//! Text that does no harm in a log: one line, left to right, of bounded length.

/// The most characters of one text in an entry.
const LONGEST: usize = 500;
/// The most members of a list in an entry.
const MOST: usize = 100;

/// A text as it is kept: what a terminal or a page could obey is written out as `\u{202e}`, a backslash is doubled, and what
/// is too long ends with `…`.
pub(super) fn escape(text: &str) -> String {
    let whole = text.chars().count() <= LONGEST;
    let mut out = String::with_capacity(text.len());
    for sign in text.chars().take(LONGEST) {
        if sign == '\\' {
            out.push('\\');
        }
        push(&mut out, sign);
    }
    if !whole {
        out.push('…');
    }
    out
}

/// Members as they are kept; the last one says how many more there were.
pub(super) fn escape_list<T: AsRef<str>>(members: &[T]) -> Vec<String> {
    let mut kept: Vec<String> = members
        .iter()
        .take(MOST)
        .map(|member| escape(member.as_ref()))
        .collect();
    if members.len() > MOST {
        kept.push(format!("… {} more", members.len() - MOST));
    }
    kept
}

/// A text that was kept, fit to be shown even if somebody changed it in the database.
pub fn printable(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for sign in text.chars() {
        push(&mut out, sign);
    }
    out
}

fn push(out: &mut String, sign: char) {
    if is_harmful(sign) {
        out.extend(sign.escape_unicode());
    } else {
        out.push(sign);
    }
}

/// Control characters, marks of direction, separators of lines, and what is not seen at all.
fn is_harmful(sign: char) -> bool {
    sign.is_control()
        || matches!(sign, '\u{61C}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}')
}

#[cfg(test)]
mod tests {
    use super::{escape, escape_list, printable};

    #[test]
    fn what_a_terminal_would_obey_is_written_out() {
        assert_eq!(escape("张三\r\nadmin"), "张三\\u{d}\\u{a}admin");
        assert_eq!(
            escape("a\u{202E}b\u{1b}[2J\u{0}\u{85}"),
            "a\\u{202e}b\\u{1b}[2J\\u{0}\\u{85}"
        );
        assert_eq!(
            escape("\\u{a}"),
            "\\\\u{a}",
            "it is told from a line end that was written out"
        );
        assert_eq!(escape("标准化 “GB/T 1.1”"), "标准化 “GB/T 1.1”");
    }

    #[test]
    fn showing_again_changes_nothing() {
        let kept = escape("a\\b\n\u{2066}");
        assert_eq!(printable(&kept), kept);
        assert_eq!(printable("a\nb"), "a\\u{a}b");
    }

    #[test]
    fn nothing_is_longer_than_its_bound() {
        assert_eq!(escape(&"长".repeat(500)).chars().count(), 500);
        assert_eq!(escape(&"长".repeat(501)).chars().count(), 501);
        assert!(escape(&"长".repeat(9_999)).ends_with('…'));
        let many: Vec<String> = (0..130).map(|at| at.to_string()).collect();
        let kept = escape_list(&many);
        assert_eq!(
            (kept.len(), kept.last().map(String::as_str)),
            (101, Some("… 30 more"))
        );
        assert_eq!(escape_list(&many[..100]).len(), 100);
    }
}
