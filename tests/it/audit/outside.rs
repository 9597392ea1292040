//! Heads and keys that are kept outside of the hub.

use entity::Database;
use entity::audit::{Fault, Mark, PublicKey, Wanted, verify};
use support::{TestDatabase, on_both};

use super::trail::{entries, found, key, run, signed, unguard};

async fn with_mark(db: &Database, seq: i64, hash: &str) -> Option<(i64, Fault)> {
    let mark = Some(Mark {
        seq,
        hash: hash.to_owned(),
    });
    found(
        &verify(
            db,
            &Wanted {
                mark,
                ..Wanted::default()
            },
        )
        .await
        .unwrap(),
    )
}

on_both! {
    async fn the_entry_of_a_head_from_outside_has_to_be_there(engine) {
        let database = signed(engine).await;
        let db = database.open().await;
        let all = entries(&db).await;
        for entry in &all {
            assert_eq!(with_mark(&db, entry.seq, &entry.hash).await, None);
        }
        assert_eq!(with_mark(&db, 5, &all[3].hash).await, Some((5, Fault::OutsideDiffers)));
        assert_eq!(with_mark(&db, 40, &all[3].hash).await, Some((13, Fault::Truncated)));
        // A tail that was cut off with its heads, and a counter that says so, too.
        let raw = database.raw().await;
        unguard(&raw).await;
        run(&raw, &[
            "DELETE FROM audit_entry WHERE seq > 10",
            "DELETE FROM audit_head WHERE seq > 10",
            "UPDATE audit_counter SET last_seq = 10, last_hash = (SELECT hash FROM audit_entry WHERE seq = 10)",
        ]).await;
        assert_eq!(with_mark(&db, 10, &all[9].hash).await, None, "from inside nothing is to be seen");
        assert_eq!(with_mark(&db, 12, &all[11].hash).await, Some((11, Fault::Truncated)));
    }

    async fn heads_are_held_against_the_key_that_is_told(engine) {
        let database = signed(engine).await;
        let db = database.open().await;
        let own: PublicKey = key(&db).await.public().clone();
        let elsewhere = TestDatabase::new(engine).await;
        let other = key(&elsewhere.open().await).await.public().clone();
        let by = |keys: &[&PublicKey]| Wanted { keys: keys.iter().map(|key| (*key).clone()).collect(), ..Wanted::default() };
        assert_eq!(found(&verify(&db, &by(&[&own])).await.unwrap()), None);
        assert_eq!(found(&verify(&db, &by(&[&other, &own])).await.unwrap()), None);
        assert_eq!(found(&verify(&db, &by(&[&other])).await.unwrap()), Some((5, Fault::HeadForged)));
    }
}
