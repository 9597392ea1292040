//! The receipt of a run, as a file in two forms: counts that agree with the run, every refused row with its reason, and no cell.

use serde_json::json;
use support::{Hub, Server, TestDatabase, on_both, test_clock};

use super::{package, record};
use crate::access::reader::credit_code;

on_both! {
    async fn it_tells_what_was_accepted_and_what_was_refused_for_what(engine) {
        let database = TestDatabase::new(engine).await;
        let hub = Hub::on(&database);
        let refused = "<RECORD><统一社会信用代码>=1+1</统一社会信用代码><企业名称/><法定代表人>龘靐</法定代表人></RECORD>\n";
        let broken = "<RECORD><企业名称><X>龘靐</X></企业名称></RECORD>\n";
        let records = format!("{}{refused}{}{broken}", record(1), record(2));
        let path = database.write("package.xml", package("=B-1", 4, &records));
        let ran = hub.ingest("enterprise-register", &path, &[]);
        assert_eq!(ran.json()["state"], "HELD", "{ran:?}");
        let run = ran.json()["run"].as_str().unwrap_or_default().to_owned();

        let csv = database.path("receipt.csv");
        let written = hub.run(&["receipt", &run, "--out", csv.to_str().unwrap()]);
        assert!(written.code == Some(0) && written.stdout.contains("2 accepted, 2 refused"), "{written:?}");
        let text = std::fs::read_to_string(&csv).unwrap();
        let lines: Vec<&str> = text.trim_start_matches('\u{FEFF}').lines().collect();
        assert_eq!(lines.len(), 4, "{text}");
        assert!(lines[1].starts_with(&format!("RUN,'=B-1,{run},HELD,4,2,2,")), "{text}");
        assert!(lines[2].contains(",2,") && lines[2].contains("ENTERPRISE_MISSING") && lines[2].ends_with("GB 32100-2015"), "{text}");
        assert!(lines[3].contains(",4,") && lines[3].contains("NESTED_ELEMENT"), "{text}");

        let xml = database.path("receipt.xml");
        assert_eq!(hub.run(&["receipt", &run, "--out", xml.to_str().unwrap()]).code, Some(0));
        let xml = std::fs::read_to_string(&xml).unwrap();
        assert!(xml.contains("<receipt batch=\"=B-1\"") && xml.contains("accepted=\"2\" refused=\"2\""), "{xml}");
        assert_eq!(xml.matches("<refusal ").count(), 2, "{xml}");
        for form in [&text, &xml] {
            assert!(!form.contains("龘靐") && !form.contains("1+1"), "{form}");
        }

        // The same over GraphQL.
        let server = Server::start(database.open().await, test_clock());
        let query = "{ ingestionRuns(filter: { batch: \"=B-1\" }) { nodes { id receipt { batch accepted refused \
                     refusals { row line column code message remedy rule } } } } }";
        let data = server.data(query, json!({})).await;
        let told = &data["ingestionRuns"]["nodes"][0];
        let receipt = &told["receipt"];
        assert_eq!((told["id"].as_str(), receipt["batch"].as_str()), (Some(run.as_str()), Some("=B-1")), "{data}");
        assert_eq!((receipt["accepted"].as_i64(), receipt["refused"].as_i64()), (Some(2), Some(2)), "{data}");
        let refusals = receipt["refusals"].as_array().unwrap();
        let rows: Vec<_> = refusals.iter().map(|one| (one["row"].as_i64(), one["code"].as_str())).collect();
        assert_eq!(rows, [(Some(2), Some("ENTERPRISE_MISSING")), (Some(4), Some("NESTED_ELEMENT"))]);
        assert!(!data.to_string().contains("龘靐"));

        // A file that is there is not written over; a run that is not there is named.
        let again = hub.run(&["receipt", &run, "--out", csv.to_str().unwrap()]);
        assert!(again.code == Some(1) && again.stderr.contains("receipt.csv"), "{again:?}");
        let unknown = hub.run(&["receipt", "nothing"]);
        assert!(unknown.code == Some(1) && unknown.stderr.contains("there is no run nothing"), "{unknown:?}");
    }

    async fn a_run_without_a_batch_goes_by_its_own_name(engine) {
        let database = TestDatabase::new(engine).await;
        let hub = Hub::on(&database);
        let text = format!("统一社会信用代码,企业名称\n{},编造1号泵业有限公司\n", credit_code(1));
        let ran = hub.ingest("enterprise-register", &database.write("list.csv", text), &[]);
        let run = ran.json()["run"].as_str().unwrap_or_default().to_owned();
        let told = hub.run(&["receipt", &run, "--form", "xml"]);
        assert!(told.stdout.contains(&format!("batch=\"{run}\"")) && told.stdout.contains("refused=\"0\""), "{told:?}");
    }
}
