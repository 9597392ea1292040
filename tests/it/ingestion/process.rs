//! An ingester that is watched by its log, and can be killed or put to sleep.

use std::io::{BufRead, BufReader, PipeReader, Read, Write};
use std::path::Path;
use std::process::{Child, Stdio};

use support::Hub;

/// Bytes that a pipe of Linux holds.
const PIPE: usize = 64 * 1024;

/// A running `ingest` with its log.
pub(crate) struct Ingesting {
    child: Child,
    log: BufReader<PipeReader>,
    /// The lines of the log so far.
    pub(crate) seen: Vec<String>,
}

/// How it ended.
#[derive(Debug)]
pub(crate) struct Ended {
    /// The exit code; none when it was killed.
    pub(crate) code: Option<i32>,
    /// Standard output.
    pub(crate) stdout: String,
    /// The whole log and what it told on standard error.
    pub(crate) log: Vec<String>,
}

impl Ingesting {
    /// Starts `ingest standards-catalogue PATH --json` with its log.
    pub(crate) fn start(hub: &Hub, path: &Path, more: &[&str]) -> Self {
        Self::start_with_room(hub, path, more, PIPE)
    }

    /// The same with another adapter.
    pub(crate) fn start_adapter(hub: &Hub, adapter: &str, path: &Path, more: &[&str]) -> Self {
        Self::begin(hub, adapter, path, more, PIPE)
    }

    /// Starts it with a log that has room for only so many bytes until it is read: it falls asleep at the first line
    /// that does not fit, and lines are never written inside a transaction.
    pub(crate) fn start_with_room(hub: &Hub, path: &Path, more: &[&str], room: usize) -> Self {
        Self::begin(hub, "standards-catalogue", path, more, room)
    }

    fn begin(hub: &Hub, adapter: &str, path: &Path, more: &[&str], room: usize) -> Self {
        let path = path.to_string_lossy();
        let mut words = vec!["ingest", adapter, &path, "--json"];
        words.extend(more);
        let mut command = hub.command(&words);
        let started = std::io::pipe().and_then(|(log, mut written)| {
            written.write_all(&vec![b'\n'; PIPE.saturating_sub(room)])?;
            command
                .env("NQI_LOG", "ingest=info")
                .stdout(Stdio::piped())
                .stderr(written);
            let child = command.spawn()?;
            Ok((child, BufReader::new(log)))
        });
        match started {
            Ok((child, log)) => Self {
                child,
                log,
                seen: Vec::new(),
            },
            Err(cause) => panic!("the binary cannot be started: {cause}"),
        }
    }

    /// Reads the log up to the `times`-th line from here that holds every one of the words; false at its end.
    pub(crate) fn wait_for(&mut self, words: &[&str], times: usize) -> bool {
        let mut met = 0;
        while met < times {
            let mut line = String::new();
            if !matches!(self.log.read_line(&mut line), Ok(1..)) {
                return false;
            }
            met += usize::from(words.iter().all(|word| line.contains(word)));
            self.seen.push(line);
        }
        true
    }

    /// Its number.
    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    /// Kills it at once (SIGKILL).
    pub(crate) fn kill(&mut self) {
        assert!(self.child.kill().is_ok());
    }

    /// Waits for its end.
    pub(crate) fn end(mut self) -> Ended {
        let mut rest = String::new();
        let read = self.log.read_to_string(&mut rest);
        assert!(read.is_ok(), "{read:?}");
        self.seen.extend(rest.lines().map(str::to_owned));
        match self.child.wait_with_output() {
            Ok(output) => Ended {
                code: output.status.code(),
                stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
                log: self.seen,
            },
            Err(cause) => panic!("{cause}"),
        }
    }
}

impl Ended {
    /// The stage that the last line about a stage names.
    pub(crate) fn last_stage(&self) -> Option<&str> {
        let line = self.log.iter().rev().find(|line| line.contains("stage=\""))?;
        let (_, rest) = line.split_once("stage=\"")?;
        rest.split('"').next()
    }
}
