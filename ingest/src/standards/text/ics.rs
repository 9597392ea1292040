//! The ICS field (国际标准分类号) of a catalogue row.

use super::flag::TextFlag;
use super::ics_group::{is_ics_field, is_ics_group};
use super::markup::{fold_width, plain};

/// The codes of an ICS field.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ics {
    /// Codes as `NN`, `NN.NNN` or `NN.NNN.NN`, in the order of the field, each once.
    pub codes: Vec<String>,
    /// What could not be read, or not to the end.
    pub unreadable: Vec<String>,
}

impl Ics {
    /// The flag that an unreadable remnant calls for.
    pub fn flag(&self) -> Option<TextFlag> {
        (!self.unreadable.is_empty()).then_some(TextFlag::IcsUnreadable)
    }

    fn add(&mut self, code: String) {
        if !self.codes.contains(&code) {
            self.codes.push(code);
        }
    }
}

/// The longest run of digits and dots that is taken apart: four glued codes.
const LONGEST_RUN: usize = 40;

/// Reads an ICS field: `ICS 65.020.20`, lists, glued codes (`65.020.2065.020.30`), other separators (`03-120`,
/// `65。020`), numbers that a spreadsheet cut (`29.02` for 29.020, `7.06` for 07.060). Such a repair is made only when
/// exactly one group of ICS fits; of `03.100.030` the group 03.100 is taken and the whole is reported as unreadable.
pub fn read_ics(text: &str) -> Ics {
    let text = fold_width(&plain(text))
        .to_uppercase()
        .replace("ICS", " ")
        .replace("<BR", " ");
    let text: String = text
        .chars()
        .map(|c| if matches!(c, '。' | '-' | '—') { '.' } else { c })
        .collect();
    let text = text.replace(". ", ".").replace(" .", ".");
    let mut ics = Ics::default();
    for run in runs(&text) {
        read_run(run, &mut ics);
    }
    let has_words = text.chars().any(|c| c.is_alphanumeric());
    if ics.codes.is_empty() && ics.unreadable.is_empty() && has_words {
        ics.unreadable.push(text.trim().to_owned());
    }
    ics
}

/// Runs of digits and dots outside brackets, with the Latin letters that touch them. What stands in brackets is a
/// remark or an empty place of a template (`01.040.03,(),,()`).
fn runs(text: &str) -> Vec<&str> {
    let mut outside = Vec::new();
    for (at, piece) in text.split(['(', '（']).enumerate() {
        let kept = if at == 0 {
            piece
        } else {
            piece.split_once([')', '）']).map_or("", |(_, behind)| behind)
        };
        outside.push(kept);
    }
    outside
        .into_iter()
        .flat_map(|piece| piece.split(|c: char| !(c.is_ascii_alphanumeric() || c == '.')))
        .map(|run| run.trim_matches('.'))
        .filter(|run| run.contains(|c: char| c.is_ascii_digit()))
        .collect()
}

fn read_run(run: &str, ics: &mut Ics) {
    let digits = run.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let has_letters = run.contains(|c: char| c.is_ascii_alphabetic());
    if run.len() > LONGEST_RUN || digits.contains(|c: char| c.is_ascii_alphabetic()) {
        ics.unreadable.push(run.to_owned());
    } else if let Some(codes) = glued(digits) {
        codes.into_iter().for_each(|code| ics.add(code));
    } else if let Some((code, complete)) = (!has_letters).then(|| repaired(digits)).flatten() {
        ics.add(code);
        if !complete {
            ics.unreadable.push(run.to_owned());
        }
    } else {
        ics.unreadable.push(run.to_owned());
    }
}

/// One well-written code, or several without a separator: `65.020.2065.020.30`, `01.12003.220`.
fn glued(run: &str) -> Option<Vec<String>> {
    if is_ics_field(run) {
        return Some(vec![run.to_owned()]);
    }
    let (field, rest) = take_digits(run, 2)?;
    let (group, rest) = take_digits(rest.strip_prefix('.')?, 3)?;
    if !is_ics_field(field) {
        return None;
    }
    let code = format!("{field}.{group}");
    let subgroup = rest.strip_prefix('.').and_then(|rest| take_digits(rest, 2));
    let long = subgroup.map(|(subgroup, rest)| (format!("{code}.{subgroup}"), rest));
    [long, Some((code, rest))]
        .into_iter()
        .flatten()
        .find_map(|(code, rest)| {
            let mut codes = vec![code];
            if !rest.is_empty() {
                codes.extend(glued(rest).filter(|_| rest.contains('.'))?);
            }
            Some(codes)
        })
}

fn take_digits(text: &str, count: usize) -> Option<(&str, &str)> {
    let (digits, rest) = text.split_at_checked(count)?;
    digits
        .chars()
        .all(|c| c.is_ascii_digit())
        .then_some((digits, rest))
}

