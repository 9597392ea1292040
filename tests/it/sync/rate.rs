//! `nqi-hub sync` killed again and again while its hub takes in a thousand changes a second and more.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use api::identity::Grant;
use client::Filter;
use entity::access::Role;
use entity::change::tip;
use support::chance::seed;
use support::hub::binary;
use support::{Chance, on_both, repeat};

use super::killed::{killed_within, synced};
use super::source::Source;
use super::{FORMS, Place, copied};

/// Standards of the list: each run changes all of them, but for those that go.
const ROWS: u32 = 4_000;
/// Standards that are gone or back with each run; more than that waits for a person.
const GONE: u32 = 70;

/// Takes in one list after the other until it is told to stop: every title is another, and some records go and come back.
fn flood(source: &Source, chance: &mut Chance, stop: &AtomicBool) {
    for day in 2.. {
        if stop.load(Ordering::Relaxed) {
            return;
        }
        let gone = u32::try_from(chance.below(u64::from(ROWS - GONE))).unwrap();
        source.standards(ROWS, &format!("{day}"), day, |number| {
            !(gone..gone + GONE).contains(&number)
        });
    }
}

on_both! {
    async fn killed_at_a_thousand_changes_a_second(engine) {
        let mut chance = Chance::new(seed("killed_at_a_thousand_changes_a_second"));
        let _built = binary();
        let source = Source::open(engine).await;
        source.standards(ROWS, "一", 1, |_| true);
        let grant = Grant::new(Role::Auditor);
        let token = source.bureau.token("mirror", grant.clone());
        let places = FORMS.map(Place::new);
        // The snapshot is one piece: killed within it nobody gets to the feed. Others kill it there.
        for place in &places {
            synced(&source.url(), &place.path(), Some(&token), &[]);
        }
        let (stop, began) = (AtomicBool::new(false), Instant::now());
        let before = tip(&source.server.db).await.unwrap().position;
        let mut kills = 0;
        std::thread::scope(|scope| {
            let mut own = Chance::new(chance.draw());
            let (flooded, stopped) = (&source, &stop);
            scope.spawn(move || flood(flooded, &mut own, stopped));
            while kills < repeat() {
                for place in &places {
                    let within = if chance.percent(80) { 400 } else { 2_000 };
                    let was_at_work = killed_within(&source.url(), &place.path(), Some(&token), &mut chance, within);
                    kills += u32::from(was_at_work);
                }
            }
            stop.store(true, Ordering::Relaxed);
        });
        let events = tip(&source.server.db).await.unwrap().position - before;
        let took = began.elapsed();
        let deleted = deletions(&source, before).await;
        let rate = u128::from(events.unsigned_abs()) * 1_000 / took.max(Duration::from_millis(1)).as_millis();
        println!("{engine:?}: {kills} kills while {events} changes, {deleted} of them deletions, came in {took:.1?}: {rate} a second");
        assert!(events > i64::from(ROWS) && deleted > 0, "{events}, {deleted}");
        let fresh = source.fresh(&grant, &Filter::default()).await;
        for place in &places {
            let told = synced(&source.url(), &place.path(), Some(&token), &[]);
            assert_eq!((&told["whole"], &told["snapshots"]), (&true.into(), &0.into()), "{told}");
            assert!(copied(&place.path()).await == fresh, "{} differs", place.path().display());
        }
    }
}

/// How many of the events behind a position tell that a record is gone.
async fn deletions(source: &Source, position: i64) -> i64 {
    let sql = format!("SELECT count(*) AS gone FROM feed WHERE op = 'DELETE' AND pos > {position}");
    source.number(&sql, "gone").await
}
