//! What the database itself refuses, whoever asks.

use sea_orm::{ConnectionTrait, DbBackend};
use support::{TestDatabase, on_both};

use super::trail::{fill, found, proved, run, sign, unguard};

on_both! {
    async fn the_tables_only_grow(engine) {
        let database = TestDatabase::new(engine).await;
        let db = database.open().await;
        fill(&db, 1..=3).await;
        sign(&db).await;
        let raw = database.raw().await;
        let mut statements = vec![
            "UPDATE audit_entry SET actor = '' WHERE seq = 2",
            "UPDATE audit_entry SET seq = 9 WHERE seq = 3",
            "DELETE FROM audit_entry WHERE seq = 3",
            "DELETE FROM audit_entry",
            "UPDATE audit_head SET hash = ''",
            "DELETE FROM audit_head",
        ];
        if raw.get_database_backend() == DbBackend::Postgres {
            statements.extend([
                "TRUNCATE audit_entry",
                "TRUNCATE audit_head",
                "INSERT INTO audit_entry SELECT * FROM audit_entry WHERE seq = 2 ON CONFLICT (seq) DO UPDATE SET actor = ''",
                // A session that plays the replica would pass over a trigger of the usual kind.
                "SET session_replication_role = replica; DELETE FROM audit_entry WHERE seq = 3",
            ]);
        } else {
            statements.extend([
                "REPLACE INTO audit_entry SELECT * FROM audit_entry WHERE seq = 2",
                "INSERT OR REPLACE INTO audit_head SELECT * FROM audit_head",
                "INSERT INTO audit_entry SELECT * FROM audit_entry WHERE seq = 2 ON CONFLICT (seq) DO UPDATE SET actor = ''",
            ]);
        }
        for sql in statements {
            let refused = raw.execute_unprepared(sql).await.err().map(|error| error.to_string());
            assert!(refused.as_ref().is_some_and(|why| why.contains("only grows")), "{sql}: {refused:?}");
        }
        let report = proved(&db).await;
        assert_eq!((report.entries, report.heads, report.trouble), (3, 1, None));
        // Without the guards the same statement goes through, so it is they that refuse; and it is found.
        unguard(&raw).await;
        run(&raw, &["DELETE FROM audit_entry WHERE seq = 2"]).await;
        assert_eq!(found(&proved(&db).await).map(|(seq, _)| seq), Some(2));
    }
}
