//! Looks for what is to be delivered, and delivers it: for each webhook one batch at a time, by one process at a time.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use chrono::TimeDelta;
use entity::Error;
use entity::change::{Head, tip};
use entity::ingestion::owner::own_name;
use entity::webhook::{self, Attempt, Turn, Webhook};
use tokio::sync::Semaphore;
use tokio::task::{Id, JoinSet};
use tokio::time::{Instant, sleep};
use tracing::{error, warn};

use super::batch::{self, Batch, Unread};
use super::post::{Message, Outcome, Post, pause};
use super::settings::{Pace, Webhooks};
use super::setup::reader;
use super::signature::sign;
use crate::http::door::Door;

/// Webhooks that are delivered for at one time; the others wait for their turn.
const AT_ONCE: usize = 8;
/// How long another process that delivers, or a database that does not answer, is left alone.
const ELSEWHERE: Duration = Duration::from_secs(5);
/// How long deliveries may take to give their leases back when the process is told to stop.
const PARTING: Duration = Duration::from_secs(3);

/// Delivers for all webhooks of a database.
pub(in crate::http) struct Sender {
    door: Arc<Door>,
    post: Post,
    pace: Pace,
    at_once: Semaphore,
    /// How often the feed could not be read for a webhook, one after another.
    unread: Mutex<HashMap<String, u32>>,
}

/// What is known of a webhook between two looks.
struct Known {
    /// Where webhook and feed stood when there was nothing more to deliver.
    idle_at: Option<(i64, Head)>,
    not_before: Instant,
}

/// How a row of deliveries ended.
enum Ended {
    /// There is nothing more, as far as the feed went when it began.
    Idle,
    /// The next attempt is later.
    Later,
    /// Somebody else is at it, or the database does not answer.
    Elsewhere,
}

/// What one step did.
enum Step {
    Went,
    Ended(Ended),
}

impl Sender {
    /// A sender over the database of a door; the error is about the settings.
    pub(in crate::http) fn new(door: Arc<Door>, settings: &Webhooks) -> Result<Self, String> {
        Ok(Self {
            door,
            post: Post::new(settings)?,
            pace: settings.pace.clone(),
            at_once: Semaphore::new(AT_ONCE),
            unread: Mutex::default(),
        })
    }

    /// Delivers until the process is told to stop.
    pub(in crate::http) async fn run(self) {
        let sender = Arc::new(self);
        let mut stopping = sender.door.stopping.clone();
        let mut known: HashMap<String, Known> = HashMap::new();
        let mut running: HashMap<Id, String> = HashMap::new();
        let mut rows = JoinSet::new();
        loop {
            while let Some(ended) = rows.try_join_next_with_id() {
                let (id, (idle_at, pause)) =
                    ended.unwrap_or_else(|panicked| (panicked.id(), (None, ELSEWHERE)));
                if let Some(name) = running.remove(&id) {
                    let not_before = Instant::now() + pause;
                    known.insert(name, Known { idle_at, not_before });
                }
            }
            let mut pause = sender.pace.look;
            match sender.due(&mut known, &running).await {
                Ok(due) => {
                    for (webhook, head) in due {
                        let name = webhook.name.clone();
                        let row = rows.spawn(sender.clone().row(webhook, head));
                        running.insert(row.id(), name);
                    }
                }
                Err(cause) => {
                    error!(%cause, "webhooks cannot be looked after");
                    pause = ELSEWHERE;
                }
            }
            tokio::select! {
                () = sleep(pause) => {}
                _ = stopping.wait_for(|stopping| *stopping) => break,
            }
        }
        // Whoever waits for a turn gets none any more.
        sender.at_once.close();
        let parting = async { while rows.join_next().await.is_some() {} };
        let _ = tokio::time::timeout(PARTING, parting).await;
    }

