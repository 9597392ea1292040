//! Answers one after the other as `text/event-stream`, after GraphQL over SSE in its mode of distinct connections: events
//! `next` and `complete`, a comment as heartbeat, and ids that a client resumes at.

mod resume;

use std::convert::Infallible;
use std::pin::Pin;
use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::http::header::{CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE};
use actix_web::web::Bytes;
use actix_web::{HttpRequest, HttpResponse};
use futures_util::stream::BoxStream;
use futures_util::{Stream, StreamExt, stream};
use tokio::sync::watch;
use tokio::time::Interval;

use super::answer::Answer;
use super::check::OperationKind;
use super::door::Door;
use super::load::Place;
use super::metrics::{Open, Way};
use super::refused::Refused;
use super::request::accept::Media;
use super::request::{Caller, RequestId};
use super::run::Admitted;
use crate::graphql::Bookmark;

/// Answers an admitted operation, or a refusal, as a stream. What HTTP itself refuses begins no stream.
pub(super) fn respond(
    door: &Arc<Door>,
    http: &HttpRequest,
    caller: &Caller,
    admitted: Result<Box<Admitted>, Refused>,
) -> HttpResponse {
    let placed = admitted.and_then(|admitted| Ok((door.streams.take(caller.address)?, admitted)));
    let (answers, bookmark, place): (BoxStream<'static, Answer>, _, _) = match placed {
        Ok((place, admitted)) if admitted.kind == OperationKind::Subscription => {
            let (answers, bookmark) = door.subscribe(*admitted, resume::since(http));
            (answers, Some(bookmark), Some(place))
        }
        Ok((place, admitted)) => (door.answers(*admitted), None, Some(place)),
        Err(refused) => {
            let answer = Answer::from(refused);
            if answer.is_of_http() {
                door.metrics.answered(Way::EventStream, answer.code());
                return answer
                    .named(&caller.id, door.limits.errors)
                    .respond(http, Media::Json);
            }
            (stream::iter([answer]).boxed(), None, None)
        }
    };
    let mut response = HttpResponse::build(StatusCode::OK);
    Answer::default().head(&mut response);
    response
        .insert_header((CONTENT_TYPE, Media::EventStream.content_type()))
        .insert_header((CACHE_CONTROL, "no-store"))
        // A compressor would hold events back until it has enough of them, and so would a buffering proxy.
        .insert_header((CONTENT_ENCODING, "identity"))
        .insert_header(("x-accel-buffering", "no"));
    let events = Events {
        answers,
        bookmark,
        heartbeat: tokio::time::interval(door.limits.heartbeat),
        stopping: door.stopping.clone(),
        id: caller.id.clone(),
        ended: false,
        until: Box::pin(door.farewell(&caller.identity)),
        _open: door.metrics.opened(Way::EventStream),
        _place: place,
        door: door.clone(),
    };
    response.streaming(events.bytes())
}

/// An open stream. It is read by the connection as fast as the client takes it, so that nothing piles up here.
struct Events {
    answers: BoxStream<'static, Answer>,
    bookmark: Option<Arc<Bookmark>>,
    heartbeat: Interval,
    stopping: watch::Receiver<bool>,
    id: RequestId,
    ended: bool,
    /// Ready when the token of the reader ends; the stream ends with it, and its client comes back with a new one.
    until: Pin<Box<dyn Future<Output = &'static str> + Send>>,
    _open: Open,
    _place: Option<Place>,
    door: Arc<Door>,
}

impl Events {
    fn bytes(self) -> impl Stream<Item = Result<Bytes, Infallible>> {
        stream::unfold(self, |mut events| async move {
            let text = events.next().await?;
            Some((Ok(Bytes::from(text)), events))
        })
    }

    /// The next piece of text. A stream that ends because the process stops ends without `complete`: its client comes back.
    async fn next(&mut self) -> Option<String> {
        if self.ended {
            return None;
        }
        let answer = tokio::select! {
            biased;
            _ = self.stopping.wait_for(|stopping| *stopping) => return None,
            _ = &mut self.until => return None,
            answer = self.answers.next() => answer,
            _ = self.heartbeat.tick() => return Some(":\n\n".to_owned()),
        };
        self.ended = answer.is_none();
        Some(match answer {
            Some(answer) => self.event(answer),
            None => "event: complete\ndata:\n\n".to_owned(),
        })
    }

    fn event(&self, answer: Answer) -> String {
        self.door.metrics.answered(Way::EventStream, answer.code());
        let id = self.bookmark.as_ref().and_then(|bookmark| bookmark.last());
        let id = id
            .map(|head| format!("id: {}\n", resume::text(&head)))
            .unwrap_or_default();
        let json = answer.named(&self.id, self.door.limits.errors).json();
        format!("{id}event: next\ndata: {json}\n\n")
    }
}
