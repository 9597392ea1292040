//! Keys are ordered by bytes, whatever the locale of the database: both engines answer the same pages.

use entity::Scope;
use entity::page::{List, PageRequest};
use entity::standard::StandardList;
use ingest::{Adapter, Ingester, Request, Silent};
use sea_orm::{ConnectionTrait, DatabaseConnection, Statement};
use support::{Engine, TestDatabase, block_on, test_clock};

/// Columns that hold keys, codes or words that lists are ordered or paged by, wherever they stand.
const KEYS: [&str; 24] = [
    "key",
    "kind",
    "code",
    "record_key",
    "base_key",
    "number",
    "number_key",
    "plan_number",
    "predecessor_key",
    "successor_key",
    "claimed_by",
    "standard_key",
    "instrument_key",
    "institution_key",
    "owner_key",
    "merged_into",
    "declaration_key",
    "amends_key",
    "parent_code",
    "audience",
    "region",
    "object_sha256",
    "run_id",
    "hash",
];

/// A PostgreSQL database whose own order of text is that of a dictionary.
async fn dictionary_database() -> TestDatabase {
    let database = TestDatabase::new(Engine::Postgres).await;
    let name = database.url().rsplit('/').next().unwrap_or_default().to_owned();
    let cluster = std::env::var("NQI_TEST_POSTGRES").unwrap_or_default();
    let admin = connect(&cluster).await;
    let create = format!(
        "CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C' LOCALE_PROVIDER icu ICU_LOCALE 'zh-Hans-CN'"
    );
    for statement in [format!("DROP DATABASE {name}"), create] {
        if let Err(error) = admin.execute_unprepared(&statement).await {
            panic!("{statement}: {error}");
        }
    }
    database
}

async fn connect(url: &str) -> DatabaseConnection {
    match sea_orm::Database::connect(url).await {
        Ok(connection) => connection,
        Err(error) => panic!("{error}"),
    }
}

async fn texts(connection: &DatabaseConnection, sql: &str) -> Vec<String> {
    let statement = Statement::from_string(connection.get_database_backend(), sql);
    match connection.query_all_raw(statement).await {
        Ok(rows) => rows
            .iter()
            .map(|row| row.try_get("", "line").unwrap_or_default())
            .collect(),
        Err(error) => panic!("{sql}: {error}"),
    }
}

/// The keys of the standards of a small list, in the order in which readers page through them.
async fn listed(database: &TestDatabase) -> Vec<String> {
    let numbers = [
        "GB/T 1.1-2020",
        "GB 4404.2-2010",
        "GBZ 106-2016",
        "T/CECS 10-2019",
        "DB11/T 3047-2025",
        "JJF(电子)0072-2021",
        "JJG(浙)75-2004",
        "GB/T 10-2001",
        "GB/T 9-2001",
    ];
    let rows: String = numbers
        .iter()
        .map(|number| format!("{number},名称,现行\n"))
        .collect();
    let path = database.write("list.csv", format!("标准编号,标准名称,标准状态\n{rows}"));
    let db = database.open().await;
    let request = Request {
        adapter: Adapter::StandardsCatalogue,
        path,
        as_of: None,
        complete: false,
    };
    let ingester = Ingester::new(db.clone(), test_clock(), database.folder().join("data")).await;
    match ingester {
        Ok(ingester) => assert!(ingester.ingest(&request, &Silent).await.is_ok()),
        Err(error) => panic!("{error}"),
    }
    let page = PageRequest {
        limit: 100,
        ..PageRequest::default()
    };
    let found = StandardList::default().list(&db, &Scope::public(), &page).await;
    match found {
        Ok(page) => page.items.into_iter().map(|standard| standard.key).collect(),
        Err(error) => panic!("{error}"),
    }
}

#[test]
fn keys_are_ordered_by_bytes_in_a_database_of_another_locale() {
    block_on(async {
        let database = dictionary_database().await;
        let found = listed(&database).await;
        let connection = database.raw().await;

        // The database itself orders as a dictionary does, so the columns are what makes the difference.
        let words = "(VALUES ('B'), ('a'), ('é'), ('Z'), ('_'), ('中')) AS words (line)";
        let dictionary = texts(&connection, &format!("SELECT line FROM {words} ORDER BY line")).await;
        let by_bytes = texts(
            &connection,
            &format!("SELECT line FROM {words} ORDER BY line COLLATE \"C\""),
        )
        .await;
        assert_ne!(dictionary, by_bytes);
        let insert = format!(
            "INSERT INTO record (kind, key, version, hash, audience, region) \
             SELECT 'Word', line, 1, '', 'PUBLIC', '' FROM {words}"
        );
        assert!(connection.execute_unprepared(&insert).await.is_ok());
        let ordered = "SELECT key AS line FROM record WHERE kind = 'Word' ORDER BY key";
        assert_eq!(texts(&connection, ordered).await, by_bytes);

        let mut sorted = found.clone();
        sorted.sort();
        assert_eq!(found, sorted);
        let sqlite = TestDatabase::new(Engine::Sqlite).await;
        assert_eq!(listed(&sqlite).await, found);
    });
}

#[test]
fn every_text_column_of_an_index_and_every_key_column_compares_bytes() {
    block_on(async {
        let database = dictionary_database().await;
        drop(database.open().await);
        let connection = database.raw().await;
        let column = "c.relname || '.' || a.attname || ' ' || coalesce(l.collname, '')";
        let joined = "pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND a.atttypid = 'text'::regtype \
            LEFT JOIN pg_collation l ON l.oid = a.attcollation \
            WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND c.relname <> 'seaql_migrations'";
        let indexed = texts(
            &connection,
            &format!(
                "SELECT DISTINCT {column} AS line FROM {joined} AND EXISTS \
                 (SELECT 1 FROM pg_index i WHERE i.indrelid = c.oid AND a.attnum = ANY (i.indkey)) ORDER BY 1"
            ),
        )
        .await;
        assert!(indexed.len() > 30, "{indexed:#?}");
        let keys = texts(
            &connection,
            &format!(
                "SELECT {column} AS line FROM {joined} AND a.attname IN ('{}') ORDER BY 1",
                KEYS.join("', '")
            ),
        )
        .await;
        assert!(keys.len() > 40, "{keys:#?}");
        let wrong: Vec<&String> = indexed
            .iter()
            .chain(&keys)
            .filter(|line| !line.ends_with(" C"))
            .collect();
        assert!(wrong.is_empty(), "{wrong:#?}");
    });
}
