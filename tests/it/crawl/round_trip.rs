//! What the platform says is what the file says.

use ingest::platform::crawl::{CrawlSettings, RecordField, crawl, forget};

use super::{assert_same, settings, spooled};
use support::samples::records;
use support::stand_in::StandIn;
use support::stand_in_trouble::Trouble;

const AREAS: &[(&str, u64)] = &[("110101", 3), ("320582", 47), ("320583", 15), ("330102", 1)];

#[tokio::test]
async fn every_field_of_every_record_comes_through() {
    for seed in 0..10 {
        let records = records(AREAS, seed);
        let stand_in = StandIn::start(records.clone()).await;
        let folder = tempfile::tempdir().unwrap();
        let crawled = crawl(&settings(&stand_in), folder.path(), seed).await.unwrap();
        assert_same(&spooled(&crawled.spool), &records, &format!("seed {seed}"));
        assert_eq!(crawled.records, records.len() as u64);
        assert_eq!((crawled.left_out, crawled.unsettled), (vec![], vec![]));
        assert_eq!(stand_in.connections(), 1);
    }
}

#[tokio::test]
async fn requests_have_the_form_that_the_platform_knows() {
    let stand_in = StandIn::start(records(&[("320582", 1)], 1)).await;
    let folder = tempfile::tempdir().unwrap();
    let mut settings = settings(&stand_in);
    settings.user_agent = "NQI-Hub/9 (a@example.org)".to_owned();
    crawl(&settings, folder.path(), 1).await.unwrap();
    let seen = stand_in.seen();
    let told: Vec<_> = seen
        .iter()
        .map(|seen| format!("{} {}", seen.line, seen.form))
        .collect();
    assert_eq!(
        told[..4],
        [
            "POST /queryArea.do code=",
            "POST /queryArea.do code=320000",
            "POST /queryArea.do code=320500",
            "POST /area/320582/queryListPaged.do conType=5&condition=320582&pageNum=1&standardFlag=0&areaLevel=1",
        ]
    );
    assert!(
        told[4].starts_with("GET /standardProduct/showDetail/"),
        "{}",
        told[4]
    );
    assert_eq!(told.len(), 5);
    for seen in seen {
        assert!(
            seen.header.contains("user-agent: nqi-hub/9 (a@example.org)"),
            "{}",
            seen.header
        );
        assert!(!seen.header.contains("accept-encoding"), "{}", seen.header);
    }
}

#[tokio::test]
async fn a_list_that_repeats_its_last_page_ends() {
    for count in [15, 30, 31] {
        let records = records(&[("320582", count)], count);
        let stand_in = StandIn::start(records.clone()).await;
        stand_in.trouble(Trouble::RepeatsLastPage, "queryListPaged", 1, u64::MAX);
        let folder = tempfile::tempdir().unwrap();
        let crawled = crawl(&settings(&stand_in), folder.path(), 1).await.unwrap();
        assert_same(&spooled(&crawled.spool), &records, &format!("{count} records"));
    }
}

#[tokio::test]
async fn named_areas_are_read_alone_and_in_their_order() {
    let all = records(AREAS, 3);
    let stand_in = StandIn::start(all.clone()).await;
    for (areas, descend, expected) in [
        (
            &["330102", "110101", "330102"][..],
            false,
            &["330102", "110101"][..],
        ),
        (&["320000"], true, &["320582", "320583"]),
        (&["320500", "110101"], true, &["320582", "320583", "110101"]),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let mut settings = settings(&stand_in);
        settings.scope.areas = areas.iter().map(|area| (*area).to_owned()).collect();
        settings.scope.descend = descend;
        let crawled = crawl(&settings, folder.path(), 1).await.unwrap();
        let expected: Vec<_> = expected
            .iter()
            .flat_map(|area| {
                all.iter()
                    .filter(|record| record.get(RecordField::RegionCode) == *area)
            })
            .cloned()
            .collect();
        assert_same(&spooled(&crawled.spool), &expected, &format!("{areas:?}"));
    }
}

#[tokio::test]
async fn a_complete_crawl_is_told_again_without_requests_until_it_is_forgotten() {
    let stand_in = StandIn::start(records(&[("320582", 2)], 1)).await;
    let folder = tempfile::tempdir().unwrap();
    let settings = settings(&stand_in);
    let first = crawl(&settings, folder.path(), 1).await.unwrap();
    let requests = stand_in.seen().len();
    assert_eq!(crawl(&settings, folder.path(), 1).await.unwrap(), first);
    assert_eq!(stand_in.seen().len(), requests);
    forget(folder.path()).unwrap();
    assert_eq!(crawl(&settings, folder.path(), 1).await.unwrap(), first);
    assert_eq!(stand_in.seen().len(), 2 * requests);
}

#[tokio::test]
async fn words_and_labels_can_be_set() {
    let mut all = records(&[("320582", 1)], 1);
    all[0].fields.insert(RecordField::Status, "现行".to_owned());
    all[0].fields.insert(RecordField::Address, "杨舍镇".to_owned());
    let stand_in = StandIn::start(all.clone()).await;
    let folder = tempfile::tempdir().unwrap();
    let mut settings = settings(&stand_in);
    settings.status_words.insert("0".to_owned(), "有效".to_owned());
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), "[labels.record]\n\"注册地址\" = \"ignore\"\n").unwrap();
    settings.labels = CrawlSettings::read(file.path()).unwrap().labels;
    let crawled = crawl(&settings, folder.path(), 1).await.unwrap();
    all[0].fields.insert(RecordField::Status, "有效".to_owned());
    all[0].fields.remove(&RecordField::Address);
    assert_eq!(spooled(&crawled.spool), all);
}

#[tokio::test]
async fn the_pace_is_kept() {
    let stand_in = StandIn::start(records(&[("320582", 3)], 1)).await;
    stand_in.trouble(Trouble::Status(500), "showDetail", 1, 1);
    let folder = tempfile::tempdir().unwrap();
    let mut settings = settings(&stand_in);
    settings.requests_per_second = 20.0;
    crawl(&settings, folder.path(), 1).await.unwrap();
    let seen = stand_in.seen();
    assert_eq!(seen.len(), 8);
    let spent = seen.last().unwrap().at - seen.first().unwrap().at;
    assert!(spent.as_millis() >= 7 * 50 - 20, "{spent:?}");
}
