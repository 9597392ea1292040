//! Administrative divisions (GB/T 2260) with their history.

use sea_orm_migration::prelude::*;

use crate::dialect::{drop_tables, key, key_required, ordered_index};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        crate::IN_ONE_TRANSACTION
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        region(manager).await?;
        region_period(manager).await?;
        region_change(manager).await?;
        ordered_index(manager, "region_parent", "region", &["parent_code", "code"]).await?;
        ordered_index(
            manager,
            "region_period_parent",
            "region_period",
            &["parent_code", "code"],
        )
        .await?;
        ordered_index(
            manager,
            "region_change_old",
            "region_change",
            &["old_code", "year"],
        )
        .await?;
        ordered_index(
            manager,
            "region_change_new",
            "region_change",
            &["new_code", "year"],
        )
        .await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &["region_change", "region_period", "region"]).await
    }
}

/// A region by its code, as it is or as it last was.
async fn region(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = Table::create();
    table
        .table(Alias::new("region"))
        .col(key_required(manager, "code"))
        .col(ColumnDef::new(Alias::new("name")).text().not_null())
        .col(key_required(manager, "level"))
        .col(key_required(manager, "nature"))
        .col(key(manager, "parent_code"))
        .col(ColumnDef::new(Alias::new("valid_from")).date())
        .col(ColumnDef::new(Alias::new("valid_until")).date())
        .col(ColumnDef::new(Alias::new("successors")).text().not_null())
        .col(ColumnDef::new(Alias::new("flags")).text().not_null())
        .col(key_required(manager, "audience"))
        .col(key_required(manager, "region"))
        .primary_key(Index::create().col(Alias::new("code")));
    manager.create_table(table).await
}

/// A period in which a region kept its name and its parent.
async fn region_period(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = Table::create();
    table
        .table(Alias::new("region_period"))
        .col(key_required(manager, "code"))
        .col(ColumnDef::new(Alias::new("ordinal")).integer().not_null())
        .col(ColumnDef::new(Alias::new("name")).text().not_null())
        .col(key_required(manager, "level"))
        .col(key_required(manager, "nature"))
        .col(key(manager, "parent_code"))
        .col(ColumnDef::new(Alias::new("valid_from")).date())
        .col(ColumnDef::new(Alias::new("valid_until")).date())
        .col(key(manager, "from_precision"))
        .col(key(manager, "until_precision"))
        .col(ColumnDef::new(Alias::new("opened_by")).text())
        .col(ColumnDef::new(Alias::new("closed_by")).text())
        .col(ColumnDef::new(Alias::new("successors")).text().not_null())
        .primary_key(Index::create().col(Alias::new("code")).col(Alias::new("ordinal")));
    manager.create_table(table).await
}

/// An event in the history of regions.
async fn region_change(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = Table::create();
    table
        .table(Alias::new("region_change"))
        .col(key_required(manager, "id"))
        .col(ColumnDef::new(Alias::new("year")).integer().not_null())
        .col(ColumnDef::new(Alias::new("happened_on")).date())
        .col(key_required(manager, "change"))
        .col(ColumnDef::new(Alias::new("word")).text().not_null())
        .col(key(manager, "old_code"))
        .col(ColumnDef::new(Alias::new("old_name")).text())
        .col(key(manager, "new_code"))
        .col(ColumnDef::new(Alias::new("new_name")).text())
        .col(ColumnDef::new(Alias::new("document_number")).text())
        .col(ColumnDef::new(Alias::new("detail")).text())
        .primary_key(Index::create().col(Alias::new("id")));
    manager.create_table(table).await
}
