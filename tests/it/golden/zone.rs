//! The bonded zone of Zhangjiagang, which GB/T 2260 has no code for.

use serde_json::{Value, json};
use support::{Server, catalogue, on_both, test_clock};

const ZONE: &str = "320582.01";

/// The codes of a list of regions or periods.
fn codes(list: &Value) -> Vec<&str> {
    list.as_array()
        .into_iter()
        .flatten()
        .filter_map(|one| one["code"].as_str())
        .collect()
}

on_both! {
    async fn r01_bonded_zone_is_a_sub_region(engine) {
        let server = Server::start(catalogue(engine).await.db.clone(), test_clock());
        let query = "query($city: String!, $zone: String!) {
            city: region(code: $city) { children { code } zones { code name level } }
            zone: region(code: $zone) { id name level nature parent { code } ancestors { code } }
            inside: regions(filter: { within: $city }) { nodes { code } }
            found: search(text: \"张家港保税区\", kinds: [REGION]) { nodes { ... on Region { code } } }
        }";
        let data = server.data(query, json!({ "city": "320582", "zone": ZONE })).await;
        assert_eq!(codes(&data["city"]["children"]), [ZONE], "what lies in the city, and can be left out of a frame");
        assert_eq!(data["city"]["zones"], json!([{ "code": ZONE, "name": "张家港保税区", "level": "ZONE" }]));
        assert_eq!(data["zone"]["parent"]["code"], "320582");
        assert_eq!(codes(&data["zone"]["ancestors"]), ["320582", "320500", "320000"]);
        assert_eq!(codes(&data["inside"]["nodes"]), [ZONE]);
        assert_eq!(codes(&data["found"]["nodes"]), [ZONE]);
        let again = server.data("query($id: ID!) { node(id: $id) { ... on Region { code } } }", json!({ "id": data["zone"]["id"] })).await;
        assert_eq!(again["node"]["code"], ZONE, "it has a global id like every region");
    }
}
