//! Where values come from: sources, raw objects, runs, leases, assertions, quarantine.

use sea_orm_migration::prelude::*;

use crate::dialect::{drop_tables, key_required, ordered_index};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        crate::IN_ONE_TRANSACTION
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        source(manager).await?;
        raw_object(manager).await?;
        ingest_run(manager).await?;
        source_lease(manager).await?;
        assertion(manager).await?;
        quarantine(manager).await?;
        ordered_index(manager, "ingest_run_started", "ingest_run", &["started_at", "id"]).await?;
        ordered_index(
            manager,
            "ingest_run_form",
            "ingest_run",
            &["source", "form", "as_of"],
        )
        .await?;
        ordered_index(
            manager,
            "assertion_source",
            "assertion",
            &["source", "kind", "key"],
        )
        .await?;
        ordered_index(manager, "quarantine_run", "quarantine", &["run_id", "row_no"]).await?;
        ordered_index(manager, "quarantine_state", "quarantine", &["state", "id"]).await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(
            manager,
            &[
                "quarantine",
                "assertion",
                "source_lease",
                "ingest_run",
                "raw_object",
                "source",
            ],
        )
        .await
    }
}

/// A source that asserts records, with its rank (smaller wins).
async fn source(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = Table::create();
    table
        .table(Alias::new("source"))
        .col(key_required(manager, "name"))
        .col(ColumnDef::new(Alias::new("title_zh")).text().not_null())
        .col(ColumnDef::new(Alias::new("title_en")).text().not_null())
        .col(ColumnDef::new(Alias::new("rank")).integer().not_null())
        .col(key_required(manager, "audience"))
        .col(key_required(manager, "region"))
        .primary_key(Index::create().col(Alias::new("name")));
    manager.create_table(table).await
}

/// The ledger of raw files, by the SHA-256 of their bytes; the bytes lie in the data directory.
async fn raw_object(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = Table::create();
    table
        .table(Alias::new("raw_object"))
        .col(key_required(manager, "sha256"))
        .col(ColumnDef::new(Alias::new("bytes")).big_integer().not_null())
        .col(ColumnDef::new(Alias::new("name")).text().not_null())
        .col(
            ColumnDef::new(Alias::new("stored_at"))
                .timestamp_with_time_zone()
                .not_null(),
        )
        .primary_key(Index::create().col(Alias::new("sha256")));
    manager.create_table(table).await
}

/// One reading of one raw object by one version of one adapter.
async fn ingest_run(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = Table::create();
    table
        .table(Alias::new("ingest_run"))
        .col(key_required(manager, "id"))
        .col(key_required(manager, "source"))
        .col(key_required(manager, "adapter"))
        .col(key_required(manager, "adapter_version"))
        .col(key_required(manager, "form"))
        .col(key_required(manager, "object_sha256"))
        .col(ColumnDef::new(Alias::new("file_name")).text().not_null())
        .col(ColumnDef::new(Alias::new("as_of")).date().not_null())
        .col(ColumnDef::new(Alias::new("complete")).boolean().not_null())
        .col(key_required(manager, "state"))
        .col(ColumnDef::new(Alias::new("reason")).text())
        .col(ColumnDef::new(Alias::new("notes")).text().not_null())
        .col(ColumnDef::new(Alias::new("checkpoint")).big_integer().not_null())
        .col(ColumnDef::new(Alias::new("read")).big_integer().not_null())
        .col(ColumnDef::new(Alias::new("created")).big_integer().not_null())
        .col(ColumnDef::new(Alias::new("updated")).big_integer().not_null())
        .col(ColumnDef::new(Alias::new("unchanged")).big_integer().not_null())
        .col(ColumnDef::new(Alias::new("quarantined")).big_integer().not_null())
        .col(
            ColumnDef::new(Alias::new("started_at"))
                .timestamp_with_time_zone()
                .not_null(),
        )
        .col(ColumnDef::new(Alias::new("finished_at")).timestamp_with_time_zone())
        .col(key_required(manager, "audience"))
        .col(key_required(manager, "region"))
        .primary_key(Index::create().col(Alias::new("id")));
    manager.create_table(table).await
}

/// Who may write for a source now; the token grows with every holder and fences the older ones off.
async fn source_lease(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = Table::create();
    table
        .table(Alias::new("source_lease"))
        .col(key_required(manager, "source"))
        .col(ColumnDef::new(Alias::new("token")).big_integer().not_null())
        .col(ColumnDef::new(Alias::new("owner")).text().not_null())
        .col(ColumnDef::new(Alias::new("expires_at")).big_integer().not_null())
        .primary_key(Index::create().col(Alias::new("source")));
    manager.create_table(table).await
}

/// Every distinct claim of every source about every record.
async fn assertion(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = Table::create();
    table
        .table(Alias::new("assertion"))
        .col(key_required(manager, "kind"))
        .col(key_required(manager, "key"))
        .col(key_required(manager, "source"))
        .col(key_required(manager, "hash"))
        .col(ColumnDef::new(Alias::new("first_as_of")).date().not_null())
        .col(ColumnDef::new(Alias::new("as_of")).date().not_null())
        .col(ColumnDef::new(Alias::new("retracted")).boolean().not_null())
        .col(key_required(manager, "object_sha256"))
        .col(ColumnDef::new(Alias::new("row_no")).big_integer().not_null())
        .col(key_required(manager, "run_id"))
        .col(ColumnDef::new(Alias::new("body")).text().not_null())
        .primary_key(
            Index::create()
                .col(Alias::new("kind"))
                .col(Alias::new("key"))
                .col(Alias::new("source"))
                .col(Alias::new("hash")),
        );
    manager.create_table(table).await
}

/// Rows that could not be taken, kept as they came, with the reason and the remedy.
async fn quarantine(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = Table::create();
    table
        .table(Alias::new("quarantine"))
        .col(key_required(manager, "id"))
        .col(key_required(manager, "run_id"))
        .col(key_required(manager, "source"))
        .col(key_required(manager, "object_sha256"))
        .col(ColumnDef::new(Alias::new("file_name")).text().not_null())
        .col(ColumnDef::new(Alias::new("row_no")).big_integer().not_null())
        .col(ColumnDef::new(Alias::new("line_no")).big_integer().not_null())
        .col(ColumnDef::new(Alias::new("field")).text())
        .col(key_required(manager, "code"))
        .col(ColumnDef::new(Alias::new("message")).text().not_null())
        .col(ColumnDef::new(Alias::new("remedy")).text().not_null())
        .col(ColumnDef::new(Alias::new("raw")).text().not_null())
        .col(key_required(manager, "adapter_version"))
        .col(ColumnDef::new(Alias::new("attempts")).integer().not_null())
        .col(key_required(manager, "state"))
        .col(
            ColumnDef::new(Alias::new("created_at"))
                .timestamp_with_time_zone()
                .not_null(),
        )
        .col(key_required(manager, "audience"))
        .col(key_required(manager, "region"))
        .primary_key(Index::create().col(Alias::new("id")));
    manager.create_table(table).await
}
