//! The checked tree as the executor's own tree.
//!
//! The executor never sees the text: what was checked is what runs, and two parsers cannot disagree about it.

use std::collections::HashMap;

use apollo_compiler::ast;
use apollo_compiler::executable as checked;
use apollo_compiler::parser::SourceSpan;
use apollo_compiler::{Name as CheckedName, Node};
use async_graphql::indexmap::IndexMap;
use async_graphql::parser::types as tree;
use async_graphql::{Name, Number, Pos, Positioned};
use async_graphql_value::Value;

use super::place::Places;
use super::refusal::{Refusal, VALIDATION_FAILED};

/// Turns a valid document into the executor's tree. Refused is only what the executor has no form for: a number that
/// is larger than any float.
pub(super) fn executable(
    document: &checked::ExecutableDocument,
    places: &Places<'_>,
) -> Result<tree::ExecutableDocument, Refusal> {
    let subscription = |operation: &&Node<checked::Operation>| operation.is_subscription();
    let subscription = document.operations.iter().find(subscription);
    let make = Make {
        places,
        subscription: subscription.map(|operation| &operation.selection_set.ty),
    };
    let operations = match &document.operations.anonymous {
        Some(operation) => tree::DocumentOperations::Single(make.operation(operation)?),
        None => {
            let named = document.operations.named.iter();
            let named = named.map(|(name, operation)| Ok((make.name(name), make.operation(operation)?)));
            tree::DocumentOperations::Multiple(named.collect::<Result<_, Refusal>>()?)
        }
    };
    let fragments = document.fragments.iter().map(|(name, fragment)| {
        let made = tree::FragmentDefinition {
            type_condition: make.condition(fragment.type_condition(), fragment.location()),
            directives: make.directives(&fragment.directives)?,
            selection_set: make.set(&fragment.selection_set, fragment.location())?,
        };
        Ok((make.name(name), make.at(fragment.location(), made)))
    });
    let fragments: HashMap<_, _> = fragments.collect::<Result<_, Refusal>>()?;
    Ok(tree::ExecutableDocument {
        operations,
        fragments,
    })
}

/// A name and what is given for it.
type Argument = (Positioned<Name>, Positioned<Value>);

struct Make<'a> {
    places: &'a Places<'a>,
    /// The root type of subscriptions, if there are any.
    subscription: Option<&'a CheckedName>,
}

