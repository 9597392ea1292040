//! The files of a run.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use super::*;

fn contents(directory: &Path) -> BTreeMap<String, Vec<u8>> {
    fs::read_dir(directory)
        .unwrap()
        .map(|entry| entry.unwrap())
        .map(|entry| {
            (
                entry.file_name().into_string().unwrap(),
                fs::read(entry.path()).unwrap(),
            )
        })
        .collect()
}

fn run(scale: Scale, seed: u64, form: Form) -> (Summary, BTreeMap<String, Vec<u8>>) {
    let directory = tempfile::tempdir().unwrap();
    let out = directory.path().join("new/data");
    let summary = generate(&plan(scale, seed), &out, form).unwrap();
    (summary, contents(&out))
}

fn lines(bytes: &[u8]) -> Vec<ExchangeRecord> {
    let lines = bytes.split(|byte| *byte == b'\n').filter(|line| !line.is_empty());
    lines.map(|line| serde_json::from_slice(line).unwrap()).collect()
}

#[test]
fn the_same_plan_gives_the_same_bytes() {
    let (summary, files) = run(Scale::County, 31, Form::Ndjson);
    assert_eq!(
        (summary.clone(), files.clone()),
        run(Scale::County, 31, Form::Ndjson)
    );
    let (_, others) = run(Scale::County, 32, Form::Ndjson);
    assert!(files.keys().eq(others.keys()));
    assert!(files.iter().all(|(name, bytes)| others.get(name) != Some(bytes)));
}

#[test]
fn files_hold_what_the_summary_says() {
    let (summary, files) = run(Scale::City, 33, Form::Ndjson);
    let names = [
        "declarations-0001.ndjson",
        "declarations-0002.ndjson",
        "declarations-0003.ndjson",
        "declarations-corrections.ndjson",
        "register-enterprises.csv",
        "README.txt",
    ];
    assert_eq!(summary.files, names);
    assert_eq!(files.len(), names.len());
    assert_eq!((summary.enterprises, summary.declarations), (6000, 40_000));
    let counts: Vec<usize> = names
        .iter()
        .take(4)
        .map(|name| lines(&files[*name]).len())
        .collect();
    let repeated = usize::try_from(summary.faults["repeated_record"]).unwrap();
    assert_eq!(counts[..3], [20_000, 20_000, repeated]);
    assert_eq!(counts[3] as u64, summary.later_records);
    assert_eq!(counts.iter().sum::<usize>() as u64, summary.records);
    let mut register = csv::Reader::from_reader(&files["register-enterprises.csv"][..]);
    let headers: Vec<String> = register.headers().unwrap().iter().map(str::to_owned).collect();
    assert_eq!(
        headers.join(","),
        "统一社会信用代码,企业名称,登记状态,行政区划代码,注册地址,成立日期,曾用名,变更日期"
    );
    assert_eq!(register.records().count() as u64, summary.registered);
    let readme = String::from_utf8(files["README.txt"].clone()).unwrap();
    for said in [
        "均不存在",
        "Seed: 33",
        "Scale: city (6000 enterprises, 40000 declarations)",
        env!("CARGO_PKG_VERSION"),
    ] {
        assert!(readme.contains(said), "{said}");
    }
}

/// The flat form says the same as the objects.
#[test]
fn the_flat_form_is_complete() {
    let (summary, objects) = run(Scale::County, 34, Form::Ndjson);
    let (flat_summary, flat) = run(Scale::County, 34, Form::Csv);
    assert_eq!(summary.records, flat_summary.records);
    for (name, bytes) in objects.iter().filter(|(name, _)| name.ends_with("ndjson")) {
        let expected = lines(bytes);
        let mut expected = expected.iter().flat_map(csv_form);
        let mut reader = csv::Reader::from_reader(&flat[&name.replace("ndjson", "csv")][..]);
        assert_eq!(reader.headers().unwrap(), FLAT_HEADERS.as_slice());
        for row in reader.records() {
            assert_eq!(row.unwrap(), expected.next().unwrap());
        }
        assert_eq!(expected.next(), None);
    }
}

#[test]
fn fields_stand_in_the_order_of_the_exchange_form_and_name_nobody() {
    let (_, files) = run(Scale::County, 35, Form::Ndjson);
    let order = [
        "op",
        "record_id",
        "credit_code",
        "organization_code",
        "enterprise_name",
        "region_code",
        "address",
        "standard_number",
        "standard_name",
        "standard_type",
        "published_on",
        "declared_at",
        "status",
        "abolished_on",
        "text_public",
        "pledge",
        "below_recommended",
        "products",
        "indicators",
    ];
    let text = String::from_utf8(files["declarations-0001.ndjson"].clone()).unwrap();
    for line in text.lines() {
        let object: serde_json::Map<String, serde_json::Value> = serde_json::from_str(line).unwrap();
        let places: Vec<usize> = object
            .keys()
            .map(|key| order.iter().position(|known| known == key).unwrap())
            .collect();
        assert!(places.is_sorted(), "{line}");
    }
    for (name, bytes) in &files {
        let text = String::from_utf8(bytes.clone()).unwrap();
        for word in ["法定代表人", "联系人", "电话", "身份证", "手机"] {
            assert!(!text.contains(word), "{word} in {name}");
        }
    }
}

#[test]
fn a_directory_in_use_and_a_bad_plan_are_refused() {
    let directory = tempfile::tempdir().unwrap();
    fs::write(directory.path().join("declarations-0002.ndjson"), "old").unwrap();
    let error = generate(&plan(Scale::County, 1), directory.path(), Form::Csv).unwrap_err();
    assert_eq!(error.kind(), std::io::ErrorKind::AlreadyExists);
    assert!(
        error.to_string().contains("name a new or an empty directory"),
        "{error}"
    );
    let scale = Scale::Custom {
        enterprises: 0,
        declarations: 1,
    };
    let out = directory.path().join("other");
    let error = generate(&plan(scale, 1), &out, Form::Csv).unwrap_err();
    assert_eq!(error.kind(), std::io::ErrorKind::InvalidInput);
    assert!(!out.exists());
    let file = directory.path().join("declarations-0002.ndjson/under");
    assert!(generate(&plan(Scale::County, 1), &file, Form::Csv).is_err());
    assert_eq!(
        "xlsx".parse::<Form>().unwrap_err().to_string(),
        "no form \"xlsx\": use ndjson or csv"
    );
}
