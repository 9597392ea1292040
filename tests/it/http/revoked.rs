//! Revoked tokens at the doors of two processes on one database.

use std::time::{Duration, Instant};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::TimeDelta;
use entity::access::{forget_revoked, revoke_token, revoked_tokens};
use entity::audit::AuditFilter;
use entity::page::{List, PageRequest};
use entity::{Database, Scope};
use serde_json::{Value, json};
use support::bureau::{Bureau, staff};
use support::{Hub, Server, TestDatabase, on_both, test_clock};

use super::ask::{post, settings};
use super::talk::Talk;

/// The bound that the command tells.
const BOUND: Duration = Duration::from_secs(10);
const WHO: &str = "{ viewer { role } }";

/// The name of a token.
fn name(token: &str) -> String {
    let payload = token.split('.').nth(1).unwrap_or_default();
    let payload = URL_SAFE_NO_PAD.decode(payload).unwrap();
    let claims: Value = serde_json::from_slice(&payload).unwrap();
    claims["jti"].as_str().unwrap().to_owned()
}

async fn told(server: &Server, token: &str) -> u16 {
    post(server, WHO, &[("authorization", &format!("Bearer {token}"))])
        .await
        .status
}

async fn entries(db: &Database, object: &str) -> usize {
    let found = AuditFilter::default()
        .list(
            db,
            &Scope::operator(),
            &PageRequest {
                limit: 50,
                ..PageRequest::default()
            },
        )
        .await
        .unwrap();
    let named = found.items.iter().filter(|entry| {
        entry.operation_name == "revoke-token" && entry.objects().iter().any(|id| id == object)
    });
    named.count()
}

on_both! {
    async fn a_revoked_token_is_refused_by_every_process_within_the_bound(engine) {
        let database = TestDatabase::new(engine).await;
        let bureau = Bureau::default();
        let mut doors = Vec::new();
        for _ in 0..2 {
            let db = database.open().await;
            doors.push(Server::start_with(db, test_clock(), bureau.settings(settings(|_| ()))));
        }
        let (token, other) = (bureau.token("u", staff("320582")), bureau.token("u", staff("320582")));
        let mut talk = Talk::connect(&doors[1]).await;
        let payload = json!({ "authorization": format!("Bearer {token}") });
        talk.send(json!({ "type": "connection_init", "payload": payload })).await;
        assert_eq!(talk.hear().await["type"], "connection_ack");
        for door in &doors {
            assert_eq!((told(door, &token).await, told(door, &other).await), (200, 200));
        }
        let done = Hub::on(&database).run(&["revoke-token", &name(&token)]);
        assert_eq!(done.code, Some(0), "{done:?}");
        let revoked = Instant::now();
        for door in &doors {
            while told(door, &token).await != 401 {
                assert!(revoked.elapsed() < BOUND, "a process still believes the token");
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
            assert_eq!(told(door, &other).await, 200, "another token of the same person is good");
        }
        let (code, why) = talk.end().await;
        assert!(code == 4403 && why.contains("revoked"), "{code} {why}");
        assert!(revoked.elapsed() < BOUND, "a socket is still open");
        assert_eq!(entries(&doors[0].db, &name(&token)).await, 1, "the act is in the trail");
    }

    async fn a_process_that_starts_later_knows_the_list_and_rows_go_with_their_tokens(engine) {
        let database = TestDatabase::new(engine).await;
        let bureau = Bureau::default();
        let db = database.open().await;
        let token = bureau.token("u", staff("320582"));
        let (now, end) = (test_clock().now(), test_clock().now() + TimeDelta::hours(1));
        for _ in 0..2 {
            revoke_token(&db, &test_clock(), &name(&token), end).await.unwrap();
        }
        let server = Server::start_with(db.clone(), test_clock(), bureau.settings(settings(|_| ())));
        assert_eq!(told(&server, &token).await, 401, "from its first request on");
        assert_eq!(revoked_tokens(&db, now).await.unwrap(), [name(&token)]);
        let before = end - TimeDelta::microseconds(1);
        assert_eq!(forget_revoked(&db, before).await.unwrap(), 0);
        assert_eq!(revoked_tokens(&db, end).await.unwrap(), Vec::<String>::new());
        assert_eq!(forget_revoked(&db, end).await.unwrap(), 1);
    }
}
