//! A database for one test, on either engine.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use entity::Database;
use sea_orm::ConnectionTrait;
use tempfile::TempDir;

/// The engine that a test runs on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// A file in a temporary directory.
    Sqlite,
    /// A database of its own in the cluster that `tests/run` started.
    Postgres,
}

/// An empty database with a data directory beside it; both go when the test ends.
pub struct TestDatabase {
    url: String,
    folder: TempDir,
    drop: Option<(String, String)>,
}

static NUMBER: AtomicU32 = AtomicU32::new(0);

/// The cluster that the test script started. Without it a test on PostgreSQL fails: it is never left out in silence.
fn cluster() -> String {
    match std::env::var("NQI_TEST_POSTGRES") {
        Ok(url) => url,
        Err(_) => {
            panic!("NQI_TEST_POSTGRES is not set: run tests/run, which starts a private PostgreSQL cluster")
        }
    }
}

async fn administer(cluster: &str, statement: &str) {
    let outcome = match sea_orm::Database::connect(cluster).await {
        Ok(admin) => {
            let done = admin.execute_unprepared(statement).await;
            let closed = admin.close().await;
            done.map(|_| ()).and(closed)
        }
        Err(error) => Err(error),
    };
    if let Err(error) = outcome {
        panic!("{statement}: {error}");
    }
}

impl TestDatabase {
    /// An empty database without a schema.
    pub async fn new(engine: Engine) -> Self {
        Self::from_template(engine, None).await
    }

    /// A copy of another database; nobody may be connected to that one.
    pub async fn copy_of(other: &Self, engine: Engine) -> Self {
        Self::from_template(engine, Some(other)).await
    }

    async fn from_template(engine: Engine, template: Option<&Self>) -> Self {
        let folder = match tempfile::tempdir() {
            Ok(folder) => folder,
            Err(cause) => panic!("no temporary directory: {cause}"),
        };
        match engine {
            Engine::Sqlite => {
                let file = folder.path().join("nqi-hub.db");
                if let Some(template) = template
                    && let Err(cause) = std::fs::copy(template.folder.path().join("nqi-hub.db"), &file)
                {
                    panic!("the database cannot be copied: {cause}");
                }
                Self {
                    url: format!("sqlite://{}", file.display()),
                    folder,
                    drop: None,
                }
            }
            Engine::Postgres => {
                let cluster = cluster();
                let number = NUMBER.fetch_add(1, Ordering::Relaxed);
                let name = format!("nqi_{}_{number}", std::process::id());
                let source = template
                    .and_then(|template| template.drop.as_ref())
                    .map(|(_, name)| name.as_str());
                let clause = source.map(|name| format!(" TEMPLATE {name}")).unwrap_or_default();
                administer(&cluster, &format!("CREATE DATABASE {name}{clause}")).await;
                let base = cluster
                    .rsplit_once('/')
                    .map_or(cluster.as_str(), |(base, _)| base)
                    .to_owned();
                Self {
                    url: format!("{base}/{name}"),
                    folder,
                    drop: Some((cluster, name)),
                }
            }
        }
    }

    /// The address of the database.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The data directory.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// A path for a file of the test.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Writes a file for the test to ingest.
    pub fn write(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        if let Err(cause) = std::fs::write(&path, bytes) {
            panic!("{}: {cause}", path.display());
        }
        path
    }

    /// A handle on the database with its schema up to date.
    pub async fn open(&self) -> Database {
        let db = match Database::connect(&self.url).await {
            Ok(db) => db,
            Err(error) => panic!("{error}"),
        };
        if let Err(error) = db.migrate().await {
            panic!("{error}");
        }
        db
    }

    /// A plain connection, for looking at tables.
    pub async fn raw(&self) -> sea_orm::DatabaseConnection {
        match sea_orm::Database::connect(&self.url).await {
            Ok(connection) => connection,
            Err(error) => panic!("{error}"),
        }
    }
}

impl Drop for TestDatabase {
    fn drop(&mut self) {
        let Some((cluster, name)) = self.drop.take() else {
            return;
        };
        let statement = format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)");
        // A thread of its own: the test may be inside a runtime, which must not be blocked.
        let dropped = std::thread::spawn(move || crate::block_on(administer(&cluster, &statement)));
        let _ = dropped.join();
    }
}
