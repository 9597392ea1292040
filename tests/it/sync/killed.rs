//! `nqi-hub sync` as a process that is killed at any instant, while its hub goes on changing.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use serde_json::Value;
use support::chance::seed;
use support::hub::binary;
use support::{Chance, StandInHub, repeat};

use super::{FORMS, Place, copied};

/// A command of the binary with nothing of the caller's environment that it would read.
pub(super) fn nqi_hub(words: &[&str]) -> Command {
    let mut command = Command::new(binary());
    for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("NQI_")) {
        command.env_remove(name);
    }
    command.args(words).stdin(Stdio::null());
    command
}

/// Runs `sync --once` to its end; gives what it printed.
pub(super) fn synced(url: &str, copy: &Path, token: Option<&str>, more: &[&str]) -> Value {
    let copy = copy.to_string_lossy();
    let mut words = vec!["sync", url, "--into", &copy, "--once", "--json"];
    words.extend(more);
    let mut command = nqi_hub(&words);
    command.envs(token.map(|token| ("NQI_SYNC_TOKEN", token)));
    let output = command.output().unwrap();
    assert!(output.status.success(), "{output:?}");
    serde_json::from_slice(&output.stdout).unwrap()
}

/// Starts `sync` and kills it soon; whether it was still at work.
pub(super) fn killed(url: &str, copy: &Path, token: Option<&str>, chance: &mut Chance) -> bool {
    killed_within(url, copy, token, chance, 180)
}

/// Starts `sync` and kills it within so many milliseconds; whether it was still at work.
pub(super) fn killed_within(
    url: &str,
    copy: &Path,
    token: Option<&str>,
    chance: &mut Chance,
    most: u64,
) -> bool {
    let copy = copy.to_string_lossy();
    let mut words = vec!["sync", url, "--into", &copy, "--every", "1"];
    if chance.percent(50) {
        words.push("--once");
    }
    let mut command = nqi_hub(&words);
    command.envs(token.map(|token| ("NQI_SYNC_TOKEN", token)));
    let mut child = command
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    std::thread::sleep(Duration::from_millis(chance.below(most)));
    child.kill().unwrap();
    let output = child.wait_with_output().unwrap();
    let ended = output.status.code();
    assert!(
        matches!(ended, None | Some(0)),
        "{ended:?}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    ended.is_none()
}

#[test]
fn killed_at_any_instant_it_loses_nothing_and_doubles_nothing() {
    let mut chance = Chance::new(seed("killed_at_any_instant_it_loses_nothing_and_doubles_nothing"));
    let _built = binary();
    for name in FORMS {
        let place = Place::new(name);
        let hub = support::block_on(StandInHub::start(40, 20));
        (0..400).for_each(|number| {
            hub.world()
                .put("Standard", &format!("first/{number}"), "320582", "x")
        });
        let mut kills = 0;
        while kills < repeat() {
            hub.world().restless(Some(Chance::new(chance.draw())));
            if chance.percent(10) {
                hub.world().expire();
            }
            kills += u32::from(killed(&hub.url(), &place.path(), None, &mut chance));
        }
        hub.world().restless(None);
        let told = synced(&hub.url(), &place.path(), None, &[]);
        assert_eq!(told["whole"], true, "{told}");
        let copy = support::block_on(copied(&place.path()));
        assert_eq!(copy, hub.rows(), "{name}");
        assert!(copy.len() > 400, "{}", copy.len());
    }
}

#[cfg(unix)]
#[test]
fn told_to_end_it_ends_well_and_goes_on_later() {
    let place = Place::new("copy.sqlite");
    let hub = support::block_on(StandInHub::start(5, 5));
    (0..20).for_each(|number| hub.world().put("Standard", &number.to_string(), "", "x"));
    let (url, path) = (hub.url(), place.path());
    let copy = path.to_string_lossy();
    let mut command = nqi_hub(&["sync", &url, "--into", &copy, "--every", "1"]);
    let child = command
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    for _ in 0..400 {
        if hub
            .world()
            .seen()
            .iter()
            .filter(|seen| seen.line.contains("graphql"))
            .count()
            > 3
        {
            break;
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    hub.world().put("Standard", "new", "", "x");
    let told = Command::new("kill").arg(child.id().to_string()).status().unwrap();
    assert!(told.success());
    let output = child.wait_with_output().unwrap();
    let text = String::from_utf8_lossy(&output.stdout);
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    assert!(
        text.contains("1 taken, 20 records") && text.contains("copy       whole"),
        "{text}"
    );
    let told = synced(&url, &path, None, &[]);
    assert_eq!(told["snapshots"], 0, "{told}");
    assert_eq!(support::block_on(copied(&path)), hub.rows());
}

#[test]
fn the_commands_say_what_differs_and_what_is_wrong() {
    let place = Place::new("copy");
    let hub = support::block_on(StandInHub::start(5, 5));
    (0..7).for_each(|number| hub.world().put("Standard", &number.to_string(), "320582", "x"));
    let (url, path) = (hub.url(), place.path());
    let copy = path.to_string_lossy();
    let told = synced(
        &url,
        &path,
        None,
        &["--kinds", "Standard,Region", "--regions", "320000"],
    );
    assert_eq!(
        (&told["rows"], &told["whole"]),
        (&Value::from(7), &Value::from(true))
    );
    let compare = |more: &[&str]| {
        let words = [&["reconcile", &url, "--with", &copy], more].concat();
        let output = nqi_hub(&words).output().unwrap();
        (
            output.status.code(),
            String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr),
        )
    };
    assert_eq!(compare(&[]).0, Some(0));
    let segment = path.join("records-000001-000001.ndjson");
    let text = std::fs::read_to_string(&segment).unwrap();
    std::fs::write(&segment, text.replace("\"key\":\"3\"", "\"key\":\"8\"")).unwrap();
    let (code, text) = compare(&[]);
    assert_eq!(code, Some(1), "{text}");
    assert!(text.contains("2026-11-21  Standard  320582  here 7 / "), "{text}");
    assert!(
        text.contains("missing        3  version 1 at the hub")
            && text.contains("surplus        8  version 1 here"),
        "{text}"
    );
    assert!(
        text.contains("7 records in 1 buckets compared: 2 differ in 1 buckets"),
        "{text}"
    );
    let (code, text) = compare(&["--repair"]);
    assert_eq!(code, Some(0), "{text}");
    assert_eq!(support::block_on(copied(&path)), hub.rows());

    for (words, code, says) in [
        (
            vec!["sync", "http://hub.example.org", "--into", &copy],
            2,
            "https://",
        ),
        (
            vec!["sync", &url, "--into", &copy, "--kinds", "Stand ard"],
            2,
            "no kind",
        ),
        (
            vec!["sync", &url, "--into", &copy, "--regions", "Suzhou"],
            2,
            "no code of a region",
        ),
        (vec!["sync", &url, "--into", &copy, "--every", "0"], 2, "--every"),
        (
            vec!["reconcile", &url, "--with", "/there/is/none"],
            1,
            "there is no copy",
        ),
        (
            vec!["sync", &url, "--into", &copy, "--token-file", "/there/is/none"],
            1,
            "/there/is/none",
        ),
    ] {
        let output = nqi_hub(&words).output().unwrap();
        let text = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(code), "{words:?}: {text}");
        assert!(text.contains(says), "{words:?}: {text}");
    }
}
