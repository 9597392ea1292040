//! Keyed hashes of personal columns: two files can be joined by an identity number that nobody stored.

use aws_lc_rs::hmac::{self, HMAC_SHA256};
use sha2::{Digest, Sha256};

use crate::record::hex;
use crate::value::joined;
use crate::{Database, Result};

/// The key of the hashes (HMAC-SHA-256), derived from a secret that all processes on a database share.
#[derive(Clone)]
pub struct PersonalKey(hmac::Key);

impl PersonalKey {
    /// The key of a database.
    pub async fn of(db: &Database) -> Result<Self> {
        Ok(Self::from_secret(&db.secret("personal").await?))
    }

    /// The key of a secret.
    pub fn from_secret(secret: &str) -> Self {
        let key = Sha256::digest(format!("nqi-hub personal columns\n{secret}").as_bytes());
        Self(hmac::Key::new(HMAC_SHA256, &key))
    }

    /// The hash of a cell as 64 hexadecimal digits; the same for every spelling in width, case, blanks and dashes.
    pub fn hash(&self, cell: &str) -> String {
        hex(hmac::sign(&self.0, joined(cell).as_bytes()).as_ref())
    }
}

impl std::fmt::Debug for PersonalKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PersonalKey")
    }
}

#[cfg(test)]
mod tests {
    use super::PersonalKey;

    #[test]
    fn spellings_of_one_number_share_a_hash_under_one_key_only() {
        let (one, two) = (PersonalKey::from_secret("one"), PersonalKey::from_secret("two"));
        let hash = one.hash("11010519491231002X");
        assert_eq!(hash.len(), 64);
        for spelling in [
            " 11010519491231002x",
            "110105 19491231 002X",
            "１１０１０５１９４９１２３１００２Ｘ",
        ] {
            assert_eq!(one.hash(spelling), hash, "{spelling}");
        }
        assert_ne!(one.hash("110105194912310021"), hash);
        assert_ne!(two.hash("11010519491231002X"), hash);
    }
}
