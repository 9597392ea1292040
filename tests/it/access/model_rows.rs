//! Rows that get an audience, a region and an owner by chance, and the plain model of who sees them.

use std::collections::BTreeMap;

use api::identity::Grant;
use entity::access::Role;
use sea_orm::{ConnectionTrait, DatabaseConnection, Statement};
use support::Chance;
use support::bureau::{enterprise, every_role, staff};

use super::reader::credit_code;
use super::world::RECORDS;

/// Where rows lie, and readers have their districts; the last is a zone, which no token names.
pub(super) const REGIONS: [&str; 7] = [
    "320000",
    "320500",
    "320581",
    "320582",
    "330000",
    "330100",
    "320582.01",
];
const AUDIENCES: [&str; 3] = ["PUBLIC", "ENTERPRISE", "STAFF"];

/// The columns of a row, as text; nothing in them is null here.
pub(super) type Row = BTreeMap<String, String>;

/// A table with its key, and whether its rows can belong to an enterprise.
pub(super) struct Table {
    pub(super) name: &'static str,
    pub(super) key: &'static str,
    pub(super) owned: bool,
    /// Columns that filters look at.
    pub(super) columns: &'static [&'static str],
}

pub(super) const TABLES: [Table; 15] = [
    table("standard", "key", false, &["kind", "nature", "status_reported"]),
    table("region", "code", false, &["level"]),
    table("enterprise", "key", false, &["status", "merged_into"]),
    table("product", "key", false, &[]),
    table("declaration", "key", false, &["status", "standard_kind"]),
    table(
        "annotation",
        "key",
        true,
        &["stage", "kind", "rule", "declaration_key"],
    ),
    table("ingest_run", "id", false, &["state", "source"]),
    table("quarantine", "id", false, &["code", "state", "source"]),
    table("feed", "pos", true, &["kind", "record_key"]),
    table(
        "measuring_instrument",
        "key",
        true,
        &["status", "verification_mode", "merged_into"],
    ),
    table("testing_institution", "key", false, &["status"]),
    table("type_approval", "key", false, &["status", "origin"]),
    table("penalty", "key", true, &["public_from", "public_until"]),
    table("licence", "key", true, &["public_from", "public_until"]),
    table(
        "credit_listing",
        "key",
        true,
        &["list", "public_from", "public_until"],
    ),
];

const fn table(
    name: &'static str,
    key: &'static str,
    owned: bool,
    columns: &'static [&'static str],
) -> Table {
    Table {
        name,
        key,
        owned,
        columns,
    }
}

/// Whether the reader with a grant sees a row: what is public; in its district what is for enterprises, and what is for staff if it
/// reads rows; what is for its own enterprise; an auditor everything (属地管理, R47, R78).
pub(super) fn sees(grant: Option<&Grant>, row: &Row) -> bool {
    // The days between which some rows are public lie behind or ahead here; till then and from then on such a row is for its enterprise.
    let is_told = |column: &str| row.get(column).is_some_and(|day| !day.is_empty());
    let audience = match row["audience"].as_str() {
        "PUBLIC" if is_told("public_from") || is_told("public_until") => "ENTERPRISE",
        audience => audience,
    };
    let region = row["region"].as_str();
    if audience == "PUBLIC" {
        return true;
    }
    let Some(grant) = grant else { return false };
    let district = grant.region.as_deref().unwrap_or_default();
    match grant.role {
        Role::Auditor => true,
        Role::Staff | Role::Hub => lies_in(region, district),
        Role::Aggregator => audience == "ENTERPRISE" && lies_in(region, district),
        Role::Enterprise => audience == "ENTERPRISE" && row.get("owner") == grant.enterprise.as_ref(),
        _ => false,
    }
}

/// Whether a region is a district or lies in it: two digits are a province, four a city, six a county. No region lies in each.
pub(super) fn lies_in(region: &str, district: &str) -> bool {
    let mut digits = district;
    while let Some(shorter) = digits.strip_suffix("00") {
        digits = shorter;
    }
    region.is_empty() || region.starts_with(digits)
}

