//! Reads the head of local standards: DB and the division code, `DB32/T`, `DB4403/T`, `DBS31/`, `DB13(J)/T`.
//!
//! 地方标准管理办法 gives the code as DB and the first two digits of the province, or four of the city, of GB/T
//! 2260, with `/T` for recommended standards. Registers print mandatory ones with a bare slash, `DB31/
//! 358-2006`; it is kept, since without it DB31 358 and DB3135 8 would run together in the key.

use super::cursor::Cursor;
use super::kind::StandardKind;
use super::parts::Head;
use super::prefixes::is_province;

/// Reads a head with a division code, or leaves the cursor: `DB/T 64-2016` is a standard of the earthquake
/// branch.
pub(super) fn read_local_head(cursor: &mut Cursor) -> Option<Head> {
    read_divided(cursor).or_else(|| read_run_together(cursor))
}

fn read_divided(cursor: &mut Cursor) -> Option<Head> {
    let mut ahead = *cursor;
    let letters = ahead.letters(3);
    if letters.is_empty() || ahead.at_letter() {
        return None;
    }
    let local = matches!(letters.as_str(), "DB" | "DBS" | "DBJ" | "DG");
    if local {
        ahead.skip_blanks();
    }
    let region = ahead.digits(6);
    if !matches!(region.len(), 2 | 4 | 6) || ahead.at_digit() {
        return None;
    }
    let before = ahead.position();
    ahead.skip_blanks();
    let blank = ahead.position() > before;
    let branch = read_bracketed_branch(&mut ahead);
    let suffix = read_suffix(&mut ahead, blank && local && branch.is_empty())?;
    if !local && !suffix.ends_with('T') {
        return None;
    }
    let kind = if local {
        StandardKind::Local
    } else {
        StandardKind::Other
    };
    let prefix = format!("{letters}{region}{branch}/{suffix}");
    let province: String = region.chars().take(2).collect();
    *cursor = ahead;
    Some(Head {
        known: local && is_province(&province),
        region: local.then_some(region),
        ..Head::new(kind, prefix)
    })
}

/// `DB31358-2006` for `DB31/ 358-2006`: the earthquake branch has no serials that long.
fn read_run_together(cursor: &mut Cursor) -> Option<Head> {
    let mut ahead = *cursor;
    if !ahead.eat_text("DB") {
        return None;
    }
    ahead.skip_blanks();
    let province = ahead.digits(2);
    let mut serial = ahead;
    if !is_province(&province) || serial.digits(3).len() < 3 {
        return None;
    }
    *cursor = ahead;
    let prefix = format!("DB{province}/");
    Some(Head {
        region: Some(province),
        repaired: true,
        loose: true,
        ..Head::new(StandardKind::Local, prefix)
    })
}

/// `(J)` of construction standards, `DB13(J)/T 264-2018`.
fn read_bracketed_branch(cursor: &mut Cursor) -> String {
    let mut ahead = *cursor;
    if ahead.eat_text("(J)") {
        ahead.skip_blanks();
        *cursor = ahead;
        return "(J)".to_owned();
    }
    String::new()
}

/// What stands behind the slash, nothing for a mandatory standard; the slash itself may be lost, be a dash,
/// or a blank.
fn read_suffix(cursor: &mut Cursor, blank: bool) -> Option<String> {
    let mut ahead = *cursor;
    let slash = ahead.eat('/');
    while slash && ahead.eat('/') {}
    let dash = !slash && ahead.eat_dashes();
    ahead.skip_blanks();
    let suffix = ahead.letters(3);
    let named = matches!(suffix.as_str(), "T" | "Z" | "J" | "JT");
    if named && !ahead.at_letter() {
        *cursor = ahead;
        return Some(suffix);
    }
    if !suffix.is_empty() || dash {
        return None;
    }
    if slash || (blank && ahead.at_digit()) {
        *cursor = ahead;
        return Some(String::new());
    }
    None
}
