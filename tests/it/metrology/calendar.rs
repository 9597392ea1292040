//! The calendar of due days, read back by the rules of RFC 5545.

use std::collections::BTreeMap;

use support::bureau::enterprise;
use support::on_both;

use super::*;

/// The lines of a calendar with their folds taken out. Each ends with CR LF and has at most 75 octets.
fn unfolded(text: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let body = text
        .strip_suffix("\r\n")
        .unwrap_or_else(|| panic!("no end of the last line"));
    for line in body.split("\r\n") {
        assert!(!line.contains(['\r', '\n']), "{line:?}");
        assert!(line.len() <= 75, "{} octets: {line}", line.len());
        match line.strip_prefix(' ') {
            Some(rest) => lines.last_mut().unwrap().push_str(rest),
            None => lines.push(line.to_owned()),
        }
    }
    lines
}

/// A text as it was before it was escaped.
fn plain(text: &str) -> String {
    let mut out = String::new();
    let mut signs = text.chars();
    while let Some(sign) = signs.next() {
        match sign {
            '\\' => match signs.next() {
                Some('n' | 'N') => out.push('\n'),
                Some(other) => out.push(other),
                None => panic!("a stroke at the end: {text}"),
            },
            ';' | ',' => panic!("not escaped: {text}"),
            other => out.push(other),
        }
    }
    out
}

/// The events by their UID: each property once, those of the alarm left out.
fn events(text: &str) -> BTreeMap<String, BTreeMap<String, String>> {
    let lines = unfolded(text);
    assert_eq!(lines.first().map(String::as_str), Some("BEGIN:VCALENDAR"));
    assert_eq!(lines.last().map(String::as_str), Some("END:VCALENDAR"));
    let (mut events, mut event, mut open) = (BTreeMap::new(), BTreeMap::new(), Vec::new());
    for line in &lines {
        let (name, value) = line.split_once(':').unwrap();
        match name {
            "BEGIN" => open.push(value.to_owned()),
            "END" => {
                assert_eq!(open.pop().as_deref(), Some(value));
                if value == "VEVENT" {
                    let event: BTreeMap<String, String> = std::mem::take(&mut event);
                    assert!(
                        events.insert(event["UID"].clone(), event).is_none(),
                        "a UID twice"
                    );
                }
            }
            _ if open.last().is_some_and(|open| open == "VEVENT") => {
                let value = match name {
                    "SUMMARY" | "DESCRIPTION" | "LOCATION" => plain(value),
                    _ => value.to_owned(),
                };
                assert!(event.insert(name.to_owned(), value).is_none(), "{name} twice");
            }
            _ => {}
        }
    }
    assert!(open.is_empty());
    events
}

/// A calendar of a reader: the status, the type and the text.
async fn calendar(desk: &Desk, token: Option<&str>, query: &str) -> (u16, String, String) {
    let request = desk
        .server
        .client()
        .get(desk.server.url(&format!("/calendar/instruments.ics{query}")));
    let request = match token {
        Some(token) => request.bearer_auth(token),
        None => request,
    };
    let answer = request.send().await.unwrap();
    let kind = answer.headers()["content-type"].to_str().unwrap().to_owned();
    (answer.status().as_u16(), kind, answer.text().await.unwrap())
}

