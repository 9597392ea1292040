//! Trusted documents and documents that clients name by hash.

use api::TrustedDocuments;
use serde_json::{Value, json};
use support::{Server, TestDatabase};

use super::ask::{Answer, body, get, plain, server, settings};
use super::talk::Talk;

const TRUSTED: &str = "query Trusted { __typename }";
const FREE: &str = "query Free { __typename }";

fn hash(text: &str) -> String {
    entity::record::sha256_hex(text.as_bytes())
}

/// A server with one manifest, which names its document in three ways.
async fn with_manifest(mode: TrustedDocuments) -> (TestDatabase, Server, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let manifest = json!({ format!("sha256:{}", hash(TRUSTED)): TRUSTED, "portal.trusted": TRUSTED });
    std::fs::write(folder.path().join("portal.json"), manifest.to_string()).unwrap();
    let (database, server) = server(settings(|settings| {
        settings.documents = mode;
        settings.documents_dir = Some(folder.path().to_owned());
    }))
    .await;
    (database, server, folder)
}

async fn named(server: &Server, id: &str) -> Answer {
    body(server, json!({ "documentId": id }), &[]).await
}

fn persisted(hash: &str) -> Value {
    json!({ "persistedQuery": { "version": 1, "sha256Hash": hash } })
}

#[tokio::test]
async fn documents_of_manifests_are_known_by_their_names() {
    let (_database, server, _folder) = with_manifest(TrustedDocuments::Prefer).await;
    for id in [
        format!("sha256:{}", hash(TRUSTED)),
        hash(TRUSTED),
        "portal.trusted".to_owned(),
    ] {
        assert_eq!(named(&server, &id).await.told(), (200, "OK"), "{id}");
        assert_eq!(
            get(&server, &[("documentId", &id)], &[]).await.told(),
            (200, "OK"),
            "GET {id}"
        );
    }
    let by_hash = body(&server, json!({ "extensions": persisted(&hash(TRUSTED)) }), &[]).await;
    assert_eq!(by_hash.told(), (200, "OK"));
    assert_eq!(named(&server, "nothing").await.told().1, "DOCUMENT_NOT_FOUND");
    let free = body(&server, json!({ "query": FREE }), &[]).await;
    assert_eq!(free.told(), (200, "OK"), "others go, too");
}

#[tokio::test]
async fn a_hub_that_trusts_manifests_only_takes_nothing_else_on_any_way() {
    let (_database, server, _folder) = with_manifest(TrustedDocuments::Only).await;
    assert_eq!(
        named(&server, &format!("sha256:{}", hash(TRUSTED))).await.told(),
        (200, "OK")
    );
    let same_text = body(&server, json!({ "query": TRUSTED }), &[]).await;
    assert_eq!(
        same_text.told(),
        (200, "OK"),
        "the text of a trusted document is that document"
    );
    let register = json!({ "query": FREE, "extensions": persisted(&hash(FREE)) });
    for request in [
        json!({ "query": FREE }),
        json!({ "query": "{ __schema { types { name } } }" }),
        register,
    ] {
        let refused = body(&server, request.clone(), &[]).await;
        assert_eq!(refused.told().1, "DOCUMENT_NOT_TRUSTED", "{request}");
        assert!(refused.json.get("data").is_none());
    }
    let unknown = body(&server, json!({ "extensions": persisted(&hash(FREE)) }), &[]).await;
    assert_eq!(
        unknown.told().1,
        "PERSISTED_QUERY_NOT_FOUND",
        "and nothing was registered"
    );
    let mut talk = Talk::open(&server).await;
    talk.ask("1", FREE).await;
    assert_eq!(
        talk.hear().await["payload"][0]["extensions"]["code"],
        "DOCUMENT_NOT_TRUSTED"
    );
}

