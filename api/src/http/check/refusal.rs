//! Refusals as clients see them: a code, a place, what to do, and nothing internal.

use async_graphql::{Pos, ServerError, Value};

/// The document cannot be read.
pub(super) const PARSE_FAILED: &str = "GRAPHQL_PARSE_FAILED";
/// The document does not fit the schema or the specification.
pub(super) const VALIDATION_FAILED: &str = "GRAPHQL_VALIDATION_FAILED";
/// Too many bytes or tokens.
pub(super) const TOO_LARGE: &str = "QUERY_TOO_LARGE";
/// Too many brackets or fields inside one another.
pub(super) const TOO_DEEP: &str = "QUERY_TOO_DEEP";
/// Too many selections, aliases, directives or root fields, or too dear.
pub(super) const TOO_COMPLEX: &str = "QUERY_TOO_COMPLEX";
/// A variable, or a text with U+0000.
pub(super) const BAD_INPUT: &str = "BAD_USER_INPUT";
/// No operation of this name, or none named where there are several.
pub(super) const OPERATION_NOT_FOUND: &str = "OPERATION_NOT_FOUND";

/// What is said about U+0000 wherever it stands: PostgreSQL holds none, and both engines must answer alike.
pub(super) const NUL: &str = "the character U+0000 cannot be part of a text: leave it out";

/// The longest message; what a client sent is quoted in part at most.
const LONGEST: usize = 400;

/// Why a document or its variables are refused.
#[derive(Debug, Clone)]
pub struct Refusal {
    /// The code of the first error: `GRAPHQL_PARSE_FAILED`, `GRAPHQL_VALIDATION_FAILED`, `QUERY_TOO_LARGE`,
    /// `QUERY_TOO_DEEP`, `QUERY_TOO_COMPLEX`, `BAD_USER_INPUT` or `OPERATION_NOT_FOUND`.
    pub code: &'static str,
    /// At least one error, each with `extensions.code`; a refusal for the price also has `requested`, `limit` and
    /// `dearest`.
    pub errors: Vec<ServerError>,
}

impl Refusal {
    /// One error.
    pub(super) fn new(code: &'static str, message: impl Into<String>, place: Option<Pos>) -> Self {
        Self {
            code,
            errors: vec![error(code, message.into(), place)],
        }
    }

    /// Several errors of one kind, the first `most` of them. Nothing to say is no refusal.
    pub(super) fn all(
        code: &'static str,
        said: impl IntoIterator<Item = (String, Option<Pos>)>,
        most: usize,
    ) -> Option<Self> {
        let errors: Vec<_> = said
            .into_iter()
            .take(most.max(1))
            .map(|(message, place)| error(code, message, place))
            .collect();
        (!errors.is_empty()).then_some(Self { code, errors })
    }

    /// The same refusal with one more fact in the extensions of every error.
    pub(super) fn with(mut self, name: &str, value: Value) -> Self {
        for error in &mut self.errors {
            let extensions = error.extensions.get_or_insert_with(Default::default);
            extensions.set(name, value.clone());
        }
        self
    }

    /// The errors of two refusals; the first gives the code.
    pub(super) fn and(mut self, other: Self) -> Self {
        self.errors.extend(other.errors);
        self
    }
}

fn error(code: &'static str, message: String, place: Option<Pos>) -> ServerError {
    let mut error = ServerError::new(short(&message, LONGEST), place);
    let extensions = error.extensions.get_or_insert_with(Default::default);
    extensions.set("code", code);
    error
}

/// At most so many characters of a text.
pub(super) fn short(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}
