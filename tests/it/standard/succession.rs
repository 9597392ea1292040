//! 替代情况 end to end: from the text in a file to the answer of a query.

use serde_json::{Value, json};
use support::{Engine, Server, TestDatabase, on_both, test_clock};

const QUERY: &str = "query($number: String!) { standard(number: $number) { number status notes department flags \
    replaces { number partial standard { number } } replacedBy { number partial standard { number } } } }";

/// A server over a list of numbers with their texts on succession.
async fn serve(engine: Engine, files: &[&[(&str, &str)]]) -> (TestDatabase, Server) {
    let database = TestDatabase::new(engine).await;
    let db = database.open().await;
    let ingester = ingest::Ingester::new(db.clone(), test_clock(), database.folder().join("data")).await;
    let Ok(ingester) = ingester else {
        panic!("no ingester");
    };
    for (file, rows) in files.iter().enumerate() {
        let rows: String = rows
            .iter()
            .map(|(number, text)| format!("{number},某标准,现行,2001-01-01,\"{text}\"\n"))
            .collect();
        let header = "标准编号,标准名称,标准状态,实施日期,替代情况\n";
        let request = ingest::Request {
            adapter: ingest::Adapter::StandardsCatalogue,
            path: database.write(&format!("list-{file}.csv"), format!("{header}{rows}")),
            as_of: None,
            complete: false,
        };
        if let Err(error) = ingester.ingest(&request, &ingest::Silent).await {
            panic!("{error}");
        }
    }
    (database, Server::start(db, test_clock()))
}

async fn standard(server: &Server, number: &str) -> Value {
    server.data(QUERY, json!({ "number": number })).await["standard"].take()
}

/// `GB/T 1-2001`, with `~` before it when only a part is meant, and `?` when the catalogue does not hold it.
fn links(list: &Value) -> Vec<String> {
    let shown = list.as_array().into_iter().flatten().map(|link| {
        let part = if link["partial"] == true { "~" } else { "" };
        let missing = if link["standard"].is_null() { "?" } else { "" };
        format!("{part}{missing}{}", link["number"].as_str().unwrap_or_default())
    });
    shown.collect()
}

/// A number, what it replaces, the notes that are kept, and the competent department.
type Case = (
    &'static str,
    &'static [&'static str],
    &'static [&'static str],
    Option<&'static str>,
);

