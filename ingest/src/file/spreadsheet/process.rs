//! The child as the parent sees it: a stream of lines that ends, stalls or breaks off.

use std::ffi::OsString;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStderr, ChildStdout, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::thread;
use std::time::{Duration, Instant};

use super::SheetError;
use crate::file::lines::{Line, Lines};

/// How many lines of at most one mebibyte wait for the parent.
const LINES_AHEAD: usize = 16;
/// How much of what the child writes to standard error is kept, in bytes.
const KEPT_OF_STDERR: u64 = 2048;
/// How long a child that closed its output may take to end.
const FAREWELL: Duration = Duration::from_secs(5);

/// The program that reads a workbook: it gets the path of the workbook, and the name of the sheet where one is wanted,
/// after its own arguments.
#[derive(Debug, Clone)]
pub struct Program {
    /// The program, usually the running one (`std::env::current_exe`).
    pub path: PathBuf,
    /// Its first arguments, usually the hidden command.
    pub arguments: Vec<OsString>,
}

impl Program {
    /// The running program, which reads a workbook by its command `read-spreadsheet`.
    pub fn own() -> Self {
        Self {
            path: std::env::current_exe().unwrap_or_default(),
            arguments: vec![OsString::from(super::COMMAND)],
        }
    }
}

/// Where the child finds the workbook.
pub(super) enum Workbook<'a> {
    /// Under a name.
    Path(&'a Path),
    /// In a file that is open: it becomes the child's standard input.
    Open(File),
}

impl Workbook<'_> {
    /// How many bytes it has.
    pub(super) fn bytes(&self) -> u64 {
        let about = match self {
            Self::Path(path) => std::fs::metadata(path),
            Self::Open(file) => file.metadata(),
        };
        about.map_or(0, |about| about.len())
    }
}

/// A running child. Dropping it ends the child.
pub(super) struct Process {
    child: Option<Child>,
    lines: Receiver<io::Result<Line>>,
    said: Receiver<String>,
    patience: Duration,
    waited: Duration,
}

impl Process {
    /// Starts the child. It gets no environment, because the hub's own holds secrets. `patience` is how long the parent
    /// waits for it over the whole file; the time in which the parent does other things does not count.
    pub(super) fn start(
        program: &Program,
        workbook: Workbook<'_>,
        sheet: Option<&str>,
        patience: Duration,
    ) -> Result<Self, SheetError> {
        let failed = |cause| SheetError::Start {
            program: program.path.clone(),
            cause,
        };
        let (path, stdin) = match workbook {
            Workbook::Path(path) => (path, Stdio::null()),
            Workbook::Open(file) => (Path::new(super::STANDARD_INPUT), Stdio::from(file)),
        };
        let mut child = Command::new(&program.path)
            .args(&program.arguments)
            .arg(path)
            .args(sheet)
            .env_clear()
            .stdin(stdin)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .map_err(failed)?;
        let (stdout, stderr) = (child.stdout.take(), child.stderr.take());
        let (line_sender, lines) = sync_channel(LINES_AHEAD);
        let (said_sender, said) = sync_channel(1);
        // From here on the child is ended whatever happens.
        let process = Self {
            child: Some(child),
            lines,
            said,
            patience,
            waited: Duration::ZERO,
        };
        if let (Some(stdout), Some(stderr)) = (stdout, stderr) {
            let named = |name: &str| thread::Builder::new().name(name.to_owned());
            named("sheet-lines")
                .spawn(move || pass_lines(stdout, &line_sender))
                .map_err(failed)?;
            named("sheet-stderr")
                .spawn(move || pass_stderr(stderr, &said_sender))
                .map_err(failed)?;
        }
        Ok(process)
    }

