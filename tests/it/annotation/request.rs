//! Requests: the same one twice, one that comes too late, many at once, and ones that cannot be read.

use api::identity::Grant;
use entity::access::Role;
use entity::audit::AuditFilter;
use entity::page::{List, PageRequest};
use futures_util::future::join_all;
use serde_json::{Value, json};
use support::on_both;

use super::{Office, content, fresh, moving, with, word};

on_both! {
    async fn the_same_request_twice_counts_once(engine) {
        let office = Office::open(engine).await;
        let author = office.clerk("author");
        let input = office.draft("PUBLIC");
        let first = office.send(&author, "annotateDeclaration", input.clone()).await;
        assert_eq!(first["replayed"], false);
        let written = office.written().await;
        let again = office.send(&author, "annotateDeclaration", input.clone()).await;
        assert_eq!((&again["replayed"], &again["annotation"]), (&json!(true), &first["annotation"]));
        let reused = json!(["IDEMPOTENCY_KEY_REUSED", "idempotencyKey"]);
        let other = with(input.clone(), "content", content("另一内容", "PUBLIC"));
        assert_eq!(office.refused(&author, "annotateDeclaration", other).await, reused);
        assert_eq!(office.written().await, written, "nothing was written meanwhile");
        // The key is the person's own.
        let theirs = office.send(&office.clerk("colleague"), "annotateDeclaration", input).await;
        assert_eq!(theirs["replayed"], false);
        assert_ne!(theirs["annotation"]["id"], first["annotation"]["id"]);

        let step = moving(&first["annotation"], "SUBMIT");
        let submitted = office.done(&author, "moveAnnotation", step.clone()).await;
        let reviewed = office.carried(submitted, "REVIEWED").await;
        // A late repetition is no stale version: it was done, and the answer shows what became of it.
        let late = office.send(&author, "moveAnnotation", step).await;
        assert_eq!((&late["replayed"], &late["annotation"]), (&json!(true), &reviewed));
    }

    async fn many_at_once_are_each_written_once(engine) {
        let office = Office::open(engine).await;
        let author = office.clerk("author");
        let input = office.draft("PUBLIC");
        let sent = (0..8).map(|_| office.send(&author, "annotateDeclaration", input.clone()));
        let payloads = join_all(sent).await;
        assert!(payloads.iter().all(|payload| payload["refusals"] == json!([])), "{payloads:#?}");
        assert_eq!(payloads.iter().filter(|payload| payload["replayed"] == false).count(), 1);
        let draft = &payloads[0]["annotation"];
        // Different requests on the version that all of them saw: one comes first.
        let sent = (0..8).map(|_| office.send(&author, "moveAnnotation", moving(draft, "SUBMIT")));
        let payloads = join_all(sent).await;
        let refused: Vec<&Value> = payloads.iter().filter(|payload| payload["annotation"].is_null()).collect();
        assert_eq!(refused.len(), 7, "{payloads:#?}");
        for payload in refused {
            assert_eq!(payload["refusals"], json!([["CHANGED_MEANWHILE", "version"]]));
        }
        assert_eq!(office.written().await, 2);
    }

    async fn a_stale_version_is_refused(engine) {
        let office = Office::open(engine).await;
        let author = office.clerk("author");
        let draft = office.drafted("PUBLIC").await;
        let submitted = office.carried(draft.clone(), "SUBMITTED").await;
        let stale = json!(["CHANGED_MEANWHILE", "version"]);
        let reviewer = office.clerk("reviewer");
        assert_eq!(office.refused(&reviewer, "moveAnnotation", moving(&draft, "REVIEW")).await, stale);
        let ahead = with(moving(&submitted, "REVIEW"), "version", 99);
        assert_eq!(office.refused(&reviewer, "moveAnnotation", ahead).await, stale);
        let anew = json!({ "idempotencyKey": fresh(), "id": draft["id"], "version": draft["version"], "content": content("改", "PUBLIC") });
        assert_eq!(office.refused(&author, "reviseAnnotation", anew).await, stale);
    }

    async fn what_cannot_be_read_is_told_with_its_place(engine) {
        let office = Office::open(engine).await;
        let author = office.clerk("author");
        let bare = json!({ "kind": "DISMISSED", "text": "不实", "meantFor": "PUBLIC" });
        let found = office.refused(&author, "annotateDeclaration", with(office.draft("PUBLIC"), "content", bare)).await;
        assert_eq!(found, json!(["RULE_MISSING", "content.rule"]));
        let remark = json!({ "kind": "REMARK", "text": "说明", "meantFor": "PUBLIC" });
        office.done(&author, "annotateDeclaration", with(office.draft("PUBLIC"), "content", remark)).await;

        let mutation = "mutation($input: AnnotateDeclarationInput!) { annotateDeclaration(input: $input) { replayed } }";
        for (input, place) in [
            (with(office.draft("PUBLIC"), "idempotencyKey", "short"), "idempotencyKey"),
            (with(office.draft("PUBLIC"), "content", content(" ", "PUBLIC")), "content.text"),
            (with(office.draft("PUBLIC"), "content", content(&"长".repeat(2_001), "PUBLIC")), "content.text"),
        ] {
            let answer = office.answer(&author, mutation, json!({ "input": input })).await;
            let error = &answer["errors"][0];
            assert_eq!(error["extensions"]["code"], "BAD_USER_INPUT", "{answer:#}");
            assert!(word(&error["message"]).starts_with(place), "{answer:#}");
        }
    }

    async fn what_was_written_and_what_was_refused_stands_in_the_trail(engine) {
        let office = Office::open(engine).await;
        let draft = office.drafted("PUBLIC").await;
        let input = moving(&draft, "SUBMIT");
        let author = office.clerk("author");
        office.done(&author, "moveAnnotation", input.clone()).await;
        // Again, without a token, and by somebody who may not.
        assert_eq!(office.send(&author, "moveAnnotation", input).await["replayed"], true);
        office.refused(&office.reader("public", None), "moveAnnotation", moving(&draft, "REVIEW")).await;
        office.refused(&office.clerk("reviewer"), "moveAnnotation", moving(&draft, "REVIEW")).await;
        let filter = AuditFilter { object_kind: Some("Annotation".to_owned()), ..AuditFilter::default() };
        let auditor = office.reader("auditor", Some(Grant::new(Role::Auditor)));
        let request = PageRequest { limit: 50, ..PageRequest::default() };
        let page = filter.list(&office.db, &auditor.scope, &request).await.unwrap();
        let told: Vec<_> = page.items.iter().map(|entry| (entry.decision.as_str(), entry.reason.as_deref())).collect();
        assert_eq!(told, [
            ("REFUSED", Some("REVIEW: CHANGED_MEANWHILE")),
            ("ALLOWED", Some("SUBMIT")),
            ("ALLOWED", Some("DRAFT")),
        ]);
        assert!(page.items.iter().all(|entry| entry.actor.ends_with(if entry.decision == "REFUSED" { "#reviewer" } else { "#author" })));
    }

    async fn a_list_pages_by_when_annotations_were_written(engine) {
        let office = Office::open(engine).await;
        let clerk = office.clerk("clerk");
        let mut written = Vec::new();
        for _ in 0..5 {
            written.push(office.drafted("PUBLIC").await["id"].clone());
        }
        written.reverse();
        let query = "query($after: String, $id: ID!) { \
            annotations(first: 2, after: $after) { totalCount nodes { id } pageInfo { hasNextPage endCursor } } \
            declaration(id: $id) { annotations(first: 2, after: $after) { totalCount nodes { id } pageInfo { hasNextPage endCursor } } } }";
        let list = |found: &Value, nested: bool| {
            if nested { found["declaration"]["annotations"].clone() } else { found["annotations"].clone() }
        };
        for nested in [false, true] {
            let (mut after, mut paged) = (Value::Null, Vec::new());
            loop {
                // One of the two lists follows its cursor; the other refuses it.
                let variables = json!({ "after": after, "id": office.declarations[0] });
                let answer = office.answer(&clerk, query, variables).await;
                let page = list(&answer["data"], nested);
                assert_eq!(page["totalCount"], 5, "{answer:#}");
                paged.extend(page["nodes"].as_array().cloned().unwrap_or_default().into_iter().map(|mut node| node["id"].take()));
                after = page["pageInfo"]["endCursor"].clone();
                if page["pageInfo"]["hasNextPage"] == false {
                    break;
                }
            }
            assert_eq!(paged, written, "nested: {nested}");
        }
    }

    async fn a_page_of_declarations_costs_as_many_statements_as_one(engine) {
        let office = Office::open(engine).await;
        let clerk = office.clerk("clerk");
        for declaration in &office.declarations {
            let input = with(office.draft("PUBLIC"), "declarationId", declaration.as_str());
            office.done(&office.clerk("author"), "annotateDeclaration", input).await;
        }
        let query = "query($first: Int!) { declarations(first: $first) { nodes { annotations { totalCount nodes { text } } } } }";
        let mut costs = Vec::new();
        for first in [1, 2] {
            office.data(&clerk, query, json!({ "first": first })).await;
            let before = office.server.db.statements();
            let found = office.data(&clerk, query, json!({ "first": first })).await;
            costs.push(office.server.db.statements() - before);
            let nodes = found["declarations"]["nodes"].as_array().cloned().unwrap_or_default();
            assert!(nodes.iter().all(|node| node["annotations"]["totalCount"] == 1), "{found:#}");
            assert_eq!(nodes.len(), first);
        }
        assert_eq!(costs[0], costs[1]);
    }
}
