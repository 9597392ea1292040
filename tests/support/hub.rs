//! The binary as a user runs it.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;

use serde_json::Value;

use crate::TestDatabase;

/// The binary, pointed at the database of a test.
pub struct Hub {
    url: String,
    data_dir: PathBuf,
}

/// How a command ended.
#[derive(Debug)]
pub struct Ran {
    /// The exit code; none when the process was killed.
    pub code: Option<i32>,
    /// Standard output.
    pub stdout: String,
    /// Standard error.
    pub stderr: String,
}

/// The path of the binary. Cargo does not build the binary of another package for a test, so the first test builds it,
/// optimised where the caller is: a bench.
pub fn binary() -> &'static Path {
    static BINARY: OnceLock<PathBuf> = OnceLock::new();
    BINARY.get_or_init(|| {
        let optimised = (!cfg!(debug_assertions)).then_some("--release");
        let built = Command::new(env!("CARGO"))
            .args(["build", "--quiet", "--workspace", "--locked"])
            .args(optimised)
            .status();
        assert!(
            built.is_ok_and(|status| status.success()),
            "the binary does not build"
        );
        let test = std::env::current_exe().unwrap_or_default();
        let folder = test
            .parent()
            .and_then(Path::parent)
            .map(Path::to_owned)
            .unwrap_or_default();
        folder.join("nqi-hub")
    })
}

impl Hub {
    /// The binary on the database of a test.
    pub fn on(database: &TestDatabase) -> Self {
        Self {
            url: database.url().to_owned(),
            data_dir: database.folder().join("data"),
        }
    }

    /// A command that is not started yet, with nothing of the caller's environment that the hub would read.
    pub fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new(binary());
        for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("NQI_")) {
            command.env_remove(name);
        }
        command
            .arg("--database-url")
            .arg(&self.url)
            .arg("--data-dir")
            .arg(&self.data_dir)
            .args(words)
            .stdin(Stdio::null());
        command
    }

    /// Runs a command to its end.
    pub fn run(&self, words: &[&str]) -> Ran {
        match self.command(words).output() {
            Ok(output) => Ran {
                code: output.status.code(),
                stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
                stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
            },
            Err(cause) => panic!("the binary cannot be started: {cause}"),
        }
    }

    /// `ingest ADAPTER PATH --json`.
    pub fn ingest(&self, adapter: &str, path: &Path, more: &[&str]) -> Ran {
        let path = path.to_string_lossy();
        let mut words = vec!["ingest", adapter, &path, "--json"];
        words.extend(more);
        self.run(&words)
    }
}

impl Ran {
    /// The last line of standard output as JSON.
    pub fn json(&self) -> Value {
        let last = self.stdout.lines().last().unwrap_or_default();
        match serde_json::from_str(last) {
            Ok(value) => value,
            Err(error) => panic!("no JSON in the last line ({error}): {self:?}"),
        }
    }

    /// Every line of standard output as JSON.
    pub fn json_lines(&self) -> Vec<Value> {
        self.stdout
            .lines()
            .filter_map(|line| serde_json::from_str(line).ok())
            .collect()
    }
}
