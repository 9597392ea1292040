//! The whole bundled catalogue in a database, loaded once per engine and test process.

use std::path::{Path, PathBuf};

use entity::Database;
use ingest::generate::Plan;
use ingest::pipeline::Adapter;
use ingest::{Ingester, Report, Request, Silent, bundle, reference};
use tokio::sync::OnceCell;

use crate::{Engine, TestDatabase, test_clock};

/// A database with everything that `demo` serves. Read only: every test shares it.
pub struct Catalogue {
    /// Its handle.
    pub db: Database,
    /// How every file was taken.
    pub reports: Vec<(String, Report)>,
    url: String,
}

static SQLITE: OnceCell<Catalogue> = OnceCell::const_new();
static POSTGRES: OnceCell<Catalogue> = OnceCell::const_new();

/// The catalogue on an engine.
pub async fn catalogue(engine: Engine) -> &'static Catalogue {
    let cell = match engine {
        Engine::Sqlite => &SQLITE,
        Engine::Postgres => &POSTGRES,
    };
    cell.get_or_init(|| load(engine)).await
}

async fn load(engine: Engine) -> Catalogue {
    let database = TestDatabase::new(engine).await;
    let plan = match Plan::county() {
        Ok(plan) => plan,
        Err(error) => panic!("no county: {error}"),
    };
    let (db, reports) = fill(&database, &plan).await;
    let url = database.url().to_owned();
    // Every test of the process reads it, so it goes with the process: the temporary files are left to the system's
    // cleaning, the database to the end of the private cluster.
    std::mem::forget(database);
    Catalogue { db, reports, url }
}

/// Takes the bundled lists and generated enterprises into an empty database; tells how every file was taken.
pub async fn fill(database: &TestDatabase, plan: &Plan) -> (Database, Vec<(String, Report)>) {
    let db = database.open().await;
    let ingester = match Ingester::new(db.clone(), test_clock(), database.folder().join("data")).await {
        Ok(ingester) => ingester,
        Err(error) => panic!("{error}"),
    };
    let sets = reference::BUNDLED
        .iter()
        .map(|name| (Adapter::Reference, (*name).to_owned()));
    let lists = bundle::files("standards/").map(|(name, _)| (Adapter::StandardsCatalogue, name.to_owned()));
    let mut reports = Vec::new();
    for (adapter, name) in sets.chain(lists).filter(|(_, name)| !name.ends_with(".md")) {
        match ingester.ingest_bundled(adapter, &name, &Silent).await {
            Ok(report) => reports.push((name, report)),
            Err(error) => panic!("{name}: {error}"),
        }
    }
    for delivery in generated(plan, &database.folder().join("generated")) {
        match ingester.ingest(&delivery, &Silent).await {
            Ok(report) => reports.push((delivery.path.display().to_string(), report)),
            Err(error) => panic!("{}: {error}", delivery.path.display()),
        }
    }
    (db, reports)
}

/// Invented enterprises, in the order of their delivery.
fn generated(plan: &Plan, folder: &Path) -> Vec<Request> {
    match plan.deliveries(folder) {
        Ok(requests) => requests,
        Err(cause) => panic!("{}: {cause}", folder.display()),
    }
}

impl Catalogue {
    /// The address of the database.
    pub fn url(&self) -> &str {
        &self.url
    }
}

/// A file of the bundle as it lies in the repository.
pub fn bundled_file(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../ingest/data")
        .join(path)
}
