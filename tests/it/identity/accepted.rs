//! What is believed, and what the hub then knows.

use api::identity::{Grant, Reason};
use entity::access::Role;
use serde_json::{Value, json};

use super::signer::Signer;
use super::{AUDIENCE, Bench, ENTERPRISE, ISSUER, claims, good, header, noon, seconds};

#[tokio::test]
async fn a_good_token_of_every_algorithm_is_believed() {
    let signers = [Signer::es256(), Signer::eddsa(), Signer::rs256(), Signer::ps256()];
    let kids = ["a", "b", "c", "d"];
    let keys = signers
        .iter()
        .zip(kids)
        .map(|(signer, kid)| signer.jwk(kid))
        .collect();
    let bench = Bench::new(keys).await;
    for (signer, kid) in signers.iter().zip(kids) {
        let found = bench.ask(&good(signer, kid, noon()), noon()).await.unwrap();
        assert_eq!(found.issuer, ISSUER);
        assert_eq!((found.subject.as_str(), found.client.as_str()), ("u-1", "portal"));
        assert_eq!(
            (found.token_id.as_str(), found.expires_at),
            ("t-1", noon() + seconds(600))
        );
        let mut grant = Grant::new(Role::Staff);
        grant.region = Some("320582".to_owned());
        grant.office = Some("标准化科".to_owned());
        assert_eq!(found.grant, grant);
    }
    assert_eq!(bench.provider.asked(), 1, "one fetch serves them all");
}

#[tokio::test]
async fn the_same_thing_may_be_written_differently() {
    let signer = Signer::es256();
    let bench = Bench::new(vec![signer.jwk("k1")]).await;
    let now = noon().timestamp();
    let edits: [(&str, Value); 12] = [
        ("aud", json!([AUDIENCE])),
        ("aud", json!(["https://other.example.org", AUDIENCE])),
        ("exp", json!(now - 29)),
        ("exp", json!(now as f64 + 0.5)),
        ("iat", json!(now + 30)),
        ("iat", json!(now as f64 - 0.5)),
        ("nbf", json!(now + 30)),
        ("nbf", json!(now - 100_000)),
        ("sub", json!("市".repeat(200))),
        ("scope", json!("read")),
        ("acr", json!({ "deep": [1, 2, { "deeper": null }] })),
        (
            "nqi",
            json!({ "role": "STAFF", "region": "320582", "office": null }),
        ),
    ];
    for (claim, value) in edits {
        let mut payload = claims(noon());
        payload[claim] = value;
        let token = signer.token(&header("ES256", "k1"), &payload);
        assert!(bench.ask(&token, noon()).await.is_ok(), "{claim}: {payload}");
    }
    for (member, value) in [
        ("typ", json!("AT+JWT")),
        ("typ", json!("application/at+jwt")),
        ("typ", json!("Application/At+Jwt")),
        ("x5t", json!("dGh1bWI")),
        ("x5t#S256", json!("dGh1bWI")),
        ("cty", json!("x")),
    ] {
        let mut header = header("ES256", "k1");
        header[member] = value;
        let token = signer.token(&header, &claims(noon()));
        assert!(bench.ask(&token, noon()).await.is_ok(), "{header}");
    }
}

#[tokio::test]
async fn a_token_lasts_an_hour_at_most_and_ends_with_the_leeway() {
    let signer = Signer::es256();
    let bench = Bench::new(vec![signer.jwk("k1")]).await;
    let mut payload = claims(noon());
    payload["iat"] = json!(noon().timestamp());
    payload["exp"] = json!(noon().timestamp() + 3600);
    let token = signer.token(&header("ES256", "k1"), &payload);
    for (after, verdict) in [
        (-31, Some(Reason::IssuedLater)),
        (-30, None),
        (3629, None),
        (3630, Some(Reason::Expired)),
    ] {
        assert_eq!(
            bench.ask(&token, noon() + seconds(after)).await.err(),
            verdict,
            "{after}"
        );
    }
}

#[tokio::test]
async fn each_role_has_exactly_its_bounds() {
    let signer = Signer::es256();
    let bench = Bench::new(vec![signer.jwk("k1")]).await;
    let bounds: [(&str, Value); 5] = [
        ("region", json!("320582")),
        ("office", json!("标准化科")),
        ("enterprise", json!(ENTERPRISE)),
        ("institution", json!("160000000000")),
        ("kinds", json!(["Declaration"])),
    ];
    // Needed bounds and possible ones, in the order above.
    let rules = [
        (Role::Enterprise, "__!__"),
        (Role::Institution, "___!_"),
        (Role::Staff, "!?___"),
        (Role::Aggregator, "!____"),
        (Role::CreditClient, "!___!"),
        (Role::Hub, "!____"),
        (Role::Auditor, "_____"),
        (Role::SystemAdmin, "_____"),
        (Role::SecurityAdmin, "_____"),
        (Role::AuditAdmin, "_____"),
    ];
    assert_eq!(
        rules.map(|(role, _)| role),
        Role::ALL[1..],
        "everybody without a token is the first"
    );
    for (role, rule) in rules {
        assert_eq!(role.as_str().parse(), Ok(role));
        for subset in 0..1 << bounds.len() {
            let mut grant = json!({ "role": role.as_str() });
            let mut fits = true;
            for (place, ((bound, value), sign)) in bounds.iter().zip(rule.chars()).enumerate() {
                let given = subset >> place & 1 == 1;
                if given {
                    grant[bound] = value.clone();
                }
                fits &= sign == '?' || given == (sign == '!');
            }
            let mut payload = claims(noon());
            payload["nqi"] = grant.clone();
            let verdict = bench
                .ask(&signer.token(&header("ES256", "k1"), &payload), noon())
                .await;
            match verdict {
                Ok(found) => {
                    assert!(fits, "{grant}");
                    assert_eq!(serde_json::to_value(&found.grant).unwrap(), grant);
                }
                Err(reason) => assert!(!fits && matches!(reason, Reason::Grant(_)), "{grant}: {reason}"),
            }
        }
    }
}
