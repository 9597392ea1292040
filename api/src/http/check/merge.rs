//! Two fields under one name must ask for the same. The validator compares lists only as far as the shorter one goes;
//! this looks at their lengths.

use std::collections::HashMap;

use apollo_compiler::ast::Value;
use apollo_compiler::executable::{ExecutableDocument, Field, Selection, SelectionSet};
use apollo_compiler::schema::ExtendedType;
use apollo_compiler::{Name, Node, Schema};
use async_graphql::Pos;

use super::place::Places;

/// The fields of a valid document whose arguments differ in the length of a list from those of a field they merge with.
pub(super) fn conflicts(
    document: &ExecutableDocument,
    schema: &Schema,
    places: &Places<'_>,
) -> Vec<(String, Option<Pos>)> {
    let mut merge = Merge {
        document,
        schema,
        found: Vec::new(),
    };
    for operation in document.operations.iter() {
        merge.sets(&[&operation.selection_set]);
    }
    let said = merge.found.into_iter().map(|field| {
        let message = format!(
            "`{0}` stands here and before with lists of different lengths: give one of them an alias",
            field.response_key()
        );
        (message, field.location().map(|span| places.at(span.offset())))
    });
    said.collect()
}

/// A field with the type it is selected on.
type Selected<'a> = (&'a Name, &'a Node<Field>);

struct Merge<'a> {
    document: &'a ExecutableDocument,
    schema: &'a Schema,
    found: Vec<&'a Node<Field>>,
}

impl<'a> Merge<'a> {
    /// Compares what selection sets of one object say together.
    fn sets(&mut self, sets: &[&'a SelectionSet]) {
        let mut fields: HashMap<&'a Name, Vec<Selected<'a>>> = HashMap::new();
        for set in sets {
            self.collect(set, &mut fields);
        }
        for same in fields.into_values() {
            let mut first: Vec<Selected<'a>> = Vec::new();
            for (parent, field) in &same {
                let differs = first
                    .iter()
                    .any(|(other, before)| self.overlap(parent, other) && !same_lengths(before, field));
                if differs {
                    self.found.push(field);
                } else if !first.iter().any(|(other, _)| other == parent) {
                    first.push((parent, field));
                }
            }
            let below: Vec<_> = same.iter().map(|(_, field)| &field.selection_set).collect();
            self.sets(&below);
        }
    }

    fn collect(&self, set: &'a SelectionSet, fields: &mut HashMap<&'a Name, Vec<Selected<'a>>>) {
        for selection in &set.selections {
            match selection {
                Selection::Field(field) => {
                    fields
                        .entry(field.response_key())
                        .or_default()
                        .push((&set.ty, field));
                }
                Selection::InlineFragment(fragment) => self.collect(&fragment.selection_set, fields),
                Selection::FragmentSpread(spread) => {
                    if let Some(fragment) = self.document.fragments.get(&spread.fragment_name) {
                        self.collect(&fragment.selection_set, fields);
                    }
                }
            }
        }
    }

    /// Whether one object can be of both types.
    fn overlap(&self, one: &Name, other: &Name) -> bool {
        let object = |name: &Name| matches!(self.schema.types.get(name), Some(ExtendedType::Object(_)));
        one == other || !object(one) || !object(other)
    }
}

fn same_lengths(one: &Field, other: &Field) -> bool {
    one.arguments.iter().all(|argument| {
        let mut others = other.arguments.iter();
        others
            .find(|found| found.name == argument.name)
            .is_none_or(|found| same(&argument.value, &found.value))
    })
}

fn same(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::List(one), Value::List(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| same(one, other))
        }
        (Value::Object(one), Value::Object(other)) => one.iter().all(|(name, value)| {
            let mut others = other.iter();
            others
                .find(|(found, _)| found == name)
                .is_none_or(|(_, found)| same(value, found))
        }),
        _ => true,
    }
}