    /// The webhooks that may have something to deliver, each with the end of the feed.
    async fn due(
        &self,
        known: &mut HashMap<String, Known>,
        running: &HashMap<Id, String>,
    ) -> entity::Result<Vec<(Webhook, Head)>> {
        let webhooks = webhook::list(&self.door.db).await?;
        known.retain(|name, _| webhooks.iter().any(|webhook| webhook.name == *name));
        if webhooks.is_empty() {
            return Ok(Vec::new());
        }
        let head = tip(&self.door.db).await?;
        let now = self.door.clock.now();
        let due = |webhook: &Webhook| {
            let may = |known: &Known| {
                let has_news = known.idle_at.as_ref() != Some(&(webhook.turn, head.clone()));
                has_news && known.not_before <= Instant::now()
            };
            let is_running = running.values().any(|name| *name == webhook.name);
            webhook.is_due(now) && !is_running && known.get(&webhook.name).is_none_or(may)
        };
        let due: Vec<Webhook> = webhooks.into_iter().filter(due).collect();
        Ok(due.into_iter().map(|webhook| (webhook, head.clone())).collect())
    }

    /// Delivers for one webhook until there is nothing more; gives where it stood then, and how long it is left alone.
    async fn row(self: Arc<Self>, webhook: Webhook, head: Head) -> (Option<(i64, Head)>, Duration) {
        let Ok(_permit) = self.at_once.acquire().await else {
            return (None, ELSEWHERE);
        };
        let (name, turn) = (webhook.name, webhook.turn);
        match self.deliver(&name).await {
            Ok(Ended::Idle) => (Some((turn, head)), self.pace.look),
            Ok(Ended::Later) => (None, self.pace.look),
            Ok(Ended::Elsewhere) => (None, ELSEWHERE),
            Err(cause) => {
                warn!(webhook = name, %cause, "a delivery was given up; it begins again");
                (None, ELSEWHERE)
            }
        }
    }

    async fn deliver(&self, name: &str) -> entity::Result<Ended> {
        let db = &self.door.db;
        let turn = match Turn::take(db, name, &own_name(), self.door.clock.now()).await {
            Ok(turn) => turn,
            Err(Error::LeaseHeld { .. }) => return Ok(Ended::Elsewhere),
            Err(cause) => return Err(cause),
        };
        let mut stopping = self.door.stopping.clone();
        let ended = tokio::select! {
            biased;
            _ = stopping.wait_for(|stopping| *stopping) => Ok(Ended::Later),
            ended = self.steps(&turn, name) => ended,
        };
        turn.release(db).await?;
        ended
    }

    async fn steps(&self, turn: &Turn, name: &str) -> entity::Result<Ended> {
        loop {
            let Some(webhook) = webhook::find(&self.door.db, name).await? else {
                self.readable(name);
                return Ok(Ended::Idle);
            };
            if !webhook.is_due(self.door.clock.now()) {
                return Ok(Ended::Later);
            }
            if let Step::Ended(ended) = self.step(turn, &webhook).await? {
                return Ok(ended);
            }
        }
    }

    /// One batch: read, sent, and what became of it.
    async fn step(&self, turn: &Turn, webhook: &Webhook) -> entity::Result<Step> {
        let (door, name) = (&self.door, webhook.name.as_str());
        let reader = match reader(&webhook.rights, &webhook.issuer, &webhook.subject) {
            Ok(reader) => reader,
            Err(why) => return self.stop(turn, webhook, &why).await,
        };
        let batch = match batch::read(door, &reader, webhook, &self.pace).await {
            Ok(batch) => batch,
            Err(Unread::Lost(code)) => {
                let why = format!(
                    "{code}: its receiver takes a new snapshot, and webhook replay --from its cursor goes on"
                );
                return self.stop(turn, webhook, &why).await;
            }
            Err(Unread::Later(code)) => return self.unread(turn, webhook, &code).await,
        };
        self.readable(name);
        let Some(body) = batch.body.clone() else {
            // What was said of the feed, or of a batch that is no more, is over, too.
            if webhook.place.as_deref() != Some(&batch.end) || webhook.next_at > 0 {
                webhook::moved(&door.db, turn, webhook, &batch.end, door.clock.now()).await?;
            }
            return Ok(if batch.has_more {
                Step::Went
            } else {
                Step::Ended(Ended::Idle)
            });
        };
        // The lease is renewed behind what the batch took to read; it lasts for longer than an attempt.
        turn.renew(&door.db, door.clock.now()).await?;
        self.send(turn, webhook, &batch, body).await
    }

