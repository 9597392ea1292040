//! The few things that SQLite and PostgreSQL spell differently.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

/// Whether the migration runs on PostgreSQL.
pub(crate) fn is_postgres(manager: &SchemaManager<'_>) -> bool {
    manager.get_database_backend() == DbBackend::Postgres
}

/// A text column that both engines order by bytes: keys, codes and everything that is sorted or paged.
///
/// SQLite compares text by bytes unless told otherwise; PostgreSQL follows the locale of the database, so that the
/// same page could hold other rows on another server.
pub(crate) fn key(manager: &SchemaManager<'_>, name: &'static str) -> ColumnDef {
    let mut column = ColumnDef::new(Alias::new(name));
    if is_postgres(manager) {
        column.custom(Alias::new("text COLLATE \"C\""));
    } else {
        column.text();
    }
    column
}

/// A text column that must be filled.
pub(crate) fn key_required(manager: &SchemaManager<'_>, name: &'static str) -> ColumnDef {
    let mut column = key(manager, name);
    column.not_null();
    column
}

/// Runs one statement in the words of the engine at hand.
pub(crate) async fn execute(manager: &SchemaManager<'_>, sqlite: &str, postgres: &str) -> Result<(), DbErr> {
    let sql = if is_postgres(manager) { postgres } else { sqlite };
    manager.get_connection().execute_unprepared(sql).await?;
    Ok(())
}

/// An index over `columns` (as SQL, in order) with unknown values first, so that it serves both directions of a
/// page on both engines: SQLite keeps NULL below every value, PostgreSQL has to be told.
pub(crate) async fn ordered_index(
    manager: &SchemaManager<'_>,
    name: &str,
    table: &str,
    columns: &[&str],
) -> Result<(), DbErr> {
    let sqlite = format!("CREATE INDEX {name} ON {table} ({})", columns.join(", "));
    let postgres = format!(
        "CREATE INDEX {name} ON {table} ({} NULLS FIRST)",
        columns.join(" NULLS FIRST, ")
    );
    execute(manager, &sqlite, &postgres).await
}

/// Drops tables in the given order.
pub(crate) async fn drop_tables(manager: &SchemaManager<'_>, tables: &[&'static str]) -> Result<(), DbErr> {
    for table in tables {
        manager
            .drop_table(Table::drop().table(Alias::new(*table)).to_owned())
            .await?;
    }
    Ok(())
}
