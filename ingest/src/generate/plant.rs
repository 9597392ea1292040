//! Plants faults in a record that has none.

use chrono::{Datelike, NaiveDate};

use super::chance::Chance;
use super::credit_code::with_wrong_check_digit;
use super::fault::{self, FaultTally};
use super::record::{ExchangeProduct, ExchangeRecord};

/// Words that no list of states has; the hub keeps them and reads UNKNOWN.
const UNKNOWN_STATUSES: [&str; 4] = ["待核验", "处理中", "状态3", "其他"];

/// Plants what falls to the record. Faults of one field exclude each other.
pub(super) fn plant(record: &mut ExchangeRecord, tally: &mut FaultTally, chance: &mut Chance) {
    plant_code(record, tally, chance);
    plant_name(record, tally, chance);
    plant_number(record, tally, chance);
    plant_dates(record, tally, chance);
    if tally.falls(&fault::UNKNOWN_STATUS, chance) {
        record.status = chance.word(&UNKNOWN_STATUSES).to_owned();
    }
    plant_indicators(record, tally, chance);
    for product in &mut record.products {
        plant_gtin(product, tally, chance);
    }
}

fn plant_code(record: &mut ExchangeRecord, tally: &mut FaultTally, chance: &mut Chance) {
    let code = std::mem::take(&mut record.credit_code);
    let has_letters = code.bytes().any(|byte| byte.is_ascii_uppercase());
    if tally.falls(&fault::MISSING_CREDIT_CODE, chance) {
        return;
    }
    let before_2015 = code.get(8..10) != Some("MA");
    if before_2015 && tally.falls(&fault::ORGANIZATION_CODE_ONLY, chance) {
        record.organization_code = code.get(8..17).unwrap_or_default().to_owned();
        return;
    }
    record.credit_code = if has_letters && tally.falls(&fault::LOWER_CASE_CODE, chance) {
        code.to_ascii_lowercase()
    } else if tally.falls(&fault::FAILING_CHECK_DIGIT, chance) {
        with_wrong_check_digit(&code).unwrap_or(code)
    } else {
        code
    };
}

fn plant_name(record: &mut ExchangeRecord, tally: &mut FaultTally, chance: &mut Chance) {
    let name = &mut record.enterprise_name;
    if name.contains('（') && tally.falls(&fault::HALF_WIDTH_BRACKETS, chance) {
        *name = name.replace('（', "(").replace('）', ")");
    }
    if tally.falls(&fault::BLANKS_IN_NAME, chance) {
        let place = name.char_indices().nth(4).map_or(0, |(place, _)| place);
        match chance.below(3) {
            0 => name.insert(0, '\u{3000}'),
            1 => name.push(' '),
            _ => name.insert(place, ' '),
        }
    }
}

fn plant_number(record: &mut ExchangeRecord, tally: &mut FaultTally, chance: &mut Chance) {
    let own = record.standard_type == "企业标准";
    let number = &mut record.standard_number;
    if tally.falls(&fault::MISSING_STANDARD_NUMBER, chance) {
        number.clear();
    } else if own && tally.falls(&fault::ILLEGAL_NUMBER, chance) {
        *number = illegal(number, chance);
    } else if tally.falls(&fault::FULL_WIDTH_NUMBER, chance) {
        *number = number.chars().map(full_width).collect();
    } else if tally.falls(&fault::EM_DASH_NUMBER, chance) {
        *number = number.replace('-', "—");
    } else if number.contains(' ') && tally.falls(&fault::BLANKLESS_NUMBER, chance) {
        number.retain(|character| character != ' ');
    }
}

/// A name for a standard, such as `ABC-01`, instead of a number (R61).
fn illegal(number: &str, chance: &mut Chance) -> String {
    let letters: String = number
        .chars()
        .skip(1)
        .filter(char::is_ascii_alphabetic)
        .take(4)
        .collect();
    let serial = chance.between(1, 40);
    match chance.below(4) {
        0 => format!("{letters}-{serial:02}"),
        1 => format!("{letters}/{serial:03}"),
        2 => format!("企业标准{serial:03}号"),
        _ => format!("QB{serial:03}"),
    }
}

