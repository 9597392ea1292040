//! A stand-in for an identity provider: it serves a key set over plain HTTP on this machine, and misbehaves on request.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// How the provider answers.
#[derive(Clone)]
pub(super) enum Answer {
    /// With a status, further header lines and a body.
    Whole(u16, String, String),
    /// The connection is closed without a word.
    Closed,
    /// Nothing is ever said.
    Silent,
    /// One byte a second, without end.
    Dribbling,
    /// Pieces without end, as fast as they go.
    Endless,
}

impl Answer {
    pub(super) fn keys(keys: Vec<Value>) -> Self {
        Self::text(json!({ "keys": keys }).to_string())
    }

    pub(super) fn text(body: String) -> Self {
        Self::Whole(200, String::new(), body)
    }
}

/// The stand-in. It ends when it is dropped.
pub(super) struct Provider {
    address: SocketAddr,
    answer: Arc<Mutex<(Answer, Duration)>>,
    asked: Arc<AtomicUsize>,
    task: JoinHandle<()>,
}

impl Drop for Provider {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Provider {
    pub(super) async fn start(answer: Answer) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let answer = Arc::new(Mutex::new((answer, Duration::ZERO)));
        let asked = Arc::new(AtomicUsize::new(0));
        let (served, count) = (Arc::clone(&answer), Arc::clone(&asked));
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                count.fetch_add(1, Ordering::SeqCst);
                let (answer, delay) = served.lock().unwrap().clone();
                tokio::spawn(async move {
                    tokio::time::sleep(delay).await;
                    // A client that goes away in the middle is what some tests are about.
                    drop(serve(stream, answer).await);
                });
            }
        });
        Self {
            address,
            answer,
            asked,
            task,
        }
    }

    pub(super) fn url(&self) -> String {
        format!("http://{}/keys", self.address)
    }

    pub(super) fn answers(&self, answer: Answer) {
        self.answer.lock().unwrap().0 = answer;
    }

    /// Lets every answer begin later.
    pub(super) fn delays(&self, delay: Duration) {
        self.answer.lock().unwrap().1 = delay;
    }

    /// How many connections came.
    pub(super) fn asked(&self) -> usize {
        self.asked.load(Ordering::SeqCst)
    }

    /// Waits until so many came, 5 seconds at most.
    pub(super) async fn until_asked(&self, count: usize) {
        for _ in 0..500 {
            if self.asked() >= count {
                return;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        panic!("the provider was asked {} times and not {count}", self.asked());
    }
}

async fn serve(mut stream: TcpStream, answer: Answer) -> std::io::Result<()> {
    let mut request = Vec::new();
    while !request.ends_with(b"\r\n\r\n") {
        if stream.read_buf(&mut request).await? == 0 {
            return Ok(());
        }
    }
    assert!(
        request.starts_with(b"GET /keys HTTP/1.1\r\n"),
        "{}",
        String::from_utf8_lossy(&request)
    );
    match answer {
        Answer::Whole(status, lines, body) => {
            let length = body.len();
            let head = format!(
                "HTTP/1.1 {status} Said\r\nConnection: close\r\nContent-Length: {length}\r\n{lines}\r\n"
            );
            stream.write_all(head.as_bytes()).await?;
            stream.write_all(body.as_bytes()).await
        }
        Answer::Closed => Ok(()),
        Answer::Silent => {
            tokio::time::sleep(Duration::from_secs(60)).await;
            Ok(())
        }
        Answer::Dribbling => {
            stream
                .write_all(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n")
                .await?;
            loop {
                stream.write_all(b" ").await?;
                tokio::time::sleep(Duration::from_secs(1)).await;
            }
        }
        Answer::Endless => {
            stream
                .write_all(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n")
                .await?;
            loop {
                stream.write_all(&[b' '; 4096]).await?;
            }
        }
    }
}
