//! Succession texts (替代情况, 代替标准): which standards a standard replaces and which replace it.

use entity::value::{StandardKind, StandardNumber, find_citations};

use super::markup::plain;
use super::succession_body::{Item, Role, read_body};
use super::succession_note::split_notes;

/// Another standard in a succession.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    /// The other standard.
    pub number: StandardNumber,
    /// Only a part of the older standard is replaced (部分代替).
    pub partial: bool,
}

/// A succession text, read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Succession {
    /// Older standards that this one replaces (代替).
    pub replaces: Vec<Link>,
    /// Newer standards that replace this one (被代替).
    pub replaced_by: Vec<Link>,
    /// What else the text says, in the source's words: announcements, references, self references.
    pub notes: Vec<String>,
}

/// The longest text that is read; the longest real one has 300 characters.
const LONGEST_TEXT: usize = 4000;

/// General metrological terms, drafting rules and uncertainty: regulations cite these, and replace none of them.
const GENERAL_METROLOGY: [&str; 5] = ["JJF1001", "JJF1002", "JJF1059", "JJF1071", "JJF1094"];

/// Reads a succession text; `owner` is the standard of the row.
pub fn parse_succession(text: &str, owner: &StandardNumber) -> Succession {
    let text: String = plain(text).chars().take(LONGEST_TEXT).collect();
    let mut succession = Succession::default();
    if text.chars().all(|c| matches!(c, '/' | '-' | '—' | '无' | ' ')) {
        return succession;
    }
    let (body, notes) = split_notes(&text);
    succession.notes = notes;
    if let Some(link) = clause_repeal(&body) {
        succession.replaced_by.push(link);
        succession.notes.push(body);
        return succession;
    }
    let read = read_body(&body);
    let bare = BareList::of(&read.items, owner);
    for item in read.items {
        succession.add(item, owner, &bare);
    }
    succession.notes.extend(read.words);
    succession
}

impl Succession {
    fn add(&mut self, item: Item, owner: &StandardNumber, bare: &BareList) {
        let number = &item.number;
        let is_self = number.key().is_some() && number.key() == owner.key();
        let links = match item.role {
            _ if is_self || number.key().is_none() => None,
            Role::Replaces => Some(&mut self.replaces),
            Role::ReplacedBy => Some(&mut self.replaced_by),
            Role::Bare { group } => bare
                .is_predecessor(number, group, owner)
                .then_some(&mut self.replaces),
        };
        let Some(links) = links else {
            self.notes.push(number.raw().trim().to_owned());
            return;
        };
        match links.iter_mut().find(|link| link.number.key() == number.key()) {
            Some(link) => link.partial &= item.partial,
            None => links.push(Link {
                number: item.number,
                partial: item.partial,
            }),
        }
    }
}

/// `自《…》GB55020-2021实施之日起，该标准相关强制性条文第4.1.5条同时废止`: the newer standard replaces these clauses.
fn clause_repeal(text: &str) -> Option<Link> {
    let (before, after) = text.split_once("实施之日起")?;
    let number = find_citations(before).pop()?.number;
    let partial = ["条文", "部分", "条款"].iter().any(|word| after.contains(word));
    (after.contains("废止") && number.key().is_some()).then_some(Link { number, partial })
}

/// What numbers without a word beside them mean.
///
/// Evidence, from the public catalogues csres.com and biaozhun.org (2026): in the rows of all kinds but metrology, 133
/// numbers stand bare; 94 are older editions of the same number, and of the 16 that have a row of their own 15 are
/// 作废 and the last is replaced by a standard not yet in force. They are predecessors. In the rows of metrological
/// regulations a bare list mixes predecessors with the documents that the regulation cites: `JJG146-2003JJF1001-1998,
/// JJF1059-1999,GB/T6093-2001` belongs to JJG 146-2011. The predecessors come first and the citations are glued on
/// without a separator. All 38 older editions of the owner's own number are predecessors (the 8 with a row are dead);
/// JJG 744-2004 and JJG 845-2009, in lists without one, are still in force, and JJF 1001-1998 stands in the lists of four
/// regulations on other subjects: such lists are citations.
struct BareList {
    metrology: bool,
    /// The first list opens with an older edition of the owner, so all its regulations are predecessors.
    opens_with_edition: bool,
    /// The field names one number in all.
    alone: bool,
}

impl BareList {
    fn of(items: &[Item], owner: &StandardNumber) -> Self {
        let mut bare = items.iter().filter(|item| matches!(item.role, Role::Bare { .. }));
        let first = bare.next();
        Self {
            metrology: owner.kind() == Some(StandardKind::Metrology),
            opens_with_edition: first.is_some_and(|item| is_edition(&item.number, owner)),
            alone: first.is_some() && bare.next().is_none(),
        }
    }

    fn is_predecessor(&self, number: &StandardNumber, group: usize, owner: &StandardNumber) -> bool {
        let newer = number
            .year()
            .zip(owner.year())
            .is_some_and(|(year, own)| year > own);
        if newer || !self.metrology || is_edition(number, owner) {
            return !newer;
        }
        let is_regulation = number.kind() == Some(StandardKind::Metrology) && number.year().is_some();
        let is_general = number
            .base()
            .is_some_and(|base| GENERAL_METROLOGY.contains(&base));
        is_regulation && !is_general && (self.alone || (self.opens_with_edition && group == 0))
    }
}

fn is_edition(number: &StandardNumber, owner: &StandardNumber) -> bool {
    number.base().is_some() && number.base() == owner.base()
}

#[cfg(test)]
mod tests;
