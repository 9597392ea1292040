//! `nqi-hub sync` and `nqi-hub reconcile`: keeping a copy of what another hub shows, and proving that it is one.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

use client::{Address, Error, Filter, Follower, Hub, Report, Settings, Stop, Sum, Summary, Token, Way};
use indicatif::{ProgressBar, ProgressStyle};
use serde_json::json;

use crate::args::{Reached, Reconcile, Sync};
use crate::output;

/// The environment variable that holds the token where there is no file.
const TOKEN: &str = "NQI_SYNC_TOKEN";
/// Wrong usage.
const USAGE: u8 = 2;

pub(super) async fn run(args: &Sync) -> Result<ExitCode, String> {
    let filter = match Filter::new(args.kinds.clone(), args.regions.clone()) {
        Ok(filter) => filter,
        Err(why) => return Ok(usage(&why)),
    };
    let hub = match hub(&args.hub, &args.reached, listening()) {
        Ok(hub) => hub,
        Err(why) => return Ok(usage(&why)),
    };
    let store = client::open(&args.into)
        .await
        .map_err(|error| error.to_string())?;
    let bar = bar(args.json);
    let shown = bar.clone();
    let mut follower =
        Follower::new(hub, store, filter).watched(move |summary| shown.set_message(in_words(summary)));
    if args.anew {
        follower.begin_anew().await.map_err(|error| error.to_string())?;
    }
    let every = (!args.once).then(|| Duration::from_secs(args.every));
    let ended = follow(&mut follower, every).await;
    bar.finish_and_clear();
    tell(&follower, args.json)?;
    match ended {
        Ok(()) | Err(Error::Stopped) => Ok(ExitCode::SUCCESS),
        Err(error) => Err(error.to_string()),
    }
}

/// Rounds until somebody stops it or an error comes that does not pass by itself; one round where no time between two is given.
async fn follow(follower: &mut Follower, every: Option<Duration>) -> client::Result<()> {
    loop {
        match (follower.catch_up().await, every) {
            (Ok(()), Some(_)) => {}
            (Err(error), Some(_)) if error.may_pass() => {
                tracing::error!(%error, "the hub cannot be followed; trying again later");
            }
            (ended, _) => return ended,
        }
        follower.wait(every.unwrap_or_default()).await?;
    }
}

/// Whether the copy at a path is what its hub shows; with `--repair` it is taken anew where it is not.
pub(super) async fn reconcile(args: &Reconcile) -> Result<ExitCode, String> {
    let mut hub = match hub(&args.hub, &args.reached, listening()) {
        Ok(hub) => hub,
        Err(why) => return Ok(usage(&why)),
    };
    let told = |error: Error| {
        let remedy = if error.wants_snapshot() {
            "; run nqi-hub sync first"
        } else {
            ""
        };
        format!("{error}{remedy}")
    };
    let mut report = client::reconcile(&mut hub, &args.with).await.map_err(told)?;
    if args.repair && !report.differing.is_empty() {
        print(&report, args.json)?;
        repair(hub, &args.with).await.map_err(told)?;
        let mut again = self::hub(&args.hub, &args.reached, Stop::never())?;
        report = client::reconcile(&mut again, &args.with).await.map_err(told)?;
    }
    print(&report, args.json)?;
    let same = report.differing.is_empty();
    Ok(if same {
        ExitCode::SUCCESS
    } else {
        ExitCode::from(1)
    })
}

/// A new snapshot into the same copy.
async fn repair(hub: Hub, copy: &Path) -> client::Result<()> {
    let store = client::open(copy).await?;
    let filter = store.state().filter.clone();
    let mut follower = Follower::new(hub, store, filter);
    follower.begin_anew().await?;
    follower.catch_up().await
}

fn hub(address: &str, reached: &Reached, stop: Stop) -> Result<Hub, String> {
    Hub::new(&settings(address, reached, stop)?)
}

