//! `nqi-hub ingest`.

use std::process::ExitCode;
use std::time::Duration;

use ::ingest::pipeline::{Adapter, Observer, Report, Request};
use ::ingest::platform::crawl::CrawlSettings;
use ::ingest::{IngestError, Ingester};
use entity::ingestion::run;
use indicatif::{ProgressBar, ProgressStyle};
use serde_json::json;

use crate::args::Ingest;
use crate::config::Config;
use crate::output;

/// Held for a person.
const HELD: u8 = 3;
/// The word for the exchange table where a file would stand.
const EXCHANGE_TABLE: &str = "exchange-table";
/// Wrong usage.
const USAGE: u8 = 2;

pub(super) async fn run(config: &Config, args: Ingest) -> Result<ExitCode, String> {
    let adapter = match Adapter::parse(&args.adapter) {
        Ok(adapter) => adapter,
        Err(error) => {
            output::fail(&error.to_string());
            return Ok(ExitCode::from(USAGE));
        }
    };
    let request = Request {
        adapter,
        path: args.path,
        as_of: args.as_of,
        complete: args.complete,
    };
    let outcome = ingest(config, &request, args.json).await;
    if args.json {
        tell_json(outcome)
    } else {
        tell(outcome)
    }
}

async fn ingest(config: &Config, request: &Request, quiet: bool) -> Result<Report, String> {
    let db = super::open(config).await?;
    let ingester = super::ingester(config, &db).await?;
    let bar = Bar::new(quiet);
    let outcome = take(config, &ingester, request, &bar).await;
    bar.0.finish_and_clear();
    let closed = db.close().await;
    let report = outcome?;
    closed.map_err(|error| error.to_string())?;
    Ok(report)
}

/// Takes a file, the exchange table, or the pages of a platform.
async fn take(config: &Config, ingester: &Ingester, request: &Request, bar: &Bar) -> Result<Report, String> {
    let told = |error: IngestError| error.to_string();
    let path = request.path.to_string_lossy();
    let from_platform = request.adapter == Adapter::EnterpriseStandardPlatform;
    if from_platform && path == EXCHANGE_TABLE && !request.path.exists() {
        return ingester
            .ingest_exchange_table(request.as_of, bar)
            .await
            .map_err(told);
    }
    if from_platform && (path.starts_with("http://") || path.starts_with("https://")) {
        let settings = settings(config, &path)?;
        let seed = u64::from(std::process::id());
        let (as_of, complete) = (request.as_of, request.complete);
        let report = ingester.ingest_platform(&settings, as_of, complete, seed, bar);
        return report.await.map_err(told);
    }
    ingester.ingest(request, bar).await.map_err(told)
}

/// The settings of a crawl: those of the file in the configuration, with the address of the command line.
fn settings(config: &Config, url: &str) -> Result<CrawlSettings, String> {
    let mut settings = match &config.platform_settings {
        Some(file) => {
            CrawlSettings::read(file).map_err(|problem| format!("{}: {problem}", file.display()))?
        }
        None => CrawlSettings::default(),
    };
    url.clone_into(&mut settings.scope.base_url);
    Ok(settings)
}

fn tell_json(outcome: Result<Report, String>) -> Result<ExitCode, String> {
    match outcome {
        Ok(report) => {
            output::print_json(&report)?;
            Ok(code(&report))
        }
        Err(message) => {
            output::print_json(&json!({
                "run": null, "read": 0, "created": 0, "updated": 0, "unchanged": 0, "quarantined": 0,
                "state": "FAILED", "error": message,
            }))?;
            Ok(output::fail(&message))
        }
    }
}

fn tell(outcome: Result<Report, String>) -> Result<ExitCode, String> {
    let report = outcome?;
    print_reports(&[(String::new(), report.clone())]);
    if let Some(reason) = &report.reason {
        output::line(&format!("held: {reason}"));
    }
    Ok(code(&report))
}

/// The closing table of one run or several.
pub(super) fn print_reports(reports: &[(String, Report)]) {
    let rows: Vec<Vec<String>> = reports
        .iter()
        .map(|(name, report)| {
            let counts = report.counts;
            let numbers = [
                counts.read,
                counts.created,
                counts.updated,
                counts.unchanged,
                counts.quarantined,
            ];
            let mut row = vec![name.clone(), report.run.clone()];
            row.extend(numbers.map(|number| number.to_string()));
            row.push(report.state.as_str().to_owned());
            row
        })
        .collect();
    output::print_table(
        &[
            "file",
            "run",
            "read",
            "created",
            "updated",
            "unchanged",
            "quarantined",
            "state",
        ],
        &rows,
    );
}

fn code(report: &Report) -> ExitCode {
    match report.state {
        run::RunState::Succeeded | run::RunState::Running => ExitCode::SUCCESS,
        run::RunState::Held => ExitCode::from(HELD),
        run::RunState::Failed => ExitCode::FAILURE,
    }
}

/// A progress bar over the bytes of the file.
pub(super) struct Bar(pub(super) ProgressBar);

impl Bar {
    pub(super) fn new(quiet: bool) -> Self {
        let bar = if quiet {
            ProgressBar::hidden()
        } else {
            ProgressBar::new(0)
        };
        let style = ProgressStyle::with_template("{msg:32} {bar:30} {bytes}/{total_bytes} {elapsed}");
        if let Ok(style) = style {
            bar.set_style(style);
        }
        bar.enable_steady_tick(Duration::from_millis(200));
        Self(bar)
    }
}

impl Observer for Bar {
    fn begins(&self, run: &run::Model, bytes: u64) {
        self.0.set_length(bytes);
        self.0.set_position(0);
        self.0.set_message(run.file_name.clone());
    }

    fn advances(&self, offset: u64, _rows: i64) {
        self.0.set_position(offset);
    }
}
