//! Clients that take their time, and operations that take too long.

use std::time::Duration;

use sea_orm::{ConnectionTrait, TransactionTrait};
use support::{Engine, Server, TestDatabase, test_clock};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use super::ask::{PATIENCE, plain, post, raw, server, settings};

const HEAD: &[u8] =
    b"POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\nconnection: close\r\n";
const QUERY: &[u8] = br#"{"query":"{ __typename }"}"#;

#[tokio::test]
async fn a_body_that_does_not_arrive_is_given_up() {
    let arrival = Duration::from_millis(300);
    let (_database, server) = server(settings(|settings| settings.limits.arrival = arrival)).await;
    let whole = raw(&server, &[HEAD, b"content-length: 26\r\n\r\n", QUERY], PATIENCE).await;
    assert!(whole.starts_with("HTTP/1.1 200"), "{whole}");
    // The length says one byte more than ever comes.
    let lying = raw(&server, &[HEAD, b"content-length: 27\r\n\r\n", QUERY], PATIENCE).await;
    assert!(
        lying.starts_with("HTTP/1.1 408") && lying.contains("REQUEST_TIMEOUT"),
        "{lying}"
    );
    let endless = raw(
        &server,
        &[HEAD, b"transfer-encoding: chunked\r\n\r\n1\r\n{\r\n"],
        PATIENCE,
    )
    .await;
    assert!(endless.starts_with("HTTP/1.1 408"), "{endless}");
}

#[tokio::test]
async fn headers_that_do_not_end_are_given_up() {
    let arrival = Duration::from_millis(300);
    let (_database, narrow) = server(settings(|settings| settings.limits.arrival = arrival)).await;
    let given_up = raw(&narrow, &[HEAD], PATIENCE).await;
    assert!(given_up.starts_with("HTTP/1.1 408"), "{given_up:?}");
    let (_database, open) = plain().await;
    assert_eq!(
        raw(&open, &[HEAD], Duration::from_secs(2)).await,
        "",
        "the default waits longer"
    );
}

#[tokio::test]
async fn a_second_request_that_does_not_end_is_given_up() {
    let kept =
        b"POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 26\r\n\r\n";
    for (silence, ends) in [
        (Duration::from_millis(500), true),
        (Duration::from_secs(3600), false),
    ] {
        let (_database, server) = server(settings(|settings| settings.limits.silence = silence)).await;
        let mut stream = TcpStream::connect(server.address()).await.unwrap();
        stream.write_all(&[kept, QUERY].concat()).await.unwrap();
        let mut heard = [0; 12];
        stream.read_exact(&mut heard).await.unwrap();
        assert_eq!(&heard, b"HTTP/1.1 200");
        stream.write_all(HEAD).await.unwrap();
        let end = tokio::time::timeout(Duration::from_secs(8), stream.read_to_end(&mut Vec::new())).await;
        assert_eq!(end.is_ok(), ends, "{silence:?}");
    }
}

/// Holds a table of a database on PostgreSQL, so that no statement that reads it ends.
async fn hold(database: &TestDatabase) -> sea_orm::DatabaseTransaction {
    let holder = database.raw().await.begin().await.unwrap();
    let lock = "LOCK TABLE standard IN ACCESS EXCLUSIVE MODE";
    holder.execute_unprepared(lock).await.unwrap();
    holder
}

#[tokio::test]
async fn an_operation_has_its_time_and_no_more() {
    let query = "{ standards(first: 1) { totalCount } }";
    let database = TestDatabase::new(Engine::Postgres).await;
    let of = async |execution| {
        let settings = settings(|settings| settings.limits.execution = execution);
        Server::start_with(database.open().await, test_clock(), settings)
    };
    let (patient, hasty) = (of(PATIENCE).await, of(Duration::from_secs(2)).await);

    let holder = hold(&database).await;
    let answer = post(&hasty, query, &[]).await;
    assert_eq!(answer.told(), (504, "DEADLINE_EXCEEDED"));
    assert!(answer.json.get("data").is_none(), "{:#}", answer.json);
    // Who is given more time waits until the table is free.
    let free = async {
        tokio::time::sleep(Duration::from_secs(3)).await;
        holder.rollback().await.unwrap();
    };
    let (answer, ()) = tokio::join!(post(&patient, query, &[]), free);
    assert_eq!(answer.told(), (200, "OK"));
}
