//! Every form of ledgers and lists, with files by chance: again they say nothing, and shuffled, in parts or with an older one behind a
//! newer one they give the same records.

mod forms;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use chrono::{Days, NaiveDate};
use entity::Database;
use ingest::{Adapter, Ingester, Report, Request, Silent};
use support::chance::seed;
use support::{Chance, Engine, TestDatabase, on_both, repeat, test_clock};

use super::order::dump::dump;
use forms::{FORMS, Form};

/// What there is: every record with the hash of all that it says and who it is for, what search finds, and what is told beside the hash.
const TABLES: &[(&str, &str)] = &[
    (
        "record",
        "SELECT kind, key, hash, audience, region, owner FROM record WHERE hash <> '' ORDER BY kind, key",
    ),
    (
        "search_entry",
        "SELECT kind, key, folded, weight, audience, region, number_key FROM search_entry ORDER BY kind, key",
    ),
    (
        "penalty",
        "SELECT key, received_on, public_from, public_until, audience FROM penalty ORDER BY key",
    ),
    (
        "licence",
        "SELECT key, received_on, audience FROM licence ORDER BY key",
    ),
];

/// A file of a form with the day that it describes.
#[derive(Debug, Clone)]
struct File {
    header: String,
    rows: Vec<String>,
    as_of: NaiveDate,
}

impl File {
    fn text(&self) -> String {
        self.header.clone() + &self.rows.concat()
    }

    /// Its rows in files of their own.
    fn parts(&self, chance: &mut Chance) -> Vec<Self> {
        let mut parts: Vec<Self> = Vec::new();
        for row in &self.rows {
            match parts.last_mut() {
                Some(part) if chance.percent(50) => part.rows.push(row.clone()),
                _ => parts.push(Self {
                    rows: vec![row.clone()],
                    ..self.clone()
                }),
            }
        }
        parts
    }
}

/// Files of three days, the oldest first.
fn files(form: &Form, chance: &mut Chance) -> Vec<File> {
    let first: NaiveDate = "2026-03-01".parse().unwrap();
    let day = |days| first.checked_add_days(Days::new(days)).unwrap();
    (0..3)
        .map(|at| File {
            header: form.header(),
            rows: (0..1 + chance.below(6)).map(|_| form.row(chance)).collect(),
            as_of: day(at),
        })
        .collect()
}

async fn take(database: &TestDatabase, db: &Database, form: &Form, text: &str, as_of: NaiveDate) -> Report {
    let folder = database.folder().join("data");
    let ingester = Ingester::new(db.clone(), test_clock(), folder).await.unwrap();
    let request = Request {
        adapter: Adapter::parse(form.adapter).unwrap(),
        path: database.write("file.csv", text),
        as_of: Some(as_of),
        complete: false,
    };
    let report = match ingester.ingest(&request, &Silent).await {
        Ok(report) => report,
        Err(error) => panic!("{}: {error}\n{text}", form.name),
    };
    assert_eq!(report.counts.quarantined, 0, "{}: {report:?}\n{text}", form.name);
    report
}

type Rows = BTreeMap<&'static str, Vec<String>>;

/// What there is after files in this order.
async fn taken(template: &TestDatabase, engine: Engine, form: &Form, files: &[File]) -> Rows {
    let database = TestDatabase::copy_of(template, engine).await;
    let db = database.open().await;
    for file in files {
        take(&database, &db, form, &file.text(), file.as_of).await;
    }
    let raw = database.raw().await;
    let rows = dump(&raw, TABLES).await;
    raw.close().await.unwrap();
    db.close().await.unwrap();
    rows
}

/// The last position of the feed.
async fn tip(db: &Database) -> i64 {
    entity::change::tip(db).await.unwrap().position
}

