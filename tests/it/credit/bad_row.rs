//! Rows that cannot be used are set aside with place and remedy; odd ones are taken with a flag.

use entity::Scope;
use entity::ingestion::QuarantineFilter;
use entity::page::{List, PageRequest};
use serde_json::json;
use support::on_both;

use super::office::{LISTS, Office, PENALTIES, PUBLICITY, Penalty, RATINGS, REPAIRS, date};
use crate::declaration::record::credit_code;

fn row(code: &str) -> Penalty<'_> {
    Penalty {
        name: "苏州甲乙泵业有限公司",
        kind: "法人及非法人组织",
        code: code.to_owned(),
        identity_number: "",
        number: "苏市监处罚〔2026〕1号".to_owned(),
        words: "罚款",
        fine: "0.2".to_owned(),
        confiscated: "",
        decided: date("2026-03-02"),
        published: None,
        deadline: None,
        op: "",
    }
}

on_both! {
    async fn what_cannot_be_used_is_set_aside_with_its_place(engine) {
        let office = Office::open(engine).await;
        let code = credit_code(1);
        let swapped = Penalty { name: &code, code: "苏州甲乙泵业有限公司".to_owned(), ..row("") };
        let dated = Penalty { name: "2026-03-02", ..row(&code) };
        let unnumbered = Penalty { number: String::new(), ..row(&code) };
        let number_dated = Penalty { number: "2026-03-02".to_owned(), ..row(&code) };
        let nobody = Penalty { name: "", ..row("") };
        let undated = row(&code).line().replace("2026-03-02", "三月二日");
        let lines: String = [&swapped, &dated, &unnumbered, &number_dated, &nobody].map(Penalty::line).concat();
        let report = office.take(PUBLICITY, "csv", format!("{PENALTIES}{lines}{undated}"), "2026-03-12").await;
        assert_eq!((report.counts.read, report.counts.quarantined), (6, 6), "{report:?}");
        let repairs = format!(
            "{REPAIRS}{code},甲,纳税信用,,,,,2026-01-01,,,准予修复,,,\n{code},甲,行政处罚,苏市监处罚〔2026〕1号,2026-03-02,,,2026-01-01,,,好,,,\n\
             {code},甲,行政处罚,苏市监处罚〔2026〕1号,2026-03-02,,,2026-01-01,,,准予修复,,,\n"
        );
        office.take(LISTS, "csv", &repairs, "2026-03-12").await;
        let ratings = format!("{RATINGS}{code},甲,三月,A,,\n{code},甲,2026-03,甲等,,\n,甲乙丙丁戊公司,2026-03,A,,\n");
        office.take(LISTS, "csv", &ratings, "2026-03-12").await;
        let request = PageRequest { limit: 50, ..PageRequest::default() };
        let found = QuarantineFilter::default().list(&office.db, &Scope::operator(), &request).await.unwrap();
        let mut told: Vec<(i64, String, String)> = found.items.iter()
            .map(|row| (row.line_no, row.field.clone().unwrap_or_default(), row.code.clone())).collect();
        told.sort();
        let expected = [
            (2, "CF_XDR_MC", "COLUMNS_SWAPPED"),
            (2, "修复事项", "REPAIR_TARGET_UNKNOWN"),
            (2, "月份", "MONTH_UNREADABLE"),
            (3, "CF_XDR_MC", "COLUMNS_SWAPPED"),
            (3, "信用风险等级", "RISK_CLASS_UNKNOWN"),
            (3, "修复结果", "REPAIR_RESULT_UNKNOWN"),
            (4, "CF_WSH", "DOCUMENT_NUMBER_EMPTY"),
            (4, "修复决定日期", "REPAIR_DAY_MISSING"),
            (4, "统一社会信用代码", "CREDIT_CODE_MISSING"),
            (5, "CF_WSH", "COLUMNS_SWAPPED"),
            (6, "CF_XDR_MC", "SUBJECT_MISSING"),
            (7, "CF_JDRQ", "DATE_UNREADABLE"),
        ];
        let expected: Vec<(i64, String, String)> = expected.map(|(line, field, code)| (line, field.to_owned(), code.to_owned())).to_vec();
        assert_eq!(told, expected);
        assert!(found.items.iter().all(|row| !row.remedy.is_empty() && !row.message.is_empty()));
    }

    async fn what_is_odd_is_taken_with_a_flag(engine) {
        let office = Office::open(engine).await;
        let code = credit_code(1);
        let odd = |number: u32, change: fn(&mut Penalty<'_>)| {
            let mut penalty = row(&code);
            penalty.number = format!("苏市监处罚〔2026〕{number}号");
            change(&mut penalty);
            penalty.line()
        };
        let lines = [
            odd(1, |_| ()),
            odd(2, |one| one.fine = "2000".to_owned()),
            odd(3, |one| one.fine = "10000.5".to_owned()),
            odd(4, |one| one.fine = "1234".to_owned()),
            odd(5, |one| one.fine = "2000元".to_owned()),
            odd(6, |one| one.fine = "-1".to_owned()),
            odd(7, |one| one.fine = "0.0000001".to_owned()),
            odd(8, |one| one.fine = "两千".to_owned()),
            odd(9, |one| one.fine = String::new()),
            odd(10, |one| one.number = "654636".to_owned()),
            odd(11, |one| one.words = "驱逐"),
            odd(12, |one| one.deadline = Some(date("2026-01-01"))),
            odd(13, |one| one.decided = date("2027-03-02")),
            odd(14, |one| one.decided = date("2019-03-02")),
        ];
        office.accepted(PUBLICITY, &format!("{PENALTIES}{}", lines.concat()), "2026-03-12").await;
        let register = format!("统一社会信用代码,企业名称,成立日期\n{code},苏州甲乙泵业有限公司,2020-01-01\n");
        office.accepted("enterprise-register", &register, "2026-03-12").await;
        let server = office.on_test_day();
        let query = "{ penalties(first: 50) { nodes { documentNumber decidedOn fine { fen } flags } } }";
        let shown = office.ask(&server, Some(support::bureau::enterprise(&code)), query).await;
        let mut told: Vec<(String, Vec<String>, String)> = shown["penalties"]["nodes"].as_array().unwrap().iter().map(|row| {
            let flags = row["flags"].as_array().unwrap().iter().filter_map(|flag| flag.as_str()).filter(|flag| *flag != "FICTITIOUS");
            let number = row["documentNumber"].as_str().unwrap().replace("苏市监处罚〔2026〕", "");
            (number, flags.map(str::to_owned).collect(), row["fine"]["fen"].as_str().unwrap_or("-").to_owned())
        }).collect();
        told.sort();
        // The number, its flags, its fine in fen.
        assert_eq!(json!(told), json!([
            ["11号", ["WORD_UNKNOWN"], "200000"],
            ["12号", ["PERIOD_REVERSED"], "200000"],
            ["13号", ["DATE_IN_FUTURE"], "200000"],
            ["14号", ["BEFORE_ESTABLISHED"], "200000"],
            ["1号", [], "200000"],
            ["2号", ["AMOUNT_LOOKS_LIKE_YUAN"], "2000000000"],
            ["3号", ["AMOUNT_LOOKS_LIKE_YUAN"], "10000500000"],
            ["4号", [], "1234000000"],
            ["5号", [], "200000"],
            ["654636", ["DOCUMENT_NUMBER_FORM"], "200000"],
            ["6号", ["AMOUNT_UNREADABLE", "AMOUNT_MISSING"], "-"],
            ["7号", ["AMOUNT_UNREADABLE", "AMOUNT_MISSING"], "-"],
            ["8号", ["AMOUNT_UNREADABLE", "AMOUNT_MISSING"], "-"],
            ["9号", ["AMOUNT_MISSING"], "-"],
        ]));
    }
}
