//! What is public for a time: by every way it is gone on its day, the feed tells of it, and what was withdrawn stays away.

use entity::credit::penalty::{self, PenaltyList};
use entity::credit::{CreditFilter, NEWEST_FIRST, Today, refresh_due};
use entity::page::{List, PageRequest};
use entity::value::RegionCode;
use entity::{Scope, change};
use serde_json::json;
use support::on_both;

use super::office::{LISTS, Office, PENALTIES, PUBLICITY, Penalty, REPAIRS, after, date, noon};
use crate::declaration::record::credit_code;

/// The last day of a low fine that was published on 2026-03-05, and the day behind it.
const LAST: &str = "2026-06-04";
const ENDED: &str = "2026-06-05";

fn row(number: u32) -> Penalty<'static> {
    Penalty {
        name: "苏州甲乙泵业有限公司",
        kind: "法人及非法人组织",
        code: credit_code(1),
        identity_number: "",
        number: format!("苏市监处罚〔2026〕{number}号"),
        words: "罚款",
        fine: "0.2".to_owned(),
        confiscated: "",
        decided: date("2026-03-02"),
        published: Some(date("2026-03-05")),
        deadline: None,
        op: "",
    }
}

fn file(rows: &[Penalty<'_>]) -> String {
    PENALTIES.to_owned() + &rows.iter().map(Penalty::line).collect::<String>()
}

fn staff() -> Scope {
    Scope::staff(RegionCode::parse("320582").unwrap())
}

/// The events of penalties that a reader was told of, oldest first.
async fn told(office: &Office, scope: &Scope) -> Vec<String> {
    let events = change::events_after(&office.db, scope, 0, 200).await.unwrap();
    let penalties = events.iter().filter(|event| event.kind == "Penalty");
    penalties.map(|event| event.op.clone()).collect()
}

/// How many penalties a reader is shown on a day, by list, count and key, which agree.
async fn seen(office: &Office, scope: &Scope, day: &str) -> usize {
    let today = Today(date(day));
    let list = PenaltyList {
        filter: CreditFilter::default(),
        direction: NEWEST_FIRST,
        today,
    };
    let request = PageRequest {
        limit: 50,
        ..PageRequest::default()
    };
    let rows = list.list(&office.db, scope, &request).await.unwrap().items;
    let count = list.count(&office.db, scope).await.unwrap();
    assert_eq!(count, rows.len() as u64, "on {day}");
    let all = list
        .list(&office.db, &Scope::operator(), &request)
        .await
        .unwrap()
        .items;
    let keys: Vec<String> = all.into_iter().map(|penalty| penalty.key).collect();
    let by_key = penalty::by_keys(&office.db, scope, today, &keys).await.unwrap();
    assert_eq!(by_key.len(), rows.len(), "on {day}");
    let parent = penalty::Parent(today);
    let owner = credit_code(1);
    let edge = penalty::first_of(&office.db, scope, &[(parent, owner.clone(), 50)])
        .await
        .unwrap();
    let counted = penalty::counts_of(&office.db, scope, &[(parent, owner)])
        .await
        .unwrap();
    assert_eq!(edge.values().map(Vec::len).sum::<usize>(), rows.len(), "on {day}");
    assert_eq!(counted.values().sum::<u64>(), count, "on {day}");
    rows.len()
}

on_both! {
    async fn r58_a_penalty_is_public_until_its_day_and_the_feed_says_so(engine) {
        let office = Office::open(engine).await;
        let warning = Penalty { words: "警告", fine: String::new(), ..row(2) };
        let later = Penalty { published: Some(date("2026-04-01")), ..row(3) };
        office.accepted(PUBLICITY, &file(&[row(1), warning, later]), "2026-03-06").await;
        let public = Scope::public();
        // By date, whatever the feed knows: before it begins, on its first and its last day, and behind.
        for (day, count) in [("2026-03-04", 0), ("2026-03-05", 1), ("2026-03-31", 1), ("2026-04-01", 2), (LAST, 2), (ENDED, 1), ("2026-07-01", 0)] {
            assert_eq!(seen(&office, &public, day).await, count, "{day}");
            assert_eq!(seen(&office, &staff(), day).await, 3, "{day}");
        }
        assert_eq!(told(&office, &public).await, ["UPSERT"]);

        // The third becomes public on the first of April: once.
        assert_eq!(refresh_due(&office.db, &noon(date("2026-03-31"))).await.unwrap(), 0);
        assert_eq!(refresh_due(&office.db, &noon(date("2026-04-01"))).await.unwrap(), 1);
        assert_eq!(refresh_due(&office.db, &noon(date("2026-04-02"))).await.unwrap(), 0);
        assert_eq!(told(&office, &public).await, ["UPSERT", "ENTER"]);
        // The first leaves on its day; a run of anything tells of it, too.
        assert_eq!(refresh_due(&office.db, &noon(date(LAST))).await.unwrap(), 0);
        let other = "统一社会信用代码,企业名称\n,苏州丙丁阀门有限公司\n";
        office.accepted("enterprise-register", other, ENDED).await;
        assert_eq!(refresh_due(&office.db, &noon(date(ENDED))).await.unwrap(), 0);
        // Whoever reads the feed from its beginning hears nothing of what is not public any more but that it left.
        assert_eq!(told(&office, &public).await, ["LEAVE", "ENTER", "LEAVE"]);
        let events = change::events_after(&office.db, &public, 0, 200).await.unwrap();
        assert!(!events.iter().any(|event| event.body.contains("苏市监处罚〔2026〕1号")), "{events:?}");
        let inside = told(&office, &staff()).await;
        assert_eq!(inside.iter().filter(|op| *op == "ENTER").count(), 2, "{inside:?}");
        assert_eq!(seen(&office, &staff(), ENDED).await, 3);

        // The same file again says nothing new, and shows nothing again.
        let again = office.take_on(PUBLICITY, "csv", file(&[row(1)]), "2026-03-06", date(ENDED)).await;
        assert_eq!((again.counts.created, again.counts.updated), (0, 0));
        assert_eq!(told(&office, &public).await, ["LEAVE", "ENTER", "LEAVE"]);
    }

    async fn r58_an_approved_repair_ends_the_publication(engine) {
        let office = Office::open(engine).await;
        office.accepted(PUBLICITY, &file(&[Penalty { fine: "20".to_owned(), ..row(1) }]), "2026-03-06").await;
        let repair = |result: &str, day: &str| format!(
            "{REPAIRS}{},苏州甲乙泵业有限公司,行政处罚,苏市监处罚〔2026〕1号,2026-03-02,,,2026-09-10,2026-09-12,{day},{result},,320582,\n",
            credit_code(1)
        );
        // In either order of files; a refusal ends nothing, and one that takes the place of an approval takes its effect away.
        office.accepted(LISTS, &repair("不予修复", "2026-09-20"), "2026-09-21").await;
        assert_eq!(seen(&office, &Scope::public(), "2026-10-01").await, 1);
        office.accepted(LISTS, &repair("准予修复", "2026-09-25"), "2026-09-26").await;
        assert_eq!(seen(&office, &Scope::public(), "2026-09-24").await, 1);
        assert_eq!(seen(&office, &Scope::public(), "2026-09-25").await, 0);
        assert_eq!(told(&office, &Scope::public()).await.last().unwrap(), "LEAVE");
        let events = change::events_after(&office.db, &Scope::public(), 0, 200).await.unwrap();
        assert_eq!(events.last().unwrap().reason, "REPAIR");
        office.accepted(LISTS, &repair("不予修复", "2026-09-28"), "2026-09-29").await;
        assert_eq!(seen(&office, &Scope::public(), "2026-10-01").await, 1);
        // A repair of something that nobody told of makes no penalty.
        let stray = repair("准予修复", "2026-09-25").replace("〔2026〕1号", "〔2026〕99号");
        office.accepted(LISTS, &stray, "2026-09-29").await;
        assert_eq!(seen(&office, &staff(), "2026-10-01").await, 1);
    }

    async fn r58_what_was_withdrawn_stays_away(engine) {
        let office = Office::open(engine).await;
        let told_first = file(&[row(1), row(2)]);
        office.accepted(PUBLICITY, &told_first, "2026-03-06").await;
        let withdrawal = file(&[Penalty { op: "DELETE", ..row(1) }]);
        // On the same day as it was told: the withdrawal counts.
        office.accepted(PUBLICITY, &withdrawal, "2026-03-06").await;
        assert_eq!(seen(&office, &staff(), "2026-03-07").await, 1);
        assert_eq!(told(&office, &Scope::public()).await, ["LEAVE", "UPSERT", "DELETE"]);
        // An old file again, and one that is older still.
        for day in ["2026-03-06", "2026-03-05"] {
            let again = office.take_on(PUBLICITY, "csv", &told_first, day, date("2026-03-09")).await;
            assert_eq!(again.counts.created, 0, "{again:?}");
            assert_eq!(seen(&office, &staff(), "2026-03-09").await, 1);
        }
        // A newer file that tells of it again brings it back.
        office.accepted(PUBLICITY, &told_first, "2026-03-10").await;
        assert_eq!(seen(&office, &staff(), "2026-03-10").await, 2);
        // The reason is kept with the claim.
        let shown = office.ask(&office.on(after(date("2026-03-10"), 1)), None, "{ penalties { totalCount } }").await;
        assert_eq!(shown, json!({ "penalties": { "totalCount": 2 } }));
    }
}
