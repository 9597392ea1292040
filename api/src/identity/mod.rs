//! Who sends a request: access tokens after RFC 9068 are checked as RFC 8725 advises, and tokens for development are made.
//!
//! Nothing in a token is believed before its signature holds under a key that the configuration leads to. What is not
//! understood where it could matter is refused, never passed over.

mod claims;
mod fetch;
mod grant;
mod header;
mod json;
mod key;
mod own;
mod refused;
mod remote;
mod revoked;
mod settings;
mod token;
mod verifier;

pub use claims::Claims;
pub use grant::Grant;
pub use own::{LONGEST_TTL, OwnKey, Wanted};
pub use refused::{Reason, TokenRefused};
pub use revoked::RevokedTokens;
pub use settings::{Issuer, Mode, Settings};
pub use verifier::Verifier;

use chrono::TimeDelta;

/// How long a token may be valid.
const TOKEN_LIFE: TimeDelta = TimeDelta::hours(1);
/// How far the clocks of an issuer and of the hub may differ.
const LEEWAY: TimeDelta = TimeDelta::seconds(30);
