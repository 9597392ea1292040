//! UTF-8 text that was read as Latin-1 or Windows-1252 (`å±` for 居), turned back.

use encoding_rs::GBK;

use super::markup::is_han;

/// What the 27 bytes 0x80 to 0x9F mean in Windows-1252 where they differ from Latin-1.
const WINDOWS_1252: [(char, u8); 27] = [
    ('€', 0x80),
    ('‚', 0x82),
    ('ƒ', 0x83),
    ('„', 0x84),
    ('…', 0x85),
    ('†', 0x86),
    ('‡', 0x87),
    ('ˆ', 0x88),
    ('‰', 0x89),
    ('Š', 0x8a),
    ('‹', 0x8b),
    ('Œ', 0x8c),
    ('Ž', 0x8e),
    ('‘', 0x91),
    ('’', 0x92),
    ('“', 0x93),
    ('”', 0x94),
    ('•', 0x95),
    ('–', 0x96),
    ('—', 0x97),
    ('˜', 0x98),
    ('™', 0x99),
    ('š', 0x9a),
    ('›', 0x9b),
    ('œ', 0x9c),
    ('ž', 0x9e),
    ('Ÿ', 0x9f),
];

/// The bytes that programs take for white space when UTF-8 is read as Latin-1: NEL and the no-break space. Where one of
/// them stood inside a character, a plain blank (or nothing, at the end of the field) is left.
const EATEN: [u8; 2] = [0x85, 0xa0];

/// Text turned back into Chinese.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repaired {
    /// The text; a character that could not be told stands as U+FFFD.
    pub text: String,
    /// Whether such a character is left.
    pub incomplete: bool,
}

/// Turns a text back if it is, as a whole, UTF-8 read as Latin-1 or Windows-1252 and contains Chinese characters then.
/// A byte eaten as white space is put back when one of the two candidates only is an everyday character (level 1 of
/// GB/T 2312): 养 rather than 堻. Between 无 and 旅 nothing can be told, and U+FFFD is left.
pub fn repair(text: &str) -> Option<Repaired> {
    if !text.chars().any(|c| c > '\u{7f}') {
        return None;
    }
    let bytes: Vec<u8> = text.chars().map(byte_of).collect::<Option<_>>()?;
    let mut repaired = Repaired {
        text: String::new(),
        incomplete: false,
    };
    let mut rest = bytes.as_slice();
    while let Some((&lead, after)) = rest.split_first() {
        let length = match lead {
            0..=0x7f => 0,
            0xc2..=0xdf => 1,
            0xe0..=0xef => 2,
            0xf0..=0xf4 => 3,
            _ => return None,
        };
        let (tail, behind) = after.split_at(length.min(after.len()));
        match character(lead, tail, length)? {
            Some(c) => repaired.text.push(c),
            None => {
                repaired.text.push(char::REPLACEMENT_CHARACTER);
                repaired.incomplete = true;
            }
        }
        rest = behind;
    }
    repaired.text.chars().any(is_han).then_some(repaired)
}

fn byte_of(c: char) -> Option<u8> {
    u8::try_from(u32::from(c)).ok().or_else(|| {
        WINDOWS_1252
            .iter()
            .find(|(known, _)| *known == c)
            .map(|(_, byte)| *byte)
    })
}

/// One character from its lead byte and the bytes behind it: `None` when this is no UTF-8, `Some(None)` when it is, but
/// an eaten byte cannot be told.
fn character(lead: u8, tail: &[u8], length: usize) -> Option<Option<char>> {
    let eaten = tail.iter().filter(|byte| **byte == b' ').count() + (length - tail.len());
    if eaten == 0 {
        return decode(lead, tail.iter().copied()).map(Some);
    }
    if eaten > 1 || length < 2 {
        return None;
    }
    let candidates = EATEN.map(|byte| {
        let filled = tail.iter().map(move |b| if *b == b' ' { byte } else { *b });
        decode(lead, filled.chain((tail.len() < length).then_some(byte)))
    });
    match candidates {
        [None, None] => None,
        [Some(only), None] | [None, Some(only)] => Some(Some(only)),
        [Some(first), Some(second)] => match (is_everyday(first), is_everyday(second)) {
            (true, false) => Some(Some(first)),
            (false, true) => Some(Some(second)),
            _ => Some(None),
        },
    }
}

