//! Annotations of bureaus on declarations, and the requests that wrote them, word for word.

use sea_orm_migration::prelude::*;

use crate::dialect::{drop_tables, execute, is_postgres, ordered_index};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        crate::IN_ONE_TRANSACTION
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let (key, instant) = if is_postgres(manager) {
            ("text COLLATE \"C\"", "timestamptz")
        } else {
            ("text", "timestamp_with_timezone_text")
        };
        let annotation = format!(
            "CREATE TABLE annotation (key {key} PRIMARY KEY, declaration_key {key} NOT NULL, owner {key} NOT NULL, \
             region {key} NOT NULL, office text, kind {key} NOT NULL, rule {key}, text text NOT NULL, \
             meant_for {key} NOT NULL, stage {key} NOT NULL, author text NOT NULL, drafted_at {instant} NOT NULL, \
             submitter text, submitted_at {instant}, reviewer text, reviewed_at {instant}, \
             authoriser text, authorised_at {instant}, countersigner text, countersigned_at {instant}, \
             document_number text, publisher text, published_at {instant}, withdrawer text, withdrawn_at {instant}, \
             reason text, version bigint NOT NULL, changed_at {instant} NOT NULL, audience {key} NOT NULL)"
        );
        // The hash tells a repeated request from another one with the same key.
        let request = format!(
            "CREATE TABLE annotation_request (person {key} NOT NULL, idempotency_key {key} NOT NULL, hash {key} NOT NULL, \
             operation text NOT NULL, body text NOT NULL, annotation_key {key} NOT NULL, version bigint NOT NULL, \
             received_at {instant} NOT NULL, PRIMARY KEY (person, idempotency_key))"
        );
        for table in [&annotation, &request] {
            execute(manager, table, table).await?;
        }
        execute(
            manager,
            "INSERT INTO hub_secret (name, value) VALUES ('annotation', lower(hex(randomblob(32))))",
            "INSERT INTO hub_secret (name, value) VALUES ('annotation', \
             replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''))",
        )
        .await?;
        let indexes: [(&str, &str, &[&str]); 5] = [
            ("annotation_changed", "annotation", &["changed_at", "key"]),
            (
                "annotation_declaration",
                "annotation",
                &["declaration_key", "changed_at", "key"],
            ),
            ("annotation_stage", "annotation", &["stage", "changed_at", "key"]),
            (
                "annotation_region",
                "annotation",
                &["region", "changed_at", "key"],
            ),
            (
                "annotation_request_annotation",
                "annotation_request",
                &["annotation_key", "version"],
            ),
        ];
        for (name, table, columns) in indexes {
            ordered_index(manager, name, table, columns).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let secret = "DELETE FROM hub_secret WHERE name = 'annotation'";
        execute(manager, secret, secret).await?;
        drop_tables(manager, &["annotation_request", "annotation"]).await
    }
}