/// How a hub is reached.
pub(super) fn settings(address: &str, reached: &Reached, stop: Stop) -> Result<Settings, String> {
    Ok(Settings {
        token: token(reached.token_file.clone()),
        authorities: reached.ca.clone(),
        seed: u64::from(std::process::id()),
        stop,
        ..Settings::new(Address::parse(address)?)
    })
}

fn token(file: Option<PathBuf>) -> Token {
    match (file, std::env::var(TOKEN)) {
        (Some(file), _) => Token::File(file),
        (None, Ok(token)) => Token::Fixed(token),
        (None, Err(_)) => Token::None,
    }
}

/// Stops when the process is told to.
pub(super) fn listening() -> Stop {
    let (switch, stop) = Stop::switch();
    tokio::spawn(async move {
        api::asked_to_stop().await;
        let _ = switch.send(true);
    });
    stop
}

pub(super) fn usage(why: &str) -> ExitCode {
    output::fail(why);
    ExitCode::from(USAGE)
}

pub(super) fn bar(quiet: bool) -> ProgressBar {
    let bar = if quiet {
        ProgressBar::hidden()
    } else {
        ProgressBar::new_spinner()
    };
    if let Ok(style) = ProgressStyle::with_template("{spinner} {msg} {elapsed}") {
        bar.set_style(style);
    }
    bar.enable_steady_tick(Duration::from_millis(200));
    bar
}

pub(super) fn in_words(summary: &Summary) -> String {
    format!(
        "{} records of the snapshot, {} changes",
        summary.rows, summary.changes
    )
}

fn tell(follower: &Follower, as_json: bool) -> Result<(), String> {
    let summary = follower.summary();
    let whole = follower.state().cursor.is_some() && follower.state().begun.is_none();
    if as_json {
        return output::print_json(&json!({
            "snapshots": summary.snapshots, "rows": summary.rows, "swept": summary.swept, "changes": summary.changes,
            "written": summary.written, "deleted": summary.deleted, "left": summary.left, "skipped": summary.skipped,
            "epoch": follower.state().epoch, "whole": whole,
        }));
    }
    tell_summary(&summary);
    output::line(if whole {
        "copy       whole"
    } else {
        "copy       not whole yet: the same command goes on where this one stopped"
    });
    Ok(())
}

/// What was done, in words.
pub(super) fn tell_summary(summary: &Summary) {
    output::line(&format!(
        "snapshot   {} taken, {} records, {} dropped that it did not hold",
        summary.snapshots, summary.rows, summary.swept
    ));
    output::line(&format!(
        "changes    {}: {} written, {} deleted, {} left the view, {} known already",
        summary.changes, summary.written, summary.deleted, summary.left, summary.skipped
    ));
}

fn print(report: &Report, as_json: bool) -> Result<(), String> {
    if as_json {
        return output::print_json(report);
    }
    let sum = |sum: &Sum| format!("{} / {}", sum.count, sum.checksum);
    for differing in &report.differing {
        let bucket = &differing.bucket;
        output::line(&format!(
            "{}  {}  {}  here {}, hub {}",
            bucket.day,
            bucket.kind,
            if bucket.region.is_empty() {
                "-"
            } else {
                &bucket.region
            },
            sum(&differing.here),
            sum(&differing.there)
        ));
        for (key, way) in &differing.rows {
            output::line(&format!("    {}", said(key, way)));
        }
    }
    let rows: usize = report
        .differing
        .iter()
        .map(|differing| differing.rows.len())
        .sum();
    output::line(&format!(
        "{} records in {} buckets compared: {rows} differ in {} buckets",
        report.records,
        report.buckets,
        report.differing.len()
    ));
    Ok(())
}

fn said(key: &str, way: &Way) -> String {
    match way {
        Way::Missing { there } => format!("missing        {key}  version {there} at the hub"),
        Way::Surplus { here } => format!("surplus        {key}  version {here} here"),
        Way::OtherVersion { here, there } => format!("other version  {key}  {here} here, {there} at the hub"),
        Way::OtherContent { here } => format!("other content  {key}  version {here} of both"),
    }
}
