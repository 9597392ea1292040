//! Operations over a WebSocket in the protocol `graphql-transport-ws`.

mod frames;
mod message;
mod talk;

use std::pin::Pin;
use std::sync::Arc;

use actix_web::error::PayloadError;
use actix_web::http::StatusCode;
use actix_web::http::header::{HOST, ORIGIN, SEC_WEBSOCKET_PROTOCOL, UPGRADE};
use actix_web::{FromRequest, HttpRequest, HttpResponse, dev, web};

use futures_util::Stream;

use super::door::Door;
use super::refused::Refused;
use super::request::Caller;
use frames::Frames;
use talk::Talk;

/// The bytes of a request, as the extractor of the server wants them.
type BoxedPayloadStream = Pin<Box<dyn Stream<Item = Result<web::Bytes, PayloadError>>>>;

/// The one protocol that is spoken.
const PROTOCOL: &str = "graphql-transport-ws";

/// Whether a request wants to become a socket.
pub(super) fn is_wanted(http: &HttpRequest) -> bool {
    let upgrade = http.headers().get(UPGRADE);
    upgrade.is_some_and(|upgrade| upgrade.as_bytes().eq_ignore_ascii_case(b"websocket"))
}

/// Opens a socket.
pub(super) fn open(
    door: &Arc<Door>,
    http: &HttpRequest,
    payload: web::Payload,
    caller: Caller,
) -> Result<HttpResponse, Refused> {
    let header = |name| {
        http.headers()
            .get(name)
            .map(|value| value.to_str().unwrap_or_default())
    };
    let offered = http
        .headers()
        .get_all(SEC_WEBSOCKET_PROTOCOL)
        .filter_map(|value| value.to_str().ok());
    if !offered
        .flat_map(|list| list.split(','))
        .any(|protocol| protocol.trim() == PROTOCOL)
    {
        return Err(Refused::bad(format!(
            "open the WebSocket with the subprotocol {PROTOCOL}"
        )));
    }
    if !may_open(header(ORIGIN), header(HOST), &door.origins) {
        let remedy = "pages of this origin may not open a socket; an operator can add it to allowed_origins";
        return Err(Refused::http(StatusCode::FORBIDDEN, "FORBIDDEN", remedy));
    }
    let place = door.sockets.take(caller.address)?;
    let frames = Frames::new(payload.into_inner(), door.limits.body);
    let frames: BoxedPayloadStream = Box::pin(frames);
    let mut bounded = dev::Payload::Stream { payload: frames };
    let payload = web::Payload::from_request(http, &mut bounded).into_inner();
    let payload = payload.map_err(|_| Refused::bad("the handshake cannot be read"))?;
    let (response, session, messages) = actix_ws::handle_with_protocols(http, payload, &[PROTOCOL])
        .map_err(|_| Refused::bad("the headers of the handshake are not those of a WebSocket"))?;
    let messages = messages
        .max_frame_size(door.limits.body)
        .aggregate_continuations()
        .max_continuation_size(door.limits.body);
    let talk = Talk::new(door.clone(), session, caller, place);
    actix_web::rt::spawn(talk.run(messages));
    Ok(response)
}

/// A browser sends the origin of its page and cannot lie about it; other clients send none. An origin without a host, such
/// as `null` of a sandboxed frame, is foreign.
fn may_open(origin: Option<&str>, host: Option<&str>, allowed: &[String]) -> bool {
    let Some(origin) = origin else {
        return true;
    };
    let own = origin.split_once("://").is_some_and(|(_, own)| Some(own) == host);
    own || allowed.iter().any(|allowed| allowed == origin)
}
