//! The search index: own terms, the same on both engines.

use sea_orm_migration::prelude::*;

use crate::dialect::{drop_tables, execute, key_required, ordered_index};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        crate::IN_ONE_TRANSACTION
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        search_entry(manager).await?;
        ordered_index(
            manager,
            "search_entry_number",
            "search_entry",
            &["number_key", "key"],
        )
        .await?;
        manager
            .create_index(
                Index::create()
                    .unique()
                    .name("search_entry_record")
                    .table(Alias::new("search_entry"))
                    .col(Alias::new("kind"))
                    .col(Alias::new("key"))
                    .to_owned(),
            )
            .await?;
        execute(
            manager,
            "CREATE VIRTUAL TABLE search_term USING fts5(terms, tokenize = 'unicode61 remove_diacritics 0')",
            "ALTER TABLE search_entry ADD COLUMN terms text[] NOT NULL DEFAULT '{}'",
        )
        .await?;
        execute(
            manager,
            "SELECT 1",
            "CREATE INDEX search_entry_terms ON search_entry USING gin (terms)",
        )
        .await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        execute(manager, "DROP TABLE search_term", "SELECT 1").await?;
        drop_tables(manager, &["search_entry"]).await
    }
}

/// What search finds: one line per record.
async fn search_entry(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = Table::create();
    table
        .table(Alias::new("search_entry"))
        .col(ColumnDef::new(Alias::new("id")).big_integer().not_null())
        .col(key_required(manager, "kind"))
        .col(key_required(manager, "key"))
        .col(ColumnDef::new(Alias::new("folded")).text().not_null())
        .col(ColumnDef::new(Alias::new("weight")).integer().not_null())
        .col(key_required(manager, "audience"))
        .col(key_required(manager, "region"))
        .col(key_required(manager, "number_key"))
        .primary_key(Index::create().col(Alias::new("id")));
    manager.create_table(table).await
}
