//! Rows, readers and queries by chance: what can be paged to, what `totalCount` says and what a plain model allows are the same.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use api::identity::Grant;
use entity::access::Role;
use entity::change::events_after;
use serde_json::{Value, json};
use support::bureau::Bureau;
use support::chance::seed;
use support::{Chance, on_both, repeat};

use super::model_lists::{LISTS, meets};
use super::model_rows::{Row, TABLES, annotate, assign, grant, lies_in, sees};
use super::reader::Reader;
use super::world::{RECORDS, World, filled, node_id, record_of};

type Rows = BTreeMap<&'static str, BTreeMap<String, Row>>;

/// What a list gives, page by page, forwards or backwards; and what its count says, on each page.
async fn paged(
    world: &World,
    reader: &Reader,
    list: &str,
    row: &str,
    chance: &mut Chance,
) -> (Vec<String>, i64) {
    let forward = chance.percent(60);
    let (mut found, mut counts, mut place) = (Vec::new(), BTreeSet::new(), String::new());
    loop {
        let size = 1 + chance.below(6);
        let page = match forward {
            true => format!("first: {size}{place}"),
            false => format!("last: {size}{place}"),
        };
        let document = format!(
            "{{ page: {list}{page}) {{ totalCount nodes {{ {row} }} \
             pageInfo {{ hasPreviousPage hasNextPage startCursor endCursor }} }} }}"
        );
        let mut answer = world.ask(reader, &document, json!({})).await.json();
        assert!(
            answer.get("errors").is_none(),
            "{}: {document}: {answer:#}",
            reader.name
        );
        let page = answer["data"]["page"].take();
        counts.insert(page["totalCount"].as_i64().unwrap());
        let nodes = page["nodes"].as_array().cloned().unwrap_or_default();
        assert!(nodes.len() as u64 <= size, "{document}");
        found.extend(
            nodes
                .iter()
                .filter_map(|node| node["id"].as_str().map(str::to_owned)),
        );
        let info = &page["pageInfo"];
        let (more, cursor, word) = match forward {
            true => (&info["hasNextPage"], &info["endCursor"], "after"),
            false => (&info["hasPreviousPage"], &info["startCursor"], "before"),
        };
        if more != &Value::Bool(true) {
            break;
        }
        place = format!(", {word}: {cursor}");
    }
    assert_eq!(counts.len(), 1, "the count changes from page to page: {counts:?}");
    (found, counts.into_iter().next().unwrap_or_default())
}

/// Compares a list of a reader with what the model allows.
async fn compare(
    world: &World,
    somebody: &(Reader, Option<Grant>),
    list: &str,
    row: &str,
    expected: BTreeSet<String>,
    chance: &mut Chance,
) {
    let (reader, grant) = somebody;
    if reader.only_counts() {
        let document = format!("{{ page: {list}first: 1) {{ totalCount }} }}");
        let answer = world.ask(reader, &document, json!({})).await.json();
        assert_eq!(
            answer["data"]["page"]["totalCount"],
            expected.len(),
            "{grant:?}: {document}"
        );
        return;
    }
    let (found, count) = paged(world, reader, list, row, chance).await;
    let rows: BTreeSet<String> = found.iter().cloned().collect();
    assert_eq!(rows.len(), found.len(), "{grant:?}: {list}: a row came twice");
    assert_eq!(rows, expected, "{grant:?}: {list}");
    assert_eq!(count, i64::try_from(expected.len()).unwrap(), "{grant:?}: {list}");
}

/// What the feed gives, in pieces by chance: positions inside, and the records that are told over HTTP.
async fn events(world: &World, reader: &Reader, chance: &mut Chance) -> (Vec<i64>, Vec<String>) {
    let (mut found, mut cursor) = (Vec::new(), 0);
    loop {
        let size = 1 + chance.below(9);
        let some = events_after(&world.server.db, &reader.scope(), cursor, size)
            .await
            .unwrap();
        let Some(last) = some.last() else { break };
        cursor = last.pos;
        found.extend(some.iter().map(|event| event.pos));
    }
    let (mut told, mut after) = (Vec::new(), Value::Null);
    while !reader.only_counts() {
        let document = "query($first: Int, $after: String) { changes(first: $first, after: $after) { \
                        nodes { recordId } endCursor hasNextPage } }";
        let page = json!({ "first": 1 + chance.below(9), "after": after });
        let mut answer = world.ask(reader, document, page).await.json();
        let page = answer["data"]["changes"].take();
        let nodes = page["nodes"].as_array().unwrap();
        told.extend(
            nodes
                .iter()
                .filter_map(|node| node["recordId"].as_str().map(str::to_owned)),
        );
        after = page["endCursor"].clone();
        if page["hasNextPage"] != true {
            break;
        }
    }
    (found, told)
}

/// The positions of the events that the reader with a grant is told of. A credit system is told of the kinds that were agreed on, and
/// of records that lie in its region or did before.
fn told(grant: Option<&Grant>, feed: &BTreeMap<String, Row>) -> Vec<i64> {
    let mut events: Vec<(i64, &Row)> = feed
        .iter()
        .map(|(pos, row)| (pos.parse().unwrap(), row))
        .collect();
    events.sort_by_key(|(pos, _)| *pos);
    let (mut been, mut told) = (BTreeSet::new(), Vec::new());
    for (pos, row) in events {
        let credit = grant.filter(|grant| grant.role == Role::CreditClient);
        let agreed = credit.is_none_or(|grant| {
            let record = (&row["kind"], &row["record_key"]);
            if lies_in(&row["region"], grant.region.as_deref().unwrap_or_default()) {
                been.insert(record);
            }
            grant.kinds.contains(&row["kind"]) && been.contains(&record)
        });
        if agreed && sees(grant, row) {
            told.push(pos);
        }
    }
    told
}

