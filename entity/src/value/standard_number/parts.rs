//! The parts of one standard number, and the forms put together from them.

use super::kind::{Adoption, NumberFlag, StandardKind, StandardNature};

/// What stands between prefix and serial in the canonical form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Joint {
    /// `GB/T 1.1`
    Blank,
    /// `Q/GDW 11148`, `YBB00332002`: the serial holds its own blanks or none belong there.
    Nothing,
    /// `CHIV-19801`
    Dash,
}

/// The code before the serial, and what it says.
#[derive(Clone, Debug)]
pub(super) struct Head {
    pub(super) kind: StandardKind,
    pub(super) nature: Option<StandardNature>,
    pub(super) known: bool,
    /// Canonical: `GB/T`, `DB32/T`, `JJF(电子)`, `T/CSAE`, `Q/`.
    pub(super) prefix: String,
    pub(super) joint: Joint,
    /// Digits of the division in a local standard.
    pub(super) region: Option<String>,
    /// The head was put right by guess (`GDW` for `Q/GDW`).
    pub(super) repaired: bool,
    /// A separator that the grammar asks for was missing (`T CSAE`): too little to believe it in prose.
    pub(super) loose: bool,
}

impl Head {
    /// A known head with a blank behind it, its nature as the code tells.
    pub(super) fn new(kind: StandardKind, prefix: String) -> Self {
        Self {
            kind,
            nature: nature_of(kind, &prefix),
            known: true,
            prefix,
            joint: Joint::Blank,
            region: None,
            repaired: false,
            loose: false,
        }
    }
}

/// Nature by the last letter of the code; group, enterprise and foreign standards have none.
fn nature_of(kind: StandardKind, prefix: &str) -> Option<StandardNature> {
    if !matches!(
        kind,
        StandardKind::National | StandardKind::Industry | StandardKind::Local
    ) {
        return None;
    }
    match prefix.split('/').skip(1).last() {
        None | Some("") => Some(StandardNature::Mandatory),
        Some(suffix) if suffix.ends_with('T') => Some(StandardNature::Recommended),
        Some("Z") => Some(StandardNature::Guidance),
        Some(_) => None,
    }
}

/// The year as printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Year {
    /// `-`, or `:` where the issuer writes it so.
    pub(super) mark: char,
    /// Two or four digits.
    pub(super) text: String,
    /// Four digits.
    pub(super) value: u16,
    /// Language edition: E, R, MM.
    pub(super) letter: String,
}

/// What the serial reading found besides serial and year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// One standard.
    Single,
    /// Several by a range.
    Range,
    /// Against the grammar.
    Malformed,
}

/// Serial, year and what hangs on them.
#[derive(Clone, Debug)]
pub(super) struct Body {
    /// `1.1`, `A 17002`, `GDW 11148`
    pub(super) serial: String,
    pub(super) year: Option<Year>,
    /// Behind the year: `-10501` in Q/GDW15 001-2014-10501, `+A1:2021` in EN numbers.
    pub(super) tail: String,
    pub(super) shape: Shape,
    pub(super) repaired: bool,
}

/// One number taken apart.
#[derive(Clone, Debug)]
pub(super) struct Parts {
    pub(super) head: Head,
    pub(super) body: Body,
    /// `/XG1-2019`, or empty.
    pub(super) amendment: String,
    pub(super) adoption: Option<Adoption>,
    pub(super) edition_note: Option<u16>,
    /// Sorted and distinct only after `finished_flags`.
    pub(super) flags: Vec<NumberFlag>,
}

impl Parts {
    pub(super) fn new(head: Head, body: Body) -> Self {
        Self {
            head,
            body,
            amendment: String::new(),
            adoption: None,
            edition_note: None,
            flags: Vec::new(),
        }
    }

    pub(super) fn add_flag(&mut self, flag: NumberFlag) {
        self.flags.push(flag);
    }

    /// The shown form of the number without its amendment.
    pub(super) fn amended_canonical(&self) -> String {
        let mut text = self.head.prefix.clone();
        match self.head.joint {
            Joint::Blank => text.push(' '),
            Joint::Dash => text.push('-'),
            Joint::Nothing => {}
        }
        text.push_str(&self.body.serial);
        if let Some(year) = &self.body.year {
            text.push(year.mark);
            text.push_str(&year.text);
            text.push_str(&year.letter);
        }
        text.push_str(&self.body.tail);
        text
    }

    pub(super) fn canonical(&self) -> String {
        self.amended_canonical() + &self.amendment
    }

    /// Join key: no blanks, four-digit year, a dash before every year.
    pub(super) fn key(&self) -> String {
        let mut key = self.stem();
        if let Some(year) = &self.body.year {
            key.push('-');
            key.push_str(&year.value.to_string());
            key.push_str(&year.letter);
        }
        key.extend(without_blanks(&self.body.tail).map(dash_for_colon));
        key.extend(without_blanks(&self.amendment).map(dash_for_colon));
        key
    }

    /// Key of all editions: without year, edition letter and amendment.
    pub(super) fn base(&self) -> String {
        let mut base = self.stem();
        if self.head.kind == StandardKind::Enterprise {
            base.push_str(&self.body.tail);
        }
        base
    }

    fn stem(&self) -> String {
        let mut stem: String = without_blanks(&self.head.prefix).collect();
        if self.head.joint == Joint::Dash {
            stem.push('-');
        }
        stem.extend(without_blanks(&self.body.serial));
        stem
    }

    /// Flags of the text, sorted and distinct.
    pub(super) fn finished_flags(&self) -> Vec<NumberFlag> {
        let mut flags = self.flags.clone();
        match self.body.shape {
            Shape::Single => {}
            Shape::Range => flags.push(NumberFlag::Range),
            Shape::Malformed => flags.push(NumberFlag::Malformed),
        }
        if self.head.repaired || self.body.repaired {
            flags.push(NumberFlag::Repaired);
        }
        flags.sort_unstable();
        flags.dedup();
        flags
    }
}

fn without_blanks(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|character| *character != ' ')
}

fn dash_for_colon(character: char) -> char {
    if character == ':' { '-' } else { character }
}
