//! Tampering by somebody who owns the database and took the guards away: each kind is found and named (test 21).

use entity::audit::Fault;
use support::{Engine, TestDatabase, block_on, on_both};

use super::trail::{entries, fill, found, proved, run, run_with, signed, unguard};

/// What is done to a trail of twelve entries with heads of 5, 10 and 12, and what is found first.
const CASES: [(&str, &[&str], i64, Fault); 22] = [
    (
        "an actor is changed",
        &["UPDATE audit_entry SET actor = 'https://login.example.org#nobody' WHERE seq = 4"],
        4,
        Fault::Edited,
    ),
    (
        "a decision is changed",
        &["UPDATE audit_entry SET decision = 'REFUSED' WHERE seq = 12"],
        12,
        Fault::Edited,
    ),
    (
        "the rows are fewer",
        &["UPDATE audit_entry SET row_count = 0 WHERE seq = 7"],
        7,
        Fault::Edited,
    ),
    (
        "nothing was unmasked",
        &["UPDATE audit_entry SET unmasked = '[]' WHERE seq = 1"],
        1,
        Fault::Edited,
    ),
    (
        "no purpose was told",
        &["UPDATE audit_entry SET purpose = NULL WHERE seq = 8"],
        8,
        Fault::Edited,
    ),
    (
        "a list is none any more",
        &["UPDATE audit_entry SET object_ids = '[' WHERE seq = 3"],
        3,
        Fault::Edited,
    ),
    (
        "the hash is another",
        &["UPDATE audit_entry SET hash = prev_hash WHERE seq = 6"],
        6,
        Fault::Edited,
    ),
    (
        "the algorithm is unknown",
        &["UPDATE audit_entry SET algorithm = 'MD5' WHERE seq = 6"],
        6,
        Fault::Edited,
    ),
    (
        "one is deleted",
        &["DELETE FROM audit_entry WHERE seq = 6"],
        6,
        Fault::Missing,
    ),
    (
        "three are deleted",
        &["DELETE FROM audit_entry WHERE seq BETWEEN 6 AND 8"],
        6,
        Fault::Missing,
    ),
    (
        "the first is deleted",
        &["DELETE FROM audit_entry WHERE seq = 1"],
        1,
        Fault::Missing,
    ),
    (
        "two change places",
        &[
            "UPDATE audit_entry SET seq = 1000 WHERE seq = 7",
            "UPDATE audit_entry SET seq = 7 WHERE seq = 8",
            "UPDATE audit_entry SET seq = 8 WHERE seq = 1000",
        ],
        7,
        Fault::Moved,
    ),
    (
        "one is deleted and the others move up",
        &[
            "DELETE FROM audit_entry WHERE seq = 10",
            "UPDATE audit_entry SET seq = 10 WHERE seq = 11",
            "UPDATE audit_entry SET seq = 11 WHERE seq = 12",
        ],
        10,
        Fault::Moved,
    ),
    (
        "the tail is cut off",
        &["DELETE FROM audit_entry WHERE seq > 8"],
        9,
        Fault::Truncated,
    ),
    (
        "everything is deleted",
        &["DELETE FROM audit_entry"],
        1,
        Fault::Truncated,
    ),
    (
        "the tail is cut off and the counter follows",
        &[
            "DELETE FROM audit_entry WHERE seq > 8",
            "UPDATE audit_counter SET last_seq = 8, last_hash = (SELECT hash FROM audit_entry WHERE seq = 8)",
        ],
        9,
        Fault::Truncated,
    ),
    (
        "two heads are swapped",
        &[
            "UPDATE audit_head SET seq = 1000 WHERE seq = 5",
            "UPDATE audit_head SET seq = 5 WHERE seq = 10",
            "UPDATE audit_head SET seq = 10 WHERE seq = 1000",
        ],
        5,
        Fault::HeadForged,
    ),
    (
        "a head gets another hash",
        &["UPDATE audit_head SET hash = (SELECT hash FROM audit_entry WHERE seq = 9) WHERE seq = 10"],
        10,
        Fault::HeadForged,
    ),
    (
        "a head gets another time",
        &[
            "UPDATE audit_head SET at = (SELECT at FROM audit_head WHERE seq = 12), entry_at = '2020-01-01T00:00:00.000000+00:00' WHERE seq = 10",
        ],
        10,
        Fault::HeadForged,
    ),
    (
        "the last head is deleted",
        &["DELETE FROM audit_head WHERE seq = 12"],
        12,
        Fault::HeadMissing,
    ),
    (
        "the counter is deleted",
        &["DELETE FROM audit_counter"],
        12,
        Fault::CounterDiffers,
    ),
    (
        "the key is another",
        &["UPDATE hub_secret SET value = 'another' WHERE name = 'audit'"],
        5,
        Fault::HeadForged,
    ),
];

