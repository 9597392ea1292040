//! Who may see what.

mod deletion;
mod over_http;
mod visibility;
mod wall;

use entity::Database;
use ingest::{Adapter, Ingester, Request, Silent};
use support::{TestDatabase, test_clock};

/// A database with standards and projects whose titles share a word, two runs, rows in quarantine and a few regions.
async fn filled(database: &TestDatabase) -> Database {
    let db = database.open().await;
    let ingester = match Ingester::new(db.clone(), test_clock(), database.folder().join("data")).await {
        Ok(ingester) => ingester,
        Err(error) => panic!("{error}"),
    };
    let mut standards = "标准编号,标准名称,标准状态,替代情况\n".to_owned();
    for number in 1001..1031 {
        let text = format!("代替GB/T {number}-2001");
        standards +=
            &format!("GB/T {number}-2020,电缆 第{number}部分,现行,{text}\nGB/T {number}-2001,电缆,作废,\n");
    }
    for row in 0..8 {
        standards += &format!(",没有编号的第{row}行,现行,\n");
    }
    let mut projects = String::new();
    for number in 0..12 {
        let code = format!("2025{number:04}-T-469");
        let row = serde_json::json!({ "code": code, "title": "电缆", "status": "正在起草", "std_type_raw": "国标计划" });
        projects += &format!("{row}\n");
    }
    for (name, text) in [("standards.csv", standards), ("projects.ndjson", projects)] {
        let request = Request {
            adapter: Adapter::StandardsCatalogue,
            path: database.write(name, text),
            as_of: None,
            complete: false,
        };
        if let Err(error) = ingester.ingest(&request, &Silent).await {
            panic!("{name}: {error}");
        }
    }
    let connection = database.raw().await;
    for code in ["320000", "320500", "320581", "320582", "320582.01", "330000"] {
        let insert = format!(
            "INSERT INTO region (code, name, level, nature, successors, flags, audience, region) \
             VALUES ('{code}', '某地', 'COUNTY', 'ADMINISTRATIVE', '[]', '[]', 'PUBLIC', '{code}')"
        );
        if let Err(error) = sea_orm::ConnectionTrait::execute_unprepared(&connection, &insert).await {
            panic!("{error}");
        }
    }
    db
}
