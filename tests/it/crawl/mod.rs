//! Reading the platform over HTTP, against a stand-in that misbehaves in every way that was seen.

mod addresses;
mod resume;
mod round_trip;
mod shifting;
mod trouble;

use std::path::Path;

use ingest::platform::crawl::{CrawlSettings, ExchangeRecord, Scope};

use support::stand_in::StandIn;

/// Settings that are as quick as this machine.
fn settings(stand_in: &StandIn) -> CrawlSettings {
    CrawlSettings {
        scope: Scope {
            base_url: stand_in.base_url(),
            ..Scope::default()
        },
        requests_per_second: 1000.0,
        backoff_ms: 1,
        allow_private: true,
        ..CrawlSettings::default()
    }
}

fn spooled(path: &Path) -> Vec<ExchangeRecord> {
    let text = std::fs::read_to_string(path).unwrap();
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

/// Compares record by record, so that a difference is told in one line.
fn assert_same(told: &[ExchangeRecord], expected: &[ExchangeRecord], what: &str) {
    for (told, expected) in told.iter().zip(expected) {
        assert_eq!(told, expected, "{what}");
    }
    assert_eq!(told.len(), expected.len(), "{what}");
}
