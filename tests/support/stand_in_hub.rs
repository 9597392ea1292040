//! A stand-in for a hub, as a client of its feed sees it: a feed, snapshots in small parts, sums. It goes on changing while it is
//! asked, and makes the trouble that a test asks for.

mod answers;

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use answers::refused;
use client::Record;
use entity::record::sha256_hex;
use serde_json::{Value, json};
use tokio::io::{AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

use super::chance::Chance;
use super::stand_in::{Seen, receive};
use super::stand_in_trouble::{Answer, Trouble, misbehave, send};

/// The day of every change.
pub const DAY: &str = "2026-11-21";

/// A record of the stand-in by kind and key.
pub type Rows = BTreeMap<(String, String), Record>;

/// What the stand-in knows.
#[derive(Debug)]
pub struct World {
    epoch: String,
    rows: Rows,
    /// The records before the first event.
    base: Rows,
    /// The newest version of every record that ever was.
    versions: BTreeMap<(String, String), i64>,
    /// What the feed tells.
    events: Vec<Event>,
    /// Events before this position are gone.
    kept_from: usize,
    part: usize,
    page: usize,
    /// Changes something at every request.
    restless: Option<Chance>,
    troubles: Vec<(Trouble, u64, u64, &'static str)>,
    /// How many positions an event stream tells before it is cut; none where there are no streams.
    streams: Option<u64>,
    seen: Vec<Seen>,
}

/// What the feed tells, and whom it does not concern: those who see this region, too.
#[derive(Debug)]
struct Event {
    operation: &'static str,
    record: Record,
    unless: Option<String>,
}

impl Event {
    fn brings(&self) -> bool {
        self.operation == "UPSERT"
    }

    fn told(&self) -> Value {
        let record = &self.record;
        json!({
            "operation": self.operation, "kind": record.kind, "key": record.key, "recordId": record.record_id,
            "version": record.version, "region": record.region, "day": record.day,
            "contentHash": self.brings().then_some(&record.hash), "body": self.brings().then_some(&record.body),
        })
    }
}

/// The stand-in. It ends when it is dropped.
#[derive(Debug)]
pub struct StandInHub {
    address: SocketAddr,
    world: Arc<Mutex<World>>,
    task: JoinHandle<()>,
}

impl Drop for StandInHub {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl StandInHub {
    /// Serves nothing yet, in parts and pages of so many records.
    pub async fn start(part: usize, page: usize) -> Self {
        let bound = async {
            let listener = TcpListener::bind("127.0.0.1:0").await?;
            let address = listener.local_addr()?;
            Ok::<_, std::io::Error>((listener, address))
        };
        let (listener, address) = match bound.await {
            Ok(bound) => bound,
            Err(cause) => panic!("the stand-in cannot listen: {cause}"),
        };
        let world = Arc::new(Mutex::new(World {
            epoch: "first".to_owned(),
            rows: Rows::new(),
            base: Rows::new(),
            versions: BTreeMap::new(),
            events: Vec::new(),
            kept_from: 0,
            part,
            page,
            restless: None,
            troubles: Vec::new(),
            streams: None,
            seen: Vec::new(),
        }));
        let served = Arc::clone(&world);
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let served = Arc::clone(&served);
                tokio::spawn(async move { serve(stream, &served).await });
            }
        });
        Self { address, world, task }
    }

    /// Where it is.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// What it knows; nobody is answered while somebody holds it.
    pub fn world(&self) -> MutexGuard<'_, World> {
        self.world.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What a copy of everything has to hold.
    pub fn rows(&self) -> Rows {
        self.world().rows.clone()
    }
}

impl World {
    /// Writes a record.
    pub fn put(&mut self, kind: &str, key: &str, region: &str, text: &str) {
        let name = (kind.to_owned(), key.to_owned());
        let version = self.versions.entry(name.clone()).or_default();
        *version += 1;
        let body = json!({ "key": key, "text": text, "version": *version }).to_string();
        let record = Record {
            kind: kind.to_owned(),
            key: key.to_owned(),
            record_id: format!("{kind}:{key}"),
            version: *version,
            region: region.to_owned(),
            day: DAY.to_owned(),
            hash: sha256_hex(body.as_bytes()),
            body,
            claims: None,
        };
        let before = self.rows.insert(name, record.clone());
        self.tell("UPSERT", &record, None);
        // Who follows the old region and not the new one is told that it left.
        if let Some(before) = before.filter(|before| before.region != region) {
            let version = record.version;
            self.tell("LEAVE", &Record { version, ..before }, Some(region));
        }
    }

    /// Takes a record away.
    pub fn delete(&mut self, kind: &str, key: &str) {
        let name = (kind.to_owned(), key.to_owned());
        if let Some(record) = self.rows.remove(&name) {
            let version = self.versions.entry(name).or_default();
            *version += 1;
            let version = *version;
            self.tell("DELETE", &Record { version, ..record }, None);
        }
    }

    /// Lets a record leave the view of everybody.
    pub fn leave(&mut self, kind: &str, key: &str) {
        if let Some(record) = self.rows.remove(&(kind.to_owned(), key.to_owned())) {
            self.tell("LEAVE", &record, None);
        }
    }

