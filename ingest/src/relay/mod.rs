//! Adapter `hub`: a hub below is followed as any client follows it, and what its sources said is taken in as it comes (R68).

mod words;

use std::collections::BTreeMap;
use std::time::Duration;

use client::store::State;
use client::{Filter, Follower, Hub, Settings, Summary};
use entity::ingestion::Lease;
use entity::relay::{self, Compared, Peer};
use entity::{Clock, Database};

use crate::{IngestError, Ingester};
use words::Words;

/// Between two comparisons of what is here with what is there.
const COMPARE_EVERY: chrono::TimeDelta = chrono::TimeDelta::hours(1);

/// A hub below that is followed, under the lease of its name.
pub struct Relay {
    db: Database,
    clock: Clock,
    lease: Lease,
    peer: Peer,
    filter: Filter,
    follower: Follower,
    /// Asks for the sums.
    counter: Hub,
}

impl Ingester {
    /// Follows a hub below from where it stood last; `anew`, from a new snapshot. Of what its token shows it takes what the filter lets
    /// through.
    pub async fn relay(
        &self,
        settings: &Settings,
        peer: Peer,
        filter: Filter,
        anew: bool,
    ) -> Result<Relay, IngestError> {
        let wrong = |why: String| IngestError::Relay {
            peer: peer.name.clone(),
            why,
        };
        let hub = || Hub::new(settings).map_err(wrong);
        let (followed, counter) = (hub()?.with_claims(), hub()?);
        let lease = self.lease(&peer.name).await?;
        let known = relay::begin(&self.db, &self.clock, &lease, &peer).await?;
        let mut state: State = match known.state.as_str() {
            "" => State::default(),
            text => serde_json::from_str(text)
                .map_err(|error| wrong(format!("its place cannot be read: {error}")))?,
        };
        if known.was_ranked_otherwise {
            // All that it said has to be weighed again.
            (state.cursor, state.begun) = (None, None);
        }
        let words = Words::new(self.db.clone(), self.clock, lease.clone(), peer.clone(), state);
        let mut follower = Follower::new(followed, Box::new(words), filter.clone());
        if anew {
            follower.begin_anew().await?;
        }
        Ok(Relay {
            db: self.db.clone(),
            clock: self.clock,
            lease,
            peer,
            filter,
            follower,
            counter,
        })
    }
}

impl Relay {
    /// Tells somebody how far it is.
    #[must_use]
    pub fn watched(self, watch: impl FnMut(&Summary) + Send + 'static) -> Self {
        Self {
            follower: self.follower.watched(watch),
            ..self
        }
    }

    /// Takes in all that the hub below has to tell by now, and counts on both sides once an hour.
    pub async fn catch_up(&mut self) -> Result<(), IngestError> {
        let began = self.clock.now();
        self.follower.catch_up().await?;
        relay::caught_up(&self.db, &self.clock, &self.lease, began).await?;
        let known = relay::states(&self.db).await?.remove(&self.peer.name);
        let compared = known.and_then(|known| known.compared);
        if compared.is_none_or(|compared| began - compared.at >= COMPARE_EVERY) {
            self.compare().await?;
        }
        Ok(())
    }

    /// Compares counts and checksums by day, kind and region (对账).
    async fn compare(&mut self) -> Result<(), IngestError> {
        let cursor = self.follower.state().cursor.clone().unwrap_or_default();
        let there: BTreeMap<_, _> = self
            .counter
            .sums(&self.filter, &cursor)
            .await?
            .into_iter()
            .map(|(bucket, sum)| {
                (
                    (bucket.day, bucket.kind, bucket.region),
                    (sum.count, u128::from(sum.checksum)),
                )
            })
            .collect();
        let here: BTreeMap<_, _> = relay::sums(&self.db, &self.peer)
            .await?
            .into_iter()
            .map(|(bucket, sum)| {
                (
                    (bucket.day.to_string(), bucket.kind, bucket.region),
                    (sum.count, sum.checksum),
                )
            })
            .collect();
        let differ = |bucket: &&(String, String, String)| here.get(*bucket) != there.get(*bucket);
        let mut differing: Vec<_> = here.keys().chain(there.keys()).filter(differ).collect();
        differing.sort();
        differing.dedup();
        for (day, kind, region) in differing.iter().take(5) {
            tracing::warn!(peer = %self.peer.name, day, kind, region, "differs from the hub below; take it in anew (--anew)");
        }
        let count = |sums: &BTreeMap<_, (u64, u128)>| -> i64 {
            let count: u64 = sums.values().map(|(count, _)| count).sum();
            i64::try_from(count).unwrap_or(i64::MAX)
        };
        let found = Compared {
            at: self.clock.now(),
            records_here: count(&here),
            records_there: count(&there),
            buckets_differing: i64::try_from(differing.len()).unwrap_or(i64::MAX),
        };
        Ok(relay::compared(&self.db, &self.clock, &self.lease, found).await?)
    }

    /// What was done since it was opened.
    pub fn summary(&self) -> Summary {
        self.follower.summary()
    }

    /// Waits until the hub below says that something is new, or for that time where it does not say so; fails when somebody wants to end.
    pub async fn wait(&mut self, every: Duration) -> client::Result<()> {
        self.follower.wait(every).await
    }

    /// Lets others follow the hub.
    pub async fn close(self) -> Result<(), IngestError> {
        Ok(self.lease.release(&self.db).await?)
    }
}
