//! The change feed and the state that decides what goes into it.

use sea_orm_migration::prelude::*;

use crate::dialect::{drop_tables, execute, key, key_required, ordered_index};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        crate::IN_ONE_TRANSACTION
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        feed_head(manager).await?;
        feed(manager).await?;
        record(manager).await?;
        hub_secret(manager).await?;
        execute(
            manager,
            "INSERT INTO hub_secret (name, value) VALUES ('cursor', lower(hex(randomblob(32))))",
            "INSERT INTO hub_secret (name, value) VALUES ('cursor', \
             replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''))",
        )
        .await?;
        execute(
            manager,
            "INSERT INTO feed_head (id, epoch, last_pos) VALUES (1, lower(hex(randomblob(16))), 0)",
            "INSERT INTO feed_head (id, epoch, last_pos) VALUES (1, replace(gen_random_uuid()::text, '-', ''), 0)",
        )
        .await?;
        ordered_index(manager, "feed_record", "feed", &["kind", "record_key", "pos"]).await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &["hub_secret", "record", "feed", "feed_head"]).await
    }
}

/// The one row that hands out feed positions; it is updated last in every writing transaction.
async fn feed_head(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = Table::create();
    table
        .table(Alias::new("feed_head"))
        .col(ColumnDef::new(Alias::new("id")).integer().not_null())
        .col(key_required(manager, "epoch"))
        .col(ColumnDef::new(Alias::new("last_pos")).big_integer().not_null())
        .primary_key(Index::create().col(Alias::new("id")));
    manager.create_table(table).await
}

/// The change feed: gap-free positions, whole records.
async fn feed(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = Table::create();
    table
        .table(Alias::new("feed"))
        .col(ColumnDef::new(Alias::new("pos")).big_integer().not_null())
        .col(key_required(manager, "kind"))
        .col(key_required(manager, "op"))
        .col(key_required(manager, "record_key"))
        .col(ColumnDef::new(Alias::new("version")).big_integer().not_null())
        .col(key_required(manager, "audience"))
        .col(key_required(manager, "region"))
        .col(key(manager, "run_id"))
        .col(ColumnDef::new(Alias::new("body")).text().not_null())
        .col(
            ColumnDef::new(Alias::new("at"))
                .timestamp_with_time_zone()
                .not_null(),
        )
        .primary_key(Index::create().col(Alias::new("pos")));
    manager.create_table(table).await
}

/// Every record that readers may see: its version, the hash of its content, and who it is for.
async fn record(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = Table::create();
    table
        .table(Alias::new("record"))
        .col(key_required(manager, "kind"))
        .col(key_required(manager, "key"))
        .col(ColumnDef::new(Alias::new("version")).big_integer().not_null())
        .col(key_required(manager, "hash"))
        .col(key_required(manager, "audience"))
        .col(key_required(manager, "region"))
        .primary_key(Index::create().col(Alias::new("kind")).col(Alias::new("key")));
    manager.create_table(table).await
}

/// Secrets that all processes on a database share, such as the key that authenticates cursors.
async fn hub_secret(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = Table::create();
    table
        .table(Alias::new("hub_secret"))
        .col(key_required(manager, "name"))
        .col(key_required(manager, "value"))
        .primary_key(Index::create().col(Alias::new("name")));
    manager.create_table(table).await
}
