//! How far each hub came that writes into the exchange table (前置库), and which records it wrote: it goes on from there, writes nothing
//! twice, and takes back what is gone.

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
        execute(manager, &sqlite, &postgres).await?;
        let sent = |text: &str| {
            format!(
                "CREATE TABLE exchange_sent (sender {text} NOT NULL, source {text} NOT NULL, part {text} NOT NULL, \
                 record_key {text} NOT NULL, as_of text NOT NULL, PRIMARY KEY (sender, source, part))"
            )
        };
        execute(manager, &sent("text"), &sent("text COLLATE \"C\"")).await?;
        let by_key = "CREATE INDEX exchange_sent_key ON exchange_sent (sender, record_key)";
        execute(manager, by_key, by_key).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &["exchange_sent", "exchange_sender"]).await
    }
}
