//! The lists of the property test: how each is filtered and ordered by chance, and what that says of a row.

use std::collections::BTreeSet;

use support::Chance;

use super::model_rows::{REGIONS, Row, lies_in};
use super::world::{RECORDS, node_id};

/// A condition on a column: the member of the filter, the column, and what it is tried with.
enum Condition {
    /// One of some words.
    In(&'static str, &'static str, &'static [&'static str]),
    /// A word.
    Is(&'static str, &'static str, &'static [&'static str]),
    /// A region and what lies in it.
    Region,
}
use Condition::{In, Is, Region};

/// A list: its root field, its table, its conditions, its orders.
pub(super) struct List {
    pub(super) root: &'static str,
    pub(super) table: &'static str,
    conditions: &'static [Condition],
    orders: &'static [&'static str],
}

const ORDER: [&str; 2] = ["direction: ASC", "direction: DESC"];

pub(super) const LISTS: &[List] = &[
    List {
        root: "standards",
        table: "standard",
        conditions: &[
            In("kind", "kind", &["NATIONAL", "ENTERPRISE"]),
            In("nature", "nature", &["RECOMMENDED", "MANDATORY"]),
            In("statusReported", "status_reported", &["IN_FORCE", "WITHDRAWN"]),
            Region,
        ],
        orders: &[
            "orderBy: { field: NUMBER, direction: DESC }",
            "orderBy: { field: ISSUED_ON }",
        ],
    },
    List {
        root: "regions",
        table: "region",
        conditions: &[Is("level", "level", &["COUNTY", "CITY"])],
        orders: &[],
    },
    List {
        root: "enterprises",
        table: "enterprise",
        conditions: &[In("status", "status", &["IN_OPERATION"]), Region],
        orders: &[
            "orderBy: { field: NAME }",
            "orderBy: { field: KEY, direction: DESC }",
        ],
    },
    List {
        root: "products",
        table: "product",
        conditions: &[Region],
        orders: &ORDER,
    },
    List {
        root: "declarations",
        table: "declaration",
        conditions: &[
            In("status", "status", &["CURRENT", "WITHDRAWN"]),
            In("kind", "standard_kind", &["ENTERPRISE"]),
            Region,
        ],
        orders: &[
            "orderBy: { field: DECLARED_ON, direction: DESC }",
            "orderBy: { field: KEY }",
        ],
    },
    List {
        root: "annotations",
        table: "annotation",
        conditions: &[
            In(
                "stage",
                "stage",
                &["DRAFT", "AUTHORISED", "PUBLISHED", "WITHDRAWN"],
            ),
            In("kind", "kind", &["CONFIRMED", "REMARK"]),
            In("rule", "rule", &["DECLARED_LATE", "NUMBER_FORM"]),
            Region,
        ],
        orders: &ORDER,
    },
    List {
        root: "ingestionRuns",
        table: "ingest_run",
        conditions: &[Is("state", "state", &["SUCCEEDED", "FAILED"])],
        orders: &[],
    },
    List {
        root: "quarantine",
        table: "quarantine",
        conditions: &[Is("state", "state", &["OPEN", "RESOLVED"])],
        orders: &[],
    },
    List {
        root: "instruments",
        table: "measuring_instrument",
        conditions: &[
            In("status", "status", &["IN_USE", "STOPPED"]),
            In("verificationMode", "verification_mode", &["PERIODIC"]),
            Region,
        ],
        orders: &[
            "orderBy: { field: DUE_ON, direction: DESC }",
            "orderBy: { field: NAME }",
        ],
    },
    List {
        root: "institutions",
        table: "testing_institution",
        conditions: &[In("status", "status", &["VALID", "REVOKED"]), Region],
        orders: &[
            "orderBy: { field: VALID_UNTIL }",
            "orderBy: { field: NAME, direction: DESC }",
        ],
    },
    List {
        root: "typeApprovals",
        table: "type_approval",
        conditions: &[
            In("status", "status", &["VALID", "REVOKED"]),
            Is("origin", "origin", &["DOMESTIC", "IMPORT"]),
            Region,
        ],
        orders: &[
            "orderBy: { field: APPROVED_ON }",
            "orderBy: { field: INSTRUMENT_NAME, direction: DESC }",
        ],
    },
    List {
        root: "penalties",
        table: "penalty",
        conditions: &[Region],
        orders: &ORDER,
    },
    List {
        root: "licences",
        table: "licence",
        conditions: &[Region],
        orders: &ORDER,
    },
    List {
        root: "creditListings",
        table: "credit_listing",
        conditions: &[Is("list", "list", &["ABNORMAL", "SERIOUS"]), Region],
        orders: &ORDER,
    },
];

impl List {
    /// Conditions and an order by chance, with what the conditions say of a row.
    pub(super) fn query(&self, chance: &mut Chance) -> (String, Vec<(String, BTreeSet<String>)>) {
        let (mut members, mut holds) = (Vec::new(), Vec::new());
        for condition in self.conditions {
            if chance.percent(65) {
                continue;
            }
            match condition {
                In(name, column, words) => {
                    let some: BTreeSet<String> = words
                        .iter()
                        .filter(|_| chance.percent(60))
                        .map(|word| (*word).to_owned())
                        .collect();
                    let told: Vec<&str> = some.iter().map(String::as_str).collect();
                    members.push(format!("{name}: [{}]", told.join(", ")));
                    holds.push(((*column).to_owned(), some));
                }
                Is(name, column, words) => {
                    let word = (*chance.pick(words)).to_owned();
                    members.push(format!("{name}: {word}"));
                    holds.push(((*column).to_owned(), BTreeSet::from([word])));
                }
                Region => {
                    let code = (*chance.pick(&REGIONS[..6])).to_owned();
                    members.push(format!("regionCode: \"{code}\""));
                    holds.push(("region".to_owned(), BTreeSet::from([code])));
                }
            }
        }
        let mut arguments = format!("filter: {{ {} }}, ", members.join(", "));
        if !self.orders.is_empty() && chance.percent(70) {
            arguments += &format!("{}, ", chance.pick(self.orders));
        }
        (arguments, holds)
    }

    /// The id of a row over HTTP.
    pub(super) fn id(&self, key: &str) -> String {
        let kind = RECORDS.iter().find(|(table, ..)| *table == self.table);
        kind.map_or_else(|| key.to_owned(), |(_, _, kind)| node_id(kind, key))
    }
}

/// Whether a row meets the conditions. An enterprise that turned out to be another is that other.
pub(super) fn meets(row: &Row, holds: &[(String, BTreeSet<String>)]) -> bool {
    let is_itself = row.get("merged_into").is_none_or(String::is_empty);
    is_itself
        && holds.iter().all(|(column, words)| match column.as_str() {
            // A row of no region lies in none that is asked for.
            "region" => !row[column].is_empty() && words.iter().all(|code| lies_in(&row[column], code)),
            _ => words.contains(&row[column]),
        })
}
