//! Keys over time: when they are fetched, how long they are kept, and what happens when nobody answers.

use std::sync::Arc;
use std::time::{Duration, Instant};

use api::identity::{Mode, Reason};

use super::provider::{Answer, Provider};
use super::signer::Signer;
use super::{Bench, good, issuer, noon, seconds, verifier};

#[tokio::test]
async fn an_unknown_key_is_looked_for_once_a_minute() {
    let (old, new) = (Signer::es256(), Signer::es256());
    let bench = Bench::new(vec![old.jwk("old")]).await;
    assert!(bench.ask(&good(&old, "old", noon()), noon()).await.is_ok());
    assert_eq!(bench.provider.asked(), 1);
    bench
        .provider
        .answers(Answer::keys(vec![old.jwk("old"), new.jwk("new")]));
    for after in [0, 1, 30, 59] {
        let now = noon() + seconds(after);
        assert_eq!(
            bench.ask(&good(&new, "new", now), now).await,
            Err(Reason::UnknownKey),
            "{after}"
        );
    }
    assert_eq!(bench.provider.asked(), 1, "within a minute nothing is asked");
    let now = noon() + seconds(60);
    assert!(bench.ask(&good(&new, "new", now), now).await.is_ok());
    assert_eq!(bench.provider.asked(), 2);
    for kid in 0..200 {
        let now = noon() + seconds(61 + kid / 4);
        let verdict = bench.ask(&good(&new, &format!("x{kid}"), now), now).await;
        assert_eq!(verdict, Err(Reason::UnknownKey));
    }
    assert_eq!(bench.provider.asked(), 2, "200 unknown names in 50 seconds");
}

#[tokio::test]
async fn all_who_wait_share_one_fetch() {
    let signer = Signer::es256();
    let bench = Arc::new(Bench::new(vec![signer.jwk("k1")]).await);
    bench.provider.delays(Duration::from_millis(300));
    let token = good(&signer, "k1", noon());
    let (asking, gone) = (Arc::clone(&bench), token.clone());
    // Who comes first goes away at once. The fetch goes on for the others.
    let first = tokio::spawn(async move { asking.ask(&gone, noon()).await });
    bench.provider.until_asked(1).await;
    first.abort();
    let mut waiting = Vec::new();
    for _ in 0..50 {
        let (asking, token) = (Arc::clone(&bench), token.clone());
        waiting.push(tokio::spawn(async move { asking.ask(&token, noon()).await }));
    }
    for verdict in waiting {
        assert!(verdict.await.unwrap().is_ok());
    }
    assert_eq!(bench.provider.asked(), 1);
}

#[tokio::test]
async fn a_known_key_waits_for_nobody() {
    let signer = Signer::es256();
    let bench = Bench::new(vec![signer.jwk("k1")]).await;
    assert!(bench.ask(&good(&signer, "k1", noon()), noon()).await.is_ok());
    bench.provider.answers(Answer::Silent);
    let later = noon() + seconds(3600);
    let began = Instant::now();
    assert!(bench.ask(&good(&signer, "k1", later), later).await.is_ok());
    assert!(began.elapsed() < Duration::from_secs(2), "{:?}", began.elapsed());
    bench.provider.until_asked(2).await;
}

#[tokio::test]
async fn a_withdrawn_key_is_noticed_and_kept_for_the_life_of_a_token() {
    let (old, new) = (Signer::es256(), Signer::es256());
    let bench = Bench::new(vec![old.jwk("old"), new.jwk("new")]).await;
    assert!(bench.ask(&good(&old, "old", noon()), noon()).await.is_ok());
    bench.provider.answers(Answer::keys(vec![new.jwk("new")]));
    let before = noon() + seconds(299);
    assert!(bench.ask(&good(&new, "new", before), before).await.is_ok());
    assert_eq!(bench.provider.asked(), 1, "keys are fresh for five minutes");
    let noticed = noon() + seconds(300);
    assert!(bench.ask(&good(&new, "new", noticed), noticed).await.is_ok());
    bench.provider.until_asked(2).await;
    // An unknown key waits for the fetch that runs, so after it the set has been taken over.
    assert!(bench.ask(&good(&new, "other", noticed), noticed).await.is_err());
    let last = noticed + seconds(3629);
    assert!(
        bench.ask(&good(&old, "old", last), last).await.is_ok(),
        "its tokens may still be valid"
    );
    let gone = noticed + seconds(3630);
    assert_eq!(
        bench.ask(&good(&old, "old", gone), gone).await,
        Err(Reason::UnknownKey)
    );
    assert!(bench.ask(&good(&new, "new", gone), gone).await.is_ok());
}

