//! A token in its three parts, read and not yet believed.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::claims::Payload;
use super::header::Header;
use super::json;
use super::key::Key;
use super::refused::Reason;

/// Bytes of a token; what is longer is not looked at.
const LONGEST: usize = 8 * 1024;
/// Characters of a text in a token.
const LONGEST_TEXT: usize = 200;

/// A token whose parts have the right shape.
pub(super) struct Token<'t> {
    pub(super) header: Header,
    pub(super) payload: Payload,
    /// Header and payload as they were sent and signed.
    message: &'t str,
    signature: &'t str,
}

impl<'t> Token<'t> {
    /// Reads a token. The JSON serialization of RFC 7515, which may carry several signatures, has no three parts.
    pub(super) fn read(text: &'t str) -> Result<Self, Reason> {
        if text.len() > LONGEST {
            return Err(Reason::TooLong);
        }
        let (message, signature) = text.rsplit_once('.').ok_or(Reason::Form)?;
        let (header, payload) = message.split_once('.').ok_or(Reason::Form)?;
        // The alphabet has no point, so a fourth part is no base64.
        let bytes = |part| URL_SAFE_NO_PAD.decode(part).map_err(|_| Reason::Form);
        let (header, payload, _) = (bytes(header)?, bytes(payload)?, bytes(signature)?);
        Ok(Self {
            header: Header::read(&header)?,
            payload: json::read(&payload).map_err(Reason::Payload)?,
            message,
            signature,
        })
    }

    /// Whether the key signed it, with the one algorithm that the key is for.
    pub(super) fn is_signed_by(&self, key: &Key) -> Result<(), Reason> {
        if self.header.algorithm != key.algorithm() {
            return Err(Reason::Algorithm);
        }
        if !key.signed(self.message, self.signature) {
            return Err(Reason::Signature);
        }
        Ok(())
    }
}

/// Whether a text of a token is fit to be kept and logged.
pub(super) fn is_text(text: &str) -> bool {
    !text.is_empty() && text.chars().count() <= LONGEST_TEXT && !text.chars().any(char::is_control)
}
