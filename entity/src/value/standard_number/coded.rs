//! Reads codes that stand in the tables: `GB/T`, `JB/ZQ`, `NB/SH/T`, and run together `GBT`, `ZBA`, `TCECS`.

use super::cursor::Cursor;
use super::foreign::is_foreign_word;
use super::head::{SerialStyle, StyledHead, eat_slashes};
use super::kind::StandardKind;
use super::parts::{Head, Joint};
use super::prefixes;

/// A code that stands in the tables or looks like one.
pub(super) fn read_coded_head(word: &str, cursor: &mut Cursor) -> Option<StyledHead> {
    let Resolved {
        form,
        code,
        mut prefix,
        mut class,
        repaired,
    } = resolve(word);
    match form {
        Form::Enterprise => return Some(enterprise_head(prefix, repaired, cursor)),
        Form::Group => {
            return Some(StyledHead {
                head: Head::new(StandardKind::Group, prefix),
                style: SerialStyle::Group,
            });
        }
        Form::Coded => {}
    }
    if class.is_none() {
        read_suffixes(&code, cursor, &mut prefix, &mut class);
    }
    let known = prefixes::kind_of(&code);
    if known.is_none() && (code.len() < 2 || is_foreign_word(&code)) {
        return None;
    }
    let has_suffix = prefix.ends_with("/T") || prefix.ends_with("/Z");
    let style = style_of(&code, class, known.is_some(), cursor);
    let (kind, joint) = match (style, known) {
        (SerialStyle::Dashed, known) => (known.unwrap_or(StandardKind::Other), Joint::Dash),
        (_, Some(kind)) if code == "YBB" => (kind, Joint::Nothing),
        (_, Some(kind)) => (kind, Joint::Blank),
        (_, None) => (prefixes::kind_of_unknown(&code, has_suffix), Joint::Blank),
    };
    let region = matches!(code.as_str(), "SZDB" | "SZJG").then(|| "4403".to_owned()); // Shenzhen
    let head = Head {
        known: known.is_some(),
        joint,
        region,
        ..Head::new(kind, prefix)
    };
    Some(StyledHead { head, style })
}

/// `QGDW 12374`: the blank behind the code is kept or missing as printed.
fn enterprise_head(prefix: String, repaired: bool, cursor: &mut Cursor) -> StyledHead {
    let before = cursor.position();
    cursor.skip_blanks();
    let joint = if cursor.position() == before {
        Joint::Nothing
    } else {
        Joint::Blank
    };
    let head = Head {
        joint,
        repaired,
        ..Head::new(StandardKind::Enterprise, prefix)
    };
    StyledHead {
        head,
        style: SerialStyle::Enterprise { coded: true },
    }
}

/// How the serial of a series is read; the dash some print between code and serial is passed over.
fn style_of(code: &str, class: Option<char>, known: bool, cursor: &mut Cursor) -> SerialStyle {
    let mut ahead = *cursor;
    ahead.skip_blanks();
    if ahead.eat_dashes() {
        if !known || code == "CNCA" {
            *cursor = ahead;
            return SerialStyle::Dashed;
        }
        ahead.skip_blanks();
        *cursor = ahead;
    }
    match code {
        "CECS" => SerialStyle::ColonYear,
        "CSM" => SerialStyle::Pairs,
        "ZB" => SerialStyle::ClassLetter { class, blank: true },
        "JTG" => SerialStyle::ClassLetter { class, blank: false },
        _ if prefixes::has_slash_serial(code) => SerialStyle::Slashes,
        _ => SerialStyle::Plain,
    }
}

/// What a word turned out to be.
enum Form {
    Coded,
    Group,
    Enterprise,
}

/// A word taken apart.
struct Resolved {
    form: Form,
    code: String,
    prefix: String,
    class: Option<char>,
    repaired: bool,
}

/// Takes apart what was run together: `GBT`, `ZBA`, `JTGD`, `QGDW`, `TCECS`. `GBZ` is a code of its own.
fn resolve(word: &str) -> Resolved {
    let coded = |code: &str, prefix: String, class| Resolved {
        form: Form::Coded,
        code: code.to_owned(),
        prefix,
        class,
        repaired: false,
    };
    if prefixes::kind_of(word).is_some() {
        return coded(word, word.to_owned(), None);
    }
    if let Some(enterprise) = word
        .strip_prefix('Q')
        .filter(|code| prefixes::is_enterprise_met_without_slash(code))
    {
        let prefix = format!("Q/{enterprise}");
        return Resolved {
            form: Form::Enterprise,
            prefix,
            ..coded(word, String::new(), None)
        };
    }
    if prefixes::is_enterprise_met_without_slash(word) && word == "GDW" {
        let prefix = format!("Q/{word}");
        return Resolved {
            form: Form::Enterprise,
            prefix,
            repaired: true,
            ..coded(word, String::new(), None)
        };
    }
    if let Some(group) = word
        .strip_prefix('T')
        .filter(|code| prefixes::is_group_met_without_slash(code))
    {
        return Resolved {
            form: Form::Group,
            prefix: format!("T/{group}"),
            ..coded(word, String::new(), None)
        };
    }
    for suffix in ['T', 'Z'] {
        if let Some(code) = word
            .strip_suffix(suffix)
            .filter(|code| prefixes::kind_of(code).is_some())
        {
            return coded(code, format!("{code}/{suffix}"), None);
        }
    }
    let mut letters = word.chars();
    let last = letters.next_back();
    let code = letters.as_str();
    if matches!(code, "ZB" | "JTG") {
        return coded(code, code.to_owned(), last);
    }
    coded(word, word.to_owned(), None)
}

/// `/T`, `/Z`, `/ZQ`, `/SH/T`; a blank or dash for the slash is taken only before T or Z, and nothing
/// follows those.
fn read_suffixes(code: &str, cursor: &mut Cursor, prefix: &mut String, class: &mut Option<char>) {
    for first in [true, false] {
        if prefix.ends_with("/T") || prefix.ends_with("/Z") {
            break;
        }
        let mut ahead = *cursor;
        let before = ahead.position();
        ahead.skip_blanks();
        let blank = ahead.position() > before;
        let slash = eat_slashes(&mut ahead);
        let dash = !slash && ahead.eat_dashes();
        ahead.skip_blanks();
        let mut suffix = ahead.letters(5);
        if code == "JTG" && suffix.len() == 2 && suffix.starts_with('T') {
            *class = suffix.pop(); // JTG/TD65 is JTG/T D65
        }
        let nature = matches!(suffix.as_str(), "T" | "Z");
        let allowed = (slash && (first || nature)) || ((blank || dash) && first && nature && code != "ZB");
        let other_number = suffix == "XG" || prefixes::kind_of(&suffix) == Some(StandardKind::National);
        if !allowed || suffix.is_empty() || suffix.len() > 4 || other_number {
            break;
        }
        prefix.push('/');
        prefix.push_str(&suffix);
        *cursor = ahead;
        if class.is_some() {
            return;
        }
    }
    skip_slash_for_blank(cursor);
}

/// The underscore that file names have for the blank, `GB_50054-2011`, folded to a slash.
fn skip_slash_for_blank(cursor: &mut Cursor) {
    let mut ahead = *cursor;
    ahead.skip_blanks();
    if eat_slashes(&mut ahead) {
        ahead.skip_blanks();
        if ahead.at_digit() {
            *cursor = ahead;
        }
    }
}