#[tokio::test]
async fn a_key_that_comes_back_or_changes_counts_at_once() {
    let (first, second) = (Signer::es256(), Signer::es256());
    let bench = Bench::new(vec![first.jwk("k1")]).await;
    assert!(bench.ask(&good(&first, "k1", noon()), noon()).await.is_ok());
    let mut now = noon();
    for (keys, known) in [
        (vec![], &first),
        (vec![first.jwk("k1")], &first),
        (vec![second.jwk("k1")], &second),
    ] {
        bench.provider.answers(Answer::keys(keys));
        now += seconds(60);
        assert!(bench.ask(&good(&first, "unknown", now), now).await.is_err());
        assert!(bench.ask(&good(known, "k1", now), now).await.is_ok());
    }
    assert_eq!(
        bench.ask(&good(&first, "k1", now), now).await,
        Err(Reason::Signature)
    );
    bench.provider.answers(Answer::Closed);
    let much_later = now + seconds(40_000);
    assert!(
        bench
            .ask(&good(&second, "k1", much_later), much_later)
            .await
            .is_ok(),
        "it is not gone any more"
    );
}

#[tokio::test]
async fn a_provider_that_is_down_is_borne_for_a_day() {
    let signer = Signer::es256();
    let bench = Bench::new(vec![signer.jwk("k1")]).await;
    assert!(bench.ask(&good(&signer, "k1", noon()), noon()).await.is_ok());
    let keys = Answer::keys(vec![signer.jwk("k1")]);
    bench.provider.answers(Answer::Closed);
    for after in [400, 3600, 7200, 86_399] {
        let now = noon() + seconds(after);
        assert!(bench.ask(&good(&signer, "k1", now), now).await.is_ok(), "{after}");
        let unknown = bench.ask(&good(&signer, "k2", now), now).await;
        assert_eq!(unknown, Err(Reason::UnknownKey), "{after}");
    }
    let asked = bench.provider.asked();
    assert_eq!(asked, 5, "once each time, although two tokens came");
    let now = noon() + seconds(86_460);
    assert_eq!(
        bench.ask(&good(&signer, "k1", now), now).await,
        Err(Reason::NoKeys),
        "then it fails closed"
    );
    assert_eq!(bench.provider.asked(), asked + 1);
    bench.provider.answers(keys);
    let soon = now + seconds(59);
    assert_eq!(
        bench.ask(&good(&signer, "k1", soon), soon).await,
        Err(Reason::NoKeys)
    );
    let back = now + seconds(60);
    assert!(
        bench.ask(&good(&signer, "k1", back), back).await.is_ok(),
        "and comes back by itself"
    );
}

#[tokio::test]
async fn a_clock_that_was_set_back_stops_nothing() {
    let (old, new) = (Signer::es256(), Signer::es256());
    let bench = Bench::new(vec![old.jwk("old")]).await;
    assert!(bench.ask(&good(&old, "old", noon()), noon()).await.is_ok());
    bench.provider.answers(Answer::keys(vec![new.jwk("new")]));
    let back = noon() - seconds(100_000);
    assert!(bench.ask(&good(&new, "new", back), back).await.is_ok());
}

#[tokio::test]
async fn nobody_waits_longer_than_ten_seconds() {
    let signer = Signer::es256();
    let mut waiting = Vec::new();
    for answer in [Answer::Silent, Answer::Dribbling] {
        let bench = Bench::new(Vec::new()).await;
        bench.provider.answers(answer);
        let token = good(&signer, "k1", noon());
        waiting.push(tokio::spawn(async move {
            let began = Instant::now();
            let verdict = bench.ask(&token, noon()).await;
            (verdict, began.elapsed())
        }));
    }
    for verdict in waiting {
        let (verdict, took) = verdict.await.unwrap();
        assert_eq!(verdict, Err(Reason::NoKeys));
        assert!((9..15).contains(&took.as_secs()), "{took:?}");
    }
}

#[tokio::test]
async fn issuers_have_their_own_keys() {
    let (one, other) = (Signer::es256(), Signer::es256());
    let first = Provider::start(Answer::keys(vec![one.jwk("k1")])).await;
    let second = Provider::start(Answer::keys(vec![other.jwk("k1"), other.jwk("k2")])).await;
    let mut elsewhere = issuer(&second.url());
    elsewhere.issuer = "https://second.example.org".to_owned();
    let bench = Bench::new(Vec::new()).await;
    let verifier = verifier(
        Mode::Production,
        vec![issuer(&first.url()), elsewhere],
        &bench.revoked,
    )
    .unwrap();
    for (signer, kid, verdict) in [
        (&one, "k1", None),
        (&other, "k1", Some(Reason::Signature)),
        (&other, "k2", Some(Reason::UnknownKey)),
    ] {
        let found = verifier.verify(&good(signer, kid, noon()), noon()).await;
        assert_eq!(found.err().map(|refused| refused.reason().clone()), verdict);
    }
    assert_eq!(
        (first.asked(), second.asked()),
        (1, 0),
        "a token asks its own issuer and no other"
    );
}
