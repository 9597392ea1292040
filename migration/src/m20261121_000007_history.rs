//! Parts of records, and the instant of the last writing transaction.

use sea_orm_migration::prelude::*;

use crate::dialect::execute;

/// Every claim about a part of a record, whatever record it was put to.
const PARTS: &str = "CREATE INDEX assertion_part ON assertion (kind, source, part) WHERE part <> ''";

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        crate::IN_ONE_TRANSACTION
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // The part of a record that a claim speaks of; empty where a record has no parts.
        execute(
            manager,
            "ALTER TABLE assertion ADD COLUMN part text NOT NULL DEFAULT ''",
            "ALTER TABLE assertion ADD COLUMN part text COLLATE \"C\" NOT NULL DEFAULT ''",
        )
        .await?;
        execute(manager, PARTS, PARTS).await?;
        // Microseconds since 1970: known time never goes back, whatever the clocks of the machines say.
        let stamp = "ALTER TABLE feed_head ADD COLUMN last_at bigint NOT NULL DEFAULT 0";
        execute(manager, stamp, stamp).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        execute(manager, "DROP INDEX assertion_part", "DROP INDEX assertion_part").await?;
        for column in [
            "ALTER TABLE feed_head DROP COLUMN last_at",
            "ALTER TABLE assertion DROP COLUMN part",
        ] {
            execute(manager, column, column).await?;
        }
        Ok(())
    }
}
