//! Texts that a client writes: trimmed, bounded, refused with their place.

use super::error::ApiError;
use super::page::bad_input;

/// The longest text, in characters.
const LONGEST: usize = 2_000;

/// Whether a text can be an idempotency key.
pub(crate) fn check_key(key: &str) -> Result<(), ApiError> {
    if (8..=64).contains(&key.len()) && key.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Ok(());
    }
    Err(bad_input(
        "idempotencyKey: write 8 to 64 visible ASCII characters, such as a UUID",
    ))
}

/// A text that says something, without blanks around it.
pub(crate) fn text(field: &str, text: String) -> Result<String, ApiError> {
    let trimmed = text.trim();
    if trimmed.is_empty() {
        return Err(bad_input(format!("{field}: is empty")));
    }
    if trimmed.chars().count() > LONGEST {
        return Err(bad_input(format!("{field}: {LONGEST} characters at most")));
    }
    Ok(trimmed.to_owned())
}

/// The same for a text that may be left out; one of blanks is left out.
pub(crate) fn optional(field: &str, value: Option<String>) -> Result<Option<String>, ApiError> {
    value
        .filter(|value| !value.trim().is_empty())
        .map(|value| text(field, value))
        .transpose()
}
