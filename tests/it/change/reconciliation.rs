//! 对账: sums that both sides can compute, and the records behind a sum that differs.

use std::collections::BTreeMap;

use api::identity::Grant;
use entity::access::Role;
use serde_json::Value;
use sha2::{Digest, Sha256};
use support::on_both;

use super::office::{Office, credit};
use super::snapshot::{get, proved};

type Bucket = (String, String, String);

fn word(line: &Value, name: &str) -> String {
    line[name].as_str().unwrap_or_default().to_owned()
}

fn bucket(line: &Value) -> Bucket {
    (word(line, "day"), word(line, "kind"), word(line, "region"))
}

/// The sums that a client computes from the lines of a snapshot.
fn summed(lines: &[Value]) -> BTreeMap<Bucket, (u64, u128)> {
    let mut sums: BTreeMap<Bucket, (u64, u128)> = BTreeMap::new();
    for line in lines {
        let text = format!(
            "{}\n{}\n{}\n{}",
            word(line, "kind"),
            word(line, "key"),
            line["version"],
            word(line, "hash")
        );
        let digest = Sha256::digest(text.as_bytes());
        let first = digest
            .iter()
            .take(5)
            .fold(0, |sum, byte| sum * 256 + u128::from(*byte));
        let sum = sums.entry(bucket(line)).or_default();
        *sum = (sum.0 + 1, sum.1 + first);
    }
    sums
}

async fn told(office: &Office, grant: &Grant, at: &str) -> BTreeMap<Bucket, (u64, u128)> {
    let (status, text) = get(office, "one", grant, &format!("/sync/reconciliation?{at}")).await;
    assert_eq!(status, 200, "{text}");
    let lines = proved(&text).0;
    let sums = lines.iter().map(|line| {
        (
            bucket(line),
            (
                line["count"].as_u64().unwrap(),
                word(line, "checksum").parse().unwrap(),
            ),
        )
    });
    sums.collect()
}

async fn lines(office: &Office, grant: &Grant) -> (Vec<Value>, String) {
    let (_, text) = get(office, "one", grant, "/sync/snapshot").await;
    let (lines, manifest) = proved(&text);
    (lines, word(&manifest, "cursor"))
}

on_both! {
    async fn the_sums_are_those_that_a_client_computes_now_and_at_its_own_place(engine) {
        let office = Office::open(engine).await;
        for grant in [Grant::new(Role::Auditor), credit("320500", &["Enterprise", "Declaration"])] {
            let (before, cursor) = lines(&office, &grant).await;
            let sums = summed(&before);
            assert!(!sums.is_empty());
            assert_eq!(told(&office, &grant, "").await, sums);
            office.ingest(&format!("四{}", before.len()), 4 + u32::try_from(before.len()).unwrap());
            assert_eq!(told(&office, &grant, &format!("at={cursor}")).await, sums, "as it was at the client's place");
            let (after, _) = lines(&office, &grant).await;
            assert_eq!(told(&office, &grant, "").await, summed(&after));
        }
    }

    async fn the_records_of_a_sum_are_listed(engine) {
        let office = Office::open(engine).await;
        let auditor = Grant::new(Role::Auditor);
        let (all, _) = lines(&office, &auditor).await;
        let mut listed = 0;
        for (day, kind, region) in summed(&all).into_keys() {
            let path = format!("/sync/rows?day={day}&kind={kind}&region={region}");
            let (status, text) = get(&office, "one", &auditor, &path).await;
            assert_eq!(status, 200, "{text}");
            for row in proved(&text).0 {
                let same = |line: &&Value| bucket(line) == (day.clone(), kind.clone(), region.clone()) && line["key"] == row["key"];
                let line = all.iter().find(same).unwrap();
                assert_eq!((&line["version"], &line["hash"]), (&row["version"], &row["hash"]));
                listed += 1;
            }
        }
        assert_eq!(listed, all.len());
        let (_, text) = get(&office, "one", &auditor, "/sync/rows?day=2020-01-01&kind=Standard").await;
        assert_eq!(proved(&text).0.len(), 0);
    }
}
