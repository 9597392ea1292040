//! What requests of the hub to others have in common: which authorities are trusted, and which addresses go.

use std::net::IpAddr;
use std::path::Path;
use std::sync::Arc;

use hyper::Uri;
use rustls::crypto::aws_lc_rs;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::{ClientConfig, RootCertStore};

/// An address for `https`, or for `http` to this machine: without a name or password in it. The error says what to write.
pub(crate) fn checked(text: &str, example: &str) -> Result<Uri, String> {
    let address: Uri = text
        .parse()
        .map_err(|_| format!("{text:?} is no address, such as {example}"))?;
    let host = address.host().unwrap_or_default();
    let authority = address.authority().map(|authority| authority.as_str());
    if host.is_empty() || authority.is_some_and(|authority| authority.contains('@')) {
        return Err(format!("{text:?} must have a host, and no name or password"));
    }
    match address.scheme_str() {
        Some("https") => Ok(address),
        Some("http") if is_here(&address) => Ok(address),
        _ => Err(format!(
            "{text:?} must begin with https://; http:// goes for this machine only"
        )),
    }
}

/// Whether an address names this machine by itself, not by a name that somebody else gives.
pub(crate) fn is_here(address: &Uri) -> bool {
    address.host() == Some("localhost") || literal(address).is_some_and(|address| address.is_loopback())
}

/// The host as a number.
pub(crate) fn literal(address: &Uri) -> Option<IpAddr> {
    let host = address.host().unwrap_or_default();
    host.trim_start_matches('[').trim_end_matches(']').parse().ok()
}

/// TLS to an address. The certificate of the server has to come from an authority of the file, or, without one, from an authority
/// that the machine trusts; `key` is how the file is named in the configuration.
pub(crate) fn tls(is_https: bool, authorities: Option<&Path>, key: &str) -> Result<ClientConfig, String> {
    let roots = if is_https {
        roots(authorities, key)?
    } else {
        RootCertStore::empty()
    };
    Ok(
        ClientConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
            .with_safe_default_protocol_versions()
            .map_err(|cause| cause.to_string())?
            .with_root_certificates(roots)
            .with_no_client_auth(),
    )
}

fn roots(file: Option<&Path>, key: &str) -> Result<RootCertStore, String> {
    let mut roots = RootCertStore::empty();
    let Some(file) = file else {
        roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
        let missing =
            format!("the machine trusts no certificate authority: install its ca-certificates or set {key}");
        return if roots.is_empty() { Err(missing) } else { Ok(roots) };
    };
    let at = |cause: &dyn std::fmt::Display| format!("{key}: {}: {cause}", file.display());
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
pub(crate) fn causes(error: &dyn std::error::Error) -> String {
    let mut said = error.to_string();
    let mut cause = error.source();
    while let Some(inner) = cause {
        said.push_str(": ");
        said.push_str(&inner.to_string());
        cause = inner.source();
    }
    said
}
