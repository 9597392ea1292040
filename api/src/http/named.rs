//! Every request has a name: in the header of the answer, in each error and in the log.

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{HeaderName, HeaderValue};
use actix_web::middleware::Next;
use actix_web::{HttpMessage, web};
use tracing::{Instrument, info_span};

use super::door::Door;
use super::request::RequestId;

/// The header, of the request and of the answer.
const NAME: HeaderName = HeaderName::from_static("x-request-id");

/// Names a request after its client's wish, or anew.
pub(super) async fn name<B: MessageBody + 'static>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<B>, actix_web::Error> {
    let wish = request.headers().get(NAME).and_then(|name| name.to_str().ok());
    let made = || request.app_data::<web::Data<Door>>().map(|door| door.ids.next());
    let id = wish.and_then(RequestId::of_client).or_else(made);
    let Some(id) = id else {
        return next.call(request).await;
    };
    request.extensions_mut().insert(id.clone());
    let span = info_span!("request", id = id.as_str(), method = %request.method(), path = request.path());
    let mut response = next.call(request).instrument(span).await?;
    if let Ok(value) = HeaderValue::from_str(id.as_str()) {
        response.headers_mut().insert(NAME, value);
    }
    Ok(response)
}