#[tokio::test]
async fn a_document_is_registered_by_its_hash_as_apollo_does() {
    let (_database, server) = plain().await;
    let hash = hash(FREE);
    let ask = json!({ "extensions": persisted(&hash) });
    let unknown = body(&server, ask.clone(), &[]).await;
    assert_eq!(unknown.told().1, "PERSISTED_QUERY_NOT_FOUND");
    assert_eq!(unknown.json["errors"][0]["message"], "PersistedQueryNotFound");
    let sent = body(
        &server,
        json!({ "query": FREE, "extensions": persisted(&hash) }),
        &[],
    )
    .await;
    assert_eq!(sent.told(), (200, "OK"));
    assert_eq!(body(&server, ask, &[]).await.told(), (200, "OK"));
    assert_eq!(
        get(&server, &[("extensions", &persisted(&hash).to_string())], &[])
            .await
            .told(),
        (200, "OK")
    );
}

#[tokio::test]
async fn a_wrong_hash_and_a_refused_document_are_not_registered() {
    let (_database, server) = plain().await;
    let wrong = body(
        &server,
        json!({ "query": FREE, "extensions": persisted(&hash(TRUSTED)) }),
        &[],
    )
    .await;
    assert_eq!(wrong.told(), (400, "BAD_REQUEST"));
    let broken = "{ nothing }";
    let refused = body(
        &server,
        json!({ "query": broken, "extensions": persisted(&hash(broken)) }),
        &[],
    )
    .await;
    assert_eq!(refused.told().1, "GRAPHQL_VALIDATION_FAILED");
    for text in [TRUSTED, broken] {
        let later = body(&server, json!({ "extensions": persisted(&hash(text)) }), &[]).await;
        assert_eq!(later.told().1, "PERSISTED_QUERY_NOT_FOUND", "{text}");
    }
    for extensions in [
        json!({ "persistedQuery": { "version": 2, "sha256Hash": hash(FREE) } }),
        json!({ "persistedQuery": { "version": 1, "sha256Hash": "abc" } }),
        json!({ "persistedQuery": { "version": 1 } }),
        json!({ "persistedQuery": 3 }),
    ] {
        let answer = body(&server, json!({ "query": FREE, "extensions": extensions }), &[]).await;
        assert_eq!(answer.told(), (400, "BAD_REQUEST"), "{extensions}");
    }
}

#[tokio::test]
async fn the_store_of_registered_documents_is_bounded() {
    let (_database, server) = server(settings(|settings| settings.limits.registered = 20_000)).await;
    let document = |number: u32| format!("query Number{number} {{ __typename }} # {}", "x".repeat(900));
    for number in 0..100 {
        let text = document(number);
        let sent = body(
            &server,
            json!({ "query": text, "extensions": persisted(&hash(&text)) }),
            &[],
        )
        .await;
        assert_eq!(sent.told(), (200, "OK"));
    }
    let mut kept = 0;
    for number in 0..100 {
        let answer = body(
            &server,
            json!({ "extensions": persisted(&hash(&document(number))) }),
            &[],
        )
        .await;
        kept += u32::from(answer.told() == (200, "OK"));
    }
    assert!((1..=20).contains(&kept), "{kept} of 100 are kept");
}

#[tokio::test]
async fn a_manifest_that_does_not_fit_stops_the_start_and_is_named() {
    let wrong_hash = json!({ format!("sha256:{}", hash(FREE)): TRUSTED }).to_string();
    let invalid = json!({ "old": "{ nothing }" }).to_string();
    let unfit = json!({ "a b": TRUSTED }).to_string();
    for (manifest, named) in [
        ("[]", "manifest.json"),
        (&wrong_hash, "SHA-256"),
        (&invalid, "\"old\""),
        (&unfit, "\"a b\""),
    ] {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("manifest.json"), manifest).unwrap();
        let database = TestDatabase::new(support::Engine::Sqlite).await;
        let bound = api::Server::bind(
            ([127, 0, 0, 1], 0).into(),
            database.open().await,
            support::test_clock(),
        )
        .unwrap();
        let settings = settings(|settings| {
            settings.documents = TrustedDocuments::Prefer;
            settings.documents_dir = Some(folder.path().to_owned());
        });
        let told = bound.with(settings).run().await.unwrap_err().to_string();
        assert!(
            told.contains("documents_dir") && told.contains(named),
            "{manifest}: {told}"
        );
    }
}
