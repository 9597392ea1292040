//! Why an event happened, and how far the feed was pruned.

use sea_orm_migration::prelude::*;

use crate::dialect::execute;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        crate::IN_ONE_TRANSACTION
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        execute(
            manager,
            "ALTER TABLE feed ADD COLUMN reason text NOT NULL DEFAULT 'SOURCE'",
            "ALTER TABLE feed ADD COLUMN reason text COLLATE \"C\" NOT NULL DEFAULT 'SOURCE'",
        )
        .await?;
        let withdrawn = "UPDATE feed SET reason = 'WITHDRAWAL' WHERE op = 'DELETE'";
        execute(manager, withdrawn, withdrawn).await?;
        let pruned = "ALTER TABLE feed_head ADD COLUMN pruned_pos bigint NOT NULL DEFAULT 0";
        execute(manager, pruned, pruned).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for drop in [
            "ALTER TABLE feed_head DROP COLUMN pruned_pos",
            "ALTER TABLE feed DROP COLUMN reason",
        ] {
            execute(manager, drop, drop).await?;
        }
        Ok(())
    }
}
