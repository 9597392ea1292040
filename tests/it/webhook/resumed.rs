//! Webhooks that stop, wait or are many: how they go on.

use std::collections::BTreeSet;
use std::time::Duration;

use api::identity::Grant;
use api::webhook::{Pace, prepare};
use entity::Clock;
use entity::access::Role;
use entity::webhook::{self, dead_letters};
use support::on_both;
use support::receiver::{Mood, Receiver};

use super::{add, all_taken, brisk, changes, data, find, sending, until, wanted};
use crate::sync::source::Source;

fn status(status: u16) -> Mood {
    Mood::Status(status, String::new())
}

/// Lets the receiver answer the next message with 410, and waits until the webhook has stopped.
async fn stopped(source: &Source, receiver: &Receiver, day: u32) {
    receiver.next([status(410)]);
    source.list(&format!("{day}"), day, |number| number > day);
    until("stopped", async || find(source, "gone").await.stopped.is_some()).await;
}

on_both! {
    async fn one_that_stopped_goes_on_from_where_it_stands(engine) {
        let source = Source::open(engine).await;
        let _server = sending(&source, brisk()).await;
        let (receiver, elsewhere) = (Receiver::start().await, Receiver::start().await);
        let auditor = Grant::new(Role::Auditor);
        let at = |receiver: &Receiver| wanted("gone", &receiver.url(), Some(auditor.clone()));
        let noted = async |count: usize| {
            until("all is noted", async || find(&source, "gone").await.changes == i64::try_from(count).unwrap()).await;
        };
        add(&source, at(&receiver)).await;
        let (expected, _) = changes(&source, &auditor, &[], &[]).await;
        noted(expected.len()).await;
        stopped(&source, &receiver, 2).await;
        let db = &source.server.db;
        assert!(webhook::resume(db, &Clock::System, "other").await.is_err());
        webhook::resume(db, &Clock::System, "gone").await.unwrap();
        let (expected, _) = changes(&source, &auditor, &[], &[]).await;
        assert_eq!(data(&all_taken(&receiver, expected.len()).await), expected, "nothing is lost and nothing comes again");
        noted(expected.len()).await;
        // The same address again changes nothing about it; another one does.
        stopped(&source, &receiver, 3).await;
        assert!(add(&source, at(&receiver)).await.stopped.is_some());
        assert_eq!(add(&source, at(&elsewhere)).await.stopped, None);
        let before = expected.len();
        let (expected, _) = changes(&source, &auditor, &[], &[]).await;
        assert_eq!(data(&all_taken(&elsewhere, expected.len() - before).await), expected[before..]);
    }

    async fn another_address_begins_without_the_failures_of_the_former(engine) {
        let source = Source::open(engine).await;
        let _server = sending(&source, brisk()).await;
        let (receiver, elsewhere) = (Receiver::start().await, Receiver::start().await);
        receiver.always(Some(status(503)));
        elsewhere.always(Some(Mood::Late(Duration::from_secs(5))));
        add(&source, wanted("moved", &receiver.url(), None)).await;
        until("failures", async || find(&source, "moved").await.attempts > 1).await;
        let moved = add(&source, wanted("moved", &elsewhere.url(), None)).await;
        assert_eq!((moved.attempts, moved.tried_at, moved.next_at, moved.failure), (0, None, 0, None));
    }

    async fn an_answer_whose_body_does_not_end_is_an_answer(engine) {
        let source = Source::open(engine).await;
        let pace = Pace { changes: 1_000, attempt: Duration::from_secs(4), ..brisk() };
        let _server = sending(&source, pace).await;
        let receiver = Receiver::start().await;
        receiver.next([Mood::Endless]);
        let auditor = Grant::new(Role::Auditor);
        add(&source, wanted("endless", &receiver.url(), Some(auditor.clone()))).await;
        until("it is noted", async || find(&source, "endless").await.batches > 0).await;
        let first = receiver.got().remove(0);
        source.list("二", 2, |number| number > 9);
        let (expected, _) = changes(&source, &auditor, &[], &[]).await;
        assert_eq!(data(&all_taken(&receiver, expected.len()).await), expected);
        let again = receiver.got().iter().filter(|got| got.field("webhook-id") == first.field("webhook-id")).count();
        assert_eq!(again, 1);
        assert_eq!(find(&source, "endless").await.failure, None);
    }

    async fn a_feed_that_cannot_be_read_is_seen_and_makes_no_dead_letter(engine) {
        let source = Source::open(engine).await;
        let pace = Pace { attempts: 1, age: Duration::from_millis(1), ..brisk() };
        let _server = sending(&source, pace).await;
        let (receiver, db) = (Receiver::start().await, &source.server.db);
        let sound = prepare(db, wanted("unread", &receiver.url(), None)).await.unwrap();
        // A kind that this hub does not know, as after a step back to an older one.
        let unknown = webhook::New { kinds: "Thing".to_owned(), ..sound.clone() };
        webhook::add(db, &Clock::System, &unknown).await.unwrap();
        let mut tries = BTreeSet::new();
        while tries.len() < 4 {
            until("another try", async || {
                let state = find(&source, "unread").await;
                state.failure.is_some() && !tries.contains(&state.next_at)
            })
            .await;
            tries.insert(find(&source, "unread").await.next_at);
        }
        let state = find(&source, "unread").await;
        assert!(state.failure.unwrap().starts_with("changes cannot be read: "));
        assert_eq!((state.attempts, state.tried_at, state.stopped), (0, None, None));
        assert!(dead_letters(db, Some("unread")).await.unwrap().is_empty());
        assert!(receiver.got().is_empty());
        webhook::add(db, &Clock::System, &sound).await.unwrap();
        until("changes come", async || !receiver.taken().is_empty()).await;
        until("it is noted", async || find(&source, "unread").await.failure.is_none()).await;
    }

    async fn many_webhooks_are_delivered_a_few_at_a_time(engine) {
        let source = Source::open(engine).await;
        let receiver = Receiver::start().await;
        receiver.always(Some(Mood::Late(Duration::from_secs(1))));
        for number in 0..12 {
            add(&source, wanted(&format!("many-{number}"), &receiver.url(), None)).await;
        }
        let _server = sending(&source, Pace { changes: 1_000, ..brisk() }).await;
        until("all are served", async || {
            let listed = webhook::list(&source.server.db).await.unwrap();
            listed.iter().all(|one| one.batches > 0)
        })
        .await;
        let most = receiver.most_in_flight();
        assert!((2..=8).contains(&most), "{most}");
    }
}
