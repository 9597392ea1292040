//! Other ways than a file: the exchange table and the pages of the platform. Both become a file first, so that
//! everything behind them is the same.

use chrono::NaiveDate;
use entity::ingestion::{Counts, exchange, run::RunState};

use super::{Adapter, Ingester, Observer, Report, Request};
use crate::IngestError;
use crate::platform::crawl::{CrawlSettings, crawl, forget};
use crate::platform::exchange_table;

/// What the platform's pages are kept under, below the data directory, until they are taken.
const CRAWLS: &str = "crawl";

impl Ingester {
    /// Takes the rows that wait in the exchange table (前置库), in runs of at most 50,000, and gives them as one report.
    /// Rows that a neighbour commits meanwhile wait for the next time.
    pub async fn ingest_exchange_table(
        &self,
        as_of: Option<NaiveDate>,
        observer: &dyn Observer,
    ) -> Result<Report, IngestError> {
        let mut whole = Report {
            run: String::new(),
            counts: Counts::default(),
            state: RunState::Succeeded,
            reason: None,
        };
        while let Some(drained) = exchange_table::drain(&self.db, &self.data_dir).await? {
            let request = Request {
                adapter: Adapter::EnterpriseStandardPlatform,
                path: drained.path,
                as_of: Some(as_of.unwrap_or_else(|| self.clock.today())),
                complete: false,
            };
            let report = self.ingest(&request, observer).await?;
            exchange::taken(&self.db, &drained.ids, &report.run).await?;
            // Its bytes lie in the store; a copy that cannot be removed does no harm.
            let _ = std::fs::remove_file(&request.path);
            whole.counts += report.counts;
            whole.run = report.run;
            // One held run makes the whole held.
            if whole.state != RunState::Held {
                whole.state = report.state;
                whole.reason = report.reason;
            }
        }
        Ok(whole)
    }

    /// Reads the pages of the platform and takes them. A crawl that was stopped goes on where it stopped; `seed` decides
    /// the jitter of its waits.
    pub async fn ingest_platform(
        &self,
        settings: &CrawlSettings,
        as_of: Option<NaiveDate>,
        complete: bool,
        seed: u64,
        observer: &dyn Observer,
    ) -> Result<Report, IngestError> {
        let folder = self
            .data_dir
            .join(CRAWLS)
            .join(folder_name(&settings.scope.base_url));
        let crawled = crawl(settings, &folder, seed).await?;
        if complete && !(crawled.left_out.is_empty() && crawled.unsettled.is_empty()) {
            return Err(IngestError::NotComplete {
                url: settings.scope.base_url.clone(),
                left_out: crawled.left_out.len(),
                unsettled: crawled.unsettled.join(", "),
            });
        }
        let request = Request {
            adapter: Adapter::EnterpriseStandardPlatform,
            path: crawled.spool,
            as_of: Some(as_of.unwrap_or_else(|| self.clock.today())),
            complete,
        };
        let report = self.ingest(&request, observer).await?;
        forget(&folder)?;
        Ok(report)
    }
}

/// The address as a name of a folder.
fn folder_name(url: &str) -> String {
    url.chars()
        .map(|sign| {
            if sign.is_ascii_alphanumeric() || sign == '.' {
                sign
            } else {
                '-'
            }
        })
        .collect()
}
