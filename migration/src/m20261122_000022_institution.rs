//! Inspection and testing institutions, and what bureaus found out about them.

use sea_orm_migration::prelude::*;

use crate::dialect::{drop_tables, execute, is_postgres, key, key_required, ordered_index};
use crate::wall::READER;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        crate::IN_ONE_TRANSACTION
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        institution(manager).await?;
        misconduct(manager).await?;
        let indexes: [(&str, &str, &[&str]); 5] = [
            (
                "testing_institution_name",
                "testing_institution",
                &["name", "key"],
            ),
            (
                "testing_institution_until",
                "testing_institution",
                &["valid_until", "key"],
            ),
            (
                "testing_institution_region",
                "testing_institution",
                &["region", "key"],
            ),
            (
                "testing_institution_owner",
                "testing_institution",
                &["credit_code", "key"],
            ),
            (
                "institution_misconduct_of",
                "institution_misconduct",
                &["institution_key", "key"],
            ),
        ];
        for (name, table, columns) in indexes {
            ordered_index(manager, name, table, columns).await?;
        }
        if is_postgres(manager) {
            let raise = format!(
                "ALTER TABLE institution_misconduct ENABLE ROW LEVEL SECURITY; \
                 CREATE POLICY seen ON institution_misconduct FOR SELECT TO {READER} USING (nqi_seen(audience, region, ''))"
            );
            execute(manager, "SELECT 1", &raise).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &["institution_misconduct", "testing_institution"]).await
    }
}

/// The golden record of an institution.
async fn institution(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let text = |name: &'static str| ColumnDef::new(Alias::new(name)).text().to_owned();
    let day = |name: &'static str| ColumnDef::new(Alias::new(name)).date().to_owned();
    let list = |name: &'static str| ColumnDef::new(Alias::new(name)).text().not_null().to_owned();
    let mut table = Table::create();
    table
        .table(Alias::new("testing_institution"))
        .col(key_required(manager, "key"))
        .col(key_required(manager, "name"))
        .col(key(manager, "credit_code"))
        .col(list("scope"))
        .col(day("issued_on"))
        .col(day("valid_until"))
        .col(key(manager, "status"))
        .col(text("status_word"))
        .col(text("address"))
        .col(list("flags"))
        .col(key_required(manager, "audience"))
        .col(key_required(manager, "region"))
        .primary_key(Index::create().col(Alias::new("key")));
    manager.create_table(table).await
}

/// What a bureau found out about an institution.
async fn misconduct(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = Table::create();
    table
        .table(Alias::new("institution_misconduct"))
        .col(key_required(manager, "key"))
        .col(key_required(manager, "institution_key"))
        .col(key_required(manager, "code"))
        .col(ColumnDef::new(Alias::new("found_on")).date())
        .col(ColumnDef::new(Alias::new("document_number")).text())
        .col(ColumnDef::new(Alias::new("note")).text())
        .col(key_required(manager, "audience"))
        .col(key_required(manager, "region"))
        .primary_key(Index::create().col(Alias::new("key")));
    manager.create_table(table).await
}
