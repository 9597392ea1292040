//! What all handlers share.

use std::sync::Arc;

use entity::{Clock, Database, Scope};
use tokio::runtime::Handle;
use tokio::sync::watch;

use super::check::{Checker, Prices};
use super::documents::Documents;
use super::limits::Limits;
use super::load::{Places, Turns};
use super::metrics::Metrics;
use super::rate::Rate;
use super::request::{Proxies, RequestIds};
use super::settings::Settings;
use crate::graphql::{Heads, HubSchema, Viewer, schema, sdl};

/// The door.
pub(super) struct Door {
    pub(super) schema: HubSchema,
    pub(super) db: Database,
    pub(super) heads: Arc<Heads>,
    pub(super) checker: Checker,
    pub(super) documents: Documents,
    pub(super) rate: Rate,
    pub(super) turns: Turns,
    pub(super) sockets: Arc<Places>,
    pub(super) streams: Arc<Places>,
    pub(super) metrics: Metrics,
    pub(super) ids: RequestIds,
    pub(super) origins: Vec<String>,
    pub(super) proxies: Proxies,
    declaring: bool,
    pub(super) limits: Limits,
    /// The runtime beside the threads of the server.
    pub(super) runtime: Handle,
    /// Becomes true when the process is told to stop.
    pub(super) stopping: watch::Receiver<bool>,
}

impl Door {
    /// Builds what the settings ask for, and proves every document of a manifest.
    pub(super) async fn open(
        db: Database,
        clock: Clock,
        settings: Settings,
        stopping: watch::Receiver<bool>,
    ) -> Result<Self, String> {
        let limits = settings.limits;
        let heads = Heads::of(&db);
        let schema = schema(db.clone(), clock, heads.clone())
            .await
            .map_err(|error| error.to_string())?;
        let checker = Checker::new(&sdl(), Prices::hub(), limits.document.clone())
            .map_err(|fault| fault.to_string())?;
        let documents = Documents::read(
            settings.documents,
            settings.documents_dir.as_deref(),
            limits.registered,
        )?;
        for (name, text) in documents.trusted() {
            checker.document(text).map_err(|refusal| {
                let why = refusal
                    .errors
                    .first()
                    .map_or(refusal.code, |error| error.message.as_str());
                format!("documents_dir: the document {name:?} does not fit this hub: {why}")
            })?;
        }
        Ok(Self {
            schema,
            db,
            heads,
            checker,
            documents,
            rate: Rate::new(limits.cost_per_minute, clock),
            turns: Turns::new(&limits),
            sockets: Places::new(&limits),
            streams: Places::new(&limits),
            metrics: Metrics::new(),
            ids: RequestIds::new(clock),
            origins: settings.allowed_origins,
            proxies: Proxies::read(&settings.trusted_proxies)?,
            declaring: settings.declaring,
            limits,
            runtime: Handle::current(),
            stopping,
        })
    }

    /// Who asks: without a token everybody sees what is public.
    pub(super) fn viewer(&self) -> Viewer {
        Viewer::new(&self.db, Scope::public(), self.declaring)
    }
}
