//! What goes wrong between hubs: claims that cannot be read, a token of the wrong role, two who follow at once.

use entity::access::Role;
use serde_json::json;
use support::bureau::staff;
use support::{Hub, on_both};

use super::below::Below;
use super::{empty, kinds, relayed, relaying, shown};

on_both! {
    async fn what_cannot_be_read_waits_in_quarantine_and_the_rest_goes_on(engine) {
        let (below, above) = (Below::open(engine).await, empty(engine).await);
        relayed(&above, &below.0, "suzhou", &[]);
        let before = shown(&above).await;
        let title = "{ standard(number: \"GB/T 90007-2020\") { name } }";
        below.0.list("二", 3, |_| true);
        // As a hub of another version would tell it.
        below.0.run("UPDATE assertion SET body = replace(body, '标准二', '标准三') WHERE key = 'GB/T90007-2020'").await;
        let told = relayed(&above, &below.0, "suzhou", &[]);
        assert_eq!(told["changes"], 150, "{told}");
        let found = above.server.data(title, json!({})).await;
        assert_eq!(found["standard"]["name"], "标准一", "the last readable word counts");
        let after = shown(&above).await;
        assert_eq!(after.len(), before.len());
        let quarantine = Hub::on(&above.database).run(&["quarantine", "list", "--json"]);
        let lines = quarantine.json_lines();
        assert_eq!(lines.len(), 1, "{quarantine:?}");
        let row = lines[0].to_string();
        assert!(row.contains("CLAIMS_UNREADABLE") && row.contains("another hash") && row.contains("--anew"), "{row}");
        // There is no file to read it from again, and that keeps nobody from trying others.
        let redriven = Hub::on(&above.database).run(&["quarantine", "redrive"]);
        assert_eq!(redriven.code, Some(0), "{redriven:?}");
        // Once it can be read it counts, also where nothing else changed.
        below.0.run("UPDATE assertion SET body = replace(body, '标准三', '标准二') WHERE key = 'GB/T90007-2020'").await;
        let anew = relayed(&above, &below.0, "suzhou", &["--anew"]);
        assert_eq!(anew["snapshots"], 1);
        assert_eq!(shown(&above).await, shown(&below.0).await);
        above.run("UPDATE quarantine SET attempts = 9 WHERE code = 'CLAIMS_UNREADABLE' AND state = 'RESOLVED'").await;
    }

    async fn it_says_what_is_wrong(engine) {
        let (below, above) = (Below::open(engine).await, empty(engine).await);
        let mut command = relaying(&above, &below.0, "suzhou", &[]);
        command.env("NQI_SYNC_TOKEN", below.0.bureau.token("above", staff("320000")));
        let ran = command.output().unwrap();
        let text = String::from_utf8_lossy(&ran.stderr).into_owned();
        assert!(ran.status.code() == Some(1) && text.contains("FORBIDDEN") && text.contains("HUB"), "{text}");
        let ran = relaying(&above, &below.0, "Su zhou", &[]).output().unwrap();
        assert_eq!(ran.status.code(), Some(2), "{ran:?}");
        let ran = relaying(&above, &below.0, "biaozhun", &[]).output().unwrap();
        let text = String::from_utf8_lossy(&ran.stderr).into_owned();
        assert!(ran.status.code() == Some(1) && text.contains("is a source of this hub itself"), "{text}");
        // The token loses its role in the middle: nothing is taken for told.
        relayed(&above, &below.0, "suzhou", &[]);
        below.0.list("二", 3, |_| true);
        let mut command = relaying(&above, &below.0, "suzhou", &[]);
        command.env("NQI_SYNC_TOKEN", below.0.bureau.token("above", staff("320000")));
        let ran = command.output().unwrap();
        let text = String::from_utf8_lossy(&ran.stderr).into_owned();
        assert!(ran.status.code() == Some(1) && text.contains("FORBIDDEN"), "{text}");
        relayed(&above, &below.0, "suzhou", &[]);
        assert_eq!(shown(&above).await, shown(&below.0).await);
        // Somebody else follows it: the lease is theirs.
        relayed(&above, &below.0, "suzhou", &[]);
        let far = "9999999999999";
        above.run(&format!("UPDATE source_lease SET owner = 'elsewhere:1:1', expires_at = {far} WHERE source = 'suzhou'")).await;
        let ran = relaying(&above, &below.0, "suzhou", &[]).output().unwrap();
        let text = String::from_utf8_lossy(&ran.stderr).into_owned();
        assert!(ran.status.code() == Some(1) && text.contains("elsewhere"), "{text}");
    }

    async fn a_record_that_leaves_what_the_token_shows_leaves_the_hub_above(engine) {
        let (below, above) = (Below::open(engine).await, empty(engine).await);
        let narrow = |region: &str| {
            let grant = api::identity::Grant { region: Some(region.to_owned()), ..api::identity::Grant::new(Role::Hub) };
            let mut command = relaying(&above, &below.0, "suzhou", &[]);
            command.env("NQI_SYNC_TOKEN", below.0.bureau.token("above", grant));
            let ran = command.output().unwrap();
            assert!(ran.status.success(), "{ran:?}");
        };
        let instruments = async || kinds(&shown(&above).await).get("MeasuringInstrument").copied().unwrap_or_default();
        narrow("320500");
        assert_eq!(instruments().await, 2);
        // The bureau below narrows what it shows.
        narrow("320581");
        assert_eq!(instruments().await, 1);
        below.instruments(4, &[(1, "320582"), (2, "320582")], "2026-11-30");
        narrow("320581");
        assert_eq!(instruments().await, 0);
        narrow("320000");
        assert_eq!(shown(&above).await, shown(&below.0).await);
    }
}
