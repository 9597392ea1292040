//! The talk over one socket: one task hears and tells, and each operation runs in its own. What is told waits for the client, one
//! answer for each operation, so nothing piles up; a subscription that waits tells only the newest head afterwards.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use actix_ws::{AggregatedMessage, AggregatedMessageStream, CloseCode, CloseReason, ProtocolError, Session};
use futures_util::stream::{BoxStream, SelectAll};
use futures_util::{StreamExt, stream};
use tokio::sync::mpsc;
use tokio::task::JoinHandle;

use super::message::{self, Heard};
use crate::http::answer::Answer;
use crate::http::door::Door;
use crate::http::load::Place;
use crate::http::metrics::{Open, Way};
use crate::http::refused::Refused;
use crate::http::request::{Asked, Caller, RequestId, bearer};
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

/// What an operation says: an answer, or that there is none any more. The number tells it from a former one of its id.
type Said = (u64, Arc<str>, Option<Answer>);

/// An operation that runs in a task of its own, so that it goes on, or ends, while its client takes nothing.
struct Running {
    number: u64,
    task: JoinHandle<()>,
}

impl Drop for Running {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// One open socket.
pub(super) struct Talk {
    door: Arc<Door>,
    session: Session,
    caller: Caller,
    greeted: bool,
    running: HashMap<Arc<str>, Running>,
    started: u64,
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
            started: 0,
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
            let farewell = self.door.farewell(&self.caller.identity);
            let done = tokio::select! {
                message = messages.recv() => {
                    silence = 0;
                    self.hear(message).await
                }
                Some(said) = self.operations.next(), if !self.operations.is_empty() => self.tell(said).await,
                why = farewell => Err(close(4403, &format!("Forbidden: {why}; connect with a new one"))),
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
            Heard::Init { .. } if self.greeted => Err(close(4429, "Too many initialisation requests")),
            Heard::Init { authorization } => {
                if let Some(text) = authorization {
                    self.identify(&text).await?;
                }
                self.greeted = true;
                self.write(message::ack()).await
            }
            Heard::Ping(payload) => self.write(message::pong(payload.as_ref())).await,
            Heard::Pong => Ok(()),
            Heard::Subscribe { .. } if !self.greeted => Err(close(4401, "Unauthorized")),
            Heard::Subscribe { id, asked } => self.start(id, *asked),
            Heard::Complete { id } => {
                self.running.remove(id.as_str());
                Ok(())
            }
        }
    }

    /// Believes the token of the greeting, or ends the talk.
    async fn identify(&mut self, authorization: &str) -> Result<(), End> {
        let known = match bearer::of_text(authorization) {
            Ok(token) => self.door.identify(Some(token)).await,
            Err(refused) => Err(refused),
        };
        self.caller.identity = known.map_err(|refused| {
            let why = refused.errors.first().map_or("", |error| error.message.as_str());
            close(4403, &format!("Forbidden: {why}"))
        })?;
        Ok(())
    }

    /// Starts an operation. What it says, a refusal too, comes through the same queue as all that is told.
    fn start(&mut self, id: String, asked: Asked) -> Result<(), End> {
        let id: Arc<str> = id.into();
        if self.running.contains_key(&id) {
            return Err(close(4409, &format!("Subscriber for {id} already exists")));
        }
        let answers = match self.admit(&id, asked) {
            Ok(answers) => answers,
            Err(refused) => stream::iter([Answer::from(refused)]).boxed(),
        };
        self.started += 1;
        let number = self.started;
        let (tell, told) = mpsc::channel(1);
        let task = actix_web::rt::spawn(say(number, id.clone(), answers, tell));
        self.running.insert(id, Running { number, task });
        let told = stream::unfold(told, |mut told| async move { Some((told.recv().await?, told)) });
        self.operations.push(told.boxed());
        Ok(())
    }

    fn admit(&self, id: &str, asked: Asked) -> Result<BoxStream<'static, Answer>, Refused> {
        let most = self.door.limits.operations;
        if self.running.len() >= most {
            let remedy = format!("{most} operations run on this socket: complete one first");
            return Err(Refused::request("TOO_MANY_OPERATIONS", remedy));
        }
        let caller = Caller {
            id: self.name(id),
            ..self.caller.clone()
        };
        match self.door.admit(asked, &caller)? {
            Admission::Run(admitted) => Ok(self.door.answers(*admitted)),
            Admission::Quote(cost) => Ok(stream::iter([Answer::quote(cost)]).boxed()),
        }
    }

    /// How an operation is called in logs, errors and the audit trail.
    fn name(&self, id: &str) -> RequestId {
        let name = RequestId::of_client(&format!("{}.{id}", self.caller.id.as_str()));
        name.unwrap_or_else(|| self.caller.id.clone())
    }

    /// Tells what an operation said.
    async fn tell(&mut self, (number, id, answer): Said) -> Result<(), End> {
        if self
            .running
            .get(&id)
            .is_none_or(|running| running.number != number)
        {
            // Its client wanted no more of it.
            return Ok(());
        }
        let Some(answer) = answer else {
            self.running.remove(&id);
            return self.write(message::complete(&id)).await;
        };
        self.door.metrics.answered(Way::Socket, answer.code());
        let answer = answer.named(&self.name(&id), self.door.limits.errors);
        if !answer.is_refusal() {
            return self.write(message::next(&id, &answer)).await;
        }
        // An error ends the operation, so `complete` must not follow.
        self.running.remove(&id);
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

/// Lets an operation speak. It takes the place in the queue first and asks for the answer then, so that what waits for a slow
/// client is one answer, and a subscription goes on with the newest head.
async fn say(number: u64, id: Arc<str>, mut answers: BoxStream<'static, Answer>, tell: mpsc::Sender<Said>) {
    while let Ok(place) = tell.reserve().await {
        let answer = answers.next().await;
        let ended = answer.is_none();
        place.send((number, id.clone(), answer));
        if ended {
            return;
        }
    }
}

/// Whether a message, in one frame or in several, is larger than it may be. The stream has no kind of its own for the second.
fn is_too_large(error: &ProtocolError) -> bool {
    match error {
        ProtocolError::Overflow => true,
        ProtocolError::Io(cause) => {
            let text = cause.to_string();
            text.contains("maximum continuation size") || text.contains("reached size limit")
        }
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
