//! Tokens whose form, header or signature is wrong, each in one way. What a header names is never asked for.

use api::identity::Reason;
use serde_json::{Value, json};

use super::provider::{Answer, Provider};
use super::signer::{Signer, base64, hs256, message};
use super::{Bench, claims, good, header, noon};

async fn assert_refused(bench: &Bench, rows: Vec<(&str, String, Reason)>) {
    for (name, token, reason) in rows {
        assert_eq!(
            bench.ask(&token, noon()).await,
            Err(reason),
            "{name}: {token:.300}"
        );
    }
}

#[tokio::test]
async fn the_algorithm_is_that_of_the_key() {
    let (es, rs, ps) = (Signer::es256(), Signer::rs256(), Signer::ps256());
    let bench = Bench::new(vec![es.jwk("es"), rs.jwk("rs"), ps.jwk("ps")]).await;
    let unsigned = |name: &str| {
        format!(
            "{}.",
            message(&header(name, "es").to_string(), &claims(noon()).to_string())
        )
    };
    let under = |signer: &Signer, name: &str, kid: &str| signer.token(&header(name, kid), &claims(noon()));
    let secrets = [rs.public_der(), rs.jwk("rs").to_string().into_bytes(), Vec::new()];
    let mut rows = vec![
        ("none", unsigned("none"), Reason::Algorithm),
        ("None", unsigned("None"), Reason::Algorithm),
        ("no signature", unsigned("ES256"), Reason::Signature),
        (
            "ES256 under an RSA key",
            under(&es, "ES256", "rs"),
            Reason::Algorithm,
        ),
        (
            "RS256 under a PS256 key",
            under(&rs, "RS256", "ps"),
            Reason::Algorithm,
        ),
        (
            "PS256 under an RS256 key",
            under(&ps, "PS256", "rs"),
            Reason::Algorithm,
        ),
        ("ES384", under(&es, "ES384", "es"), Reason::Algorithm),
        ("es256", under(&es, "es256", "es"), Reason::Algorithm),
        (
            "an RS512 that is an RS256",
            under(&rs, "RS512", "rs"),
            Reason::Algorithm,
        ),
        (
            "a PS256 that is an RS256",
            under(&ps, "RS256", "rs"),
            Reason::Signature,
        ),
    ];
    for secret in &secrets {
        rows.push((
            "HS256",
            hs256(secret, &header("HS256", "rs"), &claims(noon())),
            Reason::Algorithm,
        ));
        rows.push((
            "HS256 as RS256",
            hs256(secret, &header("RS256", "rs"), &claims(noon())),
            Reason::Signature,
        ));
    }
    assert_refused(&bench, rows).await;
}

#[tokio::test]
async fn the_signature_is_that_of_the_key() {
    let (known, stranger) = (Signer::es256(), Signer::es256());
    let bench = Bench::new(vec![known.jwk("k1")]).await;
    let token = good(&known, "k1", noon());
    let mut other = claims(noon());
    other["sub"] = json!("u-2");
    let (signed, signature) = token.rsplit_once('.').unwrap();
    let swapped = message(&header("ES256", "k1").to_string(), &other.to_string());
    let asn1 = base64(&known.sign_asn1(signed));
    let rows = vec![
        (
            "another key of the same name",
            good(&stranger, "k1", noon()),
            Reason::Signature,
        ),
        (
            "the signature of other claims",
            format!("{swapped}.{signature}"),
            Reason::Signature,
        ),
        (
            "half a signature",
            format!("{signed}.{}", &signature[..40]),
            Reason::Signature,
        ),
        (
            "zeroes",
            format!("{signed}.{}", base64(&[0; 64])),
            Reason::Signature,
        ),
        (
            "the form of certificates",
            format!("{signed}.{asn1}"),
            Reason::Signature,
        ),
    ];
    assert_refused(&bench, rows).await;
}

#[tokio::test]
async fn the_key_is_found_by_its_exact_name() {
    let signer = Signer::es256();
    let bench = Bench::new(vec![signer.jwk("k1")]).await;
    assert!(bench.ask(&good(&signer, "k1", noon()), noon()).await.is_ok());
    let mut rows = Vec::new();
    for kid in [
        "k2",
        "K1",
        "k1 ",
        "k",
        "../k1",
        "../../etc/passwd",
        "k1' OR '1'='1",
        "k1;DROP TABLE key",
        "http://127.0.0.1/k1",
        "*",
        "%",
    ] {
        rows.push((kid, good(&signer, kid, noon()), Reason::UnknownKey));
    }
    for kid in ["", "k1\0", "k1\n", &"k".repeat(201)] {
        rows.push(("no text", good(&signer, kid, noon()), Reason::Text("kid")));
    }
    rows.push((
        "10 kB",
        good(&signer, &"k".repeat(10_000), noon()),
        Reason::TooLong,
    ));
    assert_refused(&bench, rows).await;
    assert_eq!(
        bench.provider.asked(),
        1,
        "unknown names of one minute are no reason to ask again"
    );
}

#[tokio::test]
async fn the_header_brings_nothing() {
    let (known, stranger) = (Signer::es256(), Signer::es256());
    let bench = Bench::new(vec![known.jwk("k1")]).await;
    let trap = Provider::start(Answer::keys(vec![stranger.jwk("k1")])).await;
    let chain = json!(["MIIB"]);
    let rows: [(&str, Value, Reason); 17] = [
        ("jwk", stranger.jwk("k1"), Reason::BroughtKey("jwk")),
        ("jwk", Value::Null, Reason::BroughtKey("jwk")),
        ("jku", json!(trap.url()), Reason::BroughtKey("jku")),
        ("x5u", json!(trap.url()), Reason::BroughtKey("x5u")),
        ("x5c", chain, Reason::BroughtKey("x5c")),
        ("crit", json!(["exp"]), Reason::Critical),
        ("crit", json!(["b64"]), Reason::Critical),
        ("crit", json!([]), Reason::Critical),
        ("crit", Value::Null, Reason::Critical),
        ("typ", json!("JWT"), Reason::Type),
        ("typ", json!(""), Reason::Type),
        ("typ", json!("at+jwt "), Reason::Type),
        ("typ", json!("text/at+jwt"), Reason::Type),
        ("typ", json!("id+jwt"), Reason::Type),
        (
            "typ",
            json!(1),
            shape("invalid type: integer `1`, expected a string"),
        ),
        (
            "kid",
            json!(1),
            shape("invalid type: integer `1`, expected a string"),
        ),
        (
            "alg",
            json!(["ES256"]),
            shape("invalid type: sequence, expected a string"),
        ),
    ];
    for (member, value, reason) in rows {
        for signer in [&known, &stranger] {
            let mut header = header("ES256", "k1");
            header[member] = value.clone();
            let token = signer.token(&header, &claims(noon()));
            assert_eq!(bench.ask(&token, noon()).await, Err(reason.clone()), "{header}");
        }
    }
    for member in ["typ", "alg", "kid"] {
        let mut header = header("ES256", "k1");
        header.as_object_mut().unwrap().remove(member);
        let token = known.token(&header, &claims(noon()));
        let missing = shape(&format!("missing field `{member}`"));
        assert_eq!(bench.ask(&token, noon()).await, Err(missing));
    }
    assert_eq!(trap.asked(), 0, "an address out of a token was asked");
    assert_eq!(bench.provider.asked(), 0, "none of these gets as far as the keys");
}

fn shape(why: &str) -> Reason {
    Reason::Header(why.to_owned())
}
