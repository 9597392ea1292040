//! A receiver of webhooks: it keeps what came, and answers as a test wants.

use std::collections::{BTreeMap, VecDeque};
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use serde_json::Value;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// What is wrong with an answer.
#[derive(Debug, Clone)]
pub enum Mood {
    /// This status, with these further fields of the header.
    Status(u16, String),
    /// The connection is closed without an answer.
    Dropped,
    /// The answer comes late.
    Late(Duration),
    /// The answer comes byte by byte and does not end.
    Drip,
    /// 200 at once, and a body that does not end.
    Endless,
}

/// A message that came.
#[derive(Debug, Clone)]
pub struct Got {
    /// The fields of the header, by their names in small letters.
    pub fields: BTreeMap<String, String>,
    /// The body.
    pub body: String,
    /// Whether it was answered with 200.
    pub taken: bool,
}

impl Got {
    /// A field of the header; empty where there is none.
    pub fn field(&self, name: &str) -> &str {
        self.fields.get(name).map(String::as_str).unwrap_or_default()
    }

    /// The events in it.
    pub fn events(&self) -> Vec<Value> {
        match serde_json::from_str(&self.body) {
            Ok(events) => events,
            Err(error) => panic!("no list of events ({error}): {}", self.body),
        }
    }
}

#[derive(Debug, Default)]
struct Inner {
    got: Vec<Got>,
    moods: VecDeque<Mood>,
    always: Option<Mood>,
    connections: usize,
    in_flight: usize,
    most_in_flight: usize,
}

/// The receiver. It ends when it is dropped.
#[derive(Debug)]
pub struct Receiver {
    address: SocketAddr,
    inner: Arc<Mutex<Inner>>,
    task: JoinHandle<()>,
}

impl Drop for Receiver {
    fn drop(&mut self) {
        self.task.abort();
    }
}

fn locked(inner: &Mutex<Inner>) -> MutexGuard<'_, Inner> {
    inner.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Receiver {
    /// Takes everything.
    pub async fn start() -> Self {
        let bound = async {
            let listener = TcpListener::bind("127.0.0.1:0").await?;
            let address = listener.local_addr()?;
            Ok::<_, std::io::Error>((listener, address))
        };
        let (listener, address) = match bound.await {
            Ok(bound) => bound,
            Err(cause) => panic!("the receiver cannot listen: {cause}"),
        };
        let inner = Arc::new(Mutex::new(Inner::default()));
        let served = Arc::clone(&inner);
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                locked(&served).connections += 1;
                let served = Arc::clone(&served);
                tokio::spawn(async move { serve(stream, &served).await });
            }
        });
        Self { address, inner, task }
    }

    /// Where it is.
    pub fn url(&self) -> String {
        format!("http://{}/nqi", self.address)
    }

    /// Its port.
    pub fn port(&self) -> u16 {
        self.address.port()
    }

    /// Answers the next messages so.
    pub fn next(&self, moods: impl IntoIterator<Item = Mood>) {
        locked(&self.inner).moods.extend(moods);
    }

    /// Answers all messages so from now on, or with 200 again.
    pub fn always(&self, mood: Option<Mood>) {
        locked(&self.inner).always = mood;
    }

    /// What came.
    pub fn got(&self) -> Vec<Got> {
        locked(&self.inner).got.clone()
    }

    /// The events of the messages that were taken, in their order.
    pub fn taken(&self) -> Vec<Value> {
        let got = self.got();
        got.iter().filter(|got| got.taken).flat_map(Got::events).collect()
    }

    /// How many connections were made.
    pub fn connections(&self) -> usize {
        locked(&self.inner).connections
    }

    /// How many messages were on their way at one time at most.
    pub fn most_in_flight(&self) -> usize {
        locked(&self.inner).most_in_flight
    }
}

async fn serve(stream: TcpStream, inner: &Mutex<Inner>) -> Option<()> {
    let mut stream = BufReader::new(stream);
    loop {
        let got = receive(&mut stream).await?;
        let mood = {
            let mut inner = locked(inner);
            let mood = inner.moods.pop_front().or_else(|| inner.always.clone());
            let taken = mood.is_none() || matches!(mood, Some(Mood::Late(_) | Mood::Endless));
            inner.got.push(Got { taken, ..got });
            inner.in_flight += 1;
            inner.most_in_flight = inner.most_in_flight.max(inner.in_flight);
            mood
        };
        let done = answer(&mut stream, mood).await;
        locked(inner).in_flight -= 1;
        done?;
    }
}

async fn answer(stream: &mut BufReader<TcpStream>, mood: Option<Mood>) -> Option<()> {
    let (status, fields) = match mood {
        None => (200, String::new()),
        Some(Mood::Status(status, fields)) => (status, fields),
        Some(Mood::Dropped) => return None,
        Some(Mood::Late(time)) => {
            tokio::time::sleep(time).await;
            (200, String::new())
        }
        Some(Mood::Drip) => return drip(stream).await,
        Some(Mood::Endless) => {
            let head = "HTTP/1.1 200 X\r\ncontent-length: 10000\r\n\r\n";
            stream.write_all(head.as_bytes()).await.ok()?;
            return drip(stream).await;
        }
    };
    let head = format!("HTTP/1.1 {status} X\r\ncontent-length: 2\r\n{fields}\r\nok");
    stream.write_all(head.as_bytes()).await.ok()?;
    stream.flush().await.ok()
}

/// Byte by byte, until the other side has enough.
async fn drip(stream: &mut BufReader<TcpStream>) -> Option<()> {
    loop {
        stream.write_all(b"H").await.ok()?;
        stream.flush().await.ok()?;
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

async fn receive(stream: &mut BufReader<TcpStream>) -> Option<Got> {
    let mut line = String::new();
    stream.read_line(&mut line).await.ok().filter(|read| *read > 0)?;
    let mut fields = BTreeMap::from([("request".to_owned(), line.trim().to_owned())]);
    loop {
        let mut field = String::new();
        stream.read_line(&mut field).await.ok()?;
        let Some((name, value)) = field.trim().split_once(':') else {
            break;
        };
        fields.insert(name.to_lowercase(), value.trim().to_owned());
    }
    let length = fields
        .get("content-length")
        .and_then(|length| length.parse().ok());
    let mut body = vec![0; length.unwrap_or(0)];
    stream.read_exact(&mut body).await.ok()?;
    Some(Got {
        fields,
        body: String::from_utf8_lossy(&body).into_owned(),
        taken: false,
    })
}
