//! The order of arrival never shows: files in any order, again, and in halves give the same records.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use support::chance::seed;
use support::{Chance, Engine, TestDatabase, on_both, repeat};

use super::office::{ABNORMAL, LISTS, Office, PENALTIES, PUBLICITY, Penalty, REPAIRS, SERIOUS, after, date};
use crate::declaration::record::credit_code;
use crate::ingestion::order::dump::dump;

const TABLES: &[(&str, &str)] = &[
    (
        "penalty",
        "SELECT key, owner_key, owner, subject_name, subject_kind, document_number, kinds, content, fine, confiscated, decided_on, \
         published_on, deadline_on, repaired_on, term, received_on, flags, public_from, public_until, audience, region FROM penalty \
         ORDER BY key",
    ),
    (
        "credit_listing",
        "SELECT key, owner_key, list, reason, listed_on, removed_on, removal_reason, repaired_on, public_from, public_until, audience, \
         region FROM credit_listing ORDER BY key",
    ),
    (
        "credit_repair",
        "SELECT key, owner_key, target, target_key, applied_on, decided_on, result, audience FROM credit_repair ORDER BY key",
    ),
    (
        "enterprise",
        "SELECT key, name, merged_into, flags FROM enterprise ORDER BY key",
    ),
    (
        "record",
        "SELECT kind, key, hash, audience, region, owner FROM record WHERE hash <> '' ORDER BY kind, key",
    ),
];

/// A file with the day that it describes.
#[derive(Debug, Clone)]
struct File {
    adapter: &'static str,
    header: &'static str,
    rows: Vec<String>,
    as_of: NaiveDate,
}

/// The day of all deliveries, behind everything that the files describe.
const TODAY: &str = "2026-10-01";

impl File {
    fn of_chance(chance: &mut Chance) -> Self {
        let as_of = after(date("2026-03-01"), chance.below(4));
        let form = chance.below(4);
        let (adapter, header) = match form {
            0 | 1 => (PUBLICITY, PENALTIES),
            2 => (LISTS, if chance.percent(50) { ABNORMAL } else { SERIOUS }),
            _ => (LISTS, REPAIRS),
        };
        let rows = (0..1 + chance.below(4)).map(|_| match form {
            0 | 1 => penalty(chance),
            2 => listing(chance),
            _ => repair(chance),
        });
        Self {
            adapter,
            header,
            rows: rows.collect(),
            as_of,
        }
    }

    fn halves(&self) -> [Self; 2] {
        let middle = self.rows.len().div_ceil(2);
        let half = |rows: &[String]| Self {
            rows: rows.to_vec(),
            ..self.clone()
        };
        [
            half(&self.rows[..middle]),
            half(&self.rows[middle.saturating_sub(1)..]),
        ]
    }
}

fn subject(chance: &mut Chance) -> (&'static str, String) {
    match chance.below(4) {
        0 => ("苏州甲乙泵业有限公司", credit_code(1)),
        1 => ("苏州甲乙泵业厂", credit_code(1)),
        2 => ("苏州甲乙泵业有限公司", String::new()),
        _ => ("苏州丙丁阀门有限公司", credit_code(2)),
    }
}

fn penalty(chance: &mut Chance) -> String {
    let (name, code) = subject(chance);
    let person = chance.percent(15);
    let (fine, words) = *chance.pick(&[
        ("0.2", "罚款"),
        ("5", "罚款"),
        ("", "警告"),
        ("1", "罚款、没收违法所得"),
    ]);
    Penalty {
        name: if person { "张编造" } else { name },
        kind: match (person, chance.percent(50)) {
            (true, _) => "自然人",
            (false, true) => "法人及非法人组织",
            (false, false) => "",
        },
        code: if person { String::new() } else { code },
        identity_number: "",
        number: (*chance.pick(&[
            "苏市监处罚〔2026〕1号",
            "苏市监处罚[2026]1号",
            "苏市监处罚〔2026〕2号",
            "654636",
        ]))
        .to_owned(),
        words,
        fine: fine.to_owned(),
        confiscated: chance.pick::<&str>(&["", "0.3"]),
        decided: date(chance.pick::<&str>(&["2026-02-02", "2026-02-03"])),
        published: chance.percent(50).then(|| date("2026-02-10")),
        deadline: chance.percent(30).then(|| date("2026-08-10")),
        op: if chance.percent(20) { "DELETE" } else { "" },
    }
    .line()
}

