//! Twelve writers against one reader: the feed gives out exactly what was committed, in one order, without gaps.
//!
//! The writers commit chunks as ingesters do. A trigger refuses some of them in the very last moment, when their
//! positions are already taken. The same check is then made on positions drawn from a sequence, and must find faults:
//! a check that cannot fail proves nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use entity::change::{self, feed};
use entity::ingestion::run::{self, NewRun};
use entity::ingestion::{Chunk, Claim, Lease, Row, RowContent, commit, lease, source};
use entity::standard::StandardClaim;
use entity::value::StandardNumber;
use entity::{Database, Scope};
use sea_orm::{ConnectionTrait, DatabaseConnection, Statement, TransactionTrait};
use support::chance::seed;
use support::{Chance, Engine, TestDatabase, on_both, repeat, test_clock};

const WRITERS: u64 = 12;
/// Chunks of a writer for each repetition.
const CHUNKS: u64 = 10;
/// Writers that share a handle, as tasks of one process do; the others are as other processes.
const WRITERS_OF_A_HANDLE: usize = 3;
/// The title of a standard whose chunk is refused.
const REFUSED: &str = "拒绝";
/// A standard that every writer speaks of now and then.
const SHARED: &str = "GB/T 1-2020";

/// What a feed must never do.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Fault {
    /// A position that is not above the one before.
    Disorder(i64, i64),
    /// A position that is not the next one.
    Gap(i64, i64),
    /// A record that was committed and not delivered.
    Lost(String),
    /// A record that was delivered and not committed.
    Invented(String),
    /// A version of a record that does not follow the one before.
    Version(String, i64),
}

/// What a reader was given, in the order in which it came, against what the writers committed.
fn faults(delivered: &[feed::Model], committed: &BTreeSet<String>) -> Vec<Fault> {
    let mut faults = Vec::new();
    let mut before = 0;
    let mut versions: BTreeMap<&str, i64> = BTreeMap::new();
    for event in delivered {
        if event.pos <= before {
            faults.push(Fault::Disorder(before, event.pos));
        } else if event.pos != before + 1 {
            faults.push(Fault::Gap(before, event.pos));
        }
        before = event.pos;
        let version = versions.entry(&event.record_key).or_default();
        if event.version != *version + 1 {
            faults.push(Fault::Version(event.record_key.clone(), event.version));
        }
        *version = event.version;
    }
    let lost = committed
        .iter()
        .filter(|key| !versions.contains_key(key.as_str()));
    faults.extend(lost.cloned().map(Fault::Lost));
    let invented = versions.keys().filter(|key| !committed.contains(**key));
    faults.extend(invented.map(|key| Fault::Invented((*key).to_owned())));
    faults
}

/// Follows the feed as a client does until the writers are done and nothing is left.
async fn follow(db: Database, done: Arc<AtomicBool>, mut chance: Chance) -> Vec<feed::Model> {
    let mut delivered: Vec<feed::Model> = Vec::new();
    loop {
        let writers_done = done.load(Ordering::SeqCst);
        let cursor = delivered.last().map_or(0, |event| event.pos);
        let limit = 1 + chance.below(40);
        let events = change::events_after(&db, &Scope::public(), cursor, limit)
            .await
            .unwrap();
        if events.is_empty() && writers_done {
            return delivered;
        }
        if events.is_empty() {
            tokio::time::sleep(Duration::from_micros(chance.below(2_000))).await;
        }
        delivered.extend(events);
    }
}

/// Lets the writers race each other and one reader; gives what was delivered and what was committed.
async fn race<W: Future<Output = Vec<String>> + Send + 'static>(
    reader: Database,
    chance: Chance,
    writers: Vec<W>,
) -> (Vec<feed::Model>, BTreeSet<String>) {
    let done = Arc::new(AtomicBool::new(false));
    let following = tokio::spawn(follow(reader, done.clone(), chance));
    let writing: Vec<_> = writers.into_iter().map(tokio::spawn).collect();
    let mut committed = BTreeSet::new();
    for writer in writing {
        committed.extend(writer.await.unwrap());
    }
    done.store(true, Ordering::SeqCst);
    (following.await.unwrap(), committed)
}

