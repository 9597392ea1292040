//! A county of invented enterprises, and what the hub makes of it as texts that can be compared.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use ingest::generate::{Plan, Scale};
use ingest::{Adapter, Ingester, Report, Request, Silent};
use support::{TestDatabase, test_clock};

use crate::ingestion::order::dump::dump;

/// What readers see, without known time, which tells when things were learned. The feed is reduced to the last word
/// about each record; one that moved is gone, or never came, as the order has it.
const GOLDEN: &[(&str, &str)] = &[
    (
        "enterprise",
        "SELECT key, credit_code, organization_code, name, name_key, status, status_word, address, established_on, merged_into, \
         flags, audience, region FROM enterprise ORDER BY key",
    ),
    (
        "enterprise_former_name",
        "SELECT enterprise_key, ordinal, name, name_key, until FROM enterprise_former_name ORDER BY enterprise_key, ordinal",
    ),
    (
        "product",
        "SELECT key, owner_key, name, generic_name, brand, spec, model, gtin, gtin_key, category, flags, region FROM product ORDER BY key",
    ),
    (
        "declaration",
        "SELECT key, owner_key, enterprise_name, standard_key, standard_number, standard_name, standard_kind, record_id, status, \
         status_word, published_on, first_declared_on, declared_on, ended_on, CASE WHEN text_public THEN 1 ELSE 0 END AS text_public, \
         pledge, indicators, product_keys, flags, region FROM declaration ORDER BY key",
    ),
    (
        "declaration_version",
        "SELECT declaration_key, hash, ordinal, record_id, change_kind, valid_from, valid_until, modified_on, enterprise_name \
         FROM declaration_version WHERE known_until IS NULL ORDER BY declaration_key, ordinal, hash",
    ),
    (
        "standard_execution",
        "SELECT declaration_key, hash, product_key, ordinal, valid_from, valid_until FROM standard_execution \
         WHERE known_until IS NULL ORDER BY declaration_key, product_key, ordinal, hash",
    ),
    (
        "declaration_citation",
        "SELECT declaration_key, standard_key, number FROM declaration_citation ORDER BY declaration_key, standard_key",
    ),
    (
        "declaration_finding",
        "SELECT declaration_key, rule FROM declaration_finding ORDER BY declaration_key, rule",
    ),
    (
        "standard",
        "SELECT key, number, name, issued_on FROM standard ORDER BY key",
    ),
    (
        "search_entry",
        "SELECT id, kind, key, folded, weight, region, number_key FROM search_entry ORDER BY id",
    ),
    (
        "record",
        "SELECT kind, key, hash, audience, region FROM record WHERE hash <> '' ORDER BY kind, key",
    ),
    (
        "feed",
        "SELECT kind, record_key, op, audience, region, body FROM feed f WHERE pos = (SELECT max(pos) FROM feed g \
         WHERE g.kind = f.kind AND g.record_key = f.record_key) AND op <> 'DELETE' ORDER BY kind, record_key",
    ),
    (
        "assertion",
        "SELECT kind, key, source, part, hash, first_as_of, as_of, CASE WHEN retracted THEN 1 ELSE 0 END AS retracted, body \
         FROM assertion ORDER BY kind, key, source, hash",
    ),
];

/// The scale of tests: a county, or what `NQI_TEST_SCALE` says (county, city).
pub(super) fn scale() -> Scale {
    let word = std::env::var("NQI_TEST_SCALE").unwrap_or_else(|_| "county".to_owned());
    match word.parse() {
        Ok(scale) => scale,
        Err(error) => panic!("NQI_TEST_SCALE: {error}"),
    }
}

/// The plan of a generated place.
pub(super) fn plan(scale: Scale, seed: u64) -> Plan {
    match Plan::county() {
        Ok(county) => Plan {
            scale,
            seed,
            ..county
        },
        Err(error) => panic!("{error}"),
    }
}

/// The deliveries of a plan.
pub(super) fn deliveries(plan: &Plan, folder: &Path) -> Vec<Request> {
    match plan.deliveries(folder) {
        Ok(requests) => requests,
        Err(cause) => panic!("{}: {cause}", folder.display()),
    }
}

/// A request for declarations.
pub(super) fn declarations(path: PathBuf, as_of: chrono::NaiveDate) -> Request {
    Request {
        adapter: Adapter::EnterpriseStandardPlatform,
        path,
        as_of: Some(as_of),
        complete: false,
    }
}

/// An ingester on a test's database.
pub(super) async fn ingester(database: &TestDatabase) -> Ingester {
    let made = Ingester::new(
        database.open().await,
        test_clock(),
        database.folder().join("data"),
    )
    .await;
    match made {
        Ok(ingester) => ingester,
        Err(error) => panic!("{error}"),
    }
}

/// Takes a file in, whatever share of it goes to quarantine.
pub(super) async fn take(ingester: &Ingester, request: &Request) -> Report {
    match ingester.ingest(request, &Silent).await {
        Ok(report) => report,
        Err(error) => panic!("{}: {error}", request.path.display()),
    }
}

/// What readers see, as texts by table.
pub(super) async fn golden(database: &TestDatabase) -> BTreeMap<&'static str, Vec<String>> {
    dump(&database.raw().await, GOLDEN).await
}

/// Compares table by table, and tells the first rows that differ.
pub(super) fn assert_same(
    left: &BTreeMap<&'static str, Vec<String>>,
    right: &BTreeMap<&'static str, Vec<String>>,
    what: &str,
) {
    for (table, rows) in left {
        let other = &right[table];
        let only_left: Vec<&String> = rows.iter().filter(|row| !other.contains(row)).take(3).collect();
        let only_right: Vec<&String> = other.iter().filter(|row| !rows.contains(row)).take(3).collect();
        assert!(
            rows == other,
            "{what}: {table} has {} and {} rows\n{only_left:#?}\n{only_right:#?}",
            rows.len(),
            other.len()
        );
    }
}
