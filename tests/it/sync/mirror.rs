//! Copies of a hub over either engine: killed, told of other rights, restored underneath, damaged. In the end each is what a fresh
//! snapshot holds.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Stdio;
use std::sync::atomic::{AtomicBool, Ordering};

use api::identity::Grant;
use client::{Filter, Hub as Remote, Way, reconcile};
use entity::access::Role;
use sea_orm::ConnectionTrait;
use support::bureau::staff;
use support::chance::seed;
use support::hub::binary;
use support::stand_in_hub::Rows;
use support::{Chance, TestDatabase, on_both, repeat};

use super::killed::{killed, synced};
use super::source::{STANDARDS, Source, credit, served};
use super::{FORMS, Place, copied};

fn filter(kinds: &[&str], regions: &[&str]) -> Filter {
    let owned = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
    Filter::new(owned(kinds), owned(regions)).unwrap()
}

/// How many records of each kind.
fn counts(rows: &Rows) -> BTreeMap<&str, usize> {
    let mut counts = BTreeMap::new();
    for (kind, _) in rows.keys() {
        *counts.entry(kind.as_str()).or_default() += 1;
    }
    counts
}

/// Goes on changing the hub until it is told to stop: titles, records that are gone and come back, places.
fn change(source: &Source, chance: &mut Chance, stop: &AtomicBool) {
    for day in 2..300 {
        if stop.load(Ordering::Relaxed) {
            return;
        }
        let gone = u32::try_from(chance.below(u64::from(STANDARDS))).unwrap();
        source.list(&format!("{day}"), day, |number| number.abs_diff(gone) > 8);
        let regions = ["320582", "320581", "330000"];
        let places: Vec<(u32, &str)> = (1..=5).map(|number| (number, *chance.pick(&regions))).collect();
        source.declare(day, &places, &format!("{day}"));
    }
}

