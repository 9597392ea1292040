//! The database: one handle for both engines, with one writer and several readers on SQLite.

mod connect;
pub(crate) mod edge;
pub(crate) mod history;
pub(crate) mod ledger;
pub mod list;
pub(crate) mod rows;

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

pub use connect::ConnectError;
use sea_orm::{
    AccessMode, ConnectionTrait, DatabaseConnection, DatabaseExecutor, DatabaseTransaction, DbBackend,
    SqliteTransactionMode, TransactionOptions, TransactionTrait,
};

use crate::{Result, Scope};

/// How long a statement of a writing transaction may run: nobody waits at a page for it.
const WRITING_TIMEOUT: Duration = Duration::from_secs(60);

/// A database of the hub. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Database {
    writer: DatabaseConnection,
    reader: DatabaseConnection,
    statements: Arc<AtomicU64>,
}

impl Database {
    /// Opens `sqlite://path` (created if missing) or `postgres://…`. The schema is not touched: see [`Self::migrate`].
    pub async fn connect(url: &str) -> std::result::Result<Self, ConnectError> {
        let (mut writer, mut reader) = connect::open(url).await?;
        let statements = Arc::new(AtomicU64::new(0));
        let counter = statements.clone();
        writer.set_metric_callback(move |_| {
            counter.fetch_add(1, Ordering::Relaxed);
        });
        let counter = statements.clone();
        reader.set_metric_callback(move |_| {
            counter.fetch_add(1, Ordering::Relaxed);
        });
        Ok(Self {
            writer,
            reader,
            statements,
        })
    }

    /// Brings the schema to the version of this binary. Safe to repeat.
    pub async fn migrate(&self) -> Result<()> {
        use migration::MigratorTrait;
        Ok(migration::Migrator::up(&self.writer, None).await?)
    }

    /// Whether every migration of this binary was applied.
    pub async fn is_migrated(&self) -> Result<bool> {
        use migration::MigratorTrait;
        Ok(migration::Migrator::get_pending_migrations(&self.writer)
            .await?
            .is_empty())
    }

    /// Whether the schema is exactly that of this binary. Unlike [`Self::is_migrated`] it only reads, so that a writer does
    /// not hold it up, and it also sees the schema of a newer binary.
    pub async fn has_this_schema(&self) -> Result<bool> {
        use migration::MigratorTrait;
        let rows = rows::query(
            &self.reader,
            "SELECT version FROM seaql_migrations ORDER BY version",
            [],
        )
        .await?;
        let applied: std::result::Result<Vec<String>, _> =
            rows.iter().map(|row| row.try_get("", "version")).collect();
        let mut known: Vec<String> = migration::Migrator::migrations()
            .iter()
            .map(|migration| migration.name().to_owned())
            .collect();
        known.sort_unstable();
        Ok(applied? == known)
    }

    /// The engine behind this handle.
    pub fn engine(&self) -> Engine {
        Engine::of(self.reader.get_database_backend())
    }

    /// A secret that all processes on this database share.
    pub async fn secret(&self, name: &str) -> Result<String> {
        let sql = "SELECT value FROM hub_secret WHERE name = $1";
        let row = rows::query_one(self.own(), sql, [name.into()]).await?;
        let row =
            row.ok_or_else(|| crate::Error::inconsistent("hub_secret", format!("{name} is missing")))?;
        Ok(row.try_get("", "value")?)
    }

    /// How many statements were sent so far, for the count of statements per query.
    pub fn statements(&self) -> u64 {
        self.statements.load(Ordering::Relaxed)
    }

    /// For reads of what is public, or of tables without a wall.
    pub(crate) fn reader(&self) -> &DatabaseConnection {
        &self.reader
    }

    /// For reads of walled tables by somebody. PostgreSQL is told of the reader for one transaction and forgets it with that,
    /// so nothing of it stays with a connection; whoever sees no more than the public needs no transaction.
    pub(crate) async fn reading(&self, scope: &Scope) -> Result<DatabaseExecutor<'_>> {
        let told = scope.wall().filter(|_| self.engine() == Engine::Postgres);
        let Some(told) = told else {
            return Ok(DatabaseExecutor::Connection(&self.reader));
        };
        let transaction = self
            .reader
            .begin_with_config(None, Some(AccessMode::ReadOnly))
            .await?;
        transaction.execute_unprepared(&told).await?;
        Ok(DatabaseExecutor::OwnedTransaction(transaction))
    }

    /// For reads of the hub's own work, which goes to no reader: past the wall.
    pub(crate) fn own(&self) -> &DatabaseConnection {
        match self.engine() {
            Engine::Postgres => &self.writer,
            Engine::Sqlite => &self.reader,
        }
    }

    /// A writing transaction. On SQLite it takes the write lock at once (`BEGIN IMMEDIATE`): a transaction that reads
    /// first and writes later would fail at once when another writer came between.
    pub(crate) async fn begin(&self) -> Result<DatabaseTransaction> {
        let options = TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        let transaction = self.writer.begin_with_options(options).await?;
        if self.engine() == Engine::Postgres {
            let patience = format!("SET LOCAL statement_timeout = '{}s'", WRITING_TIMEOUT.as_secs());
            transaction.execute_unprepared(&patience).await?;
        }
        Ok(transaction)
    }

    /// Tells PostgreSQL how large those tables are by now that changed by half or more. Until it looks for itself, a minute or more
    /// later, it plans for tables that are nearly empty, and a statement over the first hundred thousand rows can take longer than
    /// it may. SQLite plans by the indexes alone.
    pub async fn refresh_statistics(&self) -> Result<()> {
        if self.engine() == Engine::Sqlite {
            return Ok(());
        }
        let grown = "SELECT relname AS name FROM pg_stat_user_tables WHERE schemaname = current_schema() \
             AND n_mod_since_analyze > 100 + n_live_tup / 2 ORDER BY relname";
        for row in rows::query(&self.reader, grown, []).await? {
            let table: String = row.try_get("", "name")?;
            let transaction = self.begin().await?;
            let analyze = format!("ANALYZE (SKIP_LOCKED) \"{table}\"");
            transaction.execute_unprepared(&analyze).await?;
            transaction.commit().await?;
        }
        Ok(())
    }

    /// Folds the write-ahead log of SQLite back into the file, so that nothing of what was overwritten stays in it.
    pub(crate) async fn fold_log(&self) -> Result<()> {
        if self.engine() == Engine::Sqlite {
            self.writer
                .execute_unprepared("PRAGMA wal_checkpoint(TRUNCATE)")
                .await?;
        }
        Ok(())
    }

    /// Closes every connection; on SQLite this folds the write-ahead log back into the file.
    pub async fn close(self) -> Result<()> {
        self.reader.close().await?;
        self.writer.close().await?;
        Ok(())
    }
}

/// The two engines that the hub runs on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// Embedded, the default.
    Sqlite,
    /// PostgreSQL 15 or newer, for production.
    Postgres,
}

impl Engine {
    pub(crate) fn of(backend: DbBackend) -> Self {
        if backend == DbBackend::Postgres {
            Self::Postgres
        } else {
            Self::Sqlite
        }
    }

    pub(crate) fn backend(self) -> DbBackend {
        match self {
            Self::Sqlite => DbBackend::Sqlite,
            Self::Postgres => DbBackend::Postgres,
        }
    }

    /// The name as users write it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Sqlite => "sqlite",
            Self::Postgres => "postgres",
        }
    }
}
