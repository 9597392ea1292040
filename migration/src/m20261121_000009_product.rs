//! Products as enterprises declare them.

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
        product(manager).await?;
        ordered_index(manager, "product_owner", "product", &["owner_key", "key"]).await?;
        ordered_index(manager, "product_gtin", "product", &["gtin_key", "key"]).await?;
        ordered_index(manager, "product_category", "product", &["category", "key"]).await?;
        ordered_index(manager, "product_region", "product", &["region", "key"]).await?;
        ordered_index(manager, "product_name", "product", &["name", "key"]).await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &["product"]).await
    }
}

/// The golden record of a product.
async fn product(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = Table::create();
    table
        .table(Alias::new("product"))
        .col(key_required(manager, "key"))
        .col(key_required(manager, "owner_key"))
        .col(key_required(manager, "name"))
        .col(ColumnDef::new(Alias::new("generic_name")).text())
        .col(ColumnDef::new(Alias::new("brand")).text())
        .col(ColumnDef::new(Alias::new("spec")).text())
        .col(ColumnDef::new(Alias::new("model")).text())
        .col(key(manager, "gtin"))
        .col(key(manager, "gtin_key"))
        .col(key(manager, "category"))
        .col(ColumnDef::new(Alias::new("flags")).text().not_null())
        .col(key_required(manager, "audience"))
        .col(key_required(manager, "region"))
        .primary_key(Index::create().col(Alias::new("key")));
    manager.create_table(table).await
}
