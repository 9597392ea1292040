//! `schema.graphql` is what the binary prints, byte for byte.

use std::path::Path;

use support::{Engine, Hub, TestDatabase};

#[test]
fn the_exported_schema_is_the_one_that_the_binary_prints() {
    let database = support::block_on(TestDatabase::new(Engine::Sqlite));
    let printed = Hub::on(&database).run(&["schema"]);
    assert_eq!(printed.code, Some(0), "{printed:?}");
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../schema.graphql");
    let recorded = std::fs::read_to_string(file).unwrap_or_default();
    let differs = printed
        .stdout
        .lines()
        .zip(recorded.lines())
        .find(|(now, then)| now != then);
    assert!(
        printed.stdout == recorded,
        "schema.graphql is not what the binary prints (first difference: {differs:?}). Nothing rewrites it by itself: \
         if the change is meant, run `cargo run --package hub -- schema > schema.graphql`, and say in CHANGELOG.md \
         whether it is BREAKING, DANGEROUS or SAFE"
    );
}
