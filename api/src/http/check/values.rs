//! Rules about values that the validator leaves out: double keys, `@oneOf`, variables in nested places, U+0000.

use std::collections::HashSet;

use apollo_compiler::ast::{DirectiveList, InputValueDefinition, Type, Value, VariableDefinition};
use apollo_compiler::executable::{ExecutableDocument, Operation, Selection, SelectionSet};
use apollo_compiler::schema::ExtendedType;
use apollo_compiler::validation::Valid;
use apollo_compiler::{Name, Node, Schema};
use async_graphql::Pos;

use super::place::Places;
use super::refusal::{BAD_INPUT, NUL, Refusal, VALIDATION_FAILED};

/// What a look at the values of a valid document found.
#[derive(Default)]
pub(super) struct Values {
    /// Whether an argument holds a list: only then two fields can differ in the length of one.
    pub(super) lists: bool,
    said: Vec<(String, Option<Pos>)>,
    nul: Option<Option<Pos>>,
}

impl Values {
    /// Looks at every value of every operation.
    pub(super) fn of(document: &ExecutableDocument, schema: &Valid<Schema>, places: &Places<'_>) -> Self {
        let mut found = Self::default();
        for operation in document.operations.iter() {
            let mut look = Look {
                document,
                schema,
                places,
                operation,
                spread: HashSet::new(),
                found: &mut found,
            };
            look.operation();
        }
        found
    }

    /// The refusal for what was found, if anything was.
    pub(super) fn refusal(self, most: usize) -> Option<Refusal> {
        let mut said = self.said;
        // A fragment is looked at once for each operation that spreads it.
        let mut seen = HashSet::new();
        said.retain(|one| seen.insert(format!("{one:?}")));
        let nul = self.nul.map(|place| Refusal::new(BAD_INPUT, NUL, place));
        Refusal::all(VALIDATION_FAILED, said, most).or(nul)
    }
}

/// A place where a value stands.
#[derive(Clone, Copy)]
struct Expected<'a> {
    /// `None` inside a custom scalar, which takes any literal.
    ty: Option<&'a Type>,
    /// Whether the place has a default of its own.
    default: bool,
    /// The input type with `@oneOf` whose field this is.
    one_of: Option<&'a Name>,
}

struct Look<'a> {
    document: &'a ExecutableDocument,
    schema: &'a Valid<Schema>,
    places: &'a Places<'a>,
    operation: &'a Operation,
    spread: HashSet<&'a Name>,
    found: &'a mut Values,
}

impl<'a> Look<'a> {
    fn operation(&mut self) {
        let operation = self.operation;
        for variable in &operation.variables {
            if let Some(value) = &variable.default_value {
                let expected = Expected {
                    ty: Some(&variable.ty),
                    default: false,
                    one_of: None,
                };
                self.value(value, expected);
            }
            self.directives(&variable.directives);
        }
        self.directives(&operation.directives);
        self.set(&operation.selection_set);
    }

    fn set(&mut self, set: &'a SelectionSet) {
        for selection in &set.selections {
            match selection {
                Selection::Field(field) => {
                    self.arguments(&field.arguments, &field.definition.arguments);
                    self.directives(&field.directives);
                    self.set(&field.selection_set);
                }
                Selection::InlineFragment(fragment) => {
                    self.directives(&fragment.directives);
                    self.set(&fragment.selection_set);
                }
                Selection::FragmentSpread(spread) => {
                    self.directives(&spread.directives);
                    if self.spread.insert(&spread.fragment_name)
                        && let Some(fragment) = self.document.fragments.get(&spread.fragment_name)
                    {
                        self.directives(&fragment.directives);
                        self.set(&fragment.selection_set);
                    }
                }
            }
        }
    }

    fn directives(&mut self, directives: &'a DirectiveList) {
        for directive in &directives.0 {
            if let Some(definition) = self.schema.directive_definitions.get(&directive.name) {
                self.arguments(&directive.arguments, &definition.arguments);
            }
        }
    }

