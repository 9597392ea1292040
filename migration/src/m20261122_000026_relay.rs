//! Hubs below this one: where each of them stands, what each said of which record, and the place of its sources among each other.

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
        let precedence = format!("ALTER TABLE source ADD COLUMN precedence {key} NOT NULL DEFAULT ''");
        // Times are microseconds since 1970.
        let peer = format!(
            "CREATE TABLE peer (name {key} PRIMARY KEY, address text NOT NULL, rank integer NOT NULL, \
             state text NOT NULL, caught_up_at bigint, compared_at bigint, records_here bigint, records_there bigint, \
             buckets_differing bigint)"
        );
        let word = format!(
            "CREATE TABLE peer_record (peer {key} NOT NULL, kind {key} NOT NULL, key {key} NOT NULL, version bigint NOT NULL, \
             generation bigint NOT NULL, gone boolean NOT NULL, region {key} NOT NULL, day date NOT NULL, hash {key} NOT NULL, \
             PRIMARY KEY (peer, kind, key))"
        );
        for statement in [precedence, peer, word] {
            execute(manager, &statement, &statement).await?;
        }
        if is_postgres(manager) {
            // Keys of what is not for everybody stand in it.
            let closed = "REVOKE ALL ON peer, peer_record FROM nqi_hub_reader";
            execute(manager, closed, closed).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &["peer_record", "peer"]).await?;
        let precedence = "ALTER TABLE source DROP COLUMN precedence";
        execute(manager, precedence, precedence).await
    }
}
