//! Natural persons: never public by any way, and nowhere by their whole name.

use sea_orm::{ConnectionTrait, Statement};
use serde_json::Value;
use support::bureau::{enterprise, staff};
use support::on_both;

use super::office::{LICENCES, Office, PENALTIES, PUBLICITY, Penalty, date};
use crate::declaration::record::credit_code;

/// The person; nobody has this name, and the identity number has the region 000000.
const PERSON: &str = "张编造";
const IDENTITY_NUMBER: &str = "000000199001010018";

fn fined(name: &'static str, kind: &'static str, number: u32) -> Penalty<'static> {
    Penalty {
        name,
        kind,
        code: String::new(),
        identity_number: "",
        number: format!("苏市监处罚〔2026〕{number}号"),
        words: "罚款",
        fine: "5".to_owned(),
        confiscated: "",
        decided: date("2026-10-08"),
        published: None,
        deadline: None,
        op: "",
    }
}

/// Everything that the database holds, but the raw file.
async fn everything(office: &Office) -> String {
    let raw = office.database.raw().await;
    let mut text = String::new();
    for (table, columns) in [
        (
            "penalty",
            "key || owner_key || subject_name || coalesce(facts, '')",
        ),
        (
            "licence",
            "key || owner_key || subject_name || coalesce(content, '')",
        ),
        ("assertion", "key || body"),
        ("feed", "record_key || body"),
        ("quarantine", "raw || message"),
        ("search_entry", "key || folded"),
        ("enterprise", "key || name"),
        ("record", "key"),
    ] {
        let sql = format!("SELECT {columns} AS line FROM {table}");
        let statement = Statement::from_string(raw.get_database_backend(), sql);
        for row in raw.query_all_raw(statement).await.unwrap() {
            text += &row.try_get::<String>("", "line").unwrap();
            text.push('\n');
        }
    }
    text
}

on_both! {
    async fn r58_a_natural_person_is_never_public(engine) {
        let office = Office::open(engine).await;
        let person = Penalty { identity_number: IDENTITY_NUMBER, ..fined(PERSON, "自然人", 1) };
        // By an identity number, by nothing but a short name, and as an individual business, which is public as registered.
        let by_number = Penalty { identity_number: IDENTITY_NUMBER, ..fined(PERSON, "", 2) };
        let by_name = fined(PERSON, "", 3);
        let shop = Penalty { identity_number: IDENTITY_NUMBER, ..fined("张家港市编造张记面馆", "个体工商户", 4) };
        // One that is set aside: the decision has no day.
        let unread = person.line().replace("2026-10-08", "昨天");
        let rows: String = [&person, &by_number, &by_name, &shop].map(Penalty::line).concat();
        let report = office.take(PUBLICITY, "csv", format!("{PENALTIES}{rows}{unread}"), "2026-10-12").await;
        assert_eq!((report.counts.created, report.counts.quarantined), (4, 1), "{report:?}");
        let licence = format!(
            "{LICENCES}{PERSON},自然人,,{IDENTITY_NUMBER},苏市监许可〔2026〕9号,普通,特种设备作业人员证,{IDENTITY_NUMBER},{PERSON}的许可,\
             2026-10-08,2026-10-08,2030-10-07,苏州市市场监督管理局,320582,,\n"
        );
        office.accepted(PUBLICITY, &licence, "2026-10-12").await;

        let held = everything(&office).await;
        assert!(!held.contains(PERSON), "{held}");
        assert!(!held.contains(IDENTITY_NUMBER), "{held}");
        assert!(held.contains("张〇〇"), "{held}");
        assert!(!held.contains("N::张"), "no enterprise is made of a person: {held}");

        let server = office.on_test_day();
        let lists = "{ penalties { totalCount nodes { id subjectName subjectKind facts flags } } licences { totalCount nodes { id subjectName } } }";
        let inside = office.ask(&server, Some(staff("320582")), lists).await;
        assert_eq!(inside["penalties"]["totalCount"], 4, "{inside}");
        assert_eq!(inside["licences"]["totalCount"], 1);
        let rows = inside["penalties"]["nodes"].as_array().unwrap();
        let kinds: Vec<&Value> = rows.iter().map(|row| &row["subjectKind"]).collect();
        assert_eq!(kinds.iter().filter(|kind| **kind == "NATURAL_PERSON").count(), 3, "{inside}");
        assert_eq!(rows.iter().filter(|row| row["flags"].to_string().contains("TAKEN_FOR_PERSON")).count(), 1);
        let persons = rows.iter().chain(inside["licences"]["nodes"].as_array().unwrap())
            .filter(|row| row["subjectName"] == "张〇〇").map(|row| row["id"].as_str().unwrap());
        let ids: Vec<String> = persons.map(|id| format!("\"{id}\"")).collect();
        assert_eq!(ids.len(), 4, "{inside}");

        for who in [None, Some(enterprise(&credit_code(1))), Some(staff("320581"))] {
            let outside = office.ask(&server, who.clone(), lists).await;
            assert_eq!(outside["penalties"]["totalCount"], 1, "{outside}");
            assert_eq!(outside["penalties"]["nodes"][0]["subjectName"], "张家港市编造张记面馆");
            assert_eq!(outside["licences"]["totalCount"], 0);
            let ids = ids.join(", ");
            let query = format!(
                "{{ nodes(ids: [{ids}]) {{ id }} \
                 named: penalties(filter: {{ documentNumber: \"苏市监处罚〔2026〕1号\" }}) {{ totalCount }} \
                 search(text: \"张编造\") {{ totalCount }} masked: search(text: \"张〇〇\") {{ totalCount }} \
                 number: search(text: \"苏市监处罚〔2026〕1号\") {{ totalCount }} \
                 changes(first: 200) {{ nodes {{ kind key body }} }} \
                 enterprises(first: 50) {{ nodes {{ name penalties {{ totalCount nodes {{ subjectName }} }} creditSummary {{ penaltyCount }} }} }} }}"
            );
            let told = office.ask(&server, who, &query).await;
            assert_eq!(told["nodes"].as_array().unwrap().iter().filter(|node| !node.is_null()).count(), 0, "{told}");
            for count in ["named", "search", "masked", "number"] {
                assert_eq!(told[count]["totalCount"], 0, "{count}: {told}");
            }
            assert!(!told.to_string().contains("张〇〇"), "{told}");
        }
    }
}
