//! An operation as a flat list of what has a price, in the order in which it can be summed up with given variables.

use std::collections::HashMap;

use apollo_compiler::ast::{Argument, Value};
use apollo_compiler::executable::{ExecutableDocument, Field, Operation, Selection, SelectionSet};
use apollo_compiler::{Name, Node};
use async_graphql::{Value as Given, Variables};

use super::price::{DEAREST, INTROSPECTION_DISCOUNT, Page, Price, PricedPath, Prices, Size};

/// The priced fields of one operation. Fields that merge in the answer are one step.
pub(super) struct Plan {
    steps: Vec<Step>,
    page: Page,
}

struct Step {
    parent: Option<usize>,
    name: Name,
    own: u64,
    gives: Gives,
    introspection: bool,
}

/// How many objects a field gives for each object that it is asked of.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Gives {
    /// A leaf.
    Nothing,
    One,
    Many(u64),
    /// As many as the longest of these lists has items.
    Items(Vec<Number>),
    /// A page, whose lists have as many rows as the largest of these numbers says.
    Page(Vec<Number>),
    /// A list of the page above it.
    Rows,
}

/// A number that an argument says.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Number {
    Fixed(u64),
    /// Of this variable; the number stands for one that is not given.
    Variable(Name, Option<u64>),
}

impl Plan {
    /// Lists what is priced of a valid operation.
    pub(super) fn of(operation: &Operation, document: &ExecutableDocument, prices: &Prices) -> Self {
        let mut making = Making {
            operation,
            document,
            prices,
            steps: Vec::new(),
            known: HashMap::new(),
        };
        making.set(&operation.selection_set, None, false);
        Self {
            steps: making.steps,
            page: prices.page(),
        }
    }

    /// How many steps there are.
    pub(super) fn len(&self) -> usize {
        self.steps.len()
    }

    /// Sums up with these variables.
    pub(super) fn price(&self, variables: &Variables) -> Price {
        let mut objects: Vec<u64> = Vec::with_capacity(self.steps.len());
        let mut rows: Vec<u64> = Vec::with_capacity(self.steps.len());
        let mut shares: Vec<u64> = Vec::with_capacity(self.steps.len());
        for (at, step) in self.steps.iter().enumerate() {
            let of = |counts: &[u64]| step.parent.and_then(|parent| counts.get(parent)).copied();
            let asked = of(&objects).unwrap_or(1);
            let mut page = 0;
            let gives = match &step.gives {
                Gives::Nothing => 0,
                Gives::One => 1,
                Gives::Many(size) => *size,
                Gives::Items(lists) => largest(lists, variables, items).unwrap_or_default(),
                Gives::Page(numbers) => {
                    let asked = largest(numbers, variables, number).unwrap_or(self.page.usual);
                    page = asked.clamp(1, self.page.most);
                    1
                }
                Gives::Rows => of(&rows).unwrap_or_default(),
            };
            let given = asked.saturating_mul(gives);
            let share = asked.saturating_mul(step.own).saturating_add(given);
            objects.push(given);
            rows.push(page);
            shares.push(0);
            // Rows are the page's: there they can be made fewer.
            let payer = match (&step.gives, step.parent) {
                (Gives::Rows, Some(parent)) => parent,
                _ => at,
            };
            if let Some(paid) = shares.get_mut(payer) {
                *paid = paid.saturating_add(share);
            }
        }
        self.sum(&shares)
    }

    fn sum(&self, shares: &[u64]) -> Price {
        let mut data = 0_u64;
        let mut introspection = 0_u64;
        let mut dearest: Vec<(u64, usize)> = Vec::new();
        for (at, (step, share)) in self.steps.iter().zip(shares).enumerate() {
            let share = if step.introspection {
                introspection = introspection.saturating_add(*share);
                share / INTROSPECTION_DISCOUNT
            } else {
                data = data.saturating_add(*share);
                *share
            };
            if share > 0 {
                let before = dearest.partition_point(|(other, _)| *other >= share);
                if before < DEAREST {
                    dearest.insert(before, (share, at));
                    dearest.truncate(DEAREST);
                }
            }
        }
        let paths = dearest.into_iter().map(|(price, at)| PricedPath {
            path: self.path(at),
            price,
        });
        Price {
            requested: data.saturating_add(introspection.div_ceil(INTROSPECTION_DISCOUNT)),
            dearest: paths.collect(),
        }
    }

    fn path(&self, at: usize) -> String {
        let mut names = Vec::new();
        let mut next = Some(at);
        while let Some(step) = next.and_then(|at| self.steps.get(at)) {
            names.push(step.name.as_str());
            next = step.parent;
        }
        names.reverse();
        names.join(".")
    }
}

