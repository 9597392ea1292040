//! What the records say.

use std::collections::{BTreeMap, BTreeSet};

use super::*;

fn without_repeats(enterprise: &GeneratedEnterprise) -> BTreeMap<&str, &ExchangeRecord> {
    enterprise
        .records
        .iter()
        .map(|record| (record.record_id.as_str(), record))
        .collect()
}

fn total(all: &[GeneratedEnterprise], event: &str) -> usize {
    let counts = all.iter().filter_map(|enterprise| enterprise.life.get(event));
    usize::try_from(counts.sum::<u64>()).unwrap()
}

/// The day of any of the forms in which dates are written.
fn day(text: &str) -> Option<NaiveDate> {
    let digits: Vec<&str> = text
        .split(|character: char| !character.is_ascii_digit())
        .filter(|part| !part.is_empty())
        .collect();
    match digits.as_slice() {
        [year, month, day, ..] => NaiveDate::from_ymd_opt(
            year.parse().unwrap(),
            month.parse().unwrap(),
            day.parse().unwrap(),
        ),
        [compact] => NaiveDate::parse_from_str(compact, "%Y%m%d").ok(),
        _ => None,
    }
}

/// Nothing happens before 2017, before the enterprise is founded, or after the day of the delivery.
pub(super) fn check_days(plan: &Plan, all: &[GeneratedEnterprise]) {
    let opened = NaiveDate::from_ymd_opt(2017, 1, 1).unwrap();
    for enterprise in all {
        let founded = enterprise.register.as_ref().map(|row| row.founded_on);
        for (records, last) in [
            (&enterprise.records, plan.delivered_on()),
            (&enterprise.later, plan.as_of),
        ] {
            for record in records.iter().filter(|record| record.op == "UPSERT") {
                let declared = day(&record.declared_at).unwrap();
                assert!(opened <= declared && declared <= last, "{record:?}");
                let published = day(&record.published_on);
                assert!(
                    published.is_none_or(|published| published <= declared),
                    "{record:?}"
                );
                assert!(founded.is_none_or(|founded| founded <= declared), "{record:?}");
                let abolished = day(&record.abolished_on);
                assert!(
                    abolished.is_none_or(|day| declared <= day && day <= last),
                    "{record:?}"
                );
                assert_eq!(record.abolished_on.is_empty(), abolished.is_none());
            }
        }
    }
}

#[test]
fn counts_are_exact_and_the_tail_is_heavy() {
    for (scale, enterprise_count, declarations) in [(Scale::County, 600, 4000), (Scale::City, 6000, 40_000)] {
        let plan = plan(scale, 2);
        let all = enterprises(&plan);
        assert_eq!(all.len(), enterprise_count);
        let sizes: Vec<usize> = all
            .iter()
            .map(|enterprise| without_repeats(enterprise).len())
            .collect();
        assert_eq!(sizes.iter().sum::<usize>(), declarations);
        let few = sizes.iter().filter(|size| (1..=3).contains(*size)).count();
        assert!(few > enterprise_count / 2, "{few}");
        assert!((200..1000).contains(sizes.iter().max().unwrap()));
        check_days(&plan, &all);
    }
}

#[test]
fn shares_are_those_of_the_platform() {
    let all = enterprises(&plan(Scale::City, 3));
    let records: Vec<&ExchangeRecord> = all
        .iter()
        .flat_map(|one| without_repeats(one).into_values())
        .collect();
    let share = |word| {
        let count = records
            .iter()
            .filter(|record| record.standard_type == word)
            .count();
        count * 1000 / records.len()
    };
    for (word, low, high) in [
        ("企业标准", 590, 660),
        ("国家标准", 210, 260),
        ("行业标准", 65, 90),
        ("团体标准", 30, 50),
        ("地方标准", 22, 38),
    ] {
        assert!((low..high).contains(&share(word)), "{word}: {}", share(word));
    }
    let products: usize = records.iter().map(|record| record.products.len()).sum();
    let mean = products * 1000 / records.len();
    assert!((1650..1900).contains(&mean), "{mean} products for 1000 records");
    assert!(
        records
            .iter()
            .all(|record| (1..=40).contains(&record.products.len()))
    );
    for record in &records {
        let own = matches!(record.standard_type.as_str(), "企业标准" | "团体标准");
        let count = record.indicators.len();
        assert!(
            if own {
                count == 0 || (3..=10).contains(&count)
            } else {
                count == 0
            },
            "{record:?}"
        );
    }
    let registered = all.iter().filter(|one| one.register.is_some()).count();
    assert!((5600..5800).contains(&registered), "{registered}");
}

