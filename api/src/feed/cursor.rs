//! Cursors of the feed: encrypted, and bound to the reader who got them.
//!
//! A position that can be read tells how many hidden changes lie between two visible ones, so nobody but the hub reads it. Beside it
//! stands what its reader was allowed to see, so that the hub can tell what that reader lost or won since.

use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use aws_lc_rs::digest::{SHA256, digest};
use aws_lc_rs::hmac;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use entity::Scope;
use entity::change::{Head, Place};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::graphql::ApiError;

/// The version of the grammar of cursors.
const VERSION: u8 = 1;
/// The longest cursor; no genuine one comes near.
const LONGEST: usize = 4_096;

/// Where a reader stands in the feed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Cursor {
    /// The epoch of the position.
    #[serde(rename = "e")]
    pub(crate) epoch: String,
    /// Everything up to here was told.
    #[serde(rename = "p")]
    pub(crate) position: i64,
    /// What the reader was allowed to see, as [`Scope::spec`].
    #[serde(rename = "s")]
    pub(crate) scope: String,
    /// How far the reader was told what it lost and won, while that is not finished.
    #[serde(rename = "c", skip_serializing_if = "Option::is_none")]
    pub(crate) crossing: Option<Crossing>,
    /// Up to where the feed was pruned when the reader began at its start. As long as that does not move it may be behind that place:
    /// it was told of nothing yet that could be gone without a trace.
    #[serde(rename = "b", default, skip_serializing_if = "Option::is_none")]
    pub(crate) begun_at: Option<i64>,
}

/// Where a snapshot goes on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SnapshotPlace {
    /// The epoch of the position.
    #[serde(rename = "se")]
    pub(crate) epoch: String,
    /// The position at which all parts tell how records stand.
    #[serde(rename = "sp")]
    pub(crate) position: i64,
    /// What the reader may see and asks for, as [`Scope::spec`].
    #[serde(rename = "ss")]
    pub(crate) scope: String,
    /// The last record that was told.
    #[serde(rename = "sa")]
    pub(crate) after: Place,
}

/// A change of what a reader may see, half told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Crossing {
    /// What it may see now, as [`Scope::spec`].
    #[serde(rename = "t")]
    pub(crate) to: String,
    /// Whether all that it lost was told.
    #[serde(rename = "l")]
    pub(crate) has_left: bool,
    /// The last record that was looked at.
    #[serde(rename = "a")]
    pub(crate) after: Option<Place>,
}

impl Cursor {
    /// At a position, with nothing half told.
    pub(crate) fn at(epoch: &str, position: i64, scope: &Scope) -> Self {
        Self {
            epoch: epoch.to_owned(),
            position,
            scope: scope.spec(),
            crossing: None,
            begun_at: None,
        }
    }

    /// Whether what lies behind the cursor is still there in full.
    pub(crate) fn is_within(&self, head: &Head) -> bool {
        self.position >= head.pruned || self.begun_at == Some(head.pruned)
    }
}

/// The keys of all processes on a database.
pub(crate) struct FeedKey {
    sealing: Option<LessSafeKey>,
    nonces: hmac::Key,
}

impl FeedKey {
    /// From the secret of the database.
    pub(crate) fn new(secret: &str) -> Self {
        let key = |purpose: &str| digest(&SHA256, [purpose, "\n", secret].concat().as_bytes());
        // AES-256 takes the 32 bytes of a SHA-256 always; without a key no cursor is made or taken.
        let sealing = UnboundKey::new(&AES_256_GCM, key("feed cursor").as_ref());
        Self {
            sealing: sealing.ok().map(LessSafeKey::new),
            nonces: hmac::Key::new(hmac::HMAC_SHA256, key("feed cursor nonce").as_ref()),
        }
    }

    /// The cursor of a place for a reader. The same place gives the same cursor: its nonce is a hash of it.
    pub(crate) fn seal<T: Serialize>(&self, reader: &str, cursor: &T) -> Result<String, ApiError> {
        let unclear = || ApiError::internal(&"a cursor of the feed cannot be sealed");
        let mut text = serde_json::to_vec(cursor).map_err(|_| unclear())?;
        let mut nonce = [0; NONCE_LEN];
        let hash = hmac::sign(
            &self.nonces,
            &[reader.as_bytes(), b"\n", text.as_slice()].concat(),
        );
        nonce
            .iter_mut()
            .zip(hash.as_ref())
            .for_each(|(byte, hashed)| *byte = *hashed);
        let key = self.sealing.as_ref().ok_or_else(unclear)?;
        let sealed = Nonce::assume_unique_for_key(nonce);
        key.seal_in_place_append_tag(sealed, Aad::from(reader), &mut text)
            .map_err(|_| unclear())?;
        Ok(URL_SAFE_NO_PAD.encode([&[VERSION], nonce.as_slice(), &text].concat()))
    }

    /// The place of a cursor that this reader got.
    pub(crate) fn open<T: DeserializeOwned>(&self, reader: &str, cursor: &str) -> Option<T> {
        let bytes = (cursor.len() <= LONGEST).then(|| URL_SAFE_NO_PAD.decode(cursor).ok())??;
        let (version, rest) = bytes.split_first()?;
        let (nonce, sealed) = rest.split_at_checked(NONCE_LEN)?;
        let nonce = Nonce::try_assume_unique_for_key(nonce).ok()?;
        let mut sealed = sealed.to_vec();
        let text = self
            .sealing
            .as_ref()?
            .open_in_place(nonce, Aad::from(reader), &mut sealed)
            .ok()?;
        (*version == VERSION).then(|| serde_json::from_slice(text).ok())?
    }
}
