//! Who may see what, inside the database: tokens that are refused before they end, and on PostgreSQL the [`wall`].

use sea_orm_migration::prelude::*;

use crate::dialect::{drop_tables, execute, is_postgres};
use crate::wall;

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
        execute(manager, &table("text"), &table("text COLLATE \"C\"")).await?;
        if is_postgres(manager) {
            wall::raise(manager).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        if is_postgres(manager) {
            wall::pull_down(manager).await?;
        }
        drop_tables(manager, &["revoked_token"]).await
    }
}
