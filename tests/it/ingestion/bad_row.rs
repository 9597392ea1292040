//! A row that cannot be read is set aside with its reason; its neighbours are taken.

use std::collections::BTreeMap;

use support::{Hub, Ran, TestDatabase, on_both};

use super::list::{HEADER, composed, composed_row};
use super::tables::{number, words};

/// A list of many rows with other lines behind some of them.
fn list_with(lines: &[(u32, &[u8])]) -> Vec<u8> {
    let mut bytes = format!("{HEADER}\n").into_bytes();
    for row in 1..=1000 {
        bytes.extend_from_slice(composed_row(row).as_bytes());
        for (_, line) in lines.iter().filter(|(behind, _)| *behind == row) {
            bytes.extend_from_slice(line);
            bytes.push(b'\n');
        }
    }
    bytes
}

/// What lies in quarantine: line, code and remedy.
fn set_aside(hub: &Hub) -> BTreeMap<i64, (String, String)> {
    let list: Ran = hub.run(&["quarantine", "list", "--json"]);
    let rows = list.json_lines().into_iter().map(|row| {
        let text = |field: &str| row[field].as_str().unwrap_or_default().to_owned();
        (
            row["line"].as_i64().unwrap_or_default(),
            (text("code"), text("remedy")),
        )
    });
    rows.collect()
}

on_both! {
    async fn its_neighbours_are_taken(engine) {
        let database = TestDatabase::new(engine).await;
        let hub = Hub::on(&database);
        let spoiled: [(u32, &[u8]); 7] = [
            (10, b"GB/T 1001-2020,a\0b,,,,,,,,,,"),
            (20, b"GB/T 1002-2020,\"never closed,,,,,,,,,,"),
            // A second one near by must not close the first.
            (30, b"GB/T 1003-2020,\"never closed either,,,,,,,,,,"),
            (100, b"GB/T 1004-2020,one,cell,too,many,,,,,,,,,"),
            (200, b"GB/T 1005-2020,too few"),
            (300, b"GB/T 1006-2020,\xFF\xFE bytes that are no text,,,,,,,,,,"),
            (400, ",没有编号,,,,,,,,,,".as_bytes()),
        ];
        let ran = hub.ingest("standards-catalogue", &database.write("list.csv", list_with(&spoiled)), &[]);
        assert_eq!(ran.code, Some(0), "{ran:?}");
        let closing = ran.json();
        assert_eq!(
            (closing["read"].as_i64(), closing["created"].as_i64(), closing["quarantined"].as_i64()),
            (Some(1007), Some(1000), Some(7)),
            "{closing}"
        );
        let aside = set_aside(&hub);
        let expected = [
            (12, "NUL_BYTE"),
            (23, "OPEN_QUOTE"),
            (34, "OPEN_QUOTE"),
            (105, "CELL_COUNT"),
            (206, "CELL_COUNT"),
            (307, "BAD_ENCODING"),
            (408, "NUMBER_EMPTY"),
        ];
        let codes: Vec<(i64, &str)> = aside.iter().map(|(line, (code, _))| (*line, code.as_str())).collect();
        assert_eq!(codes, expected);
        assert!(aside.values().all(|(_, remedy)| !remedy.is_empty()), "{aside:?}");
    }

    async fn an_inch_mark_opens_no_quote(engine) {
        let database = TestDatabase::new(engine).await;
        let hub = Hub::on(&database);
        let marked: [(u32, &[u8]); 3] = [
            (10, "GB/T 1001-2020,管螺纹 3/4\",现行,,,,,,,,,".as_bytes()),
            (14, "GB/T 1002-2020,管螺纹 1/2\" 与 1\",现行,,,,,,,,,".as_bytes()),
            (20, "GB/T 1003-2020,\"两行\n标题, 加 \"\"引号\"\"\",现行,,,,,,,,,".as_bytes()),
        ];
        let ran = hub.ingest("standards-catalogue", &database.write("list.csv", list_with(&marked)), &[]);
        let closing = ran.json();
        assert_eq!(
            (closing["read"].as_i64(), closing["created"].as_i64(), closing["quarantined"].as_i64()),
            (Some(1003), Some(1003), Some(0)),
            "{closing}"
        );
        let names = words(&database, "SELECT name FROM standard WHERE key LIKE 'GB/T100%' ORDER BY key").await;
        assert_eq!(names.len(), 3, "{names:?}");
        assert_eq!(names[0], "管螺纹 3/4\"");
        assert!(names[2].starts_with("两行") && names[2].contains('引'), "{names:?}");
    }

    async fn two_blocks_without_a_blank_line_are_not_mixed(engine) {
        let database = TestDatabase::new(engine).await;
        let hub = Hub::on(&database);
        let block = |number: u32| format!("标准名称 ：编造标准\n标准编号 ：GB/T {number}-2020\n标准状态 ：现行\n");
        let mut text = format!("{}{}\n", block(1001), block(1002));
        for number in 2001..2200 {
            text.push_str(&block(number));
            text.push('\n');
        }
        let ran = hub.ingest("standards-catalogue", &database.write("blocks.txt", text), &[]);
        // The first block only shows which keys there are, and is refused with the file when it is spoiled.
        assert_eq!(ran.code, Some(1), "{ran:?}");
        assert!(ran.stderr.contains("标准名称") && ran.stderr.contains("blank line"), "{ran:?}");

        let mut text = String::new();
        for number in 2001..2200 {
            text.push_str(&block(number));
            text.push_str(if number == 2100 { "" } else { "\n" });
        }
        let ran = hub.ingest("standards-catalogue", &database.write("later.txt", text), &[]);
        let closing = ran.json();
        assert_eq!((closing["created"].as_i64(), closing["quarantined"].as_i64()), (Some(197), Some(1)), "{closing}");
        assert!(set_aside(&hub).values().all(|(code, _)| code == "REPEATED_KEY"));
    }

    async fn every_row_twice_is_taken_once(engine) {
        let database = TestDatabase::new(engine).await;
        let hub = Hub::on(&database);
        let numbers = (1..=300).chain(1..=300);
        let ran = hub.ingest("standards-catalogue", &database.write("list.csv", composed(numbers)), &[]);
        let closing = ran.json();
        assert_eq!((closing["created"].as_i64(), closing["unchanged"].as_i64()), (Some(300), Some(300)), "{closing}");
        assert_eq!(number(&database, "SELECT count(*) FROM standard").await, 300);
    }
}
