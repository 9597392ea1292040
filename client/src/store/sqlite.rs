//! A copy in an SQLite file: the tables `record`, `tombstone` and `sync_state`.

use std::path::{Path, PathBuf};
use std::time::Duration;

use async_trait::async_trait;
use futures_util::TryStreamExt;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteRow, SqliteSynchronous};
use sqlx::{ConnectOptions, Connection, Row, SqliteConnection};

use super::lock::Lock;
use super::{State, Store, Tombstone, beside};
use crate::record::Record;
use crate::{Error, Result};

/// How long a reader of the file may keep the writer waiting.
const PATIENCE: Duration = Duration::from_secs(30);
/// The version of the tables (`PRAGMA user_version`).
const FORM: i64 = 1;

const TABLES: &str = "
    CREATE TABLE record (
        kind TEXT NOT NULL, key TEXT NOT NULL, record_id TEXT NOT NULL, version INTEGER NOT NULL, region TEXT NOT NULL,
        day TEXT NOT NULL, hash TEXT NOT NULL, body TEXT NOT NULL, generation INTEGER NOT NULL, PRIMARY KEY (kind, key)
    );
    CREATE TABLE tombstone (
        kind TEXT NOT NULL, key TEXT NOT NULL, version INTEGER NOT NULL, day TEXT NOT NULL, generation INTEGER NOT NULL,
        PRIMARY KEY (kind, key)
    ) WITHOUT ROWID;
    CREATE TABLE sync_state (id INTEGER PRIMARY KEY CHECK (id = 1), state TEXT NOT NULL);
    PRAGMA user_version = 1;
";

/// A copy in an SQLite file (WAL, synchronous=FULL).
pub struct Sqlite {
    path: PathBuf,
    connection: SqliteConnection,
    state: State,
    /// Whether a transaction is open.
    writes: bool,
    _lock: Lock,
}

impl Sqlite {
    /// Opens the file, or makes it.
    pub async fn open(path: &Path) -> Result<Self> {
        let lock = Lock::take(&beside(path, ".lock"))?;
        let failed = |error: sqlx::Error| Error::copy(path.display(), error);
        let options = SqliteConnectOptions::new()
            .filename(path)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .busy_timeout(PATIENCE)
            .disable_statement_logging();
        let mut connection = options.connect().await.map_err(failed)?;
        let found = form(&mut connection).await.map_err(failed)?;
        if found == (0, 0) {
            let mut transaction = connection.begin().await.map_err(failed)?;
            sqlx::raw_sql(TABLES)
                .execute(&mut *transaction)
                .await
                .map_err(failed)?;
            transaction.commit().await.map_err(failed)?;
        } else {
            fits(path, found)?;
        }
        let state = state(&mut connection, path).await?;
        Ok(Self {
            path: path.to_owned(),
            connection,
            state,
            writes: false,
            _lock: lock,
        })
    }

    fn failed(&self, error: sqlx::Error) -> Error {
        Error::copy(self.path.display(), error)
    }

    async fn begin(&mut self) -> Result<()> {
        if !self.writes {
            self.run("BEGIN IMMEDIATE").await?;
            self.writes = true;
        }
        Ok(())
    }

    async fn run(&mut self, statement: &'static str) -> Result<()> {
        let done = sqlx::query(statement).execute(&mut self.connection).await;
        done.map(|_| ()).map_err(|error| self.failed(error))
    }

    /// Runs a statement about one record.
    async fn about(&mut self, statement: &'static str, kind: &str, key: &str) -> Result<()> {
        let query = sqlx::query(statement).bind(kind).bind(key);
        let done = query.execute(&mut self.connection).await;
        done.map(|_| ()).map_err(|error| self.failed(error))
    }
}

#[async_trait]
impl Store for Sqlite {
    fn state(&self) -> &State {
        &self.state
    }

    async fn version(&mut self, kind: &str, key: &str) -> Result<Option<i64>> {
        let sql = "SELECT version FROM record WHERE kind = ?1 AND key = ?2 \
                   UNION ALL SELECT version FROM tombstone WHERE kind = ?1 AND key = ?2";
        let query = sqlx::query_scalar(sql).bind(kind).bind(key);
        let found = query.fetch_optional(&mut self.connection).await;
        found.map_err(|error| self.failed(error))
    }

    async fn put(&mut self, record: &Record, generation: i64) -> Result<()> {
        self.begin().await?;
        let sql = "INSERT OR REPLACE INTO record (kind, key, record_id, version, region, day, hash, body, generation) \
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";
        let query = sqlx::query(sql)
            .bind(&record.kind)
            .bind(&record.key)
            .bind(&record.record_id)
            .bind(record.version)
            .bind(&record.region)
            .bind(&record.day)
            .bind(&record.hash)
            .bind(&record.body)
            .bind(generation);
        let done = query.execute(&mut self.connection).await;
        done.map_err(|error| self.failed(error))?;
        let gone = "DELETE FROM tombstone WHERE kind = ?1 AND key = ?2";
        self.about(gone, &record.kind, &record.key).await
    }

