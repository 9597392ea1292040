//! Whose certificate is believed when keys are fetched by TLS.

use std::fs;
use std::io::{Read, Write};
use std::net::TcpListener;
use std::path::PathBuf;
use std::sync::Arc;

use api::identity::{Issuer, Mode, Reason, RevokedTokens};
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use rustls::crypto::aws_lc_rs;
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};
use serde_json::json;

use super::signer::Signer;
use super::{good, issuer, noon, verifier};

/// An authority of this test.
fn authority() -> CertifiedIssuer<'static, KeyPair> {
    let mut params = CertificateParams::new(Vec::new()).unwrap();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap()
}

/// Serves a body by TLS, to one connection; returns the port.
fn serve(authority: &CertifiedIssuer<'static, KeyPair>, name: &str, body: String) -> u16 {
    let key = KeyPair::generate().unwrap();
    let params = CertificateParams::new(vec![name.to_owned()]).unwrap();
    let certificate = params.signed_by(&key, authority).unwrap();
    let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.serialize_der()));
    let config = ServerConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate.der().clone()], key)
        .unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    std::thread::spawn(move || {
        let (socket, _) = listener.accept().unwrap();
        let mut stream = StreamOwned::new(ServerConnection::new(Arc::new(config)).unwrap(), socket);
        let mut request = [0; 4096];
        // A client that does not trust the certificate hangs up.
        if stream.read(&mut request).is_ok_and(|count| count > 0) {
            let head = format!(
                "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: {}\r\n\r\n",
                body.len()
            );
            stream.write_all(head.as_bytes()).unwrap();
            stream.write_all(body.as_bytes()).unwrap();
            stream.conn.send_close_notify();
            stream.flush().unwrap();
        }
    });
    port
}

#[tokio::test]
async fn keys_come_from_a_server_with_a_good_certificate() {
    let home = tempfile::tempdir().unwrap();
    let (trusted, stranger) = (authority(), authority());
    let file = |name: &str, pem: &str| {
        let path = home.path().join(name);
        fs::write(&path, pem).unwrap();
        path
    };
    let ca = file("ca.pem", &trusted.pem());
    let signer = Signer::es256();
    let keys = json!({ "keys": [signer.jwk("k1")] }).to_string();
    let rows = [
        (&trusted, "127.0.0.1", Some(ca.clone()), None),
        (&trusted, "127.0.0.2", Some(ca.clone()), Some(Reason::NoKeys)),
        (&stranger, "127.0.0.1", Some(ca.clone()), Some(Reason::NoKeys)),
        (&trusted, "127.0.0.1", None, Some(Reason::NoKeys)),
    ];
    for (authority, name, jwks_ca, verdict) in rows {
        let port = serve(authority, name, keys.clone());
        let one = Issuer {
            jwks_ca,
            ..issuer(&format!("https://127.0.0.1:{port}/keys"))
        };
        let opened = verifier(
            Mode::Production,
            vec![one.clone()],
            &Arc::new(RevokedTokens::default()),
        );
        if let (Err(why), None) = (&opened, &one.jwks_ca) {
            assert!(
                why.contains("ca-certificates"),
                "a machine that trusts nobody: {why}"
            );
            continue;
        }
        let verifier = opened.unwrap();
        let found = verifier.verify(&good(&signer, "k1", noon()), noon()).await;
        assert_eq!(
            found.err().map(|refused| refused.reason().clone()),
            verdict,
            "{name}"
        );
    }
    for (jwks_ca, why) in [
        (PathBuf::from("/nonexistent"), "/nonexistent"),
        (file("empty.pem", ""), "there is no certificate"),
        (
            file(
                "broken.pem",
                "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
            ),
            "broken.pem",
        ),
    ] {
        let one = Issuer {
            jwks_ca: Some(jwks_ca),
            ..issuer("https://127.0.0.1:1/keys")
        };
        let refused = verifier(Mode::Production, vec![one], &Arc::new(RevokedTokens::default())).err();
        assert!(
            refused.as_ref().is_some_and(|told| told.contains(why)),
            "{refused:?}"
        );
    }
}
