//! The second wall, on PostgreSQL: rows stay hidden from the role that reads, although nobody asks for a predicate.

use std::collections::BTreeSet;

use entity::access::{Audience, Identity, Role};
use entity::annotation::AnnotationList;
use entity::change::events_after;
use entity::ingestion::QuarantineFilter;
use entity::page::{List, PageRequest};
use entity::value::{RegionCode, SocialCreditCode};
use entity::{Database, Scope};
use sea_orm::{
    ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, Statement, TransactionTrait,
};
use support::{Engine, TestDatabase};

/// Tables with a wall, and the column that names a row.
const WALLED: [(&str, &str); 9] = [
    ("annotation", "key"),
    ("feed", "record_key"),
    ("measuring_instrument", "key"),
    ("quarantine", "id"),
    ("licence", "key"),
    ("penalty", "key"),
    ("credit_listing", "key"),
    ("credit_repair", "key"),
    ("risk_rating", "key"),
];
/// Tables of credit records, and the columns that have to be filled in each, with a value.
const CREDIT: [(&str, &str, &str); 5] = [
    (
        "licence",
        "subject_name, subject_kind, document_number, document_key, decided_on, received_on",
        "'', '', '', '', '2026-01-01', '2026-01-01'",
    ),
    (
        "penalty",
        "subject_name, subject_kind, document_number, document_key, kinds, decided_on, received_on, term",
        "'', '', '', '', '[]', '2026-01-01', '2026-01-01', 'THREE_YEARS'",
    ),
    (
        "credit_listing",
        "subject_name, subject_kind, list, listed_on",
        "'', '', 'ABNORMAL', '2026-01-01'",
    ),
    (
        "credit_repair",
        "subject_name, subject_kind, target, target_key, applied_on, result",
        "'', '', '', '', '2026-01-01', ''",
    ),
    ("risk_rating", "month, class", "'2026-01-01', 'A'"),
];
const OWN: &str = "91000000MA00000074";
const OWNERS: [&str; 3] = ["", OWN, "91000000MA00000090"];
/// A bureau, its zone, its neighbour, the city of both, another province, a code that goes on in no whole level, and none.
const REGIONS: [&str; 7] = ["320582", "320582.01", "320581", "320500", "330000", "3205820", ""];

/// Somebody who reads: what the database is told of them, and what they may see by the rules.
struct Reader {
    scope: Scope,
    audiences: &'static str,
    district: &'static str,
    enterprise: &'static str,
    sees: fn(audience: &str, region: &str, owner: &str) -> bool,
}

fn scope(role: Role, region: Option<&str>, enterprise: Option<&str>) -> Scope {
    Scope::of(&Identity {
        role,
        region: region.and_then(RegionCode::parse),
        enterprise: enterprise.and_then(SocialCreditCode::parse),
        ..Identity::public()
    })
}

fn readers() -> Vec<Reader> {
    let inner = "STAFF,ENTERPRISE";
    vec![
        Reader {
            scope: Scope::public(),
            audiences: "",
            district: "",
            enterprise: "",
            sees: |audience, _, _| audience == "PUBLIC",
        },
        Reader {
            scope: scope(Role::Staff, Some("320582"), None),
            audiences: inner,
            district: "320582",
            enterprise: "",
            sees: |audience, region, _| audience == "PUBLIC" || ["320582", "320582.01", ""].contains(&region),
        },
        Reader {
            scope: scope(Role::Staff, Some("320500"), None),
            audiences: inner,
            district: "3205__",
            enterprise: "",
            sees: |audience, region, _| {
                audience == "PUBLIC" || ["320582", "320582.01", "320581", "320500", ""].contains(&region)
            },
        },
        Reader {
            scope: scope(Role::Staff, Some("320582.01"), None),
            audiences: inner,
            district: "320582.01",
            enterprise: "",
            sees: |audience, region, _| audience == "PUBLIC" || ["320582.01", ""].contains(&region),
        },
        Reader {
            scope: scope(Role::Aggregator, Some("320582"), None),
            audiences: "ENTERPRISE",
            district: "320582",
            enterprise: "",
            sees: |audience, region, _| {
                audience == "PUBLIC"
                    || (audience == "ENTERPRISE" && ["320582", "320582.01", ""].contains(&region))
            },
        },
        Reader {
            scope: scope(Role::Enterprise, None, Some(OWN)),
            audiences: inner,
            district: "",
            enterprise: OWN,
            sees: |audience, _, owner| audience == "PUBLIC" || (audience == "ENTERPRISE" && owner == OWN),
        },
        Reader {
            scope: Scope::operator(),
            audiences: inner,
            district: "*",
            enterprise: "",
            sees: |_, _, _| true,
        },
    ]
}

async fn run(connection: &DatabaseConnection, sql: &str) {
    if let Err(error) = connection.execute_unprepared(sql).await {
        panic!("{sql}: {error}");
    }
}

