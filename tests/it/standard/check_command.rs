//! `nqi-hub check`: a text in, each line that cites a standard annotated.

use std::io::Write;
use std::process::Stdio;

use serde_json::{Value, json};
use support::{Hub, Ran, TestDatabase, on_both};

/// A small catalogue: one standard in force, one replaced, one withdrawn, one upcoming, a chain of editions.
const CATALOGUE: &str = "\
标准编号,标准名称,标准状态,发布日期,实施日期,替代情况
GB/T 5023.1-2008,额定电压450/750V及以下聚氯乙烯绝缘电缆 第1部分：一般要求,现行,2008-06-30,2009-05-01,代替GB 5023.1-1997
GB 5023.1-1997,额定电压450/750V及以下聚氯乙烯绝缘电缆 第一部分：一般要求,作废,1997-07-22,1998-05-01,被GB/T 5023.1-2008代替
GB 12345-1990,某标准,废止,1990-04-24,1991-01-01,
GB 4404.2-2026,粮食作物种子 第2部分：豆类,即将实施,2026-03-31,2027-04-01,代替GB 4404.2-2010
GB/T 20-2010,新标准,现行,2010-01-01,2010-06-01,部分代替GB/T 10-2001
GB/T 10-2001,旧标准,现行,2001-01-01,2001-06-01,
";

async fn filled(engine: support::Engine) -> (TestDatabase, Hub) {
    let database = TestDatabase::new(engine).await;
    let hub = Hub::on(&database);
    let list = database.write("list.csv", CATALOGUE);
    let ran = hub.ingest("standards-catalogue", &list, &["--as-of", "2026-07-11"]);
    assert_eq!(
        (ran.code, ran.json()["read"].clone()),
        (Some(0), json!(6)),
        "{ran:?}"
    );
    (database, hub)
}

/// Checks a file of these bytes.
fn check(database: &TestDatabase, hub: &Hub, name: &str, bytes: &[u8], more: &[&str]) -> Ran {
    let path = database.write(name, bytes);
    let path = path.to_string_lossy();
    let mut words = vec!["check", &*path, "--on", "2026-11-21"];
    words.extend(more);
    hub.run(&words)
}

/// Line, number as read, status and successors of every citation.
fn told(ran: &Ran) -> Vec<Value> {
    assert_eq!(ran.code, Some(0), "{ran:?}");
    ran.json_lines()
        .iter()
        .map(|line| json!([line["line"], line["number"], line["status"], line["replacedBy"]]))
        .collect()
}

const CONTRACT: &str = "产品执行 gb/t 5023.1—2008，旧版为GB5023.1-1997。\n\
    本行不引用标准。\n\
    另见《GB 12345-1990》、GB/T 99999-2020 和 GB 4404.2-2026。\n";

