//! Signatures of messages, after Standard Webhooks: HMAC-SHA256 over the name of the message, the time and the body, with a full stop
//! between two of them.

use aws_lc_rs::{hmac, rand};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// Before a key where it is shown.
const PREFIX: &str = "whsec_";
/// Bytes of a key.
const LENGTH: usize = 32;

/// A new key as receivers get it: `whsec_` and base64.
pub fn new_key() -> Result<String, String> {
    let mut bytes = [0; LENGTH];
    rand::fill(&mut bytes).map_err(|_| "this machine gives no random numbers".to_owned())?;
    Ok(PREFIX.to_owned() + &STANDARD.encode(bytes))
}

/// The value of `webhook-signature`: a signature with each of the keys, newest first.
pub(super) fn sign<'a>(
    keys: impl IntoIterator<Item = &'a str>,
    message: &str,
    seconds: i64,
    body: &[u8],
) -> Result<String, String> {
    let signed = [format!("{message}.{seconds}.").as_bytes(), body].concat();
    let sign = |key: &str| {
        let bytes = STANDARD.decode(key.trim_start_matches(PREFIX));
        let bytes = bytes.map_err(|_| "the key of the webhook cannot be read: rotate it".to_owned())?;
        let tag = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, &bytes), &signed);
        Ok("v1,".to_owned() + &STANDARD.encode(tag))
    };
    let signatures: Result<Vec<String>, String> = keys.into_iter().map(sign).collect();
    Ok(signatures?.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_new_and_sign_alone_or_together() {
        let (new, former) = (new_key().unwrap(), new_key().unwrap());
        assert_ne!(new, former);
        assert!(new.starts_with(PREFIX) && new.len() == PREFIX.len() + 44, "{new}");
        let both = sign([new.as_str(), &former], "msg_1", 1, b"x").unwrap();
        let alone = |key: &str| sign([key], "msg_1", 1, b"x").unwrap();
        assert_eq!(both, format!("{} {}", alone(&new), alone(&former)));
        assert_ne!(alone(&new), sign([new.as_str()], "msg_1", 2, b"x").unwrap());
        assert_ne!(alone(&new), sign([new.as_str()], "msg_2", 1, b"x").unwrap());
        assert!(sign(["whsec_*"], "msg_1", 1, b"x").is_err());
    }
}
