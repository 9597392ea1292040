//! Before publication an annotation does not exist but for staff of the district: nothing that others ask shows a trace.

use serde_json::{Value, json};
use support::on_both;

use super::{HERE, NEXT, NUMBER, Office, Reader, SHOWN, WORD, credit_code, moving, with, word};

/// Everything that could give an annotation away: the declaration and enterprise with their versions and order, lists,
/// counts, edges, search, and the annotation itself by its id.
const EVERYTHING: &str = "query($id: ID!, $word: String!) { \
    node(id: $id) { __typename id } nodes(ids: [$id]) { id } \
    annotations { totalCount nodes { id text } pageInfo { hasNextPage endCursor } } \
    confirmed: annotations(filter: { kind: [CONFIRMED], regionCode: \"320582\" }) { totalCount } \
    drafts: annotations(filter: { stage: [DRAFT, SUBMITTED, REVIEWED, AUTHORISED] }, direction: ASC) { totalCount } \
    search(text: $word) { totalCount nodes { __typename } } \
    declarations(orderBy: { field: DECLARED_ON, direction: DESC }) { totalCount pageInfo { endCursor } nodes { id recordId \
      standardNumber status declaredOn endedOn flags findings { rule } versions { version validFrom recordId } \
      annotations { totalCount nodes { id text } pageInfo { hasNextPage } } } } \
    enterprises(first: 10) { totalCount nodes { id name status flags declarations { totalCount nodes { id \
      annotations(last: 5) { totalCount edges { cursor } } } } } } \
    products(first: 10) { totalCount nodes { id name standardsInForce { version } } } }";

async fn seen(office: &Office, reader: &Reader, id: &str) -> Value {
    office
        .answer(reader, EVERYTHING, json!({ "id": id, "word": WORD }))
        .await
}

