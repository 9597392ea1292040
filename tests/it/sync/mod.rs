//! Copies of what a hub shows: that they come to be and stay right, whatever happens on the way.

mod damaged;
mod follow;
mod killed;
mod listen;
mod mirror;
mod rate;
pub(crate) mod source;
mod store;
mod trouble;

use std::path::{Path, PathBuf};
use std::time::Duration;

use client::{Address, Filter, Follower, Hub, Patience, Record, Settings, store::read};
use support::stand_in_hub::Rows;
use tempfile::TempDir;

/// The names of copies of either form.
const FORMS: [&str; 2] = ["copy.sqlite", "copy"];

/// A place for a copy.
pub(crate) struct Place {
    folder: TempDir,
    name: &'static str,
}

impl Place {
    pub(crate) fn new(name: &'static str) -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
            name,
        }
    }

    pub(crate) fn path(&self) -> PathBuf {
        self.folder.path().join(self.name)
    }
}

/// Settings with which a test does not wait for long.
pub(crate) fn impatient(url: &str) -> Settings {
    Settings {
        patience: Patience {
            connect: Duration::from_secs(5),
            answer: Duration::from_secs(5),
            silence: Duration::from_secs(5),
            attempts: 5,
            least: Duration::from_millis(2),
            most: Duration::from_secs(3),
        },
        ..Settings::new(Address::parse(url).unwrap())
    }
}

pub(crate) async fn follower(settings: &Settings, path: &Path, filter: &Filter) -> Follower {
    let store = client::open(path).await.unwrap();
    Follower::new(Hub::new(settings).unwrap(), store, filter.clone())
}

/// One round of a follower that is opened for it.
async fn round(settings: &Settings, path: &Path) -> client::Result<client::Summary> {
    let mut follower = follower(settings, path, &Filter::default()).await;
    follower.catch_up().await?;
    Ok(follower.summary())
}

/// All records of a copy, each once.
pub(crate) async fn copied(path: &Path) -> Rows {
    let mut rows = Rows::new();
    let take = &mut |record: Record| {
        let name = (record.kind.clone(), record.key.clone());
        assert_eq!(rows.insert(name, record), None, "told twice");
    };
    read(path, take).await.unwrap();
    rows
}
