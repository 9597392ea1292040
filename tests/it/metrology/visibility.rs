//! Who sees an instrument: staff of its district and its owner, and nobody else, whichever way is tried.

use support::bureau::enterprise;
use support::on_both;

use super::*;

/// Everything that could give an instrument away.
const TRIES: &str = "{ instruments(first: 50) { totalCount nodes { id verifications { verifiedOn } } } \
    forbidden: instruments(filter: { inUseThoughOverdue: true }) { totalCount } \
    search(text: \"电子台秤\") { totalCount } changes(first: 100) { nodes { recordId } } }";

async fn filled(engine: support::Engine) -> (TestDatabase, Desk) {
    let database = TestDatabase::new(engine).await;
    let db = database.open().await;
    let rows = [
        row("here", 1).verified("2025-02-01", "2026-01-31"),
        Row {
            region: "320581".to_owned(),
            ..row("beside", 1).verified("2025-02-01", "2026-01-31")
        },
        row("other", 2).verified("2025-02-01", "2026-01-31"),
    ];
    bring(
        &database,
        &db,
        Adapter::MetrologyLedger,
        "ledger.csv",
        &ledger(&rows),
        "2026-10-01",
    )
    .await;
    (database, Desk::open(db))
}

/// How many instruments, overdue ones, events of the feed and rows with verifications a reader finds.
fn counted(shown: &Value) -> (i64, usize, i64, i64, usize) {
    let rows = &shown["instruments"]["nodes"];
    (
        shown["instruments"]["totalCount"].as_i64().unwrap(),
        items(rows)
            .filter(|row| items(&row["verifications"]).count() == 1)
            .count(),
        shown["forbidden"]["totalCount"].as_i64().unwrap(),
        shown["search"]["totalCount"].as_i64().unwrap(),
        items(&shown["changes"]["nodes"]).count(),
    )
}

on_both! {
    async fn an_instrument_is_for_its_district_and_its_owner(engine) {
        let (_database, desk) = filled(engine).await;
        let token = |name: &str, grant| desk.bureau.token(name, grant);
        let readers = [
            (None, 0),
            (Some(token("county", staff("320582"))), 2),
            (Some(token("city", staff("320500"))), 3),
            (Some(token("neighbour", staff("320581"))), 1),
            (Some(token("elsewhere", staff("330100"))), 0),
            (Some(token("owner", enterprise(&credit_code(1)))), 2),
            (Some(token("other", enterprise(&credit_code(2)))), 1),
            (Some(token("stranger", enterprise(&credit_code(9)))), 0),
        ];
        for (token, count) in &readers {
            let shown = desk.ask(token.as_deref(), TRIES).await;
            let rows = usize::try_from(*count).unwrap();
            assert_eq!(counted(&shown), (*count, rows, *count, 0, rows), "{token:?}: {shown:#}");
        }
    }

    async fn what_is_not_for_a_reader_answers_like_what_is_not_there(engine) {
        let (_database, desk) = filled(engine).await;
        let all = desk.staff("{ instruments { nodes { id } } }").await;
        let id = all["instruments"]["nodes"][0]["id"].as_str().unwrap();
        let query = format!("{{ node(id: \"{id}\") {{ id }} instrument(id: \"{id}\") {{ id }} }}");
        let stranger = desk.bureau.token("stranger", enterprise(&credit_code(9)));
        for token in [None, Some(stranger.as_str())] {
            assert_eq!(desk.ask(token, &query).await, json!({ "node": null, "instrument": null }));
        }
        assert_ne!(desk.staff(&query).await["node"], Value::Null);
    }
}
