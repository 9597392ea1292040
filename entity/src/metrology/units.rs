//! Units that are not legal units of measurement (法定计量单位, 国务院 1984-02-27; GB 3100-1993) in ranges and accuracies.

use unicode_normalization::UnicodeNormalization;

/// Units that are out of use, each with what stands in its place. A word stands only where its meaning as a unit is certain.
const OBSOLETE: [(&str, &str); 33] = [
    ("斤", "kg (1斤 = 0.5 kg)"),
    ("市斤", "kg (1市斤 = 0.5 kg)"),
    ("两", "g (1两 = 50 g)"),
    ("担", "kg (1担 = 50 kg)"),
    ("里", "km (1里 = 0.5 km)"),
    ("市里", "km (1市里 = 0.5 km)"),
    ("丈", "m (1丈 = 10/3 m)"),
    ("尺", "m (1尺 = 1/3 m)"),
    ("市尺", "m (1市尺 = 1/3 m)"),
    ("寸", "cm (1寸 = 10/3 cm)"),
    ("亩", "m² (1亩 = 10000/15 m²)"),
    ("马力", "kW (1马力 = 0.735 kW)"),
    ("公斤力", "N (1 kgf = 9.80665 N)"),
    ("吨力", "kN (1 tf = 9.80665 kN)"),
    ("英寸", "mm (1 in = 25.4 mm)"),
    ("英尺", "m (1 ft = 0.3048 m)"),
    ("磅", "kg (1 lb = 0.45359237 kg)"),
    ("盎司", "g (1 oz = 28.3495 g)"),
    ("华氏度", "℃"),
    ("大气压", "Pa (1 atm = 101325 Pa)"),
    ("工程大气压", "Pa (1 at = 98066.5 Pa)"),
    ("毫米汞柱", "kPa (1 mmHg = 0.1333 kPa)"),
    ("卡", "J (1 cal = 4.1868 J)"),
    ("大卡", "kJ (1 kcal = 4.1868 kJ)"),
    ("千卡", "kJ (1 kcal = 4.1868 kJ)"),
    ("KGF", "N (1 kgf = 9.80665 N)"),
    ("PSI", "kPa (1 psi = 6.895 kPa)"),
    ("ATM", "Pa (1 atm = 101325 Pa)"),
    ("MMHG", "kPa (1 mmHg = 0.1333 kPa)"),
    ("KCAL", "kJ (1 kcal = 4.1868 kJ)"),
    ("LB", "kg (1 lb = 0.45359237 kg)"),
    ("HP", "kW (1 hp = 0.7457 kW)"),
    ("°F", "℃"),
];

/// In medicine pressure is told in 毫米汞柱 beside kPa.
const MEDICAL: [&str; 2] = ["毫米汞柱", "MMHG"];

/// Those of what is sold by content.
const OF_CONTENT: [&str; 7] = ["斤", "市斤", "两", "担", "磅", "盎司", "LB"];

/// The units of a content that are not legal, each with its replacement.
pub(crate) fn not_legal_content(text: &str) -> Vec<(String, &'static str)> {
    let mut found = not_legal(text, false);
    found.retain(|(unit, _)| OF_CONTENT.contains(&unit.as_str()));
    found
}

/// The units in a text that are not legal, each with its replacement, in the order of the text. Only what follows a number is a unit.
pub(super) fn not_legal(text: &str, medical: bool) -> Vec<(String, &'static str)> {
    let folded: String = text.nfkc().flat_map(char::to_uppercase).collect();
    let mut found: Vec<(String, &'static str)> = Vec::new();
    let mut behind_number = false;
    let mut word = String::new();
    for sign in folded.chars().chain(std::iter::once(' ')) {
        if sign.is_alphabetic() || sign == '°' {
            word.push(sign);
            continue;
        }
        let unit = std::mem::take(&mut word);
        if behind_number && !unit.is_empty() {
            let obsolete = OBSOLETE.iter().find(|(name, _)| *name == unit);
            let allowed = medical && MEDICAL.contains(&unit.as_str());
            if let Some((_, instead)) = obsolete.filter(|_| !allowed)
                && !found.iter().any(|(known, _)| *known == unit)
            {
                found.push((unit.clone(), instead));
            }
        }
        // Brackets and strokes stand between a number and its unit, as in (0~60)kgf/cm².
        behind_number =
            sign.is_ascii_digit() || (behind_number && unit.is_empty() && !matches!(sign, ',' | ';' | '、'));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::{not_legal, not_legal_content};

    #[test]
    fn r59_units_out_of_use_are_found_behind_numbers() {
        let cases: [(&str, &[&str]); 12] = [
            ("(0～60)kgf/cm²", &["KGF"]),
            ("0-100斤", &["斤"]),
            ("最大称量 200 市斤", &["市斤"]),
            ("0~300 mmHg", &["MMHG"]),
            ("5马力", &["马力"]),
            ("（0～100）psi", &["PSI"]),
            ("100kg", &[]),
            ("0~200公里", &[]),
            ("150公斤", &[]),
            ("6.4海里", &[]),
            ("磅秤", &[]),
            ("(0~60)MPa", &[]),
        ];
        for (text, units) in cases {
            let found: Vec<String> = not_legal(text, false).into_iter().map(|(unit, _)| unit).collect();
            assert_eq!(found, units, "{text}");
        }
        assert!(not_legal("0~300 mmHg", true).is_empty());
        assert_eq!(not_legal("0~300 磅", true).len(), 1);
    }

    #[test]
    fn r64_a_content_is_told_in_legal_units() {
        for (spec, unit) in [("2斤/袋", "斤"), ("净含量：16 盎司", "盎司"), ("１磅", "磅")] {
            let found: Vec<String> = not_legal_content(spec)
                .into_iter()
                .map(|(unit, _)| unit)
                .collect();
            assert_eq!(found, [unit], "{spec}");
        }
        for spec in ["500g", "2.5公斤", "1 L", "55英寸", "半斤八两", "5 kg/斤两分明"] {
            assert!(not_legal_content(spec).is_empty(), "{spec}");
        }
    }
}