async fn holds(engine: Engine, adapter: &str, name: &'static str) {
    let template = TestDatabase::new(engine).await;
    template.open().await.close().await.unwrap();
    let mut chance = Chance::new(seed(name));
    for form in FORMS.iter().filter(|form| form.adapter == adapter) {
        let mut events = 0;
        for _ in 0..repeat().div_ceil(5) {
            let files = files(form, &mut chance);
            let database = TestDatabase::copy_of(&template, engine).await;
            let db = database.open().await;
            for file in &files {
                take(&database, &db, form, &file.text(), file.as_of).await;
            }
            let raw = database.raw().await;
            let told = dump(&raw, &[("form", "SELECT form FROM ingest_run")]).await;
            let is_known = |line: &String| line.contains(form.name);
            assert!(told["form"].iter().all(is_known), "{}: {told:?}", form.name);
            let (plain, last) = (dump(&raw, TABLES).await, tip(&db).await);
            events += last;
            for file in &files {
                take(&database, &db, form, &file.text(), file.as_of).await;
                // With other bytes, so that nobody takes the file for one that was read.
                let report = take(&database, &db, form, &(file.text() + "\n"), file.as_of).await;
                let counts = (report.counts.created, report.counts.updated);
                assert_eq!(counts, (0, 0), "{}: {report:?}\n{files:#?}", form.name);
            }
            assert_eq!(
                tip(&db).await,
                last,
                "{}: an event for what is known\n{files:#?}",
                form.name
            );
            assert_eq!(
                dump(&raw, TABLES).await,
                plain,
                "{}: again\n{files:#?}",
                form.name
            );
            raw.close().await.unwrap();
            db.close().await.unwrap();

            let mut shuffled = files.clone();
            for file in &mut shuffled {
                chance.shuffle(&mut file.rows);
            }
            let shown = taken(&template, engine, form, &shuffled).await;
            assert_eq!(
                shown, plain,
                "{}: rows shuffled\n{files:#?}\n{shuffled:#?}",
                form.name
            );

            let mut parts: Vec<File> = files.iter().flat_map(|file| file.parts(&mut chance)).collect();
            chance.shuffle(&mut parts);
            let shown = taken(&template, engine, form, &parts).await;
            assert_eq!(shown, plain, "{}: in parts\n{files:#?}\n{parts:#?}", form.name);

            let newest_first: Vec<File> = files.iter().rev().cloned().collect();
            let shown = taken(&template, engine, form, &newest_first).await;
            assert_eq!(
                shown, plain,
                "{}: an older file behind a newer one\n{files:#?}",
                form.name
            );
        }
        assert!(events > 0, "{}: no file said anything", form.name);
    }
}

on_both! {
    async fn files_of_metrology_ledger_in_any_order(engine) {
        holds(engine, "metrology-ledger", "files_of_metrology_ledger_in_any_order").await;
    }

    async fn files_of_institution_list_in_any_order(engine) {
        holds(engine, "institution-list", "files_of_institution_list_in_any_order").await;
    }

    async fn files_of_double_publicity_in_any_order(engine) {
        holds(engine, "double-publicity", "files_of_double_publicity_in_any_order").await;
    }

    async fn files_of_credit_listings_in_any_order(engine) {
        holds(engine, "credit-listings", "files_of_credit_listings_in_any_order").await;
    }
}

#[test]
fn every_form_of_the_four_adapters_is_tried() {
    for adapter in [
        "metrology-ledger",
        "institution-list",
        "double-publicity",
        "credit-listings",
    ] {
        let folder = Adapter::parse(adapter).unwrap().mappings().unwrap();
        let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("../ingest/data")
            .join(folder);
        let there: BTreeSet<String> = std::fs::read_dir(&folder)
            .unwrap()
            .map(|entry| {
                entry
                    .unwrap()
                    .path()
                    .file_stem()
                    .unwrap()
                    .to_string_lossy()
                    .into_owned()
            })
            .collect();
        let tried = FORMS.iter().filter(|form| form.adapter == adapter);
        let tried: BTreeSet<String> = tried.map(|form| form.name.to_owned()).collect();
        assert_eq!(tried, there, "{adapter}");
    }
}
