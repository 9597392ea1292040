//! `nqi-hub serve`.

use std::process::ExitCode;

use entity::audit::use_algorithm;
use entity::{Clock, Database};

use crate::config::Config;
use crate::{keeper, output};

pub(super) async fn run(config: &Config) -> Result<ExitCode, String> {
    let db = super::open(config).await?;
    // The sources and their ranks belong to the binary: a newer one brings newer ranks.
    super::ingester(config, &db).await?;
    tell(config);
    listen(config, db).await
}

/// Says where to look.
pub(super) fn tell(config: &Config) {
    let scheme = if config.door.tls.is_some() {
        "https"
    } else {
        "http"
    };
    output::line(&format!("GraphiQL   {scheme}://{}/", config.listen));
    output::line(&format!("GraphQL    {scheme}://{}/graphql", config.listen));
}

/// Serves until the process is told to stop.
pub(super) async fn listen(config: &Config, db: Database) -> Result<ExitCode, String> {
    let bound = api::Server::bind(config.listen, db.clone(), Clock::System).map_err(|cause| {
        format!(
            "cannot listen on {}: {cause}; choose another with --listen",
            config.listen
        )
    })?;
    let server = bound.with(config.door.clone());
    if let Some(algorithm) = config.audit.algorithm {
        let used = use_algorithm(&db, algorithm).await;
        used.map_err(|error| error.to_string())?;
    }
    let keeping = tokio::spawn(keeper::keep(
        db.clone(),
        config.audit.retention,
        config.door.feed_retention,
    ));
    let ended = server.run().await;
    keeping.abort();
    keeper::sign(&db).await;
    ended.map_err(|cause| cause.to_string())?;
    Ok(ExitCode::SUCCESS)
}
