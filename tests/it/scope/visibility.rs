//! What a reader may see is the same in lists, counts, single reads, search and the feed: that of a plain model.
//!
//! Rows of every kind get an audience and a region by chance, with raw SQL, and every viewer's answers are compared
//! with the model: staff see the staff rows of their district and of what lies in it (属地管理, R47, R78).

use std::collections::{BTreeMap, BTreeSet};

use entity::ingestion::{QuarantineFilter, RunFilter};
use entity::page::{List, PageRequest, Position};
use entity::record::RecordKind;
use entity::region::{self, RegionFilter};
use entity::search::SearchQuery;
use entity::standard::{self, StandardList};
use entity::value::RegionCode;
use entity::{Database, Scope, change};
use sea_orm::{ConnectionTrait, DatabaseConnection, Statement};
use support::chance::seed;
use support::{Chance, TestDatabase, on_both, repeat};

use super::filled;

/// Who asks: everybody, or the staff of a district.
const VIEWERS: [Option<&str>; 8] = [
    None,
    Some("320582"),
    Some("320581"),
    Some("320500"),
    Some("320000"),
    Some("330000"),
    Some("320582.01"),
    Some("320505"),
];
/// Where rows lie. Two of the texts are no codes: nobody's district may reach out to them.
const REGIONS: [&str; 11] = [
    "",
    "320000",
    "320500",
    "320582",
    "320582.01",
    "320581",
    "330000",
    "330100",
    "110105",
    "3205820",
    "32058",
];
/// Tables with an audience and a region, and the column that names their rows.
const TABLES: [(&str, &str); 7] = [
    ("standard", "key"),
    ("standard_project", "key"),
    ("region", "code"),
    ("search_entry", "key"),
    ("ingest_run", "id"),
    ("quarantine", "id"),
    ("feed", "pos"),
];

/// Who a row is for.
type Reach = (String, String);

/// May the viewer see a row? Province, city and county are two, four and six digits of the code, a zone two more.
fn model(viewer: Option<&str>, (audience, region): &Reach) -> bool {
    if audience == "PUBLIC" {
        return true;
    }
    let Some(district) = viewer else { return false };
    if region.is_empty() {
        return true;
    }
    let levels = |code: &str| -> Option<Vec<String>> {
        let (digits, zone) = code
            .split_once('.')
            .map_or((code, None), |(digits, zone)| (digits, Some(zone)));
        let whole = digits.len() == 6 && digits.chars().all(|sign| sign.is_ascii_digit());
        let mut levels: Vec<String> = [0, 2, 4]
            .into_iter()
            .filter_map(|from| digits.get(from..from + 2))
            .map(str::to_owned)
            .collect();
        while levels.last().is_some_and(|level| level == "00") {
            levels.pop();
        }
        levels.extend(zone.map(str::to_owned));
        whole.then_some(levels)
    };
    match (levels(district), levels(region)) {
        (Some(district), Some(region)) => region.starts_with(&district),
        _ => false,
    }
}

fn scope(viewer: Option<&str>) -> Scope {
    match viewer.and_then(RegionCode::parse) {
        Some(district) => Scope::staff(district),
        None => Scope::public(),
    }
}

/// Gives every row of a table an audience and a region by chance; tells which.
async fn assign(
    connection: &DatabaseConnection,
    chance: &mut Chance,
    (table, key): (&str, &str),
) -> BTreeMap<String, Reach> {
    let backend = connection.get_database_backend();
    let read = format!("SELECT CAST({key} AS TEXT) AS name FROM {table} ORDER BY {key}");
    let rows = connection
        .query_all_raw(Statement::from_string(backend, read))
        .await
        .unwrap();
    let mut reaches = BTreeMap::new();
    for row in rows {
        let name: String = row.try_get("", "name").unwrap();
        let audience = if chance.percent(50) { "STAFF" } else { "PUBLIC" };
        let region = *chance.pick(&REGIONS);
        let set = format!("UPDATE {table} SET audience = $1, region = $2 WHERE CAST({key} AS TEXT) = $3");
        let values = [audience.into(), region.into(), name.as_str().into()];
        let statement = Statement::from_sql_and_values(backend, set, values);
        connection.execute_raw(statement).await.unwrap();
        reaches.insert(name, (audience.to_owned(), region.to_owned()));
    }
    reaches
}

fn expected(viewer: Option<&str>, rows: &BTreeMap<String, Reach>) -> BTreeSet<String> {
    let seen = rows.iter().filter(|(_, reach)| model(viewer, reach));
    seen.map(|(name, _)| name.clone()).collect()
}

/// Every page of a list from one end to the other; no row may come twice, and the count is what can be paged to.
async fn paged<L: List>(
    db: &Database,
    scope: &Scope,
    chance: &mut Chance,
    list: &L,
    name: impl Fn(&L::Item) -> String,
) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut after: Option<Position> = None;
    loop {
        let request = PageRequest {
            limit: 1 + chance.below(7),
            after: after.take(),
            ..PageRequest::default()
        };
        let page = list.list(db, scope, &request).await.unwrap();
        for item in &page.items {
            assert!(found.insert(name(item)), "a row came twice");
        }
        after = page.items.last().map(|last| list.position(last));
        if !page.has_next {
            break;
        }
    }
    assert_eq!(list.count(db, scope).await.unwrap(), found.len() as u64);
    found
}

