//! A crawl that was killed goes on, and its file is the file of a crawl that was not.

use std::io::Write;

use ingest::platform::crawl::{CrawlError, SPOOL_NAME, STATE_NAME, crawl};

use super::settings;
use support::samples::records;
use support::stand_in::StandIn;
use support::stand_in_trouble::Trouble;

const AREAS: &[(&str, u64)] = &[("110101", 2), ("320582", 17), ("330102", 15)];

#[tokio::test]
async fn a_crawl_killed_at_any_request_goes_on() {
    let records = records(AREAS, 5);
    let stand_in = StandIn::start(records.clone()).await;
    let settings = settings(&stand_in);
    let whole = tempfile::tempdir().unwrap();
    let crawled = crawl(&settings, whole.path(), 1).await.unwrap();
    let expected = std::fs::read(&crawled.spool).unwrap();
    let requests = stand_in.seen().len() as u64;
    assert!(requests > 40);
    for at in 1..=requests {
        let folder = tempfile::tempdir().unwrap();
        let stand_in = StandIn::start(records.clone()).await;
        let mut settings = settings.clone();
        settings.scope.base_url = stand_in.base_url();
        tokio::select! {
            ended = crawl(&settings, folder.path(), 1) => {
                // The answer to the last request may be read before the count of it.
                assert!(at == requests && ended.is_ok(), "{at}");
            }
            () = stand_in.requested(at) => {}
        }
        let crawled = crawl(&settings, folder.path(), 1).await.unwrap();
        assert_eq!(
            std::fs::read(&crawled.spool).unwrap(),
            expected,
            "killed at request {at}"
        );
    }
}

#[tokio::test]
async fn a_crawl_killed_again_and_again_with_torn_tails_goes_on() {
    let records = records(AREAS, 6);
    let stand_in = StandIn::start(records.clone()).await;
    let mut settings = settings(&stand_in);
    settings.scope.areas = vec!["320582".to_owned(), "330102".to_owned()];
    let whole = tempfile::tempdir().unwrap();
    let expected = std::fs::read(crawl(&settings, whole.path(), 1).await.unwrap().spool).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let mut kills = 0;
    let crawled = loop {
        let requests = stand_in.seen().len() as u64;
        tokio::select! {
            ended = crawl(&settings, folder.path(), 1) => break ended.unwrap(),
            // A page needs up to 16 requests, so that every second run or so finishes one.
            () = stand_in.requested(requests + 10 + kills % 17) => {}
        }
        kills += 1;
        assert!(kills < 200);
        // Waits for the last write of the dropped crawl, as the next one does by itself.
        let lock = std::fs::File::open(folder.path().join(SPOOL_NAME)).unwrap();
        lock.lock().unwrap();
        let mut tail = std::fs::OpenOptions::new()
            .append(true)
            .open(folder.path().join(SPOOL_NAME))
            .unwrap();
        tail.write_all("{\"record_id\":\"1\"}\n{\"rec".as_bytes())
            .unwrap();
        std::fs::write(folder.path().join(format!("{STATE_NAME}.new")), b"{\"sco").unwrap();
    };
    assert!(kills > 3, "{kills}");
    assert_eq!(std::fs::read(&crawled.spool).unwrap(), expected);
}

#[tokio::test]
async fn a_crawl_stopped_by_trouble_goes_on_with_the_page() {
    let records = records(AREAS, 7);
    let stand_in = StandIn::start(records.clone()).await;
    let settings = settings(&stand_in);
    let whole = tempfile::tempdir().unwrap();
    let expected = std::fs::read(crawl(&settings, whole.path(), 1).await.unwrap().spool).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let requests = stand_in.seen().len() as u64;
    stand_in.trouble(Trouble::Captcha, "showDetail", requests + 28, u64::MAX);
    let error = crawl(&settings, folder.path(), 1).await.unwrap_err();
    assert!(matches!(error, CrawlError::NeedsPerson { .. }), "{error}");
    let kept = std::fs::read(folder.path().join(SPOOL_NAME)).unwrap();
    assert!(!kept.is_empty() && expected.starts_with(&kept));
    stand_in.behave();
    let crawled = crawl(&settings, folder.path(), 1).await.unwrap();
    assert_eq!(std::fs::read(&crawled.spool).unwrap(), expected);
}

#[tokio::test]
async fn another_scope_does_not_go_on_with_a_crawl() {
    let stand_in = StandIn::start(records(AREAS, 8)).await;
    let folder = tempfile::tempdir().unwrap();
    let mut settings = settings(&stand_in);
    crawl(&settings, folder.path(), 1).await.unwrap();
    settings.scope.areas = vec!["110101".to_owned()];
    let error = crawl(&settings, folder.path(), 1).await.unwrap_err();
    assert!(error.to_string().contains("other settings"), "{error}");
}
