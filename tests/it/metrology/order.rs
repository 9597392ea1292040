//! The same files in any order, again, split, and an older one behind a newer one: the same instruments, and no event for what is known.

use sea_orm::{ConnectionTrait, Statement};
use support::chance::seed;
use support::{Chance, Engine, on_both};

use super::*;

/// What readers see, with every column, and the last word of the feed about each record.
const TABLES: [&str; 3] = [
    "SELECT key, owner_key, owner, owner_name, name, serial_number, maker, model, measuring_range, purposes, verification_mode, \
     period_count, period_unit, period_word, status, status_word, site, registered, filed, mandatory_code, verified_on, due_on, duty, \
     merged_into, flags, audience, region FROM measuring_instrument ORDER BY key",
    "SELECT instrument_key, ordinal, verified_on, agency, conclusion, certificate_number, valid_until, next_on \
     FROM instrument_verification ORDER BY instrument_key, ordinal",
    "SELECT kind, record_key, op, audience, region, owner, body FROM feed f WHERE pos = (SELECT max(pos) FROM feed g \
     WHERE g.kind = f.kind AND g.record_key = f.record_key) ORDER BY kind, record_key",
];

async fn dump(database: &TestDatabase) -> Vec<String> {
    let raw = database.raw().await;
    let mut lines = Vec::new();
    for sql in TABLES {
        let json = match raw.get_database_backend() {
            sea_orm::DbBackend::Postgres => {
                format!("SELECT CAST(row_to_json(t) AS text) AS line FROM ({sql}) t")
            }
            _ => {
                let columns = sql
                    .trim_start_matches("SELECT ")
                    .split(" FROM ")
                    .next()
                    .unwrap_or_default();
                let pairs: Vec<String> = columns
                    .split(", ")
                    .map(|name| format!("'{}', {0}", name.trim()))
                    .collect();
                format!("SELECT json_object({}) AS line FROM ({sql}) t", pairs.join(", "))
            }
        };
        let statement = Statement::from_string(raw.get_database_backend(), json);
        for row in raw.query_all_raw(statement).await.unwrap() {
            lines.push(row.try_get::<String>("", "line").unwrap());
        }
    }
    raw.close().await.unwrap();
    lines
}

async fn events(db: &Database) -> i64 {
    let raw = entity::change::events_after(db, &entity::Scope::operator(), 0, 100_000)
        .await
        .unwrap();
    raw.last().map_or(0, |event| event.pos)
}

/// Ledgers of one source on several days: rows of one day are told once.
fn files() -> Vec<(&'static str, String, &'static str)> {
    let coded = |code: &str, row: Row| Row {
        code: code.to_owned(),
        ..row
    };
    vec![
        (
            "2025.csv",
            ledger(&[
                row("A-1", 1).verified("2025-02-01", "2026-01-31"),
                row("A-2", 1),
                coded("Q-3", row("A-3", 2).verified("2025-03-01", "2026-02-28")),
                Row {
                    registered: "否".to_owned(),
                    filed: "否".to_owned(),
                    ..row("A-4", 2)
                },
            ]),
            "2025-06-01",
        ),
        (
            "2026.csv",
            ledger(&[
                coded("Q-1", row("A-1", 1).verified("2026-02-03", "2027-02-02")),
                Row {
                    status: "停用".to_owned(),
                    ..row("A-2", 1)
                },
                coded("Q-3", row("A-3", 2).verified("2026-03-01", "2027-02-28")),
                Row {
                    registered: "是".to_owned(),
                    filed: "否".to_owned(),
                    ..row("A-4", 2)
                },
            ]),
            "2026-06-01",
        ),
        (
            "agency.csv",
            format!(
                "器具名称,出厂编号,制造厂家,委托单位,信用代码,行政区划,检定日期,检定结论,证书编号,有效期至\n\
                 电子台秤,A-3,编造衡器厂,苏州编造2号超市有限公司,{0},{HERE},2026-03-01,合格,LX-3,2027-02-28\n\
                 电子台秤,A-4,编造衡器厂,苏州编造2号超市有限公司,{0},{HERE},2026-04-01,不合格,LX-4,\n",
                credit_code(2)
            ),
            "2026-05-01",
        ),
    ]
}

/// Takes files in, in this order.
async fn filled(engine: Engine, files: &[(&'static str, String, &'static str)]) -> (TestDatabase, Database) {
    let database = TestDatabase::new(engine).await;
    let db = database.open().await;
    for (name, text, as_of) in files {
        let report = bring(&database, &db, Adapter::MetrologyLedger, name, text, as_of).await;
        assert_eq!(report.counts.quarantined, 0, "{name}: {report:?}");
    }
    (database, db)
}

/// The rows of a file as files of their own, and the lines of a file in another order.
fn cut(text: &str, chance: &mut Chance) -> Vec<String> {
    let (header, rows) = text.split_once('\n').unwrap();
    let mut rows: Vec<&str> = rows.lines().collect();
    chance.shuffle(&mut rows);
    let at = usize::try_from(chance.below(rows.len() as u64 + 1)).unwrap();
    let (one, other) = rows.split_at(at);
    [one, other]
        .into_iter()
        .filter(|rows| !rows.is_empty())
        .map(|rows| format!("{header}\n{}\n", rows.join("\n")))
        .collect()
}

on_both! {
    async fn any_order_gives_the_same_instruments(engine) {
        let mut chance = Chance::new(seed("any_order_gives_the_same_instruments"));
        let (first, db) = filled(engine, &files()).await;
        let expected = dump(&first).await;
        assert!(expected.len() > 10);
        db.close().await.unwrap();
        for _ in 0..4 {
            let mut parts = Vec::new();
            for (name, text, as_of) in files() {
                parts.extend(cut(&text, &mut chance).into_iter().map(|part| (name, part, as_of)));
            }
            chance.shuffle(&mut parts);
            let (other, db) = filled(engine, &parts).await;
            let shown = dump(&other).await;
            db.close().await.unwrap();
            assert_eq!(shown, expected, "{:?}", parts.iter().map(|part| part.0).collect::<Vec<_>>());
        }
    }

    async fn the_same_files_again_say_nothing(engine) {
        let (database, db) = filled(engine, &files()).await;
        let (before, last) = (dump(&database).await, events(&db).await);
        for (name, text, as_of) in files().iter().rev() {
            // Another last line, so that the bytes are others.
            let report = bring(&database, &db, Adapter::MetrologyLedger, name, &format!("{text}\n"), as_of).await;
            assert_eq!((report.counts.created, report.counts.updated), (0, 0), "{name}: {report:?}");
        }
        assert_eq!(events(&db).await, last, "an event for what is known");
        assert_eq!(dump(&database).await, before);
    }

    async fn a_part_of_a_file_that_was_cut_is_held(engine) {
        let database = TestDatabase::new(engine).await;
        let db = database.open().await;
        let text = ledger(&[row("A-1", 1), row("A-2", 1)]);
        let cut: String = text.chars().take(text.chars().count() - 30).collect();
        let report = bring(&database, &db, Adapter::MetrologyLedger, "cut.csv", &cut, "2026-06-01").await;
        assert_eq!(report.state.as_str(), "HELD", "{report:?}");
    }
}
