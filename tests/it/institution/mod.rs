//! Testing institutions: lists with validity on a day, and misconduct for staff only (R60).

use chrono::NaiveDate;
use ingest::{Adapter, Ingester, Report, Request, Silent};
use serde_json::{Value, json};
use support::bureau::{Bureau, staff};
use support::{Server, TestDatabase, on_both, test_clock};

const LIST: &str = "CMA证书编号,检验检测机构名称,所在区划,检测领域,发证日期,证书有效期,证书状态\n\
    231020340567,编造检测（张家港）有限公司,320582,食品；纺织品,2023-03-01,2029-02-28,有效\n\
    201020340568,编造计量中心,320500,衡器,2020-11-22,,\n\
    191020340569,编造质检所,320582,水泥,2019-01-01,2030-12-31,撤销\n\
    (2015)国认监认字001号,编造旧所,320582,食品,2015-01-01,2018-01-01,有效\n";

async fn bring(database: &TestDatabase, name: &str, text: &str, as_of: &str) -> Report {
    let db = database.open().await;
    let ingester = Ingester::new(db, test_clock(), database.folder().join("data"))
        .await
        .unwrap();
    let request = Request {
        adapter: Adapter::InstitutionList,
        path: database.write(name, text),
        as_of: Some(as_of.parse::<NaiveDate>().unwrap()),
        complete: false,
    };
    ingester.ingest(&request, &Silent).await.unwrap()
}

