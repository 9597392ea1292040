//! Which keys of a set count, and which settings a verifier takes.

use std::sync::Arc;

use api::identity::{Mode, Reason, RevokedTokens};
use serde_json::{Value, json};

use super::provider::{Answer, Provider};
use super::signer::{Signer, base64};
use super::{Bench, good, issuer, noon, verifier};

#[tokio::test]
async fn keys_that_are_of_no_use_are_left_out() {
    let (es, ed, rsa) = (Signer::es256(), Signer::eddsa(), Signer::rs256());
    let with = |signer: &Signer, member: &str, value: Value| {
        let mut key = signer.jwk("bad");
        key[member] = value;
        key
    };
    let mut weak = vec![0xff_u8; 128];
    let short = base64(&weak);
    weak.insert(0, 0);
    weak.splice(0..0, [0; 200]);
    let padded = base64(&weak);
    let huge = base64(&[0xff; 1025]);
    let secret = json!({ "kty": "oct", "alg": "HS256", "kid": "bad", "k": base64(&[7; 32]) });
    let rows = [
        ("encryption", &es, with(&es, "use", json!("enc"))),
        ("signing only", &es, with(&es, "key_ops", json!(["sign"]))),
        ("no operation", &es, with(&es, "key_ops", json!([]))),
        ("private part", &es, with(&es, "d", json!("AA"))),
        ("another curve", &es, with(&es, "crv", json!("P-384"))),
        ("unknown curve", &es, with(&es, "crv", json!("secp256k1"))),
        ("short coordinate", &es, with(&es, "x", json!("AAAA"))),
        ("coordinate with padding", &es, with(&es, "x", json!("AAA="))),
        ("algorithm of another kind", &es, with(&es, "alg", json!("RS256"))),
        ("unknown algorithm", &es, with(&es, "alg", json!("ES256K"))),
        ("another kind of curve", &ed, with(&ed, "crv", json!("P-256"))),
        ("short Ed25519", &ed, with(&ed, "x", json!("AAAA"))),
        ("RSA of 1024 bits", &rsa, with(&rsa, "n", json!(short))),
        (
            "RSA of 1024 bits behind zeroes",
            &rsa,
            with(&rsa, "n", json!(padded)),
        ),
        ("RSA of 8200 bits", &rsa, with(&rsa, "n", json!(huge))),
        ("exponent 1", &rsa, with(&rsa, "e", json!("AQ"))),
        ("exponent 3", &rsa, with(&rsa, "e", json!("Aw"))),
        ("even exponent", &rsa, with(&rsa, "e", json!("AQAA"))),
        ("RSA for encryption", &rsa, with(&rsa, "alg", json!("RSA-OAEP"))),
        ("RSA with another hash", &rsa, with(&rsa, "alg", json!("RS512"))),
        ("shared secret", &es, secret),
        ("no kid", &es, with(&es, "kid", Value::Null)),
        ("kid that is a number", &es, with(&es, "kid", json!(1))),
        ("not even an object", &es, json!("bad")),
    ];
    for (name, signer, key) in rows {
        let bench = Bench::new(vec![key, es.jwk("good")]).await;
        assert_eq!(
            bench.ask(&good(signer, "bad", noon()), noon()).await,
            Err(Reason::UnknownKey),
            "{name}"
        );
        assert!(
            bench.ask(&good(&es, "good", noon()), noon()).await.is_ok(),
            "{name}: the other key counts"
        );
    }
}

#[tokio::test]
async fn keys_may_say_less_or_more() {
    let (es, rsa) = (Signer::es256(), Signer::rs256());
    for (member, value) in [
        ("use", Value::Null),
        ("use", json!("sig")),
        ("key_ops", json!(["verify"])),
        ("alg", Value::Null),
        ("x5c", json!(["MIIB"])),
        ("nbf", json!(1)),
    ] {
        for signer in [&es, &rsa] {
            let mut key = signer.jwk("k1");
            key[member] = value.clone();
            let bench = Bench::new(vec![key.clone()]).await;
            assert!(
                bench.ask(&good(signer, "k1", noon()), noon()).await.is_ok(),
                "{key}"
            );
        }
    }
}

#[tokio::test]
async fn two_keys_of_one_name_are_none() {
    let (first, second) = (Signer::es256(), Signer::es256());
    let bench = Bench::new(vec![first.jwk("k1"), second.jwk("k1"), first.jwk("k2")]).await;
    for signer in [&first, &second] {
        assert_eq!(
            bench.ask(&good(signer, "k1", noon()), noon()).await,
            Err(Reason::UnknownKey)
        );
    }
    assert!(bench.ask(&good(&first, "k2", noon()), noon()).await.is_ok());
}

