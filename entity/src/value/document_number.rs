//! Numbers of official documents (发文字号), `张市监标计〔2022〕2号`.

use super::folding::is_han;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::iter::once;
use unicode_normalization::UnicodeNormalization;

/// Longest document number looked at, in bytes.
const LONGEST: usize = 300;

/// The number of an official document (发文字号): issuer's short name, year in brackets, serial.
///
/// GB/T 9704-2012 clause 7.2.5 has the year in hexagonal brackets 〔〕 and 号 behind the serial; sources print
/// the year in any bracket. Decisions on penalties (行政处罚决定书文号) have the same form.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct DocumentNumber {
    canonical: String,
    year: u16,
}

impl DocumentNumber {
    /// Reads a text that is one document number: something before a bracketed year, a serial behind it, and
    /// 号.
    pub fn parse(raw: &str) -> Option<Self> {
        if raw.len() > LONGEST {
            return None;
        }
        let folded = fold(raw);
        let (year_at, year, length) = find_year(&folded)?;
        let issuer: String = folded.iter().take(year_at).collect();
        let serial: String = folded.iter().skip(year_at + length).collect();
        if !issuer.chars().any(is_han) || !is_serial(&serial) {
            return None;
        }
        let canonical = format!(
            "{}〔{year}〕{serial}",
            issuer.replace('(', "（").replace(')', "）")
        );
        Some(Self { canonical, year })
    }

    /// The form to show: year in 〔〕, other brackets （）, no blanks.
    pub fn canonical(&self) -> &str {
        &self.canonical
    }

    /// The key to join on: the canonical form without the 第 that some registers put before the serial.
    pub fn key(&self) -> String {
        self.canonical.replacen("〕第", "〕", 1)
    }

    /// Year in the brackets.
    pub fn year(&self) -> u16 {
        self.year
    }
}

/// NFKC without blanks and controls, every bracket as `(` or `)`.
fn fold(raw: &str) -> Vec<char> {
    let mut folded = Vec::with_capacity(raw.len() / 3);
    for character in raw
        .chars()
        .flat_map(|character| once(character).nfkc().collect::<Vec<_>>())
    {
        match character {
            '[' | '【' | '〔' | '〈' | '〖' | '<' | '{' | '﹝' => folded.push('('),
            ']' | '】' | '〕' | '〉' | '〗' | '>' | '}' | '﹞' => folded.push(')'),
            '\u{2010}'..='\u{2015}' | '\u{2212}' => folded.push('-'),
            '\u{200B}'..='\u{200F}' | '\u{FEFF}' => {}
            blank if blank.is_whitespace() || blank.is_control() => {}
            other => folded.push(other),
        }
    }
    folded
}

/// The last bracket that holds a year: where it starts, the year, and how many characters it takes.
fn find_year(folded: &[char]) -> Option<(usize, u16, usize)> {
    let year_at = |start: usize| {
        let inner: String = folded
            .iter()
            .skip(start + 1)
            .take_while(|character| **character != ')')
            .take(6)
            .collect();
        let digits = inner.strip_suffix('年').unwrap_or(&inner);
        let year: u16 = digits
            .parse()
            .ok()
            .filter(|year| digits.len() == 4 && (1949..=2099).contains(year))?;
        let length = inner.chars().count() + 2;
        (folded.get(start + length - 1) == Some(&')')).then_some((start, year, length))
    };
    let brackets = folded
        .iter()
        .enumerate()
        .rev()
        .filter(|(_, character)| **character == '(');
    brackets.map(|(start, _)| start).find_map(year_at)
}

/// `2号`, `第330200210053741号`, `1-3号`, `A12号`.
fn is_serial(serial: &str) -> bool {
    let inner = serial.strip_prefix('第').unwrap_or(serial);
    let Some(number) = inner.strip_suffix('号') else {
        return false;
    };
    let allowed = number
        .chars()
        .all(|character| character.is_ascii_alphanumeric() || character == '-' || is_han(character));
    allowed && number.chars().any(|character| character.is_ascii_digit())
}

impl fmt::Display for DocumentNumber {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.canonical)
    }
}

impl TryFrom<String> for DocumentNumber {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        Self::parse(&text).ok_or_else(|| format!("no document number: {text:?}"))
    }
}

impl From<DocumentNumber> for String {
    fn from(number: DocumentNumber) -> Self {
        number.canonical
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Forms seen on credit and market-regulation sites; the first is of 张家港市市场监督管理局.
    #[test]
    fn brackets_are_unified() {
        let table = [
            ("张市监标计〔2022〕2号", Some("张市监标计〔2022〕2号")),
            ("张市监标计[2022]2号", Some("张市监标计〔2022〕2号")),
            ("张市监标计（2022）2 号", Some("张市监标计〔2022〕2号")),
            ("张市监标计(2022)2号", Some("张市监标计〔2022〕2号")),
            ("张市监标计【2022】2号", Some("张市监标计〔2022〕2号")),
            ("张市监标计〈２０２２〉２号", Some("张市监标计〔2022〕2号")),
            ("国市监处罚〔2026〕10号", Some("国市监处罚〔2026〕10号")),
            (
                "（杭临）市监处罚〔2024〕131号",
                Some("（杭临）市监处罚〔2024〕131号"),
            ),
            ("(杭临)市监处罚(2024)131号", Some("（杭临）市监处罚〔2024〕131号")),
            (
                "嘉公（交）决字[2026]第330200210053741号",
                Some("嘉公（交）决字〔2026〕第330200210053741号"),
            ),
            ("国发〔2019〕5号", Some("国发〔2019〕5号")),
            ("654636", None),
            ("2018年第4号", None),
            ("〔2022〕2号", None),
            ("张市监标计〔2022〕", None),
            ("GB 50011-2010（2016年版）", None),
            ("", None),
        ];
        for (raw, expected) in table {
            assert_eq!(
                DocumentNumber::parse(raw).as_ref().map(DocumentNumber::canonical),
                expected,
                "{raw}"
            );
        }
    }

    #[test]
    fn key_leaves_out_the_ordinal_word() {
        let key = |raw| DocumentNumber::parse(raw).map(|number| number.key());
        assert_eq!(key("嘉公（交）决字[2026]第12号"), key("嘉公(交)决字〔2026〕12号"));
        assert_ne!(
            key("（杭临）市监处罚〔2024〕131号"),
            key("杭临市监处罚〔2024〕131号")
        );
    }
}
