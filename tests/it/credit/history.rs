//! Histories of chance against a plain model: what is public on which day, what the summary counts, when a decision was due.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate, Weekday};
use entity::Scope;
use entity::credit::summary::summaries;
use entity::credit::{Today, refresh_due};
use entity::value::RegionCode;
use ingest::{Adapter, Ingester, Silent};
use serde_json::Value;
use support::chance::seed;
use support::{Chance, on_both, repeat};

use super::office::{
    ABNORMAL, LICENCES, LISTS, Office, PENALTIES, PUBLICITY, Penalty, REPAIRS, after, date, noon,
};
use crate::declaration::record::credit_code;

const NAME: &str = "苏州甲乙泵业有限公司";
/// The day of all deliveries: behind every day of the histories, so that only the day of the question counts.
const DELIVERED: &str = "2030-01-01";

/// A penalty as the model sees it.
#[derive(Debug)]
struct Fact {
    decided: NaiveDate,
    /// The days on which it is public: from the first to the one before the second. None: never.
    public: Option<(NaiveDate, NaiveDate)>,
    fine: i64,
    confiscated: i64,
}

/// A licence or a listing: the first day, and the last one.
type Span = (NaiveDate, Option<NaiveDate>);

#[derive(Debug, Default)]
struct History {
    penalties: Vec<Fact>,
    licences: Vec<Span>,
    listings: Vec<Span>,
    /// Days on which something may change.
    days: Vec<NaiveDate>,
    /// Repairs by the day of their application.
    repairs: Vec<NaiveDate>,
}

/// So many months later, on the last day of the month where it has no such day.
fn months_later(day: NaiveDate, months: i32) -> NaiveDate {
    let month = day.year() * 12 + i32::try_from(day.month0()).unwrap() + months;
    let (year, month0) = (month.div_euclid(12), u32::try_from(month.rem_euclid(12)).unwrap());
    let in_month = |number| NaiveDate::from_ymd_opt(year, month0 + 1, number);
    (1..=day.day()).rev().find_map(in_month).unwrap()
}

fn some_day(chance: &mut Chance) -> NaiveDate {
    // Ends of months are where terms go wrong.
    let day = after(date("2022-01-01"), chance.below(1500));
    match chance.below(3) {
        0 => months_later(day.with_day(1).unwrap(), 1).pred_opt().unwrap(),
        _ => day,
    }
}

