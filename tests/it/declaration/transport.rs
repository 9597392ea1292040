//! Files, the exchange table and the platform's pages: three ways, the same records; and any order of files.

use std::collections::{BTreeMap, BTreeSet};

use ingest::Silent;
use ingest::platform::crawl::{CrawlSettings, ExchangeRecord, RecordField, Scope};
use sea_orm::{ConnectionTrait, Statement, TransactionTrait, Value};
use support::stand_in::StandIn;
use support::{Chance, Engine, TestDatabase, chance, on_both, repeat};

use super::county::{assert_same, declarations, deliveries, golden, ingester, plan, scale, take};

/// The columns of the exchange table that a neighbour fills here.
const COLUMNS: [&str; 19] = [
    "op",
    "record_id",
    "credit_code",
    "organization_code",
    "enterprise_name",
    "region_code",
    "address",
    "standard_number",
    "standard_name",
    "standard_type",
    "published_on",
    "declared_at",
    "status",
    "abolished_on",
    "text_public",
    "pledge",
    "below_recommended",
    "products",
    "indicators",
];

/// The records of the first delivery that a platform can show: with a code, a number and an area, each once. Faults in
/// the text of a page are the page's own, so blanks around and inside are as HTML has them.
fn showable(text: &str) -> Vec<ExchangeRecord> {
    let mut ids = BTreeSet::new();
    let mut records: Vec<ExchangeRecord> = text
        .lines()
        .filter_map(|line| serde_json::from_str::<ExchangeRecord>(line).ok())
        .filter(|record| {
            let has = |field| record.fields.get(&field).is_some_and(|text| !text.is_empty());
            has(RecordField::CreditCode)
                && has(RecordField::StandardNumber)
                && has(RecordField::RegionCode)
                && ids.insert(record.fields.get(&RecordField::RecordId).cloned())
        })
        .collect();
    for record in &mut records {
        record.fields.remove(&RecordField::Op);
        let all = record.fields.values_mut();
        let products = record.products.iter_mut().flat_map(BTreeMap::values_mut);
        let indicators = record.indicators.iter_mut().flat_map(BTreeMap::values_mut);
        for text in all.chain(products).chain(indicators) {
            *text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        }
    }
    records
}

fn lines(records: &[ExchangeRecord]) -> String {
    let lines = records
        .iter()
        .map(|record| serde_json::to_string(record).unwrap());
    lines.collect::<Vec<_>>().join("\n") + "\n"
}

/// Writes records into the exchange table as a neighbour does, over its own connection.
async fn write_as_neighbour(database: &TestDatabase, records: &[ExchangeRecord]) {
    let connection = database.raw().await;
    let transaction = connection.begin().await.unwrap();
    let places: Vec<String> = (1..=COLUMNS.len()).map(|number| format!("${number}")).collect();
    let sql = format!(
        "INSERT INTO exchange_declaration ({}) VALUES ({})",
        COLUMNS.join(", "),
        places.join(", ")
    );
    for record in records {
        let object = serde_json::to_value(record).unwrap();
        let values: Vec<Value> = COLUMNS
            .iter()
            .map(|column| match &object[column] {
                serde_json::Value::Null => None::<String>.into(),
                serde_json::Value::String(text) => text.clone().into(),
                list => list.to_string().into(),
            })
            .collect();
        let statement = Statement::from_sql_and_values(transaction.get_database_backend(), &sql, values);
        transaction.execute_raw(statement).await.unwrap();
    }
    transaction.commit().await.unwrap();
}

on_both! {
    async fn three_ways_give_the_same_records(engine) {
        let seed = chance::seed("three_ways_give_the_same_records");
        let folder = TestDatabase::new(Engine::Sqlite).await;
        let plan = plan(scale(), seed);
        let day = plan.delivered_on();
        let mut records = Vec::new();
        for delivery in deliveries(&plan, &folder.path("generated")) {
            let name = delivery.path.file_name().unwrap().to_string_lossy().into_owned();
            if name.starts_with("declarations-0") {
                records.extend(showable(&std::fs::read_to_string(&delivery.path).unwrap()));
            }
        }
        assert!(records.len() > 3_000, "{}", records.len());

        let by_file = TestDatabase::new(engine).await;
        let file = by_file.write("records.ndjson", lines(&records));
        take(&ingester(&by_file).await, &declarations(file, day)).await;
        let expected = golden(&by_file).await;
        assert!(expected["declaration"].len() > 3_000);

        let by_table = TestDatabase::new(engine).await;
        let taker = ingester(&by_table).await;
        // Rows that are committed between two takings wait for the next one.
        let (first, second) = records.split_at(records.len() / 3);
        write_as_neighbour(&by_table, first).await;
        taker.ingest_exchange_table(Some(day), &Silent).await.unwrap();
        write_as_neighbour(&by_table, second).await;
        let report = taker.ingest_exchange_table(Some(day), &Silent).await.unwrap();
        assert_eq!(usize::try_from(report.counts.read).ok(), Some(second.len()));
        let again = taker.ingest_exchange_table(Some(day), &Silent).await.unwrap();
        assert_eq!(again.counts.read, 0);
        assert_same(&expected, &golden(&by_table).await, "through the exchange table");

        let by_pages = TestDatabase::new(engine).await;
        let stand_in = StandIn::start(records).await;
        let settings = CrawlSettings {
            scope: Scope { base_url: stand_in.base_url(), ..Scope::default() },
            requests_per_second: 1000.0,
            allow_private: true,
            ..CrawlSettings::default()
        };
        let taker = ingester(&by_pages).await;
        taker.ingest_platform(&settings, Some(day), false, seed, &Silent).await.unwrap();
        assert_same(&expected, &golden(&by_pages).await, "through the platform's pages");
    }

    async fn any_order_of_deliveries_gives_the_same_records(engine) {
        let seed = chance::seed("any_order_of_deliveries_gives_the_same_records");
        let mut chance = Chance::new(seed);
        let folder = TestDatabase::new(Engine::Sqlite).await;
        let small = ingest::generate::Scale::Custom { enterprises: 60, declarations: 300 };
        for round in 0..repeat().div_ceil(3) {
            let plan = plan(small, seed.wrapping_add(u64::from(round)));
            let mut requests = Vec::new();
            for delivery in deliveries(&plan, &folder.path(&format!("generated-{round}"))) {
                // Each file in overlapping halves, so that one record comes in several files.
                let text = std::fs::read_to_string(&delivery.path).unwrap();
                let lines: Vec<&str> = text.lines().collect();
                let is_table = lines.first().is_some_and(|line| !line.starts_with('{'));
                let (header, rows) = lines.split_at(usize::from(is_table));
                for (part, rows) in [&rows[..rows.len() * 2 / 3], &rows[rows.len() / 3..]].into_iter().enumerate() {
                    let name = format!("{round}-{part}-{}", delivery.path.file_name().unwrap().to_string_lossy());
                    let text = [header, rows].concat().join("\n") + "\n";
                    requests.push(ingest::Request { path: folder.write(&name, text), ..delivery.clone() });
                }
            }
            let mut dumps = Vec::new();
            for _ in 0..2 {
                let database = TestDatabase::new(engine).await;
                let ingester = ingester(&database).await;
                for request in &requests {
                    take(&ingester, request).await;
                }
                dumps.push(golden(&database).await);
                chance.shuffle(&mut requests);
                requests.push(requests[0].clone());
            }
            assert!(dumps[0]["declaration"].len() > 200);
            assert_same(&dumps[0], &dumps[1], &format!("round {round}"));
        }
    }
}
