//! Records that are about one enterprise, which may see them before the public does.

use sea_orm_migration::prelude::*;

use crate::dialect::{execute, is_postgres};

/// Tables whose rows can be such records.
const TABLES: [&str; 2] = ["record", "feed"];

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
        for table in TABLES {
            let add = format!("ALTER TABLE {table} ADD COLUMN owner {key} NOT NULL DEFAULT ''");
            execute(manager, &add, &add).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in TABLES {
            let drop = format!("ALTER TABLE {table} DROP COLUMN owner");
            execute(manager, &drop, &drop).await?;
        }
        Ok(())
    }
}
