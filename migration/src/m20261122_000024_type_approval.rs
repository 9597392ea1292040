//! Type approvals of measuring instruments, and the one that an instrument names.

use sea_orm_migration::prelude::*;

use crate::dialect::{drop_tables, key, key_required, ordered_index};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

/// Orders of the list, and what it looks for.
const INDEXES: [(&str, &[&str]); 4] = [
    ("name", &["instrument_name", "key"]),
    ("approved", &["approved_on", "key"]),
    ("region", &["region", "key"]),
    ("holder", &["credit_code", "key"]),
];
/// The instruments of a type approval.
const OF_APPROVAL: &str = "measuring_instrument_approval";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        crate::IN_ONE_TRANSACTION
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        approval(manager).await?;
        for (name, columns) in INDEXES {
            let name = format!("type_approval_{name}");
            ordered_index(manager, &name, "type_approval", columns).await?;
        }
        let mut alter = Table::alter();
        alter
            .table(Alias::new("measuring_instrument"))
            .add_column(key(manager, "type_approval_key"));
        manager.alter_table(alter).await?;
        let columns = &["type_approval_key", "key"];
        ordered_index(manager, OF_APPROVAL, "measuring_instrument", columns).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut index = Index::drop();
        index.name(OF_APPROVAL).table(Alias::new("measuring_instrument"));
        manager.drop_index(index).await?;
        let mut alter = Table::alter();
        alter
            .table(Alias::new("measuring_instrument"))
            .drop_column(Alias::new("type_approval_key"));
        manager.alter_table(alter).await?;
        drop_tables(manager, &["type_approval"]).await
    }
}

/// The golden record of a type approval.
async fn approval(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let text = |name: &'static str| ColumnDef::new(Alias::new(name)).text().to_owned();
    let day = |name: &'static str| ColumnDef::new(Alias::new(name)).date().to_owned();
    let list = |name: &'static str| ColumnDef::new(Alias::new(name)).text().not_null().to_owned();
    let mut table = Table::create();
    table
        .table(Alias::new("type_approval"))
        .col(key_required(manager, "key"))
        .col(text("holder_name"))
        .col(key(manager, "credit_code"))
        .col(key_required(manager, "instrument_name"))
        .col(list("models"))
        .col(text("measuring_range"))
        .col(text("accuracy"))
        .col(text("authority"))
        .col(day("approved_on"))
        .col(day("valid_until"))
        .col(key(manager, "origin"))
        .col(key(manager, "status"))
        .col(text("status_word"))
        .col(list("flags"))
        .col(key_required(manager, "audience"))
        .col(key_required(manager, "region"))
        .primary_key(Index::create().col(Alias::new("key")));
    manager.create_table(table).await
}