on_both! {
    async fn a_calendar_holds_what_the_list_shows(engine) {
        let database = TestDatabase::new(engine).await;
        let db = database.open().await;
        // Today is 2026-11-21. Signs that have to be escaped, and a title that has to be folded.
        let long = format!("A\\;{}", "长".repeat(60));
        let rows = [
            row(&long, 1).verified("2025-11-22", "2026-11-21"),
            row("B", 1).verified("2025-12-01", "2026-12-21"),
            Row { region: "320581".to_owned(), ..row("C", 2).verified("2025-12-01", "2027-02-19") },
            row("D", 2).verified("2025-12-01", "2027-02-20"),
            row("gone", 2).verified("2025-11-01", "2026-11-20"),
            row("never", 2),
        ];
        let first = ledger(&rows);
        bring(&database, &db, Adapter::MetrologyLedger, "ledger.csv", &first, "2026-11-01").await;
        let desk = Desk::open(db.clone());
        let token = |name: &str, grant| desk.bureau.token(name, grant);
        let (county, city) = (token("county", staff("320582")), token("city", staff("320500")));
        let (one, other) = (token("one", enterprise(&credit_code(1))), token("other", enterprise(&credit_code(9))));
        let cases = [
            (None, "", 90, 0),
            (Some(&county), "", 90, 2),
            (Some(&city), "", 90, 3),
            (Some(&city), "?region=320581", 90, 1),
            (Some(&city), "?days=91&region=320582", 91, 3),
            (Some(&city), "?days=0", 0, 1),
            (Some(&one), "", 90, 2),
            (Some(&other), "", 90, 0),
        ];
        for (token, query, days, count) in cases {
            let token = token.map(String::as_str);
            let (status, kind, text) = calendar(&desk, token, query).await;
            assert_eq!((status, kind.as_str()), (200, "text/calendar; charset=utf-8"), "{query}: {text}");
            let events = events(&text);
            assert_eq!(events.len(), count, "{query}: {events:#?}");
            let region = query.split("region=").nth(1).map(|code| code.split('&').next().unwrap_or_default());
            let region = region.map(|code| format!(", regionCode: \"{code}\"")).unwrap_or_default();
            let list = desk.ask(token, &format!("{{ instruments(filter: {{ dueWithinDays: {days}{region} }}) {{ nodes {{ dueOn serialNumber }} }} }}")).await;
            let mut listed: Vec<(String, String)> = items(&list["instruments"]["nodes"])
                .map(|one| (one["dueOn"].as_str().unwrap().replace('-', ""), format!("强检到期：电子台秤（{}）", one["serialNumber"].as_str().unwrap())))
                .collect();
            let mut shown: Vec<(String, String)> =
                events.values().map(|event| (event["DTSTART;VALUE=DATE"].clone(), event["SUMMARY"].clone())).collect();
            listed.sort();
            shown.sort();
            assert_eq!(shown, listed, "{query}");
        }
        // An instrument that is verified keeps its event, on another day.
        let (_, _, text) = calendar(&desk, Some(&county), "?days=366").await;
        let before = events(&text);
        let renewed = ledger(&[row("B", 1).verified("2026-11-10", "2027-11-09")]);
        bring(&database, &db, Adapter::MetrologyLedger, "renewed.csv", &renewed, "2026-11-15").await;
        let (_, _, text) = calendar(&desk, Some(&county), "?days=366").await;
        let after = events(&text);
        let days = |events: &BTreeMap<String, BTreeMap<String, String>>| {
            let of_b = events.iter().find(|(_, event)| event["SUMMARY"].contains("（B）"));
            of_b.map(|(uid, event)| (uid.clone(), event["DTSTART;VALUE=DATE"].clone()))
        };
        let (before, after) = (days(&before).unwrap(), days(&after).unwrap());
        assert_eq!(before.0, after.0);
        assert_eq!((before.1.as_str(), after.1.as_str()), ("20261221", "20271109"));
    }

    async fn an_address_that_asks_for_nothing_sensible_is_refused(engine) {
        let database = TestDatabase::new(engine).await;
        let desk = Desk::open(database.open().await);
        for query in ["?days=367", "?days=-1", "?days=x", "?region=32x", "?from=2026-01-01"] {
            let (status, kind, text) = calendar(&desk, None, query).await;
            assert_eq!(status, 400, "{query}: {text}");
            assert!(kind.starts_with("application/json") && text.contains("BAD_REQUEST"), "{query}: {kind} {text}");
        }
        let (status, _, text) = calendar(&desk, Some("nonsense"), "").await;
        assert_eq!(status, 401, "{text}");
        let aggregator = api::identity::Grant {
            region: Some(HERE.to_owned()),
            ..api::identity::Grant::new(entity::access::Role::Aggregator)
        };
        let token = desk.bureau.token("sums", aggregator);
        assert_eq!(calendar(&desk, Some(&token), "").await.0, 403);
    }
}