fn decode(lead: u8, tail: impl Iterator<Item = u8>) -> Option<char> {
    let bytes: Vec<u8> = std::iter::once(lead).chain(tail).collect();
    let text = std::str::from_utf8(&bytes).ok()?;
    text.chars().next()
}

/// Level 1 of GB/T 2312 (3,755 everyday characters): rows 16 to 55 of the code table.
fn is_everyday(c: char) -> bool {
    let mut buffer = [0; 4];
    let (bytes, _, failed) = GBK.encode(c.encode_utf8(&mut buffer));
    !failed && matches!(*bytes, [0xb0..=0xd7, 0xa1..=0xfe])
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reads UTF-8 as Latin-1 and trims and merges white space, as the crawler of the source did.
    fn damaged(text: &str) -> String {
        let latin: String = text.bytes().map(char::from).collect();
        latin.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    fn repaired(text: &str) -> Option<(String, bool)> {
        repair(text).map(|repaired| (repaired.text, repaired.incomplete))
    }

    #[test]
    fn rows_of_a_public_list_are_turned_back() {
        // biaozhun.org, local standards.
        assert_eq!(
            repaired(
                "945-2015 ç\u{83}\u{ad}å\u{8a}\u{9b}è¾\u{93}é\u{80}\u{81}ç®¡é\u{81}\u{93}è\u{8a}\u{82}è\u{83}½æ\u{8a}\u{80}æ\u{9c}¯è§\u{84}è\u{8c}\u{83}"
            ),
            Some(("945-2015 热力输送管道节能技术规范".to_owned(), false))
        );
        assert_eq!(
            repaired("å \u{ad}æ°\u{9f}å\u{8c}\u{96}ç¡«ç\u{94}µæ°\u{94}è®¾å¤\u{87}")
                .map(|(text, _)| text)
                .as_deref(),
            Some("六氟化硫电气设备")
        );
        assert_eq!(
            repaired("43-2023 å\u{8c}\u{96}æ©\u{98}çº¢å\u{8c} è£ é\u{80}\u{9a}å\u{88}\u{99}"),
            Some(("43-2023 化橘红\u{fffd}装通则".to_owned(), true))
        );
    }

    #[test]
    fn a_byte_eaten_as_a_blank_is_put_back_only_when_it_can_be_told() {
        for (text, expected) in [
            ("干法复合机维护保养技术规程", "干法复合机维护保养技术规程"),
            ("绿色公路客运站评价技术规范", "绿色公路客运站评价技术规范"),
            ("煤层气集成撬装压缩站", "煤层气集成撬装压缩站"),
            ("线性菲涅尔太阳能", "线性菲涅尔太阳能"),
            ("城郊人居环境绿化规范", "城郊人\u{fffd}环境绿化规范"),
            ("无螺栓连接", "\u{fffd}螺栓连接"),
        ] {
            assert_eq!(
                repaired(&damaged(text)).map(|(text, _)| text).as_deref(),
                Some(expected)
            );
        }
    }

    #[test]
    fn windows_1252_is_turned_back_too() {
        assert_eq!(repaired("è‹‹ç”Ÿäº§"), Some(("苋生产".to_owned(), false)));
    }

    #[test]
    fn other_text_is_left_alone() {
        for text in [
            "",
            "plain",
            "热力输送",
            "±800kV",
            "0.2µm",
            "café",
            "GB/T 1 ° § é",
            "Ã",
            "ç\u{83}",
            "热å\u{8a}\u{9b}",
        ] {
            assert_eq!(repair(text), None, "{text}");
        }
    }
}
