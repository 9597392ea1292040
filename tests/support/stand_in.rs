//! A stand-in for the platform: it serves records in the platform's shapes over plain HTTP on this machine, and makes
//! the trouble that a test asks for.

use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use ingest::platform::crawl::{ExchangeRecord, RecordField};
use serde_json::json;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio::time::Instant;

use super::stand_in_pages as pages;
use super::stand_in_trouble::{Answer, HTML, JSON, Trouble, misbehave, page, send};

/// Rows of a page of a list.
pub const PAGE_SIZE: usize = 15;

/// A request that came.
#[derive(Debug, Clone)]
pub struct Seen {
    /// Method and path.
    pub line: String,
    /// The form.
    pub form: String,
    /// The header, in small letters.
    pub header: String,
    /// When it came.
    pub at: Instant,
}

#[derive(Debug, Default)]
struct Inner {
    records: Vec<ExchangeRecord>,
    troubles: Vec<(Trouble, u64, u64, &'static str)>,
    appearing: Vec<(u64, ExchangeRecord)>,
    vanishing: Vec<(u64, String)>,
    seen: Vec<Seen>,
    connections: u64,
}

/// The stand-in. It ends when it is dropped.
#[derive(Debug)]
pub struct StandIn {
    address: SocketAddr,
    inner: Arc<Mutex<Inner>>,
    count: watch::Receiver<u64>,
    task: JoinHandle<()>,
}

impl Drop for StandIn {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl StandIn {
    /// Serves the records; the order of an area's list is their order here.
    pub async fn start(records: Vec<ExchangeRecord>) -> Self {
        let bound = async {
            let listener = TcpListener::bind("127.0.0.1:0").await?;
            let address = listener.local_addr()?;
            Ok::<_, std::io::Error>((listener, address))
        };
        let (listener, address) = match bound.await {
            Ok(bound) => bound,
            Err(cause) => panic!("the stand-in cannot listen: {cause}"),
        };
        let inner = Arc::new(Mutex::new(Inner {
            records,
            ..Inner::default()
        }));
        let (counter, count) = watch::channel(0);
        let served = Arc::clone(&inner);
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                locked(&served).connections += 1;
                let (served, counter) = (Arc::clone(&served), counter.clone());
                tokio::spawn(async move { serve(stream, &served, &counter).await });
            }
        });
        Self {
            address,
            inner,
            count,
            task,
        }
    }

    /// Where it is.
    pub fn base_url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Makes trouble with `times` requests whose path contains `path`, from request `first` (counted from 1, of all).
    pub fn trouble(&self, trouble: Trouble, path: &'static str, first: u64, times: u64) {
        let mut inner = locked(&self.inner);
        inner.troubles.push((trouble, first, times, path));
    }

    /// Lets a record appear at the top of its list when request `request` comes.
    pub fn appears(&self, request: u64, record: ExchangeRecord) {
        locked(&self.inner).appearing.push((request, record));
    }

    /// Takes a record away when request `request` comes.
    pub fn vanishes(&self, request: u64, id: &str) {
        locked(&self.inner).vanishing.push((request, id.to_owned()));
    }

    /// Ends all trouble.
    pub fn behave(&self) {
        locked(&self.inner).troubles.clear();
    }

    /// The requests that came.
    pub fn seen(&self) -> Vec<Seen> {
        locked(&self.inner).seen.clone()
    }

    /// How many connections were made.
    pub fn connections(&self) -> u64 {
        locked(&self.inner).connections
    }

    /// Waits until so many requests have come.
    pub async fn requested(&self, times: u64) {
        let mut count = self.count.clone();
        let _ = count.wait_for(|count| *count >= times).await;
    }
}

fn locked(inner: &Mutex<Inner>) -> MutexGuard<'_, Inner> {
    inner.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Answers the requests of one connection until it closes or trouble closes it.
async fn serve(stream: TcpStream, inner: &Mutex<Inner>, count: &watch::Sender<u64>) -> Option<()> {
    let mut stream = BufReader::new(stream);
    loop {
        let seen = receive(&mut stream).await?;
        let (number, trouble) = note(inner, &seen);
        count.send_replace(number);
        let answer = answer(&locked(inner).records, &seen, trouble.as_ref());
        match trouble {
            None | Some(Trouble::RepeatsLastPage | Trouble::Cycles) => send(&mut stream, answer).await?,
            Some(trouble) => misbehave(&mut stream, trouble, answer).await?,
        }
    }
}