#[test]
fn national_and_industry_standards_are_those_of_the_catalogue() {
    let plan = plan(Scale::County, 4);
    let known: BTreeSet<String> = plan
        .standards
        .iter()
        .map(|standard| standard.number.replace(' ', ""))
        .collect();
    let mut seen = BTreeSet::new();
    for record in records(&plan).unwrap() {
        let number = record.standard_number.replace(' ', "").replace('—', "-");
        let picked = matches!(record.standard_type.as_str(), "国家标准" | "行业标准");
        if picked && number.is_ascii() && !number.is_empty() {
            assert!(known.contains(&number), "{number}");
            seen.insert(number);
        }
    }
    assert!(seen.len() > 20, "{seen:?}");
}

/// The first record of a revised standard says when it ended, and a later record with the same number begins then.
#[test]
fn revised_standards_have_a_successor() {
    let all = enterprises(&plan(Scale::County, 7));
    let mut replaced = 0;
    for enterprise in &all {
        let records = without_repeats(enterprise);
        for record in records.values().filter(|record| record.status == "被代替") {
            replaced += 1;
            let begin = day(&record.abolished_on).unwrap();
            let successor = records
                .values()
                .find(|other| other.record_id != record.record_id && day(&other.declared_at) == Some(begin));
            assert!(successor.is_some(), "{record:?}");
        }
    }
    let revised = total(&all, "revised");
    assert!(
        replaced * 2 > revised && replaced < revised,
        "{replaced} of {revised}"
    );
}

#[test]
fn the_later_delivery_tells_of_the_first_one() {
    let all = enterprises(&plan(Scale::City, 8));
    let mut seen = Counts::new();
    for enterprise in &all {
        let first = without_repeats(enterprise);
        for record in &enterprise.later {
            let key = match first.get(record.record_id.as_str()) {
                Some(_) if record.op == "DELETE" => "deleted",
                Some(earlier)
                    if record.declared_at == earlier.declared_at || earlier.declared_at.len() < 16 =>
                {
                    assert_ne!(record, *earlier);
                    "told again"
                }
                Some(_) => "told again",
                None => "revised_later",
            };
            *seen.entry(key).or_default() += 1;
        }
    }
    let total = |event| total(&all, event) as u64;
    assert_eq!(seen["deleted"], total("deleted"));
    assert_eq!(seen["revised_later"], total("revised_later"));
    let again = total("corrected") + total("revised_later") + total("abolished_later");
    assert_eq!(seen["told again"], again);
    assert!(total("corrected") > 400 && total("deleted") > 60 && total("abolished_later") > 80);
}

#[test]
fn names_differ_and_former_names_stand_in_old_records() {
    let all = enterprises(&plan(Scale::City, 9));
    let mut names = BTreeSet::new();
    let mut codes = BTreeSet::new();
    let mut old = 0;
    for enterprise in &all {
        let Some(row) = &enterprise.register else { continue };
        assert!(names.insert(row.name.as_str()), "{row:?}");
        assert!(codes.insert(row.credit_code.as_str()), "{row:?}");
        let written: BTreeSet<String> = enterprise
            .records
            .iter()
            .map(|record| {
                record
                    .enterprise_name
                    .replace([' ', '\u{3000}'], "")
                    .replace('(', "（")
                    .replace(')', "）")
            })
            .collect();
        let former = written.iter().filter(|name| **name != row.name);
        for name in former {
            old += 1;
            assert_eq!(*name, row.former_name);
            assert!(row.changed_on.is_some());
            assert!(names.insert(row.former_name.as_str()), "{row:?}");
        }
    }
    assert!(old > 50, "{old}");
    assert_eq!(total(&all, "renamed") * 1000 / all.len() / 10, 3);
}

#[test]
fn record_ids_differ_and_name_the_code_and_the_minute() {
    let mut seen = BTreeSet::new();
    for enterprise in enterprises(&plan(Scale::County, 10)) {
        for (id, record) in without_repeats(&enterprise) {
            assert!(seen.insert(id.to_owned()), "{id}");
            let parts: Vec<&str> = id.split('-').collect();
            let lengths: Vec<usize> = parts.iter().map(|part| part.len()).collect();
            assert_eq!(lengths, [1, 18, 12, 4], "{id}");
            assert!(
                credit_code::passes(parts[1]) && &parts[1][2..8] == "000000",
                "{id}"
            );
            if let Ok(at) = chrono::NaiveDateTime::parse_from_str(&record.declared_at, "%Y-%m-%d %H:%M") {
                assert_eq!(at.format("%Y%m%d%H%M").to_string(), parts[2]);
            }
        }
    }
    assert_eq!(seen.len(), 4000);
}
