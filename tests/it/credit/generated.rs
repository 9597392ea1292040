//! Generated credit records: every file is taken, its faults are found, and the same files again say nothing.

use entity::Scope;
use entity::ingestion::QuarantineFilter;
use entity::page::{List, PageRequest};
use ingest::generate::Plan;
use ingest::{Ingester, Silent};
use support::chance::seed;
use support::{on_both, test_clock};

use super::office::Office;

on_both! {
    async fn generated_records_are_taken_and_say_nothing_twice(engine) {
        let office = Office::open(engine).await;
        let plan = Plan { seed: seed("generated_records_are_taken_and_say_nothing_twice"), ..Plan::county().unwrap() };
        let folder = office.database.folder().join("generated");
        let deliveries = plan.credit_deliveries(&folder).unwrap();
        let data = office.database.folder().join("data");
        let ingester = Ingester::new(office.db.clone(), test_clock(), data).await.unwrap();
        let mut heads = Vec::new();
        for _ in 0..2 {
            let mut read = 0;
            for delivery in &deliveries {
                let report = ingester.ingest(delivery, &Silent).await.unwrap();
                read += report.counts.read;
            }
            assert!(read > 1_800, "{read}");
            heads.push(entity::change::tip(&office.db).await.unwrap().position);
        }
        assert_eq!(heads[0], heads[1]);
        // Swapped columns and missing numbers; the row that is withdrawn may be one of them.
        let request = PageRequest { limit: 200, ..PageRequest::default() };
        let refused = QuarantineFilter::default().list(&office.db, &Scope::operator(), &request).await.unwrap().items;
        for row in &refused {
            assert!(["COLUMNS_SWAPPED", "DOCUMENT_NUMBER_EMPTY"].contains(&row.code.as_str()), "{row:?}");
        }
        let server = office.on_test_day();
        let query = "{ enterprises(first: 100) { totalCount nodes { creditCode penalties { totalCount } licences { totalCount } \
            creditSummary { penaltyCount validLicenceCount listingCount } } } penalties(first: 100) { totalCount nodes { subjectKind } } }";
        let shown = office.ask(&server, None, query).await;
        assert!(shown["penalties"]["totalCount"].as_i64().unwrap() > 10, "{shown}");
        for enterprise in shown["enterprises"]["nodes"].as_array().unwrap() {
            assert_eq!(&enterprise["creditCode"].as_str().unwrap()[2..8], "000000");
            assert_eq!(enterprise["penalties"]["totalCount"], enterprise["creditSummary"]["penaltyCount"], "{enterprise}");
        }
    }
}
