//! Classifications (ICS, CCS, GB/T 4754) and the calendar of holidays.

use sea_orm_migration::prelude::*;

use crate::dialect::{drop_tables, key, key_required};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        crate::IN_ONE_TRANSACTION
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        classification(manager).await?;
        holiday(manager).await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &["holiday", "classification"]).await
    }
}

/// An item of a classification scheme.
async fn classification(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = Table::create();
    table
        .table(Alias::new("classification"))
        .col(key_required(manager, "scheme"))
        .col(ColumnDef::new(Alias::new("edition")).integer().not_null())
        .col(key_required(manager, "code"))
        .col(key(manager, "parent_code"))
        .col(ColumnDef::new(Alias::new("level")).integer().not_null())
        .col(ColumnDef::new(Alias::new("name_zh")).text())
        .col(ColumnDef::new(Alias::new("name_en")).text())
        .col(ColumnDef::new(Alias::new("notes")).text())
        .primary_key(
            Index::create()
                .col(Alias::new("scheme"))
                .col(Alias::new("edition"))
                .col(Alias::new("code")),
        );
    manager.create_table(table).await
}

/// A day off, or a weekend day that is worked instead, by the yearly notice of the State Council.
async fn holiday(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = Table::create();
    table
        .table(Alias::new("holiday"))
        .col(ColumnDef::new(Alias::new("day")).date().not_null())
        .col(ColumnDef::new(Alias::new("name")).text().not_null())
        .col(ColumnDef::new(Alias::new("off")).boolean().not_null())
        .col(ColumnDef::new(Alias::new("notice_year")).integer().not_null())
        .primary_key(Index::create().col(Alias::new("day")));
    manager.create_table(table).await
}
