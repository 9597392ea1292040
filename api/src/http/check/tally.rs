//! How much a parsed document selects, fragments put in their places, before anything walks those fragments.
//!
//! Each fragment is measured once and its sums are added wherever it is spread: thirty fragments that each spread the
//! next one twice select a billion fields, and are counted in thirty steps.

use std::collections::HashMap;

use apollo_compiler::ast::{Definition, Document, OperationDefinition, OperationType, Selection};
use apollo_compiler::parser::SourceSpan;

use super::limits::Limits;
use super::place::Places;
use super::refusal::{Refusal, TOO_COMPLEX, TOO_DEEP};
use super::sums::Tally;

/// Refuses a document that selects more than the limits allow.
pub(super) fn measure(document: &Document, places: &Places<'_>, limits: &Limits) -> Result<(), Refusal> {
    let mut meter = Meter {
        limits,
        places,
        fragments: HashMap::new(),
    };
    let mut operations = Vec::new();
    let mut names = Vec::new();
    for definition in &document.definitions {
        match definition {
            Definition::OperationDefinition(operation) => operations.push(operation),
            Definition::FragmentDefinition(fragment) => {
                let name = fragment.name.as_str();
                // The first of two of the same name; validation refuses the second.
                meter
                    .fragments
                    .entry(name)
                    .or_insert(Fragment::Unmeasured(&fragment.selection_set));
                names.push((name, fragment.location()));
            }
            _ => {}
        }
    }
    let mut refusals = Vec::new();
    for (name, place) in names {
        let tally = meter.fragment(name, 0, place)?;
        // What nobody spreads is looked at by validation, too.
        let selections = tally.data.selections;
        if selections > limits.selections {
            refusals.push(meter.too_many("selections", selections, limits.selections, place));
        }
    }
    let mut before = Tally::default();
    for operation in operations {
        let tally = meter.set(&operation.selection_set, 0)?;
        before.add(tally);
        meter.judge(operation, &tally, &before, &mut refusals);
    }
    match refusals.into_iter().reduce(Refusal::and) {
        Some(mut refusal) => {
            refusal.errors.truncate(limits.errors);
            Err(refusal)
        }
        None => Ok(()),
    }
}

enum Fragment<'a> {
    Unmeasured(&'a [Selection]),
    /// Met again inside itself: a circle, which validation refuses.
    Open,
    Measured(Tally),
}

struct Meter<'a> {
    limits: &'a Limits,
    places: &'a Places<'a>,
    fragments: HashMap<&'a str, Fragment<'a>>,
}

impl<'a> Meter<'a> {
    /// The sums of a selection set inside `level` others.
    fn set(&mut self, selections: &'a [Selection], level: usize) -> Result<Tally, Refusal> {
        let mut sum = Tally::default();
        for selection in selections {
            let (tally, directives) = match selection {
                Selection::Field(field) => {
                    self.shallow(level + 1, field.location())?;
                    let mut tally = Tally::field(&field.name, self.set(&field.selection_set, level + 1)?);
                    let aliased = usize::from(field.alias.is_some());
                    tally.aliases = tally.aliases.saturating_add(aliased);
                    (tally, &field.directives)
                }
                Selection::InlineFragment(fragment) => {
                    self.shallow(level + 1, fragment.location())?;
                    let mut tally = self.set(&fragment.selection_set, level + 1)?;
                    tally.data.selections = tally.data.selections.saturating_add(1);
                    (tally, &fragment.directives)
                }
                Selection::FragmentSpread(spread) => {
                    let mut tally = self.fragment(&spread.fragment_name, level + 1, spread.location())?;
                    tally.data.selections = tally.data.selections.saturating_add(1);
                    (tally, &spread.directives)
                }
            };
            sum.add(tally);
            sum.directives = sum.directives.saturating_add(directives.len());
        }
        sum.nesting += usize::from(!selections.is_empty());
        Ok(sum)
    }

    /// The sums of a fragment that is spread inside `level` selection sets.
    fn fragment(&mut self, name: &str, level: usize, place: Option<SourceSpan>) -> Result<Tally, Refusal> {
        self.shallow(level, place)?;
        let tally = match self.fragments.get_mut(name) {
            // Unknown: validation refuses it.
            None => return Ok(Tally::default()),
            Some(known) => match std::mem::replace(known, Fragment::Open) {
                Fragment::Open => return Ok(Tally::default()),
                Fragment::Measured(tally) => tally,
                Fragment::Unmeasured(selections) => self.set(selections, level)?,
            },
        };
        if let Some(known) = self.fragments.get_mut(name) {
            *known = Fragment::Measured(tally);
        }
        self.shallow(level.saturating_add(tally.nesting), place)?;
        Ok(tally)
    }

    /// Refuses to go deeper than the limit; so nothing that walks the document later runs out of stack.
    fn shallow(&self, level: usize, place: Option<SourceSpan>) -> Result<(), Refusal> {
        if level <= self.limits.nesting {
            return Ok(());
        }
        let message = format!(
            "fields and fragments stand more than {} levels inside one another here: ask for fewer levels at once",
            self.limits.nesting
        );
        Err(Refusal::new(TOO_DEEP, message, self.place(place)))
    }

    /// Says what is too much of an operation. Selections are summed over the operations up to it: all are validated.
    fn judge(&self, operation: &OperationDefinition, tally: &Tally, sum: &Tally, said: &mut Vec<Refusal>) {
        let limits = self.limits;
        let place = operation.selection_set.first().and_then(span);
        let counts = [
            ("selections", sum.data.selections, limits.selections),
            (
                "selections of an introspection",
                sum.introspection.selections,
                limits.introspection_selections,
            ),
            ("aliases", tally.aliases, limits.aliases),
            (
                "directives",
                tally.directives.saturating_add(operation.directives.len()),
                limits.directives,
            ),
            ("root fields", tally.root_fields, limits.root_fields),
            (
                "nested lists of an introspection",
                tally.introspection.lists,
                limits.introspection_lists,
            ),
        ];
        for (what, count, most) in counts {
            // The specification allows a subscription one root field, and validation says so.
            let left = what == "root fields" && operation.operation_type == OperationType::Subscription;
            if count > most && !left {
                said.push(self.too_many(what, count, most, place));
            }
        }
        let depths = [
            ("the query is", tally.data.depth, limits.depth),
            (
                "the introspection is",
                tally.introspection.depth,
                limits.introspection_depth,
            ),
        ];
        for (what, depth, most) in depths {
            if depth > most {
                let message =
                    format!("{what} {depth} fields deep, {most} at most: ask for fewer levels at once");
                said.push(Refusal::new(TOO_DEEP, message, self.place(place)));
            }
        }
    }

    fn too_many(&self, what: &str, count: usize, most: usize, place: Option<SourceSpan>) -> Refusal {
        let message = format!(
            "the document has {count} {what} with fragments put in place, {most} at most: ask for less at once"
        );
        Refusal::new(TOO_COMPLEX, message, self.place(place))
    }

    fn place(&self, span: Option<SourceSpan>) -> Option<async_graphql::Pos> {
        span.map(|span| self.places.at(span.offset()))
    }
}

fn span(selection: &Selection) -> Option<SourceSpan> {
    match selection {
        Selection::Field(field) => field.location(),
        Selection::InlineFragment(fragment) => fragment.location(),
        Selection::FragmentSpread(spread) => spread.location(),
    }
}