    async fn bury(&mut self, tombstone: &Tombstone, generation: i64) -> Result<()> {
        self.begin().await?;
        let sql = "INSERT OR REPLACE INTO tombstone (kind, key, version, day, generation) VALUES (?1, ?2, ?3, ?4, ?5)";
        let query = sqlx::query(sql)
            .bind(&tombstone.kind)
            .bind(&tombstone.key)
            .bind(tombstone.version)
            .bind(&tombstone.day)
            .bind(generation);
        let done = query.execute(&mut self.connection).await;
        done.map_err(|error| self.failed(error))?;
        let gone = "DELETE FROM record WHERE kind = ?1 AND key = ?2";
        self.about(gone, &tombstone.kind, &tombstone.key).await
    }

    async fn forget(&mut self, kind: &str, key: &str, _generation: i64) -> Result<()> {
        self.begin().await?;
        self.about("DELETE FROM record WHERE kind = ?1 AND key = ?2", kind, key)
            .await?;
        self.about("DELETE FROM tombstone WHERE kind = ?1 AND key = ?2", kind, key)
            .await
    }

    async fn sweep(&mut self, generation: i64) -> Result<u64> {
        self.begin().await?;
        let mut swept = 0;
        for sql in [
            "DELETE FROM record WHERE generation <> ?1",
            "DELETE FROM tombstone WHERE generation <> ?1",
        ] {
            let done = sqlx::query(sql)
                .bind(generation)
                .execute(&mut self.connection)
                .await;
            swept += done.map_err(|error| self.failed(error))?.rows_affected();
        }
        Ok(swept)
    }

    async fn commit(&mut self, state: State) -> Result<()> {
        self.begin().await?;
        let text = serde_json::to_string(&state).map_err(|error| Error::copy(self.path.display(), error))?;
        let sql = "INSERT OR REPLACE INTO sync_state (id, state) VALUES (1, ?1)";
        let done = sqlx::query(sql).bind(text).execute(&mut self.connection).await;
        done.map_err(|error| self.failed(error))?;
        self.run("COMMIT").await?;
        self.writes = false;
        self.state = state;
        Ok(())
    }

    async fn roll_back(&mut self) -> Result<()> {
        if self.writes {
            self.run("ROLLBACK").await?;
            self.writes = false;
        }
        Ok(())
    }
}

/// The version of the tables, and how many there are.
async fn form(connection: &mut SqliteConnection) -> sqlx::Result<(i64, i64)> {
    let version = sqlx::query_scalar("PRAGMA user_version")
        .fetch_one(&mut *connection)
        .await?;
    let tables = sqlx::query_scalar("SELECT count(*) FROM sqlite_schema")
        .fetch_one(connection)
        .await?;
    Ok((version, tables))
}

fn fits(path: &Path, (version, _): (i64, i64)) -> Result<()> {
    if version == FORM {
        return Ok(());
    }
    let why = format!(
        "this is no copy of a hub in the form of this program ({FORM}, and the file has {version}); name another file"
    );
    Err(Error::copy(path.display(), why))
}

async fn state(connection: &mut SqliteConnection, path: &Path) -> Result<State> {
    let sql = "SELECT state FROM sync_state WHERE id = 1";
    let found: Option<String> = sqlx::query_scalar(sql)
        .fetch_optional(connection)
        .await
        .map_err(|error| Error::copy(path.display(), error))?;
    match found {
        None => Ok(State::default()),
        Some(text) => serde_json::from_str(&text)
            .map_err(|error| Error::copy(path.display(), format!("sync_state cannot be read: {error}"))),
    }
}

/// Reads the file at one moment.
pub(super) async fn read(path: &Path, take: &mut (dyn FnMut(Record) + Send)) -> Result<State> {
    let failed = |error: sqlx::Error| Error::copy(path.display(), error);
    let options = SqliteConnectOptions::new()
        .filename(path)
        .read_only(true)
        .busy_timeout(PATIENCE)
        .disable_statement_logging();
    let mut connection = options.connect().await.map_err(failed)?;
    fits(path, form(&mut connection).await.map_err(failed)?)?;
    let mut transaction = connection.begin().await.map_err(failed)?;
    let state = state(&mut transaction, path).await?;
    {
        let sql =
            "SELECT kind, key, record_id, version, region, day, hash, body FROM record ORDER BY kind, key";
        let mut rows = sqlx::query(sql).fetch(&mut *transaction);
        while let Some(row) = rows.try_next().await.map_err(failed)? {
            take(record(&row).map_err(failed)?);
        }
    }
    transaction.rollback().await.map_err(failed)?;
    connection.close().await.map_err(failed)?;
    Ok(state)
}

fn record(row: &SqliteRow) -> sqlx::Result<Record> {
    Ok(Record {
        kind: row.try_get("kind")?,
        key: row.try_get("key")?,
        record_id: row.try_get("record_id")?,
        version: row.try_get("version")?,
        region: row.try_get("region")?,
        day: row.try_get("day")?,
        hash: row.try_get("hash")?,
        body: row.try_get("body")?,
        claims: None,
    })
}
