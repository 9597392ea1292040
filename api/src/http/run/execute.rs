//! Execution: a turn, a deadline, and nothing that goes wrong inside gets out.

use std::any::Any;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;

use actix_web::http::StatusCode;
use async_graphql::{Response, Value, value};
use entity::change;
use futures_util::stream::BoxStream;
use futures_util::{FutureExt, StreamExt, stream};
use tracing::error;

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
        let head = self.heads.now().await;
        let work = self.schema.execute(admitted.request.data(self.viewer()));
        let done = guarded(work, self.limits.execution).await;
        drop(turn);
        let answer = match done {
            Ok(mut response) => {
                complete(&mut response, &admitted.shape);
                Answer::executed(response)
            }
            Err(refused) => refused.into(),
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

    use super::guarded;

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
    async fn work_that_does_not_end_is_given_up() {
        let refused = guarded(std::future::pending(), Duration::from_millis(10))
            .await
            .unwrap_err();
        assert_eq!(refused.status, Some(StatusCode::GATEWAY_TIMEOUT));
        let done = guarded(std::future::ready(Response::new(1)), Duration::from_millis(10)).await;
        assert!(done.unwrap().errors.is_empty());
    }
}
