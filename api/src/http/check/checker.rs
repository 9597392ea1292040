//! From text to checked document.

use std::fmt::Write;
use std::sync::Arc;

use apollo_compiler::diagnostic::ToCliReport;
use apollo_compiler::parser::Parser;
use apollo_compiler::validation::DiagnosticList;
use apollo_compiler::{Schema, validation::Valid};
use async_graphql::Pos;
use sha2::{Digest, Sha256};

use super::cache::{Key, Known};
use super::document::{Document, Rules};
use super::executable::executable;
use super::faithful;
use super::limits::Limits;
use super::merge;
use super::place::Places;
use super::price::Prices;
use super::refusal::{PARSE_FAILED, Refusal, VALIDATION_FAILED};
use super::scan::scan;
use super::tally;
use super::values::Values;

/// What the validator does not know of the specification of September 2025, for introspection and `@oneOf`.
const ADDED: &str = "extend type __Type { isOneOf: Boolean }";
const ONE_OF: &str = "directive @oneOf on INPUT_OBJECT";

/// Why a checker could not be made: the schema is invalid, or a price stands at a field that it does not have.
#[derive(Debug)]
pub struct SchemaFault(String);

impl std::fmt::Display for SchemaFault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for SchemaFault {}

/// Checks documents against one schema; shared by all workers.
pub struct Checker {
    rules: Arc<Rules>,
    known: Known,
}

impl Checker {
    /// Reads the schema, given as SDL.
    pub fn new(sdl: &str, prices: Prices, limits: Limits) -> Result<Self, SchemaFault> {
        let one_of = if sdl.contains("directive @oneOf") {
            ""
        } else {
            ONE_OF
        };
        let sdl = format!("{sdl}\n{ADDED}\n{one_of}\n");
        let schema: Valid<Schema> = Schema::parse_and_validate(sdl, "schema.graphql")
            .map_err(|faults| SchemaFault(format!("the schema is invalid: {}", faults.errors)))?;
        let unknown = prices.unknown(&schema);
        if !unknown.is_empty() {
            let unknown = unknown.join(", ");
            return Err(SchemaFault(format!(
                "the schema has none of the priced fields {unknown}"
            )));
        }
        let known = Known::new(limits.cached_bytes);
        let rules = Arc::new(Rules {
            schema,
            prices,
            limits,
        });
        Ok(Self { rules, known })
    }

    /// Scans, parses, measures and validates a document; one that passed before is answered from the cache.
    pub fn document(&self, text: &str) -> Result<Arc<Document>, Refusal> {
        self.look_up(text).map(|(document, _)| document)
    }

    /// The same, and whether it had passed before.
    pub fn look_up(&self, text: &str) -> Result<(Arc<Document>, bool), Refusal> {
        if text.len() > self.rules.limits.bytes {
            // Not even hashed.
            scan(text, &self.rules.limits)?;
        }
        let key: Key = Sha256::digest(text.as_bytes()).into();
        if let Some(document) = self.known.get(&key) {
            return Ok((document, true));
        }
        let document = Arc::new(self.check(text, &key)?);
        self.known.keep(key, Arc::clone(&document));
        Ok((document, false))
    }

    fn check(&self, text: &str, key: &Key) -> Result<Document, Refusal> {
        let limits = &self.rules.limits;
        let scanned = scan(text, limits)?;
        let places = Places::new(text);
        let parsed = Parser::new()
            .recursion_limit(limits.nesting.saturating_mul(2))
            .parse_ast(&*scanned.text, "document")
            .map_err(|faults| refusal(PARSE_FAILED, &faults.errors, &places, limits))?;
        faithful::compare(&scanned.text, &parsed, &places)?;
        tally::measure(&parsed, &places, limits)?;
        let checked = parsed
            .to_executable_validate(&self.rules.schema)
            .map_err(|faults| refusal(VALIDATION_FAILED, &faults.errors, &places, limits))?;
        let values = Values::of(&checked, &self.rules.schema, &places);
        let lists = values.lists;
        if let Some(refusal) = values.refusal(limits.errors) {
            return Err(refusal);
        }
        if lists {
            let said = merge::conflicts(&checked, &self.rules.schema, &places);
            if let Some(refusal) = Refusal::all(VALIDATION_FAILED, said, limits.errors) {
                return Err(refusal);
            }
        }
        let executable = executable(&checked, &places)?;
        Ok(Document::new(
            hexadecimal(key),
            scanned.tokens,
            &checked,
            executable,
            &places,
            &self.rules,
        ))
    }
}

/// The faults a parser or validator found.
fn refusal(code: &'static str, faults: &DiagnosticList, places: &Places<'_>, limits: &Limits) -> Refusal {
    let said = faults.iter().map(|fault| {
        let place: Option<Pos> = fault.error.location().map(|span| places.at(span.offset()));
        (fault.error.to_string(), place)
    });
    let unsaid = || Refusal::new(code, "the document cannot be read", None);
    Refusal::all(code, said, limits.errors).unwrap_or_else(unsaid)
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
