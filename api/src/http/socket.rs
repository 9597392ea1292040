//! Subscriptions over WebSocket, in the protocol `graphql-transport-ws`.

use std::sync::Arc;

use actix_web::http::header::SEC_WEBSOCKET_PROTOCOL;
use actix_web::{HttpRequest, HttpResponse, web};
use actix_ws::{AggregatedMessage, CloseCode, CloseReason};
use async_graphql::http::{WebSocket, WebSocketProtocols, WsMessage};
use async_graphql::{Data, Executor, Request, Response};
use futures_util::StreamExt;
use futures_util::stream::BoxStream;

use super::server::{Door, LARGEST_BODY};

const PROTOCOL: &str = "graphql-transport-ws";

/// Opens a socket. Only pages of this origin may: a browser sends the origin and cannot lie about it.
pub(super) async fn subscribe(
    door: web::Data<Door>,
    http: HttpRequest,
    payload: web::Payload,
) -> actix_web::Result<HttpResponse> {
    let header = |name: &str| http.headers().get(name).and_then(|value| value.to_str().ok());
    let offered = header(SEC_WEBSOCKET_PROTOCOL.as_str()).unwrap_or_default();
    if !offered.split(',').any(|protocol| protocol.trim() == PROTOCOL) {
        let remedy =
            "POST a query to this address, or open a WebSocket with the protocol graphql-transport-ws";
        return Ok(HttpResponse::MethodNotAllowed()
            .insert_header(("allow", "POST"))
            .body(remedy));
    }
    // An origin without a host, such as `null` of a sandboxed frame, is foreign, too.
    let own = match http.headers().get("origin").map(|origin| origin.to_str()) {
        None => true,
        Some(Ok(origin)) => origin
            .split_once("://")
            .is_some_and(|(_, host)| Some(host) == header("host")),
        Some(Err(_)) => false,
    };
    if !own {
        return Ok(HttpResponse::Forbidden().body("only pages of this origin may open a socket"));
    }
    let (mut response, session, messages) = actix_ws::handle(&http, payload)?;
    let chosen = actix_web::http::header::HeaderValue::from_static(PROTOCOL);
    response.headers_mut().insert(SEC_WEBSOCKET_PROTOCOL, chosen);
    let messages = messages
        .max_frame_size(LARGEST_BODY)
        .aggregate_continuations()
        .max_continuation_size(LARGEST_BODY);
    actix_web::rt::spawn(talk(door, session, messages));
    Ok(response)
}

/// Runs the operations of a socket, each with a viewer of its own: loaders remember what they read, and a socket lives
/// on while the data changes.
#[derive(Clone)]
struct Operations(web::Data<Door>);

impl Executor for Operations {
    async fn execute(&self, request: Request) -> Response {
        self.0.schema.execute(request.data(self.0.viewer())).await
    }

    fn execute_stream(&self, request: Request, session: Option<Arc<Data>>) -> BoxStream<'static, Response> {
        Executor::execute_stream(&self.0.schema, request.data(self.0.viewer()), session)
    }
}

/// Speaks until one side closes. Every message waits until the client took it, so nothing piles up.
async fn talk(
    door: web::Data<Door>,
    mut session: actix_ws::Session,
    messages: actix_ws::AggregatedMessageStream,
) {
    let pongs = session.clone();
    let incoming = Box::pin(messages.filter_map(move |message| text(pongs.clone(), message)));
    let mut outgoing = WebSocket::new(Operations(door), incoming, WebSocketProtocols::GraphQLWS);
    while let Some(message) = outgoing.next().await {
        let sent = match message {
            WsMessage::Text(text) => session.text(text).await,
            WsMessage::Close(code, reason) => {
                let reason = CloseReason {
                    code: CloseCode::Other(code),
                    description: Some(reason),
                };
                let _ = session.close(Some(reason)).await;
                return;
            }
        };
        if sent.is_err() {
            return;
        }
    }
    let _ = session.close(None).await;
}

/// The text of a message; a ping is answered on the way.
async fn text(
    mut session: actix_ws::Session,
    message: Result<AggregatedMessage, actix_ws::ProtocolError>,
) -> Option<Vec<u8>> {
    match message {
        Ok(AggregatedMessage::Text(text)) => Some(text.as_bytes().to_vec()),
        Ok(AggregatedMessage::Ping(bytes)) => {
            let _ = session.pong(&bytes).await;
            None
        }
        _ => None,
    }
}
