//! A client of the protocol `graphql-transport-ws`, as small as it can be.

use std::time::Duration;

use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use support::Server;
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::handshake::client::Request;
use tokio_tungstenite::tungstenite::{Error, Message};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

/// After this long a test that waits for a message has failed.
const PATIENCE: Duration = Duration::from_secs(60);

/// An open socket.
pub(super) struct Talk(WebSocketStream<MaybeTlsStream<TcpStream>>);

/// A request for a socket, with more headers.
fn request(address: &str, headers: &[(&'static str, &str)]) -> Request {
    let mut request = match format!("ws://{address}/graphql").into_client_request() {
        Ok(request) => request,
        Err(error) => panic!("{error}"),
    };
    for (name, value) in headers {
        match value.parse() {
            Ok(value) => request.headers_mut().insert(*name, value),
            Err(error) => panic!("{name}: {error}"),
        };
    }
    request
}

/// The status that a server refuses a socket with; 101 when it opens one.
pub(super) async fn status(server: &Server, headers: &[(&'static str, &str)]) -> u16 {
    match connect_async(request(&server.address().to_string(), headers)).await {
        Ok((_, response)) => response.status().as_u16(),
        Err(Error::Http(response)) => response.status().as_u16(),
        Err(error) => panic!("{error}"),
    }
}

impl Talk {
    /// Opens a socket and says nothing.
    pub(super) async fn connect(server: &Server) -> Self {
        Self::connect_at(&server.address().to_string()).await
    }

    async fn connect_at(address: &str) -> Self {
        let protocol = ("sec-websocket-protocol", "graphql-transport-ws");
        match connect_async(request(address, &[protocol])).await {
            Ok((stream, _)) => Self(stream),
            Err(error) => panic!("no socket: {error}"),
        }
    }

    /// Opens a socket and greets.
    pub(super) async fn open(server: &Server) -> Self {
        Self::open_at(&server.address().to_string()).await
    }

    /// Opens a socket at an address and greets.
    pub(super) async fn open_at(address: &str) -> Self {
        let mut talk = Self::connect_at(address).await;
        talk.send(json!({ "type": "connection_init" })).await;
        assert_eq!(talk.hear().await["type"], "connection_ack");
        talk
    }

    /// Sends a message.
    pub(super) async fn send(&mut self, message: Value) {
        if let Err(error) = self.0.send(Message::text(message.to_string())).await {
            panic!("cannot send {message}: {error}");
        }
    }

    /// Sends text as it stands; a socket that is closed already takes none.
    pub(super) async fn say(&mut self, text: &str) {
        let _ = self.0.send(Message::text(text)).await;
    }

    /// Sends bytes.
    pub(super) async fn say_bytes(&mut self, bytes: &[u8]) {
        let _ = self.0.send(Message::binary(bytes.to_vec())).await;
    }

    /// The code and the reason that the server closes with; 1006 when it ends without a word.
    pub(super) async fn end(&mut self) -> (u16, String) {
        loop {
            match tokio::time::timeout(PATIENCE, self.0.next()).await {
                Ok(Some(Ok(Message::Close(Some(frame))))) => {
                    return (frame.code.into(), frame.reason.to_string());
                }
                Ok(Some(Ok(Message::Close(None)) | Err(_)) | None) => return (1006, String::new()),
                Ok(Some(Ok(_))) => {}
                Err(_) => panic!("the socket stays open"),
            }
        }
    }

    /// Starts an operation.
    pub(super) async fn ask(&mut self, id: &str, query: &str) {
        self.send(json!({ "type": "subscribe", "id": id, "payload": { "query": query } }))
            .await;
    }

    /// The next message that is not about the connection itself.
    pub(super) async fn hear(&mut self) -> Value {
        loop {
            match tokio::time::timeout(PATIENCE, self.0.next()).await {
                Ok(Some(Ok(Message::Text(text)))) => match serde_json::from_str(&text) {
                    Ok(message) => return message,
                    Err(error) => panic!("{text}: {error}"),
                },
                Ok(Some(Ok(Message::Close(frame)))) => panic!("closed: {frame:?}"),
                Ok(Some(Ok(_))) => {}
                other => panic!("nothing came: {other:?}"),
            }
        }
    }

    /// The data of an operation that gives one answer and ends.
    pub(super) async fn data(&mut self, id: &str, query: &str) -> Value {
        self.ask(id, query).await;
        let mut next = self.hear().await;
        assert!(
            next["type"] == "next" && next["payload"].get("errors").is_none(),
            "{next:#}"
        );
        let end = self.hear().await;
        assert_eq!(end, json!({ "type": "complete", "id": id }));
        next["payload"]["data"].take()
    }
}
