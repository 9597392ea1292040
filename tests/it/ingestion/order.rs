//! The order of arrival never shows: any order of files, any of them again, split or overlapping, gives the same records.

pub(crate) mod dump;
mod files;

use std::collections::BTreeMap;

use ingest::{Adapter, Ingester, Request, Silent};
use proptest::prelude::*;
use support::chance::properties;
use support::{Chance, Engine, TestDatabase, block_on, repeat, test_clock};

use dump::{GOLDEN, PLACES, dump};
use files::{File, list_of_files};

/// An empty database with its schema; the cases copy it, which is faster than to migrate each.
async fn template(engine: Engine) -> TestDatabase {
    let database = TestDatabase::new(engine).await;
    assert!(database.open().await.close().await.is_ok());
    database
}

/// Takes files in, in this order, and gives the named tables as they are afterwards.
async fn taken(
    template: &TestDatabase,
    engine: Engine,
    files: &[&File],
    tables: &[(&'static str, &str)],
) -> BTreeMap<&'static str, Vec<String>> {
    let database = TestDatabase::copy_of(template, engine).await;
    let db = database.open().await;
    let data = database.folder().join("data");
    let ingester = match Ingester::new(db.clone(), test_clock(), data).await {
        Ok(ingester) => ingester,
        Err(error) => panic!("{error}"),
    };
    for file in files {
        let request = Request {
            adapter: Adapter::StandardsCatalogue,
            path: database.write(&file.name(), file.text()),
            as_of: file.as_of,
            complete: false,
        };
        if let Err(error) = ingester.ingest(&request, &Silent).await {
            panic!("{error}: {}", file.text());
        }
    }
    assert!(db.close().await.is_ok());
    dump(&database.raw().await, tables).await
}

fn compare(
    tables: &[(&'static str, &str)],
    left: &BTreeMap<&'static str, Vec<String>>,
    right: &BTreeMap<&'static str, Vec<String>>,
) -> Result<(), TestCaseError> {
    for (table, _) in tables {
        prop_assert_eq!(left.get(table), right.get(table), "table {}", table);
    }
    Ok(())
}

/// Checks that two ways to take the same files in end alike.
fn same_either_way(
    engine: Engine,
    cases: u32,
    test: &str,
    tables: &[(&'static str, &str)],
    other_way: fn(&[File], u64) -> Vec<File>,
) {
    let template = block_on(template(engine));
    let outcome = properties(test, cases).run(&(list_of_files(), any::<u64>()), |(files, seed)| {
        let plain: Vec<&File> = files.iter().collect();
        let other = other_way(&files, seed);
        let other: Vec<&File> = other.iter().collect();
        let (left, right) = block_on(async {
            (
                taken(&template, engine, &plain, tables).await,
                taken(&template, engine, &other, tables).await,
            )
        });
        compare(tables, &left, &right)
    });
    if let Err(error) = outcome {
        panic!("{error}");
    }
}

/// The files in another order, some of them twice and some a third time in the middle of the others.
fn in_another_order(files: &[File], seed: u64) -> Vec<File> {
    let mut chance = Chance::new(seed);
    let mut order = files.to_vec();
    order.extend(files.iter().filter(|_| chance.percent(40)).cloned());
    order.extend(files.iter().filter(|_| chance.percent(20)).cloned());
    chance.shuffle(&mut order);
    order
}

fn in_overlapping_halves(files: &[File], seed: u64) -> Vec<File> {
    let mut halves: Vec<File> = files.iter().flat_map(File::overlapping_halves).collect();
    Chance::new(seed).shuffle(&mut halves);
    halves
}

/// Golden records, what they were made of and where each claim stands: all but what tells of the runs themselves.
fn everything() -> Vec<(&'static str, &'static str)> {
    GOLDEN.iter().chain(PLACES).copied().collect()
}

#[test]
fn any_order_and_any_replay_gives_the_same_records() {
    same_either_way(
        Engine::Sqlite,
        3 * repeat(),
        "any_order_and_any_replay_gives_the_same_records",
        &everything(),
        in_another_order,
    );
}

#[test]
fn any_order_and_any_replay_gives_the_same_records_on_postgres() {
    same_either_way(
        Engine::Postgres,
        repeat().div_ceil(2),
        "any_order_and_any_replay_gives_the_same_records_on_postgres",
        &everything(),
        in_another_order,
    );
}

#[test]
fn a_file_in_overlapping_halves_gives_the_same_records() {
    same_either_way(
        Engine::Sqlite,
        3 * repeat(),
        "a_file_in_overlapping_halves_gives_the_same_records",
        GOLDEN,
        in_overlapping_halves,
    );
}

#[test]
fn both_engines_make_the_same_records() {
    let (sqlite, postgres) =
        block_on(async { (template(Engine::Sqlite).await, template(Engine::Postgres).await) });
    let tables = everything();
    let outcome = properties("both_engines_make_the_same_records", repeat().div_ceil(2)).run(
        &list_of_files(),
        |files| {
            let files: Vec<&File> = files.iter().collect();
            let (left, right) = block_on(async {
                (
                    taken(&sqlite, Engine::Sqlite, &files, &tables).await,
                    taken(&postgres, Engine::Postgres, &files, &tables).await,
                )
            });
            compare(&tables, &left, &right)
        },
    );
    if let Err(error) = outcome {
        panic!("{error}");
    }
}
