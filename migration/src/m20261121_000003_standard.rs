//! Standards, their succession and classification, and standard projects.

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
        standard(manager).await?;
        standard_classification(manager).await?;
        standard_succession(manager).await?;
        standard_project(manager).await?;
        ordered_index(manager, "standard_base", "standard", &["base_key", "key"]).await?;
        ordered_index(manager, "standard_issued", "standard", &["issued_on", "key"]).await?;
        ordered_index(
            manager,
            "standard_effective",
            "standard",
            &["effective_on", "key"],
        )
        .await?;
        ordered_index(manager, "standard_kind", "standard", &["kind", "key"]).await?;
        ordered_index(manager, "standard_amends", "standard", &["amends_key", "key"]).await?;
        ordered_index(
            manager,
            "standard_classification_owner",
            "standard_classification",
            &["standard_key"],
        )
        .await?;
        ordered_index(
            manager,
            "standard_succession_successor",
            "standard_succession",
            &["successor_key"],
        )
        .await?;
        ordered_index(
            manager,
            "standard_succession_owner",
            "standard_succession",
            &["claimed_by"],
        )
        .await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(
            manager,
            &[
                "standard_project",
                "standard_succession",
                "standard_classification",
                "standard",
            ],
        )
        .await
    }
}

/// The golden record of a standard.
async fn standard(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = Table::create();
    table
        .table(Alias::new("standard"))
        .col(key_required(manager, "key"))
        .col(key_required(manager, "number"))
        .col(ColumnDef::new(Alias::new("number_raw")).text().not_null())
        .col(key_required(manager, "base_key"))
        .col(key_required(manager, "kind"))
        .col(key(manager, "nature"))
        .col(ColumnDef::new(Alias::new("year")).integer())
        .col(ColumnDef::new(Alias::new("name")).text())
        .col(ColumnDef::new(Alias::new("name_reported")).text())
        .col(key(manager, "status_reported"))
        .col(ColumnDef::new(Alias::new("status_word")).text())
        .col(ColumnDef::new(Alias::new("status_read_on")).date())
        .col(ColumnDef::new(Alias::new("status_first_read_on")).date())
        .col(ColumnDef::new(Alias::new("issued_on")).date())
        .col(ColumnDef::new(Alias::new("effective_on")).date())
        .col(ColumnDef::new(Alias::new("withdrawn_on")).date())
        .col(ColumnDef::new(Alias::new("ics_codes")).text().not_null())
        .col(ColumnDef::new(Alias::new("ccs_codes")).text().not_null())
        .col(ColumnDef::new(Alias::new("industry_codes")).text().not_null())
        .col(ColumnDef::new(Alias::new("issuing_bodies")).text().not_null())
        .col(
            ColumnDef::new(Alias::new("issuing_bodies_reported"))
                .text()
                .not_null(),
        )
        .col(ColumnDef::new(Alias::new("committee")).text())
        .col(ColumnDef::new(Alias::new("department")).text())
        .col(ColumnDef::new(Alias::new("adopts")).text())
        .col(key(manager, "amends_key"))
        .col(key(manager, "amends_number"))
        .col(ColumnDef::new(Alias::new("notes")).text().not_null())
        .col(ColumnDef::new(Alias::new("flags")).text().not_null())
        .col(key_required(manager, "audience"))
        .col(key_required(manager, "region"))
        .primary_key(Index::create().col(Alias::new("key")));
    manager.create_table(table).await
}

/// The classification codes of a standard, for filters.
async fn standard_classification(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = Table::create();
    table
        .table(Alias::new("standard_classification"))
        .col(key_required(manager, "scheme"))
        .col(key_required(manager, "code"))
        .col(key_required(manager, "standard_key"))
        .primary_key(
            Index::create()
                .col(Alias::new("scheme"))
                .col(Alias::new("code"))
                .col(Alias::new("standard_key")),
        );
    manager.create_table(table).await
}

/// Which standard replaces which, and whose record says so.
async fn standard_succession(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = Table::create();
    table
        .table(Alias::new("standard_succession"))
        .col(key_required(manager, "predecessor_key"))
        .col(key_required(manager, "successor_key"))
        .col(key_required(manager, "claimed_by"))
        .col(key_required(manager, "predecessor_number"))
        .col(key_required(manager, "successor_number"))
        .col(ColumnDef::new(Alias::new("partial")).boolean().not_null())
        .primary_key(
            Index::create()
                .col(Alias::new("predecessor_key"))
                .col(Alias::new("successor_key"))
                .col(Alias::new("claimed_by")),
        );
    manager.create_table(table).await
}

/// A plan or draft of a standard with its stage.
async fn standard_project(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = Table::create();
    table
        .table(Alias::new("standard_project"))
        .col(key_required(manager, "key"))
        .col(key_required(manager, "plan_number"))
        .col(ColumnDef::new(Alias::new("name")).text())
        .col(ColumnDef::new(Alias::new("name_reported")).text())
        .col(key_required(manager, "stage"))
        .col(ColumnDef::new(Alias::new("stage_word")).text())
        .col(ColumnDef::new(Alias::new("stage_read_on")).date())
        .col(key_required(manager, "kind"))
        .col(key(manager, "nature"))
        .col(ColumnDef::new(Alias::new("flags")).text().not_null())
        .col(key_required(manager, "audience"))
        .col(key_required(manager, "region"))
        .primary_key(Index::create().col(Alias::new("key")));
    manager.create_table(table).await
}