/// The largest of these numbers that is given.
fn largest(numbers: &[Number], variables: &Variables, read: impl Fn(&Given) -> Option<u64>) -> Option<u64> {
    let given = numbers.iter().filter_map(|number| match number {
        Number::Fixed(number) => Some(*number),
        Number::Variable(name, default) => match variables.get(name.as_str()) {
            Some(value) => read(value),
            None => *default,
        },
    });
    given.max()
}

fn number(value: &Given) -> Option<u64> {
    match value {
        Given::Number(number) => Some(number.as_u64().unwrap_or_default()),
        _ => None,
    }
}

fn items(value: &Given) -> Option<u64> {
    match value {
        Given::Null => None,
        Given::List(items) => Some(length(items)),
        _ => Some(1),
    }
}

fn length<T>(items: &[T]) -> u64 {
    u64::try_from(items.len()).unwrap_or(u64::MAX)
}

struct Making<'a> {
    operation: &'a Operation,
    document: &'a ExecutableDocument,
    prices: &'a Prices,
    steps: Vec<Step>,
    /// Steps by parent and name in the answer; several where they give differently on types that exclude each other.
    known: HashMap<(Option<usize>, &'a Name), Vec<usize>>,
}

impl<'a> Making<'a> {
    fn set(&mut self, set: &'a SelectionSet, parent: Option<usize>, introspection: bool) {
        for selection in &set.selections {
            match selection {
                Selection::Field(field) => self.field(&set.ty, field, parent, introspection),
                Selection::InlineFragment(fragment) => {
                    self.set(&fragment.selection_set, parent, introspection);
                }
                Selection::FragmentSpread(spread) => {
                    if let Some(fragment) = self.document.fragments.get(&spread.fragment_name) {
                        self.set(&fragment.selection_set, parent, introspection);
                    }
                }
            }
        }
    }

    fn field(&mut self, on: &Name, field: &'a Field, parent: Option<usize>, introspection: bool) {
        let weight = self.prices.of(on, &field.name);
        let gives = self.gives(field, weight.size, parent);
        if gives == Gives::Nothing && weight.own == 0 {
            return;
        }
        let introspection = introspection || field.name == "__schema" || field.name == "__type";
        let known = self.known.entry((parent, field.response_key())).or_default();
        let merged = known.iter().copied().find(|at| {
            let step = self.steps.get(*at);
            step.is_some_and(|step| step.gives == gives && step.own == weight.own)
        });
        let at = merged.unwrap_or_else(|| {
            known.push(self.steps.len());
            self.steps.push(Step {
                parent,
                name: field.response_key().clone(),
                own: weight.own,
                gives,
                introspection,
            });
            self.steps.len() - 1
        });
        self.set(&field.selection_set, Some(at), introspection);
    }

    fn gives(&self, field: &Field, size: Size, parent: Option<usize>) -> Gives {
        if field.selection_set.selections.is_empty() {
            return Gives::Nothing;
        }
        let list = field.definition.ty.is_list();
        let paged = |name: &str| field.definition.argument_by_name(name).is_some();
        if paged("first") || paged("last") {
            let numbers = ["first", "last"].iter().flat_map(|name| self.number(field, name));
            let numbers: Vec<_> = numbers.collect();
            return Gives::Page(numbers);
        }
        let above = parent.and_then(|parent| self.steps.get(parent));
        match size {
            _ if list && above.is_some_and(|step| matches!(step.gives, Gives::Page(_))) => Gives::Rows,
            Size::Assumed(size) if list => Gives::Many(size),
            Size::Argument(name) if list => Gives::Items(self.items(field, name)),
            _ => Gives::One,
        }
    }

    fn number(&self, field: &Field, name: &str) -> Option<Number> {
        let read = |value: &Value| match value {
            Value::Int(int) => Some(int.as_str().parse::<u64>().unwrap_or_default()),
            _ => None,
        };
        self.said(field, name, read)
    }

    fn items(&self, field: &Field, name: &str) -> Vec<Number> {
        let read = |value: &Value| match value {
            Value::Null => None,
            Value::List(items) => Some(length(items)),
            _ => Some(1),
        };
        self.said(field, name, read).into_iter().collect()
    }

    /// What an argument or the default of its definition says, read as a number.
    fn said(&self, field: &Field, name: &str, read: impl Fn(&Value) -> Option<u64>) -> Option<Number> {
        let given = |argument: &&Node<Argument>| argument.name == name;
        let Some(argument) = field.arguments.iter().find(given) else {
            let definition = field.definition.argument_by_name(name)?;
            return read(definition.default_value.as_ref()?).map(Number::Fixed);
        };
        let Value::Variable(variable) = &*argument.value else {
            return read(&argument.value).map(Number::Fixed);
        };
        let mut defined = self.operation.variables.iter();
        let default = defined
            .find(|defined| defined.name == *variable)
            .and_then(|defined| read(defined.default_value.as_ref()?));
        Some(Number::Variable(variable.clone(), default))
    }
}
