//! A row that the adapter learned to read leaves quarantine.
//!
//! Only a newer version of the adapter reads a row that this one refuses, so the row is handed over as that version
//! would hand it over: the claim is taken from a database in which the same row was sound.

use entity::Database;
use entity::ingestion::{Claim, Row, RowContent, lease, quarantine, redrive, run};
use entity::standard::StandardClaim;
use support::{Hub, TestDatabase, on_both, test_clock};

use super::list::{composed, composed_row};
use super::tables::{GOLDEN, assert_same, dump, events, number, words};

/// The row as it should have been written.
const SOUND: u32 = 777;

/// What a repaired adapter would make of the row.
async fn repaired_claim(sound: &TestDatabase) -> Claim {
    let key = 900_000 + SOUND;
    let body = words(
        sound,
        &format!("SELECT body FROM assertion WHERE key = 'GB/T{key}-2020'"),
    )
    .await;
    match serde_json::from_str::<StandardClaim>(&body[0]) {
        Ok(claim) => Claim::Standard(Box::new(claim)),
        Err(error) => panic!("{error}"),
    }
}

/// Hands the only row in quarantine over again.
async fn drive(db: &Database, claim: Claim) {
    let open = quarantine::open_rows(db, None).await;
    let [row] = open.as_deref().unwrap_or_default() else {
        panic!("{open:?}");
    };
    let row = row.clone();
    let now = test_clock().now();
    let (Ok(run), Ok(lease)) = (
        run::get(db, &row.run_id).await,
        lease::acquire(db, &row.source, "test", None, now).await,
    ) else {
        panic!("no run, or no lease");
    };
    let again = Row {
        row_no: row.row_no,
        line_no: row.line_no,
        source: row.source,
        as_of: run.as_of,
        content: RowContent::Taken(vec![claim]),
    };
    let driven = redrive(db, &test_clock(), &lease, &run, &[again]).await;
    assert!(driven.is_ok(), "{driven:?}");
}

on_both! {
    async fn it_is_taken_as_if_it_had_never_been_refused(engine) {
        let mut text = composed(1..=300);
        let row = composed_row(SOUND);
        let sound = TestDatabase::new(engine).await;
        let whole = format!("{text}{row}");
        assert_eq!(Hub::on(&sound).ingest("standards-catalogue", &sound.write("list.csv", whole), &[]).code, Some(0));

        let database = TestDatabase::new(engine).await;
        let hub = Hub::on(&database);
        let refused = row.replacen("GB/T 900777-2020", "", 1);
        text.push_str(&refused);
        let ran = hub.ingest("standards-catalogue", &database.write("list.csv", text), &[]);
        assert_eq!((ran.code, ran.json()["quarantined"].as_i64()), (Some(0), Some(1)), "{ran:?}");
        let before = events(&database).await;

        let db = database.open().await;
        drive(&db, repaired_claim(&sound).await).await;
        let state = words(&database, "SELECT state || ' ' || attempts FROM quarantine").await;
        assert_eq!(state, ["RESOLVED 2"]);
        assert_eq!(events(&database).await, before + 1);
        assert_same(&dump(&sound, GOLDEN).await, &dump(&database, GOLDEN).await, "after the redrive");
        let sum = "SELECT count(*) FROM ingest_run WHERE read = created + updated + unchanged + quarantined \
                   AND quarantined = 0 AND created = 301 AND read = 301";
        assert_eq!(number(&database, sum).await, 1, "the counts of the run were moved");
        // It is listed no more, unless asked for.
        assert!(hub.run(&["quarantine", "list", "--json"]).stdout.is_empty());
        assert_eq!(hub.run(&["quarantine", "list", "--all", "--json"]).json()["state"], "RESOLVED");
    }
}
