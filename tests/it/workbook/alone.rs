//! Bombs leave the serving process alone: its memory and its answers.

use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use serde_json::{Value, json};
use support::{Engine, Hub, TestDatabase, block_on};

use super::bombs;

/// More than this the ingesting process must not take: it never opens a workbook itself.
const INGESTING_KB: u64 = 200_000;
/// More than this the serving process must not grow.
const SERVING_KB: u64 = 50_000;

/// A line of the kernel's account of a process, in kB; none when the process is gone.
fn memory(process: u32, line: &str) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let value = status
        .lines()
        .find_map(|text| text.strip_prefix(line)?.strip_prefix(':'))?;
    value.trim().trim_end_matches(" kB").parse().ok()
}

/// A hub that serves, and ends with its test.
struct Serving {
    child: Child,
    address: String,
}

impl Serving {
    fn start(hub: &Hub) -> Self {
        let free = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr());
        let address = free.unwrap().to_string();
        let child = hub
            .command(&["serve", "--listen", &address])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        Self { child, address }
    }

    async fn ask(&self, client: &reqwest::Client) -> Option<Value> {
        let query = json!({ "query": "{ parseStandardNumber(text: \"ga 420—2021\") { key } enterprises { totalCount } }" });
        let url = format!("http://{}/graphql", self.address);
        let answer = client
            .post(url)
            .json(&query)
            .timeout(Duration::from_secs(10))
            .send()
            .await
            .ok()?;
        let answer: Value = answer.json().await.ok()?;
        Some(answer["data"].clone())
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The peak memory of `ingest` on a workbook, in kB, and its exit code.
async fn ingest(hub: &Hub, path: &Path) -> (u64, Option<i32>) {
    let path = path.to_string_lossy();
    let mut child = hub
        .command(&["ingest", "enterprise-standard-platform", &path, "--json"])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut peak = 0;
    loop {
        peak = memory(child.id(), "VmHWM").unwrap_or(peak).max(peak);
        if let Some(status) = child.try_wait().unwrap() {
            return (peak, status.code());
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

/// No engine has a part in reading a workbook: one is enough.
async fn alone(engine: Engine) {
    let database = TestDatabase::new(engine).await;
    let hub = Hub::on(&database);
    assert_eq!(hub.run(&["migrate"]).code, Some(0));
    let serving = Serving::start(&hub);
    let client = reqwest::Client::new();
    let mut first = None;
    for _ in 0..200 {
        first = serving.ask(&client).await;
        if first.is_some() {
            break;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    let expected =
        json!({ "parseStandardNumber": { "key": "GA420-2021" }, "enterprises": { "totalCount": 0 } });
    assert_eq!(first, Some(expected.clone()));
    let before = memory(serving.child.id(), "VmRSS").unwrap();
    let ended = AtomicBool::new(false);
    let asking = async {
        let mut answers = 0;
        while !ended.load(Ordering::Relaxed) {
            assert_eq!(serving.ask(&client).await.as_ref(), Some(&expected));
            answers += 1;
        }
        answers
    };
    let ingesting = async {
        for make in bombs::ALL {
            let bomb = make();
            let path = database.write("bomb.xlsx", &bomb.bytes);
            let (peak, code) = ingest(&hub, &path).await;
            println!("{}: ingesting took {peak} kB, exit {code:?}", bomb.name);
            // A workbook that is taken whole has none of the columns of the exchange format: it fails, too.
            assert_eq!(code, Some(1), "{}", bomb.name);
            assert!(peak < INGESTING_KB, "{}: {peak} kB", bomb.name);
        }
        ended.store(true, Ordering::Relaxed);
    };
    let (answers, ()) = tokio::join!(asking, ingesting);
    let grown = memory(serving.child.id(), "VmRSS")
        .unwrap()
        .saturating_sub(before);
    println!("{answers} answers, the serving process grew by {grown} kB");
    assert!(answers > 0);
    assert!(grown < SERVING_KB, "{grown} kB");
}

#[test]
fn bombs_leave_the_serving_process_alone() {
    block_on(alone(Engine::Sqlite));
}
