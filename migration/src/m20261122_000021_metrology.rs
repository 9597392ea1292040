//! Measuring instruments under mandatory verification, and their verifications.

use sea_orm_migration::prelude::*;

use crate::dialect::{drop_tables, execute, is_postgres, key, key_required, ordered_index};
use crate::wall::READER;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

/// Orders of the list, and what it looks for.
const INDEXES: [(&str, &[&str]); 8] = [
    ("due", &["due_on", "key"]),
    ("region_due", &["region", "due_on", "key"]),
    ("owner_key", &["owner_key", "key"]),
    ("owner", &["owner", "key"]),
    ("name", &["name", "key"]),
    ("code", &["mandatory_code", "key"]),
    ("serial", &["serial_number", "key"]),
    ("merged", &["merged_into", "key"]),
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        crate::IN_ONE_TRANSACTION
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        instrument(manager).await?;
        verification(manager).await?;
        for (name, columns) in INDEXES {
            let name = format!("measuring_instrument_{name}");
            ordered_index(manager, &name, "measuring_instrument", columns).await?;
        }
        if is_postgres(manager) {
            // Nobody but the district and the owner sees an instrument: the second wall stands before it, too. A verification is
            // seen with its instrument.
            let walled = [
                ("measuring_instrument", "nqi_seen(audience, region, owner)"),
                (
                    "instrument_verification",
                    "EXISTS (SELECT FROM measuring_instrument i WHERE i.key = instrument_key)",
                ),
            ];
            for (table, seen) in walled {
                let raise = format!(
                    "ALTER TABLE {table} ENABLE ROW LEVEL SECURITY; \
                     CREATE POLICY seen ON {table} FOR SELECT TO {READER} USING ({seen})"
                );
                manager.get_connection().execute_unprepared(&raise).await?;
            }
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let drop = "DROP POLICY seen ON instrument_verification";
        if is_postgres(manager) {
            execute(manager, drop, drop).await?;
        }
        drop_tables(manager, &["measuring_instrument", "instrument_verification"]).await
    }
}

/// The golden record of an instrument.
async fn instrument(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let text = |name: &'static str| ColumnDef::new(Alias::new(name)).text().to_owned();
    let day = |name: &'static str| ColumnDef::new(Alias::new(name)).date().to_owned();
    let told = |name: &'static str| ColumnDef::new(Alias::new(name)).boolean().to_owned();
    let list = |name: &'static str| ColumnDef::new(Alias::new(name)).text().not_null().to_owned();
    let mut table = Table::create();
    table
        .table(Alias::new("measuring_instrument"))
        .col(key_required(manager, "key"))
        .col(key_required(manager, "owner_key"))
        .col(key_required(manager, "owner"))
        .col(text("owner_name"))
        .col(key_required(manager, "name"))
        .col(key(manager, "serial_number"))
        .col(text("maker"))
        .col(text("model"))
        .col(text("measuring_range"))
        .col(text("accuracy"))
        .col(list("purposes"))
        .col(text("catalogue_item"))
        .col(key(manager, "mode"))
        .col(key(manager, "verification_mode"))
        .col(ColumnDef::new(Alias::new("period_count")).integer())
        .col(key(manager, "period_unit"))
        .col(text("period_word"))
        .col(key(manager, "status"))
        .col(text("status_word"))
        .col(text("site"))
        .col(told("registered"))
        .col(told("filed"))
        .col(key(manager, "mandatory_code"))
        .col(text("type_approval"))
        .col(day("made_on"))
        .col(day("use_by"))
        .col(day("verified_on"))
        .col(day("due_on"))
        .col(key_required(manager, "duty"))
        .col(key(manager, "merged_into"))
        .col(list("flags"))
        .col(key_required(manager, "audience"))
        .col(key_required(manager, "region"))
        .primary_key(Index::create().col(Alias::new("key")));
    manager.create_table(table).await
}

/// The verifications of an instrument, in their order.
async fn verification(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let text = |name: &'static str| ColumnDef::new(Alias::new(name)).text().to_owned();
    let day = |name: &'static str| ColumnDef::new(Alias::new(name)).date().to_owned();
    let mut table = Table::create();
    table
        .table(Alias::new("instrument_verification"))
        .col(key_required(manager, "instrument_key"))
        .col(ColumnDef::new(Alias::new("ordinal")).integer().not_null())
        .col(day("verified_on"))
        .col(text("agency"))
        .col(key(manager, "conclusion"))
        .col(key(manager, "certificate_kind"))
        .col(text("certificate_number"))
        .col(day("valid_until"))
        .col(day("next_on"))
        .primary_key(
            Index::create()
                .col(Alias::new("instrument_key"))
                .col(Alias::new("ordinal")),
        );
    manager.create_table(table).await
}