/// `Ａ` of `A`; blanks stay.
fn full_width(character: char) -> char {
    if character.is_ascii_graphic() {
        char::from_u32(u32::from(character) + 0xFEE0).unwrap_or(character)
    } else {
        character
    }
}

fn plant_dates(record: &mut ExchangeRecord, tally: &mut FaultTally, chance: &mut Chance) {
    let write: fn(NaiveDate, &str) -> String = if tally.falls(&fault::SLASHED_DATE, chance) {
        |day, time| format!("{}/{}/{}{time}", day.year(), day.month(), day.day())
    } else if tally.falls(&fault::CHINESE_DATE, chance) {
        |day, _| format!("{}年{}月{}日", day.year(), day.month(), day.day())
    } else if tally.falls(&fault::COMPACT_DATE, chance) {
        |day, _| day.format("%Y%m%d").to_string()
    } else {
        return;
    };
    for text in [
        &mut record.published_on,
        &mut record.declared_at,
        &mut record.abolished_on,
    ] {
        let (day, time) = text.split_at_checked(10).unwrap_or((text.as_str(), ""));
        if let Ok(day) = day.parse() {
            *text = write(day, time);
        }
    }
}

fn plant_indicators(record: &mut ExchangeRecord, tally: &mut FaultTally, chance: &mut Chance) {
    if record.indicators.is_empty() {
        return;
    }
    if tally.falls(&fault::NO_INDICATORS, chance) {
        record.indicators.clear();
    } else if tally.falls(&fault::MISSING_TEST_METHOD, chance) {
        let count = u32::try_from(record.indicators.len()).unwrap_or(u32::MAX);
        let all = chance.per_mille(300);
        let one = chance.below(count) as usize;
        for (index, indicator) in record.indicators.iter_mut().enumerate() {
            if all || index == one {
                indicator.test_method.clear();
            }
        }
    }
}

fn plant_gtin(product: &mut ExchangeProduct, tally: &mut FaultTally, chance: &mut Chance) {
    let gtin = &mut product.gtin;
    if gtin.is_empty() {
        if tally.falls(&fault::DASHED_GTIN, chance) {
            "——".clone_into(gtin);
        }
    } else if tally.falls(&fault::FAILING_GTIN, chance) {
        let check = gtin.pop().and_then(|check| check.to_digit(10)).unwrap_or(0);
        gtin.extend(char::from_digit((check + 1) % 10, 10));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::generate::chance::Purpose;

    #[test]
    fn numbers_are_widened_and_lost() {
        let wide: String = "GB/T 1.1-2020".chars().map(full_width).collect();
        assert_eq!(wide, "ＧＢ／Ｔ １．１－２０２０");
        let mut chance = Chance::of(1, 1, Purpose::Faults);
        for _ in 0..50 {
            let number = illegal("Q/320582ABC 001-2023", &mut chance);
            assert!(!number.starts_with("Q/"), "{number}");
        }
    }

    #[test]
    fn dates_are_written_in_other_forms() {
        let clean = ExchangeRecord {
            published_on: "2023-05-01".to_owned(),
            declared_at: "2023-05-12 10:31".to_owned(),
            ..ExchangeRecord::default()
        };
        let mut chance = Chance::of(1, 1, Purpose::Faults);
        let mut tally = FaultTally::default();
        let mut seen = std::collections::BTreeSet::new();
        for _ in 0..2000 {
            let mut record = clean.clone();
            plant_dates(&mut record, &mut tally, &mut chance);
            assert_eq!(record.abolished_on, "");
            seen.insert((record.published_on, record.declared_at));
        }
        let expected = [
            ("2023-05-01", "2023-05-12 10:31"),
            ("2023/5/1", "2023/5/12 10:31"),
            ("20230501", "20230512"),
            ("2023年5月1日", "2023年5月12日"),
        ];
        assert_eq!(
            seen,
            expected
                .map(|(day, time)| (day.to_owned(), time.to_owned()))
                .into()
        );
    }
}
