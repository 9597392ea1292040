//! `nqi-hub relay`: taking in what a hub below says, as it says it.

use std::process::ExitCode;
use std::time::Duration;

use client::Filter;
use entity::relay::Peer;
use ingest::IngestError;
use ingest::relay::Relay;
use serde_json::json;

use super::sync::{bar, in_words, listening, settings, usage};
use crate::args;
use crate::config::Config;
use crate::output;

pub(super) async fn run(config: &Config, args: args::Relay) -> Result<ExitCode, String> {
    let filter = match Filter::new(args.kinds, args.regions) {
        Ok(filter) => filter,
        Err(why) => return Ok(usage(&why)),
    };
    if !Peer::is_name(&args.name) {
        let why = format!(
            "--as: {:?} is no name: lower-case letters, digits and -, 40 at most",
            args.name
        );
        return Ok(usage(&why));
    }
    let settings = match settings(&args.hub, &args.reached, listening()) {
        Ok(settings) => settings,
        Err(why) => return Ok(usage(&why)),
    };
    let peer = Peer {
        name: args.name,
        address: settings.address.as_str().to_owned(),
        rank: args.rank,
    };
    let db = super::open(config).await?;
    let ingester = super::ingester(config, &db).await?;
    let opened = ingester.relay(&settings, peer, filter, args.anew).await;
    let bar = bar(args.json);
    let shown = bar.clone();
    let mut relay = opened
        .map_err(|error| error.to_string())?
        .watched(move |summary| shown.set_message(in_words(summary)));
    let every = (!args.once).then(|| Duration::from_secs(args.every));
    let ended = follow(&mut relay, every).await;
    bar.finish_and_clear();
    tell(&relay, args.json)?;
    let closed = relay.close().await;
    match ended {
        Ok(()) | Err(IngestError::Below(client::Error::Stopped)) => {
            closed.map_err(|error| error.to_string())?;
            Ok(ExitCode::SUCCESS)
        }
        Err(error) => Err(error.to_string()),
    }
}

/// Rounds until somebody stops it or an error comes that does not pass by itself; one round where no pause is given.
async fn follow(relay: &mut Relay, every: Option<Duration>) -> Result<(), IngestError> {
    loop {
        match (relay.catch_up().await, every) {
            (Ok(()), Some(_)) => {}
            (Err(IngestError::Below(error)), Some(_)) if error.may_pass() => {
                tracing::error!(%error, "the hub below cannot be followed; trying again later");
            }
            (ended, _) => return ended,
        }
        relay.wait(every.unwrap_or_default()).await?;
    }
}

fn tell(relay: &Relay, as_json: bool) -> Result<(), String> {
    let summary = relay.summary();
    if as_json {
        return output::print_json(&json!({
            "snapshots": summary.snapshots, "rows": summary.rows, "swept": summary.swept, "changes": summary.changes,
            "written": summary.written, "deleted": summary.deleted, "left": summary.left, "skipped": summary.skipped,
        }));
    }
    super::sync::tell_summary(&summary);
    Ok(())
}
