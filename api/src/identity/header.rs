//! The header of a token: what it must say, and what it must not bring.

use jsonwebtoken::Algorithm;
use serde::Deserialize;
use serde::de::IgnoredAny;

use super::refused::Reason;
use super::{json, token};

/// The type of an access token (RFC 9068 §2.1).
pub(super) const TYPE: &str = "at+jwt";
/// The same, written as a media type in full (RFC 7515 §4.1.9).
const MEDIA_TYPE: &str = "application/at+jwt";

/// What of a header is looked at. `x5t` and `x5t#S256` are names of keys that some providers add; `kid` is the one that
/// counts, so they are passed over like any other member.
#[derive(Deserialize)]
struct Members {
    typ: String,
    alg: String,
    kid: String,
    #[serde(default, deserialize_with = "json::present")]
    crit: Option<IgnoredAny>,
    #[serde(default, deserialize_with = "json::present")]
    jwk: Option<IgnoredAny>,
    #[serde(default, deserialize_with = "json::present")]
    jku: Option<IgnoredAny>,
    #[serde(default, deserialize_with = "json::present")]
    x5c: Option<IgnoredAny>,
    #[serde(default, deserialize_with = "json::present")]
    x5u: Option<IgnoredAny>,
}

/// A header that may belong to a token of an issuer.
pub(super) struct Header {
    /// What the token says it is signed with. The key decides.
    pub(super) algorithm: Algorithm,
    /// The name of the key.
    pub(super) kid: String,
}

impl Header {
    /// Reads a header.
    pub(super) fn read(text: &[u8]) -> Result<Self, Reason> {
        let members: Members = json::read(text).map_err(Reason::Header)?;
        if ![TYPE, MEDIA_TYPE]
            .iter()
            .any(|one| one.eq_ignore_ascii_case(&members.typ))
        {
            return Err(Reason::Type);
        }
        if members.crit.is_some() {
            return Err(Reason::Critical);
        }
        // A token that brings its key along, or an address of one, is refused rather than read without it: no issuer of
        // the configuration has a use for that, and what is refused here can be misused by nothing behind.
        let brought = [
            ("jwk", members.jwk.is_some()),
            ("jku", members.jku.is_some()),
            ("x5c", members.x5c.is_some()),
            ("x5u", members.x5u.is_some()),
        ];
        if let Some((member, _)) = brought.into_iter().find(|(_, there)| *there) {
            return Err(Reason::BroughtKey(member));
        }
        if !token::is_text(&members.kid) {
            return Err(Reason::Text("kid"));
        }
        Ok(Self {
            algorithm: members.alg.parse().map_err(|_| Reason::Algorithm)?,
            kid: members.kid,
        })
    }
}
