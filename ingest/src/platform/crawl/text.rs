//! Text of a page as a reader sees it, and its bytes as text.

use encoding_rs::GB18030;

/// Stands for a line break while text is gathered: `<br>`, or the edge of a block.
pub const BREAK: char = '\u{2028}';

/// Lines without leading, trailing and double blanks, and without empty lines, divided by `\n`.
pub fn tidy(text: &str) -> String {
    let mut tidied = String::with_capacity(text.len().min(4096));
    for line in text.split(BREAK) {
        let mut words = line.split(is_blank).filter(|word| !word.is_empty());
        let Some(first) = words.next() else { continue };
        if !tidied.is_empty() {
            tidied.push('\n');
        }
        tidied.push_str(first);
        for word in words {
            tidied.push(' ');
            tidied.push_str(word);
        }
    }
    tidied
}

fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\r' | '\n' | '\u{c}' | '\u{a0}' | '\u{feff}')
}

/// The bytes of an answer as text: UTF-8, or GB18030 where the header or the page says so. Bytes that are neither
/// give a message and never a replacement character.
pub fn decode(bytes: Vec<u8>, content_type: &str) -> Result<String, String> {
    let bytes = match String::from_utf8(bytes) {
        Ok(text) => return Ok(text),
        Err(error) => error.into_bytes(),
    };
    let head = bytes.get(..bytes.len().min(1024)).unwrap_or_default();
    let said = format!("{content_type} {}", String::from_utf8_lossy(head)).to_ascii_lowercase();
    let chinese = ["charset=gb", "charset=\"gb", "charset='gb"]
        .iter()
        .any(|sign| said.contains(sign));
    let decoded = chinese
        .then(|| GB18030.decode_without_bom_handling_and_without_replacement(&bytes))
        .flatten();
    match decoded {
        Some(text) => Ok(text.into_owned()),
        None => Err(format!(
            "the answer of {} bytes is no UTF-8 and says no other encoding that fits",
            bytes.len()
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_are_single_and_lines_stay() {
        for (raw, expected) in [
            ("  a \r\n\t b\u{a0}\u{a0}c ", "a b c"),
            ("a\u{2028}\u{2028} b ", "a\nb"),
            (" \u{2028} ", ""),
            ("甲\u{3000}乙", "甲\u{3000}乙"),
        ] {
            assert_eq!(tidy(raw), expected, "{raw:?}");
        }
    }

    #[test]
    fn bytes_are_read_in_the_encoding_that_is_said() {
        let (chinese, _, _) = GB18030.encode("企业标准");
        let chinese = chinese.into_owned();
        assert_eq!(decode("企业".as_bytes().to_vec(), "").unwrap(), "企业");
        assert_eq!(
            decode(chinese.clone(), "text/html; charset=GBK").unwrap(),
            "企业标准"
        );
        let mut page = b"<meta charset=\"gb2312\">".to_vec();
        page.extend(&chinese);
        assert_eq!(
            decode(page, "text/html").unwrap(),
            "<meta charset=\"gb2312\">企业标准"
        );
        assert!(decode(chinese, "text/html").unwrap_err().contains("no UTF-8"));
        assert!(decode(vec![0xff, 0xff], "text/html; charset=gbk").is_err());
    }
}
