//! Type approvals: tables of them become records, instruments find theirs, and what was made outside of one is told.

use support::on_both;

use super::*;

const LIST: &str = "型式批准证书编号,获证单位,信用代码,行政区划,器具名称,型号规格,准确度等级,发证机关,发证日期,有效期至,国产/进口,证书状态,联系电话\n";

/// Two approvals of a maker, an imported one in the old spelling, and one that cannot be read.
fn list() -> String {
    let code = credit_code(7);
    format!(
        "{LIST}CPA 2021F123-32,苏州编造衡器有限公司,{code},{HERE},电子台秤,TCS-150、TCS-300,Ⅲ级,江苏省市场监督管理局,2021-03-01,,国产,有效,13800000000\n\
         2019F9-32,苏州编造衡器有限公司,{code},{HERE},电子汽车衡,SCS-60,Ⅲ级,江苏省市场监督管理局,2018-12-30,2024-12-29,国产,撤销,\n\
         CPA 99-F166,编造进口商行,,,电子天平,BZ-2,Ⅰ级,市场监管总局,1999-05-06,2004-05-05,进口,,\n\
         苏制00000001号,编造旧厂,,,台秤,TGT-500,,,1998-01-01,,国产,有效,\n"
    )
}

const INSTRUMENTS: &str = "强检编号,器具名称,出厂编号,制造厂家,监管方式,使用状态,使用单位,统一社会信用代码,行政区划,CPA编号,出厂日期,检定日期,检定结果,有效期至\n";

/// An instrument that names an approval.
fn instrument(code: &str, control: &str, approval: &str, made: &str) -> String {
    format!(
        "{code},电子台秤,S{code},苏州编造衡器有限公司,{control},在用,苏州编造1号超市有限公司,{},{HERE},{approval},{made},2026-09-01,合格,2027-08-31\n",
        credit_code(1)
    )
}

async fn take(database: &TestDatabase, db: &Database, name: &str, text: &str, as_of: &str) -> Report {
    bring(database, db, Adapter::MetrologyLedger, name, text, as_of).await
}