/// Makes the database refuse a chunk that holds a marked standard after its positions were taken: on PostgreSQL when
/// the commit is under way, and a little late, so that the others pile up behind it.
async fn refuse_marked(connection: &DatabaseConnection, engine: Engine) {
    let statements = match engine {
        Engine::Sqlite => format!(
            "CREATE TRIGGER refuse AFTER INSERT ON feed WHEN NEW.body LIKE '%{REFUSED}%' \
             BEGIN SELECT RAISE(ABORT, 'refused by the test'); END"
        ),
        Engine::Postgres => format!(
            "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN \
             PERFORM pg_sleep((abs(hashtext(NEW.record_key)) % 4) / 1000.0); \
             IF NEW.body LIKE '%{REFUSED}%' THEN RAISE EXCEPTION 'refused by the test'; END IF; RETURN NULL; END $$; \
             CREATE CONSTRAINT TRIGGER refuse AFTER INSERT ON feed DEFERRABLE INITIALLY DEFERRED \
             FOR EACH ROW EXECUTE FUNCTION refuse()"
        ),
    };
    connection.execute_unprepared(&statements).await.unwrap();
}

/// An ingester with a source, a lease and a run of its own.
struct Writer {
    db: Database,
    lease: Lease,
    run: run::Model,
    chance: Chance,
    number: u64,
}

impl Writer {
    async fn new(db: Database, number: u64, chance: Chance) -> Self {
        let clock = test_clock();
        let source = source::Model {
            name: format!("writer-{number:02}"),
            title_zh: "测试来源".to_owned(),
            title_en: "Source of a test".to_owned(),
            rank: 100,
            audience: "PUBLIC".to_owned(),
            region: String::new(),
            precedence: String::new(),
        };
        source::register(&db, std::slice::from_ref(&source))
            .await
            .unwrap();
        let lease = lease::acquire(&db, &source.name, "feed_race", None, clock.now())
            .await
            .unwrap();
        let new = NewRun {
            source,
            adapter: "test".to_owned(),
            adapter_version: "1".to_owned(),
            form: "test".to_owned(),
            object_sha256: format!("{number:064}"),
            file_name: "test".to_owned(),
            as_of: clock.today(),
            complete: false,
            notes: Vec::new(),
            batch: None,
        };
        let run = run::start(&db, new, clock.now()).await.unwrap();
        Self {
            db,
            lease,
            run,
            chance,
            number,
        }
    }

    /// Commits chunks and gives the keys of those that the database took.
    async fn write(mut self, chunks: u64) -> Vec<String> {
        let mut committed = Vec::new();
        for chunk in 1..=chunks {
            tokio::time::sleep(Duration::from_micros(self.chance.below(4_000))).await;
            let refused = self.chance.percent(10);
            let title = if refused { REFUSED } else { "通过" };
            let mut numbers: Vec<String> = (0..1 + self.chance.below(4))
                .map(|row| {
                    format!(
                        "GB/T {}-2020",
                        100_000 + (self.number * 10_000 + chunk) * 10 + row
                    )
                })
                .collect();
            if self.chance.percent(5) {
                numbers.push(SHARED.to_owned());
            }
            let rows = numbers
                .iter()
                .map(|number| self.row(number, &format!("{title} {} {chunk}", self.number)))
                .collect();
            let chunk = Chunk {
                rows,
                checkpoint: i64::try_from(chunk).unwrap(),
            };
            let outcome = commit(&self.db, &test_clock(), &self.lease, &self.run, &chunk).await;
            assert_eq!(outcome.is_err(), refused, "{outcome:?}");
            if !refused {
                committed.extend(
                    numbers
                        .iter()
                        .filter_map(|number| StandardNumber::parse(number).key().map(str::to_owned)),
                );
            }
        }
        committed
    }

    fn row(&self, number: &str, title: &str) -> Row {
        let parsed = StandardNumber::parse(number);
        let claim = serde_json::json!({ "key": parsed.key(), "number": parsed, "name": title });
        let claim: StandardClaim = serde_json::from_value(claim).unwrap();
        Row {
            row_no: 1,
            line_no: 1,
            source: self.run.source.clone(),
            as_of: self.run.as_of,
            content: RowContent::Taken(vec![Claim::Standard(Box::new(claim))]),
        }
    }
}

/// Writes as one would without the counter row: the position is drawn first, outside the order of commits.
async fn write_by_sequence(connection: DatabaseConnection, number: u64, mut chance: Chance) -> Vec<String> {
    let backend = connection.get_database_backend();
    let (draw, now) = if backend == sea_orm::DbBackend::Postgres {
        ("SELECT nextval('feed_sequence') AS pos", "clock_timestamp()")
    } else {
        (
            "UPDATE feed_head SET last_pos = last_pos + 1 WHERE id = 1 RETURNING last_pos AS pos",
            "'2026-11-21T04:00:00.000000+00:00'",
        )
    };
    let insert = format!(
        "INSERT INTO feed (pos, kind, op, record_key, version, audience, region, run_id, body, at) \
         VALUES ($1, 'Standard', 'UPSERT', $2, 1, 'PUBLIC', '', NULL, 'null', {now})"
    );
    let mut committed = Vec::new();
    for event in 0..40 {
        let drawn = Statement::from_string(backend, draw);
        let row = connection.query_one_raw(drawn).await.unwrap().unwrap();
        let position: i64 = row.try_get("", "pos").unwrap();
        tokio::time::sleep(Duration::from_micros(chance.below(4_000))).await;
        let key = format!("{number}-{event}");
        let values = [position.into(), key.as_str().into()];
        let transaction = connection.begin().await.unwrap();
        let inserted = Statement::from_sql_and_values(backend, insert.as_str(), values);
        transaction.execute_raw(inserted).await.unwrap();
        if chance.percent(10) {
            transaction.rollback().await.unwrap();
        } else {
            transaction.commit().await.unwrap();
            committed.push(key);
        }
    }
    committed
}

