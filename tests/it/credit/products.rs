//! What the licences of an enterprise say of its products, and its repairs.

use entity::Scope;
use entity::audit::Asked;
use entity::declaration::{
    self, Declare, DeclaredContent, DeclaredProduct, Indicator, IndicatorCategory, Submission, Submitted,
};
use serde_json::{Value, json};
use support::bureau::{enterprise, staff};
use support::{on_both, test_clock};

use super::office::{LICENCES, LISTS, Office, PUBLICITY, REPAIRS};
use crate::declaration::record::credit_code;

/// An enterprise declares a standard for products.
async fn declare(office: &Office, number: u32, products: &[(&str, &str)]) {
    let indicator = |name: &str, category| Indicator {
        name: name.to_owned(),
        requirement: Some("≥1".to_owned()),
        unit: Some("m".to_owned()),
        test_method: Some("GB/T 1002-2001".to_owned()),
        category: Some(category),
        level_note: None,
    };
    let declare = Submission::Declare(Declare {
        credit_code: credit_code(number),
        enterprise_name: Some(format!("苏州编造{number}号有限公司")),
        region_code: Some("320582".to_owned()),
        standard_number: format!("Q/320582BZ {number:03}-2024"),
        content: DeclaredContent {
            standard_name: Some("编造".to_owned()),
            products: products
                .iter()
                .map(|(name, spec)| DeclaredProduct {
                    name: (*name).to_owned(),
                    spec: (!spec.is_empty()).then(|| (*spec).to_owned()),
                    ..DeclaredProduct::default()
                })
                .collect(),
            indicators: vec![
                indicator("外观", IndicatorCategory::Functional),
                indicator("长度", IndicatorCategory::Performance),
            ],
            ..DeclaredContent::default()
        },
    });
    let (clock, asked) = (test_clock(), Asked::public());
    let key = format!("products-{number}");
    let done = declaration::submit(&office.db, &Scope::public(), &clock, &asked, &key, &declare).await;
    assert!(matches!(done, Ok(Submitted::Accepted { .. })), "{done:?}");
}

/// A licence as a row of 2018.
fn licence(number: u32, certificate: &str, paper: &str, content: &str, until: &str, status: &str) -> String {
    format!(
        "苏州编造{number}号有限公司,法人及非法人组织,{},,编造许可〔2021〕{number}{paper}号,普通,{certificate},{paper},{content},2021-03-01,\
         2021-03-01,{until},苏州市市场监督管理局,320582,{status},\n",
        credit_code(number)
    )
}

/// The rules that are found about the products of an enterprise on a day, by their names.
async fn found(office: &Office, number: u32, on: &str) -> Vec<(String, Vec<String>)> {
    let server = office.on_test_day();
    let query = format!(
        "{{ enterprise(creditCode: \"{}\") {{ products {{ nodes {{ name findings(on: \"{on}\") {{ rule basis message \
         values {{ name value }} }} }} }} }} }}",
        credit_code(number)
    );
    let shown = office.ask(&server, None, &query).await;
    let mut found: Vec<(String, Vec<String>)> = shown["enterprise"]["products"]["nodes"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|product| {
            let rules = product["findings"].as_array().into_iter().flatten();
            let rules = rules.filter_map(|finding| finding["rule"].as_str().map(str::to_owned));
            (product["name"].as_str().unwrap().to_owned(), rules.collect())
        })
        .collect();
    found.sort();
    found
}

