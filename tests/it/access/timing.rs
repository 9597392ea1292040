//! The time of an answer does not tell what is hidden from what is not there.

use std::sync::Arc;
use std::time::Instant;

use serde_json::json;
use support::bureau::Bureau;
use support::chance::seed;
use support::{Chance, on_both};

use super::reader::{Reader, readers};
use super::world::{World, filled, hide, node_id, record_of};

/// Probes of each kind in an attempt.
const PROBES: usize = 1_000;
/// By how much of the smaller the means may differ.
const MOST: f64 = 0.05;
/// A machine with other work to do may spoil one.
const ATTEMPTS: usize = 3;

/// The mean of what is left when the fastest and the slowest fifth are taken away.
fn trimmed_mean(times: &mut [f64]) -> f64 {
    times.sort_by(f64::total_cmp);
    let off = times.len() / 5;
    let kept = &times[off..times.len() - off];
    kept.iter().sum::<f64>() / f64::from(u32::try_from(kept.len()).unwrap())
}

/// The time of one answer, in microseconds.
async fn probe(world: &World, reader: &Reader, id: &str) -> f64 {
    let variables = json!({ "id": id });
    let begun = Instant::now();
    let reply = world
        .ask(reader, "query($id: ID!) { node(id: $id) { id } }", variables)
        .await;
    let time = begun.elapsed().as_secs_f64() * 1e6;
    assert!(
        reply.text.starts_with("{\"data\":{\"node\":null}"),
        "{}",
        reply.text
    );
    time
}

/// The means of one attempt: of hidden and of absent ids, asked for in an order of chance.
async fn attempt(
    world: &World,
    reader: &Reader,
    ids: &[(String, String)],
    chance: &mut Chance,
) -> (f64, f64) {
    let mut order: Vec<bool> = [true, false].repeat(PROBES);
    chance.shuffle(&mut order);
    let (mut hidden, mut absent) = (Vec::new(), Vec::new());
    for is_hidden in order {
        let (known, unknown) = chance.pick(ids);
        let time = probe(world, reader, if is_hidden { known } else { unknown }).await;
        if is_hidden {
            hidden.push(time)
        } else {
            absent.push(time)
        }
    }
    (trimmed_mean(&mut hidden), trimmed_mean(&mut absent))
}

on_both! {
    async fn a_hidden_row_answers_as_fast_as_one_that_is_not_there(engine) {
        let mut chance = Chance::new(seed("a_hidden_row_answers_as_fast"));
        let world = World::over(filled(engine).await, &Arc::new(Bureau::default())).await;
        hide(&world.raw, 2, "STAFF").await;
        let public = &readers(&world.bureau)[0];
        let audiences = world.audiences().await;
        // An id of the same kind and length that nothing has.
        let ids: Vec<(String, String)> = audiences
            .into_iter()
            .filter(|(id, audience)| audience == "staff" && !record_of(id).1.is_empty())
            .map(|(id, _)| {
                let (kind, key) = record_of(&id);
                let other = key.replace(|sign: char| sign.is_ascii_digit(), "7");
                (id, node_id(&kind, &other))
            })
            .collect();
        assert!(ids.len() >= 6, "{ids:?}");
        attempt(&world, public, &ids, &mut chance).await;
        let mut told = Vec::new();
        for _ in 0..ATTEMPTS {
            let (hidden, absent) = attempt(&world, public, &ids, &mut chance).await;
            let differ = (hidden - absent).abs() / hidden.min(absent);
            told.push(format!("hidden {hidden:.0} µs, absent {absent:.0} µs, {:.2} % apart", differ * 100.0));
            if differ < MOST {
                println!("{engine:?}: {told:?}");
                return;
            }
        }
        panic!("{engine:?}: {told:#?}");
    }
}
