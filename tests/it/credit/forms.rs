//! A row of each form comes out of the schema, with where it comes from.

use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};
use serde_json::{Value, json};
use support::on_both;

use super::office::{
    ABNORMAL, LICENCES, LISTS, Office, PENALTIES, PUBLICITY, RATINGS, REPAIRS, SERIOUS, date,
};
use crate::declaration::record::credit_code;

const NAME: &str = "苏州甲乙泵业（张家港）有限公司";
const PENALTY: &str = "{ penalties { totalCount nodes { subjectName subjectKind documentNumber violation kinds kindWords content \
    fine { fen yuan raw } confiscated { fen } decidedOn publishedOn deadlineOn publicationTerm \
    publication { isPublic reason from until } organ region { code } receivedOn dueOn submittedLate flags \
    enterprise { creditCode name } provenance { source row asOf } conflicts { field } } } }";

fn first(data: &Value, list: &str) -> Value {
    assert_eq!(data[list]["totalCount"], 1, "{data}");
    data[list]["nodes"][0].clone()
}

/// A table as a workbook: amounts are numbers, days are dates, and a title stands above the header.
fn workbook(table: &str) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let day = Format::new().set_num_format("yyyy-mm-dd");
    sheet.write_string(0, 0, "行政处罚信息公示表").unwrap();
    for (row, line) in (1..).zip(table.lines()) {
        for (column, cell) in (0..).zip(line.split(',')) {
            if cell.is_empty() {
                continue;
            }
            if let Some(Ok(date)) = cell.contains('-').then(|| ExcelDateTime::parse_from_str(cell)) {
                sheet
                    .write_datetime_with_format(row, column, &date, &day)
                    .unwrap();
            } else if let Ok(number) = cell.parse::<f64>() {
                sheet.write_number(row, column, number).unwrap();
            } else {
                sheet.write_string(row, column, cell).unwrap();
            }
        }
    }
    book.save_to_buffer().unwrap()
}

