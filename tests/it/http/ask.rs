//! Short ways to a server with bounds of its own, and to what it answers.

use std::time::Duration;

use api::{Limits, Settings};
use reqwest::header::HeaderMap;
use serde_json::{Value, json};
use support::{Engine, Server, TestDatabase, test_clock};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// After this long a test that waits has failed.
pub(super) const PATIENCE: Duration = Duration::from_secs(60);

/// What a server answered.
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) headers: HeaderMap,
    pub(super) json: Value,
}

impl Answer {
    /// The status with the code of the first error; `OK` without one.
    pub(super) fn told(&self) -> (u16, &str) {
        let code = &self.json["errors"][0]["extensions"]["code"];
        (self.status, code.as_str().unwrap_or("OK"))
    }

    /// A header as text, or nothing.
    pub(super) fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default()
    }
}

/// Settings in which a test changes what it is about.
pub(super) fn settings(change: impl FnOnce(&mut Settings)) -> Settings {
    let mut settings = Settings {
        limits: Limits {
            cost_per_minute: None,
            ..Limits::default()
        },
        ..Settings::default()
    };
    change(&mut settings);
    settings
}

/// A server over an empty database.
pub(super) async fn server(settings: Settings) -> (TestDatabase, Server) {
    let database = TestDatabase::new(Engine::Sqlite).await;
    let db = database.open().await;
    (database, Server::start_with(db, test_clock(), settings))
}

/// A server with the default bounds.
pub(super) async fn plain() -> (TestDatabase, Server) {
    server(settings(|_| ())).await
}

/// Sends a request and reads the whole answer.
pub(super) async fn send(request: reqwest::RequestBuilder) -> Answer {
    let answer = match tokio::time::timeout(PATIENCE, request.send()).await {
        Ok(Ok(answer)) => answer,
        other => panic!("no answer: {other:?}"),
    };
    let (status, headers) = (answer.status().as_u16(), answer.headers().clone());
    let text = answer.text().await.unwrap_or_default();
    let json = serde_json::from_str(&text).unwrap_or(Value::Null);
    Answer {
        status,
        headers,
        json,
    }
}

/// `POST` of a query, with headers.
pub(super) async fn post(server: &Server, query: &str, headers: &[(&str, &str)]) -> Answer {
    body(server, json!({ "query": query }), headers).await
}

/// `POST` of a body, with headers.
pub(super) async fn body(server: &Server, body: Value, headers: &[(&str, &str)]) -> Answer {
    let mut request = server.client().post(server.url("/graphql")).json(&body);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    send(request).await
}

/// `GET` with parameters and headers.
pub(super) async fn get(server: &Server, parameters: &[(&str, &str)], headers: &[(&str, &str)]) -> Answer {
    let mut request = server
        .client()
        .get(server.url(&format!("/graphql?{}", encoded(parameters))));
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    send(request).await
}

/// Parameters of an address.
pub(super) fn encoded(parameters: &[(&str, &str)]) -> String {
    let value = |text: &str| {
        text.bytes()
            .map(|byte| format!("%{byte:02X}"))
            .collect::<String>()
    };
    let pairs: Vec<String> = parameters
        .iter()
        .map(|(name, text)| format!("{name}={}", value(text)))
        .collect();
    pairs.join("&")
}

/// Sends bytes and gives what comes back until the connection ends, or for so long.
pub(super) async fn raw(server: &Server, parts: &[&[u8]], wait: Duration) -> String {
    let mut stream = match TcpStream::connect(server.address()).await {
        Ok(stream) => stream,
        Err(cause) => panic!("no connection: {cause}"),
    };
    for part in parts {
        // The server may have ended the connection before the last part; what it said comes below.
        let _ = stream.write_all(part).await;
    }
    let mut heard = Vec::new();
    let _ = tokio::time::timeout(wait, stream.read_to_end(&mut heard)).await;
    String::from_utf8_lossy(&heard).into_owned()
}
