//! Properties of standard numbers that hold for every text, not only for those in the tables.

use entity::value::{StandardKind, StandardNumber, find_citations, split_list};
use proptest::prelude::*;
use proptest::sample::select;

/// A serial of one to five digits with up to two parts: `1`, `0055.5`, `6145.1.2`.
fn serial() -> impl Strategy<Value = String> {
    "[0-9]{1,5}(\\.[1-9][0-9]{0,2}){0,2}"
}

/// A year as numbers print it since 1995.
fn year() -> impl Strategy<Value = String> {
    (1950_u16..2040).prop_map(|year| year.to_string())
}

/// Canonical numbers of every kind, put together after the grammar.
fn canonical_number() -> impl Strategy<Value = (String, StandardKind)> {
    use StandardKind::{Enterprise, Foreign, Group, Industry, Local, Metrology, National, Other};
    let coded = select(vec![
        ("GB", National),
        ("GB/T", National),
        ("GB/Z", National),
        ("GBZ", National),
        ("GBZ/T", National),
        ("JB/T", Industry),
        ("NB/T", Industry),
        ("HJ", Industry),
        ("SJ/Z", Industry),
        ("JB/ZQ", Industry),
        ("NB/SH/T", Industry),
        ("DB/T", Industry),
        ("CJJ/T", Industry),
        ("DB32/T", Local),
        ("DB4403/T", Local),
        ("DB31/", Local),
        ("DBS31/", Local),
        ("SZDB/Z", Local),
        ("T/CSAE", Group),
        ("T/CECA-G", Group),
        ("JJG", Metrology),
        ("JJF(苏)", Metrology),
        ("JJG(铁道)", Metrology),
        ("TSG", Other),
    ]);
    let plain = (coded, serial(), year(), select(vec!["", "E", "MM"]))
        .prop_map(|((code, kind), serial, year, letter)| (format!("{code} {serial}-{year}{letter}"), kind));
    let enterprise = (
        "[A-Z]{2,6}",
        select(vec!["", " "]),
        "[0-9]{3,5}",
        select(vec!["", "S"]),
        year(),
    )
        .prop_map(|(code, blank, serial, food, year)| {
            (format!("Q/{code}{blank}{serial}{food}-{year}"), Enterprise)
        });
    let amendment = (serial(), year(), 1_u8..4, year()).prop_map(|(serial, year, number, changed)| {
        (format!("GB {serial}-{year}/XG{number}-{changed}"), National)
    });
    let foreign = (
        select(vec!["ISO", "IEC", "ISO/IEC", "IEC TS", "EN"]),
        100_u32..99_999,
        1_u8..20,
        year(),
    )
        .prop_map(|(issuer, serial, part, year)| (format!("{issuer} {serial}-{part}:{year}"), Foreign));
    let notice = (100_u16..3000, 1_u8..40, year())
        .prop_map(|(notice, serial, year)| (format!("农业部{notice}号公告-{serial}-{year}"), Industry));
    prop_oneof![6 => plain, 2 => enterprise, 1 => amendment, 1 => foreign, 1 => notice]
}

/// How one character of a canonical form may be printed elsewhere.
fn respelled(character: char, choice: u8) -> String {
    let choose = |variants: &[&str]| {
        variants
            .get(usize::from(choice) % variants.len())
            .map_or_else(String::new, |one| (*one).to_owned())
    };
    match character {
        ' ' => choose(&["", " ", "  ", "\u{3000}", "\u{A0}", "\t", "\u{200B} "]),
        '-' => choose(&["-", "—", "–", "－", "−", " - ", "——", "\u{2011}", " —"]),
        '/' => choose(&["/", "／", "∕", "⁄", "_", "\\", " / "]),
        '(' => choose(&["(", "（", " (", " （ "]),
        ')' => choose(&[")", "）", "） "]),
        ':' => choose(&[":", "：", " : "]),
        letter if letter.is_ascii_uppercase() => match choice % 3 {
            0 => letter.to_string(),
            1 => letter.to_ascii_lowercase().to_string(),
            _ => full_width(letter),
        },
        ascii if ascii.is_ascii_digit() && choice.is_multiple_of(3) => full_width(ascii),
        other => other.to_string(),
    }
}

/// The form of an ASCII character in the block of full-width forms.
fn full_width(ascii: char) -> String {
    let shifted = u32::from(ascii) + 0xFEE0;
    char::from_u32(shifted).map_or_else(String::new, String::from)
}

