//! No canary gets out: personal data that came in a file is in no answer, log, error, receipt, table, feed or file of the hub.

mod places;
mod seed;

use std::collections::BTreeSet;

use support::{Hub, TestDatabase, on_both};

use places::Places;
use seed::{CONTROL, Seed};

/// A name as it must be found in clear wherever enterprises are told of.
const ENTERPRISE: &str = "编造1号泵业有限公司";

/// What of the canaries stands in the bytes of a place, in the encodings that files come in.
fn found<'a>(canaries: &'a BTreeSet<String>, bytes: &[u8]) -> Vec<&'a str> {
    // Most places are clean, and large: the begins that all canaries share are looked for first.
    let begins: BTreeSet<String> = canaries.iter().map(|canary| begin(canary)).collect();
    let text = String::from_utf8_lossy(bytes);
    let (gbk, _, _) = encoding_rs::GB18030.decode(bytes);
    let narrow: Vec<u16> = bytes
        .chunks_exact(2)
        .map(|pair| u16::from_le_bytes([pair[0], pair[1]]))
        .collect();
    let wide = String::from_utf16_lossy(&narrow);
    let suspicious = |text: &str| begins.iter().any(|begin| text.contains(begin.as_str()));
    if !(suspicious(&text) || suspicious(&gbk) || suspicious(&wide)) {
        return Vec::new();
    }
    canaries
        .iter()
        .map(String::as_str)
        .filter(|canary| text.contains(canary) || gbk.contains(canary) || wide.contains(canary))
        .collect()
}

/// The part of a canary that it shares with others of its kind.
fn begin(canary: &str) -> String {
    let length = if canary.starts_with(|sign: char| sign.is_ascii_digit()) {
        8
    } else {
        2
    };
    canary.chars().take(length).collect()
}

#[test]
fn the_search_finds_what_is_there() {
    let canaries: BTreeSet<String> = ["靐麤1".to_owned(), "000000195002030012".to_owned()].into();
    let text = "…龘靐麤1…000000195002030012…";
    let (gbk, _, _) = encoding_rs::GB18030.encode(text);
    let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    for bytes in [text.as_bytes(), &gbk, &wide] {
        assert_eq!(found(&canaries, bytes).len(), 2);
    }
    assert!(found(&canaries, "龘〇〇 000000********0012".as_bytes()).is_empty());
}

on_both! {
    async fn no_canary_gets_out(engine) {
        let seed = Seed::of_every_mapping();
        assert!(seed.canaries.len() > 100 && seed.files.len() > 30, "nothing is seeded");
        // The files themselves are full of them: the search is not blind.
        let plain: usize = seed.files.iter().filter(|file| !found(&seed.canaries, &file.bytes).is_empty()).count();
        assert!(plain * 10 > seed.files.len() * 7, "{plain} of {} files show a canary", seed.files.len());

        let database = TestDatabase::new(engine).await;
        let hub = Hub::on(&database);
        let mut places = Places::default();
        let given = tempfile::tempdir().unwrap();
        let (mut taken, mut failed) = (0, 0);
        for file in &seed.files {
            let path = given.path().join(&file.name);
            std::fs::write(&path, &file.bytes).unwrap();
            let words = ["--log", "trace", "ingest", file.adapter.as_str(), path.to_str().unwrap()];
            let ran = places.run(&hub, &words);
            taken += i32::from(ran.code != Some(1));
            failed += i32::from(ran.code == Some(1));
        }
        assert!(taken > 10 && failed > 10, "{taken} taken, {failed} failed");
        // A list of standards is not sealed, and its unknown columns are named.
        let list = given.path().join("list.csv");
        std::fs::write(&list, format!("标准编号,标准名称,标准状态,{CONTROL}列\n,{CONTROL}行,现行,\n")).unwrap();
        places.run(&hub, &["--log", "trace", "ingest", "standards-catalogue", list.to_str().unwrap()]);
        std::fs::write(&list, format!("{CONTROL}列,乙\n1,2\n")).unwrap();
        places.run(&hub, &["ingest", "standards-catalogue", list.to_str().unwrap()]);
        places.commands(&hub, &database).await;
        places.disk(database.folder());
        places.tables(&database).await;
        places.answers(database).await;

        for (place, bytes) in places.all() {
            let out = found(&seed.canaries, bytes);
            assert!(out.is_empty(), "{place}: {} canaries, {:?}", out.len(), out.first().map(|canary| excerpt(bytes, canary)));
        }
        // What is not personal is found by the same search, in every kind of place.
        let control: BTreeSet<String> = [CONTROL.to_owned()].into();
        for kind in ["stderr", "quarantine list", "objects", "table quarantine", "answer quarantine"] {
            assert!(places.of(kind).any(|bytes| !found(&control, bytes).is_empty()), "no control in {kind}");
        }
        let name: BTreeSet<String> = [ENTERPRISE.to_owned()].into();
        for kind in ["table enterprise", "answer enterprises", "answer changes", "exported-ndjson"] {
            assert!(places.of(kind).any(|bytes| !found(&name, bytes).is_empty()), "no enterprise in {kind}");
        }
        for kind in ["receipt", "metrics", "answer ingestionRuns", "answer node", "answer search"] {
            assert!(places.of(kind).any(|bytes| !bytes.is_empty()), "nothing of {kind}");
        }
    }
}

/// What stands around a canary, for whoever has to find the hole.
fn excerpt(bytes: &[u8], canary: &str) -> String {
    let text = String::from_utf8_lossy(bytes);
    let Some(at) = text.find(canary) else {
        return canary.to_owned();
    };
    let before: Vec<char> = text[..at].chars().rev().take(80).collect();
    let around = before.into_iter().rev().chain(text[at..].chars().take(80));
    around.collect()
}
