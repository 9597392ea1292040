//! From a valid operation to its plan: which fields have a price, and what says how many objects they give.

use std::collections::HashMap;

use apollo_compiler::ast::{Argument, Value};
use apollo_compiler::executable::{ExecutableDocument, Field, Operation, Selection, SelectionSet};
use apollo_compiler::{Name, Node};

use super::plan::{Gives, Number, Plan, Step, length};
use super::price::{Prices, Size};

/// The plan of a valid operation.
pub(super) fn plan(operation: &Operation, document: &ExecutableDocument, prices: &Prices) -> Plan {
    let mut making = Making {
        operation,
        document,
        prices,
        steps: Vec::new(),
        known: HashMap::new(),
    };
    making.set(&operation.selection_set, None, false);
    Plan::new(making.steps, prices.page())
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
