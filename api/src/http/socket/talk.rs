//! The talk over one socket: one task, which hears, executes and tells. What is told waits for the client, and so does
//! everything behind it, so nothing piles up; a subscription that waits tells only the newest head afterwards.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use actix_ws::{AggregatedMessage, AggregatedMessageStream, CloseCode, CloseReason, ProtocolError, Session};
use futures_util::stream::{AbortHandle, BoxStream, SelectAll};
use futures_util::{StreamExt, stream};

use super::message::{self, Heard};
use crate::http::answer::Answer;
use crate::http::door::Door;
use crate::http::load::Place;
use crate::http::metrics::{Open, Way};
use crate::http::refused::Refused;
use crate::http::request::{Asked, Caller, RequestId};
use crate::http::run::Admission;

/// Heartbeats that a client may leave unanswered.
const SILENT_BEATS: u32 = 4;

/// Why a talk ends.
enum End {
    /// With a code and a reason.
    Close(u16, String),
    /// The client is gone, or takes nothing.
    Gone,
}

/// What an operation says: an answer, or that there is none any more.
type Said = (Arc<str>, Option<Answer>);

/// One open socket.
pub(super) struct Talk {
    door: Arc<Door>,
    session: Session,
    caller: Caller,
    greeted: bool,
    running: HashMap<Arc<str>, AbortHandle>,
    operations: SelectAll<BoxStream<'static, Said>>,
    _place: Place,
    _open: Open,
}

impl Talk {
    pub(super) fn new(door: Arc<Door>, session: Session, caller: Caller, place: Place) -> Self {
        let open = door.metrics.opened(Way::Socket);
        Self {
            door,
            session,
            caller,
            greeted: false,
            running: HashMap::new(),
            operations: SelectAll::new(),
            _place: place,
            _open: open,
        }
    }

    /// Speaks until one side ends.
    pub(super) async fn run(mut self, mut messages: AggregatedMessageStream) {
        let end = self.talk(&mut messages).await;
        let patience = self.door.limits.write;
        let reason = match end {
            End::Close(code, text) => Some(CloseReason {
                code: CloseCode::from(code),
                description: Some(text),
            }),
            End::Gone => None,
        };
        let _ = tokio::time::timeout(patience, self.session.close(reason)).await;
    }

    async fn talk(&mut self, messages: &mut AggregatedMessageStream) -> End {
        let mut stopping = self.door.stopping.clone();
        let greeting = tokio::time::sleep(self.door.limits.greeting);
        tokio::pin!(greeting);
        let mut heartbeat = tokio::time::interval(self.door.limits.heartbeat);
        let mut silence = 0;
        loop {
            let done = tokio::select! {
                message = messages.recv() => {
                    silence = 0;
                    self.hear(message).await
                }
                Some((id, answer)) = self.operations.next(), if !self.operations.is_empty() => self.tell(id, answer).await,
                () = &mut greeting, if !self.greeted => Err(close(4408, "Connection initialisation timeout")),
                _ = heartbeat.tick() => {
                    silence += 1;
                    if silence > SILENT_BEATS { Err(End::Gone) } else { self.beat().await }
                }
                _ = stopping.wait_for(|stopping| *stopping) => Err(close(1001, "The hub stops; connect again")),
            };
            if let Err(end) = done {
                return end;
            }
        }
    }

    /// Takes one message in.
    async fn hear(&mut self, message: Option<Result<AggregatedMessage, ProtocolError>>) -> Result<(), End> {
        let text = match message {
            Some(Ok(AggregatedMessage::Text(text))) => text,
            Some(Ok(AggregatedMessage::Ping(bytes))) => {
                let patience = self.door.limits.write;
                return written(patience, self.session.pong(&bytes)).await;
            }
            Some(Ok(AggregatedMessage::Pong(_))) => return Ok(()),
            Some(Ok(AggregatedMessage::Binary(_))) => return Err(close(4400, "Invalid message: send text")),
            Some(Err(error)) if is_too_large(&error) => {
                let most = self.door.limits.body;
                return Err(close(1009, &format!("A message holds at most {most} bytes")));
            }
            Some(Err(_)) => return Err(close(1002, "Invalid frame")),
            Some(Ok(AggregatedMessage::Close(_))) | None => return Err(End::Gone),
        };
        match message::read(&text).map_err(|why| close(4400, &why))? {
            Heard::Init if self.greeted => Err(close(4429, "Too many initialisation requests")),
            Heard::Init => {
                self.greeted = true;
                self.write(message::ack()).await
            }
            Heard::Ping(payload) => self.write(message::pong(payload.as_ref())).await,
            Heard::Pong => Ok(()),
            Heard::Subscribe { .. } if !self.greeted => Err(close(4401, "Unauthorized")),
            Heard::Subscribe { id, asked } => self.start(id, *asked),
            Heard::Complete { id } => {
                if let Some(operation) = self.running.remove(id.as_str()) {
                    operation.abort();
                }
                Ok(())
            }
        }
    }