#[tokio::test]
async fn a_set_that_cannot_be_read_gives_no_keys() {
    let signer = Signer::es256();
    let key = signer.jwk("k1");
    let trap = Provider::start(Answer::keys(vec![key.clone()])).await;
    let set = json!({ "keys": [key] }).to_string();
    let many: Vec<Value> = (0..100)
        .map(|place| signer.jwk(&format!("x{place}")))
        .chain([key.clone()])
        .collect();
    let rows = [
        ("no JSON", Answer::text("<html>".to_owned())),
        ("nothing", Answer::text(String::new())),
        ("an array", Answer::text(json!([key]).to_string())),
        ("no keys", Answer::text("{}".to_owned())),
        (
            "keys that are an object",
            Answer::text(json!({ "keys": { "k1": key } }).to_string()),
        ),
        ("keys twice", Answer::text(format!("{{\"keys\":[],{}", &set[1..]))),
        ("101 keys", Answer::keys(many)),
        (
            "too long",
            Answer::text(format!("{set}{}", " ".repeat(256 * 1024))),
        ),
        ("without end", Answer::Endless),
        (
            "elsewhere",
            Answer::Whole(302, format!("Location: {}\r\n", trap.url()), set.clone()),
        ),
        (
            "permanently elsewhere",
            Answer::Whole(308, format!("Location: {}\r\n", trap.url()), String::new()),
        ),
        (
            "an error with keys",
            Answer::Whole(500, String::new(), set.clone()),
        ),
        ("accepted", Answer::Whole(202, String::new(), set.clone())),
        ("hung up", Answer::Closed),
    ];
    for (name, answer) in rows {
        let bench = Bench::new(Vec::new()).await;
        bench.provider.answers(answer);
        assert_eq!(
            bench.ask(&good(&signer, "k1", noon()), noon()).await,
            Err(Reason::NoKeys),
            "{name}"
        );
        assert_eq!(bench.provider.asked(), 1, "{name}");
    }
    assert_eq!(trap.asked(), 0, "a redirect was followed");
    let bench = Bench::new(Vec::new()).await;
    let room = 256 * 1024 - set.len();
    bench
        .provider
        .answers(Answer::text(format!("{set}{}", " ".repeat(room))));
    assert!(
        bench.ask(&good(&signer, "k1", noon()), noon()).await.is_ok(),
        "256 KiB are not too long"
    );
}

#[test]
fn settings_that_are_wrong_are_told_at_once() {
    let revoked = Arc::new(RevokedTokens::default());
    for url in [
        "",
        "idp",
        "/keys",
        "http://",
        "http://idp.example.org/keys",
        "http://127.0.0.1@idp.example.org/",
        "http://0.0.0.0/keys",
        "http://127.1/keys",
        "http://localhost.example.org/",
        "http://10.0.0.1/",
        "http://[::ffff:10.0.0.1]/",
        "file:///etc/passwd",
        "ftp://127.0.0.1/",
        "https://user:word@idp.example.org/keys",
    ] {
        let refused = verifier(Mode::Production, vec![issuer(url)], &revoked).err();
        assert!(refused.is_some_and(|why| why.contains("jwks_url")), "{url}");
    }
    for url in [
        "http://127.0.0.1:1/keys",
        "http://127.8.9.1/",
        "http://[::1]:1/keys",
        "http://localhost/keys",
    ] {
        assert!(
            verifier(Mode::Production, vec![issuer(url)], &revoked).is_ok(),
            "{url}"
        );
    }
    let here = "http://127.0.0.1:1/keys";
    let (mut unnamed, mut unheard, mut own) = (issuer(here), issuer(here), issuer(here));
    unnamed.issuer.clear();
    unheard.audience.clear();
    own.issuer = "urn:nqi-hub:development".to_owned();
    let mut lost = issuer("x");
    lost.issuer = "https://lost.example.org".to_owned();
    let refused = verifier(
        Mode::Production,
        vec![unnamed, unheard, issuer(here), own, lost],
        &revoked,
    );
    let refused = refused.err().unwrap();
    for problem in [
        "an issuer is empty",
        "audience is empty",
        "stands twice",
        "own name",
        "jwks_url",
    ] {
        assert!(refused.contains(problem), "{problem}: {refused}");
    }
    assert_eq!(refused.lines().count(), 5, "{refused}");
    let many = (0..33).map(|place| {
        let mut one = issuer(here);
        one.issuer = format!("issuer {place}");
        one
    });
    assert!(verifier(Mode::Production, many.clone().collect(), &revoked).is_err());
    assert!(verifier(Mode::Production, many.take(32).collect(), &revoked).is_ok());
}
