//! The HTTP server.

use std::net::{SocketAddr, TcpListener};
use std::time::Duration;

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceFactory, ServiceRequest, ServiceResponse};
use actix_web::middleware::{Compress, DefaultHeaders, from_fn};
use actix_web::{App, web};
use entity::{Clock, Database};
use tokio::sync::watch;

use super::door::Door;
use super::settings::Settings;
use super::webhook::Sender;
use super::{answer, assets, calendar, graphql, health, listen, named, origins, sync, tls};

/// How often buckets of readers that are full again are forgotten.
const FORGETTING: Duration = Duration::from_secs(60);

/// What the page may do: nothing but talk to its own origin. The editor writes its styles into the page.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; \
     font-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// A server that is bound to its port.
pub struct Server {
    listener: TcpListener,
    db: Database,
    clock: Clock,
    settings: Settings,
}

impl Server {
    /// Takes the port, so that an address in use is told before anything else happens.
    pub fn bind(address: SocketAddr, db: Database, clock: Clock) -> std::io::Result<Self> {
        Ok(Self {
            listener: TcpListener::bind(address)?,
            db,
            clock,
            settings: Settings::default(),
        })
    }

    /// Other settings than the defaults.
    pub fn with(self, settings: Settings) -> Self {
        Self { settings, ..self }
    }

    /// The address that was bound; with port 0 the system chose one.
    pub fn address(&self) -> std::io::Result<SocketAddr> {
        self.listener.local_addr()
    }

    /// Serves until the process is told to stop; then what has begun may end within its time, and sockets are closed.
    pub async fn run(self) -> std::io::Result<()> {
        let origins = self.settings.allowed_origins.clone();
        if let Some(wrong) = origins.iter().find(|origin| !origins::is_origin(origin)) {
            let remedy =
                format!("allowed_origins: {wrong:?} is no origin, such as https://portal.example.org");
            return Err(std::io::Error::other(remedy));
        }
        let tls = self.settings.tls.as_ref().map(tls::config).transpose();
        let tls = tls.map_err(|why| std::io::Error::other(format!("TLS: {why}")))?;
        let (stop, stopping) = watch::channel(false);
        let webhooks = self.settings.webhooks.clone();
        let door = Door::open(self.db, self.clock, self.settings, stopping).await;
        let door = web::Data::new(door.map_err(std::io::Error::other)?);
        let forgetting = tokio::spawn(forget(door.clone()));
        let following = tokio::spawn(follow(door.clone()));
        let sender = webhooks.map(|webhooks| Sender::new(door.clone().into_inner(), &webhooks));
        let sender = sender.transpose().map_err(std::io::Error::other)?;
        let sending = sender.map(|sender| tokio::spawn(sender.run()));
        let limits = door.limits.clone();
        let app = move || app(door.clone(), origins.clone());
        let ended = listen::listen(self.listener, tls, &limits, stop, app)?.await;
        forgetting.abort();
        following.abort();
        if let Some(sending) = sending {
            // It ends by itself when the process is told to stop, and gives its leases back.
            let _ = sending.await;
        }
        ended
    }
}

async fn follow(door: web::Data<Door>) {
    door.revoked.follow(&door.db, door.clock).await;
}

/// What answers the requests of one thread.
fn app(
    door: web::Data<Door>,
    origins: Vec<String>,
) -> App<
    impl ServiceFactory<
        ServiceRequest,
        Config = (),
        Response = ServiceResponse<impl MessageBody>,
        Error = actix_web::Error,
        InitError = (),
    >,
> {
    App::new()
        .app_data(door)
        .service(
            web::resource("/graphql")
                .route(web::get().to(graphql::answer))
                .route(web::post().to(graphql::answer))
                .default_service(web::to(graphql::refuse)),
        )
        .route("/sync/snapshot", web::get().to(sync::part))
        .route("/sync/reconciliation", web::get().to(sync::sums))
        .route("/sync/rows", web::get().to(sync::rows))
        .route("/", web::get().to(assets::index))
        .route("/assets/{path:.*}", web::get().to(assets::file))
        .route("/calendar/instruments.ics", web::get().to(calendar::instruments))
        .route("/livez", web::get().to(health::live))
        .route("/readyz", web::get().to(health::ready))
        .route("/metrics", web::get().to(health::metrics))
        .wrap(Compress::default())
        .wrap(origins::rule(&origins))
        .wrap(
            DefaultHeaders::new()
                .add(("x-content-type-options", "nosniff"))
                .add(("referrer-policy", "no-referrer"))
                .add(("content-security-policy", POLICY)),
        )
        .wrap(from_fn(named::name))
        .wrap(from_fn(answer::refuse_bodies))
}

async fn forget(door: web::Data<Door>) {
    let mut interval = tokio::time::interval(FORGETTING);
    loop {
        interval.tick().await;
        door.rate.forget();
    }
}
