//! Files of `key ：value` blocks: every block is a record of its own, the first one, too.

use serde_json::json;
use support::{Hub, Server, TestDatabase, on_both, test_clock};

/// Blocks as biaozhun.org writes them.
const BLOCKS: &str = "\
标准名称 ：粮食作物种子 第2部分：豆类
标准编号 ：GB 4404.2-2026
标准状态 ：即将实施
替代情况 ：代替GB 4404.2-2010
ICS分类 ：65.020.20

标准名称 ：消防应急救援装备 堵漏器材
标准编号 ：GB 47289-2026
标准状态 ：现行
替代情况 ：
ICS分类 ：


标准名称 ：首饰 安全技术要求
标准编号 ：GB 28480-2026
标准状态 ：即将实施
替代情况 ：代替GB 28480-2012
ICS分类 ：39.060
";

on_both! {
    async fn every_block_is_a_record(engine) {
        let database = TestDatabase::new(engine).await;
        let path = database.write("blocks.txt", BLOCKS);
        let ran = Hub::on(&database).ingest("standards-catalogue", &path, &[]);
        let report = ran.json();
        assert_eq!((&report["read"], &report["created"]), (&json!(3), &json!(3)), "{ran:?}");
        let server = Server::start(database.open().await, test_clock());
        let query = "query($number: String!) { standard(number: $number) { name icsCodes replaces { number } \
            provenance { row } } }";
        let table = [
            ("GB 4404.2-2026", "粮食作物种子 第2部分：豆类", json!(["65.020.20"]), json!([{ "number": "GB 4404.2-2010" }])),
            ("GB 47289-2026", "消防应急救援装备 堵漏器材", json!([]), json!([])),
            ("GB 28480-2026", "首饰 安全技术要求", json!(["39.060"]), json!([{ "number": "GB 28480-2012" }])),
        ];
        for ((number, name, codes, replaces), row) in table.into_iter().zip(1..) {
            let found = server.data(query, json!({ "number": number })).await;
            let expected = json!({ "name": name, "icsCodes": codes, "replaces": replaces, "provenance": [{ "row": row }] });
            assert_eq!(found["standard"], expected, "{number}");
        }
    }
}