on_both! {
    async fn every_kind_is_found_and_named(engine) {
        let whole = signed(engine).await;
        for (what, statements, seq, fault) in CASES {
            let database = TestDatabase::copy_of(&whole, engine).await;
            let raw = database.raw().await;
            unguard(&raw).await;
            run(&raw, statements).await;
            let report = proved(&database.open().await).await;
            assert_eq!(found(&report), Some((seq, fault)), "{what}: {report:#?}");
        }
    }

    async fn entries_that_no_head_covers_yet_are_found_by_chain_and_counter(engine) {
        let whole = signed(engine).await;
        let cases = [
            ("UPDATE audit_entry SET address = '' WHERE seq = 14", 14, Fault::Edited),
            ("DELETE FROM audit_entry WHERE seq = 13", 13, Fault::Missing),
            ("DELETE FROM audit_entry WHERE seq = 14", 14, Fault::Truncated),
        ];
        for (sql, seq, fault) in cases {
            let database = TestDatabase::copy_of(&whole, engine).await;
            let db = database.open().await;
            fill(&db, 13..=14).await;
            assert_eq!((found(&proved(&db).await), proved(&db).await.signed), (None, 12));
            let raw = database.raw().await;
            unguard(&raw).await;
            run(&raw, &[sql]).await;
            assert_eq!(found(&proved(&db).await), Some((seq, fault)), "{sql}");
        }
    }

    async fn an_entry_that_fits_nowhere_is_found(engine) {
        let whole = signed(engine).await;
        let database = TestDatabase::copy_of(&whole, engine).await;
        let db = database.open().await;
        let raw = database.raw().await;
        unguard(&raw).await;
        // Whole in itself, with a hash of its own, and unknown to the entry behind it.
        let mut other = entries(&db).await.swap_remove(6);
        other.actor = "somebody else".to_owned();
        let hash = entity::audit::Algorithm::Sha256.hash(&other.canonical_text());
        let sql = "UPDATE audit_entry SET actor = $1, hash = $2 WHERE seq = $3";
        let values = vec![other.actor.into(), hash.as_str().into(), other.seq.into()];
        assert_eq!(run_with(&raw, sql, values).await.unwrap(), 1);
        let report = proved(&db).await;
        assert_eq!(found(&report), Some((8, Fault::Unlinked)), "{report:#?}");
        // One that is added behind the last is unknown to the counter.
        let database = TestDatabase::copy_of(&whole, engine).await;
        let db = database.open().await;
        let raw = database.raw().await;
        let mut added = entries(&db).await.swap_remove(11);
        (added.seq, added.prev_hash) = (13, added.hash.clone());
        let hash = entity::audit::Algorithm::Sha256.hash(&added.canonical_text());
        run(&raw, &[
            "CREATE TABLE forged AS SELECT * FROM audit_entry WHERE seq = 12",
            &format!("UPDATE forged SET seq = 13, prev_hash = '{}', hash = '{hash}'", added.prev_hash),
            "INSERT INTO audit_entry SELECT * FROM forged",
        ]).await;
        let report = proved(&db).await;
        assert_eq!(found(&report), Some((13, Fault::CounterDiffers)), "{report:#?}");
    }
}

/// PostgreSQL keeps nothing in a column that does not fit it; SQLite does.
#[test]
fn what_cannot_be_read_is_named_too() {
    block_on(async {
        let database = signed(Engine::Sqlite).await;
        let raw = database.raw().await;
        unguard(&raw).await;
        run(&raw, &["UPDATE audit_entry SET at = 'yesterday' WHERE seq = 9"]).await;
        let report = proved(&database.open().await).await;
        assert_eq!(found(&report), Some((9, Fault::Edited)), "{report:#?}");
    });
}
