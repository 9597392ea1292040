//! Answers as an event stream.

use std::time::Duration;

use serde_json::{Value, json};
use support::{Server, on_both, test_clock};

use super::ask::{PATIENCE, body, encoded, plain, send, server, settings};
use super::socket::ingest;

/// An open stream, read event by event.
struct Events {
    response: reqwest::Response,
    text: String,
}

impl Events {
    async fn open(request: reqwest::RequestBuilder) -> Self {
        let response = match request.header("accept", "text/event-stream").send().await {
            Ok(response) => response,
            Err(error) => panic!("no stream: {error}"),
        };
        assert_eq!(response.status().as_u16(), 200);
        assert_eq!(
            response.headers()["content-type"],
            "text/event-stream; charset=utf-8"
        );
        Self {
            response,
            text: String::new(),
        }
    }

    async fn post(server: &Server, query: &str) -> Self {
        Self::open(
            server
                .client()
                .post(server.url("/graphql"))
                .json(&json!({ "query": query })),
        )
        .await
    }

    /// The next block up to an empty line; none at the end of the stream.
    async fn block(&mut self) -> Option<String> {
        loop {
            if let Some((block, rest)) = self.text.split_once("\n\n") {
                let (block, rest) = (block.to_owned(), rest.to_owned());
                self.text = rest;
                return Some(block);
            }
            match tokio::time::timeout(PATIENCE, self.response.chunk()).await {
                Ok(Ok(Some(bytes))) => self.text.push_str(&String::from_utf8_lossy(&bytes)),
                Ok(Ok(None)) => return None,
                other => panic!("nothing came: {other:?}"),
            }
        }
    }

    /// The next event with its lines, heartbeats left out.
    async fn event(&mut self) -> Option<(String, String, Value)> {
        loop {
            let block = self.block().await?;
            let line = |name: &str| {
                block
                    .lines()
                    .find_map(|line| line.strip_prefix(name))
                    .unwrap_or_default()
                    .trim()
                    .to_owned()
            };
            if !block.starts_with(':') {
                return Some((
                    line("event:"),
                    line("id:"),
                    serde_json::from_str(&line("data:")).unwrap_or_default(),
                ));
            }
        }
    }
}

const HEAD: &str = "subscription { head { epoch position } }";

on_both! {
    async fn a_stream_tells_heads_with_ids_and_goes_on_after_a_break(engine) {
        let database = support::TestDatabase::new(engine).await;
        let server = Server::start(database.open().await, test_clock());
        let mut events = Events::post(&server, HEAD).await;
        let (name, id, first) = events.event().await.unwrap();
        let head = &first["data"]["head"];
        assert_eq!(name, "next");
        assert_eq!(id, format!("{}:{}", head["epoch"].as_str().unwrap_or_default(), head["position"]));
        ingest(&database, "GB/T 99001-2020");
        let (_, newer, second) = events.event().await.unwrap();
        assert!(second["data"]["head"]["position"].as_i64() > head["position"].as_i64(), "{second:#}");
        drop(events);
        // Who comes back with the old id is told at once; who knows the newest waits for news.
        let resume = |id: &str| server.client().get(server.url(&format!("/graphql?{}", encoded(&[("query", HEAD)])))).header("last-event-id", id);
        let mut behind = Events::open(resume(&id)).await;
        assert_eq!(behind.event().await.unwrap().1, newer);
        let mut level = Events::open(resume(&newer)).await;
        let silent = tokio::time::timeout(Duration::from_secs(2), level.event()).await;
        assert!(silent.is_err(), "nothing new, and yet: {silent:?}");
        ingest(&database, "GB/T 99002-2020");
        assert_ne!(level.event().await.unwrap().1, newer);
        let mut lost = Events::open(resume("nonsense")).await;
        assert!(lost.event().await.is_some(), "an id that cannot be read counts as none");
    }
}

#[tokio::test]
async fn a_query_is_one_event_and_the_end() {
    let (_database, server) = plain().await;
    let mut events = Events::post(&server, "{ __typename }").await;
    let (name, _, payload) = events.event().await.unwrap();
    assert_eq!(
        (name.as_str(), &payload["data"]),
        ("next", &json!({ "__typename": "Query" }))
    );
    assert_eq!(events.event().await.unwrap().0, "complete");
    assert!(events.event().await.is_none());
}

#[tokio::test]
async fn a_refused_document_is_told_in_the_stream_and_a_refused_request_by_its_status() {
    let (_database, server) = plain().await;
    let mut events = Events::post(&server, "{ nothing }").await;
    let (name, _, payload) = events.event().await.unwrap();
    assert_eq!(name, "next");
    assert!(
        payload["errors"][0]["extensions"]["code"].is_string() && payload.get("data").is_none(),
        "{payload:#}"
    );
    assert_eq!(events.event().await.unwrap().0, "complete");
    let wrong = body(&server, json!({ "query": 3 }), &[("accept", "text/event-stream")]).await;
    assert_eq!(wrong.told(), (400, "BAD_REQUEST"));
}

#[tokio::test]
async fn a_subscription_without_a_stream_is_refused_with_the_remedy() {
    let (_database, server) = plain().await;
    let refused = body(
        &server,
        json!({ "query": HEAD }),
        &[("accept", "application/json")],
    )
    .await;
    assert_eq!(refused.told(), (406, "NOT_ACCEPTABLE"));
    let message = refused.json["errors"][0]["message"].as_str().unwrap_or_default();
    assert!(message.contains("text/event-stream"), "{message}");
}

#[tokio::test]
async fn a_silent_stream_is_kept_alive_and_never_compressed() {
    let beat = Duration::from_millis(100);
    let (_database, server) = server(settings(|settings| settings.limits.heartbeat = beat)).await;
    let request = server
        .client()
        .post(server.url("/graphql"))
        .header("accept-encoding", "gzip");
    let mut events = Events::open(request.json(&json!({ "query": HEAD }))).await;
    let encoding = events
        .response
        .headers()
        .get("content-encoding")
        .map(|value| value.as_bytes().to_vec());
    assert!(encoding.is_none_or(|encoding| encoding == b"identity"));
    let mut beats = 0;
    while beats < 3 {
        beats += usize::from(events.block().await.is_some_and(|block| block.starts_with(':')));
    }
}

#[tokio::test]
async fn get_opens_a_stream_too() {
    let (_database, server) = plain().await;
    let address = server.url(&format!("/graphql?{}", encoded(&[("query", HEAD)])));
    let mut events = Events::open(server.client().get(&address)).await;
    assert_eq!(events.event().await.unwrap().0, "next");
    let plain = send(server.client().get(&address)).await;
    assert_eq!(plain.status, 406);
}