/// Writes a history of chance into a hub, and tells the model of it.
async fn written(office: &Office, chance: &mut Chance, code: &str) -> History {
    let mut history = History::default();
    let (mut rows, mut repairs) = (PENALTIES.to_owned(), REPAIRS.to_owned());
    for number in 0..4 + chance.below(6) {
        let decided = some_day(chance);
        let published = chance.percent(50).then(|| after(decided, chance.below(40)));
        let from = published.unwrap_or(decided);
        let deadline = chance.percent(40).then(|| after(from, chance.below(1400)));
        // The words, the fine in 万元 and in fen, and the months of publication.
        let (words, fine, fen, months) = *chance.pick(&[
            ("警告", "", 0, None),
            ("通报批评", "", 0, Some(3)),
            ("罚款", "1", 1_000_000, Some(3)),
            ("警告、罚款", "0.000001", 1, Some(3)),
            ("罚款", "1.000001", 1_000_001, Some(36)),
            ("罚款、没收违法所得", "0.5", 500_000, Some(36)),
            ("吊销许可证件", "", 0, Some(36)),
        ]);
        let confiscated = if words.contains("没收") { "0.25" } else { "" };
        let penalty = Penalty {
            name: NAME,
            kind: "法人及非法人组织",
            code: code.to_owned(),
            identity_number: "",
            number: format!("苏市监处罚〔2026〕{number}号"),
            words,
            fine: fine.to_owned(),
            confiscated,
            decided,
            published,
            deadline,
            op: "",
        };
        rows += &penalty.line();
        let mut end = months.map(|months| months_later(from, months));
        end = end.map(|end| deadline.map_or(end, |deadline| end.min(after(deadline, 1))));
        if chance.percent(40) {
            let applied = after(from, chance.below(500));
            let approved = after(applied, chance.below(30));
            let is_approved = chance.percent(60);
            repairs += &format!(
                "{code},{NAME},行政处罚,{},{decided},,,{applied},,{approved},{},,320582,\n",
                penalty.number,
                if is_approved {
                    "准予修复"
                } else {
                    "不予修复"
                }
            );
            history.repairs.push(applied);
            history.days.push(applied);
            if is_approved {
                end = end.map(|end| end.min(approved));
            }
        }
        history.days.extend([decided, from]);
        history.days.extend(end);
        history.penalties.push(Fact {
            decided,
            public: end.map(|end| (from, end)),
            fine: fen,
            confiscated: if confiscated.is_empty() { 0 } else { 250_000 },
        });
    }
    let mut licences = LICENCES.to_owned();
    for number in 0..chance.below(4) {
        let first = some_day(chance);
        let last = chance.percent(70).then(|| after(first, chance.below(900)));
        let told = last.map(|last| last.to_string()).unwrap_or_default();
        licences += &format!(
            "{NAME},法人,{code},,苏市监许可〔2024〕{number}号,普通,证,,产,{first},{first},{told},局,320582,0,\n"
        );
        history.licences.push((first, last));
        history.days.push(first);
        history.days.extend(last.map(|last| after(last, 1)));
    }
    let mut listings = ABNORMAL.to_owned();
    for number in 0..chance.below(4) {
        let first = some_day(chance);
        let removed = chance.percent(60).then(|| after(first, 1 + chance.below(900)));
        let told = removed.map(|day| day.to_string()).unwrap_or_default();
        listings += &format!("{code},{NAME},第{number}种原因,{first},局,{told},,,320582\n");
        history
            .listings
            .push((first, removed.map(|day| day.pred_opt().unwrap())));
        history.days.push(first);
        history.days.extend(removed);
    }
    let delivered = date(DELIVERED);
    for (adapter, text) in [
        (PUBLICITY, rows),
        (LISTS, repairs),
        (PUBLICITY, licences),
        (LISTS, listings),
    ] {
        if text.lines().count() > 1 {
            let report = office.take_on(adapter, "csv", text, DELIVERED, delivered).await;
            assert_eq!(report.counts.quarantined, 0, "{report:?}");
        }
    }
    history
}

fn holds((first, last): &Span, on: NaiveDate) -> bool {
    *first <= on && last.is_none_or(|last| on <= last)
}