fn items(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

on_both! {
    async fn an_institution_is_found_and_judged_on_a_day(engine) {
        let database = TestDatabase::new(engine).await;
        let report = bring(&database, "list.csv", LIST, "2026-10-01").await;
        assert_eq!((report.counts.created, report.counts.quarantined), (3, 1), "{report:?}");
        let server = Server::start(database.open().await, test_clock());
        let shown = server.data("{ institution(cma: \"CMA 2310 2034 0567\") { id cmaNumber name scope issuedOn validUntil status \
            region { code } flags valid { day holds reason until } then: valid(on: \"2029-03-01\") { holds reason } \
            misconducts { misconduct } provenance { source row fields } } \
            institutions(orderBy: { field: NAME }) { totalCount nodes { cmaNumber valid(on: \"2026-11-21\") { reason until } \
            next: valid(on: \"2026-11-22\") { reason } } } \
            of: institutions(filter: { scope: \"纺织\", regionCode: \"320582\", status: [VALID] }) { nodes { cmaNumber } } \
            search(text: \"编造检测\") { nodes { ... on TestingInstitution { cmaNumber } } } \
            byNumber: search(text: \"231020340567\", kinds: [TESTING_INSTITUTION]) { totalCount } }", json!({})).await;
        let one = &shown["institution"];
        assert_eq!(one["name"], "编造检测（张家港）有限公司");
        assert_eq!(one["scope"], json!(["食品", "纺织品"]));
        assert_eq!(one["valid"], json!({ "day": "2026-11-21", "holds": true, "reason": "VALID", "until": "2029-02-28" }));
        assert_eq!(one["then"], json!({ "holds": false, "reason": "EXPIRED" }));
        assert_eq!(one["provenance"][0]["source"], "institution-list");
        let mut judged: Vec<(&str, &str, &str)> = items(&shown["institutions"]["nodes"])
            .map(|one| (one["cmaNumber"].as_str().unwrap(), one["valid"]["reason"].as_str().unwrap(), one["next"]["reason"].as_str().unwrap()))
            .collect();
        judged.sort_unstable();
        // Six years from 2020-11-22 end on 2026-11-21.
        assert_eq!(judged, [
            ("191020340569", "REVOKED", "REVOKED"),
            ("201020340568", "VALID", "EXPIRED"),
            ("231020340567", "VALID", "VALID"),
        ]);
        assert_eq!(shown["of"]["nodes"], json!([{ "cmaNumber": "231020340567" }]));
        assert_eq!(shown["search"]["nodes"], json!([{ "cmaNumber": "231020340567" }]));
        assert_eq!(shown["byNumber"]["totalCount"], 1);
        let id = one["id"].as_str().unwrap();
        let node = server.data("query($id: ID!) { node(id: $id) { ... on TestingInstitution { cmaNumber } } }", json!({ "id": id })).await;
        assert_eq!(node["node"]["cmaNumber"], "231020340567");
        let wrong = server.ask("{ institution(cma: \"12345\") { id } }", json!({})).await;
        assert_eq!(wrong["errors"][0]["extensions"]["code"], "BAD_USER_INPUT");
        let waiting = database.raw().await;
        let statement = sea_orm::Statement::from_string(
            sea_orm::ConnectionTrait::get_database_backend(&waiting),
            "SELECT code FROM quarantine",
        );
        let row = sea_orm::ConnectionTrait::query_one_raw(&waiting, statement).await.unwrap().unwrap();
        assert_eq!(row.try_get::<String>("", "code").unwrap(), "CMA_UNREADABLE");
    }

    async fn an_older_list_behind_a_newer_one_changes_nothing(engine) {
        let database = TestDatabase::new(engine).await;
        let list = |status: &str| format!("CMA编号,机构名称,状态\n231020340567,编造检测有限公司,{status}\n");
        bring(&database, "new.csv", &list("暂停"), "2026-10-01").await;
        let report = bring(&database, "old.csv", &list("有效"), "2026-09-01").await;
        assert_eq!((report.counts.created, report.counts.updated), (0, 0), "{report:?}");
        let server = Server::start(database.open().await, test_clock());
        let shown = server.data("{ institution(cma: \"231020340567\") { status } }", json!({})).await;
        assert_eq!(shown["institution"]["status"], "SUSPENDED");
    }

    async fn r60_misconduct_is_for_staff_of_the_district(engine) {
        let database = TestDatabase::new(engine).await;
        bring(&database, "list.csv", LIST, "2026-10-01").await;
        let found = "证书编号,违法违规情形,检查日期,文书号,行政区划,检查人员\n\
            231020340567,未经检验检测出具报告,2026-05-01,张市监罚〔2026〕1号,320582,张三\n\
            231020340567,BEYOND_SCOPE,2026-06-01,,320582,李四\n\
            231020340567,迟到,2026-06-01,,320582,王五\n\
            231020340567,使用作废标准,2026-06-02,,,赵六\n";
        let report = bring(&database, "found.csv", found, "2026-10-01").await;
        assert_eq!((report.counts.created, report.counts.quarantined), (2, 2), "{report:?}");
        let bureau = Bureau::default();
        let server = Server::start_with(database.open().await, test_clock(), bureau.settings(api::Settings::default()));
        let query = "{ institution(cma: \"231020340567\") { misconducts { misconduct foundOn documentNumber region { code } } } }";
        for (token, count) in [
            (None, 0),
            (Some(bureau.token("here", staff("320582"))), 2),
            (Some(bureau.token("city", staff("320500"))), 2),
            (Some(bureau.token("beside", staff("320581"))), 0),
            (Some(bureau.token("own", support::bureau::enterprise("91000000MA00000074"))), 0),
        ] {
            let request = server.client().post(server.url("/graphql")).json(&json!({ "query": query }));
            let request = match &token {
                Some(token) => request.bearer_auth(token),
                None => request,
            };
            let answer: Value = request.send().await.unwrap().json().await.unwrap();
            let misconducts: Vec<&str> = items(&answer["data"]["institution"]["misconducts"])
                .filter_map(|one| one["misconduct"].as_str())
                .collect();
            assert_eq!(misconducts.len(), count, "{token:?}: {answer}");
            if count > 0 {
                assert_eq!(misconducts, ["BEYOND_SCOPE", "REPORT_WITHOUT_TEST"], "the newest first");
            }
        }
    }
}
