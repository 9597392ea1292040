//! Many rows in one parameter.
//!
//! A bulk statement carries its rows as one JSON array, so that its text never changes with their number: both
//! drivers keep prepared statements by text, and a hundred lengths of an `IN` list would push everything else out.

use sea_orm::sea_query::{Expr, SimpleExpr};
use sea_orm::{ConnectionTrait, DbBackend, ExecResult, QueryResult, Statement, Value};
use serde::Serialize;

use super::Engine;
use crate::{Error, Result};

/// The type of a column inside a JSON row.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Kind {
    Text,
    Big,
    Int,
    Real,
    Bool,
    Date,
    Instant,
    /// A JSON array of strings that becomes `text[]` on PostgreSQL; SQLite sees its JSON text.
    TextArray,
}

/// The columns of a bulk statement, in order.
pub(crate) type Columns = [(&'static str, Kind)];

/// The select list of [`from_rows`]: `x.a, x.b, …`.
pub(crate) fn select_list(columns: &Columns) -> String {
    columns
        .iter()
        .map(|(name, _)| format!("x.{name}"))
        .collect::<Vec<_>>()
        .join(", ")
}

/// The names of the columns: `a, b, …`.
pub(crate) fn names(columns: &Columns) -> String {
    columns
        .iter()
        .map(|(name, _)| *name)
        .collect::<Vec<_>>()
        .join(", ")
}

/// A table expression `x` over the JSON array in parameter `$1`.
pub(crate) fn from_rows(backend: DbBackend, columns: &Columns) -> String {
    if backend == DbBackend::Postgres {
        let typed = columns
            .iter()
            .map(|(name, kind)| format!("{name} {}", kind.postgres()))
            .collect::<Vec<_>>();
        format!("json_to_recordset($1::json) AS x({})", typed.join(", "))
    } else {
        let picked = columns
            .iter()
            .map(|(name, _)| format!("value ->> '$.{name}' AS {name}"))
            .collect::<Vec<_>>();
        format!("(SELECT {} FROM json_each($1)) AS x", picked.join(", "))
    }
}

/// A subquery that yields the strings of the JSON array in parameter `$n`, for `column IN …`.
pub(crate) fn keys_in(backend: DbBackend, column: &str, parameter: usize) -> String {
    if backend == DbBackend::Postgres {
        format!("{column} = ANY(ARRAY(SELECT json_array_elements_text(${parameter}::json)))")
    } else {
        format!("{column} IN (SELECT value FROM json_each(${parameter}))")
    }
}

/// A table expression whose column `value` holds the strings of a JSON array in a text column.
pub(crate) fn members(backend: DbBackend, column: &str, name: &str) -> String {
    if backend == DbBackend::Postgres {
        format!("json_array_elements_text({column}::json) AS {name}(value)")
    } else {
        format!("json_each({column}) AS {name}")
    }
}

/// Whether a text holds another, sign by sign.
pub(crate) fn holds(backend: DbBackend, text: &str, part: &str) -> String {
    let function = if backend == DbBackend::Postgres {
        "strpos"
    } else {
        "instr"
    };
    format!("{function}({text}, {part}) > 0")
}

/// The same as a condition of the query builder.
pub(crate) fn in_keys(engine: Engine, column: &str, keys: &[String]) -> Result<SimpleExpr> {
    let (backend, placeholder) = match engine {
        Engine::Postgres => (DbBackend::Postgres, "$1"),
        Engine::Sqlite => (DbBackend::Sqlite, "?"),
    };
    let sql = keys_in(backend, column, 1).replace("$1", placeholder);
    Ok(Expr::cust_with_values(sql, [parameter(keys)?]))
}

/// A condition of the query builder with one value, `$1`, which may stand in it several times.
pub(crate) fn with_value(engine: Engine, sql: &str, value: &str) -> SimpleExpr {
    match engine {
        Engine::Postgres => Expr::cust_with_values(sql.to_owned(), [value.to_owned()]),
        Engine::Sqlite => {
            let places = sql.matches("$1").count();
            Expr::cust_with_values(
                sql.replace("$1", "?"),
                std::iter::repeat_n(value.to_owned(), places),
            )
        }
    }
}

/// Inserts rows and ignores those whose key is there.
pub(crate) async fn insert_missing<C: ConnectionTrait, R: Serialize>(
    db: &C,
    table: &str,
    columns: &Columns,
    rows: &[R],
) -> Result<u64> {
    let tail = "ON CONFLICT DO NOTHING";
    Ok(insert(db, table, columns, rows, tail)
        .await?
        .map_or(0, |done| done.rows_affected()))
}

/// Inserts rows, or replaces every other column of those whose key (`key`, a list of column names) is there.
pub(crate) async fn upsert<C: ConnectionTrait, R: Serialize>(
    db: &C,
    table: &str,
    key: &str,
    columns: &Columns,
    rows: &[R],
) -> Result<()> {
    let keys: Vec<&str> = key.split(", ").collect();
    let set = columns
        .iter()
        .filter(|(name, _)| !keys.contains(name))
        .map(|(name, _)| format!("{name} = excluded.{name}"))
        .collect::<Vec<_>>()
        .join(", ");
    let action = if set.is_empty() {
        "NOTHING".to_owned()
    } else {
        format!("UPDATE SET {set}")
    };
    insert(
        db,
        table,
        columns,
        rows,
        &format!("ON CONFLICT ({key}) DO {action}"),
    )
    .await?;
    Ok(())
}

async fn insert<C: ConnectionTrait, R: Serialize>(
    db: &C,
    table: &str,
    columns: &Columns,
    rows: &[R],
    tail: &str,
) -> Result<Option<ExecResult>> {
    if rows.is_empty() {
        return Ok(None);
    }
    let sql = insert_sql(db.get_database_backend(), table, columns, tail);
    Ok(Some(execute(db, sql, [parameter(rows)?]).await?))
}

/// The text of a bulk insert.
pub(crate) fn insert_sql(backend: DbBackend, table: &str, columns: &Columns, tail: &str) -> String {
    // SQLite needs WHERE between a subquery and ON CONFLICT, or it reads ON as a join condition.
    format!(
        "INSERT INTO {table} ({}) SELECT {} FROM {} WHERE true {tail}",
        names(columns),
        select_list(columns),
        from_rows(backend, columns),
    )
}

/// Deletes the rows of a table whose `column` is one of `keys`.
pub(crate) async fn delete_by<C: ConnectionTrait>(
    db: &C,
    table: &str,
    column: &str,
    keys: &[&str],
) -> Result<()> {
    if keys.is_empty() {
        return Ok(());
    }
    let sql = format!(
        "DELETE FROM {table} WHERE {}",
        keys_in(db.get_database_backend(), column, 1)
    );
    execute(db, sql, [parameter(keys)?]).await?;
    Ok(())
}

/// The JSON text of rows as a parameter. PostgreSQL refuses U+0000 in text: it is shown as the control picture ␀.
pub(crate) fn parameter<T: Serialize + ?Sized>(rows: &T) -> Result<Value> {
    let text = serde_json::to_string(rows).map_err(|cause| Error::inconsistent("bulk rows", cause))?;
    Ok(if text.contains("\\u0000") {
        without_nul(&text)
    } else {
        text
    }
    .into())
}

/// Replaces the escape of U+0000, but not a backslash that happens to stand before `u0000`.
fn without_nul(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    let mut rest = json;
    while let Some((before, after)) = rest.split_once('\\') {
        out.push_str(before);
        if let Some(tail) = after.strip_prefix("u0000") {
            out.push('\u{2400}');
            rest = tail;
        } else {
            let mut escaped = after.chars();
            out.push('\\');
            out.extend(escaped.next());
            rest = escaped.as_str();
        }
    }
    out.push_str(rest);
    out
}

/// Runs a statement.
pub(crate) async fn execute<C: ConnectionTrait>(
    db: &C,
    sql: impl Into<String>,
    values: impl IntoIterator<Item = Value>,
) -> Result<ExecResult> {
    Ok(db.execute_raw(statement(db, sql, values)).await?)
}

/// Reads rows.
pub(crate) async fn query<C: ConnectionTrait>(
    db: &C,
    sql: impl Into<String>,
    values: impl IntoIterator<Item = Value>,
) -> Result<Vec<QueryResult>> {
    Ok(db.query_all_raw(statement(db, sql, values)).await?)
}

/// Reads one row.
pub(crate) async fn query_one<C: ConnectionTrait>(
    db: &C,
    sql: impl Into<String>,
    values: impl IntoIterator<Item = Value>,
) -> Result<Option<QueryResult>> {
    Ok(db.query_one_raw(statement(db, sql, values)).await?)
}

fn statement<C: ConnectionTrait>(
    db: &C,
    sql: impl Into<String>,
    values: impl IntoIterator<Item = Value>,
) -> Statement {
    Statement::from_sql_and_values(db.get_database_backend(), sql, values)
}

impl Kind {
    fn postgres(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Big => "bigint",
            Self::Int => "int",
            Self::Real => "double precision",
            Self::Bool => "boolean",
            Self::Date => "date",
            Self::Instant => "timestamptz",
            Self::TextArray => "text[]",
        }
    }
}
