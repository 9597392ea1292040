//! Answers to requests whose bodies nobody reads to their ends.

use std::pin::Pin;
use std::task::{Context, Poll};

use actix_web::body::{BodySize, BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{CONTENT_LENGTH, TRANSFER_ENCODING};
use actix_web::http::{ConnectionType, Method};
use actix_web::middleware::Next;
use actix_web::web::{Bytes, Payload};
use actix_web::{HttpMessage, HttpResponse};

/// The one address whose requests have bodies that are read.
const READ: &str = "/graphql";

/// The body of an answer that holds on to the rest of the request. The server would go on reading a request in chunks that
/// nobody holds, and a client that never ends it would keep its connection for ever; one that is held ends with the answer.
struct Unread<P> {
    body: BoxBody,
    _request: P,
}

impl<P: Unpin> MessageBody for Unread<P> {
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

fn holding<P: Unpin + 'static>(body: BoxBody, request: P) -> BoxBody {
    BoxBody::new(Unread {
        body,
        _request: request,
    })
}

/// Ends the connection behind an answer.
pub(in crate::http) fn ending(response: HttpResponse, request: Payload) -> HttpResponse {
    response.map_body(|_, body| holding(body, request))
}

/// Ends the connection behind the answer to a request with a body that nothing here reads.
pub(in crate::http) async fn refuse_bodies<B: MessageBody + 'static>(
    mut request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let is_read = request.method() == Method::POST && request.path() == READ;
    if is_read || !has_body(&request) {
        return next.call(request).await.map(ServiceResponse::map_into_boxed_body);
    }
    let body = request.take_payload();
    let mut response = next.call(request).await?.map_into_boxed_body();
    let head = response.response_mut().head_mut();
    head.set_connection_type(ConnectionType::Close);
    Ok(response.map_body(|_, answer| holding(answer, body)))
}

fn has_body(request: &ServiceRequest) -> bool {
    let headers = request.headers();
    let length = headers.get(CONTENT_LENGTH);
    headers.contains_key(TRANSFER_ENCODING) || length.is_some_and(|length| length.as_bytes() != b"0")
}
