//! Hubs that cut answers, are silent, refuse, or are lied about on the way.

use std::time::Duration;

use client::{Error, Settings, Token};
use support::StandInHub;
use support::stand_in_trouble::Trouble;
use tokio::time::Instant;

use super::{FORMS, Place, copied, impatient, round};

async fn hub_of(records: u32) -> StandInHub {
    let hub = StandInHub::start(4, 4).await;
    for number in 0..records {
        hub.world().put("Standard", &format!("{number:03}"), "", "值");
    }
    hub
}

#[test]
fn what_passes_is_asked_for_again() {
    support::block_on(async {
        let troubles = [
            Trouble::Cut,
            Trouble::CutPage,
            Trouble::Dropped,
            Trouble::Status(503),
            Trouble::Status(500),
            Trouble::TooMany(None),
            Trouble::TooMany(Some("0".to_owned())),
            Trouble::Slow(Duration::from_millis(900)),
        ];
        for name in FORMS {
            for trouble in &troubles {
                let place = Place::new(name);
                let hub = hub_of(10).await;
                let mut settings = impatient(&hub.url());
                if matches!(trouble, Trouble::Slow(_)) {
                    settings.patience.answer = Duration::from_millis(300);
                }
                for path in ["/graphql", "/sync/snapshot"] {
                    hub.world().trouble(trouble.clone(), path, 0, 2);
                    hub.world().trouble(trouble.clone(), path, 1, 1);
                }
                round(&settings, &place.path()).await.unwrap();
                hub.world().put("Standard", "new", "", "x");
                hub.world().trouble(trouble.clone(), "/graphql", 0, 3);
                let summary = round(&settings, &place.path()).await.unwrap();
                assert_eq!(summary.written, 1, "{name}, {trouble:?}");
                assert_eq!(copied(&place.path()).await, hub.rows(), "{name}, {trouble:?}");
            }
        }
    });
}

#[test]
fn what_does_not_pass_is_given_up_after_as_many_attempts_as_are_set() {
    support::block_on(async {
        let place = Place::new("copy.sqlite");
        let hub = hub_of(1).await;
        hub.world().trouble(Trouble::Status(503), "/graphql", 0, 1_000);
        let error = round(&impatient(&hub.url()), &place.path()).await.unwrap_err();
        assert!(
            error.may_pass() && error.to_string().contains("HTTP_503"),
            "{error}"
        );
        assert_eq!(hub.world().seen().len(), 5);
    });
}

#[test]
fn the_hub_says_how_long_to_wait() {
    support::block_on(async {
        let place = Place::new("copy.sqlite");
        let hub = hub_of(1).await;
        hub.world()
            .trouble(Trouble::TooMany(Some("1".to_owned())), "/sync/snapshot", 0, 1);
        round(&impatient(&hub.url()), &place.path()).await.unwrap();
        let times: Vec<Instant> = {
            let world = hub.world();
            world
                .seen()
                .iter()
                .filter(|seen| seen.line.contains("snapshot"))
                .map(|seen| seen.at)
                .collect()
        };
        assert!(times[1] - times[0] >= Duration::from_secs(1), "{times:?}");
    });
}

#[test]
fn a_body_with_another_hash_is_named_and_nothing_of_its_page_is_taken() {
    support::block_on(async {
        for name in FORMS {
            let place = Place::new(name);
            let hub = hub_of(10).await;
            let settings = impatient(&hub.url());
            let altered = Trouble::Changed("\\\"version\\\":1".to_owned(), "\\\"version\\\":7");
            hub.world().trouble(altered.clone(), "/sync/snapshot", 1, 1);
            let error = round(&settings, &place.path()).await.unwrap_err();
            let expected = matches!(&error, Error::WrongHash { kind, key, version: 1, .. } if kind == "Standard" && key == "004");
            assert!(expected, "{error}");
            assert_eq!(copied(&place.path()).await.len(), 4, "{name}");
            round(&settings, &place.path()).await.unwrap();

            for key in ["010", "011"] {
                hub.world().put("Standard", key, "", "x");
            }
            hub.world().trouble(altered, "/graphql", 0, 1);
            let error = round(&settings, &place.path()).await.unwrap_err();
            assert!(
                error
                    .to_string()
                    .starts_with("Standard 010, version 1: the body hashes to "),
                "{error}"
            );
            assert_eq!(copied(&place.path()).await.len(), 10, "{name}");
            round(&settings, &place.path()).await.unwrap();
            assert_eq!(copied(&place.path()).await, hub.rows(), "{name}");
        }
    });
}

#[test]
fn a_line_without_an_end_is_not_read_on() {
    support::block_on(async {
        let place = Place::new("copy");
        let hub = hub_of(1).await;
        hub.world().trouble(Trouble::Endless, "/sync/snapshot", 0, 1);
        let error = round(&impatient(&hub.url()), &place.path())
            .await
            .unwrap_err()
            .to_string();
        assert!(error.contains("a line has more than 16 MiB"), "{error}");
    });
}

#[test]
fn a_token_that_ended_waits_for_the_next_one_in_its_file() {
    support::block_on(async {
        let place = Place::new("copy.sqlite");
        let hub = hub_of(1).await;
        let with = |token| Settings {
            token,
            ..impatient(&hub.url())
        };
        let error = round(&with(Token::Fixed("expired".to_owned())), &place.path())
            .await
            .unwrap_err();
        assert!(
            !error.may_pass() && error.to_string().contains("UNAUTHENTICATED"),
            "{error}"
        );
        assert_eq!(hub.world().seen().len(), 1);

        let file = place.folder.path().join("token");
        std::fs::write(&file, "expired\n").unwrap();
        let mut settings = with(Token::File(file.clone()));
        settings.patience.least = Duration::from_millis(200);
        let path = place.path();
        let renewed = async {
            tokio::time::sleep(Duration::from_millis(150)).await;
            std::fs::write(&file, "fresh\n").unwrap();
        };
        let (taken, ()) = tokio::join!(round(&settings, &path), renewed);
        taken.unwrap();
        assert!(
            hub.world()
                .seen()
                .last()
                .unwrap()
                .header
                .contains("authorization: bearer fresh")
        );
    });
}

#[test]
fn whoever_wants_to_end_does_not_wait_for_a_silent_hub() {
    support::block_on(async {
        let place = Place::new("copy");
        let hub = hub_of(1).await;
        hub.world()
            .trouble(Trouble::Slow(Duration::from_secs(60)), "/sync/snapshot", 0, 1);
        let (switch, stop) = client::Stop::switch();
        let settings = Settings {
            stop,
            ..impatient(&hub.url())
        };
        let path = place.path();
        let began = Instant::now();
        let told = async {
            tokio::time::sleep(Duration::from_millis(200)).await;
            switch.send(true).unwrap();
        };
        let (ended, ()) = tokio::join!(round(&settings, &path), told);
        assert!(matches!(ended, Err(Error::Stopped)), "{ended:?}");
        assert!(began.elapsed() < Duration::from_secs(3));
        drop(switch);
        round(&impatient(&hub.url()), &path).await.unwrap();
        assert_eq!(copied(&path).await, hub.rows());
    });
}
