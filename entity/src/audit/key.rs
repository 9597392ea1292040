//! The key that signs heads, and keys that heads are checked with.

use std::fmt;
use std::str::FromStr;

use aws_lc_rs::signature::{ED25519, Ed25519KeyPair, KeyPair, UnparsedPublicKey};
use sha2::{Digest, Sha256};

use super::algorithm::{hex, unhex};
use crate::{Database, Error, Result};

/// The name of the algorithm in a head.
pub(super) const ALGORITHM: &str = "Ed25519";
/// Bytes of a public key.
const LENGTH: usize = 32;
/// Signs of the short name of a key.
const SHORT: usize = 16;

/// The hub's own key for heads (Ed25519, RFC 8032). It is derived from a secret of the database, so that all processes on it
/// sign alike.
pub struct AuditKey {
    pair: Ed25519KeyPair,
    public: PublicKey,
}

/// The half of the key that anybody may know: 64 hexadecimal digits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicKey([u8; LENGTH]);

impl AuditKey {
    /// The key of a database.
    pub async fn of(db: &Database) -> Result<Self> {
        Self::from_secret(&db.secret("audit").await?)
    }

    fn from_secret(secret: &str) -> Result<Self> {
        let seed = Sha256::digest(format!("nqi-hub audit key\n{secret}").as_bytes());
        let broken = || Error::inconsistent("hub_secret audit", "it makes no key");
        let pair = Ed25519KeyPair::from_seed_unchecked(&seed).map_err(|_| broken())?;
        let public = PublicKey(pair.public_key().as_ref().try_into().map_err(|_| broken())?);
        Ok(Self { pair, public })
    }

    /// The public half.
    pub fn public(&self) -> &PublicKey {
        &self.public
    }

    /// The signature of a text in hexadecimal digits.
    pub(super) fn sign(&self, text: &str) -> String {
        hex(self.pair.sign(text.as_bytes()).as_ref())
    }
}

impl fmt::Debug for AuditKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("AuditKey").field(&self.public.id()).finish()
    }
}

impl PublicKey {
    /// The short name by which a head names its key: the first 16 digits of the SHA-256 of the key.
    pub fn id(&self) -> String {
        hex(&Sha256::digest(self.0)).chars().take(SHORT).collect()
    }

    /// Whether a signature is of a text and by this key.
    pub(super) fn signed(&self, text: &str, signature: &str) -> bool {
        unhex(signature).is_some_and(|signature| {
            UnparsedPublicKey::new(&ED25519, self.0)
                .verify(text.as_bytes(), &signature)
                .is_ok()
        })
    }
}

impl fmt::Display for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex(&self.0))
    }
}

impl FromStr for PublicKey {
    type Err = String;

    fn from_str(text: &str) -> std::result::Result<Self, String> {
        unhex(text)
            .and_then(|bytes| bytes.try_into().ok())
            .map(Self)
            .ok_or_else(|| {
                "a key for heads has 64 hexadecimal digits, as `nqi-hub verify-log` prints them".to_owned()
            })
    }
}

#[cfg(test)]
mod tests {
    use super::{AuditKey, PublicKey};

    #[test]
    fn a_signature_holds_for_its_text_and_key_only() {
        let key = AuditKey::from_secret("one").unwrap();
        let signature = key.sign("text");
        assert!(key.public().signed("text", &signature));
        assert!(!key.public().signed("other", &signature));
        let other = AuditKey::from_secret("another").unwrap();
        assert!(!other.public().signed("text", &signature));
        for wrong in ["", "00", "no digits"] {
            assert!(!key.public().signed("text", wrong));
        }
        let again: PublicKey = key.public().to_string().parse().unwrap();
        assert_eq!((&again, again.id()), (key.public(), key.public().id()));
        assert!("abc".parse::<PublicKey>().is_err());
    }
}
