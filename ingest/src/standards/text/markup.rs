//! Text without markup: tags, character references, invisible characters and runs of blanks.

/// Tags that web pages leave in fields. Anything else in angle brackets is text (`板厚<3mm的圆孔和方孔筛板`).
const TAGS: [&str; 21] = [
    "sacinfo", "br", "p", "span", "font", "b", "i", "em", "strong", "sub", "sup", "a", "div", "td", "tr",
    "h1", "h2", "h3", "h4", "u", "nobr",
];

/// Character references that occur in catalogue fields.
const REFERENCES: [(&str, char); 15] = [
    ("amp", '&'),
    ("lt", '<'),
    ("gt", '>'),
    ("quot", '"'),
    ("apos", '\''),
    ("nbsp", ' '),
    ("ensp", ' '),
    ("emsp", ' '),
    ("middot", '·'),
    ("mdash", '—'),
    ("ndash", '–'),
    ("ldquo", '“'),
    ("rdquo", '”'),
    ("deg", '°'),
    ("times", '×'),
];

/// The longest tag or character reference that is looked for, in characters.
const LONGEST_TAG: usize = 200;
const LONGEST_REFERENCE: usize = 10;

/// A field as a reader sees it: character references resolved, known tags removed, invisible and control characters
/// removed, every run of blanks one space, none at the ends.
pub fn plain(text: &str) -> String {
    squeeze(&without_tags(&resolved(text)))
}

/// Full-width digits, letters and marks (U+FF01 to U+FF5E) as their ASCII forms, and U+3000 as a space. Titles are not
/// folded: there the width belongs to the source's writing.
pub fn fold_width(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\u{3000}' | '\u{a0}' => ' ',
            '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
            _ => c,
        })
        .collect()
}

/// Whether a character is a Chinese character (CJK unified ideographs, extension A, and 〇).
pub fn is_han(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}' | '\u{3400}'..='\u{4dbf}' | '〇')
}

fn squeeze(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars().filter(|c| !is_invisible(*c)) {
        if !c.is_whitespace() {
            out.push(c);
        } else if !out.is_empty() && !out.ends_with(' ') {
            out.push(' ');
        }
    }
    out.truncate(out.trim_end().len());
    out
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{feff}' | '\u{ad}')
        || (c.is_control() && !c.is_whitespace())
}

fn resolved(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        out.push_str(before);
        rest = match reference(after) {
            Some((c, behind)) => {
                out.push(c);
                behind
            }
            None => {
                out.push('&');
                after
            }
        };
    }
    out.push_str(rest);
    out
}

fn reference(after: &str) -> Option<(char, &str)> {
    let end = after
        .char_indices()
        .take(LONGEST_REFERENCE)
        .find(|(_, c)| *c == ';')?
        .0;
    let (name, behind) = after.split_at_checked(end)?;
    let c = match name.strip_prefix('#') {
        Some(code) => {
            let code = match code.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => code.parse().ok()?,
            };
            char::from_u32(code)?
        }
        None => REFERENCES.iter().find(|(known, _)| *known == name)?.1,
    };
    Some((c, behind.strip_prefix(';')?))
}

/// A removed tag leaves a space unless it stands inside a word: `<sacinfo>GB</sacinfo>/T` is one number.
fn without_tags(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('<') {
        out.push_str(before);
        rest = match tag(after) {
            Some((name, behind)) => {
                if matches!(name, "br" | "p" | "div" | "td" | "tr" | "h1" | "h2" | "h3" | "h4") {
                    out.push(' ');
                }
                behind
            }
            None => {
                out.push('<');
                after
            }
        };
    }
    out.push_str(rest);
    out
}

fn tag(after: &str) -> Option<(&'static str, &str)> {
    let end = after.char_indices().take(LONGEST_TAG).find(|(_, c)| *c == '>')?.0;
    let (inner, behind) = after.split_at_checked(end)?;
    let inner = inner.strip_prefix('/').unwrap_or(inner);
    let name = inner.split(|c: char| !c.is_ascii_alphanumeric()).next()?;
    let known = TAGS.iter().find(|known| known.eq_ignore_ascii_case(name))?;
    Some((known, behind.strip_prefix('>')?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_goes_and_text_stays() {
        for (text, expected) in [
            (
                "<sacinfo>GB</sacinfo>/T <sacinfo>19001</sacinfo>-2016",
                "GB/T 19001-2016",
            ),
            ("抽水<sacinfo>蓄能</sacinfo>电站", "抽水蓄能电站"),
            ("板厚<3mm的圆孔和方孔筛板", "板厚<3mm的圆孔和方孔筛板"),
            ("a < b > c", "a < b > c"),
            (
                "被GB/T 22055-2022代替 &lt;h2 class=&quot;title-text&quot;&gt;采标情况&lt;/h2&gt;本标准",
                "被GB/T 22055-2022代替 采标情况 本标准",
            ),
            ("适用<br>标准类别", "适用 标准类别"),
            ("AT&amp;T &#8212; R&D; &#xZZ; &", "AT&T — R&D; &#xZZ; &"),
            (
                "JR∕T\u{2002}0322-2024\u{a0}\u{a0}水\u{200b}质\u{feff}  电池 \u{3000}",
                "JR∕T 0322-2024 水质 电池",
            ),
            ("", ""),
        ] {
            assert_eq!(plain(text), expected);
        }
    }

    #[test]
    fn unfinished_markup_is_text() {
        assert_eq!(plain("<br91.120.10"), "<br91.120.10");
        assert_eq!(plain(&"<".repeat(5000)).len(), 5000);
        assert_eq!(plain(&"&".repeat(5000)).len(), 5000);
    }

    #[test]
    fn width_is_folded() {
        assert_eq!(fold_width("ＧＢ／Ｔ　１．１－２０２０～"), "GB/T 1.1-2020~");
    }
}
