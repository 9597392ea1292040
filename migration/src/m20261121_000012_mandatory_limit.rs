//! Mandatory limits, and the bounds of declared indicators that are compared with them.

use sea_orm_migration::prelude::*;

use crate::dialect::{drop_tables, execute, is_postgres};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

/// The bounds of a requirement in the base unit of its dimension.
const BOUNDS: &str = "dimension text, low REAL8, low_inclusive boolean, high REAL8, high_inclusive boolean";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        crate::IN_ONE_TRANSACTION
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let (key, real) = if is_postgres(manager) {
            ("text COLLATE \"C\"", "double precision")
        } else {
            ("text", "real")
        };
        let bounds = BOUNDS.replace("REAL8", real);
        let tables = [
            format!(
                "CREATE TABLE mandatory_limit (key {key} PRIMARY KEY, standard_number text NOT NULL, clause text, \
                 indicators text NOT NULL, requirement text NOT NULL, unit text, subjects text NOT NULL, valid_from date, \
                 valid_until date, audience {key} NOT NULL, region {key} NOT NULL, from_zero boolean NOT NULL, {bounds})"
            ),
            format!(
                "CREATE TABLE mandatory_limit_name (limit_key {key} NOT NULL, name_key {key} NOT NULL, \
                 PRIMARY KEY (name_key, limit_key))"
            ),
            "CREATE INDEX mandatory_limit_name_limit ON mandatory_limit_name (limit_key)".to_owned(),
            format!(
                "CREATE TABLE declaration_indicator (declaration_key {key} NOT NULL, ordinal int NOT NULL, \
                 name_key {key} NOT NULL, {bounds}, PRIMARY KEY (declaration_key, ordinal))"
            ),
            "CREATE INDEX declaration_indicator_name ON declaration_indicator (name_key)".to_owned(),
        ];
        for table in &tables {
            execute(manager, table, table).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(
            manager,
            &["declaration_indicator", "mandatory_limit_name", "mandatory_limit"],
        )
        .await
    }
}
