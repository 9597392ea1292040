//! A trail for tests: who asks, entries, and a hand on the tables without the guards.

use chrono::TimeDelta;
use entity::access::{Identity, Role};
use entity::audit::{Asked, AuditKey, Entry, Fault, Model, Report, Wanted, append_alone, sign_head, verify};
use entity::page::{List, PageRequest};
use entity::{Clock, Database, Scope, audit::AuditFilter};
use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, DbErr, Statement, Value};
use support::{Engine, TestDatabase, test_clock};

/// Somebody in a role.
pub(super) fn somebody(role: Role, subject: &str) -> Identity {
    Identity {
        role,
        issuer: "https://login.example.org".to_owned(),
        subject: subject.to_owned(),
        client: "portal".to_owned(),
        token: format!("token-of-{subject}"),
        ..Identity::public()
    }
}

/// A request of somebody.
pub(super) fn asked(subject: &str) -> Asked {
    Asked {
        identity: somebody(Role::Staff, subject),
        operation_hash: "ab".repeat(32),
        operation_name: "ShowPerson".to_owned(),
        address: "192.0.2.7".to_owned(),
        request_id: format!("request-of-{subject}"),
    }
}

/// An entry with something in every field.
pub(super) fn entry(number: u64) -> Entry {
    Entry::allowed(&asked(&format!("clerk-{number}")), "Enterprise")
        .objects(&[format!("key-{number}"), "张家港".to_owned()])
        .rows(number)
        .because("READ")
        .unmasked(&["phone"], "投诉核查")
}

/// The test clock so much later.
pub(super) fn later(by: TimeDelta) -> Clock {
    Clock::Fixed(test_clock().now() + by)
}

pub(super) async fn key(db: &Database) -> AuditKey {
    AuditKey::of(db).await.unwrap()
}

pub(super) async fn sign(db: &Database) -> Option<i64> {
    let head = sign_head(db, &test_clock(), &key(db).await).await.unwrap();
    head.map(|head| head.seq)
}

pub(super) async fn fill(db: &Database, numbers: std::ops::RangeInclusive<u64>) {
    for number in numbers {
        append_alone(db, &test_clock(), entry(number)).await.unwrap();
    }
}

/// Twelve entries, with heads of the entries 5, 10 and 12. Nobody is connected to it.
pub(super) async fn signed(engine: Engine) -> TestDatabase {
    let database = TestDatabase::new(engine).await;
    let db = database.open().await;
    for part in [1..=5, 6..=10, 11..=12] {
        let end = i64::try_from(*part.end()).unwrap();
        fill(&db, part).await;
        assert_eq!(sign(&db).await, Some(end));
        assert_eq!(sign(&db).await, None, "there is nothing new");
    }
    let report = proved(&db).await;
    assert_eq!((report.entries, report.heads, report.trouble), (12, 3, None));
    db.close().await.unwrap();
    database
}

pub(super) async fn proved(db: &Database) -> Report {
    verify(db, &Wanted::default()).await.unwrap()
}

/// The first thing that is wrong.
pub(super) fn found(report: &Report) -> Option<(i64, Fault)> {
    report
        .trouble
        .as_ref()
        .map(|trouble| (trouble.seq, trouble.fault))
}

/// Every entry, the oldest first, as an auditor reads it.
pub(super) async fn entries(db: &Database) -> Vec<Model> {
    let scope = Scope::of(&somebody(Role::Auditor, "auditor"));
    let page = PageRequest {
        limit: 10_000,
        from_end: false,
        ..PageRequest::default()
    };
    let mut items = AuditFilter::default()
        .list(db, &scope, &page)
        .await
        .unwrap()
        .items;
    items.reverse();
    items
}

/// Runs statements that must succeed.
pub(super) async fn run(raw: &DatabaseConnection, statements: &[&str]) {
    for sql in statements {
        if let Err(error) = raw.execute_unprepared(sql).await {
            panic!("{sql}: {error}");
        }
    }
}

/// Runs one statement with values.
pub(super) async fn run_with(raw: &DatabaseConnection, sql: &str, values: Vec<Value>) -> Result<u64, DbErr> {
    let statement = Statement::from_sql_and_values(raw.get_database_backend(), sql, values);
    Ok(raw.execute_raw(statement).await?.rows_affected())
}

/// Takes the guards of both tables away, as somebody could who owns the database.
pub(super) async fn unguard(raw: &DatabaseConnection) {
    for table in ["audit_entry", "audit_head"] {
        if raw.get_database_backend() == DbBackend::Postgres {
            run(raw, &[&format!("ALTER TABLE {table} DISABLE TRIGGER USER")]).await;
        } else {
            for operation in ["insert", "update", "delete"] {
                run(raw, &[&format!("DROP TRIGGER {table}_{operation}")]).await;
            }
        }
    }
}
