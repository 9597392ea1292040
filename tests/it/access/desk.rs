//! A bureau at work: annotations on their way through its hands.

use std::sync::atomic::{AtomicU32, Ordering};

use serde_json::{Value, json};

use super::reader::{Reader, clerk};
use super::world::World;

/// A name for a request that no other has.
pub(super) fn fresh() -> String {
    static NUMBER: AtomicU32 = AtomicU32::new(1);
    format!("access-{:06}", NUMBER.fetch_add(1, Ordering::Relaxed))
}

/// What an annotation says.
pub(super) fn content(text: &str, meant_for: &str) -> Value {
    json!({ "kind": "CONFIRMED", "rule": "DECLARED_LATE", "text": text, "meantFor": meant_for })
}

/// A step from an annotation as it was seen, with everything that any step needs.
pub(super) fn moving(annotation: &Value, step: &str) -> Value {
    json!({
        "idempotencyKey": fresh(), "id": annotation["id"], "version": annotation["version"], "step": step,
        "documentNumber": "张市监标计〔2026〕7号", "reason": "须补充依据",
    })
}

/// The document of a mutation.
pub(super) fn mutation(name: &str, asked: &str) -> String {
    let kind = format!("{}{}Input", name[..1].to_uppercase(), &name[1..]);
    format!("mutation($input: {kind}!) {{ {name}(input: $input) {{ {asked} refusals {{ reason }} }} }}")
}

/// Sends what has to be taken; gives the annotation.
async fn done(world: &World, by: &Reader, name: &str, input: Value) -> Value {
    let document = mutation(name, "annotation { id version stage }");
    let mut answer = world.ask(by, &document, json!({ "input": input })).await.json();
    let payload = &mut answer["data"][name];
    assert_eq!(payload["refusals"], json!([]), "{}: {payload:#}", by.name);
    payload["annotation"].take()
}

/// A draft on a declaration.
pub(super) async fn drafted(world: &World, declaration: &str, meant_for: &str) -> Value {
    let content = content("扬程指标与实物不符。", meant_for);
    let input = json!({ "idempotencyKey": fresh(), "declarationId": declaration, "content": content });
    done(
        world,
        &clerk(&world.bureau, "author"),
        "annotateDeclaration",
        input,
    )
    .await
}

/// Somebody of the bureau takes a step with an annotation; gives it after that.
pub(super) async fn acted(world: &World, by: &'static str, annotation: &Value, step: &str) -> Value {
    let by = clerk(&world.bureau, by);
    done(world, &by, "moveAnnotation", moving(annotation, step)).await
}

/// Takes an annotation through the hands of the bureau as far as a stage; gives it there.
pub(super) async fn carried(world: &World, mut annotation: Value, stage: &str) -> Value {
    let way = [
        ("DRAFT", "author", "SUBMIT"),
        ("SUBMITTED", "reviewer", "REVIEW"),
        ("REVIEWED", "first", "AUTHORISE"),
        ("REVIEWED", "second", "AUTHORISE"),
        ("AUTHORISED", "first", "PUBLISH"),
        ("PUBLISHED", "second", "WITHDRAW"),
    ];
    for (from, by, step) in way {
        if annotation["stage"] != stage && annotation["stage"] == from {
            annotation = acted(world, by, &annotation, step).await;
        }
    }
    assert_eq!(annotation["stage"], stage);
    annotation
}
