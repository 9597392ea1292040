//! Receivers that refuse, are slow, lead elsewhere, or are where nobody may go.

use std::time::Duration;

use api::identity::Grant;
use api::webhook::{Pace, replay};
use entity::Clock;
use entity::access::Role;
use entity::change::renew_epoch;
use entity::webhook::{ReplayFrom, dead_letters};
use support::on_both;
use support::receiver::{Got, Mood, Receiver};

use super::{add, all_taken, brisk, changes, data, find, once, sending, until, wanted};
use crate::sync::source::Source;

fn status(status: u16) -> Mood {
    Mood::Status(status, String::new())
}

on_both! {
    async fn a_batch_is_tried_until_it_is_taken_and_nothing_overtakes_it(engine) {
        let source = Source::open(engine).await;
        let pace = Pace { attempt: Duration::from_millis(1_500), ..brisk() };
        let _server = sending(&source, pace).await;
        let (receiver, elsewhere) = (Receiver::start().await, Receiver::start().await);
        receiver.next([
            status(500),
            Mood::Dropped,
            Mood::Status(302, format!("location: {}\r\n", elsewhere.url())),
            Mood::Status(429, "retry-after: 0\r\n".to_owned()),
            Mood::Drip,
            status(404),
            Mood::Late(Duration::from_secs(4)),
        ]);
        let auditor = Grant::new(Role::Auditor);
        add(&source, wanted("patient", &receiver.url(), Some(auditor.clone()))).await;
        let (expected, _) = changes(&source, &auditor, &[], &[]).await;
        let events = all_taken(&receiver, expected.len()).await;
        assert_eq!(data(&once(&events)), expected);
        let got = receiver.got();
        assert!(got.len() > 8, "{}", got.len());
        // Whatever was not taken came again next, with the same body and so under the same name.
        let mut names: Vec<&str> = got.iter().map(|got| got.field("webhook-id")).collect();
        assert!(names.iter().take(8).all(|name| *name == names[0]), "{names:?}");
        names.dedup();
        let distinct: std::collections::BTreeSet<&&str> = names.iter().collect();
        assert_eq!(distinct.len(), names.len());
        assert_eq!(elsewhere.connections(), 0);
        let state = find(&source, "patient").await;
        assert_eq!((state.attempts, state.failure, state.stopped), (0, None, None));
    }

    async fn what_joins_a_batch_gives_its_message_another_name(engine) {
        let source = Source::open(engine).await;
        let pace = Pace { changes: 1_000, bytes: 8 * 1024 * 1024, ..brisk() };
        let _server = sending(&source, pace).await;
        let receiver = Receiver::start().await;
        // It stores what comes, and fails to say so.
        receiver.always(Some(status(503)));
        let auditor = Grant::new(Role::Auditor);
        add(&source, wanted("joined", &receiver.url(), Some(auditor.clone()))).await;
        until("the first attempt", async || !receiver.got().is_empty()).await;
        let first = receiver.got()[0].clone();
        source.list("二", 2, |number| number > 9);
        until("changes join", async || receiver.got().last().unwrap().body != first.body).await;
        receiver.always(None);
        let (expected, _) = changes(&source, &auditor, &[], &[]).await;
        all_taken(&receiver, expected.len()).await;
        let got = receiver.got();
        for (one, next) in got.iter().zip(&got[1..]) {
            assert_eq!(one.field("webhook-id") == next.field("webhook-id"), one.body == next.body);
        }
        let ids = |got: &Got| got.events().iter().map(|event| event["id"].clone()).collect::<Vec<_>>();
        let joined = got.iter().find(|got| got.body != first.body).unwrap();
        assert_eq!(ids(joined)[..ids(&first).len()], ids(&first));
        // Whoever knows messages by their names, and events by their ids, has all.
        let mut names = std::collections::BTreeSet::new();
        let stored = got.iter().filter(|got| names.insert(got.field("webhook-id"))).flat_map(Got::events);
        assert_eq!(data(&once(&stored.collect::<Vec<_>>())), expected);
    }

    async fn a_dead_letter_is_kept_listed_and_replayed(engine) {
        let source = Source::open(engine).await;
        let pace = Pace { attempts: 3, ..brisk() };
        let _server = sending(&source, pace).await;
        let receiver = Receiver::start().await;
        let auditor = Grant::new(Role::Auditor);
        receiver.next([status(400), status(400), status(400)]);
        add(&source, wanted("dead", &receiver.url(), Some(auditor.clone()))).await;
        let (expected, foreign) = changes(&source, &auditor, &[], &[]).await;
        let db = &source.server.db;
        let first = all_taken(&receiver, expected.len() - 25).await;
        assert_eq!(data(&first), expected[25..]);
        let letters = dead_letters(db, Some("dead")).await.unwrap();
        let [letter] = letters.as_slice() else { panic!("{letters:?}") };
        assert_eq!((letter.number, letter.changes, letter.attempts), (1, 25, 3));
        assert_eq!((letter.failure.as_str(), letter.replayed_at), ("the status is 400", None));
        assert_eq!(letter.message, receiver.got()[0].field("webhook-id"));
        assert!(replay(db, &Clock::System, "dead", &ReplayFrom::Dead(2)).await.is_err());
        // A cursor of another reader, and none at all: the webhook stays where it is.
        let turn = find(&source, "dead").await.turn;
        for wrong in [foreign, "nonsense".to_owned()] {
            let why = replay(db, &Clock::System, "dead", &ReplayFrom::Cursor(wrong)).await.unwrap_err();
            assert!(why.contains("take a snapshot"), "{why}");
        }
        assert_eq!(find(&source, "dead").await.turn, turn);
        replay(db, &Clock::System, "dead", &ReplayFrom::Dead(1)).await.unwrap();
        let events = all_taken(&receiver, first.len() + expected.len()).await;
        assert_eq!(data(&events[first.len()..]), expected);
        let letters = dead_letters(db, None).await.unwrap();
        assert!(letters.len() == 1 && letters[0].replayed_at.is_some(), "{letters:?}");
        // From a cursor that came with a message: what is behind it.
        let taken: Vec<Got> = receiver.got().into_iter().filter(|got| got.taken).collect();
        let cursor = taken[taken.len() - 3].field("nqi-cursor").to_owned();
        let behind: Vec<_> = taken[taken.len() - 2..].iter().flat_map(Got::events).collect();
        replay(db, &Clock::System, "dead", &ReplayFrom::Cursor(cursor)).await.unwrap();
        let again = all_taken(&receiver, events.len() + behind.len()).await;
        assert_eq!(data(&again[events.len()..]), data(&behind));
    }

    async fn age_makes_a_dead_letter_too(engine) {
        let source = Source::open(engine).await;
        let pace = Pace { age: Duration::from_millis(600), attempts: u32::MAX, ..brisk() };
        let _server = sending(&source, pace).await;
        let receiver = Receiver::start().await;
        receiver.always(Some(status(503)));
        add(&source, wanted("old", &receiver.url(), None)).await;
        let db = &source.server.db;
        until("a dead letter", async || !dead_letters(db, Some("old")).await.unwrap().is_empty()).await;
        let letter = dead_letters(db, Some("old")).await.unwrap().remove(0);
        assert!(letter.attempts > 1 && letter.died_at - letter.tried_at >= 600_000, "{letter:?}");
    }

    async fn a_slow_receiver_holds_up_nobody_else_and_gets_one_message_at_a_time(engine) {
        let source = Source::open(engine).await;
        let _server = sending(&source, brisk()).await;
        let (slow, quick) = (Receiver::start().await, Receiver::start().await);
        slow.always(Some(Mood::Late(Duration::from_secs(3))));
        let auditor = Grant::new(Role::Auditor);
        add(&source, wanted("a-slow", &slow.url(), Some(auditor.clone()))).await;
        add(&source, wanted("b-quick", &quick.url(), Some(auditor.clone()))).await;
        let (expected, _) = changes(&source, &auditor, &[], &[]).await;
        assert_eq!(data(&all_taken(&quick, expected.len()).await), expected);
        assert!(once(&slow.taken()).len() < expected.len());
        slow.always(None);
        assert_eq!(data(&all_taken(&slow, expected.len()).await), expected);
        assert_eq!((slow.most_in_flight(), quick.most_in_flight()), (1, 1));
    }

    async fn a_name_that_leads_into_the_hub_is_not_followed(engine) {
        let source = Source::open(engine).await;
        let _server = sending(&source, brisk()).await;
        let receiver = Receiver::start().await;
        // Written so it is no number, and looked up it is this machine.
        for (name, url) in [
            ("hexadecimal", format!("https://0x7f000001:{}/nqi", receiver.port())),
            ("metadata", "https://169.254.169.254/latest".to_owned()),
            ("mapped", "https://[::ffff:10.0.0.1]/nqi".to_owned()),
        ] {
            add(&source, wanted(name, &url, None)).await;
            until("a failure", async || find(&source, name).await.failure.is_some()).await;
            let failure = find(&source, name).await.failure.unwrap();
            assert!(failure.contains("not public"), "{name}: {failure}");
        }
        assert_eq!(receiver.connections(), 0);
    }

    async fn a_webhook_stops_where_only_a_person_can_help(engine) {
        let source = Source::open(engine).await;
        let _server = sending(&source, brisk()).await;
        let (receiver, gone) = (Receiver::start().await, Receiver::start().await);
        gone.next([status(410)]);
        let auditor = Grant::new(Role::Auditor);
        add(&source, wanted("restored", &receiver.url(), Some(auditor.clone()))).await;
        add(&source, wanted("gone", &gone.url(), Some(auditor.clone()))).await;
        let (expected, _) = changes(&source, &auditor, &[], &[]).await;
        all_taken(&receiver, expected.len()).await;
        let db = &source.server.db;
        until("all is noted", async || find(&source, "restored").await.changes == i64::try_from(expected.len()).unwrap()).await;
        until("gone", async || find(&source, "gone").await.stopped.is_some()).await;
        assert_eq!(gone.got().len(), 1);
        renew_epoch(db, &Clock::System, "restored from a backup").await.unwrap();
        source.list("二", 2, |number| number > 3);
        until("stopped", async || find(&source, "restored").await.stopped.is_some()).await;
        let why = find(&source, "restored").await.stopped.unwrap();
        assert!(why.starts_with("CURSOR_EPOCH_CHANGED"), "{why}");
        let before = receiver.taken().len();
        // A cursor of the epoch that is over would stop it again.
        let stale = receiver.got().last().unwrap().field("nqi-cursor").to_owned();
        assert!(replay(db, &Clock::System, "restored", &ReplayFrom::Cursor(stale)).await.is_err());
        assert!(find(&source, "restored").await.stopped.is_some());
        replay(db, &Clock::System, "restored", &ReplayFrom::Start).await.unwrap();
        let (expected, _) = changes(&source, &auditor, &[], &[]).await;
        let events = all_taken(&receiver, before + expected.len()).await;
        assert_eq!(data(&events[before..]), expected);
    }
}
