//! What enterprises declare through the hub, word for word.

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
        let (key, instant) = if is_postgres(manager) {
            ("text COLLATE \"C\"", "timestamptz")
        } else {
            ("text", "text")
        };
        // The hash tells a repeated request from another one with the same key.
        let table = format!(
            "CREATE TABLE submission (owner_key {key} NOT NULL, idempotency_key {key} NOT NULL, hash {key} NOT NULL, \
             operation text NOT NULL, body text NOT NULL, declaration_key {key} NOT NULL, record_id text NOT NULL, \
             run_id {key} NOT NULL, row_no bigint NOT NULL, received_at {instant} NOT NULL, \
             PRIMARY KEY (owner_key, idempotency_key))"
        );
        execute(manager, &table, &table).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &["submission"]).await
    }
}
