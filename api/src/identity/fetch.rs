//! Asks an identity provider for its key set: one request to one address, and nothing that the answer leads to.

use std::path::Path;
use std::time::Duration;

use http_body_util::{BodyExt, Empty, LengthLimitError, Limited};
use hyper::body::Bytes;
use hyper::header::{ACCEPT, USER_AGENT};
use hyper::{Request, StatusCode, Uri};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;

use crate::outbound::{causes, checked, tls};

/// What name lookup, connection and answer may take together.
const PATIENCE: Duration = Duration::from_secs(10);
/// Bytes of an answer.
const LONGEST: usize = 256 * 1024;

/// An address of a key set and a client for it. It follows no redirect and knows no proxy and no compression.
pub(super) struct Fetch {
    address: Uri,
    client: Client<HttpsConnector<HttpConnector>, Empty<Bytes>>,
}

impl Fetch {
    /// A client for `https`, or for `http` to this machine. The certificate of the server has to come from an authority of
    /// the file, or, without one, from an authority that the machine trusts.
    pub(super) fn new(address: &str, authorities: Option<&Path>) -> Result<Self, String> {
        let address = checked(address, "https://idp.example.org/keys")?;
        let tls = tls(address.scheme_str() == Some("https"), authorities, "jwks_ca")?;
        let connector = HttpsConnectorBuilder::new().with_tls_config(tls);
        let client = Client::builder(TokioExecutor::new())
            // The next request is a minute away at least.
            .pool_max_idle_per_host(0)
            .build(connector.https_or_http().enable_http1().build());
        Ok(Self { address, client })
    }

    /// The answer; the error says what went wrong.
    pub(super) async fn get(&self) -> Result<Bytes, String> {
        let answer = tokio::time::timeout(PATIENCE, self.ask()).await;
        answer.unwrap_or_else(|_| Err(format!("no whole answer within {} s", PATIENCE.as_secs())))
    }

    async fn ask(&self) -> Result<Bytes, String> {
        let request = Request::get(&self.address)
            .header(ACCEPT, "application/jwk-set+json, application/json")
            .header(USER_AGENT, concat!("nqi-hub/", env!("CARGO_PKG_VERSION")))
            .body(Empty::new())
            .map_err(|error| error.to_string())?;
        let answer = self
            .client
            .request(request)
            .await
            .map_err(|error| causes(&error))?;
        if answer.status() != StatusCode::OK {
            return Err(format!("the status is {} and not 200", answer.status().as_u16()));
        }
        let body = Limited::new(answer.into_body(), LONGEST).collect().await;
        body.map(|body| body.to_bytes()).map_err(|error| {
            if error.is::<LengthLimitError>() {
                format!("the answer has more than {} KiB", LONGEST / 1024)
            } else {
                causes(error.as_ref())
            }
        })
    }
}
