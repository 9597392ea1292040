//! Due days against a plain model, over histories by chance and on the days at their edges (R59).

use chrono::{Days, Months};
use support::chance::seed;
use support::{Chance, on_both};

use super::*;

/// What the model knows of an instrument.
struct Thing {
    serial: String,
    row: Row,
    /// From the oldest to the newest: the day, whether it passed, and the last day, where the certificate tells it.
    history: Vec<(NaiveDate, bool, Option<NaiveDate>)>,
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// What the law says of an instrument on a day, in words; and the day on which it is due.
fn judged(thing: &Thing, on: NaiveDate) -> (&'static str, Option<NaiveDate>) {
    if matches!(thing.row.status.as_str(), "停用" | "报废") {
        return ("NOT_MEASURING", None);
    }
    let known: Vec<_> = thing.history.iter().filter(|(day, ..)| *day <= on).collect();
    let Some((last, passed, told)) = known.last() else {
        return ("NEVER_VERIFIED", None);
    };
    if !passed {
        return ("FAILED", None);
    }
    let months: Option<u32> = thing.row.months.parse().ok().filter(|months| *months > 0);
    let after = |day: NaiveDate| Some(day.checked_add_months(Months::new(months?))? - Days::new(1));
    let (due, gone) = match thing.row.mode.as_str() {
        "失准报废" => return ("VERIFIED_ONCE", None),
        "到期轮换" => {
            let (first, _, told) = known[0];
            (told.or_else(|| after(*first)), "PAST_USE_BY")
        }
        _ => (told.or_else(|| after(*last)), "PAST_DUE"),
    };
    match due {
        None => ("DUE_DAY_UNKNOWN", None),
        Some(due) if due < on => (gone, Some(due)),
        Some(due) if due <= on + Days::new(30) => ("DUE_SOON", Some(due)),
        Some(due) => ("VERIFIED", Some(due)),
    }
}

fn thing(number: u64, chance: &mut Chance) -> (Thing, Vec<Row>) {
    let serial = format!("S-{number:03}");
    let base = Row {
        mode: (*chance.pick(&["周期检定", "周期检定", "", "失准报废", "到期轮换"])).to_owned(),
        months: (*chance.pick(&["6", "12", "12", "24", "0", ""])).to_owned(),
        status: (*chance.pick(&["在用", "在用", "在用", "停用", "报废"])).to_owned(),
        ..row(&serial, 1)
    };
    let mut history = Vec::new();
    let mut rows = vec![base.clone()];
    let mut on = day("2022-01-01") + Days::new(chance.below(900));
    for _ in 0..chance.below(4) {
        let passed = chance.percent(85);
        let until = chance
            .percent(50)
            .then(|| on + Days::new(100 + chance.below(500)));
        history.push((on, passed, until.filter(|_| passed)));
        rows.push(Row {
            verified_on: on.to_string(),
            result: if passed { "合格" } else { "不合格" }.to_owned(),
            valid_until: until
                .filter(|_| passed)
                .map(|day| day.to_string())
                .unwrap_or_default(),
            ..base.clone()
        });
        on = on + Days::new(30 + chance.below(500));
    }
    history.retain(|(day, ..)| *day <= self::day("2026-11-01"));
    let thing = Thing {
        serial,
        row: base,
        history,
    };
    (thing, rows)
}

/// The days at the edges of what is told of an instrument, and some others.
fn days(thing: &Thing, chance: &mut Chance) -> Vec<NaiveDate> {
    let mut days = vec![day("2026-11-21"), day("2021-06-01")];
    for (on, _, _) in &thing.history {
        let (_, due) = judged(thing, *on);
        for edge in [Some(*on), due, due.map(|due| due - Days::new(30))]
            .into_iter()
            .flatten()
        {
            days.extend([edge.pred_opt().unwrap(), edge, edge.succ_opt().unwrap()]);
        }
    }
    chance.shuffle(&mut days);
    days.truncate(8);
    days
}

on_both! {
    async fn r59_due_and_overdue_are_those_of_a_plain_model(engine) {
        let mut chance = Chance::new(seed("r59_due_and_overdue_are_those_of_a_plain_model"));
        let database = TestDatabase::new(engine).await;
        let db = database.open().await;
        let (mut things, mut rows) = (Vec::new(), Vec::new());
        for number in 0..60 {
            let (thing, told) = thing(number, &mut chance);
            things.push(thing);
            rows.extend(told);
        }
        chance.shuffle(&mut rows);
        bring(&database, &db, Adapter::MetrologyLedger, "ledger.csv", &ledger(&rows), "2026-11-01").await;
        let desk = Desk::open(db);
        let mut forbidden = Vec::new();
        for thing in &things {
            let days = days(thing, &mut chance);
            let asked: Vec<String> = days
                .iter()
                .enumerate()
                .map(|(at, day)| format!("d{at}: standing(on: \"{day}\") {{ reason dueOn overdue forbidden }} o{at}: overdue(on: \"{day}\")"))
                .collect();
            let query = format!("{{ instruments(filter: {{ serialNumber: \"{}\" }}) {{ nodes {{ dueOn {} }} }} }}", thing.serial, asked.join(" "));
            let shown = desk.staff(&query).await;
            let one = &shown["instruments"]["nodes"][0];
            for (at, day) in days.iter().enumerate() {
                let (reason, due) = judged(thing, *day);
                let standing = &one[format!("d{at}")];
                let overdue = reason.starts_with("PAST");
                let expected = json!({
                    "reason": reason, "dueOn": due.map(|day| day.to_string()), "overdue": overdue,
                    "forbidden": overdue || matches!(reason, "FAILED" | "NEVER_VERIFIED"),
                });
                assert_eq!(standing, &expected, "{} on {day}: {:?}", thing.serial, thing.history);
                assert_eq!(one[format!("o{at}")], overdue);
            }
            let (reason, _) = judged(thing, day("2026-11-21"));
            if reason.starts_with("PAST") || matches!(reason, "FAILED" | "NEVER_VERIFIED") {
                forbidden.push(thing.serial.clone());
            }
        }
        // The list looks at stored columns, and has to mean the same.
        let list = |wanted: bool| format!("{{ instruments(first: 200, filter: {{ inUseThoughOverdue: {wanted} }}) {{ totalCount nodes {{ serialNumber }} }} }}");
        let serials = |shown: &Value| -> Vec<String> {
            let mut all: Vec<String> = items(&shown["instruments"]["nodes"]).map(|one| one["serialNumber"].as_str().unwrap().to_owned()).collect();
            all.sort();
            all
        };
        let (those, others) = (desk.staff(&list(true)).await, desk.staff(&list(false)).await);
        forbidden.sort();
        assert_eq!(serials(&those), forbidden);
        assert_eq!(those["instruments"]["totalCount"], forbidden.len());
        assert_eq!(serials(&those).len() + serials(&others).len(), things.len());
        for ahead in [0, 1, 30, 200] {
            let shown = desk.staff(&format!("{{ instruments(first: 200, filter: {{ dueWithinDays: {ahead} }}, orderBy: {{ field: DUE_ON }}) {{ nodes {{ serialNumber dueOn }} }} }}")).await;
            let today = day("2026-11-21");
            let mut expected: Vec<String> = things
                .iter()
                .filter(|thing| judged(thing, today).1.is_some_and(|due| due >= today && due <= today + Days::new(ahead)))
                .map(|thing| thing.serial.clone())
                .collect();
            expected.sort();
            assert_eq!(serials(&shown), expected, "within {ahead} days");
            let dues: Vec<&str> = items(&shown["instruments"]["nodes"]).filter_map(|one| one["dueOn"].as_str()).collect();
            assert!(dues.is_sorted(), "{dues:?}");
        }
    }

    async fn r59_the_due_day_itself_is_not_overdue(engine) {
        let database = TestDatabase::new(engine).await;
        let db = database.open().await;
        // Today is 2026-11-21.
        let rows = [
            row("yesterday", 1).verified("2025-11-21", "2026-11-20"),
            row("today", 1).verified("2025-11-22", "2026-11-21"),
            row("soon", 1).verified("2025-12-22", "2026-12-21"),
            row("later", 1).verified("2025-12-23", "2026-12-22"),
        ];
        bring(&database, &db, Adapter::MetrologyLedger, "ledger.csv", &ledger(&rows), "2026-11-01").await;
        let desk = Desk::open(db);
        let shown = desk.staff("{ instruments(orderBy: { field: DUE_ON }) { nodes { serialNumber overdue standing { reason } findings { rule } } } }").await;
        let seen: Vec<(&str, bool, &str, usize)> = items(&shown["instruments"]["nodes"])
            .map(|one| (
                one["serialNumber"].as_str().unwrap(),
                one["overdue"].as_bool().unwrap(),
                one["standing"]["reason"].as_str().unwrap(),
                items(&one["findings"]).count(),
            ))
            .collect();
        assert_eq!(seen, [
            ("yesterday", true, "PAST_DUE", 1),
            ("today", false, "DUE_SOON", 0),
            ("soon", false, "DUE_SOON", 0),
            ("later", false, "VERIFIED", 0),
        ]);
    }
}
