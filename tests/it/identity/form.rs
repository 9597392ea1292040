//! What is a token at all: three parts in base64url, and not too long.

use api::identity::Reason;
use serde_json::json;

use super::signer::Signer;
use super::{Bench, claims, good, noon};

#[tokio::test]
async fn only_three_strict_parts_are_a_token() {
    let signer = Signer::es256();
    let bench = Bench::new(vec![signer.jwk("k1")]).await;
    let token = good(&signer, "k1", noon());
    let parts: Vec<&str> = token.split('.').collect();
    let (header, payload, signature) = (parts[0], parts[1], parts[2]);
    let one = json!({ "protected": header, "signature": signature });
    let general = json!({ "payload": payload, "signatures": [one, one] }).to_string();
    let flattened = json!({ "payload": payload, "protected": header, "signature": signature }).to_string();
    // 64 bytes end in a sign of which two bits count; the next sign differs in the others.
    let (start, last) = signature.split_at(85);
    let loose = format!("{start}{}", char::from(last.as_bytes()[0] + 1));
    let rows = [
        String::new(),
        ".".to_owned(),
        "..".to_owned(),
        general,
        flattened,
        format!("{token}.{signature}"),
        format!("{token}.{signature}.{signature}"),
        format!("{header}.{payload}"),
        format!(" {token}"),
        format!("{token}\n"),
        format!("Bearer {token}"),
        format!("{header}=.{payload}.{signature}"),
        format!("{header}.{payload}.{signature}=="),
        format!("{header}.{payload}.{loose}"),
        format!("{header}.{payload}.{}", signature.replace(['-', '_'], "+") + "+"),
        format!("{header}.{payload}.é"),
    ];
    for row in rows {
        let refused = bench.ask(&row, noon()).await.unwrap_err();
        let nothing =
            Reason::Header("it is no JSON: EOF while parsing a value at line 1 column 0".to_owned());
        assert!(
            refused == Reason::Form || refused == nothing,
            "{refused}: {row:.300}"
        );
    }
    let filler = |length: usize| {
        let mut payload = claims(noon());
        payload["filler"] = json!("x".repeat(length));
        signer.token(&super::header("ES256", "k1"), &payload)
    };
    let room = (8192 - filler(0).len()) / 4 * 3;
    assert!(bench.ask(&filler(room - 3), noon()).await.is_ok());
    assert_eq!(bench.ask(&filler(room + 3), noon()).await, Err(Reason::TooLong));
}
