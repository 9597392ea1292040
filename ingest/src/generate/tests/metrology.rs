//! Instruments, type approvals and institutions of generated enterprises.

use std::collections::BTreeMap;
use std::fs;

use super::*;
use crate::generate::{MetrologyFile, SideFile};

fn written(seed: u64) -> BTreeMap<&'static str, String> {
    let folder = tempfile::tempdir().unwrap();
    plan(Scale::County, seed)
        .generate_metrology(folder.path())
        .unwrap();
    let files = MetrologyFile::ALL.iter().map(|file| {
        let text = fs::read_to_string(folder.path().join(file.name())).unwrap();
        (file.name(), text)
    });
    files.collect()
}

#[test]
fn the_same_seed_gives_the_same_instruments() {
    let files = written(51);
    assert_eq!(files, written(51));
    assert_ne!(files, written(52));
    for (name, text) in &files {
        assert!(text.lines().count() > 2, "{name}: {text}");
    }
}

#[test]
fn instruments_and_institutions_are_invented() {
    let files = written(53);
    for file in MetrologyFile::ALL {
        let code = file
            .headers()
            .iter()
            .position(|header| *header == "统一社会信用代码");
        let mut rows = csv::Reader::from_reader(files[file.name()].as_bytes());
        for row in rows.records().map(Result::unwrap) {
            if let Some(code) = code {
                assert_eq!(row[code].get(2..8), Some("000000"), "{row:?}");
            }
            match file {
                MetrologyFile::Approvals => assert!(row[0].ends_with("-00"), "{row:?}"),
                MetrologyFile::Institutions | MetrologyFile::Misconduct => {
                    assert_eq!(row[0].get(2..4), Some("99"), "{row:?}");
                }
                // Their owners are told by the codes above, their makers and agencies by invented names.
                MetrologyFile::Ledger | MetrologyFile::Verifications => assert!(code.is_some()),
            }
        }
    }
}
