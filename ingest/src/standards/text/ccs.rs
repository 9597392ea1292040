//! The CCS field (中国标准文献分类号) of a catalogue row.

use super::flag::TextFlag;
use super::markup::{fold_width, is_han, plain};

/// The codes of a CCS field.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ccs {
    /// Codes as `A00`, groups as `A00/09`, classes as `Z`; in the order of the field, each once.
    pub codes: Vec<String>,
    /// Codes of GB/T 4754 (国民经济行业分类), `C372`, which the group-standard platform ttbz.org.cn writes into the field.
    pub industries: Vec<String>,
    /// What could not be read.
    pub unreadable: Vec<String>,
}

impl Ccs {
    /// The flag that an unreadable remnant calls for.
    pub fn flag(&self) -> Option<TextFlag> {
        (!self.unreadable.is_empty()).then_some(TextFlag::CcsUnreadable)
    }
}

enum Part<'t> {
    Code(String),
    Industry(&'t str),
    GroupEnd,
    Word,
    Unreadable,
}

/// Reads a CCS field: `B05`, `B 99`, `N20;N61`, `A00/09`, `CCSY75/C181`, `C00/Q841`, `/S952`, `K72一般灯具`.
pub fn read_ccs(text: &str) -> Ccs {
    let text = fold_width(&plain(text)).to_uppercase().replace("CCS", " ");
    let mut ccs = Ccs::default();
    let mut has_words = false;
    let mut follows_code = false;
    for part in parts(&text) {
        let was_code = std::mem::take(&mut follows_code);
        match read_part(&part) {
            Part::Code(code) => {
                follows_code = true;
                push_new(&mut ccs.codes, code);
            }
            Part::Industry(code) => push_new(&mut ccs.industries, code.to_owned()),
            Part::GroupEnd if was_code => {
                if let Some(start) = ccs.codes.last_mut() {
                    *start = format!("{start}/{part}");
                }
            }
            Part::Word => has_words = true,
            Part::GroupEnd | Part::Unreadable => ccs.unreadable.push(part),
        }
    }
    if has_words && ccs.codes.is_empty() && ccs.industries.is_empty() && ccs.unreadable.is_empty() {
        ccs.unreadable.push(text.trim().to_owned());
    }
    ccs
}

fn push_new(codes: &mut Vec<String>, code: String) {
    if !codes.contains(&code) {
        codes.push(code);
    }
}

/// Pieces between separators. A blank separates unless it stands between a lone letter and its digits (`C 08`).
fn parts(text: &str) -> Vec<String> {
    let mut parts: Vec<String> = Vec::new();
    for piece in text
        .split(|c: char| c.is_whitespace() || matches!(c, ';' | ',' | '、' | '，' | '/' | '>' | '(' | ')'))
    {
        let is_serial = piece.len() >= 2 && piece.chars().all(|c| c.is_ascii_digit());
        match parts.last_mut() {
            Some(last)
                if is_serial && last.len() == 1 && last.starts_with(|c: char| c.is_ascii_uppercase()) =>
            {
                last.push_str(piece)
            }
            _ => parts.push(piece.to_owned()),
        }
    }
    parts.retain(|part| !part.is_empty());
    parts
}

fn read_part(part: &str) -> Part<'_> {
    let mut chars = part.chars();
    let letter = chars.next().unwrap_or_default();
    let rest = chars.as_str();
    let is_class = letter.is_ascii_uppercase() && !matches!(letter, 'I' | 'O');
    let digits = rest.strip_prefix('.').unwrap_or(rest);
    let is_serial = digits.chars().all(|c| c.is_ascii_digit());
    if !part.contains(|c: char| c.is_ascii_alphanumeric()) {
        return Part::Word;
    }
    match digits.len() {
        0 if is_class => Part::Code(letter.to_string()),
        2 if is_class && is_serial => Part::Code(format!("{letter}{digits}")),
        // GB/T 4754 has the sections A to T.
        3 | 4 if is_serial && letter.is_ascii_uppercase() && letter <= 'T' => Part::Industry(part),
        1 if is_serial && letter.is_ascii_digit() => Part::GroupEnd,
        _ => labelled(part).map_or(Part::Unreadable, Part::Code),
    }
}

/// A code with its name behind it: `K72一般灯具`.
fn labelled(part: &str) -> Option<String> {
    let (code, name) = part.split_at_checked(3)?;
    if !name.starts_with(is_han) {
        return None;
    }
    match read_part(code) {
        Part::Code(code) => Some(code),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_of_real_rows() {
        for (text, codes, industries) in [
            ("B05", &["B05"] as &[&str], &[] as &[&str]),
            ("B 99", &["B99"], &[]),
            ("b90", &["B90"], &[]),
            ("A.12", &["A12"], &[]),
            ("z", &["Z"], &[]),
            ("N20;N61", &["N20", "N61"], &[]),
            ("A00/09", &["A00/09"], &[]),
            ("A12/13", &["A12/13"], &[]),
            ("A014", &[], &["A014"]),
            ("/S952", &[], &["S952"]),
            ("/C372", &[], &["C372"]),
            ("C00/Q841", &["C00"], &["Q841"]),
            ("A12/H6130", &["A12"], &["H6130"]),
            ("G99/C999", &["G99"], &["C999"]),
            ("M999", &[], &["M999"]),
            ("L00/09/C343", &["L00/09"], &["C343"]),
            ("CCSC00/09/Q841", &["C00/09"], &["Q841"]),
            ("ccsp66/E481", &["P66"], &["E481"]),
            ("P/E481", &["P"], &["E481"]),
            ("/I6560", &[], &["I6560"]),
            ("电工 >> 电气照明 >> K72一般灯具", &["K72"], &[]),
            ("Y14;Y39;Y14", &["Y14", "Y39"], &[]),
            ("", &[], &[]),
            (" / ", &[], &[]),
        ] {
            let ccs = read_ccs(text);
            assert_eq!(
                (ccs.codes.len(), ccs.codes),
                (codes.len(), codes.iter().map(|c| (*c).to_owned()).collect()),
                "{text}"
            );
            assert_eq!(ccs.industries, industries, "{text}");
            assert_eq!(ccs.unreadable, [] as [&str; 0], "{text}");
        }
    }

    #[test]
    fn remnants_are_reported() {
        for (text, codes, remnant) in [
            ("04", &[] as &[&str], "04"),
            ("65.02", &[], "65.02"),
            ("03.220.20", &[], "03.220.20"),
            ("Z4/C264", &[], "Z4"),
            ("A.00.01/S952", &[], "A.00.01"),
            ("一般灯具", &[], "一般灯具"),
            ("K721一般灯具", &[], "K721一般灯具"),
        ] {
            let ccs = read_ccs(text);
            assert_eq!(ccs.codes, codes, "{text}");
            assert_eq!(ccs.unreadable, [remnant], "{text}");
            assert_eq!(ccs.flag(), Some(TextFlag::CcsUnreadable));
        }
    }
}
