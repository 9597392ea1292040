//! The reference: multi-row INSERTs of lines into one table with a primary key, and nothing else.

use std::error::Error;
use std::time::Instant;

use sea_orm::sqlx::sqlite::{SqliteJournalMode, SqliteSynchronous};
use sea_orm::{ConnectOptions, ConnectionTrait, Database, Statement, TransactionTrait, Value};
use support::Engine;

/// Rows of a transaction, as the hub cuts them.
const CHUNK: usize = 500;

/// Inserts rows that lie in memory; tells how many seconds that took. Keys come in order, which suits the index best.
pub(crate) async fn insert(engine: Engine, url: &str, rows: &[String]) -> Result<f64, Box<dyn Error>> {
    let db = Database::connect(options(engine, url)).await?;
    let binary_order = if engine == Engine::Postgres {
        "COLLATE \"C\""
    } else {
        ""
    };
    let table = format!("CREATE TABLE plain (key text {binary_order} PRIMARY KEY, body text NOT NULL)");
    db.execute_unprepared(&table).await?;
    let begin = Instant::now();
    for (number, chunk) in rows.chunks(CHUNK).enumerate() {
        let places: Vec<String> = (0..chunk.len())
            .map(|row| format!("(${}, ${})", 2 * row + 1, 2 * row + 2))
            .collect();
        let sql = format!("INSERT INTO plain (key, body) VALUES {}", places.join(", "));
        let values = chunk.iter().enumerate().flat_map(|(row, body)| {
            let key = format!("{:010}", number * CHUNK + row + 1);
            [Value::from(key), Value::from(body.as_str())]
        });
        let transaction = db.begin().await?;
        let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, values);
        transaction.execute_raw(statement).await?;
        transaction.commit().await?;
    }
    let seconds = begin.elapsed().as_secs_f64();
    db.close().await?;
    Ok(seconds)
}

/// The settings with which the hub opens its writer.
fn options(engine: Engine, url: &str) -> ConnectOptions {
    let mut options = ConnectOptions::new(url);
    options
        .max_connections(1)
        .sqlx_logging(false)
        .test_before_acquire(false);
    if engine == Engine::Sqlite {
        options.map_sqlx_sqlite_opts(|sqlite| {
            sqlite
                .create_if_missing(true)
                .journal_mode(SqliteJournalMode::Wal)
                .synchronous(SqliteSynchronous::Full)
                .pragma("cache_size", "-65536")
        });
    }
    options
}
