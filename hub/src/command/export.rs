//! `nqi-hub export`: files of what a reader may see.

use std::process::ExitCode;

use ::ingest::export::{self, Plan};
use entity::change::Head;
use entity::record::RecordKind;
use entity::{Clock, Scope, audit};

use indicatif::ProgressBar;

use crate::args::Export;
use crate::config::Config;
use crate::output;

pub(super) async fn run(config: &Config, wanted: Export) -> Result<ExitCode, String> {
    let db = super::open(config).await?;
    let plan = Plan {
        scope: if wanted.all {
            Scope::operator()
        } else {
            Scope::public()
        },
        kinds: wanted.kinds,
        regions: wanted.regions,
        form: wanted.form,
        out: wanted.out,
    };
    if wanted.all {
        let recorded = audit::by_command(
            &db,
            &Clock::System,
            "export",
            "Record",
            "what is not public was written to files",
        );
        recorded.await.map_err(|error| error.to_string())?;
    }
    let bar = if wanted.json {
        ProgressBar::hidden()
    } else {
        ProgressBar::new_spinner()
    };
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
