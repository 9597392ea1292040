//! Overload: what does not fit is refused at once, and what fits is answered.

use std::time::Duration;

use serde_json::json;
use support::{Engine, Server, catalogue, test_clock};

use super::ask::{body, post, send, server, settings};
use super::talk::{Talk, status};

const PROTOCOL: (&str, &str) = ("sec-websocket-protocol", "graphql-transport-ws");

#[tokio::test]
async fn more_work_than_turns_is_refused_and_a_moment_later_taken() {
    let settings = settings(|settings| {
        settings.limits.executions = 1;
        settings.limits.turn = Duration::from_millis(1);
    });
    let server = Server::start_with(catalogue(Engine::Sqlite).await.db.clone(), test_clock(), settings);
    let query = "{ standards(first: 200) { nodes { number name status } } }";
    let at_once: Vec<_> = (0..40).map(|_| post(&server, query, &[])).collect();
    let answers = futures_util::future::join_all(at_once).await;
    let count = |status: u16| answers.iter().filter(|answer| answer.status == status).count();
    assert!(
        count(200) >= 1 && count(503) >= 1,
        "{} taken, {} refused",
        count(200),
        count(503)
    );
    assert_eq!(count(200) + count(503), 40);
    assert!(
        answers
            .iter()
            .all(|answer| answer.status == 503 || answer.told().1 == "OK")
    );
    for refused in answers.iter().filter(|answer| answer.status == 503) {
        assert_eq!(refused.told().1, "OVERLOADED");
        assert_eq!(refused.header("retry-after"), "1");
    }
    assert_eq!(post(&server, query, &[]).await.told(), (200, "OK"), "it goes on");
}

#[tokio::test]
async fn dear_work_waits_for_dear_work() {
    let db = catalogue(Engine::Sqlite).await.db.clone();
    let query = "{ standards(first: 200) { nodes { number name status } } }";
    for (dear_from, all) in [(10, false), (u64::MAX, true)] {
        let settings = settings(|settings| {
            settings.limits.executions = 100;
            settings.limits.turn = Duration::from_millis(1);
            settings.limits.dear_from = dear_from;
            settings.limits.dear_at_once = 10;
        });
        let server = Server::start_with(db.clone(), test_clock(), settings);
        let at_once: Vec<_> = (0..40).map(|_| post(&server, query, &[])).collect();
        let answers = futures_util::future::join_all(at_once).await;
        let taken = answers
            .iter()
            .filter(|answer| answer.told() == (200, "OK"))
            .count();
        let put_off = answers
            .iter()
            .filter(|answer| answer.told() == (503, "OVERLOADED"))
            .count();
        assert_eq!(taken + put_off, 40, "from {dear_from}");
        assert!(
            taken > 0 && (taken == 40) == all,
            "from {dear_from}: {taken} taken"
        );
    }
}

#[tokio::test]
async fn without_turns_nothing_runs() {
    let (_database, server) = server(settings(|settings| settings.limits.executions = 0)).await;
    assert_eq!(
        post(&server, "{ __typename }", &[]).await.told(),
        (503, "OVERLOADED")
    );
}

#[tokio::test]
async fn sockets_are_counted_by_address_and_in_all_and_closed_ones_make_room() {
    let (_database, narrow) = server(settings(|settings| settings.limits.connections_per_address = 2)).await;
    let (one, _two) = (Talk::open(&narrow).await, Talk::open(&narrow).await);
    assert_eq!(status(&narrow, &[PROTOCOL]).await, 429);
    drop(one);
    let mut again = 429;
    for _ in 0..100 {
        tokio::time::sleep(Duration::from_millis(50)).await;
        again = status(&narrow, &[PROTOCOL]).await;
        if again == 101 {
            break;
        }
    }
    assert_eq!(again, 101, "a place that was given back");
    let (_database, full) = server(settings(|settings| settings.limits.connections = 1)).await;
    let _one = Talk::open(&full).await;
    assert_eq!(status(&full, &[PROTOCOL]).await, 503);
}

#[tokio::test]
async fn event_streams_are_counted() {
    let (_database, server) = server(settings(|settings| settings.limits.connections_per_address = 1)).await;
    let request = json!({ "query": "subscription { head { position } }" });
    let stream = || {
        server
            .client()
            .post(server.url("/graphql"))
            .header("accept", "text/event-stream")
            .json(&request)
    };
    let _open = stream().send().await.unwrap();
    let refused = send(stream()).await;
    assert_eq!(refused.told(), (429, "TOO_MANY_CONNECTIONS"));
    let query = body(&server, json!({ "query": "{ __typename }" }), &[]).await;
    assert_eq!(query.told(), (200, "OK"), "a query needs no place");
}

/// A reader that asks and takes nothing: what is written for it fills every buffer on the way, and then somebody must act.
#[tokio::test]
async fn who_takes_nothing_is_let_go_and_its_place_with_it() {
    let large =
        "{ __schema { types { name description fields { name description args { name description } } } } }";
    for (write, wanted) in [
        (Duration::from_millis(300), 101),
        (Duration::from_secs(3600), 429),
    ] {
        let (_database, server) = server(settings(|settings| {
            settings.limits.connections_per_address = 1;
            settings.limits.heartbeat = Duration::from_secs(3600);
            settings.limits.write = write;
        }))
        .await;
        let mut deaf = Talk::open(&server).await;
        // A socket carries twenty operations at once.
        for wave in 0..8 {
            for number in 0..20 {
                let id = format!("{wave}.{number}");
                let asked = json!({ "type": "subscribe", "id": id, "payload": { "query": large } });
                deaf.say(&asked.to_string()).await;
            }
            tokio::time::sleep(Duration::from_secs(1)).await;
        }
        let mut found = 0;
        for _ in 0..60 {
            tokio::time::sleep(Duration::from_millis(200)).await;
            found = status(&server, &[PROTOCOL]).await;
            if found == 101 {
                break;
            }
        }
        assert_eq!(found, wanted, "{write:?}");
    }
}
