//! The chain itself: one order under concurrent writers, and hashes that anybody can repeat.

use entity::audit::{Algorithm, Asked, Decision, Entry, append_alone, use_algorithm};
use sha2::{Digest, Sha256};
use support::chance::seed;
use support::{Chance, TestDatabase, on_both, test_clock};

use super::trail::{asked, entries, entry, fill, found, key, proved, sign};

const WRITERS: u64 = 8;

on_both! {
    async fn concurrent_writers_make_one_chain_without_gaps(engine) {
        let database = TestDatabase::new(engine).await;
        // Two processes, each with connections of its own.
        let handles = [database.open().await, database.open().await];
        let mut chance = Chance::new(seed("concurrent_writers_make_one_chain_without_gaps"));
        let mut work = Vec::new();
        let mut expected = 0;
        for writer in 0..WRITERS {
            let db = chance.pick(&handles).clone();
            let mut chance = Chance::new(chance.draw());
            let count = 5 + chance.below(20);
            expected += count;
            work.push(tokio::spawn(async move {
                for number in 0..count {
                    if chance.percent(30) {
                        tokio::time::sleep(std::time::Duration::from_millis(chance.below(5))).await;
                    }
                    append_alone(&db, &test_clock(), entry(writer * 1_000 + number)).await.unwrap();
                }
            }));
        }
        // Meanwhile others sign and prove: what they see is always whole.
        let [one, other] = &handles;
        while work.iter().any(|writer| !writer.is_finished()) {
            sign(one).await;
            assert_eq!(found(&proved(other).await), None);
        }
        for writer in work {
            writer.await.unwrap();
        }
        sign(one).await;
        let report = proved(other).await;
        assert_eq!((report.entries, report.signed, &report.trouble), (expected, report.last, &None));
        let all = entries(one).await;
        let mut before = String::new();
        for (place, found) in (1..).zip(&all) {
            assert_eq!((found.seq, &found.prev_hash), (place, &before));
            before.clone_from(&found.hash);
        }
        // Every entry is there once, and those of one writer are in its order.
        let mut numbers: Vec<u64> = all.iter().filter_map(|found| u64::try_from(found.row_count?).ok()).collect();
        for writer in 0..WRITERS {
            let own: Vec<u64> = numbers.iter().copied().filter(|number| number / 1_000 == writer).collect();
            assert!(own.is_sorted(), "{own:?}");
        }
        numbers.sort_unstable();
        numbers.dedup();
        assert_eq!(numbers.len() as u64, expected);
    }

    async fn anybody_can_repeat_a_hash(engine) {
        let database = TestDatabase::new(engine).await;
        let db = database.open().await;
        fill(&db, 1..=2).await;
        let all = entries(&db).await;
        for found in &all {
            let hash = Sha256::digest(found.canonical_text().as_bytes());
            assert_eq!(found.hash, hash.iter().map(|byte| format!("{byte:02x}")).collect::<String>());
        }
        let last = all.last().map(|found| found.canonical_text()).unwrap();
        let expected = format!(
            "{{\"v\":1,\"seq\":2,\"at\":\"2026-11-21T04:00:00.000000+00:00\",\"actor\":\"https://login.example.org#clerk-2\",\
             \"role\":\"STAFF\",\"client\":\"portal\",\"token_id\":\"token-of-clerk-2\",\"region\":\"\",\
             \"operation_hash\":\"{}\",\"operation_name\":\"ShowPerson\",\"object_kind\":\"Enterprise\",\
             \"object_ids\":[\"key-2\",\"张家港\"],\"decision\":\"ALLOWED\",\"reason\":\"READ\",\"row_count\":2,\
             \"unmasked\":[\"phone\"],\"purpose\":\"投诉核查\",\"address\":\"192.0.2.7\",\
             \"request_id\":\"request-of-clerk-2\",\"algorithm\":\"SHA-256\",\"prev_hash\":\"{}\"}}",
            "ab".repeat(32), all[0].hash,
        );
        assert_eq!(last, expected, "a change of this text would make every trail look forged");
    }

    async fn a_chain_goes_on_in_another_algorithm(engine) {
        let database = TestDatabase::new(engine).await;
        let db = database.open().await;
        fill(&db, 1..=3).await;
        use_algorithm(&db, Algorithm::Sm3).await.unwrap();
        fill(&db, 4..=6).await;
        sign(&db).await;
        let all = entries(&db).await;
        let named: Vec<&str> = all.iter().map(|found| found.algorithm.as_str()).collect();
        assert_eq!(named, ["SHA-256", "SHA-256", "SHA-256", "SM3", "SM3", "SM3"]);
        assert_eq!(all[5].hash, Algorithm::Sm3.hash(&all[5].canonical_text()));
        assert_eq!((proved(&db).await.entries, found(&proved(&db).await)), (6, None));
    }

    async fn text_of_readers_stays_on_its_line(engine) {
        let database = TestDatabase::new(engine).await;
        let db = database.open().await;
        let mut bad = asked("a\r\nb\u{202E}c\u{0}");
        bad.operation_name = "x".repeat(9_999);
        let many: Vec<String> = (0..250).map(|number| format!("key-{number}\t")).collect();
        append_alone(&db, &test_clock(), Entry::refused(&bad, "Enterprise", "NO\nONE").objects(&many)).await.unwrap();
        append_alone(&db, &test_clock(), Entry::allowed(&Asked::public(), "Enterprise")).await.unwrap();
        let all = entries(&db).await;
        assert_eq!(all[0].actor, "https://login.example.org#a\\u{d}\\u{a}b\\u{202e}c\\u{0}");
        assert_eq!((all[0].decision.as_str(), all[0].reason.as_deref()), (Decision::Refused.as_str(), Some("NO\\u{a}ONE")));
        assert_eq!(all[0].operation_name.chars().count(), 501);
        assert_eq!(all[0].objects().len(), 101);
        assert_eq!(all[0].objects().last().map(String::as_str), Some("… 150 more"));
        assert_eq!((all[1].actor.as_str(), all[1].role.as_str(), all[1].row_count), ("", "PUBLIC", None));
        assert_eq!(found(&proved(&db).await), None);
    }

    async fn the_key_is_the_same_for_all_processes_on_a_database(engine) {
        let database = TestDatabase::new(engine).await;
        let (one, other) = (database.open().await, database.open().await);
        assert_eq!(key(&one).await.public(), key(&other).await.public());
        let elsewhere = TestDatabase::new(engine).await;
        assert_ne!(key(&one).await.public(), key(&elsewhere.open().await).await.public());
    }
}