/// A database with a row of every audience, region and owner in every walled table; the name of a row says which.
async fn filled() -> (TestDatabase, Database, DatabaseConnection) {
    let database = TestDatabase::new(Engine::Postgres).await;
    let db = database.open().await;
    let raw = database.raw().await;
    let mut position = 0;
    for audience in Audience::ALL {
        for (region, owner) in REGIONS
            .iter()
            .flat_map(|region| OWNERS.map(|owner| (region, owner)))
        {
            let audience = audience.as_str();
            let name = format!("{audience}/{region}/{owner}");
            position += 1;
            let statements = [
                format!(
                    "INSERT INTO annotation (key, declaration_key, owner, region, kind, text, meant_for, stage, author, \
                     drafted_at, version, changed_at, audience) VALUES ('{name}', '', '{owner}', '{region}', 'REMARK', '', \
                     'PUBLIC', 'DRAFT', '', now(), 1, now(), '{audience}')"
                ),
                format!(
                    "INSERT INTO feed (pos, kind, op, record_key, version, audience, region, owner, body, at) VALUES \
                     ({position}, 'Annotation', 'UPSERT', '{name}', 1, '{audience}', '{region}', '{owner}', '{{}}', now())"
                ),
                format!(
                    "INSERT INTO measuring_instrument (key, owner_key, owner, name, purposes, duty, flags, audience, region) VALUES \
                     ('{name}', '', '{owner}', '', '[]', 'OPEN', '[]', '{audience}', '{region}')"
                ),
                format!("INSERT INTO instrument_verification (instrument_key, ordinal) VALUES ('{name}', 0)"),
            ];
            for statement in statements {
                run(&raw, &statement).await;
            }
            for (table, columns, values) in CREDIT {
                let insert = format!(
                    "INSERT INTO {table} (key, owner_key, owner, {columns}, flags, audience, region) \
                     VALUES ('{name}', '', '{owner}', {values}, '[]', '{audience}', '{region}')"
                );
                run(&raw, &insert).await;
            }
        }
        for region in REGIONS {
            let audience = audience.as_str();
            let insert = format!(
                "INSERT INTO quarantine (id, run_id, source, object_sha256, file_name, row_no, line_no, code, message, remedy, \
                 raw, adapter_version, attempts, state, created_at, audience, region) VALUES ('{audience}/{region}/', '', '', \
                 '', '', 1, 1, '', '', '', '', '', 0, 'OPEN', now(), '{audience}', '{region}')"
            );
            run(&raw, &insert).await;
        }
    }
    (database, db, raw)
}

async fn names(connection: &impl ConnectionTrait, sql: String) -> BTreeSet<String> {
    let rows = connection
        .query_all_raw(Statement::from_string(DbBackend::Postgres, sql))
        .await
        .unwrap();
    rows.iter().map(|row| row.try_get("", "name").unwrap()).collect()
}

/// What of all names a reader sees by the rules.
fn allowed(all: &BTreeSet<String>, reader: &Reader) -> BTreeSet<String> {
    let seen = all.iter().filter(|name| {
        let parts: Vec<&str> = name.split('/').collect();
        (reader.sees)(parts[0], parts[1], parts[2])
    });
    seen.cloned().collect()
}

#[tokio::test]
async fn rows_stay_hidden_from_the_role_that_reads_when_nobody_asks_for_a_predicate() {
    let (_database, _db, raw) = filled().await;
    for (table, name) in WALLED {
        let every = format!("SELECT {name} AS name FROM {table}");
        let all = names(&raw, every.clone()).await;
        assert_eq!(
            all.len(),
            if table == "quarantine" { 21 } else { 63 },
            "the owner sees all"
        );
        for reader in readers() {
            let transaction = as_reader(&raw).await;
            let told = format!(
                "SELECT set_config('nqi.audiences', '{}', true), set_config('nqi.district', '{}', true), \
                 set_config('nqi.enterprise', '{}', true)",
                reader.audiences, reader.district, reader.enterprise
            );
            transaction.execute_unprepared(&told).await.unwrap();
            let seen = names(&transaction, every.clone()).await;
            transaction.rollback().await.unwrap();
            assert_eq!(seen, allowed(&all, &reader), "{table}, {:?}", reader.scope);
        }
        if table == "measuring_instrument" {
            // A verification is seen with its instrument.
            let transaction = as_reader(&raw).await;
            let every = "SELECT instrument_key AS name FROM instrument_verification".to_owned();
            let seen = names(&transaction, every).await;
            transaction.rollback().await.unwrap();
            assert_eq!(seen, allowed(&all, &readers()[0]), "instrument_verification");
        }
        // Whoever tells nothing sees what is public.
        let transaction = as_reader(&raw).await;
        let seen = names(&transaction, every).await;
        assert_eq!(seen, allowed(&all, &readers()[0]), "{table}");
    }
}

