//! That a record is gone is told to those who saw it, and to nobody else.

use entity::value::RegionCode;
use entity::{Scope, change};
use ingest::{Adapter, Ingester, Request, Silent};
use sea_orm::ConnectionTrait;
use support::{TestDatabase, on_both, test_clock};

/// A complete list of standards of one day, without some of them.
fn list(database: &TestDatabase, day: u32, left_out: &[u32]) -> Request {
    let rows: String = (1..=10)
        .filter(|number| !left_out.contains(number))
        .map(|number| format!("GB/T {number}-2020,某标准,现行\n"))
        .collect();
    Request {
        adapter: Adapter::StandardsCatalogue,
        path: database.write("list.csv", format!("标准编号,标准名称,标准状态\n{rows}")),
        as_of: chrono::NaiveDate::from_ymd_opt(2026, 3, day),
        complete: true,
    }
}

on_both! {
    async fn a_deletion_reaches_those_who_saw_the_record(engine) {
        let database = TestDatabase::new(engine).await;
        let db = database.open().await;
        let ingester = Ingester::new(db.clone(), test_clock(), database.folder().join("data")).await.unwrap();
        ingester.ingest(&list(&database, 1, &[]), &Silent).await.unwrap();
        let hide = "UPDATE record SET audience = 'STAFF', region = '320582' WHERE key = 'GB/T5-2020'";
        database.raw().await.execute_unprepared(hide).await.unwrap();
        let report = ingester.ingest(&list(&database, 2, &[5, 6]), &Silent).await.unwrap();
        assert_eq!(report.reason, None);

        let staff = |code: &str| Scope::staff(RegionCode::parse(code).unwrap());
        let table: [(Scope, &[&str]); 4] = [
            (Scope::public(), &["GB/T6-2020"]),
            (staff("330000"), &["GB/T6-2020"]),
            (staff("320582"), &["GB/T5-2020", "GB/T6-2020"]),
            (staff("320000"), &["GB/T5-2020", "GB/T6-2020"]),
        ];
        for (scope, deleted) in table {
            let events = change::events_after(&db, &scope, 0, 100).await.unwrap();
            let gone: Vec<&str> = events
                .iter()
                .filter(|event| event.op == "DELETE")
                .map(|event| event.record_key.as_str())
                .collect();
            assert_eq!(gone, deleted, "{scope:?}");
        }
    }
}
