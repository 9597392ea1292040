//! TLS for a hub without a proxy before it.

use std::path::Path;
use std::sync::Arc;

use rustls::ServerConfig;
use rustls::crypto::aws_lc_rs;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};

use super::settings::TlsFiles;

/// Reads certificate and key; an error names the file.
pub(super) fn config(files: &TlsFiles) -> Result<ServerConfig, String> {
    let at = |path: &Path, cause: &dyn std::fmt::Display| format!("{}: {cause}", path.display());
    let chain: Vec<_> = CertificateDer::pem_file_iter(&files.certificate)
        .and_then(Iterator::collect)
        .map_err(|cause| at(&files.certificate, &cause))?;
    if chain.is_empty() {
        return Err(at(&files.certificate, &"there is no certificate in PEM"));
    }
    let key = PrivateKeyDer::from_pem_file(&files.key).map_err(|cause| at(&files.key, &cause))?;
    let mut config = ServerConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(|cause| cause.to_string())?
        .with_no_client_auth()
        .with_single_cert(chain, key)
        .map_err(|cause| {
            at(
                &files.key,
                &format!("it does not belong to the certificate: {cause}"),
            )
        })?;
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(config)
}
