//! Tokens that are refused although they are good otherwise: a copy of the list of the database, read anew every few seconds.

use std::collections::HashSet;
use std::time::Duration;

use chrono::{DateTime, Utc};
use entity::access::revoked_tokens;
use entity::{Clock, Database};
use tokio::sync::watch;
use tokio::time::MissedTickBehavior;
use tracing::error;

use super::{LEEWAY, TOKEN_LIFE, token};

/// How often the list is read. With the time of one reading, a token that was revoked is refused by every process after 10
/// seconds at most. Where the list cannot be read, neither can anything else that a token is for: both lie in one database.
const READING: Duration = Duration::from_secs(5);

/// The names (`jti`) of tokens that were revoked.
#[derive(Debug, Default)]
pub struct RevokedTokens(watch::Sender<HashSet<String>>);

impl RevokedTokens {
    /// Until when a token that is revoked now has to stand on the list: its issuer's clock may run ahead, and it is believed
    /// for a moment after its end.
    pub fn of_use_until(now: DateTime<Utc>) -> DateTime<Utc> {
        now + LEEWAY + TOKEN_LIFE + LEEWAY
    }

    /// Whether a text can be the name of a token that is believed.
    pub fn is_name(text: &str) -> bool {
        token::is_text(text)
    }

    /// Puts other names in the place of those that stood on the list.
    pub fn replace(&self, names: impl IntoIterator<Item = String>) {
        let names = names.into_iter().collect();
        self.0.send_if_modified(|list| {
            let changes = *list != names;
            *list = names;
            changes
        });
    }

    /// Whether a token is on the list.
    pub fn holds(&self, token_id: &str) -> bool {
        self.0.borrow().contains(token_id)
    }

    /// Waits until a token is on the list.
    pub async fn told(&self, token_id: &str) {
        let mut list = self.0.subscribe();
        // The sender lives as long as `self`.
        let _ = list.wait_for(|list| list.contains(token_id)).await;
    }

    /// Reads the list.
    pub async fn read(&self, db: &Database, now: DateTime<Utc>) -> Result<(), String> {
        let names = revoked_tokens(db, now).await;
        self.replace(names.map_err(|cause| format!("the list of revoked tokens cannot be read: {cause}"))?);
        Ok(())
    }

    /// Reads the list again and again until it is aborted.
    pub(crate) async fn follow(&self, db: &Database, clock: Clock) {
        let mut rounds = tokio::time::interval(READING);
        rounds.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            rounds.tick().await;
            let reading = tokio::time::timeout(READING, self.read(db, clock.now())).await;
            let read = reading
                .unwrap_or_else(|_| Err("reading the list of revoked tokens takes too long".to_owned()));
            if let Err(cause) = read {
                error!(%cause, "tokens are held against an older list");
            }
        }
    }
}
