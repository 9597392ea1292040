//! What goes wrong on the way: asked for again where that may help, else the end, with the place and the remedy.

use std::time::{Duration, Instant};

use ingest::platform::crawl::{CrawlError, CrawlSettings, RecordField, crawl};

use super::{assert_same, settings, spooled};
use support::samples::records;
use support::stand_in::StandIn;
use support::stand_in_trouble::Trouble;

const PATHS: [&str; 3] = ["queryArea", "queryListPaged", "showDetail"];

fn passing() -> Vec<Trouble> {
    vec![
        Trouble::Cut,
        Trouble::CutPage,
        Trouble::Dropped,
        Trouble::Status(500),
        Trouble::Status(503),
        Trouble::MalformedJson,
        Trouble::ErrorPage,
        Trouble::TooMany(None),
        Trouble::Slow(Duration::from_millis(600)),
    ]
}

fn hurried(stand_in: &StandIn) -> CrawlSettings {
    CrawlSettings {
        read_timeout_ms: 150,
        ..settings(stand_in)
    }
}

#[tokio::test]
async fn trouble_that_passes_leaves_no_trace() {
    let records = records(&[("320582", 16)], 1);
    for path in PATHS {
        for trouble in passing() {
            let stand_in = StandIn::start(records.clone()).await;
            stand_in.trouble(trouble.clone(), path, 1, 2);
            let folder = tempfile::tempdir().unwrap();
            let crawled = crawl(&hurried(&stand_in), folder.path(), 1).await;
            let crawled = crawled.unwrap_or_else(|error| panic!("{path} {trouble:?}: {error}"));
            assert_same(&spooled(&crawled.spool), &records, &format!("{path} {trouble:?}"));
        }
    }
}

#[tokio::test]
async fn trouble_that_stays_stops_after_five_attempts() {
    let records = records(&[("320582", 16)], 1);
    for path in PATHS {
        for trouble in passing() {
            let stand_in = StandIn::start(records.clone()).await;
            stand_in.trouble(trouble.clone(), path, 1, u64::MAX);
            let folder = tempfile::tempdir().unwrap();
            let error = crawl(&hurried(&stand_in), folder.path(), 1).await.unwrap_err();
            let CrawlError::GaveUp { place, attempts, .. } = &error else {
                panic!("{path} {trouble:?}: {error}");
            };
            assert_eq!(*attempts, 5);
            assert!(place.url.contains(path), "{place}");
            let said = error.to_string();
            let expected = match path {
                "queryArea" => "area tree, top, http://127.0.0.1:",
                _ => "area 320582, page 1, ",
            };
            assert!(said.starts_with(expected), "{said}");
            assert!(said.contains("Run the crawl again later"), "{said}");
            let asked = stand_in
                .seen()
                .iter()
                .filter(|seen| seen.line.contains(path))
                .count();
            assert_eq!(asked, 5, "{path} {trouble:?}");
        }
    }
}

#[tokio::test]
async fn a_platform_that_asks_for_a_person_is_left_alone() {
    let records = records(&[("320582", 16)], 1);
    for path in PATHS {
        for trouble in [
            Trouble::Captcha,
            Trouble::Login,
            Trouble::Forbidden,
            Trouble::Status(401),
            Trouble::Redirect("/user/login.do".to_owned()),
        ] {
            let stand_in = StandIn::start(records.clone()).await;
            stand_in.trouble(trouble.clone(), path, 1, u64::MAX);
            let folder = tempfile::tempdir().unwrap();
            let error = crawl(&settings(&stand_in), folder.path(), 1).await.unwrap_err();
            assert!(
                matches!(error, CrawlError::NeedsPerson { .. }),
                "{path} {trouble:?}: {error}"
            );
            assert!(error.to_string().contains("exported file"), "{error}");
            let asked = stand_in
                .seen()
                .iter()
                .filter(|seen| seen.line.contains(path))
                .count();
            assert_eq!(asked, 1, "{path} {trouble:?}");
        }
    }
}

#[tokio::test]
async fn what_asking_again_cannot_change_stops_at_once() {
    let records = records(&[("320582", 16)], 1);
    let elsewhere = StandIn::start(records.clone()).await;
    for path in PATHS {
        for (trouble, says) in [
            (Trouble::Redirect(elsewhere.base_url()), "is not followed"),
            (
                Trouble::Redirect("file:///etc/passwd".to_owned()),
                "is not followed",
            ),
            (Trouble::Endless, "larger than 65536 bytes"),
            (Trouble::Promised(1 << 40), "larger than 65536 bytes"),
            (Trouble::Compressed, "compressed (gzip)"),
            (Trouble::Status(400), "answered 400"),
            (Trouble::TooMany(Some("3600".to_owned())), "asks to wait 3600 s"),
        ] {
            let stand_in = StandIn::start(records.clone()).await;
            stand_in.trouble(trouble.clone(), path, 1, u64::MAX);
            let folder = tempfile::tempdir().unwrap();
            let mut settings = settings(&stand_in);
            settings.answer_bytes = 64 << 10;
            let error = crawl(&settings, folder.path(), 1).await.unwrap_err();
            assert!(
                matches!(error, CrawlError::Refused { .. }),
                "{path} {trouble:?}: {error}"
            );
            assert!(error.to_string().contains(says), "{path} {trouble:?}: {error}");
            let asked = stand_in
                .seen()
                .iter()
                .filter(|seen| seen.line.contains(path))
                .count();
            assert_eq!(asked, 1, "{path} {trouble:?}");
        }
    }
    assert_eq!(elsewhere.connections(), 0);
}

