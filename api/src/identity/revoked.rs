//! Tokens that are refused although they are good otherwise. The owner of the hub's database keeps the list; here it is asked.

use std::collections::HashMap;
use std::sync::{PoisonError, RwLock};

use chrono::{DateTime, Utc};

use super::LEEWAY;

/// Tokens on the list at one time.
const MOST: usize = 100_000;

/// The names (`jti`) of tokens that were revoked, each until the token would have ended anyway.
#[derive(Debug, Default)]
pub struct RevokedTokens(RwLock<HashMap<String, DateTime<Utc>>>);

impl RevokedTokens {
    /// Puts tokens on the list: name and end. What has ended is taken off. When more than 100,000 would stand on it, none
    /// is added, and the error says what to do.
    pub fn revoke(
        &self,
        tokens: impl IntoIterator<Item = (String, DateTime<Utc>)>,
        now: DateTime<Utc>,
    ) -> Result<(), String> {
        let mut list = self.0.write().unwrap_or_else(PoisonError::into_inner);
        let is_of_use = |ends: DateTime<Utc>| ends > now - LEEWAY;
        list.retain(|_, ends| is_of_use(*ends));
        let mut added = HashMap::new();
        for (token_id, ends) in tokens {
            if is_of_use(ends) && !list.contains_key(&token_id) {
                added.insert(token_id, ends);
            }
            if list.len() + added.len() > MOST {
                let remedy = "withdraw the issuer's key instead";
                return Err(format!(
                    "more than {MOST} tokens are revoked at one time: {remedy}"
                ));
            }
        }
        list.extend(added);
        Ok(())
    }

    /// Whether a token is on the list.
    pub fn holds(&self, token_id: &str) -> bool {
        let list = self.0.read().unwrap_or_else(PoisonError::into_inner);
        list.contains_key(token_id)
    }
}
