//! Tables as texts, so that two databases can be compared line by line.

use std::collections::BTreeMap;

use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, Statement};

/// What readers see, with every column. The feed is reduced to the last word about each record: how many words came
/// before depends on the order, and so do the version numbers that count them.
pub(super) const GOLDEN: &[(&str, &str)] = &[
    (
        "standard",
        "SELECT key, number, number_raw, base_key, kind, nature, year, name, name_reported, status_reported, status_word, \
         status_read_on, status_first_read_on, issued_on, effective_on, withdrawn_on, ics_codes, ccs_codes, industry_codes, \
         issuing_bodies, issuing_bodies_reported, committee, department, adopts, amends_key, amends_number, notes, flags, \
         audience, region FROM standard ORDER BY key",
    ),
    (
        "standard_succession",
        "SELECT predecessor_key, successor_key, claimed_by, predecessor_number, successor_number, \
         CASE WHEN partial THEN 1 ELSE 0 END AS partial FROM standard_succession \
         ORDER BY predecessor_key, successor_key, claimed_by",
    ),
    (
        "standard_classification",
        "SELECT scheme, code, standard_key FROM standard_classification ORDER BY scheme, code, standard_key",
    ),
    (
        "standard_project",
        "SELECT key, plan_number, name, name_reported, stage, stage_word, stage_read_on, kind, nature, flags, audience, \
         region FROM standard_project ORDER BY key",
    ),
    (
        "search_entry",
        "SELECT id, kind, key, folded, weight, audience, region, number_key FROM search_entry ORDER BY id",
    ),
    (
        "record",
        "SELECT kind, key, hash, audience, region FROM record ORDER BY kind, key",
    ),
    (
        "feed",
        "SELECT kind, record_key, op, audience, region, body FROM feed f WHERE pos = (SELECT max(pos) FROM feed g \
         WHERE g.kind = f.kind AND g.record_key = f.record_key) ORDER BY kind, record_key",
    ),
];

/// What was said, where it stands in which file, and what was set aside. Runs are named by their content, so their ids
/// agree; how many of their rows were new depends on what came before, and is left out.
pub(super) const PLACES: &[(&str, &str)] = &[
    (
        "assertion",
        "SELECT kind, key, source, hash, first_as_of, as_of, CASE WHEN retracted THEN 1 ELSE 0 END AS retracted, \
         object_sha256, row_no, run_id, body FROM assertion ORDER BY kind, key, source, hash",
    ),
    (
        "ingest_run",
        "SELECT id, source, adapter, adapter_version, form, object_sha256, as_of, state, checkpoint, read, quarantined \
         FROM ingest_run ORDER BY id",
    ),
    (
        "quarantine",
        "SELECT id, run_id, source, object_sha256, row_no, line_no, field, code, message, remedy, raw, attempts, state \
         FROM quarantine ORDER BY id",
    ),
];

/// The rows of each table, as JSON texts in the order of the statement.
pub(crate) async fn dump(
    connection: &DatabaseConnection,
    tables: &[(&'static str, &str)],
) -> BTreeMap<&'static str, Vec<String>> {
    let mut dumped = BTreeMap::new();
    for (table, sql) in tables {
        dumped.insert(*table, lines(connection, sql).await);
    }
    dumped
}

async fn lines(connection: &DatabaseConnection, sql: &str) -> Vec<String> {
    let backend = connection.get_database_backend();
    let columns = columns(sql);
    let as_text = if backend == DbBackend::Postgres {
        format!("json_build_array({})::text", columns.join("::text, ") + "::text")
    } else {
        let texts: Vec<String> = columns
            .iter()
            .map(|column| format!("CAST({column} AS TEXT)"))
            .collect();
        format!("json_array({})", texts.join(", "))
    };
    let statement = Statement::from_string(backend, format!("SELECT {as_text} AS line FROM ({sql}) AS rows"));
    let rows = match connection.query_all_raw(statement).await {
        Ok(rows) => rows,
        Err(error) => panic!("{sql}: {error}"),
    };
    let text = |row: &sea_orm::QueryResult| row.try_get::<String>("", "line").unwrap_or_default();
    let parsed = rows.iter().map(text).map(|line| {
        // The engines set blanks differently, so the text is read and written once.
        let value: Result<serde_json::Value, _> = serde_json::from_str(&line);
        value.map_or(line, |value| value.to_string())
    });
    parsed.collect()
}

/// The names of the columns that a statement selects.
fn columns(sql: &str) -> Vec<&str> {
    let list = sql
        .split_once("SELECT ")
        .and_then(|(_, rest)| rest.split_once(" FROM "))
        .map_or("", |(list, _)| list);
    list.split(", ")
        .map(|column| column.rsplit(' ').next().unwrap_or(column))
        .collect()
}