    fn arguments(
        &mut self,
        given: &'a [Node<apollo_compiler::ast::Argument>],
        defined: &'a [Node<InputValueDefinition>],
    ) {
        for argument in given {
            let definition = defined.iter().find(|known| known.name == argument.name);
            let expected = Expected {
                ty: definition.map(|known| &*known.ty),
                default: definition.is_some_and(|known| known.default_value.is_some()),
                one_of: None,
            };
            self.value(&argument.value, expected);
        }
    }

    fn value(&mut self, value: &'a Node<Value>, expected: Expected<'a>) {
        match &**value {
            Value::Variable(name) => self.variable(name, value, expected),
            Value::String(text) if text.contains('\0') => {
                let place = self.place(value);
                self.found.nul.get_or_insert(place);
            }
            Value::List(items) => {
                self.found.lists = true;
                let item = Expected {
                    ty: match expected.ty {
                        Some(Type::List(item) | Type::NonNullList(item)) => Some(item),
                        _ => None,
                    },
                    default: false,
                    one_of: None,
                };
                for value in items {
                    self.value(value, item);
                }
            }
            Value::Object(fields) => self.object(value, fields, expected),
            _ => {}
        }
    }

    fn object(&mut self, object: &'a Node<Value>, fields: &'a [(Name, Node<Value>)], expected: Expected<'a>) {
        let definition = match expected
            .ty
            .and_then(|ty| self.schema.types.get(ty.inner_named_type()))
        {
            Some(ExtendedType::InputObject(definition)) => Some(definition),
            _ => None,
        };
        let one_of = definition.filter(|definition| definition.directives.has("oneOf"));
        let mut seen = HashSet::new();
        for (name, value) in fields {
            if !seen.insert(name) {
                let message = format!("the field `{name}` stands twice in this object: give it once");
                self.say(message, value);
            }
            let field = definition.and_then(|definition| definition.fields.get(name));
            let expected = Expected {
                ty: field.map(|field| &*field.ty),
                default: field.is_some_and(|field| field.default_value.is_some()),
                one_of: one_of.map(|definition| &definition.name),
            };
            self.value(value, expected);
        }
        if let Some(definition) = one_of {
            let null = fields.iter().any(|(_, value)| value.is_null());
            if fields.len() != 1 || null {
                let message = format!("`{}` takes exactly one field that is not null", definition.name);
                self.say(message, object);
            }
        }
    }

    fn variable(&mut self, name: &'a Name, value: &'a Node<Value>, expected: Expected<'a>) {
        let mut defined = self.operation.variables.iter();
        let Some(variable) = defined.find(|variable| variable.name == *name) else {
            let message = format!("variable `${name}` is not defined: define it in the operation");
            return self.say(message, value);
        };
        let Some(ty) = expected.ty else {
            return;
        };
        if !fits(variable, ty, expected.default) {
            let message = format!(
                "variable `${name}` of type `{}` cannot stand here, where `{ty}` is expected",
                variable.ty
            );
            self.say(message, value);
        } else if let Some(one_of) = expected.one_of
            && !never_null(variable)
        {
            let message = format!(
                "variable `${name}` must be `{}!` to stand in `{one_of}`, which takes exactly one field that is not null",
                variable.ty
            );
            self.say(message, value);
        }
    }

    fn say(&mut self, message: String, value: &Node<Value>) {
        let place = self.place(value);
        self.found.said.push((message, place));
    }

    fn place(&self, value: &Node<Value>) -> Option<Pos> {
        value.location().map(|span| self.places.at(span.offset()))
    }
}

/// Whether a variable may stand where a value of this type is expected (`IsVariableUsageAllowed` of the specification).
fn fits(variable: &VariableDefinition, ty: &Type, default: bool) -> bool {
    if ty.is_non_null() && !variable.ty.is_non_null() {
        let nullable = ty.clone().nullable();
        return (never_null(variable) || default) && variable.ty.is_assignable_to(&nullable);
    }
    variable.ty.is_assignable_to(ty)
}

/// Whether a variable that is not given still has a value.
fn never_null(variable: &VariableDefinition) -> bool {
    let default = variable.default_value.as_ref();
    variable.ty.is_non_null() || default.is_some_and(|value| !value.is_null())
}