/// Compares lists, counts and single reads of one viewer with the model.
async fn compare_records(
    db: &Database,
    chance: &mut Chance,
    viewer: Option<&str>,
    rows: &BTreeMap<&str, BTreeMap<String, Reach>>,
) {
    let scope = &scope(viewer);
    let seen = expected(viewer, &rows["standard"]);
    let found = paged(db, scope, chance, &StandardList::default(), |one| one.key.clone()).await;
    assert_eq!(found, seen, "standards of {viewer:?}");
    let keys: Vec<String> = rows["standard"].keys().cloned().collect();
    let batch = standard::by_keys(db, scope, &keys).await.unwrap();
    assert_eq!(batch.into_keys().collect::<BTreeSet<_>>(), seen);
    for key in &keys {
        let single = standard::get(db, scope, key).await.unwrap();
        assert_eq!(single.is_some(), seen.contains(key), "{key} for {viewer:?}");
    }
    let projects: Vec<String> = rows["standard_project"].keys().cloned().collect();
    let found = standard::projects_by_keys(db, scope, &projects).await.unwrap();
    let found: BTreeSet<String> = found.into_keys().collect();
    assert_eq!(found, expected(viewer, &rows["standard_project"]));

    let seen = expected(viewer, &rows["region"]);
    let found = paged(db, scope, chance, &RegionFilter::default(), |one| {
        one.code.clone()
    })
    .await;
    assert_eq!(found, seen, "regions of {viewer:?}");
    for code in rows["region"].keys() {
        let single = region::get(db, scope, code).await.unwrap();
        assert_eq!(single.is_some(), seen.contains(code), "{code} for {viewer:?}");
    }
}

/// The same for search, the feed, runs and quarantine.
async fn compare_streams(
    db: &Database,
    chance: &mut Chance,
    viewer: Option<&str>,
    rows: &BTreeMap<&str, BTreeMap<String, Reach>>,
) {
    let scope = &scope(viewer);
    let query = SearchQuery::new(
        "电缆",
        &[
            RecordKind::Standard,
            RecordKind::StandardProject,
            RecordKind::Region,
        ],
    );
    let seen = expected(viewer, &rows["search_entry"]);
    let found = paged(db, scope, chance, &query, |hit| hit.key.clone()).await;
    assert_eq!(found, seen, "hits of {viewer:?}");

    let mut found = BTreeSet::new();
    let mut cursor = 0;
    loop {
        let events = change::events_after(db, scope, cursor, 1 + chance.below(9))
            .await
            .unwrap();
        let Some(last) = events.last() else { break };
        cursor = last.pos;
        found.extend(events.iter().map(|event| event.pos.to_string()));
    }
    assert_eq!(found, expected(viewer, &rows["feed"]), "events of {viewer:?}");

    let seen = expected(viewer, &rows["ingest_run"]);
    let found = paged(db, scope, chance, &RunFilter::default(), |run| run.id.clone()).await;
    assert_eq!(found, seen, "runs of {viewer:?}");

    let seen = expected(viewer, &rows["quarantine"]);
    let found = paged(db, scope, chance, &QuarantineFilter::default(), |row| {
        row.id.clone()
    })
    .await;
    assert_eq!(found, seen, "quarantine of {viewer:?}");
}

on_both! {
    async fn every_answer_is_that_of_the_model(engine) {
        let mut chance = Chance::new(seed("every_answer_is_that_of_the_model"));
        let database = TestDatabase::new(engine).await;
        let db = filled(&database).await;
        let connection = database.raw().await;
        for _ in 0..repeat() {
            let mut rows = BTreeMap::new();
            for table in TABLES {
                rows.insert(table.0, assign(&connection, &mut chance, table).await);
            }
            for viewer in VIEWERS {
                compare_records(&db, &mut chance, viewer, &rows).await;
                compare_streams(&db, &mut chance, viewer, &rows).await;
            }
        }
    }

    async fn a_hidden_record_does_not_speak_of_a_visible_one(engine) {
        let database = TestDatabase::new(engine).await;
        let db = filled(&database).await;
        let connection = database.raw().await;
        let old = ["GB/T1001-2001".to_owned()];
        let before = standard::successors(&db, &Scope::public(), &old).await.unwrap();
        assert_eq!(before[&old[0]].len(), 1, "{before:?}");
        // Only the record of the newer standard says that it takes the place of the older one.
        let hide = "UPDATE standard SET audience = 'STAFF', region = '320582' WHERE key = 'GB/T1001-2020'";
        connection.execute_unprepared(hide).await.unwrap();
        for (viewer, links) in [(None, 0), (Some("320581"), 0), (Some("320582"), 1), (Some("320000"), 1)] {
            let found = standard::successors(&db, &scope(viewer), &old).await.unwrap();
            assert_eq!(found.get(&old[0]).map_or(0, Vec::len), links, "{viewer:?}");
        }
    }
}

#[test]
fn the_model_knows_levels() {
    let staff = |region: &str| ("STAFF".to_owned(), region.to_owned());
    let table = [
        (Some("320582"), "320582", true),
        (Some("320582"), "320582.01", true),
        (Some("320582"), "3205820", false),
        (Some("320582"), "320581", false),
        (Some("320582"), "320500", false),
        (Some("320500"), "320582", true),
        (Some("320500"), "32058", false),
        (Some("320000"), "320582.01", true),
        (Some("330000"), "320582", false),
        (Some("320582.01"), "320582", false),
        (None, "", false),
        (Some("330000"), "", true),
    ];
    for (viewer, region, seen) in table {
        assert_eq!(model(viewer, &staff(region)), seen, "{region} for {viewer:?}");
    }
    assert!(model(None, &("PUBLIC".to_owned(), "320582".to_owned())));
}