on_both! {
    async fn killed_while_the_hub_changes(engine) {
        let mut chance = Chance::new(seed("killed_while_the_hub_changes"));
        let _built = binary();
        let source = Source::open(engine).await;
        let grant = Grant::new(Role::Auditor);
        let token = source.bureau.token("mirror", grant.clone());
        let places = FORMS.map(Place::new);
        let stop = AtomicBool::new(false);
        std::thread::scope(|scope| {
            let mut own = Chance::new(chance.draw());
            let (changing, stopped) = (&source, &stop);
            scope.spawn(move || change(changing, &mut own, stopped));
            let mut kills = 0;
            while kills < repeat() {
                for place in &places {
                    kills += u32::from(killed(&source.url(), &place.path(), Some(&token), &mut chance));
                }
            }
            stop.store(true, Ordering::Relaxed);
        });
        let fresh = source.fresh(&grant, &Filter::default()).await;
        assert!(fresh.len() > 100, "{}", fresh.len());
        for place in &places {
            let told = synced(&source.url(), &place.path(), Some(&token), &[]);
            assert_eq!(told["whole"], true, "{told}");
            assert_eq!(copied(&place.path()).await, fresh, "{}", place.name);
        }
    }

    async fn a_record_that_moves_and_a_reader_whose_rights_change(engine) {
        let source = Source::open(engine).await;
        let everything = ["Standard", "Enterprise", "Product", "Declaration"];
        let ways = [
            (credit("320582", &everything), Filter::default()),
            (credit("320500", &everything), Filter::default()),
            (credit("320500", &everything[1..3]), Filter::default()),
            (credit("320581", &everything), filter(&["Enterprise", "Declaration"], &[])),
            (credit("320000", &everything), filter(&["Enterprise", "Declaration"], &["320581"])),
            (staff("320500"), filter(&[], &["320582", "330000"])),
            (Grant::new(Role::Auditor), Filter::default()),
        ];
        for name in FORMS {
            let place = Place::new(name);
            let (mut left, mut seen) = (0, std::collections::BTreeSet::new());
            for (step, (grant, filter)) in ways.iter().enumerate() {
                let day = 2 + u32::try_from(step).unwrap() + if name == FORMS[0] { 0 } else { 20 };
                // Past the place where the copy stands: two move out and in, one changes.
                let (here, there) = if step % 2 == 0 { ("320582", "320581") } else { ("320581", "320582") };
                source.declare(day, &[(1, here), (3, there), (5, "330000")], &format!("{name}{step}"));
                left += source.follow("one", grant, filter, &place.path()).await.left;
                let copy = copied(&place.path()).await;
                assert_eq!(copy, source.fresh(grant, filter).await, "{name}, {step}: {grant:?}, {filter:?}");
                seen.insert(format!("{:?}", counts(&copy)));
                let mut hub = Remote::new(&source.settings("one", grant)).unwrap();
                let report = reconcile(&mut hub, &place.path()).await.unwrap();
                assert_eq!((report.differing.len(), report.records), (0, copy.len() as u64), "{report:?}");
            }
            assert!(left > 0 && seen.len() > 3, "{left}, {seen:?}");
            // Somebody else goes on with the copy: the cursor is not theirs.
            let (grant, filter) = &ways[0];
            let summary = source.follow("other", grant, &Filter::default(), &place.path()).await;
            assert_eq!(summary.snapshots, 1);
            assert_eq!(copied(&place.path()).await, source.fresh(grant, filter).await);
        }
    }

    async fn a_restored_hub_is_copied_anew(engine) {
        let mut source = Source::open(engine).await;
        source.list("二", 2, |number| number > 10);
        // Nobody may be connected to what is copied.
        source.server.db.clone().close().await.unwrap();
        let backup = TestDatabase::copy_of(&source.database, engine).await;
        source.server = served(source.database.open().await, &source.bureau);
        // What the backup does not know: new titles, a record that went, others that came back.
        source.list("三", 3, |number| number > 5 && number < 140);
        let grant = Grant::new(Role::Auditor);
        let places = FORMS.map(Place::new);
        for place in &places {
            source.follow("mirror", &grant, &Filter::default(), &place.path()).await;
        }
        let restored = Source {
            server: served(backup.open().await, &source.bureau),
            database: backup,
            bureau: source.bureau,
        };
        restored.run("UPDATE feed_head SET epoch = 'after-a-restore'").await;
        let fresh = restored.fresh(&grant, &Filter::default()).await;
        for place in &places {
            moved(&place.path(), &source.server.url(""), &restored.url()).await;
            let summary = restored.follow("mirror", &grant, &Filter::default(), &place.path()).await;
            assert_eq!((summary.snapshots, summary.rows), (1, fresh.len() as u64), "{}", place.name);
            assert!(summary.swept > 0, "{summary:?}");
            assert_eq!(copied(&place.path()).await, fresh, "{}", place.name);
            let summary = restored.follow("mirror", &grant, &Filter::default(), &place.path()).await;
            assert_eq!(summary, client::Summary::default());
        }
    }

    async fn a_damaged_copy_is_found_by_day_and_row(engine) {
        let source = Source::open(engine).await;
        let grant = Grant::new(Role::Auditor);
        let place = Place::new("copy.sqlite");
        source.follow("mirror", &grant, &Filter::default(), &place.path()).await;
        let whole = copied(&place.path()).await;
        let connection = sea_orm::Database::connect(format!("sqlite://{}", place.path().display())).await.unwrap();
        for sql in [
            "UPDATE record SET body = replace(body, '标准一', '标准乙') WHERE kind = 'Standard' AND key = 'GB/T90007-2020'",
            "DELETE FROM record WHERE kind = 'Standard' AND key = 'GB/T90008-2020'",
            "UPDATE record SET region = '110000' WHERE kind = 'Enterprise' AND key = (SELECT min(key) FROM record WHERE kind = 'Enterprise')",
        ] {
            assert_eq!(connection.execute_unprepared(sql).await.unwrap().rows_affected(), 1, "{sql}");
        }
        connection.close().await.unwrap();
        // The hub goes on; what the copy was not told yet is no damage.
        source.list("五", 9, |number| number > 3);
        let mut hub = Remote::new(&source.settings("mirror", &grant)).unwrap();
        let report = reconcile(&mut hub, &place.path()).await.unwrap();
        let mut found = Vec::new();
        for differing in &report.differing {
            let named = |key: &String| whole.get(&(differing.bucket.kind.clone(), key.clone())).map(|row| row.day.clone());
            for (key, way) in &differing.rows {
                assert_eq!(named(key), Some(differing.bucket.day.clone()), "{key}");
                found.push((differing.bucket.kind.clone(), differing.bucket.region.clone(), key.clone(), way.clone()));
            }
        }
        found.sort_by_key(|one| format!("{one:?}"));
        let ((_, enterprise), row) = whole.iter().find(|((kind, _), _)| kind == "Enterprise").unwrap();
        let moved = |region: &str, way| ("Enterprise".to_owned(), region.to_owned(), enterprise.clone(), way);
        let standard = |key: &str, way| ("Standard".to_owned(), String::new(), key.to_owned(), way);
        let mut expected = vec![
            standard("GB/T90007-2020", Way::OtherContent { here: 1 }),
            standard("GB/T90008-2020", Way::Missing { there: 1 }),
            moved("110000", Way::Surplus { here: row.version }),
            moved(&row.region, Way::Missing { there: row.version }),
        ];
        expected.sort_by_key(|one| format!("{one:?}"));
        assert_eq!(found, expected);
    }

    async fn the_client_in_python_keeps_the_same_copy(engine) {
        let source = Source::open(engine).await;
        let grant = credit("320500", &["Standard", "Enterprise", "Declaration"]);
        let token = source.bureau.token("python", grant.clone());
        let place = Place::new("python.sqlite");
        let client = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/sync/client.py");
        let run = |kinds: &str| {
            let mut command = std::process::Command::new("python3");
            command.arg(&client).arg(source.url()).arg(place.path()).arg(kinds).env("NQI_SYNC_TOKEN", &token);
            let output = command.stdin(Stdio::null()).output().unwrap();
            assert!(output.status.success(), "{output:?}");
            String::from_utf8_lossy(&output.stdout).into_owned()
        };
        let kinds = filter(&["Enterprise", "Standard"], &[]);
        let said = run("Standard,Enterprise");
        let fresh = source.fresh(&grant, &kinds).await;
        assert_eq!(said, format!("{} records\n", fresh.len()));
        source.list("二", 2, |number| number > 9);
        source.declare(2, &[(1, "330000"), (3, "320582"), (5, "320581")], "乙");
        run("Standard,Enterprise");
        let fresh = source.fresh(&grant, &kinds).await;
        assert_eq!(in_python(&place.path()).await, bodies(&fresh));
        source.run("UPDATE feed_head SET epoch = 'after-a-restore'").await;
        source.list("三", 3, |number| number > 19);
        run("Standard,Enterprise");
        assert_eq!(in_python(&place.path()).await, bodies(&source.fresh(&grant, &kinds).await));
    }
}

