//! TLS without a proxy.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::sync::Arc;

use api::TlsFiles;
use rustls::pki_types::CertificateDer;
use rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned};
use support::{Engine, TestDatabase, test_clock};

use super::ask::{server, settings};

/// Writes a certificate for `localhost` and its key, and gives the certificate.
fn certificate(files: &TlsFiles) -> CertificateDer<'static> {
    let made = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).unwrap();
    std::fs::write(&files.certificate, made.cert.pem()).unwrap();
    std::fs::write(&files.key, made.signing_key.serialize_pem()).unwrap();
    made.cert.der().clone()
}

fn files(folder: &Path) -> TlsFiles {
    TlsFiles {
        certificate: folder.join("hub.pem"),
        key: folder.join("hub.key"),
    }
}

/// What a server answers to a query over TLS.
fn ask(address: SocketAddr, trusted: CertificateDer<'static>) -> std::io::Result<String> {
    let mut roots = RootCertStore::empty();
    roots.add(trusted).unwrap();
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap();
    let config = config.with_root_certificates(roots).with_no_client_auth();
    let connection = ClientConnection::new(Arc::new(config), "localhost".try_into().unwrap()).unwrap();
    let mut stream = StreamOwned::new(connection, TcpStream::connect(address)?);
    stream.write_all(
        b"GET /graphql?query=%7B__typename%7D HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n",
    )?;
    let mut heard = Vec::new();
    let _ = stream.read_to_end(&mut heard);
    Ok(String::from_utf8_lossy(&heard).into_owned())
}

#[tokio::test]
async fn a_hub_with_a_certificate_speaks_tls_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let files = files(folder.path());
    let trusted = certificate(&files);
    let (_database, server) = server(settings(|settings| settings.tls = Some(files))).await;
    let address = server.address();
    let heard = tokio::task::spawn_blocking(move || ask(address, trusted))
        .await
        .unwrap()
        .unwrap();
    assert!(
        heard.starts_with("HTTP/1.1 200") && heard.contains("\"__typename\":\"Query\""),
        "{heard}"
    );
    let plain = server.client().get(server.url("/livez")).send().await;
    assert!(plain.is_err(), "{plain:?}");
}

#[tokio::test]
async fn wrong_files_stop_the_start_and_are_named() {
    let folder = tempfile::tempdir().unwrap();
    let good = files(folder.path());
    certificate(&good);
    let other = TlsFiles {
        certificate: folder.path().join("other.pem"),
        key: folder.path().join("other.key"),
    };
    certificate(&other);
    let missing = folder.path().join("nothing.pem");
    let empty = folder.path().join("empty.pem");
    std::fs::write(&empty, "").unwrap();
    let pair = |certificate: &Path, key: &Path| TlsFiles {
        certificate: certificate.to_owned(),
        key: key.to_owned(),
    };
    let cases = [
        (pair(&missing, &good.key), "nothing.pem"),
        (pair(&empty, &good.key), "empty.pem"),
        (pair(&good.certificate, &good.certificate), "hub.pem"),
        (pair(&good.certificate, &other.key), "other.key"),
    ];
    for (files, named) in cases {
        let database = TestDatabase::new(Engine::Sqlite).await;
        let bound =
            api::Server::bind(([127, 0, 0, 1], 0).into(), database.open().await, test_clock()).unwrap();
        let told = bound
            .with(settings(|settings| settings.tls = Some(files)))
            .run()
            .await
            .unwrap_err()
            .to_string();
        assert!(told.contains("TLS") && told.contains(named), "{told}");
    }
}
