//! Taking entries away after their time, so that the rest can still be proved.

use aws_lc_rs::signature::Ed25519KeyPair;
use chrono::TimeDelta;
use entity::audit::{Fault, Mark, Retention, Wanted, append_alone, prune, sign_head, verify};
use entity::clock::instant_text;
use entity::{Clock, Database};
use sea_orm::ConnectionTrait;
use sha2::{Digest, Sha256};
use support::{TestDatabase, on_both};

use super::trail::{entries, entry, found, key, later, proved, run, unguard};

const DAY: TimeDelta = TimeDelta::days(1);

async fn write(db: &Database, clock: &Clock, count: u64) {
    for number in 1..=count {
        append_alone(db, clock, entry(number)).await.unwrap();
    }
}

async fn take_away(db: &Database, days: u32, clock: &Clock) -> u64 {
    prune(db, clock, &key(db).await, Retention::of_days(days).unwrap())
        .await
        .unwrap()
}

/// Four entries of the first day, three of the two hundredth, two of the four hundredth; signed but for the last two.
async fn old(db: &Database) {
    for (day, count, signed) in [(0, 4, true), (200, 3, true), (400, 2, false)] {
        let clock = later(DAY * day);
        write(db, &clock, count).await;
        if signed {
            sign_head(db, &clock, &key(db).await).await.unwrap();
        }
    }
}

on_both! {
    async fn what_is_older_than_its_time_goes_and_the_rest_is_proved(engine) {
        let database = TestDatabase::new(engine).await;
        let db = database.open().await;
        old(&db).await;
        let before = entries(&db).await;
        let clock = later(DAY * 400);
        assert_eq!(take_away(&db, 401, &clock).await, 0, "nothing is as old as that");
        assert_eq!(take_away(&db, 400, &clock).await, 4);
        assert_eq!(take_away(&db, 400, &clock).await, 0);
        let report = proved(&db).await;
        assert_eq!((report.cut, report.last, report.entries, &report.trouble), (4, 10, 6, &None));
        let rest = entries(&db).await;
        assert_eq!(rest[..5], before[4..], "the others are as they were");
        let act = &rest[5];
        assert_eq!((act.actor.as_str(), act.operation_name.as_str()), ("urn:nqi-hub#hub", "retention"));
        assert_eq!((act.objects().join("-"), act.row_count), ("1-4".to_owned(), Some(4)));
        // And so it goes on.
        let late = later(DAY * 9_000);
        sign_head(&db, &clock, &key(&db).await).await.unwrap();
        write(&db, &late, 1).await;
        assert_eq!(take_away(&db, 184, &late).await, 6);
        assert_eq!(take_away(&db, 184, &late).await, 0);
        let report = proved(&db).await;
        assert_eq!((report.cut, report.last, report.entries, report.trouble), (10, 12, 2, None));
    }

    async fn a_head_from_outside_tells_what_was_cut(engine) {
        let database = TestDatabase::new(engine).await;
        let db = database.open().await;
        old(&db).await;
        let before = entries(&db).await;
        take_away(&db, 400, &later(DAY * 400)).await;
        for (index, expected) in [(2, Some((3, Fault::OutsideDiffers))), (3, None), (4, None), (8, None)] {
            let mark = Mark { seq: before[index].seq, hash: before[index].hash.clone() };
            let report = verify(&db, &Wanted { mark: Some(mark), ..Wanted::default() }).await.unwrap();
            assert_eq!(found(&report), expected);
        }
        let mark = Mark { seq: 4, hash: before[0].hash.clone() };
        let report = verify(&db, &Wanted { mark: Some(mark), ..Wanted::default() }).await.unwrap();
        assert_eq!(found(&report), Some((4, Fault::OutsideDiffers)));
    }

    async fn a_prefix_that_is_not_whole_is_not_taken_away(engine) {
        let database = TestDatabase::new(engine).await;
        let db = database.open().await;
        old(&db).await;
        let raw = database.raw().await;
        unguard(&raw).await;
        run(&raw, &["UPDATE audit_entry SET actor = '' WHERE seq = 2"]).await;
        let refused = prune(&db, &later(DAY * 400), &key(&db).await, Retention::default()).await;
        assert!(refused.is_err_and(|why| why.to_string().contains("entry 2: EDITED")));
        assert_eq!(entries(&db).await.len(), 9);
    }

    async fn a_cut_that_the_hub_did_not_make_is_found(engine) {
        let database = TestDatabase::new(engine).await;
        let db = database.open().await;
        old(&db).await;
        let raw = database.raw().await;
        // The guards let go what lies before a cut, so somebody invents one.
        run(&raw, &[
            "INSERT INTO audit_head SELECT 'CUT', seq, hash, entry_at, at, algorithm, key_id, signature FROM audit_head WHERE seq = 4",
            "DELETE FROM audit_entry WHERE seq <= 4",
        ]).await;
        assert!(raw.execute_unprepared("DELETE FROM audit_entry WHERE seq = 5").await.is_err(), "and no further");
        assert_eq!(found(&proved(&db).await), Some((4, Fault::CutForged)));
    }

    async fn a_cut_before_its_time_is_found_even_if_it_is_signed(engine) {
        let database = TestDatabase::new(engine).await;
        let db = database.open().await;
        old(&db).await;
        let raw = database.raw().await;
        let entry = entries(&db).await.swap_remove(3);
        unguard(&raw).await;
        // Signed as anybody can check it: the text stands in docs/operations.md.
        let secret = db.secret("audit").await.unwrap();
        let seed = Sha256::digest(format!("nqi-hub audit key\n{secret}"));
        let pair = Ed25519KeyPair::from_seed_unchecked(&seed).unwrap();
        for (age, expected) in [(183, Some((4, Fault::CutForged))), (184, None)] {
            let (entry_at, at) = (instant_text(entry.at), instant_text(entry.at + DAY * age));
            let text = format!("nqi-hub audit v1\nCUT\n4\n{}\n{entry_at}\n{at}", entry.hash);
            let signature: String = pair.sign(text.as_bytes()).as_ref().iter().map(|byte| format!("{byte:02x}")).collect();
            let id = key(&db).await.public().id();
            run(&raw, &[
                "DELETE FROM audit_head WHERE kind = 'CUT'",
                &format!("INSERT INTO audit_head (kind, seq, hash, entry_at, at, algorithm, key_id, signature) \
                    VALUES ('CUT', 4, '{}', '{entry_at}', '{at}', 'Ed25519', '{id}', '{signature}')", entry.hash),
                "DELETE FROM audit_entry WHERE seq <= 4",
            ]).await;
            assert_eq!(found(&proved(&db).await), expected, "after {age} days");
        }
    }
}