impl Make<'_> {
    fn pos(&self, span: Option<SourceSpan>) -> Pos {
        span.map(|span| self.places.at(span.offset())).unwrap_or_default()
    }

    fn at<T>(&self, span: Option<SourceSpan>, node: T) -> Positioned<T> {
        Positioned::new(node, self.pos(span))
    }

    fn name(&self, name: &CheckedName) -> Name {
        Name::new(name.as_str())
    }

    fn named(&self, name: &CheckedName, span: Option<SourceSpan>) -> Positioned<Name> {
        self.at(name.location().or(span), self.name(name))
    }

    fn condition(&self, on: &CheckedName, span: Option<SourceSpan>) -> Positioned<tree::TypeCondition> {
        let on = self.named(on, span);
        let pos = on.pos;
        Positioned::new(tree::TypeCondition { on }, pos)
    }

    fn operation(
        &self,
        operation: &Node<checked::Operation>,
    ) -> Result<Positioned<tree::OperationDefinition>, Refusal> {
        let variables = operation.variables.iter().map(|variable| self.variable(variable));
        let made = tree::OperationDefinition {
            ty: match operation.operation_type {
                checked::OperationType::Query => tree::OperationType::Query,
                checked::OperationType::Mutation => tree::OperationType::Mutation,
                checked::OperationType::Subscription => tree::OperationType::Subscription,
            },
            variable_definitions: variables.collect::<Result<_, _>>()?,
            directives: self.directives(&operation.directives)?,
            selection_set: self.set(&operation.selection_set, operation.location())?,
        };
        Ok(self.at(operation.location(), made))
    }

    fn variable(
        &self,
        variable: &Node<ast::VariableDefinition>,
    ) -> Result<Positioned<tree::VariableDefinition>, Refusal> {
        let default = match &variable.default_value {
            Some(value) => {
                let constant = self.value(value)?.into_const();
                constant.map(|constant| self.at(value.location(), constant))
            }
            None => None,
        };
        let made = tree::VariableDefinition {
            name: self.named(&variable.name, variable.location()),
            var_type: self.at(variable.ty.location(), ty(&variable.ty)),
            directives: self.directives(&variable.directives)?,
            default_value: default,
        };
        Ok(self.at(variable.location(), made))
    }

    fn directives(
        &self,
        directives: &ast::DirectiveList,
    ) -> Result<Vec<Positioned<tree::Directive>>, Refusal> {
        let made = directives.0.iter().map(|directive| {
            let made = tree::Directive {
                name: self.named(&directive.name, directive.location()),
                arguments: self.arguments(&directive.arguments)?,
            };
            Ok(self.at(directive.location(), made))
        });
        made.collect()
    }

    fn arguments(&self, arguments: &[Node<ast::Argument>]) -> Result<Vec<Argument>, Refusal> {
        let made = arguments.iter().map(|argument| {
            let name = self.named(&argument.name, argument.location());
            let value = self.value(&argument.value)?;
            Ok((name, self.at(argument.value.location(), value)))
        });
        made.collect()
    }

    fn set(
        &self,
        set: &checked::SelectionSet,
        span: Option<SourceSpan>,
    ) -> Result<Positioned<tree::SelectionSet>, Refusal> {
        let items = set.selections.iter().map(|selection| self.selection(selection));
        let mut items: Vec<_> = items.collect::<Result<_, _>>()?;
        // Events of a subscription come from its one field.
        if may_select_nothing(set) && self.subscription != Some(&set.ty) {
            items.push(self.at(span, tree::Selection::Field(self.at(span, hidden()))));
        }
        Ok(self.at(span, tree::SelectionSet { items }))
    }

    fn selection(&self, selection: &checked::Selection) -> Result<Positioned<tree::Selection>, Refusal> {
        let (span, made) = match selection {
            checked::Selection::Field(field) => {
                let span = field.location();
                let alias = field.alias.as_ref();
                let made = tree::Field {
                    alias: alias.map(|alias| self.named(alias, span)),
                    name: self.named(&field.name, span),
                    arguments: self.arguments(&field.arguments)?,
                    directives: self.directives(&field.directives)?,
                    selection_set: self.set(&field.selection_set, span)?,
                };
                (span, tree::Selection::Field(self.at(span, made)))
            }
            checked::Selection::FragmentSpread(spread) => {
                let span = spread.location();
                let made = tree::FragmentSpread {
                    fragment_name: self.named(&spread.fragment_name, span),
                    directives: self.directives(&spread.directives)?,
                };
                (span, tree::Selection::FragmentSpread(self.at(span, made)))
            }
            checked::Selection::InlineFragment(fragment) => {
                let span = fragment.location();
                let condition = fragment.type_condition.as_ref();
                let made = tree::InlineFragment {
                    type_condition: condition.map(|on| self.condition(on, span)),
                    directives: self.directives(&fragment.directives)?,
                    selection_set: self.set(&fragment.selection_set, span)?,
                };
                (span, tree::Selection::InlineFragment(self.at(span, made)))
            }
        };
        Ok(self.at(span, made))
    }

    fn value(&self, value: &Node<ast::Value>) -> Result<Value, Refusal> {
        Ok(match &**value {
            ast::Value::Null => Value::Null,
            ast::Value::Enum(name) => Value::Enum(self.name(name)),
            ast::Value::Variable(name) => Value::Variable(self.name(name)),
            ast::Value::String(text) => Value::String(text.clone()),
            ast::Value::Boolean(flag) => Value::Boolean(*flag),
            ast::Value::Int(int) => Value::Number(self.number(int.as_str(), value)?),
            ast::Value::Float(float) => Value::Number(self.number(float.as_str(), value)?),
            ast::Value::List(items) => {
                let items = items.iter().map(|item| self.value(item));
                Value::List(items.collect::<Result<_, _>>()?)
            }
            ast::Value::Object(fields) => {
                let fields = fields
                    .iter()
                    .map(|(name, value)| Ok((self.name(name), self.value(value)?)));
                Value::Object(fields.collect::<Result<IndexMap<_, _>, Refusal>>()?)
            }
        })
    }

    fn number(&self, text: &str, value: &Node<ast::Value>) -> Result<Number, Refusal> {
        let int = text
            .parse::<i64>()
            .map(Number::from)
            .or_else(|_| text.parse::<u64>().map(Number::from));
        let number = int
            .ok()
            .or_else(|| text.parse::<f64>().ok().and_then(Number::from_f64));
        number.ok_or_else(|| {
            let message = "this number is too large: write it as a text where that is allowed";
            Refusal::new(VALIDATION_FAILED, message, Some(self.pos(value.location())))
        })
    }
}

/// Whether directives or types may leave an object without a field. The executor takes such an object for null.
fn may_select_nothing(set: &checked::SelectionSet) -> bool {
    let sure = |selection: &checked::Selection| matches!(selection, checked::Selection::Field(field) if field.directives.is_empty());
    !set.selections.is_empty() && !set.selections.iter().any(sure)
}

/// A field that is always there, under a name that no document can hold; the answer leaves it out again.
fn hidden() -> tree::Field {
    let unplaced = |name| Positioned::new(Name::new(name), Pos::default());
    tree::Field {
        alias: Some(unplaced("")),
        name: unplaced("__typename"),
        arguments: Vec::new(),
        directives: Vec::new(),
        selection_set: Positioned::new(tree::SelectionSet { items: Vec::new() }, Pos::default()),
    }
}

fn ty(checked: &ast::Type) -> tree::Type {
    let (base, nullable) = match checked {
        ast::Type::Named(name) => (tree::BaseType::Named(Name::new(name.as_str())), true),
        ast::Type::NonNullNamed(name) => (tree::BaseType::Named(Name::new(name.as_str())), false),
        ast::Type::List(item) => (tree::BaseType::List(Box::new(ty(item))), true),
        ast::Type::NonNullList(item) => (tree::BaseType::List(Box::new(ty(item))), false),
    };
    tree::Type { base, nullable }
}