on_both! {
    async fn an_approval_is_found_in_any_spelling_and_judged_on_a_day(engine) {
        let database = TestDatabase::new(engine).await;
        let db = database.open().await;
        let report = take(&database, &db, "approvals.csv", &list(), "2026-10-01").await;
        assert_eq!((report.counts.created, report.counts.quarantined), (3, 1), "{report:?}");
        let desk = Desk::open(db);
        let shown = desk.ask(None, "{ typeApproval(number: \"cpa ２０２１－F123－32\") { id number holderName holderCreditCode instrumentName models \
            accuracy authority approvedOn validUntil origin status statusWord region { code } flags \
            valid(on: \"2026-10-01\") { holds reason until } before: valid(on: \"2021-02-28\") { holds reason } \
            provenance { source file row fields } conflicts { field } } \
            old: typeApproval(number: \"1999F166\") { number origin valid(on: \"2004-05-05\") { reason } after: valid(on: \"2004-05-06\") { reason } } \
            none: typeApproval(number: \"2021F124-32\") { id } \
            typeApprovals(orderBy: { field: APPROVED_ON, direction: DESC }) { totalCount nodes { number valid { reason } flags } } \
            of: typeApprovals(filter: { instrumentName: \"台秤\", regionCode: \"320500\", status: [VALID], origin: DOMESTIC, model: \"TCS-300\" }) \
            { nodes { number } } \
            imported: typeApprovals(filter: { origin: IMPORT }) { nodes { number } } \
            search(text: \"编造衡器 台秤\") { nodes { ... on TypeApproval { number } } } \
            byNumber: search(text: \"2021f123\", kinds: [TYPE_APPROVAL]) { totalCount } }").await;
        let one = &shown["typeApproval"];
        assert_eq!((&one["number"], &one["instrumentName"]), (&json!("2021F123-32"), &json!("电子台秤")));
        assert_eq!(one["models"], json!(["TCS-150", "TCS-300"]));
        assert_eq!((&one["origin"], &one["status"], &one["statusWord"]), (&json!("DOMESTIC"), &json!("VALID"), &json!("有效")));
        assert_eq!(one["valid"], json!({ "holds": true, "reason": "VALID", "until": null }), "the law sets no term");
        assert_eq!(one["before"], json!({ "holds": false, "reason": "NOT_YET" }));
        assert_eq!((&one["region"]["code"], &one["flags"]), (&json!(null), &json!(["FICTITIOUS"])), "no regions are in this hub");
        assert_eq!((&one["provenance"][0]["source"], &one["provenance"][0]["row"]), (&json!("type-approval"), &json!(1)));
        assert_eq!(shown["old"], json!({
            "number": "1999F166", "origin": "IMPORT", "valid": { "reason": "VALID" }, "after": { "reason": "EXPIRED" },
        }));
        assert_eq!(shown["none"], Value::Null);
        assert_eq!(shown["typeApprovals"], json!({ "totalCount": 3, "nodes": [
            { "number": "2021F123-32", "valid": { "reason": "VALID" }, "flags": ["FICTITIOUS"] },
            { "number": "2019F9-32", "valid": { "reason": "REVOKED" }, "flags": ["YEAR_CONTRADICTS", "FICTITIOUS"] },
            { "number": "1999F166", "valid": { "reason": "EXPIRED" }, "flags": [] },
        ] }));
        assert_eq!(shown["of"]["nodes"], json!([{ "number": "2021F123-32" }]));
        assert_eq!(shown["imported"]["nodes"], json!([{ "number": "1999F166" }]));
        assert_eq!(shown["search"]["nodes"], json!([{ "number": "2021F123-32" }]));
        assert_eq!(shown["byNumber"]["totalCount"], 1);
        let id = one["id"].as_str().unwrap();
        let node = desk.ask(None, &format!("{{ node(id: \"{id}\") {{ ... on TypeApproval {{ number }} }} }}")).await;
        assert_eq!(node["node"]["number"], "2021F123-32");
        let wrong = desk.server.ask("{ typeApproval(number: \"12345\") { id } }", json!({})).await;
        assert_eq!(wrong["errors"][0]["extensions"]["code"], "BAD_USER_INPUT");
        let raw = database.raw().await;
        let statement = sea_orm::Statement::from_string(
            sea_orm::ConnectionTrait::get_database_backend(&raw),
            "SELECT code, field FROM quarantine",
        );
        let rows = sea_orm::ConnectionTrait::query_all_raw(&raw, statement).await.unwrap();
        let refused: Vec<(String, String)> = rows.iter().map(|row| (row.try_get("", "code").unwrap(), row.try_get("", "field").unwrap())).collect();
        assert_eq!(refused, [("APPROVAL_NUMBER_UNREADABLE".to_owned(), "型式批准证书编号".to_owned())]);
    }

    async fn nothing_is_outside_of_a_period_that_is_reversed(engine) {
        let database = TestDatabase::new(engine).await;
        let db = database.open().await;
        let list = format!(
            "{LIST}CPA 2022F5-32,苏州编造衡器有限公司,,,电子台秤,TCS-150,Ⅲ级,江苏省市场监督管理局,2022-06-01,2021-06-01,国产,有效,\n\
             CPA 2022F6-32,苏州编造衡器有限公司,,,电子台秤,TCS-300,Ⅲ级,江苏省市场监督管理局,2022-06-01,2023-06-01,国产,有效,\n"
        );
        take(&database, &db, "approvals.csv", &list, "2026-10-01").await;
        let rows: String = [("2022F5-32", "2020-01-01"), ("2022F5-32", "2022-01-01"), ("2022F5-32", "2024-01-01"), ("2022F6-32", "2024-01-01")]
            .iter()
            .enumerate()
            .map(|(at, (approval, made))| instrument(&format!("R-{at}"), "P+V", approval, made))
            .collect();
        take(&database, &db, "ledger.csv", &format!("{INSTRUMENTS}{rows}"), "2026-10-01").await;
        let desk = Desk::open(db);
        let shown = desk.staff("{ typeApproval(number: \"2022F5-32\") { flags } \
            instruments(first: 10) { nodes { mandatoryCode findings { rule } } } }").await;
        assert!(shown["typeApproval"]["flags"].to_string().contains("PERIOD_REVERSED"), "{shown}");
        let mut seen: Vec<(&str, bool)> = items(&shown["instruments"]["nodes"])
            .map(|one| {
                let outside = items(&one["findings"]).any(|finding| finding["rule"] == "MADE_OUTSIDE_APPROVAL");
                (one["mandatoryCode"].as_str().unwrap(), outside)
            })
            .collect();
        seen.sort_unstable();
        assert_eq!(seen, [("R-0", false), ("R-1", false), ("R-2", false), ("R-3", true)]);
    }

    async fn an_instrument_finds_its_approval_whichever_file_came_first(engine) {
        let instruments = format!(
            "{INSTRUMENTS}{}{}{}{}{}{}",
            instrument("Q-1", "P+V", "CPA 2021F123-32", "2021-02-28"),
            instrument("Q-2", "P+V", "2021F123－32", "2021-03-01"),
            instrument("Q-3", "V", "2021-F123-32", "2020-01-01"),
            instrument("Q-4", "P+V", "2020F77-32", "2020-01-01"),
            instrument("Q-5", "P", "99-F166", "2004-05-06"),
            instrument("Q-6", "P+V", "苏制00000001号", "2020-01-01"),
        );
        for approvals_first in [true, false] {
            let database = TestDatabase::new(engine).await;
            let db = database.open().await;
            let list = list();
            let mut files = [("approvals.csv", list.as_str()), ("ledger.csv", instruments.as_str())];
            if !approvals_first {
                files.reverse();
            }
            for (name, text) in files {
                take(&database, &db, name, text, "2026-10-01").await;
            }
            let desk = Desk::open(db);
            let shown = desk.staff("{ instruments(first: 10) { nodes { mandatoryCode typeApprovalNumber typeApproval { number } \
                findings { rule basis severity message values { name value } } } } \
                typeApproval(number: \"2021F123-32\") { instruments(first: 2) { totalCount nodes { mandatoryCode } pageInfo { hasNextPage } } } \
                instruments_of: instruments(filter: { typeApprovalNumber: \"CPA 2021F123-32\" }) { totalCount } }").await;
            let mut seen: Vec<(&str, Value, Vec<&str>)> = items(&shown["instruments"]["nodes"])
                .map(|one| (
                    one["mandatoryCode"].as_str().unwrap(),
                    one["typeApproval"]["number"].clone(),
                    items(&one["findings"]).filter_map(|finding| finding["rule"].as_str()).collect(),
                ))
                .collect();
            seen.sort_by_key(|one| one.0);
            assert_eq!(seen, [
                ("Q-1", json!("2021F123-32"), vec!["MADE_OUTSIDE_APPROVAL"]),
                ("Q-2", json!("2021F123-32"), vec![]),
                // Only what is under type approval needs one.
                ("Q-3", json!("2021F123-32"), vec![]),
                // What the hub does not hold is no finding.
                ("Q-4", Value::Null, vec![]),
                ("Q-5", json!("1999F166"), vec!["MADE_OUTSIDE_APPROVAL"]),
                ("Q-6", Value::Null, vec![]),
            ]);
            let told = items(&shown["instruments"]["nodes"]).find(|one| one["mandatoryCode"] == "Q-1").unwrap();
            assert_eq!(told["findings"][0], json!({
                "rule": "MADE_OUTSIDE_APPROVAL",
                "basis": "《计量法》第十三条",
                "severity": "WARNING",
                "message": "出厂日期 2021-02-28 不在型式批准 2021F123-32 的有效期间内。",
                "values": [
                    { "name": "typeApproval", "value": "2021F123-32" },
                    { "name": "madeOn", "value": "2021-02-28" },
                    { "name": "approvedOn", "value": "2021-03-01" },
                ],
            }));
            let of = &shown["typeApproval"]["instruments"];
            assert_eq!((&of["totalCount"], &of["pageInfo"]["hasNextPage"]), (&json!(3), &json!(true)));
            assert_eq!(of["nodes"], json!([{ "mandatoryCode": "Q-1" }, { "mandatoryCode": "Q-2" }]));
            assert_eq!(shown["instruments_of"]["totalCount"], 3);
            // An approval is public, the instruments that name it are not.
            let public = desk.ask(None, "{ typeApproval(number: \"2021F123-32\") { instruments { totalCount nodes { id } } } }").await;
            assert_eq!(public["typeApproval"]["instruments"], json!({ "totalCount": 0, "nodes": [] }));
        }
    }

    async fn the_holder_of_an_approval_is_the_enterprise(engine) {
        let database = TestDatabase::new(engine).await;
        let db = database.open().await;
        take(&database, &db, "approvals.csv", &list(), "2026-10-01").await;
        let register = format!("企业名称,统一社会信用代码\n苏州编造衡器有限公司,{}\n", credit_code(7));
        bring(&database, &db, Adapter::EnterpriseRegister, "register.csv", &register, "2026-10-01").await;
        let desk = Desk::open(db);
        let shown = desk.ask(None, &format!("{{ typeApproval(number: \"2021F123-32\") {{ holder {{ name }} }} \
            typeApprovals(filter: {{ holderCreditCode: \"{}\" }}) {{ totalCount }} }}", credit_code(7))).await;
        assert_eq!(shown["typeApproval"]["holder"]["name"], "苏州编造衡器有限公司");
        assert_eq!(shown["typeApprovals"]["totalCount"], 2);
    }

    async fn a_ledger_without_an_owner_is_no_table_of_approvals(engine) {
        let database = TestDatabase::new(engine).await;
        let db = database.open().await;
        let ingester = Ingester::new(db, test_clock(), database.folder().join("data")).await.unwrap();
        let request = Request {
            adapter: Adapter::MetrologyLedger,
            path: database.write("ledger.csv", "器具名称,出厂编号,制造厂家,CPA编号\n电子台秤,A-1,编造衡器厂,2021F123-32\n"),
            as_of: None,
            complete: false,
        };
        let error = ingester.ingest(&request, &Silent).await.unwrap_err();
        assert!(error.to_string().contains("使用单位"), "{error}");
    }
}
