//! Which standard held for a product on a day, as known at an instant (R75), against a plain model.
//!
//! A history of chance declares, revises, renames, modifies, abolishes and deletes; the model keeps what was told and
//! looks through all of it for every question.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use entity::Clock;
use ingest::{Adapter, Ingester, Request, Silent};
use serde_json::json;
use support::{Chance, Engine, Server, TestDatabase, chance, on_both, repeat, test_clock};

/// Fictitious: region digits 000000.
const CODE: &str = "91000000069338827M";
const STANDARDS: [&str; 2] = ["Q/ABC 001-2020", "Q/ABC 002-2020"];
const PRODUCTS: [&str; 3] = ["甲", "乙", "丙"];
/// Days on which something happens, from the first.
const DAYS: u64 = 30;
/// Told things of one history.
const STEPS: usize = 14;

fn first_day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2025, 6, 1).unwrap()
}

fn day(number: u64) -> NaiveDate {
    first_day() + Days::new(number)
}

/// One record as it was told on a day.
#[derive(Debug, Clone)]
struct Told {
    step: usize,
    standard: usize,
    name: usize,
    declared: u64,
    products: BTreeSet<usize>,
    ended: Option<Option<u64>>,
    deleted: bool,
}

/// What was told of each record, in the order of telling.
#[derive(Debug, Default, Clone)]
struct Model {
    records: BTreeMap<usize, Vec<Told>>,
}

/// The day on which the things of a step are told.
fn told_on(step: usize) -> NaiveDate {
    day(DAYS + 10 + step as u64)
}

impl Model {
    /// The products that the record in charge of a standard covers on a day, by what was told up to a step.
    fn in_force(&self, on: NaiveDate, known: usize) -> BTreeSet<(usize, usize)> {
        let mut answer = BTreeSet::new();
        for standard in 0..STANDARDS.len() {
            let mut in_charge: Option<(NaiveDate, usize, Option<NaiveDate>, BTreeSet<usize>)> = None;
            for (record, told) in &self.records {
                let told: Vec<&Told> = told.iter().filter(|told| told.step <= known).collect();
                let Some(last) = told.iter().rev().find(|told| !told.deleted) else {
                    continue;
                };
                if last.standard != standard || day(last.declared) > on {
                    continue;
                }
                let first_ended = told.iter().find(|told| !told.deleted && told.ended.is_some());
                let reported = last
                    .ended
                    .map(|date| date.map_or_else(|| told_on(first_ended.unwrap().step), day));
                let deleted = told
                    .last()
                    .filter(|told| told.deleted)
                    .map(|told| told_on(told.step));
                let end = match (reported, deleted) {
                    (Some(reported), Some(deleted)) => Some(reported.min(deleted)),
                    (reported, deleted) => reported.or(deleted),
                };
                let candidate = (day(last.declared), *record, end, last.products.clone());
                if in_charge
                    .as_ref()
                    .is_none_or(|best| (candidate.0, candidate.1) > (best.0, best.1))
                {
                    in_charge = Some(candidate);
                }
            }
            if let Some((_, _, end, products)) = in_charge
                && end.is_none_or(|end| end > on)
            {
                answer.extend(products.into_iter().map(|product| (standard, product)));
            }
        }
        answer
    }
}

fn some_products(chance: &mut Chance) -> BTreeSet<usize> {
    (0..PRODUCTS.len()).filter(|_| chance.percent(60)).collect()
}

/// The next thing that is told.
fn next(model: &Model, step: usize, chance: &mut Chance) -> (usize, Told) {
    let known: Vec<usize> = model.records.keys().copied().collect();
    let fresh = known.is_empty() || chance.percent(40);
    if fresh {
        let told = Told {
            step,
            standard: usize::from(chance.percent(40)),
            name: usize::from(chance.percent(30)),
            declared: chance.below(DAYS),
            products: some_products(chance),
            ended: None,
            deleted: false,
        };
        return (known.len(), told);
    }
    let record = *chance.pick(&known);
    let last = model.records[&record].last().unwrap();
    let mut told = Told {
        step,
        deleted: false,
        ..last.clone()
    };
    match chance.below(5) {
        // A correction backwards: the same record, another day or other products.
        0 => told.declared = chance.below(DAYS),
        1 => told.products = some_products(chance),
        2 => told.ended = Some(chance.percent(50).then(|| told.declared + chance.below(DAYS))),
        3 => told.ended = None,
        // What is deleted already is not deleted again: that moves no end.
        _ => told.deleted = !last.deleted,
    }
    (record, told)
}

