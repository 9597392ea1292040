//! Lists that change while they are read.

use ingest::platform::crawl::{RecordField, crawl};

use super::{settings, spooled};
use support::chance::Chance;
use support::samples::{record, records};
use support::stand_in::StandIn;

fn ids(records: &[ingest::platform::crawl::ExchangeRecord]) -> Vec<String> {
    let mut ids: Vec<_> = records
        .iter()
        .map(|record| record.get(RecordField::RecordId).to_owned())
        .collect();
    ids.sort();
    ids
}

#[tokio::test]
async fn a_record_that_appears_while_paging_is_found_and_none_is_double() {
    let before = records(&[("320582", 40)], 1);
    let fresh = record("320582", 99, &mut Chance::new(9));
    for request in [5, 10, 20, 25, 37] {
        let stand_in = StandIn::start(before.clone()).await;
        stand_in.appears(request, fresh.clone());
        let folder = tempfile::tempdir().unwrap();
        let crawled = crawl(&settings(&stand_in), folder.path(), 1).await.unwrap();
        let mut expected = before.clone();
        expected.push(fresh.clone());
        assert_eq!(ids(&spooled(&crawled.spool)), ids(&expected), "request {request}");
        assert_eq!(crawled.unsettled, Vec::<String>::new());
    }
}

#[tokio::test]
async fn a_record_that_goes_while_paging_hides_no_other() {
    let before = records(&[("320582", 40)], 2);
    let gone = before[2].get(RecordField::RecordId).to_owned();
    let stand_in = StandIn::start(before.clone()).await;
    stand_in.vanishes(20, &gone);
    let folder = tempfile::tempdir().unwrap();
    let crawled = crawl(&settings(&stand_in), folder.path(), 1).await.unwrap();
    assert_eq!(ids(&spooled(&crawled.spool)), ids(&before));
    assert_eq!(crawled.left_out, []);
}

#[tokio::test]
async fn a_list_that_never_settles_is_told() {
    let before = records(&[("320582", 40)], 3);
    let stand_in = StandIn::start(before).await;
    for nth in 0..200 {
        stand_in.appears(5 + nth, record("320582", 100 + nth, &mut Chance::new(nth)));
    }
    let folder = tempfile::tempdir().unwrap();
    let mut settings = settings(&stand_in);
    settings.passes = 2;
    let crawled = crawl(&settings, folder.path(), 1).await.unwrap();
    assert_eq!(crawled.unsettled, ["320582"]);
    let spooled = ids(&spooled(&crawled.spool));
    let mut single = spooled.clone();
    single.dedup();
    assert_eq!(spooled, single);
}

#[tokio::test]
async fn a_record_without_a_detail_page_is_left_out_and_told() {
    let before = records(&[("320582", 4)], 4);
    let gone = before[2].get(RecordField::RecordId).to_owned();
    let stand_in = StandIn::start(before.clone()).await;
    stand_in.vanishes(5, &gone);
    let folder = tempfile::tempdir().unwrap();
    let crawled = crawl(&settings(&stand_in), folder.path(), 1).await.unwrap();
    assert_eq!(crawled.left_out.len(), 1);
    assert_eq!(crawled.left_out[0].record_id, gone);
    assert_eq!(crawled.left_out[0].area, "320582");
    assert_eq!(crawled.records, 3);
}
