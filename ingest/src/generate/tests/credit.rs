//! Credit records of generated enterprises.

use std::collections::BTreeMap;
use std::fs;

use super::*;
use crate::generate::{CreditFile, SideFile};

fn written(seed: u64) -> (u64, BTreeMap<&'static str, String>) {
    let folder = tempfile::tempdir().unwrap();
    let rows = plan(Scale::County, seed).generate_credit(folder.path()).unwrap();
    let files = CreditFile::ALL.iter().map(|file| {
        let text = fs::read_to_string(folder.path().join(file.name())).unwrap();
        (file.name(), text)
    });
    (rows, files.collect())
}

#[test]
fn the_same_seed_gives_the_same_credit_records() {
    let (rows, files) = written(41);
    assert_eq!((rows, &files), (written(41).0, &written(41).1));
    assert_ne!(files, written(42).1);
    assert!(rows > 1800, "{rows}");
}

#[test]
fn credit_records_are_of_the_generated_enterprises_only() {
    let plan = plan(Scale::County, 43);
    let generator = Generator::new(&plan).unwrap();
    let codes: Vec<String> = (0..generator.enterprises())
        .filter_map(|number| generator.credit(number))
        .flatten()
        .map(|(file, cells)| {
            let named = file
                .headers()
                .iter()
                .position(|header| header.ends_with("SHXYM") || *header == "统一社会信用代码");
            cells[named.unwrap()].clone()
        })
        .collect();
    let fictitious = codes
        .iter()
        .filter(|code| code.get(2..8) == Some("000000"))
        .count();
    // All but the rows in which name and code are swapped.
    assert!(codes.len() - fictitious <= 3, "{} of {}", fictitious, codes.len());
    for file in CreditFile::ALL {
        let rows = written(43).1[file.name()].lines().count();
        assert!(rows > 1, "{}", file.name());
    }
}
