//! An answer to a request whose body nobody reads to its end.

use std::pin::Pin;
use std::task::{Context, Poll};

use actix_web::HttpResponse;
use actix_web::body::{BodySize, BoxBody, MessageBody};
use actix_web::web::{Bytes, Payload};

/// The body of an answer that holds on to the rest of the request. The server would go on reading a request in chunks that
/// nobody holds, and a client that never ends it would keep its connection for ever; one that is held ends with the answer.
struct Unread {
    body: BoxBody,
    _request: Payload,
}

impl MessageBody for Unread {
    type Error = Box<dyn std::error::Error>;

    fn size(&self) -> BodySize {
        self.body.size()
    }

    fn poll_next(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, Self::Error>>> {
        Pin::new(&mut self.body).poll_next(context)
    }
}

/// Ends the connection behind an answer.
pub(in crate::http) fn ending(response: HttpResponse, request: Payload) -> HttpResponse {
    response.map_body(|_, body| {
        BoxBody::new(Unread {
            body,
            _request: request,
        })
    })
}
