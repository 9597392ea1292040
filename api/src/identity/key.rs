//! Public keys, each for one algorithm, and the sets in which issuers publish them (JWKS, RFC 7517).

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::jwk::{AlgorithmParameters, EllipticCurve, Jwk, KeyAlgorithm, KeyOperations, PublicKeyUse};
use jsonwebtoken::{Algorithm, DecodingKey, crypto};
use serde::Deserialize;
use serde_json::Value;

use super::json;

/// Keys of a set; a longer set is refused.
const MOST_KEYS: usize = 100;
/// Bits of an RSA modulus: what is shorter is weak, what is longer costs too much to verify with.
const MODULUS_BITS: std::ops::RangeInclusive<usize> = 2048..=8192;
/// Bytes of a coordinate of P-256 and of a key of Ed25519.
const COORDINATE: usize = 32;

/// A public key and the one algorithm that it is for (RFC 8725 §3.1).
#[derive(Debug)]
pub(super) struct Key {
    algorithm: Algorithm,
    key: DecodingKey,
}

impl Key {
    /// The algorithm of the key.
    pub(super) fn algorithm(&self) -> Algorithm {
        self.algorithm
    }

    /// Whether the signature, in base64url, is the key's for the message.
    pub(super) fn signed(&self, message: &str, signature: &str) -> bool {
        crypto::verify(signature, message.as_bytes(), &self.key, self.algorithm).unwrap_or(false)
    }

    /// A key in JSON; the error says why it is of no use.
    pub(super) fn from_jwk(jwk: &Jwk) -> Result<Self, String> {
        let algorithm = strength(jwk)?;
        let named = jwk.common.key_algorithm;
        if named.is_some_and(|named| named != KeyAlgorithm::from(algorithm)) {
            return Err("alg does not fit the key, or is not supported".to_owned());
        }
        let key = DecodingKey::from_jwk(jwk).map_err(|error| error.to_string())?;
        Ok(Self { algorithm, key })
    }
}

/// The algorithm that a key is for, if the key is strong enough. Of RSA the key has to tell; where it does not, it is
/// RS256, the default of OpenID Connect.
fn strength(jwk: &Jwk) -> Result<Algorithm, String> {
    let bytes = |text: &str| URL_SAFE_NO_PAD.decode(text).map_err(|_| "it is not base64url");
    match &jwk.algorithm {
        AlgorithmParameters::EllipticCurve(point) if point.curve == EllipticCurve::P256 => {
            if bytes(&point.x)?.len() != COORDINATE || bytes(&point.y)?.len() != COORDINATE {
                return Err("a coordinate has not 32 bytes".to_owned());
            }
            Ok(Algorithm::ES256)
        }
        AlgorithmParameters::OctetKeyPair(point) if point.curve == EllipticCurve::Ed25519 => {
            if bytes(&point.x)?.len() != COORDINATE {
                return Err("the key has not 32 bytes".to_owned());
            }
            Ok(Algorithm::EdDSA)
        }
        AlgorithmParameters::RSA(rsa) => {
            let bits = bit_length(&bytes(&rsa.n)?);
            if !MODULUS_BITS.contains(&bits) {
                return Err(format!("the modulus has {bits} bits and not 2048 to 8192"));
            }
            let exponent = bytes(&rsa.e)?;
            // An exponent of 17 bits is 65537 or more; an even one, or one of a single bit, is none.
            if !(17..=33).contains(&bit_length(&exponent)) || exponent.last().is_none_or(|last| last % 2 == 0)
            {
                return Err("the exponent is not an odd number of 17 to 33 bits".to_owned());
            }
            match jwk.common.key_algorithm {
                Some(KeyAlgorithm::PS256) => Ok(Algorithm::PS256),
                _ => Ok(Algorithm::RS256),
            }
        }
        // Shared secrets never come by a public address: who knows the set could sign.
        _ => Err("it is neither P-256, Ed25519 nor RSA".to_owned()),
    }
}

fn bit_length(number: &[u8]) -> usize {
    let number = number.iter().copied().skip_while(|byte| *byte == 0);
    number.enumerate().fold(0, |bits, (place, byte)| match place {
        0 => 8 - byte.leading_zeros() as usize,
        _ => bits + 8,
    })
}

#[derive(Deserialize)]
struct Document {
    keys: Vec<Value>,
}

/// The keys of a set by their names. Keys that are of no use here are left out; a set that cannot be read is refused.
pub(super) fn read_set(text: &[u8]) -> Result<HashMap<String, Arc<Key>>, String> {
    let Document { keys } = json::read(text).map_err(|why| format!("it is no key set: {why}"))?;
    if keys.len() > MOST_KEYS {
        return Err(format!("it has {} keys and may have {MOST_KEYS}", keys.len()));
    }
    let (mut set, mut twice) = (HashMap::new(), HashSet::new());
    for (place, entry) in keys.into_iter().enumerate() {
        match useful(entry) {
            Ok((kid, key)) => {
                if set.insert(kid.clone(), Arc::new(key)).is_some() {
                    twice.insert(kid);
                }
            }
            Err(why) => tracing::debug!(place, why, "a key of a key set is left out"),
        }
    }
    // Which of the two was meant cannot be told.
    set.retain(|kid, _| !twice.contains(kid));
    if !twice.is_empty() {
        tracing::warn!(
            kids = twice.len(),
            "keys of a key set share their kid and are left out"
        );
    }
    Ok(set)
}

/// A key with its name, if it is there to verify signatures.
fn useful(entry: Value) -> Result<(String, Key), String> {
    if entry.get("d").is_some() {
        return Err("it holds its private part, so anybody may sign with it".to_owned());
    }
    let jwk: Jwk = serde_json::from_value(entry).map_err(|error| json::printable(&error.to_string()))?;
    let common = &jwk.common;
    if common
        .public_key_use
        .as_ref()
        .is_some_and(|usage| *usage != PublicKeyUse::Signature)
    {
        return Err("it is not for signatures".to_owned());
    }
    let operations = common.key_operations.as_ref();
    if operations.is_some_and(|operations| !operations.contains(&KeyOperations::Verify)) {
        return Err("it is not for verifying".to_owned());
    }
    let kid = common.key_id.clone().ok_or("it has no kid")?;
    Ok((kid, Key::from_jwk(&jwk)?))
}
