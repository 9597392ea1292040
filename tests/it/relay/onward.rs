//! What hubs below told a hub, in the exchange table (前置库) of a neighbour.

use serde_json::{Value, json};
use support::{Hub, on_both};

use super::{Source, empty, relayed};
use crate::declaration::record::credit_code;

/// Writes into the table of the neighbour and lets it take the rows; gives how many they were.
fn passed_on(from: &Source, to: &Source) -> u64 {
    let mut command = Hub::on(&from.database).command(&["export", "--into-table", "--json"]);
    let ran = command
        .env("NQI_EXCHANGE_URL", to.database.url())
        .output()
        .unwrap();
    assert!(ran.status.success(), "{ran:?}");
    let sent: Value = serde_json::from_slice(&ran.stdout).unwrap();
    let rows = sent["rows"].as_u64().unwrap();
    if rows > 0 {
        let words = [
            "ingest",
            "enterprise-standard-platform",
            "exchange-table",
            "--json",
        ];
        let taken = Hub::on(&to.database).run(&words);
        assert_eq!(taken.code, Some(0), "{taken:?}");
        assert_eq!(taken.json()["quarantined"], 0, "{taken:?}");
    }
    rows
}

async fn declarations(hub: &Source, condition: &str) -> i64 {
    let sql = format!("SELECT count(*) AS found FROM declaration WHERE {condition}");
    hub.number(&sql, "found").await
}

on_both! {
    async fn two_sources_may_use_one_id_for_two_records(engine) {
        let (suzhou, wuxi) = (Source::open(engine).await, empty(engine).await);
        let (above, neighbour) = (empty(engine).await, empty(engine).await);
        // Under the id and on the day of another declaration at the other hub.
        let other = json!({
            "op": "UPSERT", "record_id": "record-1", "credit_code": credit_code(7), "enterprise_name": "无锡编造7号泵业有限公司",
            "region_code": "320211", "standard_number": "Q/320211TSA 007-2023", "declared_at": "2023-05-12 10:31", "status": "现行有效",
        });
        wuxi.take("enterprise-standard-platform", "other.ndjson", &format!("{other}\n"), 1, &[]);
        relayed(&above, &suzhou, "suzhou", &[]);
        relayed(&above, &wuxi, "wuxi", &[]);
        assert_eq!(declarations(&above, "record_id = 'record-1'").await, 2);
        passed_on(&above, &neighbour);
        for hub in ["suzhou", "wuxi"] {
            let id = format!("record_id = '{hub}/enterprise-standard-platform/record-1'");
            assert_eq!(declarations(&neighbour, &id).await, 1, "{hub}");
        }
        assert_eq!(declarations(&neighbour, "true").await, declarations(&above, "true").await);
        // The ids of the platform stand as they are where the hub reads it itself.
        let direct = empty(engine).await;
        passed_on(&suzhou, &direct);
        assert_eq!(declarations(&direct, "record_id = 'record-1'").await, 1);
    }

    async fn what_a_hub_below_tells_no_more_is_taken_back(engine) {
        let below = Source::open(engine).await;
        let (above, neighbour) = (empty(engine).await, empty(engine).await);
        relayed(&above, &below, "suzhou", &[]);
        passed_on(&above, &neighbour);
        let (all, gone) = ("status <> 'DELETED_AT_SOURCE'", "status = 'DELETED_AT_SOURCE'");
        let before = declarations(&neighbour, all).await;
        assert!(before > 1 && declarations(&neighbour, gone).await == 0, "{before}");
        // The hub below knows nothing of the first declaration any more.
        let id = "'suzhou/enterprise-standard-platform/record-1'";
        below.run("DELETE FROM feed WHERE kind = 'Declaration' AND record_key = (SELECT key FROM declaration WHERE record_id = 'record-1')").await;
        relayed(&above, &below, "suzhou", &["--anew"]);
        assert_eq!(declarations(&above, "record_id = 'record-1'").await, 0);
        assert_eq!(above.number("SELECT count(*) AS found FROM assertion WHERE part = 'record-1'", "found").await, 0);
        assert_eq!(passed_on(&above, &neighbour), 1);
        assert_eq!(declarations(&neighbour, all).await, before - 1);
        assert_eq!(declarations(&neighbour, &format!("{gone} AND record_id = {id}")).await, 1);
        assert_eq!(passed_on(&above, &neighbour), 0);
        // It comes again.
        below.declare(5, &[(1, "320582")], "丙");
        relayed(&above, &below, "suzhou", &[]);
        passed_on(&above, &neighbour);
        assert_eq!(declarations(&neighbour, gone).await, 0);
        assert_eq!(declarations(&neighbour, &format!("{all} AND record_id = {id}")).await, 1);
    }
}
