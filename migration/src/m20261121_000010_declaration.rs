//! Declarations, their versions in valid and known time, and what they execute, cite and lack.

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
        declaration(manager).await?;
        declaration_version(manager).await?;
        standard_execution(manager).await?;
        declaration_citation(manager).await?;
        declaration_finding(manager).await?;
        ordered_index(manager, "declaration_owner", "declaration", &["owner_key", "key"]).await?;
        ordered_index(
            manager,
            "declaration_standard",
            "declaration",
            &["standard_key", "key"],
        )
        .await?;
        ordered_index(
            manager,
            "declaration_declared",
            "declaration",
            &["declared_on", "key"],
        )
        .await?;
        ordered_index(manager, "declaration_region", "declaration", &["region", "key"]).await?;
        ordered_index(manager, "declaration_status", "declaration", &["status", "key"]).await?;
        ordered_index(
            manager,
            "standard_execution_product",
            "standard_execution",
            &["product_key", "declaration_key"],
        )
        .await?;
        ordered_index(
            manager,
            "declaration_citation_standard",
            "declaration_citation",
            &["standard_key", "declaration_key"],
        )
        .await?;
        ordered_index(
            manager,
            "declaration_finding_owner",
            "declaration_finding",
            &["declaration_key"],
        )
        .await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(
            manager,
            &[
                "declaration_finding",
                "declaration_citation",
                "standard_execution",
                "declaration_version",
                "declaration",
            ],
        )
        .await
    }
}

/// The golden record of a declaration.
async fn declaration(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = Table::create();
    table
        .table(Alias::new("declaration"))
        .col(key_required(manager, "key"))
        .col(key_required(manager, "owner_key"))
        .col(ColumnDef::new(Alias::new("enterprise_name")).text())
        .col(key(manager, "enterprise_name_key"))
        .col(key_required(manager, "standard_key"))
        .col(key_required(manager, "standard_number"))
        .col(ColumnDef::new(Alias::new("standard_name")).text())
        .col(key_required(manager, "standard_kind"))
        .col(key_required(manager, "record_id"))
        .col(key_required(manager, "status"))
        .col(ColumnDef::new(Alias::new("status_word")).text())
        .col(ColumnDef::new(Alias::new("published_on")).date())
        .col(ColumnDef::new(Alias::new("first_declared_on")).date().not_null())
        .col(ColumnDef::new(Alias::new("declared_on")).date().not_null())
        .col(ColumnDef::new(Alias::new("ended_on")).date())
        .col(ColumnDef::new(Alias::new("text_public")).boolean())
        .col(ColumnDef::new(Alias::new("pledge")).text())
        .col(ColumnDef::new(Alias::new("below_recommended")).boolean())
        .col(ColumnDef::new(Alias::new("indicators")).text().not_null())
        .col(ColumnDef::new(Alias::new("product_keys")).text().not_null())
        .col(ColumnDef::new(Alias::new("flags")).text().not_null())
        .col(key_required(manager, "audience"))
        .col(key_required(manager, "region"))
        .primary_key(Index::create().col(Alias::new("key")));
    manager.create_table(table).await
}

/// Which version held when, and when that was known.
async fn declaration_version(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = Table::create();
    table
        .table(Alias::new("declaration_version"))
        .col(key_required(manager, "declaration_key"))
        .col(key_required(manager, "hash"))
        .col(ColumnDef::new(Alias::new("ordinal")).integer().not_null())
        .col(key_required(manager, "record_id"))
        .col(key_required(manager, "change_kind"))
        .col(ColumnDef::new(Alias::new("valid_from")).date().not_null())
        .col(ColumnDef::new(Alias::new("valid_until")).date())
        .col(ColumnDef::new(Alias::new("modified_on")).date())
        .col(ColumnDef::new(Alias::new("enterprise_name")).text())
        .col(
            ColumnDef::new(Alias::new("known_from"))
                .timestamp_with_time_zone()
                .not_null(),
        )
        .col(ColumnDef::new(Alias::new("known_until")).timestamp_with_time_zone())
        .primary_key(
            Index::create()
                .col(Alias::new("declaration_key"))
                .col(Alias::new("hash"))
                .col(Alias::new("known_from")),
        );
    manager.create_table(table).await
}

/// Which product was declared to the standard when, and when that was known (执行标准).
async fn standard_execution(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = Table::create();
    table
        .table(Alias::new("standard_execution"))
        .col(key_required(manager, "declaration_key"))
        .col(key_required(manager, "hash"))
        .col(key_required(manager, "product_key"))
        .col(ColumnDef::new(Alias::new("ordinal")).integer().not_null())
        .col(ColumnDef::new(Alias::new("valid_from")).date().not_null())
        .col(ColumnDef::new(Alias::new("valid_until")).date())
        .col(
            ColumnDef::new(Alias::new("known_from"))
                .timestamp_with_time_zone()
                .not_null(),
        )
        .col(ColumnDef::new(Alias::new("known_until")).timestamp_with_time_zone())
        .primary_key(
            Index::create()
                .col(Alias::new("declaration_key"))
                .col(Alias::new("hash"))
                .col(Alias::new("known_from")),
        );
    manager.create_table(table).await
}

/// The standards that the test methods name.
async fn declaration_citation(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = Table::create();
    table
        .table(Alias::new("declaration_citation"))
        .col(key_required(manager, "declaration_key"))
        .col(key_required(manager, "standard_key"))
        .col(key_required(manager, "number"))
        .primary_key(
            Index::create()
                .col(Alias::new("declaration_key"))
                .col(Alias::new("standard_key")),
        );
    manager.create_table(table).await
}

/// The findings that follow from a declaration alone, for filters.
async fn declaration_finding(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = Table::create();
    table
        .table(Alias::new("declaration_finding"))
        .col(key_required(manager, "declaration_key"))
        .col(key_required(manager, "rule"))
        .primary_key(
            Index::create()
                .col(Alias::new("rule"))
                .col(Alias::new("declaration_key")),
        );
    manager.create_table(table).await
}