    /// The next line, or none where the child closed its output.
    pub(super) fn next_line(&mut self) -> Result<Option<Line>, SheetError> {
        let since = Instant::now();
        let received = self.lines.recv_timeout(self.patience.saturating_sub(self.waited));
        self.waited += since.elapsed();
        match received {
            Ok(Ok(line)) => Ok(Some(line)),
            Ok(Err(cause)) => Err(SheetError::Garbled {
                detail: format!("nothing that can be read: {cause}"),
            }),
            Err(RecvTimeoutError::Disconnected) => Ok(None),
            Err(RecvTimeoutError::Timeout) => Err(self.stalled()),
        }
    }

    /// Why the child closed its output before its last line.
    pub(super) fn death(&mut self) -> SheetError {
        let status = self.child.as_mut().and_then(|child| ended(child, FAREWELL));
        match status {
            None => self.stalled(),
            Some(status) => cause_of_death(status, self.said()),
        }
    }

    /// Ends the child and takes its leave, so that it does not stay as a zombie.
    pub(super) fn stop(&mut self) {
        let Some(mut child) = self.child.take() else {
            return;
        };
        // Killing fails only where the child has ended already.
        let _ = child.kill();
        if ended(&mut child, FAREWELL).is_none() {
            // A killed process that hangs in the kernel is waited for aside; without a thread there is nothing left to do.
            let _ = thread::Builder::new().spawn(move || child.wait());
        }
    }

    fn stalled(&mut self) -> SheetError {
        self.stop();
        SheetError::Stalled {
            seconds: self.patience.as_secs(),
            said: self.said(),
        }
    }

    fn said(&self) -> String {
        match self.said.recv_timeout(Duration::from_secs(1)) {
            Ok(said) if !said.is_empty() => format!("; it said: {said}"),
            _ => String::new(),
        }
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.stop();
    }
}

/// Passes lines on until the child closes its output or the parent stops listening.
fn pass_lines(stdout: ChildStdout, sender: &SyncSender<io::Result<Line>>) {
    let mut lines = match Lines::new(stdout) {
        Ok(lines) => lines,
        Err(cause) => {
            let _ = sender.send(Err(cause));
            return;
        }
    };
    while let Some(line) = lines.next_line().transpose() {
        let failed = line.is_err();
        if sender.send(line).is_err() || failed {
            return;
        }
    }
}

/// Keeps the begin of what the child says and lets it say the rest to nobody.
fn pass_stderr(mut stderr: ChildStderr, sender: &SyncSender<String>) {
    let mut kept = Vec::new();
    // What can be read of it is shown; that the rest cannot be read changes nothing.
    let _ = stderr.by_ref().take(KEPT_OF_STDERR).read_to_end(&mut kept);
    let _ = io::copy(&mut stderr, &mut io::sink());
    let shown: String = String::from_utf8_lossy(&kept)
        .lines()
        .filter(|line| !line.starts_with("note: run with `RUST_BACKTRACE"))
        .flat_map(|line| line.chars().chain([' ']))
        .map(|character| if character.is_control() { ' ' } else { character })
        .collect();
    let _ = sender.send(shown.trim().to_owned());
}

/// How the child ended, if it ends in time.
fn ended(child: &mut Child, within: Duration) -> Option<ExitStatus> {
    let since = Instant::now();
    loop {
        match child.try_wait() {
            Ok(Some(status)) => return Some(status),
            Ok(None) if since.elapsed() < within => thread::sleep(Duration::from_millis(5)),
            Ok(None) | Err(_) => return None,
        }
    }
}

fn cause_of_death(status: ExitStatus, said: String) -> SheetError {
    if said.contains("memory allocation of") {
        return SheetError::Memory { said };
    }
    match signal(status) {
        Some(SIGXCPU) => SheetError::Time { said },
        _ => SheetError::Died {
            status: status.to_string(),
            said,
        },
    }
}

/// The signal of the limit on computing time on Linux, macOS and the BSDs.
const SIGXCPU: i32 = 24;

#[cfg(unix)]
fn signal(status: ExitStatus) -> Option<i32> {
    std::os::unix::process::ExitStatusExt::signal(&status)
}

#[cfg(not(unix))]
fn signal(_: ExitStatus) -> Option<i32> {
    None
}
