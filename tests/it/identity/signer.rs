//! Keys of a provider, and tokens written by hand, so that they can be wrong in every way.

use aws_lc_rs::encoding::AsDer;
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::KeySize;
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_ASN1_SIGNING, ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, Ed25519KeyPair, KeyPair,
    RSA_PKCS1_SHA256, RSA_PSS_SHA256, RsaKeyPair, RsaPublicKeyComponents,
};
use aws_lc_rs::{hmac, signature};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

/// The private key of a provider.
pub(super) enum Signer {
    Es256(Vec<u8>),
    EdDsa(Box<Ed25519KeyPair>),
    Rsa(Box<RsaKeyPair>, &'static dyn signature::RsaEncoding, &'static str),
}

impl Signer {
    pub(super) fn es256() -> Self {
        let pair = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING).unwrap();
        Self::Es256(pair.to_pkcs8v1().unwrap().as_ref().to_vec())
    }

    pub(super) fn eddsa() -> Self {
        Self::EdDsa(Box::new(Ed25519KeyPair::generate().unwrap()))
    }

    pub(super) fn rs256() -> Self {
        Self::Rsa(
            Box::new(RsaKeyPair::generate(KeySize::Rsa2048).unwrap()),
            &RSA_PKCS1_SHA256,
            "RS256",
        )
    }

    pub(super) fn ps256() -> Self {
        Self::Rsa(
            Box::new(RsaKeyPair::generate(KeySize::Rsa2048).unwrap()),
            &RSA_PSS_SHA256,
            "PS256",
        )
    }

    pub(super) fn algorithm(&self) -> &'static str {
        match self {
            Self::Es256(_) => "ES256",
            Self::EdDsa(_) => "EdDSA",
            Self::Rsa(_, _, name) => name,
        }
    }

    /// The public key as a provider publishes it.
    pub(super) fn jwk(&self, kid: &str) -> Value {
        match self {
            Self::Es256(key) => {
                let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, key).unwrap();
                let point = pair.public_key().as_ref();
                let (x, y) = (base64(&point[1..33]), base64(&point[33..]));
                json!({ "kty": "EC", "crv": "P-256", "alg": "ES256", "use": "sig", "kid": kid, "x": x, "y": y })
            }
            Self::EdDsa(pair) => {
                let x = base64(pair.public_key().as_ref());
                json!({ "kty": "OKP", "crv": "Ed25519", "alg": "EdDSA", "kid": kid, "x": x })
            }
            Self::Rsa(pair, _, algorithm) => {
                let parts = RsaPublicKeyComponents::<Vec<u8>>::from(pair.public_key());
                let (n, e) = (base64(&parts.n), base64(&parts.e));
                json!({ "kty": "RSA", "alg": algorithm, "kid": kid, "n": n, "e": e })
            }
        }
    }

    /// The public key as a file would hold it: the secret of who takes it for one of HMAC.
    pub(super) fn public_der(&self) -> Vec<u8> {
        match self {
            Self::Rsa(pair, ..) => pair.public_key().as_der().unwrap().as_ref().to_vec(),
            _ => panic!("only RSA is asked for this"),
        }
    }

    pub(super) fn sign(&self, message: &str) -> Vec<u8> {
        let random = SystemRandom::new();
        match self {
            Self::Es256(key) => {
                let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, key).unwrap();
                pair.sign(&random, message.as_bytes()).unwrap().as_ref().to_vec()
            }
            Self::EdDsa(pair) => pair.sign(message.as_bytes()).as_ref().to_vec(),
            Self::Rsa(pair, encoding, _) => {
                let mut signature = vec![0; pair.public_modulus_len()];
                pair.sign(*encoding, &random, message.as_bytes(), &mut signature)
                    .unwrap();
                signature
            }
        }
    }

    /// A signature in the form of certificates, which is not that of tokens.
    pub(super) fn sign_asn1(&self, message: &str) -> Vec<u8> {
        match self {
            Self::Es256(key) => {
                let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, key).unwrap();
                pair.sign(&SystemRandom::new(), message.as_bytes())
                    .unwrap()
                    .as_ref()
                    .to_vec()
            }
            _ => panic!("only ES256 is asked for this"),
        }
    }

    /// A token that says just that.
    pub(super) fn token(&self, header: &Value, payload: &Value) -> String {
        self.token_of_texts(&header.to_string(), &payload.to_string())
    }

    pub(super) fn token_of_texts(&self, header: &str, payload: &str) -> String {
        let message = message(header, payload);
        let signature = base64(&self.sign(&message));
        format!("{message}.{signature}")
    }
}

/// What is signed of a token.
pub(super) fn message(header: &str, payload: &str) -> String {
    format!("{}.{}", base64(header.as_bytes()), base64(payload.as_bytes()))
}

/// A token with a code over a shared secret.
pub(super) fn hs256(secret: &[u8], header: &Value, payload: &Value) -> String {
    let message = message(&header.to_string(), &payload.to_string());
    let key = hmac::Key::new(hmac::HMAC_SHA256, secret);
    format!(
        "{message}.{}",
        base64(hmac::sign(&key, message.as_bytes()).as_ref())
    )
}

pub(super) fn base64(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}
