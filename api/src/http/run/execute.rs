//! Execution: a turn, a deadline, and nothing that goes wrong inside gets out.

use std::any::Any;
use std::panic::{AssertUnwindSafe, resume_unwind};
use std::sync::Arc;
use std::time::Duration;

use actix_web::http::StatusCode;
use async_graphql::{Response, Value, value};
use entity::{Scope, change};
use futures_util::stream::BoxStream;
use futures_util::{FutureExt, StreamExt, stream};
use tokio::runtime::Handle;
use tokio::task::{JoinError, JoinHandle};
use tracing::{Instrument, error};

use super::Admitted;
use super::complete::complete;
use crate::graphql::{ApiError, Bookmark};
use crate::http::answer::Answer;
use crate::http::door::Door;
use crate::http::refused::Refused;

impl Door {
    /// Executes a query or a mutation.
    pub(in crate::http) async fn execute(&self, admitted: Admitted) -> Answer {
        let cost = admitted.cost;
        let turn = match self.turns.take(cost.requested).await {
            Ok(turn) => turn,
            Err(refused) => return Answer::from(refused.with_cost(cost)),
        };
        let _running = self.metrics.executing();
        // Read first: the answer may show more than this position, never less.
        let scope = Scope::of(&admitted.trail.identity);
        let head = self.heads.now(&scope).await;
        let (schema, shape) = (self.schema.clone(), admitted.shape);
        let request = admitted.request.data(self.viewer(admitted.trail));
        let work = async move {
            let mut response = schema.execute(request).await;
            complete(&mut response, &shape);
            response
        };
        let done = if turn.is_dear() {
            // It keeps a thread busy for long, and the threads of the server have other clients.
            guarded(aside(&self.runtime, work), self.limits.execution).await
        } else {
            guarded(work, self.limits.execution).await
        };
        drop(turn);
        let answer = done.map_or_else(Answer::from, Answer::executed);
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
        let viewer = self.viewer(admitted.trail);
        let request = admitted.request.data(viewer).data(bookmark.clone());
        let events = AssertUnwindSafe(self.schema.execute_stream(request)).catch_unwind();
        let shape = admitted.shape;
        let mut cost = Some(admitted.cost);
        let answers = events.map(move |event| {
            let answer = match event {
                Ok(mut response) => {
                    complete(&mut response, &shape);
                    Answer::executed(response)
                }
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
}

/// Work in a task of its own, which ends with whoever waits for it.
struct Aside<T>(JoinHandle<T>);

impl<T> Drop for Aside<T> {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// Has work done by the threads of a runtime.
async fn aside<T: Send + 'static>(runtime: &Handle, work: impl Future<Output = T> + Send + 'static) -> T {
    let mut task = Aside(runtime.spawn(work.in_current_span()));
    match (&mut task.0).await.map_err(JoinError::try_into_panic) {
        Ok(done) => done,
        Err(Ok(panic)) => resume_unwind(panic),
        // The runtime ends, and everything with it.
        Err(Err(_)) => std::future::pending().await,
    }
}

/// Lets work go on for so long, and no panic in it any further.
async fn guarded(work: impl Future<Output = Response>, most: Duration) -> Result<Response, Refused> {
    match tokio::time::timeout(most, AssertUnwindSafe(work).catch_unwind()).await {
        Ok(done) => done.map_err(broken),
        Err(_) => {
            let remedy = format!(
                "the operation took longer than {} s: ask for less at once",
                most.as_secs()
            );
            Err(Refused::http(
                StatusCode::GATEWAY_TIMEOUT,
                "DEADLINE_EXCEEDED",
                remedy,
            ))
        }
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

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use actix_web::http::StatusCode;
    use async_graphql::Response;

    use super::{aside, guarded};

    #[tokio::test]
    async fn a_panic_ends_the_operation_alone_and_says_nothing() {
        let work = async { panic!("the secret of row {}", 7) };
        let refused = guarded(work, Duration::from_secs(60)).await.unwrap_err();
        assert_eq!(refused.status, Some(StatusCode::INTERNAL_SERVER_ERROR));
        let error = refused.errors.first().unwrap();
        assert_eq!(
            error.extensions.as_ref().unwrap().get("code"),
            Some(&"INTERNAL".into())
        );
        assert!(!error.message.contains("secret"), "{}", error.message);
    }

    #[tokio::test]
    async fn work_aside_ends_with_its_waiter_and_panics_as_any() {
        let runtime = tokio::runtime::Handle::current();
        let panics = guarded(
            aside(&runtime, async { panic!("secret") }),
            Duration::from_secs(60),
        )
        .await;
        assert_eq!(
            panics.unwrap_err().status,
            Some(StatusCode::INTERNAL_SERVER_ERROR)
        );
        let (held, mut gone) = tokio::sync::oneshot::channel::<()>();
        let endless = async move {
            let _held = held;
            std::future::pending::<Response>().await
        };
        let given_up = guarded(aside(&runtime, endless), Duration::from_millis(10)).await;
        assert_eq!(given_up.unwrap_err().status, Some(StatusCode::GATEWAY_TIMEOUT));
        assert!(
            tokio::time::timeout(Duration::from_secs(60), &mut gone)
                .await
                .unwrap()
                .is_err()
        );
    }

    #[tokio::test]
    async fn work_that_does_not_end_is_given_up() {
        let refused = guarded(std::future::pending(), Duration::from_millis(10))
            .await
            .unwrap_err();
        assert_eq!(refused.status, Some(StatusCode::GATEWAY_TIMEOUT));
        let done = guarded(std::future::ready(Response::new(1)), Duration::from_millis(10)).await;
        assert!(done.unwrap().errors.is_empty());
    }
}