on_both! {
    async fn every_line_that_cites_is_annotated(engine) {
        let (database, hub) = filled(engine).await;
        let ran = check(&database, &hub, "contract.txt", CONTRACT.as_bytes(), &[]);
        let expected = "\
产品执行 gb/t 5023.1—2008，旧版为GB5023.1-1997。
    ^ GB/T 5023.1-2008 额定电压450/750V及以下聚氯乙烯绝缘电缆 第1部分：一般要求：现行
    ^ GB 5023.1-1997 额定电压450/750V及以下聚氯乙烯绝缘电缆 第一部分：一般要求：被代替，由 GB/T 5023.1-2008 代替
本行不引用标准。
另见《GB 12345-1990》、GB/T 99999-2020 和 GB 4404.2-2026。
    ^ GB 12345-1990 某标准：废止
    ^ GB/T 99999-2020：目录未收录
    ^ GB 4404.2-2026 粮食作物种子 第2部分：豆类：即将实施

2026-11-21: 5 citations: 1 in force, 1 upcoming, 1 replaced, 1 withdrawn, 0 unknown, 1 not in the catalogue
";
        assert_eq!((ran.code, ran.stdout.as_str()), (Some(0), expected), "{}", ran.stderr);
    }

    async fn json_is_one_line_for_each_number(engine) {
        let (database, hub) = filled(engine).await;
        let ran = check(&database, &hub, "contract.txt", CONTRACT.as_bytes(), &["--json"]);
        assert_eq!(ran.stdout.lines().count(), 5, "{}", ran.stdout);
        assert_eq!(told(&ran), [
            json!([1, "GB/T 5023.1-2008", "IN_FORCE", []]),
            json!([1, "GB 5023.1-1997", "REPLACED", ["GB/T 5023.1-2008"]]),
            json!([3, "GB 12345-1990", "WITHDRAWN", []]),
            json!([3, "GB/T 99999-2020", null, []]),
            json!([3, "GB 4404.2-2026", "UPCOMING", []]),
        ]);
        let lines = ran.json_lines();
        assert_eq!((&lines[0]["raw"], &lines[0]["standard"]), (&json!("gb/t 5023.1—2008"), &json!("GB/T 5023.1-2008")));
        assert_eq!(lines[1]["statusReason"]["rule"], "REPORTED_SINCE_SUCCESSOR");
        assert!(lines[1]["statusReason"]["because"].as_str().is_some_and(|why| why.contains("2009-05-01")));
        assert!(lines[3]["standard"].is_null() && lines[3]["statusReason"].is_null());
    }

    async fn a_table_is_checked_like_a_text(engine) {
        let (database, hub) = filled(engine).await;
        let table = "序号,产品,执行标准\r\n1,电缆,GB/T5023.1-2008\r\n2,电缆,\"GB 5023.1-1997，GB/T 10-2001\"\r\n";
        let ran = check(&database, &hub, "products.csv", table.as_bytes(), &["--json"]);
        assert_eq!(told(&ran), [
            json!([2, "GB/T 5023.1-2008", "IN_FORCE", []]),
            json!([3, "GB 5023.1-1997", "REPLACED", ["GB/T 5023.1-2008"]]),
            json!([3, "GB/T 10-2001", "IN_FORCE", ["GB/T 20-2010"]]),
        ]);
        let human = check(&database, &hub, "products.csv", table.as_bytes(), &[]);
        assert!(human.stdout.contains("    ^ GB/T 10-2001 旧标准：现行，由 GB/T 20-2010（部分） 代替\n"), "{}", human.stdout);
        assert!(!human.stdout.contains('\r'), "{:?}", human.stdout);
    }

    async fn gbk_and_a_byte_order_mark_are_read(engine) {
        let (database, hub) = filled(engine).await;
        // 执行 … 。 in GBK
        let gbk = b"\xD6\xB4\xD0\xD0 GB/T 5023.1-2008\xA1\xA3\n";
        let ran = check(&database, &hub, "gbk.txt", gbk, &[]);
        let lines: Vec<&str> = ran.stdout.lines().take(2).collect();
        assert_eq!(lines[0], "执行 GB/T 5023.1-2008。");
        assert!(lines[1].starts_with("    ^ GB/T 5023.1-2008 额定电压") && lines[1].ends_with("：现行"), "{}", lines[1]);
        let marked = [b"\xEF\xBB\xBF".as_slice(), "GB 12345-1990".as_bytes()].concat();
        let ran = check(&database, &hub, "bom.txt", &marked, &[]);
        assert_eq!(ran.stdout.lines().next(), Some("GB 12345-1990"));
        let ran = check(&database, &hub, "neither.txt", b"GB 12345-1990 \xFF\xFF\xFF", &[]);
        assert_eq!(ran.code, Some(1), "{ran:?}");
        assert!(ran.stderr.contains("neither UTF-8 nor GB18030"), "{}", ran.stderr);
    }

    async fn the_day_decides(engine) {
        let (database, hub) = filled(engine).await;
        let path = database.write("day.txt", "GB 5023.1-1997\nGB/T 5023.1-2008\nGB 4404.2-2026\n");
        let path = path.to_string_lossy();
        let table = [
            ("1998-04-30", ["UPCOMING", "UPCOMING", "UPCOMING"]),
            ("2009-04-30", ["IN_FORCE", "UPCOMING", "UPCOMING"]),
            ("2009-05-01", ["REPLACED", "IN_FORCE", "UPCOMING"]),
            ("2027-04-01", ["REPLACED", "IN_FORCE", "IN_FORCE"]),
        ];
        for (on, statuses) in table {
            let ran = hub.run(&["check", &path, "--json", "--on", on]);
            let found: Vec<Value> = ran.json_lines().iter().map(|line| line["status"].clone()).collect();
            assert_eq!(found, statuses, "{on}: {ran:?}");
        }
        let wrong = hub.run(&["check", &path, "--on", "2027-02-30"]);
        assert_eq!(wrong.code, Some(2), "{wrong:?}");
    }

    async fn a_number_without_a_year_means_the_newest_edition(engine) {
        let (database, hub) = filled(engine).await;
        let ran = check(&database, &hub, "undated.txt", "按 GB 4404.2 和 GB/T 5023.1 检验".as_bytes(), &["--json"]);
        let found: Vec<Value> = ran.json_lines().iter().map(|line| line["standard"].clone()).collect();
        assert_eq!(found, ["GB 4404.2-2026", "GB/T 5023.1-2008"], "{ran:?}");
    }

    async fn standard_input_is_read(engine) {
        let (_database, hub) = filled(engine).await;
        let mut command = hub.command(&["check", "-", "--json", "--on", "2026-11-21"]);
        let child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
        let mut child = child.unwrap_or_else(|cause| panic!("{cause}"));
        if let Some(mut input) = child.stdin.take() {
            assert!(input.write_all("依据 GB/T 5023.1-2008\n".as_bytes()).is_ok());
        }
        let output = child.wait_with_output().unwrap_or_else(|cause| panic!("{cause}"));
        let ran = Ran {
            code: output.status.code(),
            stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
            stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
        };
        assert_eq!(told(&ran), [json!([1, "GB/T 5023.1-2008", "IN_FORCE", []])]);
    }

    async fn a_text_without_citations_and_a_missing_file_are_told_apart(engine) {
        let (database, hub) = filled(engine).await;
        let ran = check(&database, &hub, "plain.txt", "没有标准。\n".as_bytes(), &[]);
        assert_eq!(ran.code, Some(0));
        assert!(ran.stdout.starts_with("没有标准。\n\n2026-11-21: 0 citations"), "{}", ran.stdout);
        let empty = check(&database, &hub, "empty.txt", b"", &["--json"]);
        assert_eq!((empty.code, empty.stdout.as_str()), (Some(0), ""));
        let ran = hub.run(&["check", "no-such-file.txt"]);
        assert_eq!(ran.code, Some(1), "{ran:?}");
        assert!(ran.stderr.contains("no-such-file.txt"), "{}", ran.stderr);
    }
}