#[tokio::test]
async fn retry_after_is_waited_for() {
    let stand_in = StandIn::start(records(&[("320582", 1)], 1)).await;
    stand_in.trouble(Trouble::TooMany(Some("1".to_owned())), "showDetail", 1, 1);
    let folder = tempfile::tempdir().unwrap();
    crawl(&settings(&stand_in), folder.path(), 1).await.unwrap();
    let seen = stand_in.seen();
    let waited = seen[5].at - seen[4].at;
    assert!(waited >= Duration::from_millis(990), "{waited:?}");
}

#[tokio::test]
async fn an_answer_that_trickles_is_given_up() {
    let stand_in = StandIn::start(records(&[("320582", 1)], 1)).await;
    stand_in.trouble(Trouble::Slow(Duration::from_secs(30)), "queryArea", 1, u64::MAX);
    let folder = tempfile::tempdir().unwrap();
    let mut settings = settings(&stand_in);
    settings.answer_timeout_ms = 100;
    settings.attempts = 2;
    let begin = Instant::now();
    let error = crawl(&settings, folder.path(), 1).await.unwrap_err();
    assert!(error.to_string().contains("no answer in time"), "{error}");
    assert!(begin.elapsed() < Duration::from_secs(5));
}

#[tokio::test]
async fn a_record_that_never_comes_can_be_skipped() {
    let records = records(&[("320582", 3)], 1);
    let stand_in = StandIn::start(records.clone()).await;
    stand_in.trouble(Trouble::ErrorPage, "/3205821.do", 1, u64::MAX);
    let folder = tempfile::tempdir().unwrap();
    let mut settings = settings(&stand_in);
    let error = crawl(&settings, folder.path(), 1).await.unwrap_err();
    assert!(error.to_string().contains("record 3205821"), "{error}");
    settings.skip_records = vec!["3205821".to_owned()];
    let crawled = crawl(&settings, folder.path(), 1).await.unwrap();
    assert_eq!(spooled(&crawled.spool), records[1..]);
    assert_eq!(crawled.left_out[0].reason, "named in skip_records");
}

#[tokio::test]
async fn details_that_are_all_missing_stop_the_crawl() {
    let stand_in = StandIn::start(records(&[("320582", 5)], 1)).await;
    stand_in.trouble(Trouble::Status(404), "showDetail", 1, u64::MAX);
    let folder = tempfile::tempdir().unwrap();
    let error = crawl(&settings(&stand_in), folder.path(), 1).await.unwrap_err();
    assert!(matches!(error, CrawlError::Missing { .. }), "{error}");
    assert!(
        error.to_string().contains("area 320582, page 1, record "),
        "{error}"
    );
}

#[tokio::test]
async fn a_detail_page_of_another_standard_is_left_out() {
    let all = records(&[("320582", 2)], 1);
    let number = all[0].get(RecordField::StandardNumber).to_owned();
    for (shown, left_out) in [("Q/OTHER 1-2020", 1), ("q/320582abc001—2023", 0)] {
        let stand_in = StandIn::start(all.clone()).await;
        stand_in.trouble(Trouble::Changed(number.clone(), shown), "showDetail", 1, 1);
        let folder = tempfile::tempdir().unwrap();
        let crawled = crawl(&settings(&stand_in), folder.path(), 1).await.unwrap();
        assert_eq!(crawled.left_out.len(), left_out, "{shown}");
        for out in &crawled.left_out {
            assert_eq!(out.record_id, all[0].get(RecordField::RecordId));
            assert!(
                out.reason.contains(shown) && out.reason.contains(&number),
                "{}",
                out.reason
            );
        }
    }
}

#[tokio::test]
async fn a_page_with_more_rows_than_a_page_has_is_no_page() {
    let stand_in = StandIn::start(records(&[("320582", 12)], 1)).await;
    let folder = tempfile::tempdir().unwrap();
    let mut settings = settings(&stand_in);
    settings.scope.page_size = 10;
    let error = crawl(&settings, folder.path(), 1).await.unwrap_err();
    assert!(
        error
            .to_string()
            .contains("has 12 rows and scope.page_size is 10"),
        "{error}"
    );
}

#[tokio::test]
async fn a_list_without_an_end_is_given_up() {
    let stand_in = StandIn::start(records(&[("320582", 45)], 1)).await;
    stand_in.trouble(Trouble::Cycles, "queryListPaged", 1, u64::MAX);
    let folder = tempfile::tempdir().unwrap();
    let error = crawl(&settings(&stand_in), folder.path(), 1).await.unwrap_err();
    assert!(error.to_string().contains("hold only 45 records"), "{error}");
    assert!(stand_in.seen().len() < 300);
}