on_both! {
    async fn texts_become_links_in_both_directions(engine) {
        let rows = [
            ("GB/T 4232-1993", "代替GB 4232-1984被GB/T 4232-2009代替"),
            ("GB/T 4232-2009", ""),
            ("GB/T 2585-2007", "代替GB/T 181-1963,GB/T 183-1963被GB/T 2585-2021代替"),
            ("GB/T 1-2020", "已被GB/T 2-2021和GB/T 3-2021代替"),
            ("YD/T 5227-2024", "代替YD/T 5227-2015、YD/T 5236-2018"),
            ("GB/T 14684-2022", "GB/T14684-2011"),
            ("JB/T 8100.2-1995", "代替GB 5745.2-1985(部分)"),
            ("GB 5745.2-1985", ""),
        ];
        let (_database, server) = serve(engine, &[&rows]).await;
        let table: [(&str, &[&str], &[&str]); 8] = [
            ("GB/T 4232-1993", &["?GB 4232-1984"], &["GB/T 4232-2009"]),
            ("GB/T 4232-2009", &["GB/T 4232-1993"], &[]),
            ("GB/T 2585-2007", &["?GB/T 181-1963", "?GB/T 183-1963"], &["?GB/T 2585-2021"]),
            ("GB/T 1-2020", &[], &["?GB/T 2-2021", "?GB/T 3-2021"]),
            ("YD/T 5227-2024", &["?YD/T 5227-2015", "?YD/T 5236-2018"], &[]),
            ("GB/T 14684-2022", &["?GB/T 14684-2011"], &[]),
            ("JB/T 8100.2-1995", &["~GB 5745.2-1985"], &[]),
            // Said by the successor's row only, and seen from the other side.
            ("GB 5745.2-1985", &[], &["~JB/T 8100.2-1995"]),
        ];
        for (number, replaces, replaced_by) in table {
            let found = standard(&server, number).await;
            assert_eq!(links(&found["replaces"]), replaces, "{number} replaces");
            assert_eq!(links(&found["replacedBy"]), replaced_by, "{number} is replaced by");
        }
        // What is replaced in part only stays in force.
        assert_eq!(standard(&server, "GB 5745.2-1985").await["status"], "IN_FORCE");
    }

    async fn a_pair_is_partial_only_if_every_record_says_so(engine) {
        let rows = [
            // One says in part, the other in whole.
            ("JT/T 617.7-2018", "代替JT 617-2004(部分)"),
            ("JT 617-2004", "被JT/T 617.7-2018代替"),
            // Both say in part.
            ("GB/T 20-2010", "部分代替GB/T 10-2001"),
            ("GB/T 10-2001", "被GB/T 20-2010代替(部分)"),
            // Only one speaks, and says in whole.
            ("GB/T 21-2010", "代替GB/T 11-2001"),
            ("GB/T 11-2001", ""),
        ];
        let (_database, server) = serve(engine, &[&rows]).await;
        let table = [
            ("JT 617-2004", "JT/T 617.7-2018"),
            ("GB/T 10-2001", "~GB/T 20-2010"),
            ("GB/T 11-2001", "GB/T 21-2010"),
        ];
        for (number, newer) in table {
            assert_eq!(links(&standard(&server, number).await["replacedBy"]), [newer], "{number}");
        }
        for (number, older) in [("JT/T 617.7-2018", "JT 617-2004"), ("GB/T 20-2010", "~GB/T 10-2001")] {
            assert_eq!(links(&standard(&server, number).await["replaces"]), [older], "{number}");
        }
    }

    async fn remarks_stay_remarks(engine) {
        let rows = [
            ("DB11/T 3047-2025", "代替DB11/T 2025-2022主管部门：北京市市场监督管理局"),
            ("JJF(电子)0072-2021", "标准类别：计量检定规程"),
            ("JC 477-2005", "JC 477-1992;强制性转化为推荐性标准"),
            ("WS/T 423-2022", "代替WS/T 423-2013;卫妇社儿卫便函〔2009〕116号"),
            ("JJG 146-2011", "JJG146-2003JJF1001-1998,JJF1059-1999,GB/T6093-2001"),
            ("GH/T 1347-2021", "无"),
            ("GB/T 5-2020", "代替GB/T 5-2020"),
        ];
        let (_database, server) = serve(engine, &[&rows]).await;
        let table: [Case; 7] = [
            ("DB11/T 3047-2025", &["?DB11/T 2025-2022"], &[], Some("北京市市场监督管理局")),
            ("JJF(电子)0072-2021", &[], &["标准类别：计量检定规程"], None),
            ("JC 477-2005", &["?JC 477-1992"], &["强制性转化为推荐性标准"], None),
            ("WS/T 423-2022", &["?WS/T 423-2013"], &["卫妇社儿卫便函〔2009〕116号"], None),
            ("JJG 146-2011", &["?JJG 146-2003"], &["GB/T6093-2001", "JJF1001-1998", "JJF1059-1999"], None),
            ("GH/T 1347-2021", &[], &[], None),
            ("GB/T 5-2020", &[], &["GB/T 5-2020"], None),
        ];
        for (number, replaces, notes, department) in table {
            let found = standard(&server, number).await;
            assert_eq!(links(&found["replaces"]), replaces, "{number}");
            assert_eq!(links(&found["replacedBy"]), [""; 0], "{number}");
            assert_eq!(found["notes"], json!(notes), "{number}");
            assert_eq!(found["department"], json!(department), "{number}");
        }
    }

    async fn a_pair_named_by_both_sides_and_several_files_is_one_link(engine) {
        let older = [("GB/T 30-2001", "被GB/T 30-2020代替")];
        let newer = [("GB/T 30-2020", "代替GB/T 30—2001"), ("GB/T 30-2001", "被GB/T30-2020代替。")];
        let (_database, server) = serve(engine, &[&older, &newer]).await;
        assert_eq!(links(&standard(&server, "GB/T 30-2001").await["replacedBy"]), ["GB/T 30-2020"]);
        assert_eq!(links(&standard(&server, "GB/T 30-2020").await["replaces"]), ["GB/T 30-2001"]);
    }
}
