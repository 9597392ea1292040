//! Cursors: opaque, and bound to the list, order and filter that made them.
//!
//! A cursor is a place in a list with a message authentication code over the place and the list's identity. What
//! another list made, or a client invented, is refused instead of giving a page that means nothing.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use entity::page::Position;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// The version of the grammar of cursors.
const VERSION: u8 = 1;
/// Bytes of the code that a cursor carries.
const CODE: usize = 12;

/// The key of all processes on a database.
pub(crate) struct CursorKey(Hmac<Sha256>);

/// What makes a list: its field, its order and its filter.
#[derive(Debug, Clone)]
pub(crate) struct ListId(String);

impl ListId {
    /// The identity of a list; `details` is everything that decides its rows and their order.
    pub(crate) fn new(field: &str, details: &impl std::fmt::Debug) -> Self {
        Self(format!("{field}\n{details:?}"))
    }
}

impl CursorKey {
    /// From the secret of the database.
    pub(crate) fn new(secret: &str) -> Self {
        // HMAC takes keys of any length; the fallback is never reached.
        Self(Hmac::new_from_slice(secret.as_bytes()).unwrap_or_else(|_| Hmac::new(&Default::default())))
    }

    fn code(&self, list: &ListId, place: &str) -> Vec<u8> {
        let mut mac = self.0.clone();
        mac.update(&[VERSION]);
        mac.update(&(list.0.len() as u64).to_be_bytes());
        mac.update(list.0.as_bytes());
        mac.update(place.as_bytes());
        mac.finalize().into_bytes().iter().copied().take(CODE).collect()
    }

    /// The cursor of a place.
    pub(crate) fn seal(&self, list: &ListId, place: &Position) -> String {
        let place = serde_json::to_string(place).unwrap_or_default();
        let mut bytes = vec![VERSION];
        bytes.extend(self.code(list, &place));
        bytes.extend(place.as_bytes());
        URL_SAFE_NO_PAD.encode(bytes)
    }

    /// The place of a cursor, if this list made it.
    pub(crate) fn open(&self, list: &ListId, cursor: &str) -> Option<Position> {
        let bytes = URL_SAFE_NO_PAD.decode(cursor).ok()?;
        let (version, rest) = bytes.split_first()?;
        let (code, place) = rest.split_at_checked(CODE)?;
        let place = std::str::from_utf8(place).ok()?;
        let genuine = *version == VERSION && code == self.code(list, place);
        if genuine {
            serde_json::from_str(place).ok()
        } else {
            None
        }
    }
}
