//! Who sends a request: what is believed, what is not, and why.

mod accepted;
mod chance;
mod form;
mod keys;
mod own;
mod provider;
mod revoked;
mod rotation;
mod signer;
mod table;
mod table_claims;
mod tls;

use std::sync::Arc;

use api::identity::{Claims, Issuer, Mode, Reason, RevokedTokens, Settings, Verifier};
use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};

use provider::{Answer, Provider};
use signer::Signer;

const ISSUER: &str = "https://idp.example.org/realms/nqi";
const AUDIENCE: &str = "https://hub.example.org";
/// A fictitious enterprise: the region digits are 000000.
const ENTERPRISE: &str = "91000000MA0000001X";

/// The instant at which most tests take place.
fn noon() -> DateTime<Utc> {
    DateTime::from_timestamp(1_790_000_000, 0).unwrap()
}

fn seconds(count: i64) -> TimeDelta {
    TimeDelta::seconds(count)
}

/// A verifier of one provider that publishes some keys.
struct Bench {
    provider: Provider,
    verifier: Arc<Verifier>,
    revoked: Arc<RevokedTokens>,
}

impl Bench {
    async fn new(keys: Vec<Value>) -> Self {
        let provider = Provider::start(Answer::keys(keys)).await;
        let issuer = issuer(&provider.url());
        let revoked = Arc::new(RevokedTokens::default());
        let verifier = verifier(Mode::Production, vec![issuer], &revoked).unwrap();
        Self {
            provider,
            verifier: Arc::new(verifier),
            revoked,
        }
    }

    async fn ask(&self, token: &str, now: DateTime<Utc>) -> Result<Claims, Reason> {
        let verdict = self.verifier.verify(token, now).await;
        verdict.map_err(|refused| {
            assert_eq!(refused.to_string(), "the token is not valid");
            refused.reason().clone()
        })
    }
}

fn issuer(jwks_url: &str) -> Issuer {
    Issuer {
        issuer: ISSUER.to_owned(),
        audience: AUDIENCE.to_owned(),
        jwks_url: jwks_url.to_owned(),
        jwks_ca: None,
    }
}

fn verifier(mode: Mode, issuers: Vec<Issuer>, revoked: &Arc<RevokedTokens>) -> Result<Verifier, String> {
    let nowhere = std::path::Path::new("/nonexistent");
    Verifier::open(&Settings { mode, issuers }, nowhere, Arc::clone(revoked))
}

/// The header of a good token.
fn header(algorithm: &str, kid: &str) -> Value {
    json!({ "typ": "at+jwt", "alg": algorithm, "kid": kid })
}

/// The claims of a token that is good at an instant.
fn claims(now: DateTime<Utc>) -> Value {
    let now = now.timestamp();
    json!({
        "iss": ISSUER, "aud": AUDIENCE, "sub": "u-1", "client_id": "portal", "jti": "t-1",
        "iat": now - 60, "exp": now + 600, "nqi": { "role": "STAFF", "region": "320582", "office": "标准化科" },
    })
}

/// A good token of a key.
fn good(signer: &Signer, kid: &str, now: DateTime<Utc>) -> String {
    signer.token(&header(signer.algorithm(), kid), &claims(now))
}
