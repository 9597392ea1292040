//! Somebody who can compute hashes makes the chain fit again: heads tell, or a head that is kept outside.

use entity::Database;
use entity::audit::{Algorithm, Fault, Model, Wanted, verify};
use sea_orm::DatabaseConnection;
use support::{TestDatabase, on_both};

use super::trail::{entries, found, key, proved, run, run_with, sign, signed, unguard};

/// Changes an entry and computes the hashes of all that follow anew.
async fn rewrite(db: &Database, raw: &DatabaseConnection, from: i64) -> Vec<Model> {
    let mut all = entries(db).await;
    let mut before = String::new();
    for entry in &mut all {
        if entry.seq == from {
            entry.actor = "https://login.example.org#scapegoat".to_owned();
        }
        if entry.seq >= from {
            entry.prev_hash.clone_from(&before);
            entry.hash = Algorithm::Sha256.hash(&entry.canonical_text());
            let sql = "UPDATE audit_entry SET actor = $1, prev_hash = $2, hash = $3 WHERE seq = $4";
            let values = [entry.actor.as_str(), &entry.prev_hash, &entry.hash].map(sea_orm::Value::from);
            let values = values.into_iter().chain([entry.seq.into()]).collect();
            assert_eq!(run_with(raw, sql, values).await.unwrap(), 1);
        }
        before.clone_from(&entry.hash);
    }
    run(
        raw,
        &[&format!("UPDATE audit_counter SET last_hash = '{before}'")],
    )
    .await;
    all
}

on_both! {
    async fn a_chain_that_was_computed_anew_does_not_fit_its_heads(engine) {
        let whole = signed(engine).await;
        for (from, named) in [(4, 5), (6, 10), (12, 12)] {
            let database = TestDatabase::copy_of(&whole, engine).await;
            let db = database.open().await;
            let raw = database.raw().await;
            unguard(&raw).await;
            rewrite(&db, &raw, from).await;
            let report = proved(&db).await;
            assert_eq!(found(&report), Some((named, Fault::HeadDiffers)), "{report:#?}");
        }
    }

    async fn one_who_has_the_secret_too_does_not_get_past_a_head_from_outside(engine) {
        let database = signed(engine).await;
        let db = database.open().await;
        let outside = entity::audit::newest_head(&db, &key(&db).await).await.unwrap().unwrap();
        let wanted = |text: &str| Wanted { mark: Some(text.parse().unwrap()), ..Wanted::default() };
        let kept = wanted(&outside.to_string());
        assert_eq!(verify(&db, &kept).await.unwrap().trouble, None);

        let raw = database.raw().await;
        unguard(&raw).await;
        rewrite(&db, &raw, 4).await;
        run(&raw, &["DELETE FROM audit_head", "UPDATE audit_counter SET unsigned_since = last_at"]).await;
        assert_eq!(sign(&db).await, Some(12), "the hub itself signs the forged trail");
        assert_eq!(proved(&db).await.trouble, None, "from inside nothing is to be seen");
        assert_eq!(found(&verify(&db, &kept).await.unwrap()), Some((12, Fault::OutsideDiffers)));
    }

    async fn a_trail_that_is_not_whole_is_not_signed(engine) {
        let whole = signed(engine).await;
        let cases = [
            "DELETE FROM audit_entry WHERE seq = 12",
            "UPDATE audit_entry SET actor = '' WHERE seq = 12",
            "DELETE FROM audit_counter",
        ];
        for sql in cases {
            let database = TestDatabase::copy_of(&whole, engine).await;
            let db = database.open().await;
            let raw = database.raw().await;
            unguard(&raw).await;
            run(&raw, &["UPDATE audit_counter SET unsigned_since = last_at", sql]).await;
            let refused = entity::audit::sign_head(&db, &support::test_clock(), &key(&db).await).await;
            assert!(refused.is_err_and(|why| why.to_string().contains("verify-log")), "{sql}");
        }
        let database = TestDatabase::copy_of(&whole, engine).await;
        assert_eq!(sign(&database.open().await).await, None);
    }
}
