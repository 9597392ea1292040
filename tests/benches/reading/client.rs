//! The client: plain HTTP/1.1 over kept connections, with as little work of its own as possible.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use serde_json::Value;
use support::Server;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::Failed;
use crate::question::Question;

/// Connections that ask at the same time.
const CONNECTIONS: usize = 16;

/// What is sent to one address: requests ready for the wire.
pub(crate) struct Load {
    address: SocketAddr,
    requests: Arc<Vec<Vec<u8>>>,
}

/// One turn of asking.
#[derive(Default)]
pub(crate) struct Turn {
    seconds: f64,
    /// Of every answer, in milliseconds.
    pub(crate) latencies: Vec<f64>,
}

impl Turn {
    /// Answers a second.
    #[expect(clippy::cast_precision_loss, reason = "answers of a few seconds")]
    pub(crate) fn rate(&self) -> f64 {
        self.latencies.len() as f64 / self.seconds
    }
}

impl Load {
    pub(crate) fn new(address: SocketAddr, path: &str, bodies: impl Iterator<Item = String>) -> Self {
        let requests = bodies.map(|body| request(path, &body)).collect();
        Self {
            address,
            requests: Arc::new(requests),
        }
    }

    /// Asks over every connection until the time is over.
    pub(crate) async fn run(&self, time: Duration) -> Result<Turn, Failed> {
        let begin = Instant::now();
        let asking: Vec<_> = (0..CONNECTIONS)
            .map(|number| tokio::spawn(ask(self.address, self.requests.clone(), number, begin + time)))
            .collect();
        let mut turn = Turn::default();
        for latencies in asking {
            turn.latencies.extend(latencies.await??);
        }
        turn.seconds = begin.elapsed().as_secs_f64();
        Ok(turn)
    }
}

async fn ask(
    address: SocketAddr,
    requests: Arc<Vec<Vec<u8>>>,
    number: usize,
    until: Instant,
) -> Result<Vec<f64>, Failed> {
    let mut connection = Connection::open(address).await?;
    let mut latencies = Vec::new();
    let first = requests.len() * number / CONNECTIONS;
    for request in requests.iter().cycle().skip(first) {
        let begin = Instant::now();
        if begin >= until {
            break;
        }
        connection.ask(request).await?;
        latencies.push(begin.elapsed().as_secs_f64() * 1e3);
    }
    Ok(latencies)
}

/// Asks every question once at both addresses: the data must be the same. Gives the answers of the hub.
pub(crate) async fn check(
    hub: &Server,
    plain: SocketAddr,
    question: &Question,
) -> Result<Vec<String>, Failed> {
    let mut to_hub = Connection::open(hub.address()).await?;
    let mut to_plain = Connection::open(plain).await?;
    let mut answers = Vec::new();
    for asked in &question.asked {
        let told = to_hub
            .ask(&request("/graphql", &asked.to_hub(question.document)))
            .await?
            .to_owned();
        let wanted = to_plain.ask(&request(question.path, &asked.to_plain())).await?;
        let (told_data, wanted) = (data(&told)?, data(wanted)?);
        if told_data != wanted || told_data.is_null() {
            let key = &asked.key;
            return Err(format!(
                "{} {key}:\nhub       {told_data}\nstatement {wanted}",
                question.name
            )
            .into());
        }
        answers.push(told);
    }
    Ok(answers)
}

fn data(answer: &str) -> Result<Value, Failed> {
    let mut answer: Value = serde_json::from_str(answer)?;
    if let Some(errors) = answer.get("errors") {
        return Err(errors.to_string().into());
    }
    Ok(answer.get_mut("data").map(Value::take).unwrap_or_default())
}

fn request(path: &str, body: &str) -> Vec<u8> {
    let length = body.len();
    format!(
        "POST {path} HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n\r\n{body}"
    )
    .into_bytes()
}

/// A connection that is kept.
struct Connection {
    stream: TcpStream,
    answer: Vec<u8>,
}

impl Connection {
    async fn open(address: SocketAddr) -> std::io::Result<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Self {
            stream,
            answer: Vec::new(),
        })
    }

    /// Sends a request and reads the whole answer, which must be 200; gives its body.
    async fn ask(&mut self, request: &[u8]) -> Result<&str, Failed> {
        self.stream.write_all(request).await?;
        self.answer.clear();
        loop {
            if self.stream.read_buf(&mut self.answer).await? == 0 {
                return Err("the connection was closed".into());
            }
            let Some(head) = self.answer.windows(4).position(|end| end == b"\r\n\r\n") else {
                continue;
            };
            let length = length(self.answer.get(..head).unwrap_or_default())?;
            if self.answer.len() >= head + 4 + length {
                return Ok(std::str::from_utf8(
                    self.answer.get(head + 4..).unwrap_or_default(),
                )?);
            }
        }
    }
}

/// The length of the body by the head of an answer.
fn length(head: &[u8]) -> Result<usize, Failed> {
    let head = std::str::from_utf8(head)?;
    if !head.starts_with("HTTP/1.1 200 ") {
        return Err(head.to_owned().into());
    }
    let told = head.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("content-length")
            .then_some(value.trim())
    });
    Ok(told.ok_or("an answer without a length")?.parse()?)
}
