//! The protocol `graphql-transport-ws` by the letter: what closes a socket, with which code, and what does not.

use std::time::Duration;

use serde_json::{Value, json};

use super::ask::{plain, server, settings};
use super::talk::Talk;

fn init() -> String {
    json!({ "type": "connection_init" }).to_string()
}

fn subscribe(id: &str, query: &str) -> String {
    json!({ "type": "subscribe", "id": id, "payload": { "query": query } }).to_string()
}

const HEAD: &str = "subscription { head { position } }";

#[tokio::test]
async fn what_breaks_the_protocol_closes_the_socket_with_its_code() {
    let (_database, server) = plain().await;
    let id = "x".repeat(257);
    let cases: Vec<(Vec<String>, u16)> = vec![
        (vec!["x".to_owned()], 4400),
        (vec!["[]".to_owned()], 4400),
        (vec![json!({ "id": "1" }).to_string()], 4400),
        (vec![json!({ "type": "nothing".repeat(100) }).to_string()], 4400),
        (vec![json!({ "type": "connection_init", "payload": 3 }).to_string()], 4400),
        (vec![r#"{"type":"connection_init","type":"ping"}"#.to_owned()], 4400),
        (vec![subscribe("1", "{ __typename }")], 4401),
        (vec![init(), init()], 4429),
        (vec![init(), json!({ "type": "subscribe", "payload": { "query": "{ __typename }" } }).to_string()], 4400),
        (vec![init(), json!({ "type": "subscribe", "id": "", "payload": { "query": "{ __typename }" } }).to_string()], 4400),
        (vec![init(), subscribe(&id, "{ __typename }")], 4400),
        (vec![init(), json!({ "type": "subscribe", "id": "1" }).to_string()], 4400),
        (vec![init(), json!({ "type": "subscribe", "id": "1", "payload": { "query": 3 } }).to_string()], 4400),
        (vec![init(), json!({ "type": "subscribe", "id": "1", "payload": { "query": "{ __typename }", "variables": [] } }).to_string()], 4400),
        (vec![init(), subscribe("1", HEAD), subscribe("1", HEAD)], 4409),
        (vec![init(), json!({ "type": "complete" }).to_string()], 4400),
        (vec![format!("{}{}", init(), " ".repeat(65 * 1024))], 1009),
    ];
    for (messages, wanted) in cases {
        let mut talk = Talk::connect(&server).await;
        for message in &messages {
            talk.say(message).await;
        }
        let (code, reason) = talk.end().await;
        let shown: String = messages.join(" ").chars().take(200).collect();
        assert_eq!(code, wanted, "{shown}: {reason}");
        assert!(!reason.is_empty() && reason.len() <= 123, "{reason}");
    }
}

#[tokio::test]
async fn a_message_in_bytes_is_refused() {
    let (_database, server) = plain().await;
    let mut talk = Talk::connect(&server).await;
    talk.say_bytes(init().as_bytes()).await;
    assert_eq!(talk.end().await.0, 4400);
}

#[tokio::test]
async fn who_does_not_greet_is_let_go() {
    let greeting = Duration::from_millis(200);
    let (_database, narrow) = server(settings(|settings| settings.limits.greeting = greeting)).await;
    let mut silent = Talk::connect(&narrow).await;
    assert_eq!(silent.end().await.0, 4408);
    let mut polite = Talk::open(&narrow).await;
    tokio::time::sleep(2 * greeting).await;
    assert_eq!(
        polite.data("1", "{ __typename }").await,
        json!({ "__typename": "Query" })
    );
}

#[tokio::test]
async fn pings_are_answered_with_what_they_carry() {
    let (_database, server) = plain().await;
    let mut talk = Talk::open(&server).await;
    talk.send(json!({ "type": "ping" })).await;
    assert_eq!(talk.hear().await, json!({ "type": "pong" }));
    talk.send(json!({ "type": "ping", "payload": { "a": [1, "二"] } }))
        .await;
    assert_eq!(
        talk.hear().await,
        json!({ "type": "pong", "payload": { "a": [1, "二"] } })
    );
    talk.send(json!({ "type": "pong" })).await;
    assert_eq!(
        talk.data("1", "{ __typename }").await,
        json!({ "__typename": "Query" })
    );
}

#[tokio::test]
async fn who_answers_no_heartbeat_is_let_go() {
    let beat = Duration::from_millis(50);
    let (_database, server) = server(settings(|settings| settings.limits.heartbeat = beat)).await;
    let mut alive = Talk::open(&server).await;
    // A client that reads answers pings on its own.
    alive.ask("1", HEAD).await;
    assert_eq!(alive.hear().await["type"], "next");
    let quiet = tokio::time::timeout(20 * beat, alive.hear()).await;
    assert!(quiet.is_err(), "still open: {quiet:?}");
    let mut deaf = Talk::open(&server).await;
    tokio::time::sleep(20 * beat).await;
    deaf.end().await;
}

#[tokio::test]
async fn completed_operations_say_no_more_and_their_ids_are_free_again() {
    let (_database, server) = plain().await;
    let mut talk = Talk::open(&server).await;
    for _ in 0..3 {
        talk.ask("1", HEAD).await;
        assert_eq!(talk.hear().await["type"], "next");
        talk.send(json!({ "type": "complete", "id": "1" })).await;
        talk.send(json!({ "type": "complete", "id": "never begun" }))
            .await;
        assert_eq!(
            talk.data("2", "{ __typename }").await,
            json!({ "__typename": "Query" })
        );
    }
}

#[tokio::test]
async fn a_refused_document_is_an_error_of_its_operation_alone() {
    let (_database, server) = plain().await;
    let mut talk = Talk::open(&server).await;
    for query in ["{", "{ nothing }", "{ standard }"] {
        talk.ask("1", query).await;
        let refused = talk.hear().await;
        assert_eq!(
            (&refused["type"], &refused["id"]),
            (&json!("error"), &json!("1")),
            "{refused:#}"
        );
        let extensions = &refused["payload"][0]["extensions"];
        assert!(
            extensions["code"].is_string() && extensions["requestId"].is_string(),
            "{refused:#}"
        );
    }
    assert_eq!(
        talk.data("1", "{ __typename }").await,
        json!({ "__typename": "Query" })
    );
}

#[tokio::test]
async fn a_socket_carries_so_many_operations_and_no_more() {
    let (_database, server) = plain().await;
    let mut talk = Talk::open(&server).await;
    for number in 0..20 {
        talk.ask(&number.to_string(), HEAD).await;
        assert_eq!(talk.hear().await["type"], "next", "{number}");
    }
    talk.ask("20", HEAD).await;
    let refused = talk.hear().await;
    assert_eq!(refused["payload"][0]["extensions"]["code"], "TOO_MANY_OPERATIONS");
    talk.send(json!({ "type": "complete", "id": "7" })).await;
    talk.ask("20", HEAD).await;
    assert_eq!(talk.hear().await["type"], "next");
}

#[tokio::test]
async fn operations_run_side_by_side_with_variables_and_names() {
    let (_database, server) = plain().await;
    let mut talk = Talk::open(&server).await;
    let query = "query A($n: String!) { parseStandardNumber(text: $n) { canonical } } query B { __typename }";
    for number in 0..10 {
        let payload = json!({ "query": query, "operationName": "A", "variables": { "n": format!("GB/T {number}-2020") }, "extensions": {} });
        talk.send(json!({ "type": "subscribe", "id": number.to_string(), "payload": payload }))
            .await;
    }
    let mut ended = Vec::new();
    let mut told = Vec::new();
    while ended.len() < 10 {
        let message = talk.hear().await;
        let id = message["id"].as_str().unwrap_or_default().to_owned();
        match message["type"].as_str() {
            Some("next") => {
                let number = message["payload"]["data"]["parseStandardNumber"]["canonical"]
                    .as_str()
                    .unwrap_or_default();
                assert_eq!(number, format!("GB/T {id}-2020"), "{message:#}");
                assert_ne!(message["payload"]["extensions"]["cost"], Value::Null);
                told.push(id);
            }
            Some("complete") => ended.push(id),
            other => panic!("{other:?}: {message:#}"),
        }
    }
    told.sort();
    ended.sort();
    assert_eq!(told, ended);
}
