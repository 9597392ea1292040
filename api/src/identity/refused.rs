//! Why a token is refused. The sender learns that it is; what exactly is wrong stands in the log alone.

use std::fmt;

/// A refusal. It reads the same whatever the cause, so that nobody learns from it how near a forgery came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TokenRefused {
    reason: Reason,
}

impl TokenRefused {
    /// The code for programs.
    pub const CODE: &'static str = "UNAUTHENTICATED";

    /// What is wrong, for the log. It holds no line breaks, and nothing of the token but short, escaped pieces.
    pub fn reason(&self) -> &Reason {
        &self.reason
    }
}

impl From<Reason> for TokenRefused {
    fn from(reason: Reason) -> Self {
        Self { reason }
    }
}

impl fmt::Display for TokenRefused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the token is not valid")
    }
}

impl std::error::Error for TokenRefused {}

/// What is wrong with a token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// More than 8 KiB.
    TooLong,
    /// Not three parts in the URL-safe base64 alphabet without padding (JWS compact serialization).
    Form,
    /// The header is no JSON object of the right shape, or names a member twice.
    Header(String),
    /// `typ` is not that of an access token (RFC 9068).
    Type,
    /// `crit` is there: something must be understood that the hub does not understand.
    Critical,
    /// The header brings a key or tells where to get one.
    BroughtKey(&'static str),
    /// The claims are no JSON object of the right shape, or name a member twice.
    Payload(String),
    /// `iss` is no issuer of the configuration.
    UnknownIssuer,
    /// The issuer has no such key, neither now nor within the life of a token.
    UnknownKey,
    /// The keys of the issuer cannot be had, and what was known of them is too old.
    NoKeys,
    /// `alg` is not the algorithm of the key.
    Algorithm,
    /// The signature does not hold.
    Signature,
    /// The token is for somebody else.
    Audience,
    /// `exp` is past.
    Expired,
    /// `nbf` is yet to come.
    NotYetValid,
    /// `iat` is yet to come.
    IssuedLater,
    /// It is valid for more than an hour, or for no time at all.
    Lifetime,
    /// A text is empty, longer than 200 characters, or holds control characters.
    Text(&'static str),
    /// The claims do not fit the role.
    Grant(String),
    /// It was revoked.
    Revoked,
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLong => f.write_str("it is longer than 8 KiB"),
            Self::Form => f.write_str("it is not three parts in base64url without padding"),
            Self::Header(why) => write!(f, "header: {why}"),
            Self::Type => f.write_str("typ is not at+jwt"),
            Self::Critical => f.write_str("crit names extensions, and none is known"),
            Self::BroughtKey(member) => write!(f, "the header brings a key of its own: {member}"),
            Self::Payload(why) => write!(f, "claims: {why}"),
            Self::UnknownIssuer => f.write_str("iss is no issuer of the configuration"),
            Self::UnknownKey => f.write_str("the issuer has no key of that kid"),
            Self::NoKeys => f.write_str("the keys of the issuer cannot be had"),
            Self::Algorithm => f.write_str("alg is not that of the key"),
            Self::Signature => f.write_str("the signature does not hold"),
            Self::Audience => f.write_str("aud does not name this hub"),
            Self::Expired => f.write_str("exp is past"),
            Self::NotYetValid => f.write_str("nbf is yet to come"),
            Self::IssuedLater => f.write_str("iat is yet to come"),
            Self::Lifetime => f.write_str("from iat to exp is not more than nothing and at most an hour"),
            Self::Text(claim) => {
                write!(
                    f,
                    "{claim} is empty, longer than 200 characters or holds control characters"
                )
            }
            Self::Grant(why) => write!(f, "nqi: {why}"),
            Self::Revoked => f.write_str("it was revoked"),
        }
    }
}
