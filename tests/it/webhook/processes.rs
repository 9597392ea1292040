//! Two processes over one database, one of which is killed: nothing is lost, nothing overtakes, and nobody delivers beside another.

use std::process::{Child, Command, Stdio};
use std::time::Duration;

use api::identity::Grant;
use entity::Clock;
use entity::access::Role;
use entity::webhook::Turn;
use support::chance::seed;
use support::hub::binary;
use support::receiver::{Mood, Receiver};
use support::{Chance, Hub, on_both};
use tokio::time::sleep;

use super::{add, all_taken, changes, data, once, until, wanted};
use crate::sync::source::Source;

/// A process that serves on a port of its own.
fn serving(source: &Source) -> Child {
    let mut command = Hub::on(&source.database).command(&["serve", "--listen", "127.0.0.1:0"]);
    command
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

on_both! {
    async fn a_process_that_waits_for_another_one_ends_when_it_is_told(engine) {
        let _built = binary();
        let source = Source::open(engine).await;
        let receiver = Receiver::start().await;
        let auditor = Grant::new(Role::Auditor);
        for name in ["held", "mine"] {
            add(&source, wanted(name, &receiver.url(), Some(auditor.clone()))).await;
        }
        let db = &source.server.db;
        let turn = Turn::take(db, "held", "another hub", Clock::System.now()).await.unwrap();
        let mut process = serving(&source);
        // It looked after both at the same time, and found one held.
        until("the other one is served", async || !receiver.got().is_empty()).await;
        sleep(Duration::from_millis(500)).await;
        let sent = Command::new("kill").args(["-TERM", &process.id().to_string()]).status().unwrap();
        assert!(sent.success());
        assert!(process.wait().unwrap().success());
        turn.release(db).await.unwrap();
    }

    async fn killed_and_doubled_processes_lose_nothing(engine) {
        let mut chance = Chance::new(seed("killed_and_doubled_processes_lose_nothing"));
        let _built = binary();
        let source = Source::open(engine).await;
        let receiver = Receiver::start().await;
        // Slow enough that a process dies with a message on its way.
        receiver.always(Some(Mood::Late(Duration::from_millis(60))));
        let auditor = Grant::new(Role::Auditor);
        add(&source, wanted("shared", &receiver.url(), Some(auditor.clone()))).await;
        let mut processes = [serving(&source), serving(&source)];
        for day in 2..6_u32 {
            let number = usize::try_from(chance.below(2)).unwrap();
            let before = receiver.got().len();
            source.list(&format!("{day}"), day, |number| number > day);
            until("something is on its way", async || receiver.got().len() > before).await;
            sleep(Duration::from_millis(chance.below(150))).await;
            processes[number].kill().unwrap();
            processes[number].wait().unwrap();
            processes[number] = serving(&source);
        }
        let (expected, _) = changes(&source, &auditor, &[], &[]).await;
        let events = all_taken(&receiver, expected.len()).await;
        for process in &mut processes {
            process.kill().unwrap();
            process.wait().unwrap();
        }
        assert_eq!(data(&once(&events)), expected);
        // A message comes twice where its process died, and not because two processes sent it.
        let names: Vec<String> = receiver.got().iter().map(|got| got.field("webhook-id").to_owned()).collect();
        let mut distinct = names.clone();
        distinct.dedup();
        assert!(names.len() - distinct.len() <= 4, "{names:?}");
        let each: std::collections::BTreeSet<&String> = distinct.iter().collect();
        assert_eq!(each.len(), distinct.len(), "a message came again behind a later one: {names:?}");
    }
}
