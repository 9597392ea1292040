//! The faults are there, as many as told, and as often as in real files.

use std::collections::BTreeSet;

use super::*;

fn tally(all: &[GeneratedEnterprise]) -> FaultTally {
    let mut tally = FaultTally::default();
    for enterprise in all {
        tally.add(&enterprise.faults);
    }
    tally
}

/// The faults that can be seen in a record by itself.
fn seen_in(record: &ExchangeRecord) -> Vec<&'static str> {
    let number = record.standard_number.as_str();
    let code = record.credit_code.as_str();
    let own = record.standard_type == "企业标准";
    let dates = record.declared_at.as_str();
    let name = record.enterprise_name.as_str();
    let lower = code.bytes().any(|byte| byte.is_ascii_lowercase());
    let wide = number.chars().any(|one| ('！'..='～').contains(&one));
    let plain = !number.is_empty() && !number.contains('—') && !wide;
    let methodless = record
        .indicators
        .iter()
        .any(|indicator| indicator.test_method.is_empty());
    let tells = own || record.standard_type == "团体标准";
    let known = ["现行有效", "现行", "废止", "被代替"];
    let table = [
        (
            &MISSING_CREDIT_CODE,
            code.is_empty() && record.organization_code.is_empty(),
        ),
        (&ORGANIZATION_CODE_ONLY, record.organization_code.len() == 9),
        (&LOWER_CASE_CODE, lower),
        (
            &FAILING_CHECK_DIGIT,
            !code.is_empty() && !lower && !credit_code::passes(code),
        ),
        (&MISSING_STANDARD_NUMBER, number.is_empty()),
        (&ILLEGAL_NUMBER, own && plain && !number.starts_with("Q/")),
        (&FULL_WIDTH_NUMBER, wide),
        (&EM_DASH_NUMBER, number.contains('—')),
        (&UNKNOWN_STATUS, !known.contains(&record.status.as_str())),
        (&SLASHED_DATE, dates.contains('/')),
        (&CHINESE_DATE, dates.contains('年')),
        (&COMPACT_DATE, dates.len() == 8),
        (&NO_INDICATORS, tells && record.indicators.is_empty()),
        (&MISSING_TEST_METHOD, methodless),
        (&BLANKS_IN_NAME, name.contains([' ', '\u{3000}'])),
        (&HALF_WIDTH_BRACKETS, name.contains('(')),
    ];
    let faults = table.into_iter().filter(|(_, seen)| *seen);
    faults.map(|(fault, _)| fault.key).collect()
}

#[test]
fn the_faults_that_are_counted_can_be_seen() {
    let all = enterprises(&plan(Scale::City, 21));
    let mut seen: Counts = FAULTS.iter().map(|fault| (fault.key, 0)).collect();
    let mut count = |key| *seen.entry(key).or_default() += 1;
    for enterprise in &all {
        let mut ids = BTreeSet::new();
        for record in &enterprise.records {
            if !ids.insert(&record.record_id) {
                count(REPEATED_RECORD.key);
                continue;
            }
            seen_in(record).into_iter().for_each(&mut count);
            let gtins = record.products.iter().map(|product| product.gtin.as_str());
            for gtin in gtins.filter(|gtin| !gtin.is_empty()) {
                match gtin {
                    "——" => count(DASHED_GTIN.key),
                    _ if !product::passes(gtin) => count(FAILING_GTIN.key),
                    _ => {}
                }
            }
        }
    }
    let mut planted = tally(&all).planted;
    // Own standards may be numbered without a blank by right, so this one cannot be seen.
    assert!(planted.remove(BLANKLESS_NUMBER.key).unwrap() > 300);
    seen.remove(BLANKLESS_NUMBER.key);
    assert_eq!(seen, planted);
}

#[test]
fn faults_are_as_frequent_as_said() {
    let tally = tally(&enterprises(&plan(Scale::City, 22)));
    for fault in FAULTS {
        let (able, planted) = (tally.able[fault.key] as f64, tally.planted[fault.key] as f64);
        let rate = f64::from(fault.per_mille) / 1000.0;
        // Five standard deviations: a wrong rate fails, chance does not.
        let slack = 5.0 * (able * rate * (1.0 - rate)).sqrt();
        assert!(
            planted > 0.0 && (planted - able * rate).abs() < slack,
            "{fault:?}: {planted} of {able}"
        );
    }
}

#[test]
fn each_fault_has_a_name_and_a_reason() {
    let names: BTreeSet<&str> = FAULTS.iter().map(|fault| fault.key).collect();
    assert_eq!(names.len(), FAULTS.len());
    assert!(
        FAULTS
            .iter()
            .all(|fault| !fault.reason.is_empty() && (1..1000).contains(&fault.per_mille))
    );
}

#[test]
fn what_is_told_again_has_no_faults() {
    for enterprise in enterprises(&plan(Scale::County, 23)) {
        for record in enterprise.later.iter().filter(|record| record.op == "UPSERT") {
            assert_eq!(seen_in(record), Vec::<&str>::new(), "{record:?}");
        }
    }
}
