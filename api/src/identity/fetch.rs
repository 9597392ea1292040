//! Asks an identity provider for its key set: one request to one address, and nothing that the answer leads to.

use std::net::IpAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use http_body_util::{BodyExt, Empty, LengthLimitError, Limited};
use hyper::body::Bytes;
use hyper::header::{ACCEPT, USER_AGENT};
use hyper::{Request, StatusCode, Uri};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use rustls::crypto::aws_lc_rs;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::{ClientConfig, RootCertStore};

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
        let address = checked(address)?;
        let roots = if address.scheme_str() == Some("https") {
            roots(authorities)?
        } else {
            RootCertStore::empty()
        };
        let tls = ClientConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
            .with_safe_default_protocol_versions()
            .map_err(|cause| cause.to_string())?
            .with_root_certificates(roots)
            .with_no_client_auth();
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

fn checked(text: &str) -> Result<Uri, String> {
    let address: Uri = text
        .parse()
        .map_err(|_| format!("{text:?} is no address, such as https://idp.example.org/keys"))?;
    let host = address.host().unwrap_or_default();
    if host.is_empty()
        || address
            .authority()
            .is_some_and(|authority| authority.as_str().contains('@'))
    {
        return Err(format!("{text:?} must have a host, and no name or password"));
    }
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    let here = host == "localhost" || bare.parse().is_ok_and(|address: IpAddr| address.is_loopback());
    match address.scheme_str() {
        Some("https") => Ok(address),
        Some("http") if here => Ok(address),
        _ => Err(format!(
            "{text:?} must begin with https://; http:// goes for this machine only"
        )),
    }
}

fn roots(file: Option<&Path>) -> Result<RootCertStore, String> {
    let mut roots = RootCertStore::empty();
    let Some(file) = file else {
        let found = rustls_native_certs::load_native_certs();
        roots.add_parsable_certificates(found.certs);
        let missing =
            "the machine trusts no certificate authority: install its ca-certificates or set jwks_ca";
        return if roots.is_empty() {
            Err(missing.to_owned())
        } else {
            Ok(roots)
        };
    };
    let at = |cause: &dyn std::fmt::Display| format!("jwks_ca: {}: {cause}", file.display());
    for authority in CertificateDer::pem_file_iter(file).map_err(|cause| at(&cause))? {
        let authority = authority.map_err(|cause| at(&cause))?;
        roots.add(authority).map_err(|cause| at(&cause))?;
    }
    if roots.is_empty() {
        Err(at(&"there is no certificate in PEM"))
    } else {
        Ok(roots)
    }
}

/// An error with its causes.
fn causes(error: &dyn std::error::Error) -> String {
    let mut said = error.to_string();
    let mut cause = error.source();
    while let Some(inner) = cause {
        said.push_str(": ");
        said.push_str(&inner.to_string());
        cause = inner.source();
    }
    said
}
