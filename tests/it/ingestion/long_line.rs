//! A line of 100 MB costs no more memory than any other.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use support::{Hub, TestDatabase, on_both};

use super::list::composed;

/// Length of the line.
const LONG: usize = 100 * 1024 * 1024;
/// The most resident memory that taking it in may cost, in KiB.
const BOUND: u64 = 150 * 1024;

/// A list with a long line of `x` behind its first lines.
fn list_with_long_line(database: &TestDatabase, before: usize) -> PathBuf {
    let path = database.path("long.csv");
    let text = composed(1..=200);
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let part = vec![b'x'; 1024 * 1024];
    let written = std::fs::File::create(&path).and_then(|mut file| {
        file.write_all(lines[..before].concat().as_bytes())?;
        for _ in 0..LONG / part.len() {
            file.write_all(&part)?;
        }
        file.write_all(b"\n")?;
        file.write_all(lines[before..].concat().as_bytes())
    });
    assert!(written.is_ok(), "{written:?}");
    path
}

/// Runs to the end and gives the exit code, the output, and the most memory that was ever resident, in KiB.
fn measured(hub: &Hub, path: &Path) -> (Option<i32>, String, u64) {
    let path = path.to_string_lossy();
    let mut command = hub.command(&["ingest", "standards-catalogue", &path, "--json"]);
    let Ok(mut child) = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn() else {
        panic!("the binary cannot be started");
    };
    let status = format!("/proc/{}/status", child.id());
    let mut most = 0;
    // The system keeps the highest mark as long as the process lives; it is read until then.
    while matches!(child.try_wait(), Ok(None)) {
        most = most.max(high_water(&status).unwrap_or_default());
        std::thread::sleep(std::time::Duration::from_millis(2));
    }
    match child.wait_with_output() {
        Ok(output) => (
            output.status.code(),
            String::from_utf8_lossy(&output.stdout).into_owned(),
            most,
        ),
        Err(cause) => panic!("{cause}"),
    }
}

fn high_water(status: &str) -> Option<u64> {
    let text = std::fs::read_to_string(status).ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix("kB")?.trim().parse().ok()
}

on_both! {
    async fn as_a_row_it_is_set_aside(engine) {
        let database = TestDatabase::new(engine).await;
        let hub = Hub::on(&database);
        let (code, stdout, memory) = measured(&hub, &list_with_long_line(&database, 101));
        assert_eq!(code, Some(0), "{stdout}");
        assert!(stdout.contains("\"created\":200") && stdout.contains("\"quarantined\":1"), "{stdout}");
        assert!(memory > 1024 && memory < BOUND, "{memory} KiB were resident");
        let row = hub.run(&["quarantine", "list", "--json"]).json();
        assert_eq!((row["code"].as_str(), row["line"].as_i64()), (Some("LINE_TOO_LONG"), Some(102)), "{row}");
        assert!(row["message"].as_str().unwrap_or_default().contains(&LONG.to_string()), "{row}");
    }

    async fn as_a_header_it_is_refused(engine) {
        let database = TestDatabase::new(engine).await;
        let (code, stdout, memory) = measured(&Hub::on(&database), &list_with_long_line(&database, 0));
        assert_eq!(code, Some(1), "{stdout}");
        assert!(stdout.contains("line 1") && stdout.contains(&LONG.to_string()), "{stdout}");
        assert!(memory > 1024 && memory < BOUND, "{memory} KiB were resident");
    }
}
