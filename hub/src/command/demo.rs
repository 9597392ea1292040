//! `nqi-hub demo`: fill and serve in one step.

use std::path::Path;
use std::process::ExitCode;

use ::ingest::bundle;
use ::ingest::generate::Plan;
use ::ingest::pipeline::{Adapter, Request};
use ::ingest::reference;
use api::identity::Mode;

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
    for delivery in county(&config.data_dir.join("generated-county"))? {
        let report = ingester
            .ingest(&delivery, &bar)
            .await
            .map_err(|error| format!("{}: {error}", delivery.path.display()))?;
        let name = delivery
            .path
            .file_name()
            .map(|name| name.to_string_lossy().into_owned());
        reports.push((format!("generated/{}", name.unwrap_or_default()), report));
    }
    bar.0.finish_and_clear();
    print_reports(&reports);
    output::line("");
    super::serve::tell(config);
    output::line(&format!("Try        {}", example(config)));
    // Everything in it is invented or public, so everybody may try to declare.
    let mut open = config.clone();
    open.door.declaring = true;
    open.door.identity.mode = Mode::Development;
    super::serve::listen(&open, db).await
}

/// A county of invented enterprises, generated once, in the order in which it is delivered.
fn county(folder: &Path) -> Result<Vec<Request>, String> {
    let plan = Plan::county().map_err(|error| error.to_string())?;
    let told = |cause| format!("{}: {cause}", folder.display());
    let mut deliveries = plan.deliveries(folder).map_err(told)?;
    let credit = folder.with_file_name("generated-credit");
    deliveries.extend(plan.credit_deliveries(&credit).map_err(told)?);
    let metrology = folder.with_file_name("generated-metrology");
    deliveries.extend(plan.metrology_deliveries(&metrology).map_err(told)?);
    Ok(deliveries)
}

fn example(config: &Config) -> String {
    format!(
        "curl -s http://{}/graphql -H 'content-type: application/json' \\\n           \
         -d '{{\"query\":\"{{ standard(number: \\\"ga 420—2021\\\") {{ number name status statusReason {{ because }} }} }}\"}}'",
        config.listen
    )
}