fn listing(chance: &mut Chance) -> String {
    let (name, code) = subject(chance);
    let reason = chance.pick(&["未按期年报", "无法联系"]);
    let out = chance.pick(&[",,", "2026-02-20,已改正,张家港市市场监督管理局"]);
    format!("{code},{name},{reason},2026-01-05,张家港市市场监督管理局,{out},320582\n")
}

fn repair(chance: &mut Chance) -> String {
    let (name, code) = subject(chance);
    let result = chance.pick(&["2026-02-25,准予修复", "2026-02-26,不予修复", ",已申请"]);
    let op = if chance.percent(15) { "DELETE" } else { "" };
    let target = chance.pick(&[
        "行政处罚,苏市监处罚〔2026〕1号,2026-02-02,,",
        "经营异常名录,,,2026-01-05,无法联系",
        "严重违法失信名单,,,2026-01-05,未按期年报",
    ]);
    format!("{code},{name},{target},2026-02-21,,{result},,320582,{op}\n")
}

/// Takes files in, in this order, and tells what there is afterwards.
async fn taken(
    template: &TestDatabase,
    engine: Engine,
    files: &[File],
) -> BTreeMap<&'static str, Vec<String>> {
    let office = Office::over(TestDatabase::copy_of(template, engine).await).await;
    for file in files {
        let text = file.header.to_owned() + &file.rows.concat();
        let as_of = file.as_of.to_string();
        office
            .take_on(file.adapter, "csv", text, &as_of, date(TODAY))
            .await;
    }
    dump(&office.database.raw().await, TABLES).await
}

on_both! {
    async fn any_order_any_replay_and_any_split_give_the_same(engine) {
        let template = TestDatabase::new(engine).await;
        template.open().await.close().await.unwrap();
        let mut chance = Chance::new(seed("any_order_any_replay_and_any_split_give_the_same"));
        for _ in 0..repeat().div_ceil(2) {
            let files: Vec<File> = (0..2 + chance.below(5)).map(|_| File::of_chance(&mut chance)).collect();
            let plain = taken(&template, engine, &files).await;
            let mut shuffled = files.clone();
            shuffled.extend(files.iter().filter(|_| chance.percent(40)).cloned().collect::<Vec<_>>());
            chance.shuffle(&mut shuffled);
            assert_eq!(taken(&template, engine, &shuffled).await, plain, "{files:#?}\n{shuffled:#?}");
            let mut halves: Vec<File> = files.iter().flat_map(File::halves).collect();
            chance.shuffle(&mut halves);
            assert_eq!(taken(&template, engine, &halves).await, plain, "{files:#?}\n{halves:#?}");
        }
    }

    async fn files_again_make_no_event(engine) {
        let office = Office::open(engine).await;
        let mut chance = Chance::new(seed("files_again_make_no_event"));
        let files: Vec<File> = (0..12).map(|_| File::of_chance(&mut chance)).collect();
        let mut heads = Vec::new();
        for _ in 0..2 {
            for file in &files {
                let text = file.header.to_owned() + &file.rows.concat();
                office.take_on(file.adapter, "csv", text, &file.as_of.to_string(), date(TODAY)).await;
            }
            heads.push(entity::change::tip(&office.db).await.unwrap().position);
        }
        assert!(heads[0] > 0);
        assert_eq!(heads[0], heads[1]);
    }
}
