//! The keys of an issuer that publishes them: fetched when they are needed, shared by all who wait, and kept for a time.
//!
//! All instants are the caller's, so what happens an hour later can be seen at once.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};
use tokio::sync::watch;

use super::fetch::Fetch;
use super::key::{Key, read_set};
use super::refused::Reason;
use super::{LEEWAY, TOKEN_LIFE};

/// The issuer is not asked again before that, whatever tokens come. It is longer than a fetch can take, so two never run at
/// one time.
const PAUSE: TimeDelta = TimeDelta::seconds(60);
/// Keys older than that are used and fetched anew, so that a key that was withdrawn is noticed.
const FRESH: TimeDelta = TimeDelta::minutes(5);
/// Keys older than that are not used: the issuer has been silent for too long.
const STALE: TimeDelta = TimeDelta::hours(24);

/// The keys of one issuer.
pub(super) struct RemoteKeys {
    issuer: String,
    fetch: Fetch,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    /// Bounded by what a set may hold and by the sets that fit into the life of a token.
    keys: HashMap<String, Held>,
    /// When the issuer was last asked, and when the last answer that was good was asked for.
    asked: Option<DateTime<Utc>>,
    answered: Option<DateTime<Utc>>,
    /// Closed when the fetch has ended, in whichever way.
    fetching: Option<watch::Receiver<()>>,
}

struct Held {
    key: Arc<Key>,
    /// When the set was first seen without it.
    gone: Option<DateTime<Utc>>,
}

impl RemoteKeys {
    /// Keys that are still to be fetched.
    pub(super) fn new(issuer: &str, fetch: Fetch) -> Self {
        Self {
            issuer: issuer.to_owned(),
            fetch,
            state: Mutex::default(),
        }
    }

    /// The key of a name. A name that is unknown waits for one fetch, where one is due or under way; one that is known
    /// waits for nothing.
    pub(super) async fn find(self: &Arc<Self>, kid: &str, now: DateTime<Utc>) -> Result<Arc<Key>, Reason> {
        let fetching = {
            let mut state = self.state();
            let known = state.find(kid, now);
            if state.answered.is_none_or(|at| has_passed(FRESH, at, now)) || known.is_err() {
                self.fetch_if_due(&mut state, now);
            }
            if known.is_ok() {
                return known;
            }
            state.fetching.clone()
        };
        if let Some(mut fetching) = fetching {
            while fetching.changed().await.is_ok() {}
        }
        self.state().find(kid, now)
    }

    /// Begins a fetch unless one began a moment ago, which may still run. It belongs to nobody: a caller that goes away does
    /// not end it.
    fn fetch_if_due(self: &Arc<Self>, state: &mut State, now: DateTime<Utc>) {
        if state.asked.is_some_and(|at| !has_passed(PAUSE, at, now)) {
            return;
        }
        state.asked = Some(now);
        let (done, fetching) = watch::channel(());
        state.fetching = Some(fetching);
        let keys = Arc::clone(self);
        tokio::spawn(async move {
            keys.fetch(now).await;
            drop(done);
        });
    }

    async fn fetch(&self, now: DateTime<Utc>) {
        let answer = self.fetch.get().await;
        match answer.and_then(|text| read_set(&text)) {
            Ok(keys) => self.state().take(keys, now),
            Err(why) => tracing::warn!(issuer = self.issuer, why, "the key set cannot be had"),
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn find(&self, kid: &str, now: DateTime<Utc>) -> Result<Arc<Key>, Reason> {
        if self.answered.is_none_or(|at| has_passed(STALE, at, now)) {
            return Err(Reason::NoKeys);
        }
        let held = self.keys.get(kid).filter(|held| held.is_usable(now));
        held.map(|held| Arc::clone(&held.key)).ok_or(Reason::UnknownKey)
    }

    /// Takes over a set. Keys that are no longer in it signed tokens that may still be good, so they stay for that time.
    fn take(&mut self, set: HashMap<String, Arc<Key>>, now: DateTime<Utc>) {
        self.answered = Some(now);
        for (kid, held) in &mut self.keys {
            if !set.contains_key(kid) {
                held.gone.get_or_insert(now);
            }
        }
        self.keys.retain(|_, held| held.is_usable(now));
        let held = set.into_iter().map(|(kid, key)| (kid, Held { key, gone: None }));
        self.keys.extend(held);
    }
}

impl Held {
    fn is_usable(&self, now: DateTime<Utc>) -> bool {
        self.gone
            .is_none_or(|at| !has_passed(TOKEN_LIFE + LEEWAY, at, now))
    }
}

/// Whether a time has gone by. A clock that was set back counts as gone by, or everything would wait until it is there
/// again.
fn has_passed(span: TimeDelta, since: DateTime<Utc>, now: DateTime<Utc>) -> bool {
    (now - since).abs() >= span
}
