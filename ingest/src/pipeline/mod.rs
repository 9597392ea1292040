//! A run from the first byte to its closing state.
//!
//! The file is stored and recognised, the source's lease taken, the run started or found again; then one thread reads
//! and normalises while this one commits, chunk by chunk, with a bounded queue between them. A run that died goes on
//! behind its checkpoint, and because chunks are cut by the number of rows alone, it writes the same chunks.

mod adapter;
mod finalise;
mod keep;
mod redrive;
mod rows;
mod transport;

use std::path::PathBuf;

use chrono::NaiveDate;
use entity::ingestion::run::{self, RunState};
use entity::ingestion::{Counts, Lease, PersonalKey, lease, object, owner, source};
use entity::{Clock, Database};
use serde::Serialize;

use crate::file::StoredObject;
use crate::file::object::receive_bytes;
use crate::file::spreadsheet::Program;
use crate::{IngestError, bundle, reference};

pub use adapter::Adapter;
pub use redrive::Redriven;
pub(crate) use rows::{Opened, RowSource};

/// What to ingest.
#[derive(Debug, Clone)]
pub struct Request {
    /// By which adapter.
    pub adapter: Adapter,
    /// Which file.
    pub path: PathBuf,
    /// The day that the file describes, where the source does not tell.
    pub as_of: Option<NaiveDate>,
    /// Whether the file claims to be complete, so that what it leaves out is gone at the source.
    pub complete: bool,
}

/// The day that a file describes.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Day {
    /// What the command says.
    pub(crate) told: Option<NaiveDate>,
    /// The day of the delivery, where nobody and nothing in the form tells another.
    pub(crate) delivered: NaiveDate,
}

/// How a run ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Report {
    /// The run.
    pub run: String,
    /// Its rows.
    #[serde(flatten)]
    pub counts: Counts,
    /// SUCCEEDED, HELD or FAILED.
    pub state: RunState,
    /// Why it is held.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// Hears of the progress of a run.
pub trait Observer: Send + Sync {
    /// A run begins, or goes on, on a file of so many bytes.
    fn begins(&self, run: &run::Model, bytes: u64);
    /// So many bytes were read and so many rows written.
    fn advances(&self, offset: u64, rows: i64);
}

/// Hears nothing.
#[derive(Debug)]
pub struct Silent;

impl Observer for Silent {
    fn begins(&self, _run: &run::Model, _bytes: u64) {}
    fn advances(&self, _offset: u64, _rows: i64) {}
}

/// Takes files into one database.
#[derive(Debug, Clone)]
pub struct Ingester {
    pub(crate) db: Database,
    pub(crate) clock: Clock,
    data_dir: PathBuf,
    workbooks: Program,
    personal: PersonalKey,
}

impl Ingester {
    /// An ingester that keeps raw files below `data_dir`. The sources of the hub are registered.
    pub async fn new(db: Database, clock: Clock, data_dir: PathBuf) -> Result<Self, IngestError> {
        source::register(&db, &sources()?).await?;
        let personal = PersonalKey::of(&db).await?;
        Ok(Self {
            db,
            clock,
            data_dir,
            workbooks: Program::own(),
            personal,
        })
    }

    /// The same, reading workbooks with another program than the one that runs.
    pub fn reading_workbooks_with(self, program: Program) -> Self {
        Self {
            workbooks: program,
            ..self
        }
    }

    /// Takes a file in.
    pub async fn ingest(&self, request: &Request, observer: &dyn Observer) -> Result<Report, IngestError> {
        let incoming = request.adapter.receive(&self.data_dir, &request.path)?;
        let object = self.keep(incoming).await?;
        self.ingest_object(request, object, observer).await
    }

    /// Takes a file of the bundle in.
    pub async fn ingest_bundled(
        &self,
        adapter: Adapter,
        name: &str,
        observer: &dyn Observer,
    ) -> Result<Report, IngestError> {
        let incoming = match adapter {
            Adapter::StandardsCatalogue
            | Adapter::EnterpriseStandardPlatform
            | Adapter::EnterpriseRegister
            | Adapter::MandatoryLimits
            | Adapter::DoublePublicity
            | Adapter::CreditListings
            | Adapter::MetrologyLedger
            | Adapter::InstitutionList => {
                let short = name.rsplit('/').next().unwrap_or(name);
                let sealed = adapter.holds_personal_data()?;
                receive_bytes(&self.data_dir, short, &bundle::file(name)?, sealed)?
            }
            Adapter::Reference => reference::store_bundled(&self.data_dir, name)?,
        };
        let request = Request {
            adapter,
            path: name.into(),
            as_of: None,
            complete: false,
        };
        let object = self.keep(incoming).await?;
        self.ingest_object(&request, object, observer).await
    }

    async fn ingest_object(
        &self,
        request: &Request,
        object: StoredObject,
        observer: &dyn Observer,
    ) -> Result<Report, IngestError> {
        object::store(
            &self.db,
            &object.sha256,
            object.bytes,
            &object.name,
            self.clock.now(),
        )
        .await?;
        let adapter = request.adapter;
        let day = self.day_of(request, &object).await?;
        let opened = adapter.open(&object, day, &self.workbooks)?;
        let source = known_source(&opened.source)?;
        let batch = opened.rows.batch().map(str::to_owned);
        self.refuse_reused_batch(&source.name, batch.as_deref(), &object)
            .await?;
        let lease = self.lease(&source.name).await?;
        let new = run::NewRun {
            source,
            adapter: adapter.as_str().to_owned(),
            adapter_version: adapter.version().to_owned(),
            form: opened.form.clone(),
            object_sha256: object.sha256.clone(),
            file_name: object.name.clone(),
            as_of: opened.as_of,
            complete: request.complete,
            notes: opened.notes.clone(),
            batch,
        };
        let outcome = self.work(new, &object, opened, &lease, observer).await;
        lease.release(&self.db).await?;
        entity::credit::refresh_due(&self.db, &self.clock).await?;
        outcome
    }

