//! Batches: sent once, sent again, cut, miscounted, and numbers that are used twice.

use ingest::{Adapter, IngestError, Ingester, Report, Request, Silent};
use support::{TestDatabase, on_both, test_clock};

use super::{enterprises, package, record};
use crate::ingestion::tables::{events, number, words};

struct Desk {
    database: TestDatabase,
    ingester: Ingester,
}

impl Desk {
    async fn new(engine: support::Engine) -> Self {
        let database = TestDatabase::new(engine).await;
        let folder = database.folder().join("data");
        let ingester = Ingester::new(database.open().await, test_clock(), folder)
            .await
            .unwrap();
        Self { database, ingester }
    }

    async fn take(&self, bytes: &[u8]) -> Result<Report, IngestError> {
        let request = Request {
            adapter: Adapter::EnterpriseRegister,
            path: self.database.write("package.xml", bytes),
            as_of: None,
            complete: false,
        };
        self.ingester.ingest(&request, &Silent).await
    }
}

on_both! {
    async fn a_package_is_taken_in_either_encoding_and_once(engine) {
        let desk = Desk::new(engine).await;
        let text = enterprises("B-1", 3);
        let report = desk.take(text.as_bytes()).await.unwrap();
        assert_eq!((report.state.as_str(), report.counts.created), ("SUCCEEDED", 3), "{report:?}");
        assert_eq!(words(&desk.database, "SELECT batch FROM ingest_run").await, ["B-1"]);
        let before = events(&desk.database).await;
        let again = desk.take(text.as_bytes()).await.unwrap();
        assert_eq!((again.run, again.counts.unchanged), (report.run, 3));
        assert_eq!(events(&desk.database).await, before);

        let text = enterprises("B-2", 5).replace("UTF-8", "GB18030");
        let (bytes, _, _) = encoding_rs::GB18030.encode(&text);
        let report = desk.take(&bytes).await.unwrap();
        assert_eq!((report.state.as_str(), report.counts.created, report.counts.unchanged), ("SUCCEEDED", 2, 3));
    }

    async fn a_cut_package_is_held_or_refused_and_the_whole_one_is_taken_after_it(engine) {
        let desk = Desk::new(engine).await;
        let text = enterprises("B-1", 4);
        let whole = text.trim_end().len();
        let places = (0..whole).step_by(97).chain([whole - 1, whole - 12]);
        for length in places {
            match desk.take(&text.as_bytes()[..length]).await {
                Ok(report) => {
                    assert_eq!(report.state.as_str(), "HELD", "cut at {length}: {report:?}");
                    assert!(report.reason.is_some());
                }
                Err(error) => assert!(!error.to_string().contains("database"), "cut at {length}: {error}"),
            }
        }
        // The number of a batch that was not accepted is free for the whole package.
        let report = desk.take(text.as_bytes()).await.unwrap();
        assert_eq!(report.state.as_str(), "SUCCEEDED", "{report:?}");
        assert_eq!(number(&desk.database, "SELECT count(*) FROM enterprise WHERE merged_into IS NULL").await, 4);
    }

    async fn a_head_that_miscounts_holds_the_run(engine) {
        let desk = Desk::new(engine).await;
        let records: String = (1..=3).map(record).collect();
        let report = desk.take(package("B-1", 4, &records).as_bytes()).await.unwrap();
        assert_eq!(report.state.as_str(), "HELD");
        let reason = report.reason.unwrap_or_default();
        assert!(reason.contains("counts 4 records, the body has 3"), "{reason}");
        let released = desk.ingester.release(&report.run).await.unwrap();
        assert_eq!((released.state.as_str(), released.counts.created), ("SUCCEEDED", 3));
    }

    async fn other_content_under_the_number_of_an_accepted_batch_is_refused(engine) {
        let desk = Desk::new(engine).await;
        let first = desk.take(enterprises("B-1", 2).as_bytes()).await.unwrap();
        let before = events(&desk.database).await;
        let refused = desk.take(enterprises("B-1", 3).as_bytes()).await;
        let told = refused.unwrap_err().to_string();
        assert!(told.contains("batch B-1") && told.contains(&first.run), "{told}");
        assert_eq!(events(&desk.database).await, before);
        assert_eq!(number(&desk.database, "SELECT count(*) FROM ingest_run").await, 1);
        assert!(desk.take(enterprises("B-2", 3).as_bytes()).await.is_ok());
    }
}
