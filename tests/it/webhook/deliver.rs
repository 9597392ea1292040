//! What is delivered, to whom, and how it is signed.

use std::collections::BTreeSet;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use api::identity::Grant;
use api::webhook::{Pace, Wanted, new_key};
use client::Filter;
use entity::Clock;
use entity::access::Role;
use entity::webhook;
use serde_json::Value;
use support::bureau::staff;
use support::on_both;
use support::receiver::{Got, Receiver};

use super::{add, all_taken, applied, brisk, changes, data, once, sending, until, wanted};
use crate::sync::source::{Source, credit};

/// Whether the few lines of the example find a message genuine.
fn is_genuine(key: &str, got: &Got, body: &str) -> bool {
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/webhook/verify.py");
    let mut python = Command::new("python3")
        .arg(example)
        .arg(key)
        .args(["webhook-id", "webhook-timestamp", "webhook-signature"].map(|field| got.field(field)))
        .stdin(Stdio::piped())
        .spawn()
        .unwrap();
    python.stdin.take().unwrap().write_all(body.as_bytes()).unwrap();
    let ended = python.wait().unwrap().code();
    assert!(matches!(ended, Some(0 | 1)), "{ended:?}");
    ended == Some(0)
}

/// Whether the key of a webhook is in what `Debug` prints of it.
fn debugged_keys(webhook: &webhook::Webhook) -> bool {
    format!("{webhook:?}").contains(webhook.signing_key.trim_start_matches("whsec_"))
}

fn text<'a>(event: &'a Value, member: &str) -> &'a str {
    event[member].as_str().unwrap_or_default()
}

#[test]
fn the_example_refuses_what_is_old_and_what_is_no_signature() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/webhook");
    let said = "import sys, time; sys.dont_write_bytecode = True; import verify; now = int(time.time()); \
        print([verify.is_recent(str(now + off)) for off in (0, -290, 290, -400, 400)], verify.is_recent('x'), \
        verify.is_genuine('whsec_AAAA', 'msg_1', '1', 'v1,\\u00e9', b''))";
    let ran = Command::new("python3")
        .args(["-c", said])
        .env("PYTHONPATH", folder)
        .output()
        .unwrap();
    let printed = String::from_utf8_lossy(&ran.stdout);
    assert_eq!(
        printed.trim(),
        "[True, True, True, False, False] False False",
        "{}",
        String::from_utf8_lossy(&ran.stderr)
    );
}

