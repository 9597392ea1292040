//! The audit trail: a chain of entries that is only appended to, its signed heads, and the row that keeps its order.

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
            ("text", "text")
        };
        let entries = format!(
            "CREATE TABLE audit_entry (seq bigint NOT NULL PRIMARY KEY, at {instant} NOT NULL, actor {key} NOT NULL, \
             role {key} NOT NULL, client {key} NOT NULL, token_id {key} NOT NULL, region {key} NOT NULL, \
             operation_hash {key} NOT NULL, operation_name {key} NOT NULL, object_kind {key} NOT NULL, \
             object_ids {key} NOT NULL, decision {key} NOT NULL, reason {key}, row_count bigint, unmasked {key} NOT NULL, \
             purpose {key}, address {key} NOT NULL, request_id {key} NOT NULL, algorithm {key} NOT NULL, \
             prev_hash {key} NOT NULL, hash {key} NOT NULL)"
        );
        // A head says: entry `seq`, which was written at `entry_at`, has this hash; a cut, that nothing before it is kept.
        let heads = format!(
            "CREATE TABLE audit_head (kind {key} NOT NULL, seq bigint NOT NULL, hash {key} NOT NULL, \
             entry_at {instant} NOT NULL, at {instant} NOT NULL, algorithm {key} NOT NULL, key_id {key} NOT NULL, \
             signature {key} NOT NULL, PRIMARY KEY (kind, seq))"
        );
        // Times in microseconds since 1970. `unsigned_since` is the time of the first entry behind the last head.
        let counter = format!(
            "CREATE TABLE audit_counter (id integer NOT NULL PRIMARY KEY, algorithm {key} NOT NULL, \
             last_seq bigint NOT NULL, last_hash {key} NOT NULL, last_at bigint NOT NULL, unsigned_since bigint)"
        );
        for table in [&entries, &heads, &counter] {
            execute(manager, table, table).await?;
        }
        let row = "INSERT INTO audit_counter (id, algorithm, last_seq, last_hash, last_at) VALUES (1, 'SHA-256', 0, '', 0)";
        execute(manager, row, row).await?;
        execute(
            manager,
            "INSERT INTO hub_secret (name, value) VALUES ('audit', lower(hex(randomblob(32))))",
            "INSERT INTO hub_secret (name, value) VALUES ('audit', \
             replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''))",
        )
        .await?;
        ordered_index(manager, "audit_entry_at", "audit_entry", &["at", "seq"]).await?;
        ordered_index(manager, "audit_entry_actor", "audit_entry", &["actor", "seq"]).await?;
        if is_postgres(manager) {
            postgres_guards(manager).await
        } else {
            sqlite_guards(manager).await
        }
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &["audit_counter", "audit_head", "audit_entry"]).await?;
        let secret = "DELETE FROM hub_secret WHERE name = 'audit'";
        execute(manager, secret, secret).await?;
        if is_postgres(manager) {
            execute(manager, "", "DROP FUNCTION audit_only_grows()").await?;
        }
        Ok(())
    }
}

/// Entries and heads are neither changed nor taken away, whoever asks, but for what lies before a cut.
async fn postgres_guards(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let function = "CREATE FUNCTION audit_only_grows() RETURNS trigger LANGUAGE plpgsql AS $$ \
        DECLARE cut bigint; \
        BEGIN \
          IF TG_OP = 'DELETE' THEN \
            SELECT coalesce(max(seq), 0) INTO cut FROM audit_head WHERE kind = 'CUT'; \
            IF OLD.seq < cut OR (OLD.seq = cut AND TG_TABLE_NAME = 'audit_entry') THEN RETURN OLD; END IF; \
          END IF; \
          RAISE EXCEPTION 'the audit trail only grows: no % of %', TG_OP, TG_TABLE_NAME; \
        END $$";
    execute(manager, "", function).await?;
    for table in ["audit_entry", "audit_head"] {
        for (name, when, each) in [
            ("rows", "UPDATE OR DELETE", "ROW"),
            ("whole", "TRUNCATE", "STATEMENT"),
        ] {
            let trigger = format!(
                "CREATE TRIGGER {table}_{name} BEFORE {when} ON {table} FOR EACH {each} EXECUTE FUNCTION audit_only_grows()"
            );
            execute(manager, "", &trigger).await?;
            // A session that plays the replica passes over other triggers.
            let always = format!("ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_{name}");
            execute(manager, "", &always).await?;
        }
    }
    Ok(())
}

/// The same for SQLite, where `REPLACE` would take a row away without its trigger.
async fn sqlite_guards(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let cut = "coalesce((SELECT max(seq) FROM audit_head WHERE kind = 'CUT'), 0)";
    let guards = [
        ("audit_entry", "UPDATE", String::new()),
        ("audit_entry", "DELETE", format!("WHEN OLD.seq > {cut}")),
        (
            "audit_entry",
            "INSERT",
            "WHEN EXISTS (SELECT 1 FROM audit_entry WHERE seq = NEW.seq)".to_owned(),
        ),
        ("audit_head", "UPDATE", String::new()),
        ("audit_head", "DELETE", format!("WHEN OLD.seq >= {cut}")),
        (
            "audit_head",
            "INSERT",
            "WHEN EXISTS (SELECT 1 FROM audit_head WHERE kind = NEW.kind AND seq = NEW.seq)".to_owned(),
        ),
    ];
    for (table, operation, when) in guards {
        let name = format!("{table}_{}", operation.to_lowercase());
        let trigger = format!(
            "CREATE TRIGGER {name} BEFORE {operation} ON {table} {when} BEGIN \
             SELECT RAISE(ABORT, 'the audit trail only grows: no {operation} of {table}'); END"
        );
        execute(manager, &trigger, "").await?;
    }
    Ok(())
}
