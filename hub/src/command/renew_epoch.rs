//! `nqi-hub renew-epoch`: readers of the change feed begin anew.

use std::process::ExitCode;

use entity::{Clock, change};

use crate::config::Config;
use crate::output;

pub(super) async fn run(config: &Config, because: &str) -> Result<ExitCode, String> {
    let db = super::open(config).await?;
    let epoch = change::renew_epoch(&db, &Clock::System, because).await;
    let epoch = epoch.map_err(|error| error.to_string())?;
    output::line(&format!(
        "the feed has the epoch {epoch}; readers with older cursors are told to take a new snapshot"
    ));
    Ok(ExitCode::SUCCESS)
}
