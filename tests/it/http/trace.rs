//! Spans reach a collector, go on with the trace of the client, and hold nothing of what was asked.

use std::sync::Arc;

use actix_web::{App, HttpServer, web};
use serde_json::json;
use support::{Engine, TestDatabase};
use tokio::sync::Mutex;

use super::ask::PATIENCE;
use super::process::process;

type Received = Arc<Mutex<Vec<u8>>>;

/// A collector that keeps what it gets, and its address.
fn collector() -> (Received, String) {
    let received = Received::default();
    let kept = web::Data::new(received.clone());
    let server = HttpServer::new(move || {
        let take = async |kept: web::Data<Received>, body: web::Bytes| {
            kept.lock().await.extend_from_slice(&body);
            ""
        };
        App::new()
            .app_data(kept.clone())
            .route("/v1/traces", web::post().to(take))
    });
    let server = server.workers(1).bind(("127.0.0.1", 0)).unwrap();
    let address = server.addrs()[0];
    actix_web::rt::spawn(server.run());
    (received, format!("http://{address}"))
}

fn holds(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

#[actix_web::test]
async fn spans_reach_a_collector_and_keep_secrets() {
    let (received, collector) = collector();
    let database = TestDatabase::new(Engine::Sqlite).await;
    database.open().await.close().await.unwrap();
    let environment = [
        ("OTEL_EXPORTER_OTLP_ENDPOINT", collector.as_str()),
        ("OTEL_BSP_SCHEDULE_DELAY", "100"),
    ];
    let (mut child, address) = process(&database, &environment).await;
    let document = "query Look($number: String!) { standard(number: $number) { name } parseStandardNumber(text: \"a secret\") { canonical } }";
    let asked = reqwest::Client::new()
        .post(format!("http://{address}/graphql"))
        .header(
            "traceparent",
            "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        )
        .json(&json!({ "query": document, "variables": { "number": "another secret" } }))
        .send()
        .await
        .unwrap();
    assert_eq!(asked.status(), 200, "{}", asked.text().await.unwrap());
    let trace = [
        0x0a, 0xf7, 0x65, 0x19, 0x16, 0xcd, 0x43, 0xdd, 0x84, 0x48, 0xeb, 0x21, 0x1c, 0x80, 0x31, 0x9c,
    ];
    let parent = [0xb7, 0xad, 0x6b, 0x71, 0x69, 0x20, 0x33, 0x31];
    let arrives = async {
        while !holds(&received.lock().await, &trace) {
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
    };
    let arrived = tokio::time::timeout(PATIENCE, arrives).await;
    let _ = child.kill();
    let _ = child.wait();
    arrived.expect("no span with the trace of the client");
    let bytes = received.lock().await.clone();
    for part in [
        &parent[..],
        b"nqi-hub",
        b"graphql.operation.name",
        b"Look",
        b"graphql.document.hash",
    ] {
        assert!(holds(&bytes, part), "{}", String::from_utf8_lossy(part));
    }
    assert!(!holds(&bytes, b"secret"), "{}", String::from_utf8_lossy(&bytes));
}
