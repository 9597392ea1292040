//! Tokens whose claims are wrong, each in one way; their signatures hold.

use api::identity::Reason;
use serde_json::{Value, json};

use super::signer::Signer;
use super::{AUDIENCE, Bench, ISSUER, claims, header, noon};

/// A reason that begins like this; the rest quotes what was sent.
fn begins(reason: &Reason, start: &str) -> bool {
    reason.to_string().starts_with(start)
}

#[tokio::test]
async fn claims_that_do_not_hold_are_refused() {
    let signer = Signer::es256();
    let bench = Bench::new(vec![signer.jwk("k1")]).await;
    let now = noon().timestamp();
    let rows: Vec<(&str, Value, Reason)> = vec![
        ("iss", json!("https://other.example.org"), Reason::UnknownIssuer),
        ("iss", json!(format!("{ISSUER}/")), Reason::UnknownIssuer),
        ("iss", json!(ISSUER.to_uppercase()), Reason::UnknownIssuer),
        ("iss", json!(""), Reason::UnknownIssuer),
        ("iss", json!("urn:nqi-hub:development"), Reason::UnknownIssuer),
        ("aud", json!("https://other.example.org"), Reason::Audience),
        ("aud", json!(format!("{AUDIENCE}/")), Reason::Audience),
        ("aud", json!(""), Reason::Audience),
        ("aud", json!([]), Reason::Audience),
        ("aud", json!(["https://other.example.org", ""]), Reason::Audience),
        ("exp", json!(now - 30), Reason::Expired),
        ("exp", json!(now - 60), Reason::Lifetime),
        ("exp", json!(now - 61), Reason::Lifetime),
        ("exp", json!(now + 3541), Reason::Lifetime),
        ("exp", json!(253_402_300_799_i64), Reason::Lifetime),
        ("exp", json!(i64::MAX), Reason::Lifetime),
        ("exp", json!(u64::MAX), Reason::Lifetime),
        ("exp", json!(1e300), Reason::Lifetime),
        ("exp", json!(0), Reason::Lifetime),
        ("iat", json!(now + 31), Reason::IssuedLater),
        ("iat", json!(0), Reason::Lifetime),
        ("iat", json!(-1e300), Reason::Lifetime),
        ("nbf", json!(now + 31), Reason::NotYetValid),
        ("nbf", json!(i64::MAX), Reason::Lifetime),
        ("sub", json!(""), Reason::Text("sub")),
        ("sub", json!("市".repeat(201)), Reason::Text("sub")),
        ("client_id", json!("a\r\nb"), Reason::Text("client_id")),
        ("jti", json!("a\u{0}"), Reason::Text("jti")),
        ("jti", json!("a\u{85}"), Reason::Text("jti")),
    ];
    for (claim, value, reason) in rows {
        let mut payload = claims(noon());
        payload[claim] = value;
        let token = signer.token(&header("ES256", "k1"), &payload);
        assert_eq!(bench.ask(&token, noon()).await, Err(reason), "{payload:.400}");
    }
}

#[tokio::test]
async fn claims_have_the_right_type() {
    let signer = Signer::es256();
    let bench = Bench::new(vec![signer.jwk("k1")]).await;
    let number = noon().timestamp();
    let wrong: [(&str, Vec<Value>); 9] = [
        ("iss", vec![json!([ISSUER]), json!({}), json!(7), Value::Null]),
        (
            "aud",
            vec![
                json!(7),
                json!({ "a": AUDIENCE }),
                json!([AUDIENCE, 7]),
                json!([[AUDIENCE]]),
                Value::Null,
            ],
        ),
        ("sub", vec![json!(7), json!(["u-1"]), Value::Null]),
        ("client_id", vec![json!(7), Value::Null]),
        ("jti", vec![json!(7), Value::Null]),
        (
            "iat",
            vec![
                json!(number.to_string()),
                json!([number]),
                json!(true),
                Value::Null,
            ],
        ),
        (
            "exp",
            vec![json!((number + 600).to_string()), json!({}), Value::Null],
        ),
        (
            "nbf",
            vec![json!(number.to_string()), json!([number]), Value::Null],
        ),
        (
            "nqi",
            vec![json!("STAFF"), json!(["STAFF", "320582"]), json!({}), Value::Null],
        ),
    ];
    for (claim, values) in wrong {
        for value in values {
            let mut payload = claims(noon());
            payload[claim] = value;
            let refused = bench
                .ask(&signer.token(&header("ES256", "k1"), &payload), noon())
                .await;
            assert!(
                matches!(refused, Err(Reason::Payload(_))),
                "{payload}: {refused:?}"
            );
        }
        let mut payload = claims(noon());
        payload.as_object_mut().unwrap().remove(claim);
        let verdict = bench
            .ask(&signer.token(&header("ES256", "k1"), &payload), noon())
            .await;
        if claim == "nbf" {
            assert!(verdict.is_ok(), "a token without nbf is good at once");
        } else {
            assert_eq!(verdict, Err(Reason::Payload(format!("missing field `{claim}`"))));
        }
    }
}

