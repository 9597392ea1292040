//! Fields that hold several numbers: `JB/T 10750-2007、 JB/T 10751-2007`.

use super::StandardNumber;
use super::citation::find_citations;
use super::kind::{NumberFlag, StandardKind};
use super::parts::Parts;
use super::reading::read_field;

/// Whether numbers without a mark of lists between them are those of one standard: of associations, branches
/// or provinces that publish it together under a number each.
pub(super) fn is_joint(first: &Parts, others: &[Parts]) -> bool {
    let kind = first.head.kind;
    let shared = matches!(
        kind,
        StandardKind::Group | StandardKind::Local | StandardKind::Industry
    );
    let year = first.body.year.as_ref().map(|year| year.value);
    let mut prefixes = vec![first.head.prefix.as_str()];
    for other in others {
        let same_year = other.body.year.as_ref().map(|year| year.value) == year;
        if other.head.kind != kind || !same_year || prefixes.contains(&other.head.prefix.as_str()) {
            return false;
        }
        prefixes.push(&other.head.prefix);
    }
    shared && year.is_some()
}

/// All numbers of a field, in order, each as its own value with the text it was read from.
///
/// Separators are 、 , ; / | line breaks and blanks. A member without prefix takes that of the one before it
/// when it has serial and four-digit year, `GB 1-1990,2-1991`. Members that stay unresolved (ranges, bare
/// numbers, prefixes alone) are kept with their flags; words are left out.
pub fn split_list(text: &str) -> Vec<StandardNumber> {
    let mut numbers: Vec<StandardNumber> = Vec::new();
    for member in members(text) {
        let found = numbers_in(member);
        if !found.is_empty() {
            numbers.extend(found);
            continue;
        }
        let alone = StandardNumber::parse(member);
        if alone.has_flag(NumberFlag::Unrecognised) {
            continue;
        }
        let inherited = numbers.last().and_then(|before| with_prefix_of(before, member));
        numbers.push(inherited.unwrap_or(alone));
    }
    numbers
}

/// The text between separators that no number contains, brackets and 《titles》 kept whole.
fn members(text: &str) -> impl Iterator<Item = &str> {
    let mut depth = 0_i32;
    let separator = move |character: char| {
        match character {
            '(' | '（' | '《' | '[' | '〔' => depth += 1,
            ')' | '）' | '》' | ']' | '〕' => depth = (depth - 1).max(0),
            '\n' | '\r' => depth = 0,
            _ => {}
        }
        matches!(character, '\n' | '\r')
            || (depth == 0 && matches!(character, '、' | ',' | '，' | ';' | '；' | '|' | '\t'))
    };
    text.split(separator)
        .map(str::trim)
        .filter(|member| !member.is_empty())
}

/// Numbers that stand one behind the other in a member.
fn numbers_in(member: &str) -> Vec<StandardNumber> {
    if member.chars().nth(super::LONGEST_FIELD).is_some() {
        return find_citations(member)
            .into_iter()
            .map(|citation| citation.number)
            .collect();
    }
    let found = read_field(member).found;
    if found.is_empty() {
        return find_citations(member)
            .into_iter()
            .map(|citation| citation.number)
            .collect();
    }
    let texts = found
        .iter()
        .filter_map(|found| member.get(found.start..found.end));
    texts.map(StandardNumber::of_field).collect()
}

/// `2-1991` behind `GB 1-1990` is `GB 2-1991`.
pub(super) fn with_prefix_of(before: &StandardNumber, member: &str) -> Option<StandardNumber> {
    let parts = &before.read.as_ref()?.parts;
    let serial_kinds = [
        StandardKind::National,
        StandardKind::Industry,
        StandardKind::Local,
        StandardKind::Metrology,
    ];
    let bare = StandardNumber::parse(member).has_flag(NumberFlag::BareNumber);
    if !bare || !serial_kinds.contains(&parts.head.kind) || parts.body.year.is_none() {
        return None;
    }
    let number = StandardNumber::parse(&format!("{} {}", parts.head.prefix, member.trim()));
    let dated = number.year().is_some() && number.flags().is_empty();
    dated.then_some(number)
}