on_both! {
    async fn r22_nothing_shows_before_publication(engine) {
        let office = Office::open(engine).await;
        let outsiders = office.outsiders();
        // The id is not known before; that of nothing answers alike.
        let nothing = "MTpBbm5vdGF0aW9uOm5vdGhpbmc";
        let mut before = Vec::new();
        for reader in &outsiders {
            let answer = seen(&office, reader, nothing).await;
            assert!(answer.get("errors").is_none(), "{}: {answer:#}", reader.name);
            assert_eq!(answer["data"]["declarations"]["totalCount"], 2);
            before.push(answer.to_string());
        }
        for meant_for in ["PUBLIC", "ENTERPRISE"] {
            let mut annotation = office.drafted(meant_for).await;
            for stage in ["DRAFT", "SUBMITTED", "REVIEWED", "AUTHORISED"] {
                annotation = office.carried(annotation, stage).await;
                for (reader, before) in outsiders.iter().zip(&before) {
                    let now = seen(&office, reader, word(&annotation["id"])).await;
                    assert_eq!(now.to_string(), *before, "{} at {stage}", reader.name);
                    assert_eq!(office.events(reader, 0).await, [], "{} at {stage}", reader.name);
                }
                for reader in office.insiders() {
                    let now = seen(&office, &reader, word(&annotation["id"])).await["data"].take();
                    assert_eq!(now["node"]["id"], annotation["id"], "{} at {stage}", reader.name);
                    assert_eq!(now["search"]["totalCount"], 0, "search is for everybody and is not fed");
                    let first = &now["annotations"]["nodes"][0]["id"];
                    assert_eq!(*first, annotation["id"], "{}: the last written comes first", reader.name);
                    assert_eq!(office.events(&reader, 0).await, [], "{}: it is in no feed", reader.name);
                }
            }
        }
    }

    async fn r22_a_count_of_the_district_grows_with_publication_and_not_before(engine) {
        let office = Office::open(engine).await;
        let grant = api::identity::Grant { region: Some(HERE.to_owned()), ..api::identity::Grant::new(entity::access::Role::Aggregator) };
        let counting = office.reader("counting", Some(grant));
        let query = "{ annotations { totalCount } declarations { totalCount } }";
        for (number, meant_for) in ["PUBLIC", "ENTERPRISE"].into_iter().enumerate() {
            let mut annotation = office.drafted(meant_for).await;
            for stage in ["DRAFT", "SUBMITTED", "REVIEWED", "AUTHORISED"] {
                annotation = office.carried(annotation, stage).await;
                let counted = office.data(&counting, query, json!({})).await;
                assert_eq!(counted, json!({ "annotations": { "totalCount": number }, "declarations": { "totalCount": 2 } }), "{stage}");
            }
            office.carried(annotation, "PUBLISHED").await;
        }
        let counted = office.data(&counting, query, json!({})).await;
        assert_eq!(counted["annotations"]["totalCount"], 2, "what is for the enterprise is counted in its district, too");
    }

    async fn r22_nobody_outside_can_tell_an_annotation_from_nothing_by_acting(engine) {
        let office = Office::open(engine).await;
        let annotation = office.drafted("PUBLIC").await;
        let next = office.reader("next", Some(support::bureau::staff(NEXT)));
        for id in [word(&annotation["id"]), "MTpBbm5vdGF0aW9uOm5vdGhpbmc", "x"] {
            let step = with(moving(&annotation, "REVIEW"), "id", id);
            assert_eq!(office.refused(&next, "moveAnnotation", step).await, json!(["NOT_FOUND", "id"]), "{id}");
        }
        // Whoever may not act at all learns even less.
        let own = office.reader("own", Some(support::bureau::enterprise(&credit_code(1))));
        for reader in [office.reader("public", None), own] {
            let step = moving(&annotation, "PUBLISH");
            assert_eq!(office.refused(&reader, "moveAnnotation", step).await, json!(["NOT_ALLOWED", null]));
        }
    }

    async fn names_are_for_the_bureau_and_papers_for_the_department(engine) {
        let office = Office::open(engine).await;
        let annotation = office.drafted("PUBLIC").await;
        let annotation = office.carried(annotation, "AUTHORISED").await;
        let query = format!("query($id: ID!) {{ node(id: $id) {{ ... on Annotation {{ {} }} }} }}", SHOWN);
        let persons = ["author", "submitter", "reviewer"];
        let papers = ["office", "documentNumber", "draftedAt", "submittedAt", "reviewedAt", "authorisedAt"];
        let [clerk, city, auditor] = office.insiders().try_into().ok().unwrap();
        for (reader, named) in [(&clerk, true), (&auditor, true), (&city, false)] {
            let shown = office.data(reader, &query, json!({ "id": annotation["id"] })).await["node"].take();
            for field in persons {
                assert_eq!(shown[field].is_string(), named, "{field} for {}", reader.name);
            }
            assert_eq!(shown["authorisers"].as_array().map(Vec::len), Some(if named { 2 } else { 0 }));
            for field in papers {
                assert!(shown[field].is_string(), "{field} for {}", reader.name);
            }
        }
        office.carried(annotation.clone(), "PUBLISHED").await;
        let public = office.reader("public", None);
        let shown = office.data(&public, &query, json!({ "id": annotation["id"] })).await["node"].take();
        assert_eq!(shown["documentNumber"], NUMBER, "what was published has its number");
        assert!(shown["publishedAt"].is_string());
        for field in persons.iter().chain(&["publisher", "office", "reason", "draftedAt", "submittedAt", "reviewedAt", "authorisedAt"]) {
            assert_eq!(shown[*field], Value::Null, "{field}");
        }
        assert_eq!(shown["authorisers"], json!([]));
        // The feed names nobody, whoever reads it.
        for reader in office.insiders().iter().chain([&public]) {
            for event in office.events(reader, 0).await {
                assert!(!event.body.contains("urn:nqi-hub") && !event.body.contains("标准计量科"), "{event:?}");
                assert_eq!(event.region, HERE);
            }
        }
    }
}
