//! `nqi-hub export`: files that are proved by their manifest, and with which a copy can begin.

use std::io::Read;
use std::path::Path;

use entity::record::{hex, sha256_hex};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use support::{Hub, on_both};

use super::office::Office;

/// Exports, and gives the manifest, which has to be true.
fn export(office: &Office, out: &Path, more: &[&str]) -> Value {
    let words = [&["export", "--json", "--out", out.to_str().unwrap()], more].concat();
    let ran = Hub::on(&office.database).run(&words);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    let manifest = ran.json();
    let kept = std::fs::read_to_string(out.join("manifest.json")).unwrap();
    assert_eq!(serde_json::from_str::<Value>(&kept).unwrap(), manifest);
    for file in manifest["files"].as_array().unwrap() {
        let bytes = std::fs::read(out.join(file["name"].as_str().unwrap())).unwrap();
        assert_eq!(file["bytes"], bytes.len());
        assert_eq!(file["sha256"], hex(&Sha256::digest(&bytes)));
        assert_eq!(file["sm3"].as_str().map(str::len), Some(64));
    }
    manifest
}

fn file<'a>(manifest: &'a Value, name: &str) -> &'a Value {
    let files = manifest["files"].as_array().unwrap();
    files
        .iter()
        .find(|file| file["name"] == name)
        .unwrap_or_else(|| panic!("{name}: {manifest:#}"))
}

on_both! {
    async fn what_is_public_is_written_and_the_feed_goes_on_from_it(engine) {
        let office = Office::open(engine).await;
        let out = office.database.path("out");
        let manifest = export(&office, &out, &[]);
        let text = std::fs::read_to_string(out.join("Standard.ndjson")).unwrap();
        assert_eq!(file(&manifest, "Standard.ndjson")["rows"], text.lines().count());
        let mut keys = Vec::new();
        for line in text.lines() {
            let line: Value = serde_json::from_str(line).unwrap();
            assert_eq!(line["hash"], sha256_hex(line["record"].to_string().as_bytes()));
            keys.push(line["key"].as_str().unwrap().to_owned());
        }
        // Five of the ten are for staff, and three were made other kinds.
        assert_eq!(keys, ["GB/T19-2020", "GB/T20-2020"]);
        let query = "query($after: String) { changes(after: $after, first: 100) { nodes { key operation } } }";
        let after = json!({ "after": manifest["cursor"] });
        assert_eq!(office.server.data(query, after.clone()).await["changes"]["nodes"], json!([]));
        office.ingest("二", 2);
        let nodes = office.server.data(query, after).await["changes"]["nodes"].clone();
        assert_eq!(nodes.as_array().map(Vec::len), Some(10), "{nodes:#}");
    }

    async fn no_cell_is_a_formula_and_nothing_is_lost_between_the_forms(engine) {
        let office = Office::open(engine).await;
        let list = "标准编号,标准名称,标准状态\nGB/T 41-2020,\"=HYPERLINK(\"\"x\"\"),逗号\",现行\nGB/T 42-2020,+1 两行,现行\n";
        let path = office.database.write("formula.csv", list);
        let ran = Hub::on(&office.database).ingest("standards-catalogue", &path, &["--as-of", "2026-04-01"]);
        assert_eq!(ran.code, Some(0), "{ran:?}");
        let lines = export(&office, &office.database.path("lines"), &["--kinds", "Standard"]);
        let rows = &file(&lines, "Standard.ndjson")["rows"];

        let out = office.database.path("table");
        let table = export(&office, &out, &["--kinds", "Standard", "--form", "csv"]);
        assert_eq!(&file(&table, "Standard.csv")["rows"], rows);
        let text = std::fs::read_to_string(out.join("Standard.csv")).unwrap();
        let text = text.strip_prefix('\u{FEFF}').unwrap();
        assert_eq!(text.lines().count() as u64, rows.as_u64().unwrap() + 1);
        assert!(text.starts_with("record_key,record_version,record_region,changed_on,key,number,"), "{text}");
        assert!(text.contains("\"'=HYPERLINK(\"\"x\"\"),逗号\"") && text.contains(",'+1 两行,"), "{text}");

        let out = office.database.path("book");
        let book = export(&office, &out, &["--kinds", "Standard", "--form", "xlsx"]);
        assert_eq!(&file(&book, "Standard.xlsx")["rows"], rows);
        let archive = std::fs::File::open(out.join("Standard.xlsx")).unwrap();
        let mut archive = zip::ZipArchive::new(archive).unwrap();
        let mut sheet = String::new();
        archive.by_name("xl/worksheets/sheet1.xml").unwrap().read_to_string(&mut sheet).unwrap();
        assert!(sheet.contains("=HYPERLINK(\"x\"),逗号</t>") && !sheet.contains("<f>"), "{sheet}");
    }

    async fn what_is_not_public_is_written_only_on_demand_and_the_trail_says_so(engine) {
        let office = Office::open(engine).await;
        let some = export(&office, &office.database.path("some"), &["--regions", "320582"]);
        assert!(some["cursor"].is_string());
        let all = export(&office, &office.database.path("all"), &["--all"]);
        assert_eq!(file(&all, "Standard.ndjson")["rows"], 7);
        assert_eq!(all["cursor"], Value::Null);
        let trail = Hub::on(&office.database).run(&["verify-log", "--json"]);
        assert_eq!(trail.json()["entries"], 1, "{trail:?}");
    }

    async fn what_is_asked_for_wrongly_writes_nothing(engine) {
        let office = Office::open(engine).await;
        let full = office.database.path("full");
        std::fs::create_dir(&full).unwrap();
        std::fs::write(full.join("mine.txt"), "x").unwrap();
        let full = full.to_str().unwrap();
        for (words, told) in [
            (vec!["export", "--out", full], "not empty"),
            (vec!["export", "--out", "x", "--kinds", "Thing"], "Standard"),
            (vec!["export", "--out", "x", "--regions", "32"], "six digits"),
            (vec!["export", "--out", "x", "--form", "pdf"], "xlsx"),
        ] {
            let ran = Hub::on(&office.database).run(&words);
            assert_ne!(ran.code, Some(0));
            assert!(ran.stderr.contains(told), "{ran:?}");
        }
        assert_eq!(std::fs::read_dir(full).unwrap().count(), 1);
    }
}
