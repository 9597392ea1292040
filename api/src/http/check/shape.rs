//! What an answer to an operation looks like: which names stand at each place, in which order, and which of them may be null.
//!
//! Fields that merge have the same nullability, on whatever types they are asked (specification, 5.3.2), so one shape serves
//! every object at a place.

use apollo_compiler::Name as CheckedName;
use apollo_compiler::ast::Type;
use apollo_compiler::executable::{ExecutableDocument, Operation, Selection, SelectionSet};
use async_graphql::Name;
use async_graphql::indexmap::IndexMap;

/// The names in an object of an answer, in the order of the document.
#[derive(Debug, Default)]
pub struct Shape(IndexMap<Name, Member>);

/// What stands behind a name.
#[derive(Debug)]
pub struct Member {
    field: CheckedName,
    ty: Type,
    below: Shape,
}

impl Shape {
    /// The shape of the data of a valid operation.
    pub(super) fn of(operation: &Operation, document: &ExecutableDocument) -> Self {
        let mut shape = Self::default();
        shape.add(&operation.selection_set, document);
        shape
    }

    fn add(&mut self, set: &SelectionSet, document: &ExecutableDocument) {
        for selection in &set.selections {
            match selection {
                Selection::Field(field) => {
                    let member = self.0.entry(Name::new(field.response_key().as_str()));
                    let member = member.or_insert_with(|| Member {
                        field: field.name.clone(),
                        ty: field.ty().clone(),
                        below: Self::default(),
                    });
                    member.below.add(&field.selection_set, document);
                }
                Selection::InlineFragment(fragment) => self.add(&fragment.selection_set, document),
                Selection::FragmentSpread(spread) => {
                    if let Some(fragment) = document.fragments.get(&spread.fragment_name) {
                        self.add(&fragment.selection_set, document);
                    }
                }
            }
        }
    }

    /// How many names there are at all places.
    pub(super) fn len(&self) -> usize {
        self.0.values().map(|member| 1 + member.below.len()).sum()
    }

    /// Whether it holds nothing of rows: counts of lists, the names of types, who asks, and the schema itself.
    pub fn only_counts(&self) -> bool {
        let is_free =
            |name: &str| ["__typename", "__schema", "__type", "totalCount", "viewer"].contains(&name);
        self.0.values().all(|member| {
            is_free(&member.field) || (!member.below.0.is_empty() && member.below.only_counts())
        })
    }

    /// What stands behind a name.
    pub fn member(&self, name: &str) -> Option<&Member> {
        self.0.get(name)
    }

    /// How many names stand before this one.
    pub fn place(&self, name: &str) -> Option<usize> {
        self.0.get_index_of(name)
    }
}

impl Member {
    /// Its type, lists and all.
    pub fn ty(&self) -> &Type {
        &self.ty
    }

    /// The shape of the objects in it.
    pub fn below(&self) -> &Shape {
        &self.below
    }
}