/// A code with lost zeros, and whether all of the run went into it.
fn repaired(run: &str) -> Option<(String, bool)> {
    let mut parts = run.split('.');
    let field = parts.next()?;
    let Some(group) = parts.next() else {
        let (field, group) = field.split_at_checked(2)?;
        return is_ics_group(field, group).then(|| (format!("{field}.{group}"), true));
    };
    let field = if field.len() == 1 {
        format!("0{field}")
    } else {
        field.to_owned()
    };
    let trailing = format!("{group:0<3}");
    let leading = format!("{group:0>3}");
    let group = match (is_ics_group(&field, &trailing), is_ics_group(&field, &leading)) {
        (true, _) if trailing == leading => trailing,
        (true, false) => trailing,
        (false, true) => leading,
        _ => return None,
    };
    match (parts.next(), parts.next()) {
        (None, _) => Some((format!("{field}.{group}"), true)),
        (Some(subgroup), None) if subgroup.len() == 2 => Some((format!("{field}.{group}.{subgroup}"), true)),
        _ => Some((format!("{field}.{group}"), false)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_of_real_rows() {
        for (text, codes) in [
            ("ICS 65.020.20", &["65.020.20"] as &[&str]),
            ("ICS13.100", &["13.100"]),
            ("65.020;65.020.30", &["65.020", "65.020.30"]),
            ("65.020.2065.020.30", &["65.020.20", "65.020.30"]),
            ("01.12003.220", &["01.120", "03.220"]),
            ("03.220.2013.020", &["03.220.20", "13.020"]),
            ("03-120", &["03.120"]),
            ("65.100-20", &["65.100.20"]),
            ("65。020", &["65.020"]),
            ("73.020；73.060", &["73.020", "73.060"]),
            ("97.190,97.200.50", &["97.190", "97.200.50"]),
            ("01.040.37 37.080", &["01.040.37", "37.080"]),
            ("01.040.03,(),,()", &["01.040.03"]),
            ("01.040.03 、()、、 ()", &["01.040.03"]),
            ("13. 310", &["13.310"]),
            ("11. 040. 01", &["11.040.01"]),
            ("07.060.", &["07.060"]),
            ("29.02", &["29.020"]),
            ("7.06", &["07.060"]),
            ("11.1", &["11.100"]),
            ("01.40 71.100.30", &["01.040", "71.100.30"]),
            ("11.40.55", &["11.040.55"]),
            ("3.180.01", &["03.180.01"]),
            ("03080", &["03.080"]),
            ("13", &["13"]),
            ("13 03.080.30", &["13", "03.080.30"]),
            ("91.100.99 &lt;br91.120.10", &["91.100.99", "91.120.10"]),
            ("电气工程 >> 29.180变压器、电抗器", &["29.180"]),
            ("?65.060.50", &["65.060.50"]),
            ("13.220.99(01)", &["13.220.99"]),
            ("01.080.01A22", &["01.080.01"]),
            ("", &[]),
            (" 、 ()", &[]),
        ] {
            let ics = read_ics(text);
            let rest = if text == "01.080.01A22" {
                &["01.080.01A22"] as &[&str]
            } else {
                &[]
            };
            let codes = if rest.is_empty() { codes } else { &[] };
            assert_eq!(
                (
                    ics.codes
                        .iter()
                        .map(String::as_str)
                        .collect::<Vec<_>>()
                        .as_slice(),
                    ics.unreadable.len()
                ),
                (codes, rest.len()),
                "{text}"
            );
        }
    }

    #[test]
    fn remnants_are_reported() {
        for (text, codes, remnant) in [
            ("99.999.99,(),,()", &[] as &[&str], "99.999.99"),
            ("03.100.030", &["03.100"], "03.100.030"),
            ("13.300;13.020.4", &["13.300", "13.020"], "13.020.4"),
            ("130.340.99", &[], "130.340.99"),
            ("B65", &[], "B65"),
            ("110", &[], "110"),
            ("化学品", &[], "化学品"),
            ("312.3(083.73)", &[], "312.3"),
            ("831.80", &[], "831.80"),
        ] {
            let ics = read_ics(text);
            assert_eq!(ics.codes, codes, "{text}");
            assert_eq!(ics.unreadable, [remnant], "{text}");
            assert_eq!(ics.flag(), Some(TextFlag::IcsUnreadable));
        }
    }

    #[test]
    fn long_and_odd_input_ends() {
        for text in [
            "01.040.".repeat(2000),
            "01.04001.040".repeat(900),
            "1.".repeat(9000),
            "(".repeat(9000),
        ] {
            read_ics(&text);
        }
    }
}
