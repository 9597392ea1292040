//! The parts of a snapshot: each is asked for again as often as need be, and tells what the first was asked for.

use sea_orm::ConnectionTrait;
use sha2::{Digest, Sha256};
use support::{Server, TestDatabase, feed, on_both, test_clock};

use super::snapshot::proved;

/// Records of a part.
const PART: u64 = 50_000;

async fn part(server: &Server, after: Option<&str>) -> String {
    let mut url = server.url("/sync/snapshot");
    if let Some(after) = after {
        url = format!("{url}?after={after}");
    }
    let answer = server.client().get(url).send().await.unwrap();
    assert_eq!(answer.status(), 200);
    answer.text().await.unwrap()
}

on_both! {
    async fn a_part_that_broke_off_is_asked_for_again(engine) {
        let database = TestDatabase::new(engine).await;
        let db = database.open().await;
        feed::fill(&database, engine, PART + 10).await;
        let server = Server::start(db, test_clock());
        // Some of the first part, and then nobody listens any more.
        let mut broken = server.client().get(server.url("/sync/snapshot")).send().await.unwrap();
        assert!(broken.chunk().await.unwrap().is_some_and(|bytes| bytes.starts_with(b"{\"kind\":\"Standard\"")));
        drop(broken);
        let (rows, manifest) = proved(&part(&server, None).await);
        assert_eq!(rows.len() as u64, PART);
        let next = manifest["next"].as_str().unwrap().to_owned();

        // What changes now is told by the feed, and not by the parts that follow.
        let changed = feed::key(PART + 5);
        let again = "INSERT INTO feed (pos, kind, op, record_key, version, audience, region, owner, run_id, body, at) \
            SELECT pos + 100, kind, op, record_key, 2, audience, region, owner, run_id, 'null', at FROM feed WHERE record_key = ";
        let connection = database.raw().await;
        connection.execute_unprepared(&format!("{again}'{changed}'")).await.unwrap();
        connection.execute_unprepared("UPDATE feed_head SET last_pos = last_pos + 100").await.unwrap();
        let rest = part(&server, Some(&next)).await;
        let (rows, last) = proved(&rest);
        let keys: Vec<String> = rows.iter().map(|row| row["key"].as_str().unwrap().to_owned()).collect();
        let expected: Vec<String> = (PART + 1..=PART + 10).map(feed::key).collect();
        assert_eq!(keys, expected);
        assert!(rows.iter().all(|row| row["version"] == 1 && row["body"] != "null"));
        assert!(last["next"].is_null());
        let rows_of = |text: &str| {
            let lines: Vec<&str> = text.lines().collect();
            Sha256::digest(lines[..lines.len() - 1].join("\n").as_bytes())
        };
        assert_eq!(rows_of(&part(&server, Some(&next)).await), rows_of(&rest));
    }
}
