//! Nothing is asked but the platform.

use ingest::platform::crawl::crawl;

use super::settings;
use support::samples::records;
use support::stand_in::StandIn;

#[tokio::test]
async fn a_private_address_is_not_asked_unless_that_is_allowed() {
    let stand_in = StandIn::start(records(&[("320582", 1)], 1)).await;
    let folder = tempfile::tempdir().unwrap();
    let mut settings = settings(&stand_in);
    settings.allow_private = false;
    let port = stand_in.base_url().rsplit_once(':').unwrap().1.to_owned();
    for host in [
        "127.0.0.1",
        "127.1",
        "localhost",
        "0x7f000001",
        "[::1]",
        "[::ffff:127.0.0.1]",
    ] {
        settings.scope.base_url = format!("http://{host}:{port}");
        std::fs::remove_dir_all(folder.path()).unwrap();
        let error = crawl(&settings, folder.path(), 1).await.unwrap_err();
        assert!(error.to_string().contains("allow_private"), "{host}: {error}");
    }
    assert_eq!(stand_in.connections(), 0);
}

#[tokio::test]
async fn ids_cannot_lead_elsewhere() {
    let mut all = records(&[("320582", 3)], 1);
    let evil = ["../../queryArea", "http://10.0.0.1/x", "1?a=b"];
    for (record, id) in all.iter_mut().zip(evil) {
        record.set(ingest::platform::crawl::RecordField::RecordId, id);
    }
    let stand_in = StandIn::start(all).await;
    let folder = tempfile::tempdir().unwrap();
    let crawled = crawl(&settings(&stand_in), folder.path(), 1).await.unwrap();
    assert_eq!((crawled.records, crawled.left_out.len()), (0, 3));
    assert!(stand_in.seen().iter().all(|seen| !seen.line.starts_with("GET")));
}

#[tokio::test]
async fn a_name_is_resolved_once_and_asked_at_its_address() {
    let records = records(&[("320582", 2)], 1);
    let stand_in = StandIn::start(records).await;
    let folder = tempfile::tempdir().unwrap();
    let mut settings = settings(&stand_in);
    settings.scope.base_url = settings.scope.base_url.replace("127.0.0.1", "localhost");
    let crawled = crawl(&settings, folder.path(), 1).await.unwrap();
    assert_eq!(crawled.records, 2);
    assert!(stand_in.seen()[0].header.contains("host: localhost:"));
}