    fn tell(&mut self, operation: &'static str, record: &Record, unless: Option<&str>) {
        self.events.push(Event {
            operation,
            record: record.clone(),
            unless: unless.map(str::to_owned),
        });
    }

    /// One change of chance.
    pub fn change(&mut self, chance: &mut Chance) {
        let kind = *chance.pick(&["Enterprise", "Standard"]);
        let key = format!("key/{}", chance.below(40));
        let region = *chance.pick(&["320582", "320581", "330000", ""]);
        match chance.below(10) {
            0 | 1 => self.delete(kind, &key),
            2 => self.leave(kind, &key),
            _ => self.put(kind, &key, region, &chance.draw().to_string()),
        }
    }

    /// Changes something at every request from now on, or no more.
    pub fn restless(&mut self, chance: Option<Chance>) {
        self.restless = chance;
    }

    /// Goes back to what was known before, under a new epoch, as a hub whose backup was put back.
    pub fn restore(&mut self, epoch: &str, rows: Rows) {
        epoch.clone_into(&mut self.epoch);
        self.versions = rows
            .iter()
            .map(|(name, row)| (name.clone(), row.version))
            .collect();
        self.rows = rows;
        self.base = self.rows.clone();
        self.events.clear();
        self.kept_from = 0;
    }

    /// Forgets the events so far.
    pub fn expire(&mut self) {
        self.kept_from = self.events.len() + 1;
        let name = self.rows.keys().next().cloned();
        // An event behind the gap, so that the end of the feed is kept.
        let (kind, key) = name.unwrap_or_else(|| ("Standard".to_owned(), "first".to_owned()));
        self.put(&kind, &key, "", "newer than what is kept");
    }

    /// Makes trouble with `times` requests whose line contains `path`, the first `spared` of them left alone.
    pub fn trouble(&mut self, trouble: Trouble, path: &'static str, spared: u64, times: u64) {
        self.troubles.push((trouble, spared, times, path));
    }

    /// Tells by event streams that the feed moved, each of which is cut after so many positions.
    pub fn streams(&mut self, positions: u64) {
        self.streams = Some(positions);
    }

    /// Ends all trouble.
    pub fn behave(&mut self) {
        self.troubles.clear();
    }

    /// The requests that came.
    pub fn seen(&self) -> &[Seen] {
        &self.seen
    }

    fn cursor(&self) -> String {
        format!("{}:{}", self.epoch, self.events.len())
    }

    /// The position of a cursor.
    fn open(&self, cursor: &str) -> Result<usize, Answer> {
        let (epoch, position) = cursor.split_once(':').ok_or_else(|| refused("CURSOR_INVALID"))?;
        let position = position.parse::<usize>().map_err(|_| refused("CURSOR_INVALID"))?;
        if epoch != self.epoch {
            return Err(refused("CURSOR_EPOCH_CHANGED"));
        }
        if position < self.kept_from {
            return Err(refused("CURSOR_EXPIRED"));
        }
        Ok(position)
    }
}

async fn serve(stream: TcpStream, world: &Mutex<World>) -> Option<()> {
    let mut stream = BufReader::new(stream);
    loop {
        let seen = receive(&mut stream).await?;
        let (answer, trouble) = {
            let mut world = world.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some(mut chance) = world.restless.take() {
                (0..chance.below(6)).for_each(|_| world.change(&mut chance));
                world.restless = Some(chance);
            }
            world.seen.push(seen.clone());
            (world.answer(&seen), world.next_trouble(&seen.line))
        };
        let positions = world.lock().unwrap_or_else(PoisonError::into_inner).streams;
        if let Some(positions) = positions
            && trouble.is_none()
            && seen.header.contains("accept: text/event-stream")
        {
            return stream_head(&mut stream, world, positions).await;
        }
        match trouble {
            None => send(&mut stream, answer).await?,
            Some(trouble) => misbehave(&mut stream, trouble, answer).await?,
        }
    }
}

/// Tells the position of the feed, and again whenever it moved, so many times; then the connection is closed.
async fn stream_head(stream: &mut BufReader<TcpStream>, world: &Mutex<World>, positions: u64) -> Option<()> {
    let head =
        "HTTP/1.1 200 X\r\nContent-Type: text/event-stream; charset=utf-8\r\nConnection: close\r\n\r\n:\n\n";
    stream.write_all(head.as_bytes()).await.ok()?;
    stream.flush().await.ok()?;
    let mut last = None;
    for _ in 0..positions {
        let position = loop {
            let position = world.lock().unwrap_or_else(PoisonError::into_inner).events.len();
            if last != Some(position) {
                break position;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        };
        last = Some(position);
        let told = json!({ "data": { "head": { "epoch": "first", "position": position } } });
        let event = format!("id: {position}\nevent: next\ndata: {told}\n\n");
        stream.write_all(event.as_bytes()).await.ok()?;
        stream.flush().await.ok()?;
    }
    None
}

/// How the codes of all that lies in a region begin.
pub fn stem(code: &str) -> &str {
    code.trim_end_matches("00")
}