    /// Starts an operation. What it says, a refusal too, comes through the same queue as all that is told.
    fn start(&mut self, id: String, asked: Asked) -> Result<(), End> {
        let id: Arc<str> = id.into();
        if self.running.contains_key(&id) {
            return Err(close(4409, &format!("Subscriber for {id} already exists")));
        }
        let answers = match self.admit(asked) {
            Ok(answers) => answers,
            Err(refused) => stream::iter([Answer::from(refused)]).boxed(),
        };
        let named = id.clone();
        let last = stream::iter([(id.clone(), None)]);
        let said = answers
            .map(move |answer| (named.clone(), Some(answer)))
            .chain(last);
        let (said, abort) = stream::abortable(said);
        self.running.insert(id, abort);
        self.operations.push(said.boxed());
        Ok(())
    }

    fn admit(&self, asked: Asked) -> Result<BoxStream<'static, Answer>, Refused> {
        let most = self.door.limits.operations;
        if self.running.len() >= most {
            let remedy = format!("{most} operations run on this socket: complete one first");
            return Err(Refused::request("TOO_MANY_OPERATIONS", remedy));
        }
        match self.door.admit(asked, &self.caller)? {
            Admission::Run(admitted) => Ok(self.door.answers(*admitted)),
            Admission::Quote(cost) => Ok(stream::iter([Answer::quote(cost)]).boxed()),
        }
    }

    /// Tells what an operation said.
    async fn tell(&mut self, id: Arc<str>, answer: Option<Answer>) -> Result<(), End> {
        let Some(answer) = answer else {
            self.running.remove(&id);
            return self.write(message::complete(&id)).await;
        };
        self.door.metrics.answered(Way::Socket, answer.code());
        let name = RequestId::of_client(&format!("{}.{id}", self.caller.id.as_str()));
        let name = name.unwrap_or_else(|| self.caller.id.clone());
        let answer = answer.named(&name, self.door.limits.errors);
        if !answer.is_refusal() {
            return self.write(message::next(&id, &answer)).await;
        }
        // An error ends the operation, so `complete` must not follow.
        if let Some(operation) = self.running.remove(&id) {
            operation.abort();
        }
        self.write(message::error(&id, &answer)).await
    }

    async fn beat(&mut self) -> Result<(), End> {
        let patience = self.door.limits.write;
        written(patience, self.session.ping(b"")).await
    }

    async fn write(&mut self, text: String) -> Result<(), End> {
        let patience = self.door.limits.write;
        written(patience, self.session.text(text)).await
    }
}

/// Whether a message, in one frame or in several, is larger than it may be. The stream has no kind of its own for the second.
fn is_too_large(error: &ProtocolError) -> bool {
    match error {
        ProtocolError::Overflow => true,
        ProtocolError::Io(cause) => cause.to_string().contains("maximum continuation size"),
        _ => false,
    }
}

/// Waits until a message is on its way; a client that takes nothing for so long is let go.
async fn written<E>(patience: Duration, sending: impl Future<Output = Result<(), E>>) -> Result<(), End> {
    match tokio::time::timeout(patience, sending).await {
        Ok(Ok(())) => Ok(()),
        _ => Err(End::Gone),
    }
}

/// The end with a code; a reason has room for 123 bytes.
fn close(code: u16, reason: &str) -> End {
    let mut reason = reason.to_owned();
    reason.truncate(reason.floor_char_boundary(123));
    End::Close(code, reason)
}
