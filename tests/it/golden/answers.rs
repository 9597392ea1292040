//! Both engines answer every golden query with the recorded bytes.
//!
//! After a change that is meant: `INSTA_UPDATE=always INSTA_FORCE_PASS=1 tests/run --fast golden`, and read the
//! difference before it is committed.

use serde_json::Value;
use support::{Server, catalogue, on_both, test_clock};

use super::queries::{Golden, all, folder};

on_both! {
    async fn every_golden_query_answers_as_recorded(engine) {
        let server = Server::start(catalogue(engine).await.db.clone(), test_clock());
        for golden in all() {
            let answer = server.ask(&golden.query, golden.variables.clone()).await;
            let mut settings = insta::Settings::clone_current();
            settings.set_snapshot_path(folder());
            settings.set_prepend_module_to_snapshot(false);
            settings.set_omit_expression(true);
            settings.bind(|| insta::assert_snapshot!(golden.name.as_str(), recordable(&golden, answer)));
        }
    }
}

/// An answer without what differs between two databases with the same content, their epoch, and between two requests, their
/// names. Errors of several fields come in the order in which the fields failed; here they stand in the order of their paths.
fn recordable(golden: &Golden, mut answer: Value) -> String {
    let epoch = answer["extensions"]["dataAsOf"]["epoch"].take();
    assert!(
        epoch.is_string(),
        "{}: no position of the data: {answer:#}",
        golden.name
    );
    if let Some(errors) = answer.get_mut("errors").and_then(Value::as_array_mut) {
        errors.sort_by_key(|error| error["path"].to_string());
        for error in errors {
            assert!(error["extensions"]["requestId"].take().is_string(), "{error:#}");
        }
    }
    format!("{answer:#}")
}
