//! Snapshot, then the feed, page by page: how a copy comes to be and how it stays right.

use std::time::Duration;

use crate::hub::Hub;
use crate::listen::Ear;
use crate::record::{Change, Filter, Operation};
use crate::store::{Begun, State, Store, Tombstone};
use crate::summary::Summary;
use crate::{Error, Result};

/// New snapshots in a row that do not lead to a page of the feed.
const MOST_SNAPSHOTS: u32 = 3;

/// Brings a copy up to date with its hub, again and again.
pub struct Follower {
    hub: Hub,
    store: Box<dyn Store>,
    filter: Filter,
    summary: Summary,
    watch: Box<dyn FnMut(&Summary) + Send>,
    ear: Option<Ear>,
}

impl Follower {
    /// A follower of what the filter lets through. Without a snapshot of just that the first round takes one.
    pub fn new(hub: Hub, store: Box<dyn Store>, filter: Filter) -> Self {
        Self {
            hub,
            store,
            filter,
            summary: Summary::default(),
            watch: Box::new(|_| {}),
            ear: None,
        }
    }

    /// Tells somebody how far it is, part by part and page by page.
    #[must_use]
    pub fn watched(mut self, watch: impl FnMut(&Summary) + Send + 'static) -> Self {
        self.watch = Box::new(watch);
        self
    }

    /// What was done since the follower was made.
    pub fn summary(&self) -> Summary {
        self.summary
    }

    /// Waits for a reason for the next round: the hub tells that its feed moved, or it told nothing for the time `every`, or for a
    /// minute at least while it can be heard. It listens from the first wait on. Fails when somebody wants to end.
    pub async fn wait(&mut self, every: Duration) -> Result<()> {
        let hub = &self.hub;
        let ear = self.ear.get_or_insert_with(|| hub.listen());
        hub.unless_stopped(ear.wait(every)).await
    }

    /// Where the copy stands.
    pub fn state(&self) -> &State {
        self.store.state()
    }

    /// Forgets where the copy stands: the next round takes a new snapshot into it, also one of another hub.
    pub async fn begin_anew(&mut self) -> Result<()> {
        let state = State {
            hub: String::new(),
            cursor: None,
            begun: None,
            ..self.store.state().clone()
        };
        self.store.commit(state).await
    }

    /// One round: the snapshot, if there is none, and then the feed to its present end. What was committed stays, whatever error
    /// ends the round; the next one goes on there.
    pub async fn catch_up(&mut self) -> Result<()> {
        self.is_its_hub()?;
        let mut snapshots = 0;
        loop {
            let state = self.store.state();
            let gap = state.cursor.is_none() || state.filter != self.filter;
            let round = if state.begun.is_some() || gap {
                snapshots += 1;
                self.take_snapshot().await
            } else {
                self.follow().await
            };
            match round {
                Err(error) if error.wants_snapshot() && snapshots < MOST_SNAPSHOTS => {
                    tracing::warn!(%error, "taking a new snapshot into the same copy");
                    self.lose_place().await?;
                }
                Ok(true) => {}
                Ok(false) => return Ok(()),
                Err(error) => return Err(error),
            }
        }
    }

    /// A copy holds what one hub said.
    fn is_its_hub(&self) -> Result<()> {
        let state = self.store.state();
        if state.hub.is_empty() || state.hub == self.hub.address() {
            return Ok(());
        }
        let why = format!(
            "it follows {}; name another copy, or take this one anew (--anew)",
            state.hub
        );
        Err(Error::copy("the copy", why))
    }

    /// The hub does not know the place of the copy any more.
    async fn lose_place(&mut self) -> Result<()> {
        let state = State {
            cursor: None,
            begun: None,
            ..self.store.state().clone()
        };
        self.store.commit(state).await
    }