/// Lets a copy follow another address, as when the name of a host is given to another machine.
async fn moved(copy: &Path, from: &str, to: &str) {
    if copy.is_dir() {
        let path = copy.join("state.json");
        let text = std::fs::read_to_string(&path).unwrap();
        std::fs::write(path, text.replace(from, to)).unwrap();
        return;
    }
    let connection = sea_orm::Database::connect(format!("sqlite://{}", copy.display()))
        .await
        .unwrap();
    let sql = format!("UPDATE sync_state SET state = replace(state, '{from}', '{to}')");
    connection.execute_unprepared(&sql).await.unwrap();
    connection.close().await.unwrap();
}

fn bodies(rows: &Rows) -> BTreeMap<(String, String), String> {
    rows.iter()
        .map(|(name, row)| (name.clone(), row.body.clone()))
        .collect()
}

/// What the copy of the client in Python holds.
async fn in_python(copy: &Path) -> BTreeMap<(String, String), String> {
    use sea_orm::{DbBackend, Statement};
    let connection = sea_orm::Database::connect(format!("sqlite://{}", copy.display()))
        .await
        .unwrap();
    let sql = "SELECT kind, key, body FROM record WHERE body IS NOT NULL";
    let rows = connection
        .query_all_raw(Statement::from_string(DbBackend::Sqlite, sql))
        .await
        .unwrap();
    connection.close().await.unwrap();
    let read = |row: &sea_orm::QueryResult| {
        let name = (row.try_get("", "kind").unwrap(), row.try_get("", "key").unwrap());
        (name, row.try_get("", "body").unwrap())
    };
    rows.iter().map(read).collect()
}
