//! What fields cost: the rule, the table of those that differ from it, and the answer.
//!
//! An object costs 1, so a list costs its objects; a leaf costs nothing. A field with `first` or `last` gives as many
//! objects as they say, in `nodes` and in `edges`; any other list has an assumed size. The price is an upper bound known
//! before anything runs: `@skip` and `@include` are not looked at, and an object of several possible types pays for
//! what is asked of each.

use std::collections::HashMap;

use apollo_compiler::Schema;
use apollo_compiler::validation::Valid;

/// How many objects a list has unless the table says.
const LIST: u64 = 5;
/// So many objects of the schema itself, which come from memory, cost as much as one of the data.
pub(super) const INTROSPECTION_DISCOUNT: u64 = 20;
/// The most paths that are named.
pub(super) const DEAREST: usize = 5;

/// How many objects one field gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Size {
    /// So many, as an assumption. Of no effect on a field that gives one object or a page.
    Assumed(u64),
    /// As many as the list in this argument has items.
    Argument(&'static str),
}

/// What a field costs beyond the rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Weight {
    /// Once for each object that the field is asked of, whatever is selected below.
    pub own: u64,
    /// How many objects the field gives.
    pub size: Size,
}

impl Default for Weight {
    fn default() -> Self {
        Self {
            own: 0,
            size: Size::Assumed(LIST),
        }
    }
}

/// Prices of fields that differ from the rule, by type and field, and the size of pages.
#[derive(Debug, Clone, Default)]
pub struct Prices {
    weights: HashMap<String, HashMap<String, Weight>>,
    page: Page,
}

/// How many rows a page has.
#[derive(Debug, Clone, Copy)]
pub(super) struct Page {
    /// Unless `first` or `last` say.
    pub(super) usual: u64,
    /// At most, whatever they say.
    pub(super) most: u64,
}

impl Default for Page {
    fn default() -> Self {
        Self { usual: 20, most: 200 }
    }
}

impl Prices {
    /// A table by coordinate, such as `Query.search`.
    pub fn new<'a>(table: impl IntoIterator<Item = (&'a str, Weight)>) -> Self {
        let mut prices = Self::default();
        for (coordinate, weight) in INTROSPECTION.into_iter().chain(table) {
            let (ty, field) = coordinate.split_once('.').unwrap_or((coordinate, ""));
            let fields = prices.weights.entry(ty.to_owned()).or_default();
            fields.insert(field.to_owned(), weight);
        }
        prices
    }

    /// The table of the hub.
    pub fn hub() -> Self {
        Self::new(HUB)
    }

    pub(super) fn of(&self, ty: &str, field: &str) -> Weight {
        let weights = self.weights.get(ty);
        let weight = weights.and_then(|weights| weights.get(field));
        weight.copied().unwrap_or_default()
    }

    pub(super) fn page(&self) -> Page {
        self.page
    }

    /// The coordinates (and arguments) of the table that the schema does not have.
    pub(super) fn unknown(&self, schema: &Valid<Schema>) -> Vec<String> {
        let mut unknown = Vec::new();
        for (ty, fields) in &self.weights {
            for (field, weight) in fields {
                let definition = schema.type_field(ty, field).ok();
                let known = definition.is_some_and(|definition| match weight.size {
                    Size::Assumed(_) => true,
                    Size::Argument(name) => definition.argument_by_name(name).is_some(),
                });
                if !known {
                    unknown.push(format!("{ty}.{field}"));
                }
            }
        }
        unknown.sort();
        unknown
    }
}

/// A list of so many objects.
const fn about(size: u64) -> Weight {
    Weight {
        own: 0,
        size: Size::Assumed(size),
    }
}

/// The hub's own prices. Only lists that are longer than others and work that no list shows stand here.
const HUB: [(&str, Weight); 5] = [
    // Finds citations in a text of up to 64 KiB and looks up as many as 500.
    (
        "Query.checkCitations",
        Weight {
            own: 500,
            size: Size::Assumed(20),
        },
    ),
    // Looks through the 200 newest declarations.
    ("Enterprise.findings", about(20)),
    (
        "Query.nodes",
        Weight {
            own: 0,
            size: Size::Argument("ids"),
        },
    ),
    // Words are looked up in an index of all records.
    (
        "Query.search",
        Weight {
            own: 20,
            size: Size::Assumed(LIST),
        },
    ),
    ("HubInfo.sources", about(20)),
];

/// The lists of the schema about itself.
const INTROSPECTION: [(&str, Weight); 9] = [
    ("__Schema.types", about(120)),
    ("__Schema.directives", about(5)),
    ("__Type.fields", about(12)),
    ("__Type.interfaces", about(1)),
    ("__Type.possibleTypes", about(6)),
    ("__Type.enumValues", about(6)),
    ("__Type.inputFields", about(6)),
    ("__Field.args", about(3)),
    ("__Directive.args", about(1)),
];

/// What an operation costs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Price {
    /// The sum.
    pub requested: u64,
    /// The fields with the largest shares, dearest first, five at most.
    pub dearest: Vec<PricedPath>,
}

/// The share of one field in a price.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PricedPath {
    /// Names as they stand in the answer, joined by dots, such as `enterprises.nodes.declarations`.
    pub path: String,
    /// What the field costs, its rows included, and without the priced fields below it.
    pub price: u64,
}
