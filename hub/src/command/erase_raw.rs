//! `nqi-hub erase-raw`.

use std::process::ExitCode;

use ::ingest::file::object;
use entity::Clock;
use entity::ingestion::raw_key::{self, Doomed, Kept, days_before};
use serde_json::json;

use crate::args::EraseRaw;
use crate::config::Config;
use crate::output;

/// Files erased by one command; whoever has more runs it again.
const MOST: u64 = 100_000;

pub(super) async fn run(config: &Config, args: EraseRaw) -> Result<ExitCode, String> {
    let db = super::open(config).await?;
    let told = |error: entity::Error| error.to_string();
    let doomed = match (args.sha256, args.older_than) {
        (Some(sha256), _) => {
            match raw_key::find(&db, &sha256).await.map_err(told)? {
                Kept::Sealed(_) => {}
                Kept::Erased(at) => return Err(format!("the raw file {sha256} was erased on {at} already")),
                Kept::Plain => {
                    return Err(format!(
                        "no raw file {sha256} lies under seal: it is unknown, or of an adapter without personal columns, whose \
                         files lie as they came below {}",
                        config.data_dir.join("objects").display()
                    ));
                }
            }
            Doomed::One(sha256)
        }
        (None, Some(days)) => Doomed::Before(days_before(Clock::System.now(), days)),
        (None, None) => return Err("name a file, or --older-than".to_owned()),
    };
    let erased = raw_key::erase(&db, &Clock::System, &doomed, MOST)
        .await
        .map_err(told)?;
    // The bytes tell nobody anything any more; one that another machine holds may stay.
    let left: Vec<String> = erased
        .iter()
        .filter_map(|sha256| {
            let problem = object::remove(&config.data_dir, sha256).err()?;
            Some(format!("{sha256}: {problem}"))
        })
        .collect();
    db.close().await.map_err(told)?;
    if args.json {
        output::print_json(&json!({ "erased": erased.len(), "files": erased, "left": left }))?;
    } else {
        for sha256 in &erased {
            output::line(sha256);
        }
        output::line(&format!("{} raw files erased", erased.len()));
        for problem in &left {
            output::line(&format!("its sealed bytes stay on the disk, {problem}"));
        }
    }
    Ok(ExitCode::SUCCESS)
}
