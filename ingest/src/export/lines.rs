//! A record a line.

use std::io::Write;
use std::path::Path;

use entity::change::feed;
use entity::clock::china_day;
use entity::record::sha256_hex;
use serde_json::json;

use super::ExportError;
use super::file::{Growing, unwritable};
use super::progress::Progress;
use super::source::{Sink, Source};

/// Writes `{"key":…,"version":…,"region":…,"changedOn":…,"hash":…,"record":{…}}` a line. The record is the text of the feed to the
/// letter, so that its hash can be checked.
pub(super) async fn write(
    source: &Source<'_>,
    path: &Path,
    progress: &mut Progress,
) -> Result<(), ExportError> {
    let file = match Growing::resume(path, progress.current.bytes)? {
        Some(file) => file,
        None => {
            progress.begin_anew(source.kind)?;
            Growing::create(path)?
        }
    };
    let (behind, rows) = (progress.current.key.clone(), progress.current.rows);
    let mut lines = Lines {
        file,
        path,
        rows,
        progress,
    };
    source.each(behind.as_deref(), rows, &mut lines).await?;
    let Lines { file, rows, .. } = lines;
    progress.wrote(file.close(rows)?);
    Ok(())
}

struct Lines<'a> {
    file: Growing,
    path: &'a Path,
    rows: u64,
    progress: &'a mut Progress,
}

impl Sink for Lines<'_> {
    fn take(&mut self, event: &feed::Model) -> Result<(), ExportError> {
        self.rows += 1;
        let (key, region) = (json!(event.record_key), json!(event.region));
        writeln!(
            self.file,
            "{{\"key\":{key},\"version\":{},\"region\":{region},\"changedOn\":\"{}\",\"hash\":\"{}\",\"record\":{}}}",
            event.version,
            china_day(event.at),
            sha256_hex(event.body.as_bytes()),
            event.body,
        )
        .map_err(|cause| unwritable(self.path, cause))
    }

    fn reached(&mut self, key: &str) -> Result<(), ExportError> {
        if !self.progress.is_due() {
            return Ok(());
        }
        self.file.flush().map_err(|cause| unwritable(self.path, cause))?;
        let bytes = self.file.sync()?;
        self.progress.reached(key, self.rows, bytes)
    }
}
