//! Pages of other origins: none may ask unless an operator says so.

use super::ask::{post, send, server, settings};
use super::talk::status;

const PORTAL: &str = "https://portal.example.org";
const PROTOCOL: (&str, &str) = ("sec-websocket-protocol", "graphql-transport-ws");

#[tokio::test]
async fn allowed_pages_may_ask_and_read_and_others_may_not() {
    let (_database, server) = server(settings(|settings| {
        settings.allowed_origins = vec![PORTAL.to_owned()]
    }))
    .await;
    let preflight = |origin: &str| {
        let asked = server
            .client()
            .request(reqwest::Method::OPTIONS, server.url("/graphql"));
        asked
            .header("origin", origin)
            .header("access-control-request-method", "POST")
            .header("access-control-request-headers", "content-type, x-hub-cost")
    };
    let allowed = send(preflight(PORTAL)).await;
    assert_eq!(allowed.header("access-control-allow-origin"), PORTAL);
    assert!(
        allowed
            .header("access-control-allow-headers")
            .to_lowercase()
            .contains("x-hub-cost")
    );
    let answer = post(&server, "{ __typename }", &[("origin", PORTAL)]).await;
    assert_eq!(answer.header("access-control-allow-origin"), PORTAL);
    assert!(
        answer
            .header("access-control-expose-headers")
            .to_lowercase()
            .contains("x-request-id")
    );
    assert_eq!(
        answer.header("access-control-allow-credentials"),
        "",
        "there are no cookies"
    );
    for foreign in [
        "https://example.org",
        "null",
        "http://portal.example.org",
        "https://portal.example.org.evil.org",
    ] {
        assert_eq!(
            send(preflight(foreign))
                .await
                .header("access-control-allow-origin"),
            "",
            "{foreign}"
        );
        let answer = post(&server, "{ __typename }", &[("origin", foreign)]).await;
        assert_eq!(answer.header("access-control-allow-origin"), "", "{foreign}");
        assert_eq!(
            status(&server, &[PROTOCOL, ("origin", foreign)]).await,
            403,
            "{foreign}"
        );
    }
    assert_eq!(status(&server, &[PROTOCOL, ("origin", PORTAL)]).await, 101);
}

#[tokio::test]
async fn without_a_list_no_other_page_may_read() {
    let (_database, server) = super::ask::plain().await;
    let own = format!("http://{}", server.address());
    assert_eq!(
        post(&server, "{ __typename }", &[("origin", &own)]).await.told(),
        (200, "OK"),
        "our own page"
    );
    let foreign = post(&server, "{ __typename }", &[("origin", PORTAL)]).await;
    assert_eq!(foreign.header("access-control-allow-origin"), "");
}

#[tokio::test]
async fn a_list_with_something_else_in_it_stops_the_start() {
    for wrong in [
        "*",
        "portal.example.org",
        "https://portal.example.org/",
        "https://",
        "https://Portal.example.org",
    ] {
        let database = support::TestDatabase::new(support::Engine::Sqlite).await;
        let bound = api::Server::bind(
            ([127, 0, 0, 1], 0).into(),
            database.open().await,
            support::test_clock(),
        )
        .unwrap();
        let settings = settings(|settings| settings.allowed_origins = vec![wrong.to_owned()]);
        let told = bound.with(settings).run().await.unwrap_err().to_string();
        assert!(told.contains("allowed_origins") && told.contains(wrong), "{told}");
    }
}