on_both! {
    async fn the_feed_delivers_what_was_committed(engine) {
        let mut chance = Chance::new(seed("the_feed_delivers_what_was_committed"));
        let database = TestDatabase::new(engine).await;
        let reader = database.open().await;
        refuse_marked(&database.raw().await, engine).await;
        let chunks = CHUNKS * u64::from(repeat());
        let mut handles = Vec::new();
        let mut writers = Vec::new();
        for number in 0..WRITERS {
            if writers.len() % WRITERS_OF_A_HANDLE == 0 {
                handles.push(Database::connect(database.url()).await.unwrap());
            }
            let db = handles.last().unwrap().clone();
            let writer = Writer::new(db, number, Chance::new(chance.draw())).await;
            writers.push(writer.write(chunks));
        }
        let (delivered, committed) = race(reader.clone(), Chance::new(chance.draw()), writers).await;
        println!("{engine:?}: {} events, {} records", delivered.len(), committed.len());
        assert_eq!(faults(&delivered, &committed), []);
        let head = change::head(&reader, &Scope::public()).await.unwrap();
        assert_eq!(head.position, i64::try_from(delivered.len()).unwrap());
        assert!(committed.len() > usize::try_from(WRITERS * chunks).unwrap() / 2, "{}", committed.len());
    }

    async fn the_check_finds_the_faults_of_a_sequence(engine) {
        let mut chance = Chance::new(seed("the_check_finds_the_faults_of_a_sequence"));
        let database = TestDatabase::new(engine).await;
        let reader = database.open().await;
        let connection = database.raw().await;
        if engine == Engine::Postgres {
            connection.execute_unprepared("CREATE SEQUENCE feed_sequence").await.unwrap();
        }
        let writers = (0..WRITERS)
            .map(|number| write_by_sequence(connection.clone(), number, Chance::new(chance.draw())))
            .collect();
        let (delivered, committed) = race(reader, Chance::new(chance.draw()), writers).await;
        let faults = faults(&delivered, &committed);
        let lost = faults.iter().filter(|fault| matches!(fault, Fault::Lost(_))).count();
        println!("{engine:?}: {lost} of {} lost", committed.len());
        assert!(lost > 0, "no event was lost");
        assert!(faults.iter().any(|fault| matches!(fault, Fault::Gap(..))), "no gap");
        assert!(!faults.iter().any(|fault| matches!(fault, Fault::Invented(_))), "{faults:?}");
    }
}

#[test]
fn the_check_names_every_fault() {
    let event = |pos: i64, key: &str, version: i64| feed::Model {
        pos,
        kind: "Standard".to_owned(),
        op: "UPSERT".to_owned(),
        record_key: key.to_owned(),
        version,
        audience: "PUBLIC".to_owned(),
        region: String::new(),
        owner: String::new(),
        run_id: None,
        body: String::new(),
        reason: "SOURCE".to_owned(),
        at: chrono::DateTime::UNIX_EPOCH,
    };
    let committed: BTreeSet<String> = ["a", "b"].map(str::to_owned).into();
    let good = [event(1, "a", 1), event(2, "b", 1), event(3, "a", 2)];
    assert_eq!(faults(&good, &committed), []);
    let table = [
        (vec![event(1, "a", 1)], Fault::Lost("b".to_owned())),
        (vec![event(2, "a", 1), event(3, "b", 1)], Fault::Gap(0, 2)),
        (vec![event(1, "a", 1), event(1, "b", 1)], Fault::Disorder(1, 1)),
        (
            vec![event(1, "a", 1), event(2, "b", 1), event(3, "c", 1)],
            Fault::Invented("c".to_owned()),
        ),
        (
            vec![event(1, "a", 1), event(2, "b", 1), event(3, "b", 1)],
            Fault::Version("b".to_owned(), 1),
        ),
    ];
    for (delivered, fault) in table {
        assert_eq!(faults(&delivered, &committed), [fault]);
    }
}
