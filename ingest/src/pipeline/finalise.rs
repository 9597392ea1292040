//! Closing a run: accepted, or held for a person.

use entity::ingestion::run::{self, RunState};
use entity::ingestion::{Lease, Swept, sweep};
use entity::record::RecordKind;
use entity::{Clock, Database};
use tracing::info;

use super::{Adapter, Report, report};
use crate::IngestError;
use crate::file::Closing;

/// A file with less than this share of the rows that it had before, in percent, is held.
const SHRUNK_PERCENT: i64 = 80;

/// Decides how the run ends. A held run keeps what was taken; nothing is deleted before a person releases it.
pub(super) async fn close(
    db: &Database,
    clock: &Clock,
    lease: &Lease,
    run_id: &str,
    hold_above_percent: f64,
    closing: Closing,
) -> Result<Report, IngestError> {
    info!(stage = "finalise", run = run_id, "begin");
    let run = run::get(db, run_id).await?;
    let mut reason = match closing.trouble {
        Some(place) => Some(format!(
            "{place}: ask the source to send it again, or release the run"
        )),
        None => suspicious(db, &run, hold_above_percent).await?,
    };
    if reason.is_none() && run.complete {
        reason = held_by_sweep(sweep(db, clock, lease, &run, kinds(&run)?, false).await?);
    }
    let state = if reason.is_some() {
        RunState::Held
    } else {
        RunState::Succeeded
    };
    run::note(db, clock, lease, run_id, &closing.notes).await?;
    let run = run::finish(db, clock, lease, run_id, state, reason).await?;
    info!(stage = "finalise", run = run_id, state = state.as_str(), "end");
    Ok(report(&run, state))
}

/// Accepts a held run as it is.
pub(super) async fn release(
    db: &Database,
    clock: &Clock,
    lease: &Lease,
    run: &run::Model,
) -> Result<Report, IngestError> {
    if run.complete {
        sweep(db, clock, lease, run, kinds(run)?, true).await?;
    }
    let run = run::finish(db, clock, lease, &run.id, RunState::Succeeded, run.reason.clone()).await?;
    Ok(report(&run, RunState::Succeeded))
}

async fn suspicious(
    db: &Database,
    run: &run::Model,
    hold_above_percent: f64,
) -> Result<Option<String>, IngestError> {
    #[expect(clippy::cast_precision_loss, reason = "a share is compared, not counted")]
    let share = run.quarantined as f64 * 100.0 / run.read.max(1) as f64;
    if share > hold_above_percent {
        return Ok(Some(format!(
            "{} of {} rows ({share:.1} %) are in quarantine, more than {hold_above_percent} %: look at them \
             (nqi-hub quarantine list), then release the run",
            run.quarantined, run.read
        )));
    }
    let before = run::rows_before(db, run).await?;
    Ok(before
        .filter(|before| run.read * 100 < before * SHRUNK_PERCENT)
        .map(|before| {
            format!(
                "the file has {} rows, the one before had {before}: ask the source, then release the run",
                run.read
            )
        }))
}

/// The records that a complete file of the run's adapter tells all of.
fn kinds(run: &run::Model) -> Result<&'static [RecordKind], IngestError> {
    Ok(Adapter::parse(&run.adapter)?.tells_all_of())
}

fn held_by_sweep(swept: Swept) -> Option<String> {
    match swept {
        Swept::Done(_) => None,
        Swept::TooMany { missing, known } => Some(format!(
            "the file leaves out {missing} of {known} records of the source: ask the source, then release the run"
        )),
    }
}
