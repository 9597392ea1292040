//! A change feed of invented standards, put straight into the table: for what reads the feed and does not care how it came about.

use sea_orm::ConnectionTrait;

use crate::{Engine, TestDatabase};

/// The key of the standard of a number; keys stand in the order of numbers.
pub fn key(number: u64) -> String {
    format!("Q/NQI{number:09}-2026")
}

/// Fills the feed with so many standards, numbers from 1, an event each. The feed has to be empty.
pub async fn fill(database: &TestDatabase, engine: Engine, rows: u64) {
    let key = |number: &str| match engine {
        Engine::Sqlite => format!("'Q/NQI' || printf('%09d', {number}) || '-2026'"),
        Engine::Postgres => format!("'Q/NQI' || lpad({number}::text, 9, '0') || '-2026'"),
    };
    // As long as a standard of the catalogue: the members that the hub fills for most of them.
    let body = format!(
        "'{{\"adopts\":[],\"audience\":\"PUBLIC\",\"base_key\":\"' || {key} || '\",\"ccs_codes\":[\"J71\"],\"committee\":null,\
         \"department\":\"编造的主管部门\",\"effective_on\":\"2026-09-01\",\"flags\":[],\"ics_codes\":[\"23.080\"],\"issued_on\":\"2026-03-01\",\
         \"key\":\"' || {key} || '\",\"kind\":\"ENTERPRISE\",\"name\":\"编造的离心泵技术条件 第' || {number} || '部分\",\"notes\":null,\
         \"number\":\"' || {key} || '\",\"number_raw\":\"' || {key} || '\",\"region\":\"320582\",\"status_reported\":\"IN_FORCE\",\
         \"status_word\":\"现行\",\"status_read_on\":\"2026-10-31\",\"withdrawn_on\":null,\"year\":2026}}'",
        key = key("n"),
        number = match engine {
            Engine::Sqlite => "n",
            Engine::Postgres => "n::text",
        },
    );
    let (numbers, at) = match engine {
        Engine::Sqlite => (
            format!(
                "WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < {rows})"
            ),
            "'2026-03-01T04:00:00.000000+00:00'",
        ),
        Engine::Postgres => (
            format!("WITH numbers(n) AS (SELECT generate_series(1, {rows}))"),
            "'2026-03-01T04:00:00Z'::timestamptz",
        ),
    };
    let columns = "pos, kind, op, record_key, version, audience, region, owner, run_id, body, at";
    let insert = format!(
        "INSERT INTO feed ({columns}) {numbers} SELECT n, 'Standard', 'UPSERT', {key}, 1, 'PUBLIC', '320582', '', NULL, {body}, {at} \
         FROM numbers",
        key = key("n"),
    );
    let connection = database.raw().await;
    // As the hub does after a large run; SQLite plans by the indexes alone.
    let analyze = (engine == Engine::Postgres).then(|| "ANALYZE feed".to_owned());
    let head = format!("UPDATE feed_head SET last_pos = {rows}");
    for sql in [insert, head].into_iter().chain(analyze) {
        if let Err(error) = connection.execute_unprepared(&sql).await {
            panic!("{sql}: {error}");
        }
    }
}
