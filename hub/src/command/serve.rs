//! `nqi-hub serve`.

use std::process::ExitCode;

use entity::{Clock, Database};

use crate::config::{Config, Declaring};
use crate::output;

pub(super) async fn run(config: &Config) -> Result<ExitCode, String> {
    let db = super::open(config).await?;
    // The sources and their ranks belong to the binary: a newer one brings newer ranks.
    super::ingester(config, &db).await?;
    output::line(&format!("GraphiQL   http://{}/", config.listen));
    output::line(&format!("GraphQL    http://{}/graphql", config.listen));
    listen(config, db, config.declaring).await
}

/// Serves until the process is told to stop.
pub(super) async fn listen(config: &Config, db: Database, declaring: Declaring) -> Result<ExitCode, String> {
    let bound = api::Server::bind(config.listen, db, Clock::System).map_err(|cause| {
        format!(
            "cannot listen on {}: {cause}; choose another with --listen",
            config.listen
        )
    })?;
    let bound = bound.declaring(declaring == Declaring::Open);
    bound.run().await.map_err(|cause| cause.to_string())?;
    Ok(ExitCode::SUCCESS)
}
