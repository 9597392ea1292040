//! A follower that listens: changes come when they are made, and a stream that breaks costs time and nothing else.

use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use api::identity::Grant;
use client::store::read;
use client::{Filter, Settings};
use entity::access::Role;
use support::stand_in_hub::Rows;
use support::stand_in_trouble::Trouble;
use support::{StandInHub, on_both};
use tokio::time::{Instant, sleep, timeout};

use super::killed::nqi_hub;
use super::source::Source;
use super::{FORMS, Place, copied, follower, impatient};

/// No look that nobody asked for comes within a test.
const LONG: Duration = Duration::from_secs(3_600);
/// What a test waits for at most.
const PATIENCE: Duration = Duration::from_secs(60);
/// No two looks come sooner after each other.
const CALM: Duration = Duration::from_millis(200);

/// Follows until it is dropped.
async fn following(settings: &Settings, path: &Path, every: Duration) {
    let mut follower = follower(settings, path, &Filter::default()).await;
    loop {
        follower.catch_up().await.unwrap();
        follower.wait(every).await.unwrap();
    }
}

/// Waits until a copy holds what it should.
async fn holds(path: &Path, rows: impl Fn() -> Rows) {
    let same = async {
        // A copy that is being made is none yet.
        while read(path, &mut |_| {}).await.is_err() || copied(path).await != rows() {
            sleep(Duration::from_millis(20)).await;
        }
    };
    assert!(timeout(PATIENCE, same).await.is_ok(), "the copy does not follow");
}

/// How often a stream was asked for, and how often the feed.
fn asked(hub: &StandInHub) -> (usize, usize) {
    let world = hub.world();
    let of = |word: &str| {
        world
            .seen()
            .iter()
            .filter(|seen| seen.form.contains(word))
            .count()
    };
    (of("subscription"), of("changes("))
}

fn most(began: Instant) -> usize {
    usize::try_from(began.elapsed().as_millis() / CALM.as_millis()).unwrap_or(usize::MAX) + 2
}

#[test]
fn what_changes_is_heard_long_before_the_next_look() {
    support::block_on(async {
        for name in FORMS {
            let (place, hub) = (Place::new(name), StandInHub::start(5, 5).await);
            hub.world().streams(u64::MAX);
            let (settings, path) = (impatient(&hub.url()), place.path());
            let changing = async {
                for number in 0..5 {
                    hub.world().put("Standard", &format!("{number}"), "", "x");
                    holds(&path, || hub.rows()).await;
                }
                hub.world().delete("Standard", "3");
                holds(&path, || hub.rows()).await;
            };
            tokio::select! {
                () = changing => {}
                () = following(&settings, &path, LONG) => {}
            }
            let (streams, _) = asked(&hub);
            assert_eq!(streams, 1, "{name}");
        }
    });
}

#[test]
fn a_stream_that_breaks_or_is_not_there_is_no_harm_and_nobody_is_busy() {
    support::block_on(async {
        for trouble in [None, Some(Trouble::Cut), Some(Trouble::Status(503))] {
            for breaks in [Some(0), Some(1), None] {
                let (place, hub) = (Place::new("copy.sqlite"), StandInHub::start(50, 50).await);
                if let Some(breaks) = breaks {
                    hub.world().streams(breaks);
                }
                let (mut settings, path) = (impatient(&hub.url()), place.path());
                settings.patience.least = CALM;
                let began = Instant::now();
                let changing = async {
                    for number in 0..4 {
                        hub.world().put("Standard", &format!("{number}"), "", "x");
                        if let Some(trouble) = &trouble {
                            hub.world().trouble(trouble.clone(), "/graphql", number % 2, 1);
                        }
                        holds(&path, || hub.rows()).await;
                    }
                };
                tokio::select! {
                    () = changing => {}
                    () = following(&settings, &path, Duration::from_millis(50)) => {}
                }
                let (streams, looks) = asked(&hub);
                // Half of the wait before the next attempt is by chance, and each attempt at a page may be one of a few.
                assert!(
                    streams <= 2 * most(began),
                    "{trouble:?}, {breaks:?}: {streams} in {:?}",
                    began.elapsed()
                );
                assert!(
                    looks <= 3 * 4 * most(began),
                    "{trouble:?}, {breaks:?}: {looks} in {:?}",
                    began.elapsed()
                );
            }
        }
    });
}

#[test]
fn a_hub_that_never_stops_changing_is_asked_now_and_then() {
    support::block_on(async {
        let (place, hub) = (Place::new("copy.sqlite"), StandInHub::start(5_000, 5_000).await);
        hub.world().streams(u64::MAX);
        let (settings, path) = (impatient(&hub.url()), place.path());
        let began = Instant::now();
        let changing = async {
            for number in 0..800 {
                hub.world().put("Standard", &format!("{}", number % 7), "", "x");
                sleep(Duration::from_millis(2)).await;
            }
            let most = most(began);
            let (_, looks) = asked(&hub);
            assert!(looks > 1 && looks <= most, "{looks} looks, {most} at most");
            holds(&path, || hub.rows()).await;
        };
        tokio::select! {
            () = changing => {}
            () = following(&settings, &path, LONG) => {}
        }
    });
}

on_both! {
    async fn a_process_hears_a_hub(engine) {
        let source = Source::open(engine).await;
        let grant = Grant::new(Role::Auditor);
        let place = Place::new("copy.sqlite");
        let (url, path) = (source.url(), place.path());
        let copy = path.to_string_lossy();
        let mut command = nqi_hub(&["sync", &url, "--into", &copy, "--every", "3600"]);
        command.env("NQI_SYNC_TOKEN", source.bureau.token("mirror", grant.clone()));
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        for (day, word) in [(1, "一"), (2, "二"), (3, "三")] {
            source.list(word, day, |number| number != day * 7);
            let fresh = source.fresh(&grant, &Filter::default()).await;
            holds(&path, || fresh.clone()).await;
        }
        child.kill().unwrap();
        child.wait().unwrap();
    }
}
