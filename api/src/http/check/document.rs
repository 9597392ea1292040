//! A document that passed, and its operations.

use std::sync::Arc;

use apollo_compiler::Schema;
use apollo_compiler::executable::{ExecutableDocument as Checked, OperationType};
use apollo_compiler::validation::Valid;
use async_graphql::parser::types::ExecutableDocument;
use async_graphql::{Value, Variables};

use super::limits::Limits;
use super::place::Places;
use super::plan::Plan;
use super::planning::plan;
use super::price::{Price, Prices};
use super::refusal::{OPERATION_NOT_FOUND, Refusal, TOO_COMPLEX, short};
use super::shape::Shape;
use super::variables::{self, Defined};

/// What all documents of a schema share.
pub(super) struct Rules {
    pub(super) schema: Valid<Schema>,
    pub(super) prices: Prices,
    pub(super) limits: Limits,
}

/// A document that may be executed.
pub struct Document {
    hash: String,
    bytes: u64,
    executable: ExecutableDocument,
    operations: Vec<Checks>,
    rules: Arc<Rules>,
}

/// What is looked at for each request of an operation.
struct Checks {
    name: Option<String>,
    kind: OperationKind,
    variables: Vec<Defined>,
    plan: Plan,
    shape: Arc<Shape>,
}

/// What a token of a document takes in memory at most, the name of a field being the largest.
const BYTES_OF_A_TOKEN: usize = 250;
/// What a step of a plan takes.
const BYTES_OF_A_STEP: usize = 120;
/// What a name of a shape takes.
const BYTES_OF_A_NAME: usize = 150;

impl Document {
    pub(super) fn new(
        hash: String,
        tokens: usize,
        checked: &Checked,
        executable: ExecutableDocument,
        places: &Places<'_>,
        rules: &Arc<Rules>,
    ) -> Self {
        let operations: Vec<_> = checked
            .operations
            .iter()
            .map(|operation| Checks {
                name: operation.name.as_ref().map(|name| name.as_str().to_owned()),
                kind: match operation.operation_type {
                    OperationType::Query => OperationKind::Query,
                    OperationType::Mutation => OperationKind::Mutation,
                    OperationType::Subscription => OperationKind::Subscription,
                },
                variables: operation
                    .variables
                    .iter()
                    .map(|variable| {
                        let place = variable.location().map(|span| span.offset());
                        Defined::of(variable, place, places)
                    })
                    .collect(),
                plan: plan(operation, checked, &rules.prices),
                shape: Arc::new(Shape::of(operation, checked)),
            })
            .collect();
        let steps: usize = operations.iter().map(|operation| operation.plan.len()).sum();
        let names: usize = operations.iter().map(|operation| operation.shape.len()).sum();
        let bytes = tokens * BYTES_OF_A_TOKEN + steps * BYTES_OF_A_STEP + names * BYTES_OF_A_NAME;
        Self {
            hash,
            bytes: u64::try_from(bytes).unwrap_or(u64::MAX),
            executable,
            operations,
            rules: Arc::clone(rules),
        }
    }

    /// What it takes in memory, estimated.
    pub(super) fn bytes(&self) -> u64 {
        self.bytes
    }

    /// SHA-256 of the text as it was sent, in hexadecimal digits.
    pub fn hash(&self) -> &str {
        &self.hash
    }

    /// The operation of this name; without a name, the only one. `OPERATION_NOT_FOUND` otherwise.
    pub fn operation(&self, name: Option<&str>) -> Result<Operation<'_>, Refusal> {
        let mut operations = self.operations.iter();
        let found = match name {
            Some(name) => operations.find(|operation| operation.name.as_deref() == Some(name)),
            None if self.operations.len() == 1 => operations.next(),
            None => None,
        };
        let checks = found.ok_or_else(|| {
            let message = match name {
                Some(name) => {
                    let name = short(name, 100);
                    format!("the document has no operation {name:?}: send `operationName` as it stands there")
                }
                None => "the document has several operations: say which one with `operationName`".to_owned(),
            };
            Refusal::new(OPERATION_NOT_FOUND, message, None)
        })?;
        Ok(Operation {
            checks,
            rules: &self.rules,
        })
    }

    /// The document as the executor takes it (`Request::set_parsed_query`), made of the very tree that was checked.
    pub fn executable(&self) -> ExecutableDocument {
        self.executable.clone()
    }
}

/// Which kind of work an operation asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OperationKind {
    /// Reads.
    Query,
    /// Writes.
    Mutation,
    /// Is told what changes.
    Subscription,
}

/// One operation of a checked document.
#[derive(Clone, Copy)]
pub struct Operation<'a> {
    checks: &'a Checks,
    rules: &'a Rules,
}

impl<'a> Operation<'a> {
    /// Which kind of work it asks for.
    pub fn kind(&self) -> OperationKind {
        self.checks.kind
    }

    /// Its name, if it has one.
    pub fn name(&self) -> Option<&'a str> {
        self.checks.name.as_deref()
    }

    /// What its answer looks like.
    pub fn shape(&self) -> &'a Arc<Shape> {
        &self.checks.shape
    }

    /// Checks the variables (`BAD_USER_INPUT`) and prices the operation with them (`QUERY_TOO_COMPLEX` above the limit).
    pub fn price(&self, variables: &Variables) -> Result<Price, Refusal> {
        let limits = &self.rules.limits;
        variables::check(&self.checks.variables, variables, &self.rules.schema, limits)?;
        let price = self.checks.plan.price(variables);
        if price.requested <= limits.price {
            return Ok(price);
        }
        let message = format!(
            "the query costs {}, {} at most: ask for fewer rows, first of all in {}",
            price.requested,
            limits.price,
            price
                .dearest
                .first()
                .map_or("its lists", |dearest| dearest.path.as_str())
        );
        let dearest = price.dearest.iter().map(|one| {
            let path = Value::from(one.path.as_str());
            async_graphql::value!({ "path": path, "price": one.price })
        });
        let dearest = Value::List(dearest.collect());
        Err(Refusal::new(TOO_COMPLEX, message, None)
            .with("requested", price.requested.into())
            .with("limit", limits.price.into())
            .with("dearest", dearest))
    }
}