fn line(record: usize, told: &Told) -> String {
    if told.deleted {
        return json!({ "op": "DELETE", "record_id": format!("R{record:03}") }).to_string();
    }
    let products: Vec<_> = told
        .products
        .iter()
        .map(|product| json!({ "name": PRODUCTS[*product] }))
        .collect();
    let name = ["苏州市旧名电器有限公司", "苏州市新名电器有限公司"][told.name];
    json!({
        "record_id": format!("R{record:03}"),
        "credit_code": CODE,
        "enterprise_name": name,
        "region_code": "320505",
        "standard_number": STANDARDS[told.standard],
        "declared_at": day(told.declared).to_string(),
        "status": if told.ended.is_some() { "废止" } else { "现行" },
        "abolished_on": told.ended.flatten().map(|number| day(number).to_string()).unwrap_or_default(),
        "products": products,
    })
    .to_string()
}

/// Noon of the days of telling, so that every step is known at an instant of its own.
fn known_at(step: usize) -> DateTime<Utc> {
    told_on(step).and_hms_opt(4, 0, 0).unwrap().and_utc()
}

async fn tell(database: &TestDatabase, step: usize, text: String) {
    let db = database.open().await;
    let clock = Clock::Fixed(known_at(step));
    let ingester = Ingester::new(db.clone(), clock, database.folder().join("data"))
        .await
        .unwrap();
    let request = Request {
        adapter: Adapter::EnterpriseStandardPlatform,
        path: database.write(&format!("step-{step}.ndjson"), text),
        as_of: Some(told_on(step)),
        complete: false,
    };
    if let Err(error) = ingester.ingest(&request, &Silent).await {
        panic!("step {step}: {error}");
    }
    assert!(db.close().await.is_ok());
}

/// What the hub answers for every product on a day, as known at an instant.
async fn answered(
    server: &Server,
    ids: &BTreeMap<usize, String>,
    on: NaiveDate,
    known: Option<DateTime<Utc>>,
) -> BTreeSet<(usize, usize)> {
    let mut answer = BTreeSet::new();
    for (product, id) in ids {
        let query = "query($id: ID!, $on: Date!, $known: DateTime) { product(id: $id) { \
                     standardsInForce(on: $on, knownAt: $known) { declaration { standardNumber } reason } } }";
        let known = known.map(|at| at.to_rfc3339());
        let body = server
            .data(query, json!({ "id": id, "on": on.to_string(), "known": known }))
            .await;
        for one in body["product"]["standardsInForce"].as_array().unwrap() {
            let number = one["declaration"]["standardNumber"].as_str().unwrap();
            assert!(
                one["reason"]
                    .as_str()
                    .is_some_and(|reason| reason.contains(number)),
                "{one}"
            );
            let standard = STANDARDS.iter().position(|standard| *standard == number).unwrap();
            assert!(answer.insert((standard, *product)), "twice: {one}");
        }
    }
    answer
}

async fn one_history(engine: Engine, chance: &mut Chance) {
    let database = TestDatabase::new(engine).await;
    let mut model = Model::default();
    for step in 0..STEPS {
        let (record, told) = next(&model, step, chance);
        tell(&database, step, line(record, &told)).await;
        model.records.entry(record).or_default().push(told);
    }
    let server = Server::start(database.open().await, test_clock());
    let listed = server
        .data("{ products(first: 50) { nodes { id name } } }", json!({}))
        .await;
    let ids: BTreeMap<usize, String> = listed["products"]["nodes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|node| {
            let product = PRODUCTS.iter().position(|name| node["name"] == *name).unwrap();
            (product, node["id"].as_str().unwrap().to_owned())
        })
        .collect();
    // Every day on which something begins or ends, the one before, and what is known then, just before and now.
    let mut days: BTreeSet<NaiveDate> = model
        .records
        .values()
        .flatten()
        .flat_map(|told| {
            let end = told.ended.flatten().map_or_else(|| told_on(told.step), day);
            [day(told.declared), end]
        })
        .flat_map(|on| [on, on - Days::new(1)])
        .collect();
    days.insert(day(chance.below(2 * DAYS)));
    for on in days {
        let now = STEPS - 1;
        let expected = model.in_force(on, now);
        assert_eq!(
            answered(&server, &ids, on, None).await,
            expected,
            "{on}, known now: {model:#?}"
        );
        let step = usize::try_from(chance.below(STEPS as u64)).unwrap();
        let at = known_at(step);
        let expected = model.in_force(on, step);
        assert_eq!(
            answered(&server, &ids, on, Some(at)).await,
            expected,
            "{on}, known at step {step}: {model:#?}"
        );
        if step > 0 {
            let just_before = at - TimeDelta::microseconds(1);
            let expected = model.in_force(on, step - 1);
            let answer = answered(&server, &ids, on, Some(just_before)).await;
            assert_eq!(
                answer, expected,
                "{on}, known just before step {step}: {model:#?}"
            );
        }
    }
}

on_both! {
    async fn r75_standards_in_force_against_a_plain_model(engine) {
        let mut chance = Chance::new(chance::seed("r75_standards_in_force_against_a_plain_model"));
        for _ in 0..repeat().div_ceil(2) {
            one_history(engine, &mut chance).await;
        }
    }
}
