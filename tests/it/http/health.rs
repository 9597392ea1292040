//! What supervisors and monitors ask, and how the process ends.

use std::time::{Duration, Instant};

use sea_orm::ConnectionTrait;
use serde_json::json;
use support::{Engine, Server, TestDatabase, on_both, test_clock};

use super::ask::{body, plain, post, send};
use super::process::process;
use super::talk::Talk;

async fn text(server: &Server, path: &str) -> (u16, String) {
    let answer = server.client().get(server.url(path)).send().await.unwrap();
    (answer.status().as_u16(), answer.text().await.unwrap_or_default())
}

on_both! {
    async fn a_server_is_ready_while_its_database_answers_with_the_right_schema(engine) {
        let database = TestDatabase::new(engine).await;
        let db = database.open().await;
        let server = Server::start(db.clone(), test_clock());
        assert_eq!(text(&server, "/livez").await.0, 200);
        assert_eq!(text(&server, "/readyz").await, (200, "ready".to_owned()));
        let raw = database.raw().await;
        raw.execute_unprepared("INSERT INTO seaql_migrations (version, applied_at) VALUES ('m99991231_000001_later', 0)").await.unwrap();
        let (status, why) = text(&server, "/readyz").await;
        assert!(status == 503 && why.contains("schema"), "{status} {why}");
        assert_eq!(text(&server, "/livez").await.0, 200, "a restart would not help");
        raw.execute_unprepared("DELETE FROM seaql_migrations WHERE version = 'm99991231_000001_later'").await.unwrap();
        assert_eq!(text(&server, "/readyz").await.0, 200);
        db.close().await.unwrap();
        assert_eq!(text(&server, "/readyz").await.0, 503, "a database that is gone");
        assert_eq!(text(&server, "/livez").await.0, 200);
    }
}

#[tokio::test]
async fn the_figures_count_what_happened() {
    let (_database, server) = plain().await;
    assert_eq!(post(&server, "{ __typename }", &[]).await.status, 200);
    post(&server, "{ nothing }", &[]).await;
    body(&server, json!({ "query": 3 }), &[]).await;
    let mut talk = Talk::open(&server).await;
    talk.data("1", "{ __typename }").await;
    let (status, figures) = text(&server, "/metrics").await;
    assert_eq!(status, 200);
    for line in [
        "nqi_answers_total{way=\"Http\",code=\"OK\"} 1",
        "nqi_answers_total{way=\"Http\",code=\"GRAPHQL_VALIDATION_FAILED\"} 1",
        "nqi_answers_total{way=\"Http\",code=\"BAD_REQUEST\"} 1",
        "nqi_answers_total{way=\"Socket\",code=\"OK\"} 1",
        "nqi_connections{way=\"Socket\"} 1",
        "nqi_request_seconds_count 3",
        "nqi_documents_total{found=\"Check\"} 1",
        "nqi_documents_total{found=\"Cache\"} 1",
        "nqi_operation_cost_count 2",
        "nqi_executions 0",
    ] {
        assert!(
            figures.lines().any(|found| found == line),
            "{line} is missing in\n{figures}"
        );
    }
}

#[cfg(unix)]
#[tokio::test]
async fn a_process_that_is_told_to_stop_closes_its_sockets_and_ends_in_time() {
    let database = TestDatabase::new(Engine::Sqlite).await;
    database.open().await.close().await.unwrap();
    let (mut child, address) = process(&database, &[]).await;
    let mut socket = Talk::open_at(&address).await;
    socket.ask("1", "subscription { head { position } }").await;
    assert_eq!(socket.hear().await["type"], "next");
    let client = reqwest::Client::new();
    let request = client
        .post(format!("http://{address}/graphql"))
        .header("accept", "text/event-stream");
    let mut stream = request
        .json(&json!({ "query": "subscription { head { position } }" }))
        .send()
        .await
        .unwrap();
    assert!(stream.chunk().await.unwrap().is_some());
    let told = Instant::now();
    let stopped = std::process::Command::new("kill")
        .args(["-TERM", &child.id().to_string()])
        .status();
    assert!(stopped.unwrap().success());
    assert_eq!(socket.end().await.0, 1001);
    let mut rest = String::new();
    while let Ok(Some(bytes)) = stream.chunk().await {
        rest.push_str(&String::from_utf8_lossy(&bytes));
    }
    assert!(
        !rest.contains("complete"),
        "a client that is told `complete` does not come back: {rest}"
    );
    let ended = tokio::task::spawn_blocking(move || child.wait())
        .await
        .unwrap()
        .unwrap();
    assert!(ended.success(), "{ended:?}");
    assert!(told.elapsed() < Duration::from_secs(12), "{:?}", told.elapsed());
}

#[tokio::test]
async fn an_unknown_path_has_a_request_id_too() {
    let (_database, server) = plain().await;
    let answer = send(
        server
            .client()
            .get(server.url("/nothing"))
            .header("x-request-id", "a-1"),
    )
    .await;
    assert_eq!((answer.status, answer.header("x-request-id")), (404, "a-1"));
}