/// Characters that numbers are made of, and the ones that disturb them, mixed with any others.
fn disturbed_text() -> impl Strategy<Value = String> {
    let pieces = select(vec![
        "GB",
        "/T",
        "T/",
        "Q/",
        "DB32",
        "JJF(",
        "ISO",
        "/",
        "-",
        "—",
        "～",
        "、",
        ",",
        "2020",
        "19",
        "1.1",
        "A",
        " ",
        "\n",
        "《",
        "》",
        "(",
        "）",
        "农业部",
        "号公告",
        "XG1",
        "IDT",
        "\u{200B}",
        "①",
        "一",
        "ー",
        "YZB/国",
        "CECS",
        ":",
        "+A1",
        ".pdf",
        "ﷺ",
        "🚰",
    ]);
    let piece = prop_oneof![4 => pieces.prop_map(str::to_owned), 1 => any::<char>().prop_map(String::from)];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

/// What every reading of a text must keep.
fn assert_consistent(number: &StandardNumber, raw: &str) -> Result<(), TestCaseError> {
    prop_assert_eq!(number.raw(), raw);
    prop_assert_eq!(number.key().is_some(), number.canonical().is_some());
    prop_assert_eq!(number.base().is_some(), number.canonical().is_some());
    prop_assert!(number.flags().is_sorted_by(|before, after| before < after));
    if let Some(canonical) = number.canonical() {
        let again = StandardNumber::parse(canonical);
        prop_assert_eq!(again.canonical(), Some(canonical));
        prop_assert_eq!(again.key(), number.key());
        prop_assert_eq!(again.base(), number.base());
        prop_assert_eq!(again.kind(), number.kind());
        prop_assert_eq!(again.year(), number.year());
        prop_assert!(again.flags().is_empty(), "{:?} of {}", again.flags(), canonical);
    }
    Ok(())
}

proptest! {
    #[test]
    fn canonical_form_reads_as_itself((canonical, kind) in canonical_number()) {
        let number = StandardNumber::parse(&canonical);
        prop_assert_eq!(number.canonical(), Some(canonical.as_str()));
        prop_assert_eq!(number.kind(), Some(kind));
        prop_assert!(number.flags().is_empty());
        assert_consistent(&number, &canonical)?;
    }

    #[test]
    fn key_survives_blanks_widths_and_dashes((canonical, _) in canonical_number(), choices in prop::collection::vec(any::<u8>(), 60)) {
        let raw: String = canonical.chars().zip(choices).map(|(character, choice)| respelled(character, choice)).collect();
        let (number, expected) = (StandardNumber::parse(&raw), StandardNumber::parse(&canonical));
        prop_assert_eq!(number.key(), expected.key(), "{}", raw);
        prop_assert_eq!(number.base(), expected.base(), "{}", raw);
        prop_assert_eq!(number.kind(), expected.kind(), "{}", raw);
    }

    #[test]
    fn key_holds_no_blank_and_the_base_begins_it((canonical, _) in canonical_number()) {
        let number = StandardNumber::parse(&canonical);
        let (key, base) = (number.key().unwrap_or_default(), number.base().unwrap_or_default());
        prop_assert!(!key.contains(char::is_whitespace) && !key.contains(char::is_lowercase));
        prop_assert!(key.starts_with(base) && key.len() > base.len());
    }

    #[test]
    fn editions_share_their_base((canonical, _) in canonical_number(), other in year()) {
        let number = StandardNumber::parse(&canonical);
        let Some(year) = number.year().filter(|_| number.amends().is_none()) else { return Ok(()) };
        let edition = canonical.replace(&format!("-{year}"), &format!("-{other}")).replace(&format!(":{year}"), &format!(":{other}"));
        let edition = StandardNumber::parse(&edition);
        prop_assert_eq!(number.base(), edition.base());
    }

    #[test]
    fn any_text_is_read_without_panic(raw in any::<String>()) {
        assert_consistent(&StandardNumber::parse(&raw), &raw)?;
    }

    #[test]
    fn disturbed_text_is_read_without_panic(raw in disturbed_text()) {
        assert_consistent(&StandardNumber::parse(&raw), &raw)?;
        for number in split_list(&raw) {
            assert_consistent(&number, number.raw())?;
        }
    }

    #[test]
    fn citations_lie_in_order_on_character_boundaries(text in disturbed_text()) {
        let mut behind = 0;
        for citation in find_citations(&text) {
            prop_assert!(citation.start >= behind && citation.start < citation.end);
            let slice = text.get(citation.start..citation.end);
            prop_assert!(slice.is_some());
            let inherited = citation.number.raw() != slice.unwrap_or_default();
            prop_assert!(!inherited || citation.number.raw().ends_with(slice.unwrap_or_default()));
            assert_consistent(&citation.number, citation.number.raw())?;
            behind = citation.end;
        }
    }

    #[test]
    fn number_in_prose_is_found((canonical, _) in canonical_number(), before in "[，。、（产品执行标准]{0,6}", behind in "[，。；）的规定]{1,6}") {
        let text = format!("{before}{canonical}{behind}");
        let citations = find_citations(&text);
        let found: Vec<_> = citations.iter().map(|citation| citation.number.canonical()).collect();
        prop_assert_eq!(found, vec![Some(canonical.as_str())], "{}", text);
    }

    #[test]
    fn list_gives_its_members_back(numbers in prop::collection::vec(canonical_number(), 1..5), separator in select(vec!["、", ",", "；", "; ", "\n", "，"])) {
        let canonical: Vec<&str> = numbers.iter().map(|(canonical, _)| canonical.as_str()).collect();
        let split = split_list(&canonical.join(separator));
        let found: Vec<_> = split.iter().filter_map(StandardNumber::canonical).collect();
        prop_assert_eq!(found, canonical);
    }
}
