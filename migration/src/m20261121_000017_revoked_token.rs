//! Tokens that are refused before they end.

use sea_orm_migration::prelude::*;

use crate::dialect::{drop_tables, execute};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        crate::IN_ONE_TRANSACTION
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // The instant in microseconds since 1970, from which the row is of no use.
        let table = |key: &str| {
            format!("CREATE TABLE revoked_token (token_id {key} PRIMARY KEY, of_use_until bigint NOT NULL)")
        };
        execute(manager, &table("text"), &table("text COLLATE \"C\"")).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &["revoked_token"]).await
    }
}
