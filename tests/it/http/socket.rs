//! Subscriptions over WebSocket.

use std::time::Duration;

use serde_json::json;
use support::{Engine, Hub, Server, TestDatabase, on_both, test_clock};

use super::ask::settings;
use super::talk::{Talk, status};

const PROTOCOL: (&str, &str) = ("sec-websocket-protocol", "graphql-transport-ws");

/// A server that waits long for a test that is busy with something else than its socket.
async fn server(engine: Engine) -> (TestDatabase, Server) {
    let database = TestDatabase::new(engine).await;
    let db = database.open().await;
    let long = Duration::from_secs(3600);
    let settings = settings(|settings| (settings.limits.heartbeat, settings.limits.silence) = (long, long));
    (database, Server::start_with(db, test_clock(), settings))
}

/// Takes one composed standard in.
pub(super) fn ingest(database: &TestDatabase, number: &str) {
    let header = "std_num,title,department,implement_date,status,url,updated_at";
    let row = format!("{number},电缆,国家标准化管理委员会,2020-06-01,现行,,2026-03-02 12:00:00");
    let path = database.write(
        &format!("{}.csv", number.replace(['/', ' '], "")),
        format!("{header}\n{row}\n"),
    );
    let ran = Hub::on(database).ingest("standards-catalogue", &path, &[]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
}

on_both! {
    async fn a_subscriber_hears_the_present_head_and_every_new_one(engine) {
        let (database, server) = server(engine).await;
        let mut talk = Talk::open(&server).await;
        talk.ask("1", "subscription { head { epoch position } }").await;
        let first = talk.hear().await;
        assert_eq!((&first["type"], &first["id"]), (&json!("next"), &json!("1")), "{first:#}");
        let head = &first["payload"]["data"]["head"];
        let before = head["position"].as_i64().unwrap_or(-1);
        assert!(before >= 0, "{first:#}");
        ingest(&database, "GB/T 99001-2020");
        let second = talk.hear().await;
        let after = &second["payload"]["data"]["head"];
        assert!(after["position"].as_i64().unwrap_or(-1) > before, "{second:#}");
        assert_eq!(after["epoch"], head["epoch"], "the epoch is that of the database");
        let now = server.data("{ hubInfo { dataAsOf { epoch position } } }", json!({})).await;
        assert_eq!(&now["hubInfo"]["dataAsOf"], after);
    }

    async fn a_socket_that_stays_open_sees_what_came_in_since(engine) {
        let (database, server) = server(engine).await;
        let mut talk = Talk::open(&server).await;
        let query = "{ standard(number: \"GB/T 99001-2020\") { number } }";
        assert_eq!(talk.data("1", query).await, json!({ "standard": null }));
        ingest(&database, "GB/T 99001-2020");
        assert_eq!(talk.data("2", query).await, json!({ "standard": { "number": "GB/T 99001-2020" } }));
    }

    async fn pages_of_another_origin_get_no_socket(engine) {
        let (_database, server) = server(engine).await;
        let own = format!("http://{}", server.address());
        let other_port = "http://127.0.0.1:1".to_owned();
        assert_eq!(status(&server, &[PROTOCOL]).await, 101, "a client that is no browser");
        assert_eq!(status(&server, &[PROTOCOL, ("origin", &own)]).await, 101, "our own page");
        let longer = format!("{own}.example.org");
        for foreign in ["http://example.org", "https://example.org", "null", "", &other_port, &longer, "x"] {
            assert_eq!(status(&server, &[PROTOCOL, ("origin", foreign)]).await, 403, "{foreign:?}");
        }
    }

    async fn a_socket_of_another_protocol_is_refused(engine) {
        let (_database, server) = server(engine).await;
        assert_eq!(status(&server, &[]).await, 400);
        assert_eq!(status(&server, &[("sec-websocket-protocol", "graphql-ws")]).await, 400);
        assert_eq!(status(&server, &[("sec-websocket-protocol", "graphql-ws, graphql-transport-ws")]).await, 101);
    }

    async fn an_error_of_an_operation_does_not_end_the_socket(engine) {
        let (_database, server) = server(engine).await;
        let mut talk = Talk::open(&server).await;
        talk.ask("1", "{ nothing }").await;
        let answer = talk.hear().await;
        assert!(answer["type"] == "error" || answer["payload"]["errors"].is_array(), "{answer:#}");
        if answer["type"] == "next" {
            assert_eq!(talk.hear().await["type"], "complete");
        }
        assert_eq!(talk.data("2", "{ __typename }").await, json!({ "__typename": "Query" }));
    }
}
