//! The first path: a real catalogue in, typed GraphQL out.

use serde_json::json;
use support::{Server, catalogue, on_both, test_clock};

on_both! {
    async fn a_number_in_any_spelling_finds_its_standard(engine) {
        let server = Server::start(catalogue(engine).await.db.clone(), test_clock());
        let query = "query($number: String!) { standard(number: $number) { number name status statusReason { rule because } \
            issuedOn effectiveOn icsCodes ccsCodes replaces { number } provenance { source file row adapterVersion } } }";
        let found = server.data(query, json!({ "number": "ga 420—2021" })).await;
        let standard = &found["standard"];
        assert_eq!(standard["number"], "GA 420-2021");
        assert_eq!(standard["status"], "IN_FORCE");
        for field in ["name", "issuedOn", "effectiveOn"] {
            assert!(standard[field].is_string(), "{field}: {standard:#}");
        }
        let first = &standard["provenance"][0];
        assert!(first["file"].is_string() && first["row"].is_i64() && first["adapterVersion"].is_string(), "{first}");
    }
}