    /// A snapshot from where it stands to its end; true, because the feed follows.
    async fn take_snapshot(&mut self) -> Result<bool> {
        self.begin_snapshot().await?;
        while let Some(begun) = self.store.state().begun.clone() {
            self.take_part(begun).await?;
            (self.watch)(&self.summary);
        }
        self.summary.snapshots += 1;
        Ok(true)
    }

    /// A new generation, unless a snapshot of the same records is half taken.
    async fn begin_snapshot(&mut self) -> Result<()> {
        let state = self.store.state().clone();
        if state.begun.is_some() && state.filter == self.filter {
            return Ok(());
        }
        let info = self.hub.info().await?;
        let begun = State {
            hub: self.hub.address().to_owned(),
            filter: self.filter.clone(),
            epoch: info.epoch,
            generation: state.generation + 1,
            cursor: None,
            begun: Some(Begun::default()),
        };
        self.store.commit(begun).await
    }

    /// One part, as one transaction.
    async fn take_part(&mut self, begun: Begun) -> Result<()> {
        let generation = self.store.state().generation;
        let mut failed = 0;
        let part = loop {
            self.hub.check_stop()?;
            let (hub, store) = (&self.hub, &mut self.store);
            let taken = hub
                .snapshot(begun.after.as_deref(), &self.filter, async |record| {
                    store.put(&record, generation).await
                })
                .await;
            match taken {
                Ok(part) => break part,
                Err(error) => {
                    self.store.roll_back().await?;
                    self.hub.after(&mut failed, error).await?;
                }
            }
        };
        let cursor = begun.cursor.or(part.cursor).ok_or_else(|| Error::Unreadable {
            what: "the snapshot".to_owned(),
            why: "its manifest has no cursor".to_owned(),
        })?;
        let mut state = self.store.state().clone();
        if let Some(next) = part.next {
            state.begun = Some(Begun {
                cursor: Some(cursor),
                after: Some(next),
            });
        } else {
            self.summary.swept += self.store.sweep(generation).await?;
            state.cursor = Some(cursor);
            state.begun = None;
        }
        self.summary.rows += part.rows;
        self.store.commit(state).await
    }

    /// The next page of the feed, as one transaction; whether there is more.
    async fn follow(&mut self) -> Result<bool> {
        self.hub.check_stop()?;
        let state = self.store.state().clone();
        let after = state.cursor.clone().unwrap_or_default();
        let page = self.hub.changes(&after, &self.filter).await?;
        if page.nodes.is_empty() && page.end_cursor == after {
            return Ok(page.has_next_page);
        }
        let before = self.summary;
        for change in page.nodes {
            if let Err(error) = apply(self.store.as_mut(), change, &mut self.summary).await {
                self.store.roll_back().await?;
                self.summary = before;
                return Err(error);
            }
        }
        let cursor = Some(page.end_cursor);
        self.store.commit(State { cursor, ..state }).await?;
        (self.watch)(&self.summary);
        Ok(page.has_next_page)
    }
}

/// Applies a change to a copy. What brings or deletes a record counts if its version is no less than that of the copy, because the
/// feed behind a snapshot tells again what the snapshot has already. `LEAVE` always counts: a reader whose scope changed is told it
/// with the version at which it last saw the record. If the reader sees the record again, that is told behind it.
pub async fn apply(store: &mut dyn Store, change: Change, summary: &mut Summary) -> Result<()> {
    let generation = store.state().generation;
    summary.changes += 1;
    if change.operation == Operation::Leave {
        summary.left += 1;
        return store.forget(&change.kind, &change.key, generation).await;
    }
    let known = store.version(&change.kind, &change.key).await?;
    if known.is_some_and(|known| change.version < known) {
        summary.skipped += 1;
        return Ok(());
    }
    if change.operation == Operation::Delete {
        summary.deleted += 1;
        let tombstone = Tombstone {
            kind: change.kind,
            key: change.key,
            version: change.version,
            day: change.day,
        };
        return store.bury(&tombstone, generation).await;
    }
    summary.written += 1;
    store.put(&change.record()?, generation).await
}
