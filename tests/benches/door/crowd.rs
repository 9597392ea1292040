//! Subscribers who wait for the head of the feed: what they take, and when they hear of it.

use std::process::{Child, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use futures_util::{SinkExt, StreamExt};
use sea_orm::ConnectionTrait;
use serde_json::{Value, json};
use support::figures::{print_head, print_row, setting};
use support::{Engine, Hub, TestDatabase};
use tokio::sync::Semaphore;
use tokio_tungstenite::connect_async;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;

use super::Failed;

/// How long a subscriber may take to open, and the hub to start.
const PATIENCE: Duration = Duration::from_secs(60);
/// Time between two commits: 50 a second.
const PAUSE: Duration = Duration::from_millis(20);

/// What all subscribers have heard.
#[derive(Default)]
struct Heard {
    /// The head of the last commit.
    last: AtomicI64,
    /// Subscribers that heard of it.
    at_last: AtomicU64,
    messages: AtomicU64,
}

/// The hub, which ends with the bench.
struct Process(Child);

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

pub(crate) async fn measure() -> Result<(), Failed> {
    let database = TestDatabase::new(Engine::Sqlite).await;
    database.open().await.close().await?;
    let port = std::net::TcpListener::bind(("127.0.0.1", 0))?
        .local_addr()?
        .port();
    let address = format!("127.0.0.1:{port}");
    let mut command = Hub::on(&database).command(&["serve", "--listen", &address]);
    let command = command.env("NQI_RATE_LIMIT", "off").stdout(Stdio::null());
    let hub = Process(command.spawn()?);
    ready(&address).await?;
    let subscribers = setting("NQI_BENCH_SUBSCRIBERS", 2_000);
    let before = resident(&hub.0)?;
    let heard = Arc::new(Heard::default());
    heard.last.store(i64::MAX, Ordering::Relaxed);
    let opening = Arc::new(Semaphore::new(50));
    let mut tasks = Vec::new();
    let opened = Arc::new(AtomicU64::new(0));
    for _ in 0..subscribers {
        let turn = opening.clone().acquire_owned().await?;
        let (address, heard, opened) = (address.clone(), heard.clone(), opened.clone());
        tasks.push(tokio::spawn(async move {
            let subscribed = subscribe(&address).await;
            drop(turn);
            match subscribed {
                Ok(socket) => {
                    opened.fetch_add(1, Ordering::Relaxed);
                    listen(socket, &heard).await;
                }
                Err(why) => eprintln!("{why}"),
            }
        }));
    }
    let all = u64::try_from(subscribers)?;
    until(|| opened.load(Ordering::Relaxed) == all).await?;
    tokio::time::sleep(Duration::from_secs(2)).await;
    let waiting = resident(&hub.0)?;
    let (late, commits) = commits(&database, &heard, all).await?;
    let after = resident(&hub.0)?;
    let each = |bytes: u64| {
        format!(
            "{:.1}",
            bytes.saturating_sub(before) as f64 / 1e3 / subscribers as f64
        )
    };
    print_head(&[
        "subscribers",
        "commits",
        "messages",
        "last head heard by all after, ms",
        "kB each, waiting",
        "kB each, after",
    ]);
    print_row(&[
        subscribers.to_string(),
        commits.to_string(),
        heard.messages.load(Ordering::Relaxed).to_string(),
        late.as_millis().to_string(),
        each(waiting),
        each(after),
    ]);
    tasks.iter().for_each(tokio::task::JoinHandle::abort);
    Ok(())
}

async fn ready(address: &str) -> Result<(), Failed> {
    let client = reqwest::Client::new();
    let begun = Instant::now();
    while begun.elapsed() < PATIENCE {
        let asked = client.get(format!("http://{address}/readyz")).send().await;
        if asked.is_ok_and(|answer| answer.status() == 200) {
            return Ok(());
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    Err("the hub does not become ready".into())
}

async fn until(done: impl Fn() -> bool) -> Result<Duration, Failed> {
    let begun = Instant::now();
    while !done() {
        if begun.elapsed() > PATIENCE {
            return Err("not all subscribers heard in time".into());
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    Ok(begun.elapsed())
}

type Socket = tokio_tungstenite::WebSocketStream<tokio_tungstenite::MaybeTlsStream<tokio::net::TcpStream>>;

/// A socket that has heard of the present head.
async fn subscribe(address: &str) -> Result<Socket, Failed> {
    let mut request = format!("ws://{address}/graphql").into_client_request()?;
    let protocol = "graphql-transport-ws".parse()?;
    request.headers_mut().insert("sec-websocket-protocol", protocol);
    let (mut socket, _) = connect_async(request).await?;
    for message in [
        json!({ "type": "connection_init" }),
        json!({ "type": "subscribe", "id": "1", "payload": { "query": "subscription { head { epoch position } }" } }),
    ] {
        socket.send(Message::text(message.to_string())).await?;
        let answer = tokio::time::timeout(PATIENCE, socket.next()).await?;
        answer.ok_or("the socket closed")??;
    }
    Ok(socket)
}

async fn listen(mut socket: Socket, heard: &Heard) {
    while let Some(Ok(message)) = socket.next().await {
        let Message::Text(text) = message else { continue };
        heard.messages.fetch_add(1, Ordering::Relaxed);
        let told: Value = serde_json::from_str(&text).unwrap_or_default();
        let position = told
            .pointer("/payload/data/head/position")
            .and_then(Value::as_i64);
        if position == Some(heard.last.load(Ordering::Relaxed)) {
            heard.at_last.fetch_add(1, Ordering::Relaxed);
        }
    }
}

/// Moves the head as writers do, and says how long after the last time everybody had heard of it.
async fn commits(database: &TestDatabase, heard: &Heard, all: u64) -> Result<(Duration, usize), Failed> {
    let writer = database.raw().await;
    let commits = setting("NQI_BENCH_COMMITS", 500);
    heard.last.store(i64::try_from(commits)?, Ordering::Relaxed);
    let mut pace = tokio::time::interval(PAUSE);
    for _ in 0..commits {
        pace.tick().await;
        let moved = "UPDATE feed_head SET last_pos = last_pos + 1 WHERE id = 1";
        writer.execute_unprepared(moved).await?;
    }
    let late = until(|| heard.at_last.load(Ordering::Relaxed) == all).await?;
    writer.close().await?;
    Ok((late, commits))
}

/// Resident memory of a process, in bytes.
fn resident(process: &Child) -> Result<u64, Failed> {
    let text = std::fs::read_to_string(format!("/proc/{}/status", process.id()))?;
    let line = text.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kilobytes: u64 = line
        .and_then(|line| line.split_whitespace().next())
        .ok_or("no VmRSS")?
        .parse()?;
    Ok(kilobytes * 1024)
}
