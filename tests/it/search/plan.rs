//! No question reads the whole index, on either engine.

use entity::Scope;
use entity::record::RecordKind;
use entity::search::{SearchQuery, explain};
use sea_orm::ConnectionTrait;
use support::{Engine, catalogue, on_both};

const KINDS: &[RecordKind] = &[
    RecordKind::Standard,
    RecordKind::StandardProject,
    RecordKind::Region,
];

on_both! {
    async fn every_question_goes_through_an_index(engine) {
        let catalogue = catalogue(engine).await;
        let raw = sea_orm::Database::connect(catalogue.url()).await.unwrap();
        raw.execute_unprepared("ANALYZE search_entry").await.unwrap();
        for text in ["电缆", "电线电缆 试验方法", "钢", "gbt29004", "GB/T 13610-2020", "led"] {
            let plan = explain(&catalogue.db, &Scope::public(), &SearchQuery::new(text, KINDS)).await.unwrap();
            let (by_terms, by_number) = match engine {
                Engine::Sqlite => ("VIRTUAL TABLE INDEX", "search_entry_number"),
                Engine::Postgres => ("search_entry_terms", "search_entry_number"),
            };
            assert!(plan.contains(by_terms), "{text}: the terms are not looked up in their index:\n{plan}");
            if text.contains(|sign: char| sign.is_ascii_digit()) {
                assert!(plan.contains(by_number), "{text}: the number is not looked up in its index:\n{plan}");
            }
            let whole = plan.lines().find(|line| reads_all(engine, line));
            assert!(whole.is_none(), "{text}: {whole:?} reads every entry:\n{plan}");
        }
    }
}

/// Whether a step of a plan reads every entry of the index table.
fn reads_all(engine: Engine, step: &str) -> bool {
    match engine {
        Engine::Sqlite => ["SCAN search_entry", "SCAN e", "SCAN t"].iter().any(|scan| {
            step.trim()
                .strip_prefix(scan)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
        }),
        Engine::Postgres => step.contains("Seq Scan on search_entry"),
    }
}