on_both! {
    async fn r65_the_licences_that_are_known_decide_about_products(engine) {
        let office = Office::open(engine).await;
        declare(&office, 1, &[("通用水泥 P·O 42.5", ""), ("离心泵", "2斤/袋")]).await;
        declare(&office, 2, &[("通用水泥 P·O 42.5", "")]).await;
        declare(&office, 3, &[("手持电动工具", "")]).await;
        let rows = [
            licence(1, "全国工业产品生产许可证", "（苏）XK08-001-00001", "水泥", "2026-02-28", "0"),
            licence(3, "强制性产品认证证书", "CCC2021000001", "电动工具", "2026-02-28", "0"),
        ];
        office.accepted(PUBLICITY, &(LICENCES.to_owned() + &rows.concat()), "2026-03-01").await;
        let missing = |rule: &str| vec![rule.to_owned()];
        let valid = [
            ("离心泵".to_owned(), missing("CONTENT_UNIT_NOT_LEGAL")),
            ("通用水泥 P·O 42.5".to_owned(), Vec::new()),
        ];
        assert_eq!(found(&office, 1, "2026-02-28").await, valid);
        let over = found(&office, 1, "2026-03-01").await;
        assert_eq!(over[1].1, missing("PRODUCTION_LICENCE_MISSING"), "{over:?}");
        assert!(found(&office, 2, "2026-03-01").await[0].1.is_empty(), "nothing is known of its licences");
        assert_eq!(found(&office, 3, "2026-03-01").await[0].1, missing("CERTIFICATION_NOT_VALID"));
        assert!(found(&office, 3, "2026-02-28").await[0].1.is_empty());
        let renewed = licence(1, "全国工业产品生产许可证", "（苏）XK08-001-00002", "水泥", "2031-02-28", "0");
        office.accepted(PUBLICITY, &(LICENCES.to_owned() + &renewed), "2026-03-02").await;
        assert!(found(&office, 1, "2026-03-01").await[1].1.is_empty());
        let server = office.on_test_day();
        let told = office.ask(&server, None, &format!(
            "{{ enterprise(creditCode: \"{}\") {{ products {{ nodes {{ findings(on: \"2026-03-01\") {{ basis severity message \
             values {{ name value }} product {{ name }} }} }} }} }} }}", credit_code(3))).await;
        assert_eq!(told["enterprise"]["products"]["nodes"][0]["findings"][0], json!({
            "basis": "R87；《强制性产品认证管理规定》第二条",
            "severity": "WARNING",
            "message": "产品（电动工具）应经强制性产品认证，2026-03-01 该企业已知的证书均无效。",
            "values": [
                { "name": "kind", "value": "电动工具" },
                { "name": "day", "value": "2026-03-01" },
                { "name": "number", "value": "CCC2021000001" },
                { "name": "validUntil", "value": "2026-02-28" },
                { "name": "status", "value": "VALID" },
            ],
            "product": { "name": "手持电动工具" },
        }));
    }

    async fn the_repairs_of_an_enterprise_are_for_itself_and_its_district(engine) {
        let office = Office::open(engine).await;
        declare(&office, 1, &[("离心泵", "")]).await;
        let row = |number: u32, day: u32| format!(
            "{},苏州编造{number}号有限公司,经营异常名录,,,2026-01-05,未按期年报,2026-02-{day:02},,2026-02-25,准予修复,苏州市市场监督管理局,320582,\n",
            credit_code(number)
        );
        let text = REPAIRS.to_owned() + &row(1, 10) + &row(1, 12) + &row(1, 11) + &row(2, 10);
        office.accepted(LISTS, &text, "2026-03-01").await;
        let server = office.on_test_day();
        let page = |arguments: &str| format!(
            "{{ enterprise(creditCode: \"{}\") {{ repairs({arguments}) {{ totalCount nodes {{ appliedOn result }} \
             pageInfo {{ hasNextPage endCursor }} }} }} }}", credit_code(1));
        for (who, count) in [
            (None, 0),
            (Some(enterprise(&credit_code(1))), 3),
            (Some(enterprise(&credit_code(2))), 0),
            (Some(staff("320582")), 3),
            (Some(staff("320581")), 0),
        ] {
            let shown = office.ask(&server, who.clone(), &page("first: 200")).await;
            let repairs = &shown["enterprise"]["repairs"];
            assert_eq!(repairs["totalCount"], count, "{who:?}");
            assert_eq!(repairs["nodes"].as_array().map(Vec::len), usize::try_from(count).ok(), "{who:?}");
        }
        let (mut days, mut after) = (Vec::new(), String::new());
        loop {
            let shown = office.ask(&server, Some(staff("320582")), &page(&format!("first: 2{after}"))).await;
            let repairs = &shown["enterprise"]["repairs"];
            days.extend(repairs["nodes"].as_array().into_iter().flatten().map(|node| node["appliedOn"].clone()));
            if repairs["pageInfo"]["hasNextPage"] != Value::Bool(true) {
                break;
            }
            after = format!(", after: {}", repairs["pageInfo"]["endCursor"]);
        }
        assert_eq!(days, ["2026-02-12", "2026-02-11", "2026-02-10"], "newest first");
    }
}
