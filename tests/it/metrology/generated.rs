//! Generated ledgers, type approvals and institutions: every row is taken, the same files again say nothing, and readers see them.

use ingest::generate::Plan;
use support::chance::seed;
use support::on_both;

use super::*;

on_both! {
    async fn generated_files_are_taken_whole_and_say_nothing_twice(engine) {
        let database = TestDatabase::new(engine).await;
        let db = database.open().await;
        let plan = Plan { seed: seed("generated_files_are_taken_whole_and_say_nothing_twice"), ..Plan::county().unwrap() };
        let deliveries = plan.metrology_deliveries(&database.folder().join("generated")).unwrap();
        let ingester = Ingester::new(db.clone(), test_clock(), database.folder().join("data")).await.unwrap();
        let mut heads = Vec::new();
        for _ in 0..2 {
            for delivery in &deliveries {
                let report = ingester.ingest(delivery, &Silent).await.unwrap();
                let place = delivery.path.display();
                assert_eq!(report.counts.quarantined, 0, "{place}: {report:?}");
                assert!(report.counts.read > 0, "{place}: {report:?}");
            }
            heads.push(entity::change::tip(&db).await.unwrap().position);
        }
        assert_eq!(heads[0], heads[1]);
        let desk = Desk::open(db);
        let shown = desk.ask(
            Some(&desk.bureau.token("province", staff("320000"))),
            "{ instruments(first: 200) { totalCount nodes { flags typeApproval { number } findings { rule } } } \
               overdue: instruments(filter: { inUseThoughOverdue: true }) { totalCount } \
               typeApprovals(first: 50) { totalCount nodes { holderName flags } } \
               institutions(first: 50) { totalCount nodes { flags misconducts { misconduct } } } }",
        ).await;
        let count = |name: &str| shown[name]["totalCount"].as_i64().unwrap();
        assert!(count("instruments") > 200 && count("overdue") > 10, "{} {}", count("instruments"), count("overdue"));
        assert_eq!((count("typeApprovals"), count("institutions")), (24, 12));
        for list in ["instruments", "typeApprovals", "institutions"] {
            for one in items(&shown[list]["nodes"]) {
                assert!(words(&one["flags"]).contains(&"FICTITIOUS".to_owned()), "{list}: {one}");
            }
        }
        assert!(items(&shown["instruments"]["nodes"]).all(|one| one["typeApproval"]["number"].is_string()));
        assert!(items(&shown["institutions"]["nodes"]).any(|one| items(&one["misconducts"]).next().is_some()));
        let nobody = desk.ask(None, "{ instruments { totalCount } }").await;
        assert_eq!(nobody["instruments"]["totalCount"], 0);
    }
}
