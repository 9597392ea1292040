//! Tokens of chance: what was changed is refused, and nothing that is sent ends the process.

use api::identity::Reason;
use proptest::collection::vec;
use proptest::prelude::*;

use super::signer::Signer;
use super::{Bench, claims, good, header, noon};
use support::chance::{Chance, properties, seed};

#[tokio::test]
async fn a_token_with_another_sign_anywhere_is_refused() {
    const ALPHABET: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.=+/ {\"";
    let mut chance = Chance::new(seed("a_token_with_another_sign_anywhere_is_refused"));
    for signer in [Signer::es256(), Signer::eddsa(), Signer::rs256()] {
        let bench = Bench::new(vec![signer.jwk("k1")]).await;
        let token = good(&signer, "k1", noon());
        assert!(bench.ask(&token, noon()).await.is_ok());
        for place in 0..token.len() {
            let mut changed = token.clone().into_bytes();
            let before = changed[place];
            while changed[place] == before {
                changed[place] = *chance.pick(ALPHABET);
            }
            let changed = String::from_utf8(changed).unwrap();
            assert!(
                bench.ask(&changed, noon()).await.is_err(),
                "place {place}: {changed}"
            );
        }
    }
}

#[test]
fn whatever_is_sent_is_answered() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let signer = Signer::es256();
    let bench = runtime.block_on(Bench::new(vec![signer.jwk("k1")]));
    let (head, body) = (header("ES256", "k1"), claims(noon()));
    let member = prop_oneof![
        Just("iss"),
        Just("aud"),
        Just("exp"),
        Just("iat"),
        Just("nbf"),
        Just("jti"),
        Just("nqi")
    ];
    let value = prop_oneof![
        any::<i64>().prop_map(serde_json::Value::from),
        any::<f64>().prop_map(serde_json::Value::from),
        any::<String>().prop_map(serde_json::Value::from),
        vec(any::<String>(), 0..4).prop_map(serde_json::Value::from),
    ];
    properties("whatever_is_sent_is_answered: claims", 2_000)
        .run(&(member, value), |(member, value)| {
            let mut body = body.clone();
            body[member] = value.clone();
            let verdict = runtime.block_on(bench.ask(&signer.token(&head, &body), noon()));
            let reason = verdict.err().map(|reason| reason.to_string()).unwrap_or_default();
            prop_assert!(reason.chars().all(|sign| !sign.is_control()), "{reason:?}");
            Ok(())
        })
        .unwrap();
    properties("whatever_is_sent_is_answered: texts", 2_000)
        .run(&any::<String>(), |text| {
            let plain = runtime.block_on(bench.ask(&text, noon()));
            prop_assert!(plain.is_err());
            let inside = runtime.block_on(bench.ask(&signer.token_of_texts(&text, &text), noon()));
            prop_assert!(matches!(inside, Err(Reason::Header(_))), "{inside:?}");
            Ok(())
        })
        .unwrap();
}
