//! `nqi-hub export`: files of what a reader may see, or rows of a neighbour's exchange table.

use std::path::PathBuf;
use std::process::ExitCode;

use ::ingest::export::{self, Packing, Plan};
use entity::change::Head;
use entity::credit::refresh_due;
use entity::record::RecordKind;
use entity::{Clock, Database, Scope, audit};
use indicatif::ProgressBar;

use super::export_table;
use crate::args::Export;
use crate::config::Config;
use crate::output;

pub(super) async fn run(config: &Config, wanted: Export) -> Result<ExitCode, String> {
    if let Some(out) = wanted.out.clone() {
        return files(config, wanted, out).await;
    }
    export_table::run(config, wanted).await
}

/// Whose view is written; the audit trail is told of what is not public.
pub(super) async fn scope(db: &Database, wanted: &Export) -> Result<Scope, String> {
    if !wanted.all {
        return Ok(Scope::public());
    }
    let why = match wanted.out {
        Some(_) => "what is not public was written to files",
        None => "what is not public was written to an exchange table",
    };
    let recorded = audit::by_command(db, &Clock::System, "export", "Record", why);
    recorded.await.map_err(|error| error.to_string())?;
    Ok(Scope::operator())
}

pub(super) fn bar(wanted: &Export) -> ProgressBar {
    if wanted.json {
        ProgressBar::hidden()
    } else {
        ProgressBar::new_spinner()
    }
}

async fn files(config: &Config, wanted: Export, out: PathBuf) -> Result<ExitCode, String> {
    let db = super::open(config).await?;
    let plan = Plan {
        scope: scope(&db, &wanted).await?,
        kinds: wanted.kinds.clone(),
        regions: wanted.regions.clone(),
        form: wanted.form,
        packing: Packing {
            sender: wanted.sender.clone(),
            encoding: wanted.encoding,
        },
        out,
    };
    // What ceased to be public since the hub last looked must not be written.
    let refreshed = refresh_due(&db, &Clock::System).await;
    refreshed.map_err(|error| error.to_string())?;
    let bar = bar(&wanted);
    let cursor = async |scope: &Scope, head: &Head| match wanted.all {
        true => Ok(None),
        false => api::public_cursor(&db, scope, head).await,
    };
    let told = |kind: RecordKind, rows: u64| bar.set_message(format!("{} {rows}", kind.as_str()));
    let written = export::export(&db, &Clock::System, &plan, cursor, told).await;
    bar.finish_and_clear();
    let manifest = written.map_err(|error| error.to_string())?;
    if wanted.json {
        output::print_json(&manifest)?;
        return Ok(ExitCode::SUCCESS);
    }
    for file in &manifest.files {
        output::line(&format!(
            "{:>9} rows  {:>12} bytes  {}",
            file.rows, file.bytes, file.name
        ));
        if file.cut_cells > 0 {
            output::line(&format!(
                "           {} cells were longer than a workbook holds and end with …: take --form csv for all of them",
                file.cut_cells
            ));
        }
    }
    output::line(&format!(
        "hashes and cursor: {}",
        plan.out.join("manifest.json").display()
    ));
    Ok(ExitCode::SUCCESS)
}
