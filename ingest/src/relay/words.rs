//! A copy of a hub below that is no file: what it says is written into the database as it comes, as claims of its sources.

use std::collections::HashMap;

use async_trait::async_trait;
use chrono::NaiveDate;
use client::store::{State, Tombstone};
use client::{Error, Record, Result, Store};
use entity::ingestion::Lease;
use entity::relay::{self, Batch, Peer, Word, WordContent};
use entity::{Clock, Database};

/// Words of one transaction, and their bytes.
const MOST: usize = 500;
const MOST_BYTES: usize = 8 * 1024 * 1024;

/// The words that are not written yet, and where the copy stands. A page of the feed may take several transactions: a word replaces the
/// one before, so whatever is told twice after a crash ends the same.
pub(super) struct Words {
    db: Database,
    clock: Clock,
    lease: Lease,
    peer: Peer,
    state: State,
    words: Vec<Word>,
    /// Where in the list the word about a record is.
    places: HashMap<(String, String), usize>,
    bytes: usize,
    generation: i64,
}

impl Words {
    /// From where its follower stood.
    pub(super) fn new(db: Database, clock: Clock, lease: Lease, peer: Peer, state: State) -> Self {
        Self {
            db,
            clock,
            lease,
            peer,
            generation: state.generation,
            state,
            words: Vec::new(),
            places: HashMap::new(),
            bytes: 0,
        }
    }

    fn failed(&self, error: entity::Error) -> Error {
        Error::Copy {
            place: format!("what {} says", self.peer.name),
            why: error.to_string(),
        }
    }

    /// Takes a word in; the last one about a record counts.
    async fn say(&mut self, word: Word, generation: i64) -> Result<()> {
        self.generation = generation;
        self.bytes += match &word.content {
            WordContent::Stands { claims, .. } => claims.len(),
            WordContent::Gone { .. } | WordContent::Left => 0,
        };
        let name = (word.kind.clone(), word.key.clone());
        let next = self.words.len();
        let place = *self.places.entry(name).or_insert(next);
        match self.words.get_mut(place) {
            Some(before) => *before = word,
            None => self.words.push(word),
        }
        if self.words.len() >= MOST || self.bytes >= MOST_BYTES {
            self.write(None).await?;
        }
        Ok(())
    }

    async fn write(&mut self, state: Option<&str>) -> Result<()> {
        let batch = Batch {
            words: &self.words,
            generation: self.generation,
            state,
        };
        let written = relay::write(&self.db, &self.clock, &self.lease, &self.peer, batch).await;
        written.map_err(|error| self.failed(error))?;
        self.clear();
        Ok(())
    }

    fn clear(&mut self) {
        self.words.clear();
        self.places.clear();
        self.bytes = 0;
    }
}

#[async_trait]
impl Store for Words {
    fn state(&self) -> &State {
        &self.state
    }

    async fn version(&mut self, kind: &str, key: &str) -> Result<Option<i64>> {
        let place = self.places.get(&(kind.to_owned(), key.to_owned()));
        match place
            .and_then(|place| self.words.get(*place))
            .map(|word| &word.content)
        {
            Some(WordContent::Stands { version, .. } | WordContent::Gone { version, .. }) => {
                Ok(Some(*version))
            }
            Some(WordContent::Left) => Ok(None),
            None => relay::version(&self.db, &self.peer, kind, key)
                .await
                .map_err(|error| self.failed(error)),
        }
    }

    async fn put(&mut self, record: &Record, generation: i64) -> Result<()> {
        let claims = record.claims.as_ref().ok_or_else(|| Error::Refused {
            what: format!("{} {}", record.kind, record.key),
            code: "FORBIDDEN".to_owned(),
            message: "the hub tells no claims: the token has to be of the role HUB".to_owned(),
            passes: false,
            wait: None,
        })?;
        let content = WordContent::Stands {
            version: record.version,
            region: record.region.clone(),
            day: day(&record.kind, &record.key, &record.day)?,
            hash: record.hash.clone(),
            claims: claims.clone(),
        };
        self.say(
            Word {
                kind: record.kind.clone(),
                key: record.key.clone(),
                content,
            },
            generation,
        )
        .await
    }

    async fn bury(&mut self, tombstone: &Tombstone, generation: i64) -> Result<()> {
        let Tombstone {
            kind,
            key,
            version,
            day: gone_on,
        } = tombstone;
        let content = WordContent::Gone {
            version: *version,
            day: day(kind, key, gone_on)?,
        };
        self.say(
            Word {
                kind: kind.clone(),
                key: key.clone(),
                content,
            },
            generation,
        )
        .await
    }

    async fn forget(&mut self, kind: &str, key: &str, generation: i64) -> Result<()> {
        let word = Word {
            kind: kind.to_owned(),
            key: key.to_owned(),
            content: WordContent::Left,
        };
        self.say(word, generation).await
    }

    async fn sweep(&mut self, generation: i64) -> Result<u64> {
        self.generation = generation;
        self.write(None).await?;
        let mut swept = 0;
        loop {
            let unsaid = relay::unsaid(&self.db, &self.peer, generation).await;
            self.words = unsaid.map_err(|error| self.failed(error))?;
            if self.words.is_empty() {
                return Ok(swept);
            }
            swept += self.words.len() as u64;
            self.write(None).await?;
        }
    }

    async fn commit(&mut self, state: State) -> Result<()> {
        let text = serde_json::to_string(&state).map_err(|error| Error::Copy {
            place: self.peer.name.clone(),
            why: error.to_string(),
        })?;
        self.write(Some(&text)).await?;
        self.state = state;
        Ok(())
    }

    async fn roll_back(&mut self) -> Result<()> {
        self.clear();
        Ok(())
    }
}

fn day(kind: &str, key: &str, text: &str) -> Result<NaiveDate> {
    text.parse().map_err(|_| Error::Unreadable {
        what: format!("{kind} {key}"),
        why: format!("{text:?} is no day"),
    })
}