on_both! {
    async fn r58_the_summary_is_that_of_a_plain_model(engine) {
        let mut chance = Chance::new(seed("r58_the_summary_is_that_of_a_plain_model"));
        let office = Office::open(engine).await;
        let staff = Scope::staff(RegionCode::parse("320582").unwrap());
        for number in 0..repeat() {
            let code = credit_code(100 + number);
            let history = written(&office, &mut chance, &code).await;
            let mut days: Vec<NaiveDate> = history.days.iter().flat_map(|day| [day.pred_opt().unwrap(), *day]).collect();
            days.sort();
            days.dedup();
            for today in &days {
                let on = if chance.percent(70) { *today } else { *chance.pick(&days) };
                for (scope, is_staff) in [(&Scope::public(), false), (&staff, true)] {
                    let shown = summaries(&office.db, scope, Today(*today), &[(code.clone(), on)]).await.unwrap();
                    let shown = &shown[&(code.clone(), on)];
                    let is_public = |fact: &Fact, day: NaiveDate| fact.public.is_some_and(|(from, end)| from <= day && day < end);
                    let seen: Vec<&Fact> = history.penalties.iter()
                        .filter(|fact| fact.decided <= on && (is_staff || is_public(fact, *today))).collect();
                    let what = format!("today {today}, on {on}, staff {is_staff}: {history:?}");
                    assert_eq!(shown.penalties, seen.len() as i64, "{what}");
                    assert_eq!(shown.published_penalties, seen.iter().filter(|fact| is_public(fact, on)).count() as i64, "{what}");
                    assert_eq!(shown.fine, seen.iter().map(|fact| fact.fine).sum::<i64>(), "{what}");
                    assert_eq!(shown.confiscated, seen.iter().map(|fact| fact.confiscated).sum::<i64>(), "{what}");
                    assert_eq!(shown.valid_licences, history.licences.iter().filter(|span| holds(span, on)).count() as i64, "{what}");
                    // What is not begun is not public yet, though a day is asked for on which it is.
                    let listed = history.listings.iter().filter(|span| holds(span, on) && (is_staff || span.0 <= *today)).count();
                    assert_eq!(shown.listings, listed as i64, "{what}");
                    assert_eq!(shown.current_listings.len(), listed, "{what}");
                    let applied = history.repairs.iter().filter(|day| is_staff && **day <= on).max();
                    assert_eq!(shown.latest_repair.as_ref().map(|repair| repair.applied_on), applied.copied(), "{what}");
                }
            }
        }
    }

    async fn r58_the_feed_follows_the_days(engine) {
        let mut chance = Chance::new(seed("r58_the_feed_follows_the_days"));
        let office = Office::open(engine).await;
        let code = credit_code(1);
        let history = written(&office, &mut chance, &code).await;
        let mut days = history.days.clone();
        days.sort();
        days.dedup();
        for day in days {
            refresh_due(&office.db, &noon(day)).await.unwrap();
            assert_eq!(refresh_due(&office.db, &noon(day)).await.unwrap(), 0, "{day}");
            // Who follows the feed has what who asks is shown.
            let mut held: BTreeMap<String, bool> = BTreeMap::new();
            for event in entity::change::events_after(&office.db, &Scope::public(), 0, 2000).await.unwrap() {
                if event.kind == "Penalty" {
                    held.insert(event.record_key, matches!(event.op.as_str(), "UPSERT" | "ENTER"));
                }
            }
            let public = history.penalties.iter()
                .filter(|fact| fact.public.is_some_and(|(from, end)| from <= day && day < end)).count();
            assert_eq!(held.values().filter(|held| **held).count(), public, "{day}: {history:?}");
        }
    }

    async fn decisions_are_due_in_working_days(engine) {
        let mut chance = Chance::new(seed("decisions_are_due_in_working_days"));
        let office = Office::open(engine).await;
        let folder = office.database.folder().join("data");
        let ingester = Ingester::new(office.db.clone(), noon(date(DELIVERED)), folder).await.unwrap();
        ingester.ingest_bundled(Adapter::Reference, "holidays", &Silent).await.unwrap();
        let exceptions: BTreeMap<NaiveDate, bool> = include_str!("../../../ingest/data/holidays/cn_holidays_2007-2026.csv")
            .lines().skip(1)
            .map(|line| line.split(',').collect::<Vec<_>>())
            .map(|cells| (date(cells[0]), cells[2] == "1"))
            .collect();
        let works = |day: NaiveDate| {
            let weekend = matches!(day.weekday(), Weekday::Sat | Weekday::Sun);
            exceptions.get(&day).map_or(!weekend, |off| !off)
        };
        let mut due = BTreeMap::new();
        for number in 0..20 {
            // Around the holidays, where it matters.
            let near = *chance.pick(&exceptions.keys().copied().filter(|day| day.year() > 2015).collect::<Vec<_>>());
            let decided = near.checked_sub_days(chrono::Days::new(chance.below(9))).unwrap();
            let mut last = decided;
            let mut worked = 0;
            while worked < 7 {
                last = after(last, 1);
                worked += u32::from(works(last));
            }
            let late = chance.percent(50);
            let received = after(last, u64::from(late));
            let document = format!("苏市监处罚〔2026〕{number}号");
            let line = Penalty {
                name: NAME, kind: "法人", code: credit_code(1), identity_number: "", number: document.clone(), words: "吊销许可证件",
                fine: String::new(), confiscated: "", decided, published: None, deadline: None, op: "",
            }.line();
            office.take_on(PUBLICITY, "csv", format!("{PENALTIES}{line}"), &received.to_string(), date(DELIVERED)).await;
            due.insert(document, (last, late));
        }
        let server = office.on_test_day();
        let who = Some(support::bureau::staff("320582"));
        let shown = office.ask(&server, who, "{ penalties(first: 50) { nodes { documentNumber decidedOn dueOn submittedLate } } }").await;
        let rows = shown["penalties"]["nodes"].as_array().unwrap();
        assert_eq!(rows.len(), due.len());
        for row in rows {
            let (last, late) = due[row["documentNumber"].as_str().unwrap()];
            assert_eq!(row["dueOn"], Value::String(last.to_string()), "{row}");
            assert_eq!(row["submittedLate"], Value::Bool(late), "{row}");
        }
    }
}
