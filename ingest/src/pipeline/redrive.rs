//! Trying rows in quarantine again, after a mapping or the adapter was repaired.

use std::collections::{BTreeMap, BTreeSet};

use entity::ingestion::{RowContent, quarantine, redrive as write, run};
use serde::Serialize;

use super::{Adapter, Day, Ingester};
use crate::IngestError;

/// What became of the rows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Redriven {
    /// Rows that were tried.
    pub tried: i64,
    /// Rows that could be taken now.
    pub resolved: i64,
}

/// Reads the files of the rows again from the store and tries just these rows.
pub(super) async fn redrive(ingester: &Ingester, run_id: Option<&str>) -> Result<Redriven, IngestError> {
    let mut by_run: BTreeMap<String, BTreeSet<i64>> = BTreeMap::new();
    for row in quarantine::open_rows(&ingester.db, run_id).await? {
        by_run.entry(row.run_id).or_default().insert(row.row_no);
    }
    let mut redriven = Redriven::default();
    for (run_id, wanted) in by_run {
        let run = run::get(&ingester.db, &run_id).await?;
        let lease = ingester.lease(&run.source).await?;
        let outcome = one_run(ingester, &run, &wanted, &lease).await;
        lease.release(&ingester.db).await?;
        let (tried, resolved) = outcome?;
        redriven.tried += tried;
        redriven.resolved += resolved;
    }
    Ok(redriven)
}

async fn one_run(
    ingester: &Ingester,
    run: &run::Model,
    wanted: &BTreeSet<i64>,
    lease: &entity::ingestion::Lease,
) -> Result<(i64, i64), IngestError> {
    let adapter = Adapter::parse(&run.adapter)?;
    let object = ingester.find_object(run).await?;
    let day = Day {
        told: Some(run.as_of),
        delivered: run.as_of,
    };
    let mut rows = adapter.open(&object, day, &ingester.workbooks)?.rows;
    let mut again = Vec::new();
    while let Some(row) = rows.next_row()? {
        if wanted.contains(&row.row_no) {
            again.push(super::rows::as_of(run, row));
        }
    }
    let resolved = again
        .iter()
        .filter(|row| matches!(row.content, RowContent::Taken(_)))
        .count();
    let tried = i64::try_from(again.len()).unwrap_or(i64::MAX);
    write(&ingester.db, &ingester.clock, lease, run, &again).await?;
    Ok((tried, i64::try_from(resolved).unwrap_or(i64::MAX)))
}
