//! How far each hub came that writes into the exchange table (前置库): it goes on from there, and writes nothing twice.

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
        // The epoch and the position are those of the sender's own change feed.
        let columns = "epoch text NOT NULL, position bigint NOT NULL";
        let sqlite = format!("CREATE TABLE exchange_sender (sender text PRIMARY KEY, {columns})");
        let postgres =
            format!("CREATE TABLE exchange_sender (sender text COLLATE \"C\" PRIMARY KEY, {columns})");
        execute(manager, &sqlite, &postgres).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &["exchange_sender"]).await
    }
}