    async fn send(
        &self,
        turn: &Turn,
        webhook: &Webhook,
        batch: &Batch,
        body: Vec<u8>,
    ) -> entity::Result<Step> {
        let (door, name) = (&self.door, webhook.name.as_str());
        let message = batch::message(webhook, &body);
        let seconds = door.clock.now().timestamp();
        let keys = [Some(webhook.signing_key.as_str()), webhook.former_key.as_deref()];
        let signature = match sign(keys.into_iter().flatten(), &message, seconds, &body) {
            Ok(signature) => signature,
            Err(why) => return self.stop(turn, webhook, &why).await,
        };
        let sent = Message {
            url: &webhook.url,
            name: &message,
            seconds,
            signature: &signature,
            cursor: &batch.end,
            body,
        };
        let outcome = self.post.send(sent, &self.pace).await;
        let attempt = Attempt {
            webhook,
            message: &message,
            end: &batch.end,
            changes: batch.changes,
        };
        let now = door.clock.now();
        match outcome {
            Outcome::Taken => {
                door.metrics.delivered(name, batch.changes);
                webhook::delivered(&door.db, turn, &attempt, now).await?;
                Ok(Step::Went)
            }
            Outcome::Gone => self.stop(turn, webhook, "the receiver answered 410 Gone").await,
            Outcome::Failed { why, wait } => {
                let failed = u32::try_from(webhook.attempts).unwrap_or(0).saturating_add(1);
                let since = webhook.tried_at.unwrap_or(now.timestamp_micros());
                let age = TimeDelta::microseconds(now.timestamp_micros() - since);
                if failed >= self.pace.attempts || age.to_std().is_ok_and(|age| age >= self.pace.age) {
                    door.metrics.undelivered(name, "dead");
                    error!(
                        webhook = name,
                        message, failed, why, "a batch became a dead letter"
                    );
                    webhook::given_up(&door.db, turn, &attempt, &why, now).await?;
                    return Ok(Step::Went);
                }
                let pause = pause(&self.pace, failed, wait);
                door.metrics.undelivered(name, "failed");
                warn!(
                    webhook = name,
                    message,
                    failed,
                    why,
                    pause_ms = pause.as_millis(),
                    "a batch was not taken"
                );
                let next = now + TimeDelta::from_std(pause).unwrap_or(TimeDelta::hours(1));
                webhook::failed(&door.db, turn, webhook, &why, next, now).await?;
                Ok(Step::Ended(Ended::Later))
            }
        }
    }

    /// The feed cannot be read. The webhook shows that, and waits for longer each time.
    async fn unread(&self, turn: &Turn, webhook: &Webhook, code: &str) -> entity::Result<Step> {
        let (door, name) = (&self.door, webhook.name.as_str());
        let failed = {
            let mut unread = self.unread.lock().unwrap_or_else(PoisonError::into_inner);
            let failed = unread.entry(name.to_owned()).or_default();
            *failed = failed.saturating_add(1);
            *failed
        };
        let pause = pause(&self.pace, failed, None);
        door.metrics.undelivered(name, "unread");
        warn!(
            webhook = name,
            code,
            failed,
            pause_ms = pause.as_millis(),
            "changes cannot be read"
        );
        let why = format!("changes cannot be read: {code}");
        let now = door.clock.now();
        let next = now + TimeDelta::from_std(pause).unwrap_or(TimeDelta::hours(1));
        webhook::unread(&door.db, turn, webhook, &why, next, now).await?;
        Ok(Step::Ended(Ended::Later))
    }

    fn readable(&self, name: &str) {
        let mut unread = self.unread.lock().unwrap_or_else(PoisonError::into_inner);
        unread.remove(name);
    }

    async fn stop(&self, turn: &Turn, webhook: &Webhook, why: &str) -> entity::Result<Step> {
        error!(
            webhook = webhook.name,
            why, "a webhook stops until somebody lets it go on"
        );
        self.door.metrics.undelivered(&webhook.name, "stopped");
        webhook::stop(&self.door.db, turn, webhook, why, self.door.clock.now()).await?;
        Ok(Step::Ended(Ended::Later))
    }
}