/// Somebody by chance; the public is nobody.
pub(super) fn grant(chance: &mut Chance) -> Option<Grant> {
    match chance.below(10) {
        0 => None,
        1..5 => Some(staff(chance.pick::<&str>(&REGIONS[..6]))),
        5 | 6 => Some(enterprise(&credit_code(*chance.pick(&[1, 2])))),
        _ => {
            let region = *chance.pick(&REGIONS[..6]);
            Some(chance.pick(&every_role(region, &credit_code(1))).clone())
        }
    }
}

async fn run(raw: &DatabaseConnection, sql: &str) {
    if let Err(error) = raw.execute_unprepared(sql).await {
        panic!("{sql}: {error}");
    }
}

/// Adds annotations of every stage and kind on a declaration.
pub(super) async fn annotate(raw: &DatabaseConnection, chance: &mut Chance, declaration: &str) {
    for number in 0..40 {
        let stage = chance.pick(&[
            "DRAFT",
            "SUBMITTED",
            "REVIEWED",
            "AUTHORISED",
            "PUBLISHED",
            "WITHDRAWN",
        ]);
        let kind = chance.pick(&["CONFIRMED", "DISMISSED", "CORRECTION", "REMARK"]);
        let rule = chance.pick(&["DECLARED_LATE", "NUMBER_FORM"]);
        let declaration = if chance.percent(50) {
            declaration
        } else {
            "nothing"
        };
        // Some were written at the same instant.
        let at = format!("2026-11-20T04:00:{:02}+00:00", chance.below(20));
        let insert = format!(
            "INSERT INTO annotation (key, declaration_key, owner, region, kind, rule, text, meant_for, stage, author, drafted_at, \
             version, changed_at, audience) VALUES ('a{number:02}', '{declaration}', '', '', '{kind}', '{rule}', '说明', 'PUBLIC', \
             '{stage}', 'x', '{at}', 1, '{at}', 'STAFF')"
        );
        run(raw, &insert).await;
    }
}

/// Gives every row of a table an audience, a region and an owner by chance; tells the rows as they are then, by their keys.
pub(super) async fn assign(
    raw: &DatabaseConnection,
    chance: &mut Chance,
    table: &Table,
) -> BTreeMap<String, Row> {
    let (name, key) = (table.name, table.key);
    let columns = table.columns.iter();
    let columns: String = columns
        .map(|column| format!(", CAST({column} AS TEXT) AS {column}"))
        .collect();
    let select = format!("SELECT CAST({key} AS TEXT) AS row_key{columns} FROM {name} ORDER BY {key}");
    let statement = Statement::from_string(raw.get_database_backend(), select);
    let mut rows = BTreeMap::new();
    for found in raw.query_all_raw(statement).await.unwrap() {
        let id: String = found.try_get("", "row_key").unwrap();
        let text = |column: &str| {
            found
                .try_get::<Option<String>>("", column)
                .unwrap()
                .unwrap_or_default()
        };
        let mut row: Row = table
            .columns
            .iter()
            .map(|column| ((*column).to_owned(), text(column)))
            .collect();
        let audience = *chance.pick(&AUDIENCES);
        let region = if chance.percent(15) {
            ""
        } else {
            *chance.pick(&REGIONS)
        };
        row.insert("audience".to_owned(), audience.to_owned());
        row.insert("region".to_owned(), region.to_owned());
        let set = format!("audience = '{audience}', region = '{region}'");
        run(
            raw,
            &format!("UPDATE {name} SET {set} WHERE CAST({key} AS TEXT) = '{id}'"),
        )
        .await;
        if table.owned {
            let owner = chance
                .pick(&[String::new(), credit_code(1), credit_code(2)])
                .clone();
            let own = format!("UPDATE {name} SET owner = '{owner}' WHERE CAST({key} AS TEXT) = '{id}'");
            run(raw, &own).await;
            row.insert("owner".to_owned(), owner);
        }
        if let Some((_, _, kind)) = RECORDS.iter().find(|(table, ..)| *table == name) {
            // What search finds is for those for whom the record is.
            let found = format!("UPDATE search_entry SET {set} WHERE kind = '{kind}' AND key = '{id}'");
            run(raw, &found).await;
        }
        rows.insert(id, row);
    }
    assert!(rows.len() >= 3, "{name}: {} rows", rows.len());
    rows
}