on_both! {
    async fn a_penalty_of_each_form(engine) {
        let code = credit_code(1);
        let csv = format!(
            "{PENALTIES}{NAME},法人及非法人组织,{code},,李四,苏市监处罚[2026]1号,虚假宣传,甲事实,罚款,罚款2000元,0.2,,2026-03-02,2026-03-05,\
             2029-03-02,苏州市市场监督管理局,320582,0,,\n"
        );
        let ndjson = json!({
            "CF_XDR_MC": NAME, "CF_XDR_SHXYM": code, "CF_WSH": "苏市监处罚（2026）1号", "CF_CFMC": "虚假宣传案", "CF_CFLB1": "罚款",
            "CF_SY": "甲事实", "CF_YJ": "广告法", "CF_JG": "罚款2000元", "CF_JDRQ": "2026/3/2", "CF_XZJG": "苏州市市场监督管理局",
            "CF_ZT": "0", "DFBM": "320582", "SJC": "2026-03-10 10:00:00", "CF_XDR_SFZ": "", "CF_FR": "李四",
        });
        let names = format!(
            "行政相对人名称,统一社会信用代码,行政处罚决定书文号,处罚决定日期,处罚类别,处罚内容,罚款金额（万元）,处罚机关,地方编码,法定代表人\n\
             {NAME},{code},苏市监处罚〔2026〕1号,2026年3月2日,罚款,罚款2000元,0.200000,苏州市市场监督管理局,320582,李四\n"
        );
        // GB18030 is read as well as UTF-8.
        let (gbk, _, _) = encoding_rs::GB18030.encode(&names);
        let files: [(&str, Vec<u8>); 4] = [
            ("xlsx", workbook(&csv)),
            ("csv", csv.into_bytes()),
            ("ndjson", format!("{ndjson}\n").into_bytes()),
            ("csv", gbk.into_owned()),
        ];
        for (ending, bytes) in files {
            let office = Office::open(engine).await;
            let report = office.take(PUBLICITY, ending, &bytes, "2026-03-12").await;
            assert_eq!((report.counts.created, report.counts.quarantined), (1, 0), "{report:?}");
            let server = office.on(date("2026-03-20"));
            let shown = first(&office.ask(&server, None, PENALTY).await, "penalties");
            assert_eq!(shown["documentNumber"], "苏市监处罚〔2026〕1号");
            assert_eq!(shown["kinds"], json!(["FINE"]));
            assert_eq!(shown["decidedOn"], "2026-03-02");
            assert_eq!(shown["subjectName"], NAME);
            assert_eq!(shown["region"], Value::Null, "{shown}");
            assert_eq!(shown["enterprise"]["creditCode"], code);
            assert_eq!(shown["provenance"][0]["source"], PUBLICITY);
            assert_eq!(shown["provenance"][0]["row"], 1);
            // Seven working days, without a notice on holidays: the 11th.
            assert_eq!(shown["dueOn"], "2026-03-11");
            let first_generation = ending == "ndjson";
            assert_eq!(shown["receivedOn"], if first_generation { "2026-03-10" } else { "2026-03-12" });
            assert_eq!(shown["submittedLate"], !first_generation);
            let fine = if first_generation { Value::Null } else { json!("2000.00") };
            assert_eq!(shown["fine"]["yuan"], fine);
            // A fine of 2,000 yuan is low; one that nobody tells is not.
            let term = if first_generation { "THREE_YEARS" } else { "THREE_MONTHS" };
            assert_eq!(shown["publicationTerm"], term);
            assert_eq!(shown["publication"]["isPublic"], true);
            let text = shown.to_string();
            assert!(!text.contains("李四"), "{text}");
            let again = office.take(PUBLICITY, ending, &bytes, "2026-03-12").await;
            assert_eq!((again.counts.created, again.counts.updated), (0, 0));
        }
    }

    async fn licences_lists_repairs_and_classes(engine) {
        let office = Office::open(engine).await;
        let code = credit_code(1);
        office.accepted(PUBLICITY, &format!(
            "{LICENCES}{NAME},法人及非法人组织,{code},,苏市监许可〔2024〕7号,普通,工业产品生产许可证,XK13-001,生产,2024-05-06,2024-05-06,2029-05-05,\
             江苏省市场监督管理局,320582,0,\n"
        ), "2024-05-10").await;
        office.accepted(LISTS, &format!(
            "{ABNORMAL}{code},{NAME},通过登记的住所或者经营场所无法联系的,2025-07-09,张家港市市场监督管理局,,,,320582\n"
        ), "2025-07-10").await;
        office.accepted(LISTS, &format!(
            "{SERIOUS}{code},{NAME},提交虚假材料,2024-01-02,苏州市市场监督管理局,2025-03-04,期满,苏州市市场监督管理局,320582\n"
        ), "2025-07-10").await;
        office.accepted(PUBLICITY, &format!(
            "{PENALTIES}{NAME},法人及非法人组织,{code},,,苏市监处罚〔2025〕2号,,,没收,没收,,1.5,2025-05-06,,,,320582,,,\n"
        ), "2025-05-08").await;
        office.accepted(LISTS, &format!(
            "{REPAIRS}{code},{NAME},行政处罚,苏市监处罚〔2025〕2号,2025-05-06,,,2026-02-01,2026-02-03,2026-02-20,准予修复,苏州市市场监督管理局,320582,\n"
        ), "2026-02-21").await;
        office.accepted(LISTS, &format!(
            "{RATINGS}{code},{NAME},2026年3月,C类,通用模型,320582\n"
        ), "2026-03-02").await;
        let server = office.on(date("2026-03-20"));
        let query = format!(
            "{{ enterprise(creditCode: \"{code}\") {{ \
               licences {{ totalCount nodes {{ certificateNumber isValid status documentNumber }} }} \
               listings {{ totalCount nodes {{ list reason listedOn isListed publication {{ reason }} }} }} \
               penalties {{ totalCount nodes {{ documentNumber publication {{ reason until }} }} }} \
               riskRatings {{ totalCount nodes {{ month class }} }} \
               creditSummary {{ penaltyCount publishedPenaltyCount totalFine {{ yuan }} totalConfiscated {{ fen }} validLicenceCount \
                 listingCount currentListings {{ reason listedOn }} riskRating {{ class }} latestRepair {{ result target decidedOn }} }} }} }}"
        );
        let shown = office.ask(&server, None, &query).await["enterprise"].clone();
        assert_eq!(shown["licences"]["nodes"][0]["certificateNumber"], "XK13-001");
        assert_eq!(shown["licences"]["nodes"][0]["isValid"], true);
        // The serious listing was removed, and with that it is not shown any more; the penalty was repaired.
        assert_eq!(shown["listings"], json!({ "totalCount": 1, "nodes": [{
            "list": "ABNORMAL", "reason": "通过登记的住所或者经营场所无法联系的", "listedOn": "2025-07-09", "isListed": true,
            "publication": { "reason": "IN_TERM" },
        }] }));
        assert_eq!(shown["penalties"]["totalCount"], 0);
        assert_eq!(shown["riskRatings"]["totalCount"], 0);
        assert_eq!(shown["creditSummary"], json!({
            "penaltyCount": 0, "publishedPenaltyCount": 0, "totalFine": { "yuan": "0.00" }, "totalConfiscated": { "fen": "0" },
            "validLicenceCount": 1, "listingCount": 1,
            "currentListings": [{ "reason": "通过登记的住所或者经营场所无法联系的", "listedOn": "2025-07-09" }],
            "riskRating": null, "latestRepair": null,
        }));
        let within = office.on_test_day();
        let staff = office.ask(&within, Some(support::bureau::staff("320582")), &query).await["enterprise"].clone();
        assert_eq!(staff["listings"]["totalCount"], 2);
        assert_eq!(staff["penalties"]["nodes"][0]["publication"], json!({ "reason": "REPAIRED", "until": "2026-02-20" }));
        assert_eq!(staff["riskRatings"]["nodes"], json!([{ "month": "2026-03-01", "class": "C" }]));
        assert_eq!(staff["creditSummary"]["penaltyCount"], 1);
        assert_eq!(staff["creditSummary"]["publishedPenaltyCount"], 0);
        assert_eq!(staff["creditSummary"]["totalConfiscated"]["fen"], "1500000");
        assert_eq!(staff["creditSummary"]["latestRepair"], json!({ "result": "APPROVED", "target": "PENALTY", "decidedOn": "2026-02-20" }));
        let own = office.ask(&within, Some(support::bureau::enterprise(&code)), &query).await["enterprise"].clone();
        assert_eq!(own["penalties"]["totalCount"], 1);
        assert_eq!(own["creditSummary"]["latestRepair"]["result"], "APPROVED");
        assert_eq!(own["riskRatings"]["totalCount"], 0);
    }
}