on_both! {
    async fn what_is_delivered_is_what_changes_shows_in_its_order(engine) {
        let source = Source::open(engine).await;
        let server = sending(&source, brisk()).await;
        let auditor = Grant::new(Role::Auditor);
        let kinds = ["Standard", "Enterprise", "Declaration"];
        let district = credit("320500", &kinds);
        let (whole, part) = (Receiver::start().await, Receiver::start().await);
        let made = add(&source, wanted("whole", &whole.url(), Some(auditor.clone()))).await;
        let narrow = Wanted {
            kinds: vec!["Enterprise".to_owned(), "Declaration".to_owned()],
            regions: vec!["320582".to_owned()],
            ..wanted("part", &part.url(), Some(district.clone()))
        };
        add(&source, narrow).await;
        // Titles, records that are gone, and places: what leaves the region is told.
        source.list("二", 2, |number| number > 9);
        source.declare(2, &[(1, "330000"), (3, "320582"), (5, "320581")], "乙");
        for (receiver, (expected, cursor)) in [
            (&whole, changes(&source, &auditor, &[], &[]).await),
            (&part, changes(&source, &district, &["Enterprise", "Declaration"], &["320582"]).await),
        ] {
            let events = all_taken(receiver, expected.len()).await;
            assert_eq!(data(&events), expected);
            let ids: BTreeSet<&str> = events.iter().map(|event| text(event, "id")).collect();
            assert_eq!(ids.len(), events.len());
            for event in &events {
                let change = &event["data"];
                assert_eq!(event["specversion"], "1.0");
                assert!(text(event, "source").starts_with("urn:nqi-hub:feed:"), "{event}");
                let operation = text(change, "operation").to_lowercase();
                assert_eq!(text(event, "type"), format!("nqi-hub.change.{operation}"));
                assert_eq!((&event["subject"], &event["time"]), (&change["recordId"], &change["at"]));
            }
            assert!(!cursor.is_empty());
        }
        let operations: BTreeSet<String> =
            part.taken().iter().map(|event| text(&event["data"], "operation").to_owned()).collect();
        assert!(operations.contains("LEAVE") && operations.contains("UPSERT"), "{operations:?}");
        let got = whole.got();
        for got in &got {
            assert_eq!(got.field("content-type"), "application/cloudevents-batch+json; charset=utf-8");
            assert!(got.field("request").starts_with("POST /nqi"), "{got:?}");
            assert!(got.events().len() <= 25);
        }
        let first = &got[0];
        assert!(is_genuine(&made.signing_key, first, &first.body));
        assert!(!is_genuine(&made.signing_key, first, &first.body.replacen('1', "2", 1)));
        assert!(!is_genuine(&new_key().unwrap(), first, &first.body));
        assert!(!debugged_keys(&made), "a key in what is printed");
        // The reader goes on by itself from the cursor that came with the last message.
        let token = source.bureau.token("whole", auditor);
        let query = "query ($after: String) { changes(after: $after) { nodes { key } hasNextPage } }";
        let cursor = got.last().unwrap().field("nqi-cursor");
        let request = source.server.client().post(source.server.url("/graphql")).bearer_auth(token);
        let asked = serde_json::json!({ "query": query, "variables": { "after": cursor } });
        let answer: Value = request.json(&asked).send().await.unwrap().json().await.unwrap();
        let page = &answer["data"]["changes"];
        assert_eq!((page["nodes"].as_array().map(Vec::len), &page["hasNextPage"]), (Some(0), &Value::Bool(false)), "{answer}");
        let figures = server.client().get(server.url("/metrics")).send().await.unwrap().text().await.unwrap();
        assert!(figures.contains("nqi_webhook_attempts_total{webhook=\"whole\",outcome=\"delivered\"}"), "{figures}");
    }

    async fn two_keys_sign_until_one_is_settled(engine) {
        let source = Source::open(engine).await;
        let _server = sending(&source, brisk()).await;
        let receiver = Receiver::start().await;
        let auditor = Grant::new(Role::Auditor);
        let made = add(&source, wanted("keys", &receiver.url(), Some(auditor.clone()))).await;
        let db = &source.server.db;
        let newer = new_key().unwrap();
        let mut day = 1;
        // What was on its way before is there: the last message was signed behind the call.
        let mut next = async || {
            day += 1;
            source.list(&format!("{day}"), day, |number| number > day);
            let (expected, _) = changes(&source, &auditor, &[], &[]).await;
            all_taken(&receiver, expected.len()).await;
            receiver.got().last().cloned().unwrap()
        };
        let signed = |got: &Got| [&made.signing_key, &newer].map(|key| is_genuine(key, got, &got.body));
        assert_eq!(signed(&next().await), [true, false]);
        webhook::rotate_key(db, &Clock::System, "keys", &newer).await.unwrap();
        assert_eq!(signed(&next().await), [true, true]);
        // The former key is not thrown away before the receiver knows the newer one.
        assert!(webhook::rotate_key(db, &Clock::System, "keys", &newer).await.is_err());
        webhook::settle_key(db, &Clock::System, "keys").await.unwrap();
        assert_eq!(signed(&next().await), [false, true]);
    }

    async fn whoever_loses_sight_of_a_record_is_told(engine) {
        let source = Source::open(engine).await;
        let _server = sending(&source, brisk()).await;
        let receiver = Receiver::start().await;
        let kinds = ["Standard", "Enterprise", "Product", "Declaration"];
        let steps = [credit("320000", &kinds), credit("320581", &kinds), credit("320581", &kinds[1..2]), staff("320582")];
        for (step, grant) in steps.iter().enumerate() {
            add(&source, wanted("moving", &receiver.url(), Some(grant.clone()))).await;
            let day = 2 + u32::try_from(step).unwrap();
            let (here, there) = if step % 2 == 0 { ("320582", "320581") } else { ("320581", "320582") };
            source.declare(day, &[(1, here), (3, there), (5, "330000")], &format!("{step}"));
            let fresh = source.fresh(grant, &Filter::default()).await;
            let bodies = fresh.into_iter().map(|(name, row)| (name, row.body)).collect();
            until("the receiver holds what its reader sees", async || applied(&receiver.taken()) == bodies).await;
        }
        let told = receiver.taken();
        let left = told.iter().filter(|event| text(&event["data"], "operation") == "LEAVE").count();
        assert!(left > 3, "{left}");
        assert_eq!(once(&told).len(), told.len());
    }

    async fn a_batch_keeps_its_bounds(engine) {
        let source = Source::open(engine).await;
        let pace = Pace { changes: 1_000, bytes: 8 * 1024, ..brisk() };
        let _server = sending(&source, pace).await;
        let receiver = Receiver::start().await;
        add(&source, wanted("small", &receiver.url(), Some(Grant::new(Role::Auditor)))).await;
        let (expected, _) = changes(&source, &Grant::new(Role::Auditor), &[], &[]).await;
        assert_eq!(data(&all_taken(&receiver, expected.len()).await), expected);
        let got = receiver.got();
        assert!(got.len() > 10, "{}", got.len());
        for got in got {
            assert!(got.body.len() <= 8 * 1024 || got.events().len() == 1, "{}", got.body.len());
        }
    }
}
