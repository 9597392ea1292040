//! A small composed list of standards whose titles hold what a question could trip over.

use serde_json::{Value, json};
use support::{Engine, Hub, Server, TestDatabase, test_clock};

/// Composed rows: numbers that no register has, and titles made for these tests.
const ROWS: &[(&str, &str)] = &[
    ("GB/T 99001-2020", "电线电缆环境意识设计导则"),
    ("GB/T 99002-2020", "电缆与电线电机试验方法"),
    ("GB/T 99003-2020", "不锈钢含量100%的判定"),
    ("GB/T 99004-2020", "接口模型 第1部分_配电"),
    ("GB/T 99005-2020", "质量分级及“领跑者”评价要求"),
    ("GB/T 99006-2020", "FORCED OR COMPULSORY LABOR"),
    ("GB/T 99007-2020", "ＬＥＤ照明产品 ｌ＊ａ＊ｂ颜色空间"),
    ("GB/T 99008-2020", "国际标准与国内标准的关系"),
];

/// A server over the list; the database goes with it.
pub(super) async fn server(engine: Engine) -> (TestDatabase, Server) {
    let database = TestDatabase::new(engine).await;
    let mut file = String::from("std_num,title,department,implement_date,status,url,updated_at\n");
    for (number, title) in ROWS {
        file.push_str(&format!(
            "{number},{title},国家标准化管理委员会,2020-06-01,现行,,2026-03-02 12:00:00\n"
        ));
    }
    let path = database.write("list.csv", file);
    let db = database.open().await;
    let ran = Hub::on(&database).ingest("standards-catalogue", &path, &[]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    (database, Server::start(db, test_clock()))
}

/// The last digits of the numbers that a question finds, in order.
pub(super) async fn found(server: &Server, question: &str) -> String {
    let query = "query($text: String!) { search(text: $text, first: 200) { totalCount nodes { ... on Standard { number } } } }";
    let answer = server.data(query, json!({ "text": question })).await;
    let nodes = answer["search"]["nodes"].as_array().cloned().unwrap_or_default();
    assert_eq!(answer["search"]["totalCount"], json!(nodes.len()), "{question:?}");
    let mut digits: Vec<String> = nodes.iter().map(digit).collect();
    digits.sort();
    digits.concat()
}

fn digit(node: &Value) -> String {
    let number = node["number"].as_str().unwrap_or_default();
    let serial = number.split('-').next().unwrap_or_default();
    serial.chars().next_back().map(String::from).unwrap_or_default()
}
