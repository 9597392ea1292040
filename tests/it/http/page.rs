//! The query page comes whole out of the binary, and nothing of it leads to another origin.

use std::path::Path;

use support::{Engine, Server, TestDatabase, test_clock};

async fn server() -> (TestDatabase, Server) {
    let database = TestDatabase::new(Engine::Sqlite).await;
    let db = database.open().await;
    (database, Server::start(db, test_clock()))
}

/// The status, type and text of a path.
async fn get(server: &Server, path: &str) -> (u16, String, String) {
    let answer = server.client().get(server.url(path)).send().await.unwrap();
    let header = answer
        .headers()
        .get("content-type")
        .and_then(|value| value.to_str().ok());
    let (status, kind) = (answer.status().as_u16(), header.unwrap_or_default().to_owned());
    (status, kind, answer.text().await.unwrap_or_default())
}

/// What stands between quotes behind a mark.
fn quoted<'a>(text: &'a str, mark: &str) -> Vec<&'a str> {
    let behind = text.split(mark).skip(1);
    behind
        .filter_map(|rest| rest.strip_prefix('"')?.split('"').next())
        .collect()
}

#[tokio::test]
async fn the_page_and_all_that_it_refers_to_is_served() {
    let (_database, server) = server().await;
    let (status, kind, html) = get(&server, "/").await;
    assert_eq!((status, kind.as_str()), (200, "text/html; charset=utf-8"));
    let mut paths: Vec<String> = quoted(&html, "src=")
        .into_iter()
        .chain(quoted(&html, "href="))
        .map(str::to_owned)
        .collect();
    paths.retain(|path| path != "data:,");
    let (_, _, hub) = get(&server, "/assets/hub.js").await;
    paths.extend(
        quoted(&hub, "from ")
            .into_iter()
            .map(|path| path.replacen("./", "assets/", 1)),
    );
    assert!(paths.len() >= 7, "{paths:?}");
    for path in paths {
        assert!(
            !path.contains("://") && !path.starts_with("//"),
            "{path} leads away"
        );
        let (status, kind, text) = get(&server, &format!("/{path}")).await;
        let wanted = if path.ends_with(".css") {
            "text/css; charset=utf-8"
        } else {
            "text/javascript; charset=utf-8"
        };
        assert_eq!((status, kind.as_str()), (200, wanted), "{path}");
        assert!(!text.is_empty(), "{path}");
    }
}

#[test]
fn our_own_files_name_no_other_origin() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../api/assets");
    for name in ["index.html", "hub.js", "examples.js", "hub.css"] {
        let text = std::fs::read_to_string(folder.join(name)).unwrap();
        for scheme in ["http://", "https://", "ws://", "wss://", "\"//", "'//", "url(//"] {
            assert!(!text.contains(scheme), "{name} names {scheme}");
        }
    }
}

#[tokio::test]
async fn the_browser_is_told_to_stay_at_home() {
    let (_database, server) = server().await;
    for path in ["/", "/assets/hub.js", "/assets/nothing.js"] {
        let answer = server.client().get(server.url(path)).send().await.unwrap();
        let policy = answer
            .headers()
            .get("content-security-policy")
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default();
        assert!(
            policy.contains("default-src 'none'") && policy.contains("connect-src 'self'"),
            "{path}: {policy:?}"
        );
        assert!(
            !policy.contains("://") && !policy.contains("unsafe-eval"),
            "{path}: {policy:?}"
        );
        assert_eq!(
            answer
                .headers()
                .get("x-content-type-options")
                .map(|value| value.as_bytes()),
            Some(&b"nosniff"[..]),
            "{path}"
        );
    }
}

#[tokio::test]
async fn a_file_that_was_read_before_is_not_sent_again() {
    let (_database, server) = server().await;
    let first = server
        .client()
        .get(server.url("/assets/hub.js"))
        .send()
        .await
        .unwrap();
    let tag = first.headers()["etag"].clone();
    let again = server
        .client()
        .get(server.url("/assets/hub.js"))
        .header("if-none-match", tag)
        .send()
        .await
        .unwrap();
    assert_eq!(again.status().as_u16(), 304);
    assert!(again.bytes().await.unwrap().is_empty());
}

#[tokio::test]
async fn other_paths_hold_nothing() {
    let (_database, server) = server().await;
    for path in [
        "/assets/",
        "/assets/nothing.js",
        "/assets/..%2fCargo.toml",
        "/assets/%2e%2e/Cargo.toml",
        "/x",
        "/graphql/x",
    ] {
        assert_eq!(get(&server, path).await.0, 404, "{path}");
    }
}