    /// The day that a file is told to describe, and that of its delivery. The same bytes again describe the same day as
    /// before, so that an old file sent again says nothing new.
    async fn day_of(&self, request: &Request, object: &StoredObject) -> Result<Day, IngestError> {
        let (adapter, today) = (request.adapter, self.clock.today());
        let delivered = match request.as_of {
            Some(_) => None,
            None => run::day_of_object(&self.db, adapter.as_str(), adapter.version(), &object.sha256).await?,
        };
        Ok(Day {
            told: request.as_of,
            delivered: delivered.unwrap_or(today),
        })
    }

    /// Works under the lease.
    async fn work(
        &self,
        new: run::NewRun,
        object: &StoredObject,
        opened: Opened,
        lease: &Lease,
        observer: &dyn Observer,
    ) -> Result<Report, IngestError> {
        let run = run::start(&self.db, new, self.clock.now()).await?;
        if matches!(run.state.as_str(), "SUCCEEDED" | "HELD") {
            return Ok(again(&run));
        }
        let run = if run.state == RunState::Failed.as_str() {
            run::reopen(&self.db, &self.clock, lease, &run.id).await?
        } else {
            run
        };
        observer.begins(&run, object.bytes);
        let hold_above = opened.hold_above_percent;
        match rows::commit_all(&self.db, &self.clock, lease, &run, opened, observer).await {
            Ok(closing) => finalise::close(&self.db, &self.clock, lease, &run.id, hold_above, closing).await,
            Err(error) => {
                // The first error is the one to tell; that the run cannot even be marked is a consequence of it.
                let reason = Some(error.to_string());
                let _ = run::finish(&self.db, &self.clock, lease, &run.id, RunState::Failed, reason).await;
                Err(error)
            }
        }
    }

    /// Releases a held run: its rows are accepted, and what a complete file left out is retracted.
    pub async fn release(&self, run_id: &str) -> Result<Report, IngestError> {
        let run = run::get(&self.db, run_id).await?;
        if run.state != RunState::Held.as_str() {
            let problem = format!("the run is {}, not HELD", run.state);
            return Err(entity::Error::Run { run: run.id, problem }.into());
        }
        let lease = self.lease(&run.source).await?;
        let outcome = finalise::release(&self.db, &self.clock, &lease, &run).await;
        lease.release(&self.db).await?;
        outcome
    }

    /// Tries rows in quarantine again, of one run or of all.
    pub async fn redrive(&self, run_id: Option<&str>) -> Result<Redriven, IngestError> {
        redrive::redrive(self, run_id).await
    }

    pub(crate) async fn lease(&self, source: &str) -> Result<Lease, IngestError> {
        let dead = owner::dead_holder(&self.db, source).await?;
        Ok(lease::acquire(
            &self.db,
            source,
            &owner::own_name(),
            dead.as_deref(),
            self.clock.now(),
        )
        .await?)
    }
}

/// The same file again: nothing is new.
fn again(run: &run::Model) -> Report {
    let counts = Counts {
        read: run.read,
        created: 0,
        updated: 0,
        unchanged: run.read - run.quarantined,
        quarantined: run.quarantined,
    };
    let state = if run.state == RunState::Held.as_str() {
        RunState::Held
    } else {
        RunState::Succeeded
    };
    Report {
        run: run.id.clone(),
        counts,
        state,
        reason: run.reason.clone(),
    }
}

/// The report of a run as it stands.
fn report(run: &run::Model, state: RunState) -> Report {
    let counts = Counts {
        read: run.read,
        created: run.created,
        updated: run.updated,
        unchanged: run.unchanged,
        quarantined: run.quarantined,
    };
    Report {
        run: run.id.clone(),
        counts,
        state,
        reason: run.reason.clone(),
    }
}

#[derive(serde::Deserialize)]
struct SourceFile {
    source: Vec<SourceEntry>,
}

#[derive(serde::Deserialize)]
struct SourceEntry {
    name: String,
    title_zh: String,
    title_en: String,
    rank: i32,
    #[serde(default)]
    audience: Option<String>,
    #[serde(default)]
    region: String,
}

/// The sources that the hub knows.
fn sources() -> Result<Vec<source::Model>, IngestError> {
    let broken = |problem: String| IngestError::BuiltIn {
        name: "sources.toml".to_owned(),
        problem,
    };
    let text = String::from_utf8(bundle::file("sources.toml")?).map_err(|error| broken(error.to_string()))?;
    let file: SourceFile = toml::from_str(&text).map_err(|error| broken(error.to_string()))?;
    let sources = file.source.into_iter().map(|entry| source::Model {
        name: entry.name,
        title_zh: entry.title_zh,
        title_en: entry.title_en,
        rank: entry.rank,
        audience: entry.audience.unwrap_or_else(|| "PUBLIC".to_owned()),
        region: entry.region,
        precedence: String::new(),
    });
    Ok(sources.collect())
}

fn known_source(name: &str) -> Result<source::Model, IngestError> {
    sources()?
        .into_iter()
        .find(|source| source.name == name)
        .ok_or_else(|| IngestError::BuiltIn {
            name: "sources.toml".to_owned(),
            problem: format!("the source {name} is missing"),
        })
}
