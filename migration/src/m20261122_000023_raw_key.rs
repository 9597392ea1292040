//! Keys of raw files that hold personal data, the secrets that keys are wrapped and personal columns hashed with, and the
//! batch of the sender that a run took.

use sea_orm_migration::prelude::*;

use crate::dialect::{drop_tables, execute, is_postgres};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        crate::IN_ONE_TRANSACTION
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let key = if is_postgres(manager) {
            "text COLLATE \"C\""
        } else {
            "text"
        };
        // Times are microseconds since 1970. A key that was erased leaves its line, without the key.
        let table = format!(
            "CREATE TABLE raw_key (sha256 {key} PRIMARY KEY, wrapped text, made_at bigint NOT NULL, erased_at bigint)"
        );
        let batch = format!("ALTER TABLE ingest_run ADD COLUMN batch {key}");
        let index = "CREATE INDEX ingest_run_batch ON ingest_run (source, batch)";
        for statement in [table.as_str(), batch.as_str(), index] {
            execute(manager, statement, statement).await?;
        }
        for name in ["raw", "personal"] {
            let sqlite =
                format!("INSERT INTO hub_secret (name, value) VALUES ('{name}', lower(hex(randomblob(32))))");
            let postgres = format!(
                "INSERT INTO hub_secret (name, value) VALUES ('{name}', \
                 replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''))"
            );
            execute(manager, &sqlite, &postgres).await?;
        }
        if is_postgres(manager) {
            let closed = "REVOKE ALL ON raw_key FROM nqi_hub_reader";
            execute(manager, closed, closed).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for statement in [
            "DELETE FROM hub_secret WHERE name IN ('raw', 'personal')",
            "DROP INDEX ingest_run_batch",
            "ALTER TABLE ingest_run DROP COLUMN batch",
        ] {
            execute(manager, statement, statement).await?;
        }
        drop_tables(manager, &["raw_key"]).await
    }
}
