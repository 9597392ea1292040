//! `nqi-hub ingest` as a process of its own, watched while it works.

use std::error::Error;
use std::io::{BufRead, BufReader, Read};
use std::process::Stdio;
use std::time::Instant;

use support::{Hub, TestDatabase};

use crate::delivery::Delivery;
use crate::float;

/// How a delivery was taken.
#[derive(Default)]
pub(crate) struct Taken {
    /// From the start of the first process to the end of the last.
    pub(crate) seconds: f64,
    /// The records that the hub counted.
    pub(crate) records: i64,
    /// The most memory that a process held (VmHWM), in 10^6 bytes.
    pub(crate) peak_mb: f64,
    /// Of the seconds, those in which chunks were appended to the change feed.
    pub(crate) appending: f64,
    /// One for each chunk.
    marks: Vec<Mark>,
}

/// A part of the work.
#[derive(Clone, Copy, Default)]
pub(crate) struct Mark {
    /// How long it took, or, of a chunk, how long the delivery had taken by then.
    pub(crate) seconds: f64,
    /// What the process held at its end (VmRSS), in 10^6 bytes.
    pub(crate) memory_mb: f64,
}

impl Taken {
    /// The four quarters of the chunks.
    pub(crate) fn quarters(&self) -> Vec<Mark> {
        let mut before = 0.0;
        (1..=4)
            .filter_map(|quarter| self.marks.get((self.marks.len() * quarter / 4).checked_sub(1)?))
            .map(|mark| {
                let seconds = mark.seconds - std::mem::replace(&mut before, mark.seconds);
                Mark { seconds, ..*mark }
            })
            .collect()
    }
}

/// Takes every file of a delivery.
pub(crate) fn take(database: &TestDatabase, delivery: &Delivery) -> Result<Taken, Box<dyn Error>> {
    let mut taken = Taken::default();
    for file in &delivery.files {
        let path = file.to_string_lossy();
        let mut words = vec![
            "ingest",
            delivery.adapter,
            &path,
            "--json",
            "--log",
            "ingest=info,entity=debug",
        ];
        words.extend(delivery.as_of.iter().flat_map(|day| ["--as-of", day]));
        let mut command = Hub::on(database).command(&words);
        let begin = Instant::now();
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()?;
        let log = child.stderr.take().ok_or("no log")?;
        for line in BufReader::new(log).lines() {
            let line = line?;
            let (held, peak) = memory_mb(child.id());
            taken.peak_mb = taken.peak_mb.max(peak);
            taken.appending += appending(&line);
            if line.contains(" end ") && line.contains("\"commit\"") {
                taken.marks.push(Mark {
                    seconds: taken.seconds + begin.elapsed().as_secs_f64(),
                    memory_mb: held,
                });
            }
        }
        let mut told = String::new();
        child
            .stdout
            .take()
            .ok_or("no output")?
            .read_to_string(&mut told)?;
        let status = child.wait()?;
        taken.seconds += begin.elapsed().as_secs_f64();
        let report: serde_json::Value = serde_json::from_str(&told)?;
        let read = report
            .get("read")
            .and_then(serde_json::Value::as_i64)
            .unwrap_or(0);
        if read == 0 || !matches!(status.code(), Some(0 | 3)) {
            return Err(format!("{path}: {status}: {told}").into());
        }
        taken.records += read;
    }
    Ok(taken)
}

/// The seconds that a line of the log tells of an append to the change feed.
fn appending(line: &str) -> f64 {
    let Some((_, told)) = line.split_once("appended to the feed") else {
        return 0.0;
    };
    let micros = told
        .split_whitespace()
        .find_map(|word| word.strip_prefix("micros="));
    micros
        .and_then(|micros| micros.parse::<f64>().ok())
        .unwrap_or(0.0)
        / 1e6
}

/// What a process holds now, and the most that it ever held; nothing once it is gone.
fn memory_mb(process: u32) -> (f64, f64) {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let value = |name: &str| {
        let line = status.lines().find_map(|line| line.strip_prefix(name));
        let kib = line.and_then(|rest| rest.split_whitespace().next()?.parse().ok());
        float(kib.unwrap_or(0)) * 1024.0 / 1e6
    };
    (value("VmRSS:"), value("VmHWM:"))
}
