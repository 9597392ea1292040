//! `nqi-hub quarantine`.

use std::process::ExitCode;

use entity::Scope;
use entity::ingestion::{QuarantineFilter, quarantine};
use entity::page::{List, PageRequest};
use serde_json::json;

use crate::args::{Quarantine, QuarantineAction};
use crate::config::Config;
use crate::output;

pub(super) async fn run(config: &Config, args: Quarantine) -> Result<ExitCode, String> {
    match args.action {
        QuarantineAction::List { run, all, json } => list(config, run, all, json).await,
        QuarantineAction::Redrive { run, json } => redrive(config, run, json).await,
    }
}

async fn list(config: &Config, run: Option<String>, all: bool, as_json: bool) -> Result<ExitCode, String> {
    let db = super::open(config).await?;
    let state = (!all).then(|| quarantine::OPEN.to_owned());
    let filter = QuarantineFilter {
        run,
        state,
        ..QuarantineFilter::default()
    };
    let mut page = PageRequest {
        limit: super::PAGE,
        ..PageRequest::default()
    };
    let scope = Scope::operator();
    loop {
        let rows = filter
            .list(&db, &scope, &page)
            .await
            .map_err(|error| error.to_string())?;
        for row in &rows.items {
            let raw = row.raw.read(&scope, &row.reach()).map_or("", String::as_str);
            if as_json {
                output::print_json(&json!({
                    "id": row.id, "run": row.run_id, "source": row.source, "file": row.file_name,
                    "row": row.row_no, "line": row.line_no, "field": row.field, "code": row.code,
                    "message": row.message, "remedy": row.remedy, "raw": raw, "attempts": row.attempts,
                    "state": row.state,
                }))?;
            } else {
                let column = row
                    .field
                    .as_deref()
                    .map(|field| format!(", column {field}"))
                    .unwrap_or_default();
                output::line(&format!(
                    "{}, line {}{column}: {} ({})",
                    row.file_name, row.line_no, row.message, row.code
                ));
                output::line(&format!("    remedy: {}", row.remedy));
                output::line(&format!(
                    "    row {}: {}",
                    row.row_no,
                    raw.chars().take(160).collect::<String>()
                ));
            }
        }
        page.after = rows.items.last().map(|last| filter.position(last));
        if !rows.has_next {
            return Ok(ExitCode::SUCCESS);
        }
    }
}

async fn redrive(config: &Config, run: Option<String>, as_json: bool) -> Result<ExitCode, String> {
    let db = super::open(config).await?;
    let ingester = super::ingester(config, &db).await?;
    let redriven = ingester
        .redrive(run.as_deref())
        .await
        .map_err(|error| error.to_string())?;
    if as_json {
        output::print_json(&redriven)?;
    } else {
        output::line(&format!(
            "{} rows tried again, {} taken",
            redriven.tried, redriven.resolved
        ));
    }
    Ok(ExitCode::SUCCESS)
}
