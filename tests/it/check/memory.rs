//! The cache of documents is bounded by bytes, and so is what clients can make the process keep.

use std::process::Command;

use api::check::{Checker, Limits, Prices};

/// What the cache may hold.
const KEPT: u64 = 16 * 1024 * 1024;
/// Set in the process that measures itself: other tests of this binary take memory, too.
const ALONE: &str = "NQI_TEST_ALONE";
const NAME: &str = "check::memory::ever_new_documents_stay_within_the_bytes";

#[test]
fn ever_new_documents_stay_within_the_bytes() {
    if std::env::var_os(ALONE).is_some() {
        return measure();
    }
    let output = Command::new(std::env::current_exe().unwrap())
        .args([NAME, "--exact", "--nocapture"])
        .env(ALONE, "1")
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    let complaints = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}{complaints}");
    assert!(said.contains("KiB"), "no test has this name: {said}");
    println!("{said}");
}

fn measure() {
    let limits = Limits {
        cached_bytes: KEPT,
        ..Limits::default()
    };
    let checker = Checker::new(&api::sdl(), Prices::hub(), limits).unwrap();
    let page = include_str!("../../golden/enterprise_page.graphql");
    // As much of a tree for a byte of text as can be.
    let dense = format!("{{ hubInfo {{ {} }} }}", "version ".repeat(3_000));
    let send = |text: &str, rounds: std::ops::Range<u32>| {
        for round in rounds {
            assert!(checker.document(&format!("{text}#{round}")).is_ok());
        }
    };
    send(page, 0..10);
    let before = resident();
    assert!(before > 1024, "{before} KiB");
    for (text, rounds) in [(page, 10..1_500), (dense.as_str(), 0..300)] {
        send(text, rounds);
        let grown = resident().saturating_sub(before);
        println!("{grown} KiB");
        // The estimate of a document may be wrong by a half.
        assert!(grown * 1024 < KEPT / 2 * 3, "{grown} KiB");
    }
}

/// Memory of this process that is in use, in KiB, as the system tells it.
fn resident() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    line.unwrap().trim().trim_end_matches(" kB").parse().unwrap()
}
