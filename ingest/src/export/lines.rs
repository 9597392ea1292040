//! A record a line.

use std::io::Write;
use std::path::Path;

use entity::clock::china_day;
use entity::record::sha256_hex;
use serde_json::json;

use super::file::{Growing, Written, unwritable};
use super::{ExportError, Source};

/// Writes `{"key":…,"version":…,"region":…,"changedOn":…,"hash":…,"record":{…}}` a line. The record is the text of the feed to the
/// letter, so that its hash can be checked.
pub(super) async fn write(source: &Source<'_>, path: &Path) -> Result<Vec<Written>, ExportError> {
    let mut file = Growing::create(path)?;
    let mut rows = 0;
    source
        .each(|event| {
            rows += 1;
            let (key, region) = (json!(event.record_key), json!(event.region));
            writeln!(
                file,
                "{{\"key\":{key},\"version\":{},\"region\":{region},\"changedOn\":\"{}\",\"hash\":\"{}\",\"record\":{}}}",
                event.version,
                china_day(event.at),
                sha256_hex(event.body.as_bytes()),
                event.body,
            )
            .map_err(|cause| unwritable(path, cause))
        })
        .await?;
    Ok(vec![file.close(rows)?])
}
