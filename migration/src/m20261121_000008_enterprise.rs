//! Enterprises and the names that they had.

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
        enterprise(manager).await?;
        enterprise_former_name(manager).await?;
        ordered_index(manager, "enterprise_name", "enterprise", &["name", "key"]).await?;
        ordered_index(manager, "enterprise_name_key", "enterprise", &["name_key", "key"]).await?;
        ordered_index(manager, "enterprise_region", "enterprise", &["region", "key"]).await?;
        ordered_index(
            manager,
            "enterprise_merged",
            "enterprise",
            &["merged_into", "key"],
        )
        .await?;
        ordered_index(
            manager,
            "enterprise_former_name_key",
            "enterprise_former_name",
            &["name_key", "enterprise_key"],
        )
        .await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &["enterprise_former_name", "enterprise"]).await
    }
}

/// The golden record of an enterprise.
async fn enterprise(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = Table::create();
    table
        .table(Alias::new("enterprise"))
        .col(key_required(manager, "key"))
        .col(key(manager, "credit_code"))
        .col(key(manager, "organization_code"))
        .col(key_required(manager, "name"))
        .col(key_required(manager, "name_key"))
        .col(key(manager, "status"))
        .col(ColumnDef::new(Alias::new("status_word")).text())
        .col(ColumnDef::new(Alias::new("address")).text())
        .col(ColumnDef::new(Alias::new("established_on")).date())
        .col(key(manager, "merged_into"))
        .col(ColumnDef::new(Alias::new("flags")).text().not_null())
        .col(key_required(manager, "audience"))
        .col(key_required(manager, "region"))
        .primary_key(Index::create().col(Alias::new("key")));
    manager.create_table(table).await
}

/// A name that an enterprise had.
async fn enterprise_former_name(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = Table::create();
    table
        .table(Alias::new("enterprise_former_name"))
        .col(key_required(manager, "enterprise_key"))
        .col(ColumnDef::new(Alias::new("ordinal")).integer().not_null())
        .col(ColumnDef::new(Alias::new("name")).text().not_null())
        .col(key_required(manager, "name_key"))
        .col(ColumnDef::new(Alias::new("until")).date())
        .primary_key(
            Index::create()
                .col(Alias::new("enterprise_key"))
                .col(Alias::new("ordinal")),
        );
    manager.create_table(table).await
}
