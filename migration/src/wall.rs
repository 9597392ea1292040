//! The second wall (PostgreSQL only): a role of its own reads, and the database itself hides rows from it that are not for
//! the reader it was told of. The owner of the tables writes and is not bound by it. See ADR 5.

use sea_orm_migration::prelude::*;

/// The role that reads. It belongs to the whole cluster, so that it outlives a database and is never dropped.
pub const READER: &str = "nqi_hub_reader";

/// Tables that hold rows which are not for everybody, with the column of the enterprise that a row is about, where there is one.
const WALLED: [(&str, &str); 3] = [("annotation", "owner"), ("feed", "owner"), ("quarantine", "''")];

/// Tables that the reading role has no business with: secrets, and requests that are held back word for word.
const CLOSED: [&str; 2] = ["hub_secret", "annotation_request"];

/// Makes the role where it is missing. Whoever may make none is told what an administrator has to do.
const ROLE: &str = "DO $wall$ BEGIN \
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'nqi_hub_reader') THEN \
      BEGIN CREATE ROLE nqi_hub_reader NOLOGIN; \
      EXCEPTION \
        WHEN duplicate_object OR unique_violation THEN NULL; \
        WHEN insufficient_privilege THEN \
          RAISE EXCEPTION 'the role nqi_hub_reader is missing: let an administrator run \
CREATE ROLE nqi_hub_reader NOLOGIN; GRANT nqi_hub_reader TO %;', current_user; \
      END; \
    END IF; \
    IF NOT (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) THEN \
      BEGIN EXECUTE format('GRANT nqi_hub_reader TO %I', current_user); \
      EXCEPTION WHEN insufficient_privilege THEN \
        IF NOT pg_has_role(current_user, 'nqi_hub_reader', 'MEMBER') THEN \
          RAISE EXCEPTION 'let an administrator run GRANT nqi_hub_reader TO %;', current_user; \
        END IF; \
      END; \
    END IF; \
  END $wall$";

/// The same decision as that of the scope in `entity`, from the settings of the reading transaction. A setting that was never
/// set is NULL, one of an earlier transaction is empty: both let through what is public and nothing else.
const SEEN: &str = "CREATE FUNCTION nqi_seen(audience text, region text, owner text) RETURNS boolean \
    LANGUAGE sql STABLE PARALLEL SAFE AS $wall$ SELECT audience = 'PUBLIC' \
      OR (audience = ANY (string_to_array(current_setting('nqi.audiences', true), ',')) \
        AND (current_setting('nqi.district', true) = '*' \
          OR (current_setting('nqi.district', true) <> '' AND (region = '' \
            OR region LIKE current_setting('nqi.district', true) \
            OR region LIKE current_setting('nqi.district', true) || '.__')))) \
      OR (audience = 'ENTERPRISE' AND owner <> '' AND owner = current_setting('nqi.enterprise', true)) $wall$";

/// Raises the wall.
pub(crate) async fn raise(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    run(manager, ROLE).await?;
    run(manager, SEEN).await?;
    in_schema(manager, "GRANT USAGE ON SCHEMA %I TO nqi_hub_reader").await?;
    in_schema(
        manager,
        "GRANT SELECT ON ALL TABLES IN SCHEMA %I TO nqi_hub_reader",
    )
    .await?;
    // Tables of later migrations.
    let later = "ALTER DEFAULT PRIVILEGES IN SCHEMA %I GRANT SELECT ON TABLES TO nqi_hub_reader";
    in_schema(manager, later).await?;
    for table in CLOSED {
        run(manager, &format!("REVOKE ALL ON {table} FROM {READER}")).await?;
    }
    for (table, owner) in WALLED {
        run(manager, &format!("ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")).await?;
        let policy = format!(
            "CREATE POLICY seen ON {table} FOR SELECT TO {READER} USING (nqi_seen(audience, region, {owner}))"
        );
        run(manager, &policy).await?;
    }
    Ok(())
}

/// Pulls it down.
pub(crate) async fn pull_down(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    for (table, _) in WALLED {
        run(manager, &format!("DROP POLICY seen ON {table}")).await?;
        run(
            manager,
            &format!("ALTER TABLE {table} DISABLE ROW LEVEL SECURITY"),
        )
        .await?;
    }
    let later = "ALTER DEFAULT PRIVILEGES IN SCHEMA %I REVOKE SELECT ON TABLES FROM nqi_hub_reader";
    in_schema(manager, later).await?;
    in_schema(
        manager,
        "REVOKE ALL ON ALL TABLES IN SCHEMA %I FROM nqi_hub_reader",
    )
    .await?;
    in_schema(manager, "REVOKE ALL ON SCHEMA %I FROM nqi_hub_reader").await?;
    run(manager, "DROP FUNCTION nqi_seen(text, text, text)").await
}

async fn run(manager: &SchemaManager<'_>, sql: &str) -> Result<(), DbErr> {
    manager.get_connection().execute_unprepared(sql).await?;
    Ok(())
}

/// Runs a statement with the name of the schema that the tables stand in.
async fn in_schema(manager: &SchemaManager<'_>, sql: &str) -> Result<(), DbErr> {
    run(
        manager,
        &format!("DO $wall$ BEGIN EXECUTE format('{sql}', current_schema()); END $wall$"),
    )
    .await
}
