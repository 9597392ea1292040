//! An operation as a flat list of what has a price, in the order in which it can be summed up with given variables.

use apollo_compiler::Name;
use async_graphql::{Value as Given, Variables};

use super::price::{DEAREST, INTROSPECTION_DISCOUNT, Page, Price, PricedPath};

/// The priced fields of one operation. Fields that merge in the answer are one step.
pub(super) struct Plan {
    steps: Vec<Step>,
    page: Page,
}

/// A field with a price.
pub(super) struct Step {
    /// The step that it is asked of.
    pub(super) parent: Option<usize>,
    /// The name in the answer.
    pub(super) name: Name,
    pub(super) own: u64,
    pub(super) gives: Gives,
    pub(super) introspection: bool,
}

/// How many objects a field gives for each object that it is asked of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Gives {
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
pub(super) enum Number {
    Fixed(u64),
    /// Of this variable; the number stands for one that is not given.
    Variable(Name, Option<u64>),
}

impl Plan {
    /// A plan of these steps, each behind its parent.
    pub(super) fn new(steps: Vec<Step>, page: Page) -> Self {
        Self { steps, page }
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

/// How many items, as a price counts them.
pub(super) fn length<T>(items: &[T]) -> u64 {
    u64::try_from(items.len()).unwrap_or(u64::MAX)
}