/// The next request of a connection.
pub(super) async fn receive(stream: &mut BufReader<TcpStream>) -> Option<Seen> {
    let mut line = String::new();
    let mut header = String::new();
    stream.read_line(&mut line).await.ok().filter(|read| *read > 0)?;
    loop {
        let mut field = String::new();
        stream.read_line(&mut field).await.ok()?;
        if field.trim().is_empty() {
            break;
        }
        header.push_str(&field.to_ascii_lowercase());
    }
    let length = header
        .lines()
        .find_map(|field| field.strip_prefix("content-length:"));
    let mut form = vec![0; length.and_then(|length| length.trim().parse().ok()).unwrap_or(0)];
    stream.read_exact(&mut form).await.ok()?;
    let line = line.trim_end().trim_end_matches(" HTTP/1.1").to_owned();
    Some(Seen {
        line,
        form: String::from_utf8_lossy(&form).into_owned(),
        header,
        at: Instant::now(),
    })
}

/// Notes a request, changes the records if it is time, and says which trouble it gets.
fn note(inner: &Mutex<Inner>, seen: &Seen) -> (u64, Option<Trouble>) {
    let mut inner = locked(inner);
    inner.seen.push(seen.clone());
    let number = inner.seen.len() as u64;
    let due: Vec<_> = inner
        .appearing
        .extract_if(.., |(request, _)| *request <= number)
        .collect();
    for (_, record) in due {
        inner.records.insert(0, record);
    }
    let gone: Vec<_> = inner
        .vanishing
        .extract_if(.., |(request, _)| *request <= number)
        .collect();
    for (_, id) in gone {
        inner
            .records
            .retain(|record| record.get(RecordField::RecordId) != id);
    }
    let mut left = inner
        .troubles
        .iter_mut()
        .filter(|(_, first, times, path)| *first <= number && *times > 0 && seen.line.contains(path));
    let trouble = left.next().map(|(trouble, _, times, _)| {
        *times -= 1;
        trouble.clone()
    });
    (number, trouble)
}

fn answer(records: &[ExchangeRecord], seen: &Seen, trouble: Option<&Trouble>) -> Answer {
    let (method, path) = seen.line.split_once(' ').unwrap_or_default();
    let value = |name: &str| {
        let mut pairs = seen.form.split('&').filter_map(|pair| pair.split_once('='));
        pairs
            .find_map(|(key, value)| (key == name).then_some(value))
            .unwrap_or_default()
    };
    let parts: Vec<_> = path.trim_start_matches('/').split('/').collect();
    match (method, parts.as_slice()) {
        ("POST", ["queryArea.do"]) => page(200, JSON, areas(records, value("code"))),
        ("POST", ["area", area, "queryListPaged.do"])
            if value("conType") == "5" && value("condition") == *area =>
        {
            let number = value("pageNum").parse().unwrap_or(1);
            page(200, JSON, list(records, area, number, trouble))
        }
        ("GET", ["standardProduct", "showDetail", organization, last]) => {
            let found = records.iter().find(|record| {
                pages::organization(record) == *organization
                    && last.strip_suffix(".do") == Some(record.get(RecordField::RecordId))
            });
            match found {
                Some(record) => page(200, HTML, pages::detail(record)),
                None => page(404, HTML, "<html><body>404</body></html>"),
            }
        }
        _ => page(404, HTML, "<html><body>404</body></html>"),
    }
}

/// The areas below a code: provinces below nothing, cities below a province, counties below a city.
fn areas(records: &[ExchangeRecord], below: &str) -> String {
    let (stem, digits) = match below {
        "" => ("", 2),
        code if code.ends_with("0000") => (code.split_at(2).0, 4),
        code if code.ends_with("00") => (code.split_at(code.len() - 2).0, 6),
        _ => ("x", 6),
    };
    let codes: BTreeSet<String> = records
        .iter()
        .map(|record| record.get(RecordField::RegionCode))
        .filter(|code| code.starts_with(stem) && code.len() == 6)
        .map(|code| format!("{:0<6}", code.split_at(digits).0))
        .collect();
    let areas: Vec<_> = codes
        .iter()
        .map(|code| json!({"areaCode": code, "areaName": format!("地区{code}")}))
        .collect();
    json!(areas).to_string()
}

fn list(records: &[ExchangeRecord], area: &str, number: usize, trouble: Option<&Trouble>) -> String {
    let of_area: Vec<_> = records
        .iter()
        .filter(|record| record.get(RecordField::RegionCode) == area)
        .collect();
    let pages: Vec<_> = of_area.chunks(PAGE_SIZE).collect();
    let behind = |number: usize| match trouble {
        Some(Trouble::RepeatsLastPage) => pages.last().copied(),
        Some(Trouble::Cycles) => pages.get(1 + number % 2).copied(),
        _ => None,
    };
    let rows = pages.get(number.wrapping_sub(1)).copied();
    let rows = rows.or_else(|| behind(number)).unwrap_or_default();
    let rows: Vec<_> = rows.iter().map(|record| pages::row(record)).collect();
    json!({"result": rows}).to_string()
}
