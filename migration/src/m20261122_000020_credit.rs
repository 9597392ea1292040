//! Licences, penalties, listings, repairs and risk classes. On PostgreSQL they stand behind the [`crate::wall`].

use sea_orm_migration::prelude::*;

use crate::dialect::{drop_tables, execute, is_postgres, ordered_index};
use crate::wall::READER;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

/// The tables, with the column of the day that their lists are ordered by.
const TABLES: [(&str, &str); 5] = [
    ("licence", "decided_on"),
    ("penalty", "decided_on"),
    ("credit_listing", "listed_on"),
    ("credit_repair", "applied_on"),
    ("risk_rating", "month"),
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        crate::IN_ONE_TRANSACTION
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let key = if is_postgres(manager) {
            "text COLLATE \"C\""
        } else {
            "text"
        };
        let begin = format!("key {key} PRIMARY KEY, owner_key {key} NOT NULL, owner {key} NOT NULL");
        let named = format!("{begin}, subject_name text NOT NULL, subject_kind {key} NOT NULL");
        let end = format!(
            "flags text NOT NULL, public_from date, public_until date, audience {key} NOT NULL, region {key} NOT NULL"
        );
        let decision = format!("{named}, document_number text NOT NULL, document_key {key} NOT NULL");
        let tables = [
            format!(
                "CREATE TABLE licence ({decision}, document_name text, kind {key}, certificate_name text, certificate_number text, \
                 content text, decided_on date NOT NULL, valid_from date, valid_until date, organ text, organ_code text, \
                 status {key}, status_word text, remark text, received_on date NOT NULL, {end})"
            ),
            format!(
                "CREATE TABLE penalty ({decision}, title text, violation text, facts text, basis text, kinds text NOT NULL, \
                 kind_words text, content text, fine bigint, fine_raw text, confiscated bigint, confiscated_raw text, \
                 certificate text, decided_on date NOT NULL, valid_until date, published_on date, deadline_on date, \
                 repaired_on date, term {key} NOT NULL, organ text, organ_code text, status_word text, remark text, \
                 received_on date NOT NULL, {end})"
            ),
            format!(
                "CREATE TABLE credit_listing ({named}, list {key} NOT NULL, reason text, listed_on date NOT NULL, organ text, \
                 removed_on date, removal_reason text, removal_organ text, repaired_on date, {end})"
            ),
            format!(
                "CREATE TABLE credit_repair ({named}, target {key} NOT NULL, target_key {key} NOT NULL, applied_on date NOT NULL, \
                 accepted_on date, decided_on date, result {key} NOT NULL, result_word text, organ text, {end})"
            ),
            format!(
                "CREATE TABLE risk_rating ({begin}, month date NOT NULL, class {key} NOT NULL, model text, {end})"
            ),
        ];
        for table in &tables {
            execute(manager, table, table).await?;
        }
        for (table, day) in TABLES {
            ordered_index(manager, &format!("{table}_day"), table, &[day, "key"]).await?;
            ordered_index(
                manager,
                &format!("{table}_owner"),
                table,
                &["owner_key", day, "key"],
            )
            .await?;
            ordered_index(
                manager,
                &format!("{table}_region"),
                table,
                &["region", day, "key"],
            )
            .await?;
            if is_postgres(manager) {
                let walls = [
                    format!("ALTER TABLE {table} ENABLE ROW LEVEL SECURITY"),
                    format!(
                        "CREATE POLICY seen ON {table} FOR SELECT TO {READER} USING (nqi_seen(audience, region, owner))"
                    ),
                ];
                for wall in &walls {
                    execute(manager, "", wall).await?;
                }
            }
        }
        for table in ["licence", "penalty"] {
            ordered_index(
                manager,
                &format!("{table}_document"),
                table,
                &["document_key", "key"],
            )
            .await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &TABLES.map(|(table, _)| table)).await
    }
}
