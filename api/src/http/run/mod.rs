//! One way for every operation, whether it came over HTTP, an event stream or a socket: document, check, price, budget, turn,
//! execution.

mod complete;
mod cost;
mod execute;

use std::sync::Arc;

use actix_web::http::StatusCode;
use async_graphql::Request;
pub(super) use cost::{Budget, Cost};
use entity::access::Permission;
use entity::audit;

use super::check::{self, OperationKind, Price, Shape};
use super::door::Door;
use super::metrics::Found;
use super::refused::Refused;
use super::request::{Asked, Caller};
use super::trace;

/// What a document costs that is refused.
const REFUSAL: u64 = 10;

/// An operation that passed the check and was paid for.
pub(super) struct Admitted {
    request: Request,
    shape: Arc<Shape>,
    trail: audit::Asked,
    /// What it does.
    pub(super) kind: OperationKind,
    /// What it cost.
    pub(super) cost: Cost,
}

/// What becomes of a request that passed the check.
pub(super) enum Admission {
    /// It is executed.
    Run(Box<Admitted>),
    /// Its client only wants to know what it would cost.
    Quote(Cost),
}

impl Door {
    /// Checks a request and takes its price out of the budget of its reader.
    pub(super) fn admit(&self, asked: Asked, caller: &Caller) -> Result<Admission, Refused> {
        let named = self.documents.of(&asked)?;
        let checked = self.checker.look_up(&named.text);
        let (document, known) = checked.map_err(|refusal| self.refused(refusal, caller))?;
        self.metrics
            .passed(if known { Found::Cache } else { Found::Check });
        let operation = document.operation(asked.operation_name.as_deref())?;
        let kind = operation.kind();
        trace::name(&document, &operation);
        if caller.reads_only && kind == OperationKind::Mutation {
            return Err(Refused::method(
                "POST",
                "a mutation is sent with POST: GET only reads",
            ));
        }
        if !caller.hears_streams && kind == OperationKind::Subscription {
            return Err(Refused::http(
                StatusCode::NOT_ACCEPTABLE,
                "NOT_ACCEPTABLE",
                "a subscription has many answers: send accept: text/event-stream, or open a WebSocket with the \
                 subprotocol graphql-transport-ws",
            ));
        }
        if !caller.identity.role.allows(Permission::ReadRows) && !operation.shape().only_counts() {
            return Err(Refused::http(
                StatusCode::FORBIDDEN,
                "FORBIDDEN",
                "this role reads counts and no rows: ask for totalCount of lists, and for nothing in them",
            ));
        }
        let price = operation.price(&asked.variables)?;
        self.metrics.priced(price.requested);
        let trail = audit::Asked {
            identity: caller.identity.as_ref().clone(),
            operation_hash: document.hash().to_owned(),
            operation_name: operation.name().unwrap_or_default().to_owned(),
            address: caller.from.to_string(),
            request_id: caller.id.as_str().to_owned(),
        };
        let executable = document.executable();
        let shape = Arc::clone(operation.shape());
        self.documents.register(named);
        if caller.dry_run {
            return Ok(Admission::Quote(self.rate.quote(&caller.payer(), price)?));
        }
        let mut cost = self.rate.take(&caller.payer(), price)?;
        cost.dearest.clear();
        let mut request = Request::new(String::new()).variables(asked.variables);
        request.operation_name = asked.operation_name;
        request.set_parsed_query(executable);
        Ok(Admission::Run(Box::new(Admitted {
            request,
            shape,
            trail,
            kind,
            cost,
        })))
    }

    /// A document that is refused was read all the same, and whoever sends nothing else pays for that.
    fn refused(&self, refusal: check::Refusal, caller: &Caller) -> Refused {
        let paid = self.rate.take(
            &caller.payer(),
            Price {
                requested: REFUSAL,
                dearest: Vec::new(),
            },
        );
        paid.err().unwrap_or_else(|| refusal.into())
    }
}
