//! Hears by an event stream that the feed of a hub moved, so that nobody has to look for it all the time.
//!
//! What is heard is only a reason to look: a stream that breaks, is silent or was never there costs time and no change.

use std::time::Duration;

use serde::Deserialize;
use serde_json::json;
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio::time::{Instant, sleep, timeout_at};

use crate::retry::Retry;
use crate::wire::{Told, Wire};
use crate::{Error, Result};

/// The subscription to the position of the feed, after GraphQL over SSE (distinct connections).
const HEAD: &str = "subscription Head { head { epoch position } }";
/// What errors are about.
const WHAT: &str = "the event stream";
/// Between two looks at the feed, whatever is heard: many changes in a row are asked for together.
const LEAST: Duration = Duration::from_millis(200);
/// Between two looks while the stream stands and says nothing.
const QUIET: Duration = Duration::from_secs(60);
/// A stream that stood so long was a good one: the next attempt comes soon.
const STEADY: Duration = Duration::from_secs(30);

/// What was heard so far.
#[derive(Debug, Clone, Copy, Default)]
struct Heard {
    /// How often a position was told.
    moves: u64,
    /// Whether there is a stream that told one.
    stands: bool,
}

/// Listens beside everything else until it is dropped.
#[derive(Debug)]
pub(crate) struct Ear {
    heard: watch::Receiver<Heard>,
    known: u64,
    task: JoinHandle<()>,
}

impl Drop for Ear {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// An event: an answer of GraphQL.
#[derive(Deserialize)]
struct Event {
    data: Option<Data>,
    #[serde(default)]
    errors: Vec<Told>,
}

/// The position is nobody's but the hub's: that it moved is all there is to know.
#[derive(Deserialize)]
struct Data {
    #[serde(rename = "head")]
    _head: serde_json::Map<String, serde_json::Value>,
}

impl Ear {
    /// Begins to listen.
    pub(crate) fn new(wire: Wire, retry: Retry) -> Self {
        let (told, heard) = watch::channel(Heard::default());
        Self {
            heard,
            known: 0,
            task: tokio::spawn(listen(wire, retry, told)),
        }
    }

    /// Waits for the next news, or for the time after which one looks without: `every`, and no less than a minute while the stream
    /// stands.
    pub(crate) async fn wait(&mut self, every: Duration) {
        let began = Instant::now();
        sleep(LEAST.min(every)).await;
        loop {
            let heard = *self.heard.borrow_and_update();
            if heard.moves != self.known {
                self.known = heard.moves;
                return;
            }
            let most = if heard.stands { every.max(QUIET) } else { every };
            let changed = async {
                if self.heard.changed().await.is_err() {
                    std::future::pending::<()>().await;
                }
            };
            if timeout_at(began + most, changed).await.is_err() {
                return;
            }
        }
    }
}

/// Opens one stream after the other, the later the more often they broke.
async fn listen(wire: Wire, mut retry: Retry, told: watch::Sender<Heard>) {
    let mut failed = 0_u32;
    loop {
        let began = Instant::now();
        let Err(error) = hear(&wire, &told).await;
        told.send_modify(|heard| heard.stands = false);
        if matches!(error, Error::Stopped) {
            return;
        }
        failed = if began.elapsed() >= STEADY {
            1
        } else {
            failed.saturating_add(1)
        };
        let pause = retry.pause(failed, error.wait());
        let pause_ms = pause.as_millis();
        if failed == 2 {
            tracing::warn!(%error, "the hub does not tell of its changes; looking for them from time to time");
        } else {
            tracing::debug!(%error, failed, pause_ms, "listening again");
        }
        if wire.stop.or(sleep(pause)).await.is_err() {
            return;
        }
    }
}

/// Hears one stream to its end, which is always an error.
async fn hear(wire: &Wire, told: &watch::Sender<Heard>) -> Result<std::convert::Infallible> {
    let body = json!({ "query": HEAD }).to_string().into_bytes();
    let mut lines = wire.events(WHAT, "/graphql", body).await?;
    while let Some(line) = lines.next().await? {
        // Names of events, their ids and heartbeats tell nothing that the data do not.
        let Some(data) = line
            .strip_prefix(b"data:")
            .filter(|data| !data.trim_ascii().is_empty())
        else {
            continue;
        };
        let event = serde_json::from_slice::<Event>(data);
        let event = event.map_err(|error| lines.unreadable(error.to_string()))?;
        if let Some(error) = event.errors.into_iter().next() {
            return Err(wire.told(WHAT, error));
        }
        if event.data.is_none() {
            return Err(lines.unreadable("an event without a position".to_owned()));
        }
        told.send_modify(|heard| {
            heard.moves += 1;
            heard.stands = true;
        });
    }
    Err(lines.cut("it ended".to_owned()))
}
