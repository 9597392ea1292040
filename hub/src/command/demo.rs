//! `nqi-hub demo`: fill and serve in one step.

use std::process::ExitCode;

use ::ingest::bundle;
use ::ingest::pipeline::Adapter;
use ::ingest::reference;

use super::ingest::{Bar, print_reports};
use crate::config::Config;
use crate::output;

pub(super) async fn run(config: &Config) -> Result<ExitCode, String> {
    let db = super::open(config).await?;
    let ingester = super::ingester(config, &db).await?;
    output::line(&format!("Data directory {}", config.data_dir.display()));
    let bar = Bar::new(false);
    let mut reports = Vec::new();
    let sets = reference::BUNDLED
        .iter()
        .map(|name| (Adapter::Reference, (*name).to_owned()));
    let lists = bundle::files("standards/").map(|(name, _)| (Adapter::StandardsCatalogue, name.to_owned()));
    for (adapter, name) in sets.chain(lists).filter(|(_, name)| !name.ends_with(".md")) {
        let report = ingester
            .ingest_bundled(adapter, &name, &bar)
            .await
            .map_err(|error| format!("{name}: {error}"))?;
        reports.push((name, report));
    }
    bar.0.finish_and_clear();
    print_reports(&reports);
    output::line("");
    output::line(&format!("GraphiQL   http://{}/", config.listen));
    output::line(&format!("GraphQL    http://{}/graphql", config.listen));
    output::line(&format!("Try        {}", example(config)));
    super::serve::listen(config, db).await
}

fn example(config: &Config) -> String {
    format!(
        "curl -s http://{}/graphql -H 'content-type: application/json' \\\n           \
         -d '{{\"query\":\"{{ standard(number: \\\"ga 420—2021\\\") {{ number name status statusReason {{ because }} }} }}\"}}'",
        config.listen
    )
}
