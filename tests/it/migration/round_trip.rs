//! Every migration goes up and down and up again, and the schema is the same each time.

use migration::{Migrator, MigratorTrait};
use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, Statement};
use support::{Engine, TestDatabase, on_both};

/// Everything that the engine says about tables, columns and indexes, but those of the record of migrations.
async fn schema(connection: &DatabaseConnection) -> Vec<String> {
    let sql = if connection.get_database_backend() == DbBackend::Postgres {
        "SELECT concat_ws(' ', table_name, column_name, ordinal_position, data_type, udt_name, collation_name, \
         is_nullable, column_default) AS line FROM information_schema.columns \
         WHERE table_schema = 'public' AND table_name <> 'seaql_migrations' \
         UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename <> 'seaql_migrations' \
         UNION ALL SELECT pg_get_constraintdef(oid) || ' ' || conrelid::regclass FROM pg_constraint \
         WHERE connamespace = 'public'::regnamespace AND conrelid <> to_regclass('seaql_migrations') ORDER BY 1"
    } else {
        "SELECT type || ' ' || name || ' ' || coalesce(sql, '') AS line FROM sqlite_master \
         WHERE tbl_name <> 'seaql_migrations' ORDER BY 1"
    };
    texts(connection, sql).await
}

async fn tables(connection: &DatabaseConnection) -> Vec<String> {
    let sql = if connection.get_database_backend() == DbBackend::Postgres {
        "SELECT relname::text AS line FROM pg_class WHERE relnamespace = 'public'::regnamespace \
         AND relkind IN ('r', 'v', 'm', 'S') ORDER BY 1"
    } else {
        "SELECT name AS line FROM sqlite_master WHERE type <> 'index' ORDER BY 1"
    };
    texts(connection, sql).await
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

async fn up(connection: &DatabaseConnection, steps: Option<u32>) {
    if let Err(error) = Migrator::up(connection, steps).await {
        panic!("up {steps:?}: {error}");
    }
}

async fn down(connection: &DatabaseConnection, steps: Option<u32>) {
    if let Err(error) = Migrator::down(connection, steps).await {
        panic!("down {steps:?}: {error}");
    }
}

/// A database without a schema. A plain connection makes no file, so it is made here.
async fn empty(engine: Engine) -> (TestDatabase, DatabaseConnection) {
    let database = TestDatabase::new(engine).await;
    if engine == Engine::Sqlite {
        database.write("nqi-hub.db", "");
    }
    let connection = database.raw().await;
    (database, connection)
}

on_both! {
    async fn up_down_up_gives_the_same_schema(engine) {
        let (_database, connection) = empty(engine).await;
        up(&connection, None).await;
        let first = schema(&connection).await;
        assert!(first.len() > 40, "{first:#?}");
        let epoch = texts(&connection, "SELECT epoch AS line FROM feed_head").await;

        down(&connection, None).await;
        assert_eq!(tables(&connection).await, ["seaql_migrations"]);
        assert_eq!(schema(&connection).await, Vec::<String>::new());

        up(&connection, None).await;
        assert_eq!(schema(&connection).await, first);
        // Positions of the feed that was dropped mean nothing in the new one.
        assert_ne!(texts(&connection, "SELECT epoch AS line FROM feed_head").await, epoch);
    }

    async fn every_single_migration_can_be_taken_back(engine) {
        let (_database, connection) = empty(engine).await;
        let mut behind = vec![Vec::new()];
        for _ in Migrator::migrations() {
            up(&connection, Some(1)).await;
            let now = schema(&connection).await;
            assert_ne!(behind.last(), Some(&now), "a migration that changes nothing");
            behind.push(now);
        }
        let whole = behind.pop();
        while let Some(before) = behind.pop() {
            down(&connection, Some(1)).await;
            assert_eq!(schema(&connection).await, before);
        }
        up(&connection, None).await;
        assert_eq!(Some(schema(&connection).await), whole);
    }

    async fn a_filled_database_goes_down_too(engine) {
        let database = TestDatabase::new(engine).await;
        let db = database.open().await;
        let ingester = ingest::Ingester::new(db.clone(), support::test_clock(), database.folder().join("data")).await;
        let list = database.write(
            "list.csv",
            "标准编号,标准名称,标准状态,替代情况,中标分类\nGB/T 1.1-2020,标准化工作导则,现行,代替GB/T 1.1-2009,A00\n",
        );
        let request = ingest::Request {
            adapter: ingest::Adapter::StandardsCatalogue,
            path: list,
            as_of: None,
            complete: false,
        };
        match ingester {
            Ok(ingester) => assert!(ingester.ingest(&request, &ingest::Silent).await.is_ok()),
            Err(error) => panic!("{error}"),
        }
        let connection = database.raw().await;
        assert_eq!(texts(&connection, "SELECT key AS line FROM standard").await, ["GB/T1.1-2020"]);
        if engine == Engine::Sqlite {
            assert!(db.close().await.is_ok());
        }
        down(&connection, None).await;
        assert_eq!(tables(&connection).await, ["seaql_migrations"]);
    }
}
