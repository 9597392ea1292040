//! The embargo: until an annotation is published, everything that can be asked answers as if nobody had begun it (R22).

use std::sync::Arc;

use serde_json::{Value, json};
use support::bureau::Bureau;
use support::{TestDatabase, on_both};

use super::desk::{acted, carried, content, drafted, fresh, moving, mutation};
use super::hidden::{Told, compare};
use super::questions::all;
use super::reader::{Reader, credit_code, readers};
use super::world::{World, filled, node_id};

/// The id of the declaration of the first set.
async fn declaration(world: &World) -> String {
    let reader = &readers(&world.bureau)[0];
    let document = "{ declarations(filter: { standard: \"Q/320582TSA 101-2024\" }) { nodes { id } } }";
    let answer = world.ask(reader, document, json!({})).await.json();
    answer["data"]["declarations"]["nodes"][0]["id"]
        .as_str()
        .unwrap()
        .to_owned()
}

/// Acts on an annotation that is not for the reader are refused like acts on nothing.
async fn acts(reader: &Reader, id: &str, without: &World, with: &World, when: &str) {
    let known = json!({ "id": id, "version": 1 });
    let anew =
        json!({ "idempotencyKey": fresh(), "id": id, "version": 1, "content": content("改", "PUBLIC") });
    for (name, input) in [
        ("moveAnnotation", moving(&known, "SUBMIT")),
        ("moveAnnotation", moving(&known, "REVIEW")),
        ("moveAnnotation", moving(&known, "PUBLISH")),
        ("reviseAnnotation", anew),
    ] {
        let document = mutation(name, "__typename");
        let told = without.ask(reader, &document, json!({ "input": input })).await;
        let found = with.ask(reader, &document, json!({ "input": input })).await;
        assert_eq!(found, told, "{when}: {} {name}", reader.name);
    }
}

/// The first enterprise declares a standard in a hub.
async fn declares(world: &World) {
    let content = json!({
        "standardName": "离心泵", "products": [{ "name": "离心泵" }],
        "indicators": [
            { "name": "外观", "requirement": "平整", "testMethod": "目测", "category": "FUNCTIONAL" },
            { "name": "扬程", "requirement": "≥12.5", "unit": "m", "testMethod": "附录A", "category": "PERFORMANCE" },
        ],
    });
    let input = json!({
        "idempotencyKey": "a-public-act", "creditCode": credit_code(1), "regionCode": "320582",
        "standardNumber": "Q/320582TSA 301-2024", "enterpriseName": "苏州编造1号泵业有限公司", "content": content,
    });
    let own = &readers(&world.bureau)[1];
    let answer = world
        .ask(
            own,
            &mutation("declareStandard", "__typename"),
            json!({ "input": input }),
        )
        .await
        .json();
    assert_eq!(
        answer["data"]["declareStandard"]["refusals"],
        json!([]),
        "{answer:#}"
    );
}

on_both! {
    async fn r22_what_is_not_published_is_not_counted_by_the_positions_of_the_feed(engine) {
        let bureau = Arc::new(Bureau::default());
        let base = filled(engine).await;
        let without = World::over(TestDatabase::copy_of(&base, engine).await, &bureau).await;
        let with = World::over(base, &bureau).await;
        let annotation = drafted(&with, &declaration(&with).await, "PUBLIC").await;
        carried(&with, annotation, "AUTHORISED").await;
        for world in [&without, &with] {
            declares(world).await;
        }
        let outside = readers(&bureau).into_iter().filter(|reader| !reader.is_inside() && !reader.only_counts());
        for reader in outside {
            let document = "{ hubInfo { dataAsOf { position } } }";
            let told = without.ask(&reader, document, json!({})).await;
            let found = with.ask(&reader, document, json!({})).await;
            assert_eq!(found, told, "{}: the position tells how much is held back", reader.name);
        }
    }

    async fn r22_what_is_not_published_leaves_no_trace(engine) {
        let bureau = Arc::new(Bureau::default());
        let base = filled(engine).await;
        let without = World::over(TestDatabase::copy_of(&base, engine).await, &bureau).await;
        let with = World::over(base, &bureau).await;
        let declaration = declaration(&with).await;
        let mut annotations = Vec::new();
        for meant_for in ["PUBLIC", "ENTERPRISE"] {
            annotations.push(drafted(&with, &declaration, meant_for).await);
        }
        let id = |annotation: &Value| annotation["id"].as_str().unwrap().to_owned();
        let mut ids: Vec<String> = annotations.iter().map(id).collect();
        ids.push(node_id("Annotation", "nothing"));
        let questions = all(&ids, &declaration, &credit_code(1));
        let readers = readers(&bureau);
        let mut known = Told::new();
        for stage in ["DRAFT", "SUBMITTED", "REVIEWED", "AUTHORISED", "RETURNED"] {
            for annotation in &mut annotations {
                *annotation = match stage {
                    "RETURNED" => acted(&with, "second", annotation, "RETURN").await,
                    _ => carried(&with, annotation.take(), stage).await,
                };
            }
            for reader in readers.iter().filter(|reader| !reader.is_inside()) {
                compare(reader, &questions, &without, &with, stage, &mut known).await;
                for id in &ids {
                    acts(reader, id, &without, &with, stage).await;
                }
            }
            for reader in readers.iter().filter(|reader| reader.is_inside()) {
                let document = "{ annotations { totalCount nodes { id } } }";
                let answer = with.ask(reader, document, json!({})).await.json();
                assert_eq!(answer["data"]["annotations"]["totalCount"], 2, "{} at {stage}", reader.name);
            }
        }
        // Published, the one is for everybody and the other for its enterprise.
        for (annotation, public) in annotations.into_iter().zip([true, false]) {
            let published = carried(&with, annotation, "PUBLISHED").await;
            let document = format!("{{ node(id: {}) {{ id }} }}", published["id"]);
            for (reader, sees) in [(0, public), (1, true), (2, public)] {
                let answer = with.ask(&readers[reader], &document, json!({})).await.json();
                assert_eq!(answer["data"]["node"]["id"] == published["id"], sees, "{}", readers[reader].name);
            }
        }
    }
}
