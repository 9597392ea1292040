//! The tables as they stand, read through a connection of the test's own.

use std::collections::BTreeMap;

use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, QueryResult, Statement};
use support::TestDatabase;

/// Everything that a run leaves behind.
pub(super) const ALL: &[&str] = &[
    "assertion",
    "feed",
    "ingest_run",
    "quarantine",
    "raw_object",
    "record",
    "search_entry",
    "standard",
    "standard_classification",
    "standard_project",
    "standard_succession",
];

/// What readers see, without the places that it came from.
pub(super) const GOLDEN: &[&str] = &[
    "search_entry",
    "standard",
    "standard_classification",
    "standard_project",
    "standard_succession",
];

/// Columns that tell when something was done: two runs of the same file differ in nothing else.
const TIMES: [&str; 5] = ["at", "created_at", "finished_at", "started_at", "stored_at"];

/// Rows of a question.
pub(crate) async fn ask(connection: &DatabaseConnection, sql: &str) -> Vec<QueryResult> {
    let statement = Statement::from_string(connection.get_database_backend(), sql);
    match connection.query_all_raw(statement).await {
        Ok(rows) => rows,
        Err(error) => panic!("{sql}: {error}"),
    }
}

/// The one number that a question answers.
pub(crate) async fn number(database: &TestDatabase, sql: &str) -> i64 {
    let connection = database.raw().await;
    let rows = ask(&connection, sql).await;
    let number = rows.first().map(|row| row.try_get_by_index(0));
    match number {
        Some(Ok(number)) => number,
        other => panic!("{sql}: {other:?}"),
    }
}

/// The first column of a question, as text.
pub(crate) async fn words(database: &TestDatabase, sql: &str) -> Vec<String> {
    let connection = database.raw().await;
    let rows = ask(&connection, sql).await;
    rows.iter()
        .map(|row| {
            row.try_get_by_index(0)
                .unwrap_or_else(|error| panic!("{sql}: {error}"))
        })
        .collect()
}

/// How many events the feed has.
pub(crate) async fn events(database: &TestDatabase) -> i64 {
    number(database, "SELECT count(*) FROM feed").await
}

/// Every row of the tables as sorted text, without times.
pub(super) async fn dump(database: &TestDatabase, tables: &[&str]) -> BTreeMap<String, Vec<String>> {
    let connection = database.raw().await;
    let mut dumped = BTreeMap::new();
    for table in tables {
        dumped.insert((*table).to_owned(), dump_one(&connection, table).await);
    }
    if connection.get_database_backend() == DbBackend::Sqlite && tables.contains(&"search_entry") {
        dumped.insert(
            "search_term".to_owned(),
            dump_one(&connection, "search_term").await,
        );
    }
    dumped
}

async fn dump_one(connection: &DatabaseConnection, table: &str) -> Vec<String> {
    let columns = match connection.get_database_backend() {
        DbBackend::Sqlite => format!("SELECT name FROM pragma_table_info('{table}')"),
        _ => format!("SELECT column_name::text FROM information_schema.columns WHERE table_name = '{table}'"),
    };
    let mut columns: Vec<String> = ask(connection, &columns)
        .await
        .iter()
        .filter_map(|row| row.try_get_by_index(0).ok())
        .filter(|column: &String| !TIMES.contains(&column.as_str()))
        .collect();
    columns.sort();
    assert!(!columns.is_empty(), "{table} has no columns");
    let cells: Vec<String> = columns
        .iter()
        .map(|column| format!("coalesce(cast(\"{column}\" AS text), '∅')"))
        .collect();
    let sql = format!("SELECT {} FROM {table}", cells.join(" || ' | ' || "));
    let mut lines: Vec<String> = ask(connection, &sql)
        .await
        .iter()
        .filter_map(|row| row.try_get_by_index(0).ok())
        .collect();
    lines.sort();
    lines
}

/// Compares two dumps; tells the first row that differs, not ten thousand of them.
pub(super) fn assert_same(
    left: &BTreeMap<String, Vec<String>>,
    right: &BTreeMap<String, Vec<String>>,
    what: &str,
) {
    assert_eq!(left.keys().collect::<Vec<_>>(), right.keys().collect::<Vec<_>>());
    for (table, rows) in left {
        let others = right.get(table).map(Vec::as_slice).unwrap_or_default();
        let differing = rows.iter().zip(others).find(|(row, other)| row != other);
        assert_eq!(differing, None, "{what}: {table}");
        assert_eq!(rows.len(), others.len(), "{what}: rows of {table}");
    }
}
