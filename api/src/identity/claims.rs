//! The claims of a token: how they are written (RFC 7519, RFC 9068), and what must hold of them.

use chrono::{DateTime, Utc};
use entity::access::Identity;
use entity::value::{RegionCode, SocialCreditCode};
use serde::{Deserialize, Deserializer, Serialize};

use super::grant::Grant;
use super::refused::Reason;
use super::{LEEWAY, TOKEN_LIFE, json, token};

/// Who sends a request, as a token says that was found good.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claims {
    /// Who vouches for it: `iss`.
    pub issuer: String,
    /// The person or service: `sub`. It names one within its issuer.
    pub subject: String,
    /// The program that asks: `client_id`.
    pub client: String,
    /// The name of the token: `jti`.
    pub token_id: String,
    /// What the sender is to the hub: `nqi`.
    pub grant: Grant,
    /// When it ends: `exp`. Streams and sockets end then, too.
    pub expires_at: DateTime<Utc>,
}

/// The claims as they are written.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Payload {
    pub(super) iss: String,
    pub(super) aud: Audience,
    pub(super) sub: String,
    pub(super) client_id: String,
    pub(super) jti: String,
    #[serde(deserialize_with = "seconds")]
    pub(super) iat: i64,
    #[serde(deserialize_with = "seconds")]
    pub(super) exp: i64,
    #[serde(
        default,
        deserialize_with = "json::present",
        skip_serializing_if = "Option::is_none"
    )]
    pub(super) nbf: Option<Seconds>,
    #[serde(deserialize_with = "json::object")]
    pub(super) nqi: Grant,
}

/// Whom a token is for.
#[derive(Debug, Serialize, Deserialize)]
#[serde(untagged, expecting = "aud is neither a string nor an array of strings")]
pub(super) enum Audience {
    One(String),
    Several(Vec<String>),
}

impl Audience {
    fn holds(&self, audience: &str) -> bool {
        match self {
            Self::One(one) => one == audience,
            Self::Several(several) => several.iter().any(|one| one == audience),
        }
    }
}

/// Seconds since 1970 (NumericDate, RFC 7519 §2), which may be written with a fraction.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(super) struct Seconds(#[serde(deserialize_with = "seconds")] i64);

fn seconds<'de, D: Deserializer<'de>>(deserializer: D) -> Result<i64, D::Error> {
    let number = serde_json::Number::deserialize(deserializer)?;
    // A cast of what lies outside ends at the border, which is no instant of any calendar.
    Ok(number
        .as_i64()
        .or_else(|| number.as_f64().map(|seconds| seconds.floor() as i64))
        .unwrap_or(i64::MAX))
}

impl Claims {
    /// The identity for the rest of the hub. The bounds were checked, so that nothing is lost here.
    pub fn identity(self) -> Identity {
        let grant = self.grant;
        Identity {
            role: grant.role,
            issuer: self.issuer,
            subject: self.subject,
            client: self.client,
            token: self.token_id,
            region: grant.region.as_deref().and_then(RegionCode::parse),
            office: grant.office,
            enterprise: grant.enterprise.as_deref().and_then(SocialCreditCode::parse),
            institution: grant.institution,
            kinds: grant.kinds.iter().filter_map(|kind| kind.parse().ok()).collect(),
            expires_at: Some(self.expires_at),
        }
    }
}

impl Payload {
    /// What the claims say, if they hold for this audience at this instant.
    pub(super) fn hold(self, audience: &str, now: DateTime<Utc>) -> Result<Claims, Reason> {
        if !self.aud.holds(audience) {
            return Err(Reason::Audience);
        }
        let instant = |seconds| DateTime::from_timestamp(seconds, 0).ok_or(Reason::Lifetime);
        let (issued_at, expires_at) = (instant(self.iat)?, instant(self.exp)?);
        if expires_at <= issued_at || expires_at - issued_at > TOKEN_LIFE {
            return Err(Reason::Lifetime);
        }
        if issued_at > now + LEEWAY {
            return Err(Reason::IssuedLater);
        }
        if expires_at <= now - LEEWAY {
            return Err(Reason::Expired);
        }
        if let Some(Seconds(seconds)) = self.nbf
            && instant(seconds)? > now + LEEWAY
        {
            return Err(Reason::NotYetValid);
        }
        let texts = [
            ("sub", &self.sub),
            ("client_id", &self.client_id),
            ("jti", &self.jti),
        ];
        if let Some((claim, _)) = texts.into_iter().find(|(_, text)| !token::is_text(text)) {
            return Err(Reason::Text(claim));
        }
        self.nqi.check().map_err(Reason::Grant)?;
        Ok(Claims {
            issuer: self.iss,
            subject: self.sub,
            client: self.client_id,
            token_id: self.jti,
            grant: self.nqi,
            expires_at,
        })
    }
}
