//! The HTTP server.

use std::net::{SocketAddr, TcpListener};
use std::time::Duration;

use actix_web::middleware::DefaultHeaders;
use actix_web::{App, HttpServer, web};
use entity::{Clock, Database, Scope};

use super::{assets, post, socket};
use crate::graphql::{HubSchema, Viewer, schema};

/// The largest body of a request.
pub(super) const LARGEST_BODY: usize = 64 * 1024;
/// How long a request may take to arrive.
const ARRIVAL: Duration = Duration::from_secs(10);

/// What the page may do: nothing but talk to its own origin. The editor writes its styles into the page.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; \
     font-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// A server that is bound to its port.
pub struct Server {
    listener: TcpListener,
    db: Database,
    clock: Clock,
    declaring: bool,
}

/// What the handlers share.
pub(super) struct Door {
    pub(super) schema: HubSchema,
    pub(super) db: Database,
    declaring: bool,
}

impl Door {
    /// Who asks: without a token everybody sees what is public.
    pub(super) fn viewer(&self) -> Viewer {
        Viewer::new(&self.db, Scope::public(), self.declaring)
    }
}

impl Server {
    /// Takes the port, so that an address in use is told before anything else happens.
    pub fn bind(address: SocketAddr, db: Database, clock: Clock) -> std::io::Result<Self> {
        Ok(Self {
            listener: TcpListener::bind(address)?,
            db,
            clock,
            declaring: false,
        })
    }

    /// Whether everybody who reaches the port may declare for any enterprise. Closed unless told.
    pub fn declaring(mut self, open: bool) -> Self {
        self.declaring = open;
        self
    }

    /// The address that was bound; with port 0 the system chose one.
    pub fn address(&self) -> std::io::Result<SocketAddr> {
        self.listener.local_addr()
    }

    /// Serves until the process is told to stop.
    pub async fn run(self) -> std::io::Result<()> {
        let built = schema(self.db.clone(), self.clock)
            .await
            .map_err(std::io::Error::other)?;
        let door = web::Data::new(Door {
            schema: built,
            db: self.db,
            declaring: self.declaring,
        });
        let server = HttpServer::new(move || {
            App::new()
                .app_data(door.clone())
                .app_data(web::PayloadConfig::new(LARGEST_BODY))
                .wrap(
                    DefaultHeaders::new()
                        .add(("x-content-type-options", "nosniff"))
                        .add(("referrer-policy", "no-referrer"))
                        .add(("content-security-policy", POLICY)),
                )
                .service(
                    web::resource("/graphql")
                        .route(web::get().to(socket::subscribe))
                        .route(web::post().to(post::execute)),
                )
                .route("/", web::get().to(assets::index))
                .route("/assets/{path:.*}", web::get().to(assets::file))
        });
        server
            .client_request_timeout(ARRIVAL)
            .shutdown_timeout(10)
            .listen(self.listener)?
            .run()
            .await
    }
}
