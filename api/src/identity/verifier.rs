//! Decides whether a token is believed.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use chrono::{DateTime, Utc};

use super::claims::Claims;
use super::key::Key;
use super::own::{self, OwnKey};
use super::refused::{Reason, TokenRefused};
use super::remote::RemoteKeys;
use super::revoked::RevokedTokens;
use super::settings::{Mode, Settings};
use super::token::Token;

/// Believes tokens of the issuers that the settings name.
pub struct Verifier {
    issuers: HashMap<String, Trusted>,
    revoked: Arc<RevokedTokens>,
}

struct Trusted {
    audience: String,
    keys: Keys,
}

enum Keys {
    Own(OwnKey),
    Remote(Arc<RemoteKeys>),
}

impl Verifier {
    /// A verifier; the error names every setting that is wrong. In development the hub's own key is taken from the data
    /// directory, and made if there is none. No provider is asked before its first token.
    pub fn open(settings: &Settings, data_dir: &Path, revoked: Arc<RevokedTokens>) -> Result<Self, String> {
        let mut issuers = HashMap::new();
        for (issuer, fetch) in settings.clients()? {
            let trusted = Trusted {
                audience: issuer.audience.clone(),
                keys: Keys::Remote(Arc::new(RemoteKeys::new(&issuer.issuer, fetch))),
            };
            issuers.insert(issuer.issuer.clone(), trusted);
        }
        if settings.mode == Mode::Development {
            let trusted = Trusted {
                audience: own::AUDIENCE.to_owned(),
                keys: Keys::Own(OwnKey::open(data_dir)?),
            };
            issuers.insert(own::ISSUER.to_owned(), trusted);
        }
        Ok(Self { issuers, revoked })
    }

    /// Who sends a token, if it is believed at this instant. It may wait for the keys of its issuer, 10 seconds at most.
    pub async fn verify(&self, token: &str, now: DateTime<Utc>) -> Result<Claims, TokenRefused> {
        let token = Token::read(token)?;
        let trusted = self
            .issuers
            .get(&token.payload.iss)
            .ok_or(Reason::UnknownIssuer)?;
        let key = trusted.key(&token.header.kid, now).await?;
        token.is_signed_by(&key)?;
        let claims = token.payload.hold(&trusted.audience, now)?;
        if self.revoked.holds(&claims.token_id) {
            return Err(Reason::Revoked.into());
        }
        Ok(claims)
    }
}

impl Trusted {
    async fn key(&self, kid: &str, now: DateTime<Utc>) -> Result<Arc<Key>, Reason> {
        match &self.keys {
            Keys::Own(own) if own.kid == kid => Ok(Arc::clone(&own.public)),
            Keys::Own(_) => Err(Reason::UnknownKey),
            Keys::Remote(keys) => keys.find(kid, now).await,
        }
    }
}
