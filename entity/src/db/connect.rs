//! Opening the database with the settings that each engine needs.

use std::time::Duration;

use sea_orm::sqlx::sqlite::{SqliteJournalMode, SqliteSynchronous};
use sea_orm::{ConnectOptions, DatabaseConnection, DbErr};

/// Readers of an embedded database: enough to keep a few cores busy.
const SQLITE_READERS: u32 = 8;
/// Connections to PostgreSQL that read.
const POSTGRES_READERS: u32 = 12;
/// Connections to PostgreSQL that write: writers wait for one another in any case, at the counter of the feed.
const POSTGRES_WRITERS: u32 = 4;
/// How long a statement may run: a page that needs longer is the wrong page.
const STATEMENT_TIMEOUT: Duration = Duration::from_secs(8);
/// How long to wait for a free connection.
const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(10);
/// How long SQLite waits for the write lock of another process.
const BUSY_TIMEOUT: Duration = Duration::from_secs(30);

/// Why a database could not be opened, with the remedy.
#[derive(Debug, thiserror::Error)]
pub enum ConnectError {
    /// The address has an unknown form.
    #[error("database address {0:?} is neither sqlite://PATH nor postgres://USER@HOST/NAME")]
    Address(String),
    /// The file or server cannot be opened.
    #[error("cannot open {url}: {cause}")]
    Open {
        /// The address, without its password.
        url: String,
        /// What the driver says.
        cause: DbErr,
    },
}

/// The writer and the readers.
pub(super) async fn open(url: &str) -> Result<(DatabaseConnection, DatabaseConnection), ConnectError> {
    if url.starts_with("sqlite:") {
        let writer = connect(url, sqlite(url, 1, false)).await?;
        let reader = connect(url, sqlite(url, SQLITE_READERS, true)).await?;
        Ok((writer, reader))
    } else if url.starts_with("postgres:") || url.starts_with("postgresql:") {
        let writer = connect(url, postgres(url, POSTGRES_WRITERS, None)).await?;
        // The first migration makes the role, so nobody connects as that before.
        let mut readers = postgres(url, POSTGRES_READERS, Some(migration::READER));
        readers.connect_lazy(true);
        Ok((writer, connect(url, readers).await?))
    } else {
        Err(ConnectError::Address(without_password(url)))
    }
}

async fn connect(url: &str, options: ConnectOptions) -> Result<DatabaseConnection, ConnectError> {
    sea_orm::Database::connect(options)
        .await
        .map_err(|cause| ConnectError::Open {
            url: without_password(url),
            cause,
        })
}

fn sqlite(url: &str, connections: u32, read_only: bool) -> ConnectOptions {
    let mut options = ConnectOptions::new(url);
    options
        .max_connections(connections)
        .min_connections(1)
        .acquire_timeout(ACQUIRE_TIMEOUT)
        .sqlx_logging(false)
        // A ping before every checkout would double the round trips of a small read.
        .test_before_acquire(false)
        .map_sqlx_sqlite_opts(move |sqlite| {
            let sqlite = sqlite
                .create_if_missing(true)
                .busy_timeout(BUSY_TIMEOUT)
                .foreign_keys(true)
                .journal_mode(SqliteJournalMode::Wal)
                // FULL: a position of the feed that a client saw must survive a power cut.
                .synchronous(SqliteSynchronous::Full)
                .pragma("cache_size", "-65536");
            if read_only { sqlite.pragma("query_only", "ON") } else { sqlite }
        });
    options
}

/// Connections as the role of the address or as another one that it may take.
fn postgres(url: &str, connections: u32, role: Option<&'static str>) -> ConnectOptions {
    let mut options = ConnectOptions::new(url);
    options
        .max_connections(connections)
        .acquire_timeout(ACQUIRE_TIMEOUT)
        .sqlx_logging(false)
        .test_before_acquire(false)
        .test_before_acquire_if_idle_for(Duration::from_secs(30))
        .map_sqlx_postgres_opts(move |postgres| {
            let postgres = postgres.options(role.map(|role| ("role", role)));
            postgres.options([
                ("lock_timeout", "10s"),
                ("statement_timeout", &format!("{}s", STATEMENT_TIMEOUT.as_secs())),
                ("TimeZone", "UTC"),
            ])
        });
    options
}

/// The address as it may be shown: `user:secret@` becomes `user@`.
fn without_password(url: &str) -> String {
    let Some((scheme, rest)) = url.split_once("://") else {
        return url.to_owned();
    };
    let Some((login, host)) = rest.rsplit_once('@') else {
        return url.to_owned();
    };
    let user = login.split_once(':').map_or(login, |(user, _)| user);
    format!("{scheme}://{user}@{host}")
}
