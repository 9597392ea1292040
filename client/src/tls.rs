//! A client for HTTP/1.1 by TLS or, to this machine, without. It follows no redirect and knows no proxy and no compression.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use http_body_util::Full;
use hyper::body::Bytes;
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use rustls::crypto::aws_lc_rs;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::{ClientConfig, RootCertStore};

/// What requests go through.
pub(crate) type Requests = Client<HttpsConnector<HttpConnector>, Full<Bytes>>;

/// The certificate of the hub has to come from an authority of the file or, without one, from an authority that the machine trusts.
pub(crate) fn requests(
    https: bool,
    authorities: Option<&Path>,
    connect: Duration,
) -> Result<Requests, String> {
    let roots = if https {
        roots(authorities)?
    } else {
        RootCertStore::empty()
    };
    let tls = ClientConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(|cause| cause.to_string())?
        .with_root_certificates(roots)
        .with_no_client_auth();
    let mut plain = HttpConnector::new();
    plain.enforce_http(false);
    plain.set_connect_timeout(Some(connect));
    plain.set_nodelay(true);
    let connector = HttpsConnectorBuilder::new()
        .with_tls_config(tls)
        .https_or_http()
        .enable_http1()
        .wrap_connector(plain);
    Ok(Client::builder(TokioExecutor::new())
        // The hub closes a connection without work after five seconds, and a proxy sooner.
        .pool_idle_timeout(Duration::from_secs(3))
        .pool_timer(hyper_util::rt::TokioTimer::new())
        .build(connector))
}

fn roots(file: Option<&Path>) -> Result<RootCertStore, String> {
    let mut roots = RootCertStore::empty();
    let Some(file) = file else {
        roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
        let missing = "the machine trusts no certificate authority: install its ca-certificates or give --ca";
        return if roots.is_empty() {
            Err(missing.to_owned())
        } else {
            Ok(roots)
        };
    };
    let at = |cause: &dyn std::fmt::Display| format!("{}: {cause}", file.display());
    for authority in CertificateDer::pem_file_iter(file).map_err(|cause| at(&cause))? {
        let authority = authority.map_err(|cause| at(&cause))?;
        roots.add(authority).map_err(|cause| at(&cause))?;
    }
    if roots.is_empty() {
        return Err(at(&"there is no certificate in PEM"));
    }
    Ok(roots)
}
