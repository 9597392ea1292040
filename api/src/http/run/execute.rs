//! Execution: a turn, a deadline, and nothing that goes wrong inside gets out.

use std::any::Any;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;

use actix_web::http::StatusCode;
use async_graphql::{Value, value};
use entity::{Scope, change};
use futures_util::stream::BoxStream;
use futures_util::{FutureExt, StreamExt, stream};
use tracing::error;

use super::Admitted;
use crate::graphql::{ApiError, Bookmark};
use crate::http::answer::Answer;
use crate::http::door::Door;
use crate::http::refused::Refused;

impl Door {
    /// Executes a query or a mutation.
    pub(in crate::http) async fn execute(&self, admitted: Admitted) -> Answer {
        let cost = admitted.cost;
        let turn = match self.turns.take().await {
            Ok(turn) => turn,
            Err(refused) => return Answer::from(refused.with_cost(cost)),
        };
        let _running = self.metrics.executing();
        // Read first: the answer may show more than this position, never less.
        let head = change::head(&self.db, &Scope::public()).await.ok();
        let work = self.schema.execute(admitted.request.data(self.viewer()));
        let work = tokio::time::timeout(self.limits.execution, AssertUnwindSafe(work).catch_unwind());
        let done = work.await;
        drop(turn);
        let answer = match done {
            Ok(Ok(response)) => Answer::executed(response),
            Ok(Err(panic)) => Answer::from(broken(panic)),
            Err(_) => Answer::from(self.too_slow()),
        };
        answer
            .with("dataAsOf", head.map(|head| self.position(&head)))
            .with_cost(cost)
    }

    /// Executes a subscription: an answer for each event, and the bookmark that says where the last one stood.
    pub(in crate::http) fn subscribe(
        &self,
        admitted: Admitted,
        since: Option<change::Head>,
    ) -> (BoxStream<'static, Answer>, Arc<Bookmark>) {
        let bookmark = Arc::new(Bookmark::at(since));
        let request = admitted.request.data(self.viewer()).data(bookmark.clone());
        let events = AssertUnwindSafe(self.schema.execute_stream(request)).catch_unwind();
        let mut cost = Some(admitted.cost);
        let answers = events.map(move |event| {
            let answer = match event {
                Ok(response) => Answer::executed(response),
                Err(panic) => Answer::from(broken(panic)),
            };
            // The price was paid once, so it is told once.
            match cost.take() {
                Some(cost) => answer.with_cost(cost),
                None => answer,
            }
        });
        (answers.boxed(), bookmark)
    }

    /// Every answer to an operation of any kind, one for a query.
    pub(in crate::http) fn answers(self: &Arc<Self>, admitted: Admitted) -> BoxStream<'static, Answer> {
        if admitted.kind == crate::http::check::OperationKind::Subscription {
            return self.subscribe(admitted, None).0;
        }
        let door = self.clone();
        stream::once(async move { door.execute(admitted).await }).boxed()
    }

    fn position(&self, head: &change::Head) -> Value {
        self.metrics.position(head.position);
        value!({ "epoch": head.epoch.clone(), "position": head.position })
    }

    fn too_slow(&self) -> Refused {
        let seconds = self.limits.execution.as_secs();
        let remedy = format!("the operation took longer than {seconds} s: ask for less at once");
        Refused::http(StatusCode::GATEWAY_TIMEOUT, "DEADLINE_EXCEEDED", remedy)
    }
}

/// A resolver panicked. The log gets what it said, the client what every fault of ours says.
fn broken(panic: Box<dyn Any + Send>) -> Refused {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    let text = text.or_else(|| panic.downcast_ref::<&str>().copied());
    error!(panic = text.unwrap_or("without words"), "an operation panicked");
    let masked = async_graphql::Error::from(ApiError::Internal).message;
    Refused::http(StatusCode::INTERNAL_SERVER_ERROR, "INTERNAL", masked)
}
