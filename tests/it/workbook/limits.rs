//! The limits that the child puts on itself before it opens the workbook.

use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

/// A pipe that nobody writes to holds the child up at the moment after it limited itself.
#[test]
fn the_child_limits_itself_before_it_opens_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let pipe = folder.path().join("pipe");
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let mut child = Command::new(support::hub::binary())
        .arg(ingest::file::spreadsheet::COMMAND)
        .arg(&pipe)
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    let wanted = [
        ["Max address space", "536870912", "536870912"],
        ["Max cpu time", "30", "31"],
        ["Max core file size", "0", "0"],
        ["Max file size", "0", "0"],
    ];
    let mut limits = String::new();
    for _ in 0..500 {
        limits = std::fs::read_to_string(format!("/proc/{}/limits", child.id())).unwrap();
        if limits.contains(wanted[0][1]) {
            break;
        }
        sleep(Duration::from_millis(10));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    for [name, soft, hard] in wanted {
        let line = limits.lines().find_map(|line| line.strip_prefix(name)).unwrap();
        let values: Vec<&str> = line.split_whitespace().take(2).collect();
        assert_eq!(values, [soft, hard], "{name}");
    }
}