#[tokio::test]
async fn bounds_that_are_badly_written_are_refused() {
    let signer = Signer::es256();
    let bench = Bench::new(vec![signer.jwk("k1")]).await;
    let many: Vec<String> = (0..51).map(|kind| format!("kind{kind}")).collect();
    let credit = |kinds: Value| json!({ "role": "CREDIT_CLIENT", "region": "320000", "kinds": kinds });
    let enterprise = |code: &str| json!({ "role": "ENTERPRISE", "enterprise": code });
    let staff = |region: &str| json!({ "role": "STAFF", "region": region });
    let rows: Vec<(Value, &str)> = vec![
        (
            json!({ "role": "PUBLIC" }),
            "nqi: the role PUBLIC is that of everybody",
        ),
        (
            json!({ "role": "staff", "region": "320582" }),
            "claims: unknown variant `staff`",
        ),
        (
            json!({ "role": ["STAFF", "AUDITOR"], "region": "320582" }),
            "claims: ",
        ),
        (
            json!({ "role": "SYSTEM_ADMIN", "also": "AUDIT_ADMIN" }),
            "claims: unknown field `also`",
        ),
        (staff(""), "nqi: region"),
        (staff("32058"), "nqi: region"),
        (staff("3205820"), "nqi: region"),
        (staff("３２０５８２"), "nqi: region"),
        (staff("000000"), "nqi: region"),
        (staff("32058_"), "nqi: region"),
        (staff("32%"), "nqi: region"),
        (enterprise("91000000MA0000001"), "nqi: enterprise"),
        (enterprise("91000000ma0000001x"), "nqi: enterprise"),
        (enterprise("91000000MA000000IX"), "nqi: enterprise"),
        (enterprise("91000000MA0000001X "), "nqi: enterprise"),
        (credit(json!([])), "nqi: the role CREDIT_CLIENT needs kinds"),
        (credit(json!(many)), "nqi: kinds has more than 50"),
        (credit(json!(["Declaration", ""])), "nqi: kinds names no kind"),
        (credit(json!(["a\nb"])), "nqi: kinds names no kind"),
        (credit(json!("declaration")), "claims: invalid type"),
        (
            json!({ "role": "STAFF", "region": "320582", "office": "科\u{7}" }),
            "nqi: office is empty",
        ),
        (
            json!({ "role": "INSTITUTION", "institution": "" }),
            "nqi: institution is empty",
        ),
        (
            json!({ "role": "INSTITUTION", "institution": "1".repeat(201) }),
            "nqi: institution is empty",
        ),
    ];
    for (grant, start) in rows {
        let mut payload = claims(noon());
        payload["nqi"] = grant.clone();
        let token = signer.token(&header("ES256", "k1"), &payload);
        let refused = bench.ask(&token, noon()).await.unwrap_err();
        assert!(begins(&refused, start), "{grant}: {refused}");
    }
}

#[tokio::test]
async fn a_member_stands_once() {
    let signer = Signer::es256();
    let bench = Bench::new(vec![signer.jwk("k1")]).await;
    let (head, body) = (header("ES256", "k1").to_string(), claims(noon()).to_string());
    let twice = |text: &str, member: &str| text.replacen('{', &format!("{{{member},"), 1);
    let heads = [
        r#""kid":"k2""#,
        r#""alg":"none""#,
        r#""typ":"JWT""#,
        r#""\u006bid":"k1""#,
    ];
    for token in heads.map(|member| signer.token_of_texts(&twice(&head, member), &body)) {
        let refused = bench.ask(&token, noon()).await.unwrap_err();
        assert!(refused.to_string().contains("stands twice"), "{refused}");
    }
    let grant = body.replacen(r#"{"role""#, r#"{"role":"AUDITOR","role""#, 1);
    let other = body.replacen('{', r#"{"x":{"y":1,"y":1},"#, 1);
    for body in [
        twice(&body, r#""iss":"x""#),
        twice(&body, r#""exp":1"#),
        grant,
        other,
    ] {
        let refused = bench
            .ask(&signer.token_of_texts(&head, &body), noon())
            .await
            .unwrap_err();
        assert!(refused.to_string().contains("stands twice"), "{body}: {refused}");
    }
    for body in ["", "x", "[]", "null", "{} {}", "\u{feff}{}", &"[".repeat(3000)] {
        let refused = bench
            .ask(&signer.token_of_texts(&head, body), noon())
            .await
            .unwrap_err();
        assert!(matches!(refused, Reason::Payload(_)), "{body:.20}: {refused}");
    }
}