/// A transaction of the role that reads.
async fn as_reader(raw: &DatabaseConnection) -> DatabaseTransaction {
    let transaction = raw.begin().await.unwrap();
    let role = format!("SET LOCAL ROLE {}", migration::READER);
    transaction.execute_unprepared(&role).await.unwrap();
    transaction
}

/// How many rows of each walled table the hub shows.
async fn shown(db: &Database, scope: &Scope) -> [usize; 4] {
    let page = PageRequest {
        limit: 200,
        ..PageRequest::default()
    };
    let list = AnnotationList::default();
    let annotations = list.list(db, scope, &page).await.unwrap().items.len();
    let counted = usize::try_from(list.count(db, scope).await.unwrap()).unwrap();
    let events = events_after(db, scope, 0, 1_000).await.unwrap().len();
    let set_aside = QuarantineFilter::default();
    let set_aside = set_aside.list(db, scope, &page).await.unwrap().items.len();
    [annotations, counted, events, set_aside]
}

#[tokio::test]
async fn the_hub_reads_behind_the_wall_and_tells_it_of_each_reader() {
    let (_database, db, raw) = filled().await;
    let mut open = Vec::new();
    for reader in readers() {
        let seen = shown(&db, &reader.scope).await;
        assert!(seen.iter().all(|rows| *rows > 0), "{:?}", reader.scope);
        open.push(seen);
    }
    // The wall lets nobody through but whom these settings name; the first wall stands as before.
    for (through, wanted) in readers().iter().enumerate() {
        let narrow = format!(
            "CREATE OR REPLACE FUNCTION nqi_seen(audience text, region text, owner text) RETURNS boolean LANGUAGE sql STABLE \
             PARALLEL SAFE AS $f$ SELECT coalesce(current_setting('nqi.audiences', true), '') = '{}' \
             AND coalesce(current_setting('nqi.district', true), '') = '{}' \
             AND coalesce(current_setting('nqi.enterprise', true), '') = '{}' $f$",
            wanted.audiences, wanted.district, wanted.enterprise
        );
        run(&raw, &narrow).await;
        // Twice and by turns: nothing of a reader stays with a connection.
        for (at, reader) in readers()
            .iter()
            .enumerate()
            .chain(readers().iter().enumerate().rev())
        {
            let expected = if at == through { open[at] } else { [0; 4] };
            assert_eq!(
                shown(&db, &reader.scope).await,
                expected,
                "{:?} behind {through}",
                reader.scope
            );
        }
    }
}

#[tokio::test]
async fn secrets_and_what_is_held_back_word_for_word_are_closed_to_the_role_that_reads() {
    let (_database, _db, raw) = filled().await;
    for statement in [
        "SELECT * FROM hub_secret",
        "SELECT * FROM annotation_request",
        "SELECT * FROM raw_key",
        "SELECT * FROM webhook",
        "SELECT * FROM webhook_dead",
        "UPDATE annotation SET audience = 'PUBLIC'",
        "INSERT INTO revoked_token (token_id, of_use_until) VALUES ('x', 1)",
        "DELETE FROM feed",
    ] {
        let transaction = as_reader(&raw).await;
        let refused = transaction.execute_unprepared(statement).await;
        let refused = refused.unwrap_err().to_string();
        assert!(refused.contains("permission denied"), "{statement}: {refused}");
    }
}

#[tokio::test]
async fn an_owner_without_the_powers_of_an_administrator_serves_behind_the_wall() {
    let (database, db, raw) = filled().await;
    drop(db);
    let name = database.url().rsplit('/').next().unwrap_or_default().to_owned();
    let (owner, own) = (format!("{name}_owner"), format!("{name}_own"));
    let cluster = std::env::var("NQI_TEST_POSTGRES").unwrap();
    let admin = sea_orm::Database::connect(&cluster).await.unwrap();
    run(&admin, &format!("CREATE ROLE {owner} LOGIN")).await;
    run(&admin, &format!("CREATE DATABASE {own} OWNER {owner}")).await;
    let (scheme, rest) = cluster.split_once("://").unwrap();
    let (_, host) = rest.rsplit_once('@').unwrap();
    let host = host.split('/').next().unwrap();
    let url = format!("{scheme}://{owner}@{host}/{own}");

    // Without the grant that an administrator has to give, the schema is refused with the remedy.
    let own_db = Database::connect(&url).await.unwrap();
    let refused = own_db.migrate().await.unwrap_err().to_string();
    assert!(refused.contains("GRANT nqi_hub_reader TO"), "{refused}");
    run(&admin, &format!("GRANT {} TO {owner}", migration::READER)).await;
    own_db.migrate().await.unwrap();
    for reader in readers() {
        assert_eq!(shown(&own_db, &reader.scope).await, [0; 4]);
    }
    assert!(!own_db.secret("annotation").await.unwrap().is_empty());
    own_db.close().await.unwrap();
    raw.close().await.unwrap();
    run(&admin, &format!("DROP DATABASE {own} WITH (FORCE)")).await;
    run(&admin, &format!("DROP ROLE {owner}")).await;
}
