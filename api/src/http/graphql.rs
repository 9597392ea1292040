//! `/graphql`: `GET` and `POST`, and the sockets that begin as a `GET`.

use std::time::Instant;

use actix_web::{HttpRequest, HttpResponse, web};
use tracing::{Instrument, info};

use super::answer::{self, Answer};
use super::door::Door;
use super::metrics::Way;
use super::refused::Refused;
use super::request::accept::{self, Media};
use super::request::{self, Caller, bearer};
use super::run::Admission;
use super::{socket, stream, trace};

/// Answers whatever asks.
pub(super) async fn answer(
    door: web::Data<Door>,
    http: HttpRequest,
    mut payload: web::Payload,
) -> HttpResponse {
    let door = door.into_inner();
    let begun = Instant::now();
    let media = accept::choose(http.headers());
    let caller = request::caller(
        &http,
        &door.proxies,
        media.as_ref().is_ok_and(|media| *media == Media::EventStream),
    );
    let form = *media.as_ref().unwrap_or(&Media::Json);
    let known = match bearer::token(&http) {
        Ok(token) => door.identify(token).await,
        Err(refused) => Err(refused),
    };
    let caller = match known {
        Ok(identity) => caller.known_as(identity),
        Err(refused) => {
            let response = respond(&door, &http, &caller, form.of_one_answer(), refused.into());
            return answer::ending(response, payload);
        }
    };
    if socket::is_wanted(&http) {
        return match socket::open(&door, &http, payload, caller.clone().on_socket()) {
            Ok(response) => response,
            Err(refused) => respond(&door, &http, &caller, Media::Json, refused.into()),
        };
    }
    let span = trace::span(&http, &caller);
    let admission = match media {
        Ok(_) => {
            let admitting = admit(&door, &http, &mut payload, &caller);
            admitting.instrument(span.clone()).await
        }
        Err(refused) => Err(refused),
    };
    let answer = match admission {
        Ok(Admission::Quote(cost)) => Answer::quote(cost),
        Ok(Admission::Run(admitted)) if form == Media::EventStream => {
            return stream::respond(&door, &http, &caller, Ok(admitted));
        }
        Err(refused) if form == Media::EventStream => {
            return stream::respond(&door, &http, &caller, Err(refused));
        }
        Ok(Admission::Run(admitted)) => door.execute(*admitted).instrument(span).await,
        Err(refused) => refused.into(),
    };
    let closes = answer.closes();
    let response = respond(&door, &http, &caller, form.of_one_answer(), answer);
    door.metrics.took(begun.elapsed());
    if closes {
        answer::ending(response, payload)
    } else {
        response
    }
}

/// A method that does not go here.
pub(super) async fn refuse(door: web::Data<Door>, http: HttpRequest) -> HttpResponse {
    let refused = Refused::method("GET, POST", "send a query with GET or POST");
    let caller = request::caller(&http, &door.proxies, false);
    respond(&door, &http, &caller, Media::Json, refused.into())
}

async fn admit(
    door: &Door,
    http: &HttpRequest,
    payload: &mut web::Payload,
    caller: &Caller,
) -> Result<Admission, Refused> {
    let asked = request::read(http, payload, &door.limits).await?;
    door.admit(asked, caller)
}

/// An answer in the form that its client takes, counted and told to the log.
fn respond(door: &Door, http: &HttpRequest, caller: &Caller, media: Media, answer: Answer) -> HttpResponse {
    let status = answer.status(media);
    info!(
        id = caller.id.as_str(),
        code = answer.code(),
        status = status.as_u16(),
        "answered"
    );
    door.metrics.answered(Way::Http, answer.code());
    answer.named(&caller.id, door.limits.errors).respond(http, media)
}
