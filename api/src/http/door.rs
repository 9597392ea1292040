//! What all handlers share.

use std::sync::Arc;
use std::time::Duration;

use entity::access::Identity;
use entity::audit;
use entity::{Clock, Database};
use tokio::runtime::Handle;
use tokio::sync::watch;
use tracing::info;

use super::check::{Checker, Prices};
use super::documents::Documents;
use super::limits::Limits;
use super::load::{Places, Turns};
use super::metrics::Metrics;
use super::rate::Rate;
use super::refused::Refused;
use super::request::{Proxies, RequestIds};
use super::settings::Settings;
use crate::feed::FeedKey;
use crate::graphql::{Heads, HubSchema, Viewer, schema, sdl};
use crate::identity::{RevokedTokens, Verifier};

/// No connection lasts so long.
const FOR_EVER: Duration = Duration::from_secs(365 * 24 * 60 * 60);

/// The door.
pub(super) struct Door {
    pub(super) schema: HubSchema,
    pub(super) db: Database,
    pub(super) heads: Arc<Heads>,
    pub(super) feed_key: FeedKey,
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
    verifier: Verifier,
    pub(super) revoked: Arc<RevokedTokens>,
    pub(super) clock: Clock,
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
        let revoked = Arc::new(RevokedTokens::default());
        revoked.read(&db, clock.now()).await?;
        let limits = settings.limits;
        let heads = Heads::of(&db);
        let schema = schema(db.clone(), clock, heads.clone(), settings.feed_retention)
            .await
            .map_err(|error| error.to_string())?;
        let secret = db.secret("cursor").await.map_err(|error| error.to_string())?;
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
            feed_key: FeedKey::new(&secret),
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
            verifier: Verifier::open(&settings.identity, &settings.data_dir, Arc::clone(&revoked))?,
            revoked,
            clock,
            limits,
            runtime: Handle::current(),
            stopping,
        })
    }

    /// Who sends a request: everybody without a token; a token that is not believed is refused.
    pub(super) async fn identify(&self, token: Option<&str>) -> Result<Arc<Identity>, Refused> {
        let Some(token) = token else {
            return Ok(Arc::new(Identity::public()));
        };
        match self.verifier.verify(token, self.clock.now()).await {
            Ok(claims) => Ok(Arc::new(claims.identity())),
            Err(refused) => {
                info!(reason = %refused.reason(), "a token is refused");
                Err(Refused::unauthenticated(format!(
                    "{refused}: get a new one from its issuer"
                )))
            }
        }
    }

    /// Waits until whoever a token names is a stranger again; says why.
    pub(super) fn farewell(&self, identity: &Identity) -> impl Future<Output = &'static str> + Send + use<> {
        let left = identity
            .expires_at
            .map(|end| (end - self.clock.now()).to_std().unwrap_or_default());
        let (token, revoked) = (identity.token.clone(), Arc::clone(&self.revoked));
        async move {
            tokio::select! {
                () = tokio::time::sleep(left.unwrap_or(FOR_EVER)) => "the token has ended",
                () = revoked.told(&token), if !token.is_empty() => "the token was revoked",
            }
        }
    }

    /// What resolvers know of who asks.
    pub(super) fn viewer(&self, asked: audit::Asked) -> Viewer {
        Viewer::new(&self.db, asked, self.declaring, self.clock.today())
    }
}
