//! Serving connections: what the HTTP server of actix-web does, but for the patience with each connection.

use std::future::ready;
use std::io;
use std::net::{SocketAddr, TcpListener};
use std::time::Duration;

use actix_http::body::MessageBody;
use actix_http::{HttpService, Protocol, Request, Response};
use actix_service::{IntoServiceFactory, ServiceFactory, ServiceFactoryExt, fn_service, map_config};
use actix_tls::accept::TlsError;
use actix_tls::accept::rustls_0_23::{Acceptor, TlsStream};
use actix_web::dev::{AppConfig, Server};
use actix_web::rt::net::TcpStream;
use rustls::ServerConfig;
use tokio::sync::watch;

use super::limits::Limits;
use super::patient::{Patience, Patient};
use super::stop;

/// How long a client may take to close its side after the hub has.
const FAREWELL: Duration = Duration::from_secs(1);

/// Serves an application on a port until the process is told to stop.
pub(super) fn listen<I, S, B>(
    listener: TcpListener,
    tls: Option<ServerConfig>,
    limits: &Limits,
    stop: watch::Sender<bool>,
    app: impl Fn() -> I + Clone + Send + 'static,
) -> io::Result<Server>
where
    I: IntoServiceFactory<S, Request>,
    S: ServiceFactory<
            Request,
            Config = AppConfig,
            Response: Into<Response<B>>,
            Error = actix_web::Error,
            InitError = (),
        > + 'static,
    <S::Service as actix_service::Service<Request>>::Future: 'static,
    S::Service: 'static,
    B: MessageBody + 'static,
{
    let arrival = limits.arrival;
    let patience = Patience::of(limits);
    let stopping = stop.subscribe();
    let server = Server::build()
        .shutdown_timeout(limits.drain.as_secs())
        .shutdown_signal(stop::told(stop));
    let http = move || {
        let stopping = stopping.clone();
        HttpService::build()
            // A client that closes its side is gone, and what it asked for ends.
            .h1_allow_half_closed(false)
            .client_request_timeout(arrival)
            .client_disconnect_timeout(FAREWELL)
            .graceful_shutdown_signal(move || {
                let mut stopping = stopping.clone();
                async move { drop(stopping.wait_for(|stops| *stops).await) }
            })
            .finish(map_config(app(), |()| AppConfig::default()))
    };
    let server = match tls {
        Some(tls) => server.listen("https", listener, move || {
            Acceptor::new(tls.clone())
                .map_init_err(|_| ())
                .map_err(TlsError::into_service_error)
                .and_then(move |stream: TlsStream<TcpStream>| {
                    let client = known(stream.get_ref().0);
                    ready(Ok((Patient::new(stream, patience), Protocol::Http1, client)))
                })
                .and_then(http().map_err(TlsError::Service))
        }),
        None => server.listen("http", listener, move || {
            fn_service(move |stream: TcpStream| {
                let client = known(&stream);
                ready(Ok((Patient::new(stream, patience), Protocol::Http1, client)))
            })
            .and_then(http())
        }),
    };
    Ok(server?.run())
}

/// Whose connection it is. Answers leave at once, however small they are.
fn known(stream: &TcpStream) -> Option<SocketAddr> {
    if let Err(cause) = stream.set_nodelay(true) {
        tracing::debug!(%cause, "small answers may wait");
    }
    stream.peer_addr().ok()
}
