//! `nqi-hub runs`.

use std::process::ExitCode;

use entity::Scope;
use entity::ingestion::RunFilter;
use entity::page::{List, PageRequest};
use serde_json::json;

use super::ingest::print_reports;
use crate::args::{Runs, RunsAction};
use crate::config::Config;
use crate::output;

pub(super) async fn run(config: &Config, args: Runs) -> Result<ExitCode, String> {
    let db = super::open(config).await?;
    if let Some(RunsAction::Release { run }) = args.action {
        let ingester = super::ingester(config, &db).await?;
        let report = ingester.release(&run).await.map_err(|error| error.to_string())?;
        print_reports(&[(String::new(), report)]);
        return Ok(ExitCode::SUCCESS);
    }
    let filter = RunFilter::default();
    let mut page = PageRequest {
        limit: super::PAGE,
        ..PageRequest::default()
    };
    let mut rows = Vec::new();
    loop {
        let runs = filter
            .list(&db, &Scope::public(), &page)
            .await
            .map_err(|error| error.to_string())?;
        for run in &runs.items {
            if args.json {
                output::print_json(&json!({
                    "run": run.id, "source": run.source, "form": run.form, "file": run.file_name,
                    "asOf": run.as_of, "state": run.state, "reason": run.reason, "read": run.read,
                    "created": run.created, "updated": run.updated, "unchanged": run.unchanged,
                    "quarantined": run.quarantined, "startedAt": run.started_at, "finishedAt": run.finished_at,
                }))?;
            } else {
                let counts = [run.read, run.created, run.updated, run.unchanged, run.quarantined];
                let mut row = vec![
                    run.id.clone(),
                    run.source.clone(),
                    run.file_name.clone(),
                    run.as_of.to_string(),
                ];
                row.extend(counts.map(|count| count.to_string()));
                row.push(run.state.clone());
                rows.push(row);
            }
        }
        page.after = runs.items.last().map(|last| filter.position(last));
        if !runs.has_next {
            break;
        }
    }
    if !args.json {
        let header = [
            "run",
            "source",
            "file",
            "as of",
            "read",
            "created",
            "updated",
            "unchanged",
            "quarantined",
            "state",
        ];
        output::print_table(&header, &rows);
    }
    Ok(ExitCode::SUCCESS)
}
