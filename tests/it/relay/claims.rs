//! Where values come from, whose word counts, and who is told claims at all.

use api::identity::Grant;
use entity::access::Role;
use serde_json::{Value, json};
use support::bureau::staff;
use support::on_both;

use super::below::Below;
use super::{Source, empty, hub_above, relayed};
use crate::declaration::record::credit_code;

const STANDARD: &str = "{ standard(number: \"GB/T 90007-2020\") { name provenance { source file row asOf } conflicts { field values { value source } } } }";
const CLAIMS: &str = "{ changes(first: 1000) { nodes { operation kind key claims } } }";

async fn ask(hub: &Source, grant: Option<Grant>, path: &str, query: &str) -> (u16, Value) {
    let mut request = match query {
        "" => hub.server.client().get(hub.server.url(path)),
        _ => hub
            .server
            .client()
            .post(hub.server.url(path))
            .json(&json!({ "query": query })),
    };
    if let Some(grant) = grant {
        request = request.bearer_auth(hub.bureau.token("somebody", grant));
    }
    let answer = request.send().await.unwrap();
    let status = answer.status().as_u16();
    let text = answer.text().await.unwrap();
    let last = text.lines().last().unwrap_or_default();
    (status, serde_json::from_str(last).unwrap())
}

on_both! {
    async fn r68_a_value_names_hub_source_file_and_row(engine) {
        let (below, above) = (Below::open(engine).await, empty(engine).await);
        relayed(&above, &below.0, "suzhou", &[]);
        let there = below.0.server.data(STANDARD, json!({})).await;
        let mut here = above.server.data(STANDARD, json!({})).await;
        let source = here["standard"]["provenance"][0]["source"].take();
        let name = there["standard"]["provenance"][0]["source"].as_str().unwrap();
        assert_eq!(source, format!("suzhou/{name}"));
        here["standard"]["provenance"][0]["source"] = json!(name);
        assert_eq!(here, there);
    }

    async fn r68_every_hub_below_has_a_rank(engine) {
        let (first, second, above) = (Below::open(engine).await, Below::open(engine).await, empty(engine).await);
        second.0.list("二", 3, |_| true);
        let name = async || above.server.data(STANDARD, json!({})).await["standard"].take();
        relayed(&above, &first.0, "suzhou", &["--rank", "50"]);
        relayed(&above, &second.0, "wuxi", &["--rank", "60"]);
        let found = name().await;
        assert_eq!((&found["name"], &found["conflicts"][0]["values"][1]["value"]), (&json!("标准一"), &json!("标准二")), "{found}");
        // Another rank weighs all that was said again.
        relayed(&above, &second.0, "wuxi", &["--rank", "40"]);
        let found = name().await;
        assert_eq!((&found["name"], &found["conflicts"][0]["values"][1]["value"]), (&json!("标准二"), &json!("标准一")), "{found}");
        // What the hub above knows itself, by a better source.
        above.list("省", 5, |_| true);
        assert_eq!(name().await["name"], "标准二", "a list has the rank 120");
        relayed(&above, &second.0, "wuxi", &["--rank", "130"]);
        assert_eq!(name().await["name"], "标准一", "rank 50 still outweighs it");
        relayed(&above, &first.0, "suzhou", &["--rank", "125"]);
        assert_eq!(name().await["name"], "标准省");
        // What went below while nobody listened is gone here, whatever the new rank.
        second.0.list("二", 6, |number| number > 20);
        relayed(&above, &second.0, "wuxi", &["--rank", "20"]);
        let told = above.server.data(STANDARD, json!({})).await;
        assert!(!told.to_string().contains("wuxi/") && told.to_string().contains("suzhou/"), "{told}");
    }

    async fn r68_sources_tell_how_fresh_and_how_whole_a_hub_below_is(engine) {
        let (below, above) = (Below::open(engine).await, empty(engine).await);
        relayed(&above, &below.0, "suzhou", &[]);
        let query = "{ hubInfo { sources { name rank asOf below { lagSeconds caughtUpAt recordsHere recordsThere bucketsDiffering } } } }";
        let (_, told) = ask(&above, Some(staff("320000")), "/graphql", query).await;
        let sources = told["data"]["hubInfo"]["sources"].as_array().unwrap();
        let find = |name: &str| sources.iter().find(|source| source["name"] == name);
        let suzhou = &find("suzhou").unwrap()["below"];
        assert!(suzhou["recordsHere"].as_i64().unwrap() > 150, "{suzhou}");
        assert_eq!(suzhou["recordsHere"], suzhou["recordsThere"]);
        assert_eq!(suzhou["bucketsDiffering"], 0);
        assert!(!suzhou["caughtUpAt"].is_null());
        assert!(find("suzhou/enterprise-standard-platform").is_some_and(|source| source["below"].is_null()), "{told}");
        // A record that is changed behind the back of both.
        above.run("UPDATE peer_record SET version = version + 1 WHERE kind = 'Standard' AND key = 'GB/T90007-2020'").await;
        above.run("UPDATE peer SET compared_at = 0").await;
        relayed(&above, &below.0, "suzhou", &[]);
        let (_, told) = ask(&above, Some(staff("320000")), "/graphql", query).await;
        assert!(told["data"]["hubInfo"]["sources"].to_string().contains("\"bucketsDiffering\":1"), "{told}");
        // Everybody else hears nothing of how bureaus are connected.
        let (_, told) = ask(&above, None, "/graphql", query).await;
        assert!(!told.to_string().contains("suzhou"), "{told}");
    }

    async fn r68_claims_are_for_the_hub_above_alone(engine) {
        let below = Below::open(engine).await;
        let hub = |region: &str| Grant { region: Some(region.to_owned()), ..Grant::new(Role::Hub) };
        let readers = [
            None, Some(staff("320000")), Some(Grant::new(Role::Auditor)), Some(support::bureau::enterprise(&credit_code(1))),
        ];
        for grant in readers {
            let (status, refused) = ask(&below.0, grant.clone(), "/sync/snapshot?claims=true", "").await;
            assert_eq!((status, &refused["errors"][0]["extensions"]["code"]), (403, &json!("FORBIDDEN")), "{grant:?}");
            let (_, told) = ask(&below.0, grant.clone(), "/graphql", CLAIMS).await;
            let nodes = told["data"]["changes"]["nodes"].as_array().unwrap();
            assert!(nodes.len() > 100 && nodes.iter().all(|node| node["claims"].is_null()), "{grant:?}");
        }
        let (status, _) = ask(&below.0, Some(hub_above()), "/sync/snapshot?claims=yes", "").await;
        assert_eq!(status, 400);
        // What is not public is told to the hub of its own district: an instrument, and the penalty of a person.
        for (region, sees) in [("320500", true), ("320000", true), ("320581", false), ("330000", false)] {
            let (_, told) = ask(&below.0, Some(hub(region)), "/graphql", CLAIMS).await;
            let nodes = told["data"]["changes"]["nodes"].as_array().unwrap();
            let told_of = |word: &str| nodes.iter().any(|node| node["claims"].as_str().is_some_and(|claims| claims.contains(word)));
            assert!(told_of("标准一"));
            assert_eq!((told_of("SN1"), told_of("〔2025〕90")), (sees, sees), "{region}");
        }
    }

    async fn r68_a_record_that_is_hidden_by_now_is_not_told(engine) {
        let below = Below::open(engine).await;
        below.0.run("UPDATE record SET audience = 'STAFF', region = '330000' WHERE kind = 'Enterprise'").await;
        let (_, told) = ask(&below.0, Some(hub_above()), "/graphql", CLAIMS).await;
        let nodes = told["data"]["changes"]["nodes"].as_array().unwrap();
        let told = |node: &&Value| node["claims"].as_str().is_some_and(|claims| claims != "[]");
        let of = |kind: &str| nodes.iter().filter(|node| node["kind"] == kind).filter(told).count();
        assert_eq!(of("Enterprise"), 0);
        assert!(of("Declaration") > 0);
    }
}