async fn round(world: &World, found: &[String], rows: &Rows, chance: &mut Chance) {
    for list in LISTS {
        for _ in 0..2 {
            let grant = grant(chance);
            let somebody = (Reader::new(&world.bureau, "somebody", grant.clone()), grant);
            let (arguments, holds) = list.query(chance);
            let seen = rows[list.table]
                .iter()
                .filter(|(_, row)| sees(somebody.1.as_ref(), row) && meets(row, &holds));
            let expected = seen.map(|(key, _)| list.id(key)).collect();
            let asked = format!("{}({arguments}", list.root);
            compare(world, &somebody, &asked, "id", expected, chance).await;
        }
    }
    for _ in 0..2 {
        let grant = grant(chance);
        let somebody = (Reader::new(&world.bureau, "somebody", grant.clone()), grant);
        let hits = found.iter().filter(|id| {
            let (kind, key) = record_of(id);
            let table = RECORDS
                .iter()
                .find(|(_, _, of)| *of == kind)
                .map(|(table, ..)| *table);
            let row = table
                .and_then(|table| rows.get(table))
                .and_then(|rows| rows.get(&key));
            row.is_some_and(|row| sees(somebody.1.as_ref(), row))
        });
        let expected = hits.cloned().collect();
        compare(
            world,
            &somebody,
            "search(text: \"泵\", kinds: [STANDARD, ENTERPRISE, PRODUCT, DECLARATION, REGION], ",
            "... on Node { id }",
            expected,
            chance,
        )
        .await;
        let (reader, grant) = &somebody;
        let (feed, expected) = (&rows["feed"], told(grant.as_ref(), &rows["feed"]));
        let (found, over_http) = events(world, reader, chance).await;
        assert_eq!(found, expected, "the feed of {grant:?}");
        if !reader.only_counts() {
            let record = |pos: &i64| {
                node_id(
                    &feed[&pos.to_string()]["kind"],
                    &feed[&pos.to_string()]["record_key"],
                )
            };
            let expected: Vec<String> = expected.iter().map(record).collect();
            assert_eq!(over_http, expected, "the feed of {grant:?} over HTTP");
        }
    }
}

on_both! {
    async fn what_can_be_paged_to_is_what_is_counted_and_what_the_model_allows(engine) {
        let mut chance = Chance::new(seed("what_can_be_paged_to_is_what_is_counted"));
        let world = World::over(filled(engine).await, &Arc::new(Bureau::default())).await;
        let public = Reader::new(&world.bureau, "public", None);
        let document = "{ search(text: \"泵\", first: 200, kinds: [STANDARD, ENTERPRISE, PRODUCT, DECLARATION, REGION]) { nodes { ... on Node { id } } } \
            declarations(first: 1) { nodes { id } } }";
        let answer = world.ask(&public, document, json!({})).await.json();
        let hits = answer["data"]["search"]["nodes"].as_array().cloned().unwrap_or_default();
        let found: Vec<String> = hits.iter().filter_map(|hit| hit["id"].as_str().map(str::to_owned)).collect();
        assert!(found.len() > 15, "{found:?}");
        let declaration = record_of(answer["data"]["declarations"]["nodes"][0]["id"].as_str().unwrap()).1;
        annotate(&world.raw, &mut chance, &declaration).await;
        for _ in 0..repeat() {
            let mut rows = Rows::new();
            for table in &TABLES {
                rows.insert(table.name, assign(&world.raw, &mut chance, table).await);
            }
            round(&world, &found, &rows, &mut chance).await;
        }
    }
}

#[test]
fn the_model_knows_who_sees_what() {
    let row = |audience: &str, region: &str, owner: &str| -> Row {
        [("audience", audience), ("region", region), ("owner", owner)]
            .map(|(name, text)| (name.to_owned(), text.to_owned()))
            .into()
    };
    let own = super::reader::credit_code(1);
    let enterprise = support::bureau::enterprise(&own);
    let county = support::bureau::staff("320582");
    let city = support::bureau::staff("320500");
    let table = [
        (None, row("PUBLIC", "320582", ""), true),
        (None, row("ENTERPRISE", "320582", &own), false),
        (Some(&enterprise), row("ENTERPRISE", "330000", &own), true),
        (Some(&enterprise), row("STAFF", "330000", &own), false),
        (Some(&enterprise), row("ENTERPRISE", "330000", ""), false),
        (Some(&county), row("STAFF", "320582.01", ""), true),
        (Some(&county), row("STAFF", "320500", ""), false),
        (Some(&city), row("STAFF", "320582", ""), true),
        (Some(&city), row("ENTERPRISE", "320000", ""), false),
        (Some(&city), row("STAFF", "", ""), true),
    ];
    for (grant, row, seen) in table {
        assert_eq!(sees(grant, &row), seen, "{row:?} for {grant:?}");
    }
}
