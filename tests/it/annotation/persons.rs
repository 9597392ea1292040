//! Who may do what: districts, roles, and hands that have to differ.

use entity::access::Role;
use serde_json::json;
use support::bureau::{every_role, staff};
use support::on_both;

use super::{CITY, HERE, NEXT, NUMBER, Office, Reader, content, credit_code, fresh, moving, with};

async fn against(
    office: &Office,
    by: &Reader,
    annotation: &serde_json::Value,
    step: &str,
) -> serde_json::Value {
    office
        .refused(by, "moveAnnotation", moving(annotation, step))
        .await
}

on_both! {
    async fn r80_a_bureau_annotates_and_two_persons_answer_for_it(engine) {
        let office = Office::open(engine).await;
        let [author, colleague, reviewer, second] =
            ["author", "colleague", "reviewer", "second"].map(|name| office.clerk(name));
        let own_work = json!(["OWN_WORK", "step"]);
        let draft = office.drafted("PUBLIC").await;
        assert_eq!((&draft["stage"], &draft["version"]), (&json!("DRAFT"), &json!(1)));
        assert_eq!(draft["declaration"]["id"], office.declarations[0]);
        for step in ["REVIEW", "AUTHORISE", "PUBLISH", "RETURN", "WITHDRAW"] {
            assert_eq!(against(&office, &reviewer, &draft, step).await, json!(["WRONG_STAGE", "step"]), "{step}");
        }

        // A colleague sends it in, and might review it, too; its author may not.
        let submitted = office.done(&colleague, "moveAnnotation", moving(&draft, "SUBMIT")).await;
        assert_eq!(against(&office, &author, &submitted, "REVIEW").await, own_work);
        for step in ["SUBMIT", "AUTHORISE", "PUBLISH", "WITHDRAW"] {
            assert_eq!(against(&office, &reviewer, &submitted, step).await, json!(["WRONG_STAGE", "step"]), "{step}");
        }
        let reviewed = office.done(&reviewer, "moveAnnotation", moving(&submitted, "REVIEW")).await;

        // Authorising: not the author, not without a number, not by one person twice, not under two numbers. Whoever
        // reviewed it may be the first; then a third person is the second.
        let first = &reviewer;
        assert_eq!(against(&office, &author, &reviewed, "AUTHORISE").await, own_work);
        let number = |annotation: &serde_json::Value, number: serde_json::Value| {
            with(moving(annotation, "AUTHORISE"), "documentNumber", number)
        };
        for (text, reason) in [(json!(null), "DOCUMENT_NUMBER_MISSING"), (json!(" "), "DOCUMENT_NUMBER_MISSING"), (json!("二号文"), "DOCUMENT_NUMBER_INVALID")] {
            let found = office.refused(first, "moveAnnotation", number(&reviewed, text)).await;
            assert_eq!(found, json!([reason, "documentNumber"]));
        }
        let once = office.done(first, "moveAnnotation", moving(&reviewed, "AUTHORISE")).await;
        assert_eq!((&once["stage"], &once["documentNumber"]), (&json!("REVIEWED"), &json!(NUMBER)));
        assert_eq!(against(&office, first, &once, "AUTHORISE").await, json!(["SAME_PERSON", "step"]));
        assert_eq!(against(&office, &author, &once, "AUTHORISE").await, own_work);
        assert_eq!(against(&office, &second, &once, "PUBLISH").await, json!(["WRONG_STAGE", "step"]), "one is not enough");
        let other = office.refused(&second, "moveAnnotation", number(&once, json!("张市监标计〔2026〕8号"))).await;
        assert_eq!(other, json!(["DOCUMENT_NUMBER_DIFFERS", "documentNumber"]));
        let twice = office.done(&second, "moveAnnotation", number(&once, json!(null))).await;
        assert_eq!(twice["stage"], "AUTHORISED");
        assert_eq!(twice["authorisers"].as_array().map(Vec::len), Some(2));

        let published = office.done(&colleague, "moveAnnotation", moving(&twice, "PUBLISH")).await;
        assert_eq!((&published["stage"], &published["documentNumber"]), (&json!("PUBLISHED"), &json!(NUMBER)));
    }

    async fn r22_sending_back_takes_every_signature_back(engine) {
        let office = Office::open(engine).await;
        let second = office.clerk("second");
        let mut annotation = office.drafted("PUBLIC").await;
        for stage in ["SUBMITTED", "REVIEWED", "AUTHORISED"] {
            annotation = office.carried(annotation, stage).await;
            let silent = with(moving(&annotation, "RETURN"), "reason", json!(null));
            assert_eq!(office.refused(&second, "moveAnnotation", silent).await, json!(["REASON_MISSING", "reason"]));
            annotation = office.done(&second, "moveAnnotation", moving(&annotation, "RETURN")).await;
            assert_eq!((&annotation["stage"], &annotation["reason"]), (&json!("DRAFT"), &json!("须补充依据")));
            for field in ["submitter", "reviewer", "documentNumber", "submittedAt", "reviewedAt", "authorisedAt"] {
                assert_eq!(annotation[field], json!(null), "{field} from {stage}");
            }
            assert_eq!(annotation["authorisers"], json!([]));
            assert!(annotation["author"].is_string(), "the author stays");
        }
        let submitted = office.carried(annotation, "SUBMITTED").await;
        assert_eq!(submitted["reason"], json!(null), "sent in anew");
    }

    async fn r47_a_bureau_annotates_in_its_own_district_only(engine) {
        let office = Office::open(engine).await;
        let draft = |declaration: &str| {
            json!({ "idempotencyKey": fresh(), "declarationId": declaration, "content": content("说明", "PUBLIC") })
        };
        let next = office.reader("next", Some(staff(NEXT)));
        let outside = json!(["OUTSIDE_DISTRICT", "declarationId"]);
        assert_eq!(office.refused(&next, "annotateDeclaration", draft(&office.declarations[0])).await, outside);
        for missing in ["x", "MTpEZWNsYXJhdGlvbjpub3RoaW5n"] {
            let found = office.refused(&next, "annotateDeclaration", draft(missing)).await;
            assert_eq!(found, json!(["NOT_FOUND", "declarationId"]));
        }
        // R78: the city leads its counties, and what it says is its own.
        let city = office.reader("city", Some(staff(CITY)));
        let of_city = office.done(&city, "annotateDeclaration", draft(&office.declarations[0])).await;
        let seen = office.data(&office.clerk("clerk"), "{ annotations { totalCount } }", json!({})).await;
        assert_eq!(seen["annotations"]["totalCount"], 0, "a draft of the city is not the county's");
        let of_city = office.done(&city, "moveAnnotation", moving(&of_city, "SUBMIT")).await;
        assert_eq!(against(&office, &office.clerk("clerk"), &of_city, "REVIEW").await, json!(["NOT_FOUND", "id"]));
        // It takes steps with what its counties say; a neighbour does not, even with what everybody sees.
        let of_county = office.carried(office.drafted("PUBLIC").await, "SUBMITTED").await;
        let reviewed = office.done(&city, "moveAnnotation", moving(&of_county, "REVIEW")).await;
        assert_eq!(reviewed["stage"], "REVIEWED");
        let published = office.carried(reviewed, "PUBLISHED").await;
        assert_eq!(against(&office, &next, &published, "WITHDRAW").await, json!(["OUTSIDE_DISTRICT", "id"]));
        let withdrawn = office.done(&city, "moveAnnotation", moving(&published, "WITHDRAW")).await;
        assert_eq!(withdrawn["stage"], "WITHDRAWN");
    }

    async fn r80_only_staff_annotate(engine) {
        let office = Office::open(engine).await;
        let draft = office.drafted("PUBLIC").await;
        let submitted = office.carried(draft.clone(), "SUBMITTED").await;
        let before = office.written().await;
        for grant in every_role(HERE, &credit_code(1)) {
            let role = grant.role;
            // Staff may, and whoever reads no rows is stopped at the door.
            if [Role::Staff, Role::Aggregator].contains(&role) {
                continue;
            }
            let reader = office.reader("somebody", Some(grant));
            let new = office.draft("PUBLIC");
            let anew = json!({ "idempotencyKey": fresh(), "id": draft["id"], "version": 1, "content": content("改", "PUBLIC") });
            for (mutation, input) in [("annotateDeclaration", new), ("reviseAnnotation", anew), ("moveAnnotation", moving(&submitted, "REVIEW"))] {
                assert_eq!(office.refused(&reader, mutation, input).await, json!(["NOT_ALLOWED", null]), "{role:?} {mutation}");
            }
        }
        assert_eq!(office.written().await, before, "nothing was written");
    }

    async fn only_its_author_writes_a_draft_anew(engine) {
        let office = Office::open(engine).await;
        let (author, other) = (office.clerk("author"), office.clerk("other"));
        let draft = office.drafted("PUBLIC").await;
        let anew = |annotation: &serde_json::Value, text: &str| {
            json!({ "idempotencyKey": fresh(), "id": annotation["id"], "version": annotation["version"], "content": content(text, "ENTERPRISE") })
        };
        assert_eq!(office.refused(&other, "reviseAnnotation", anew(&draft, "改")).await, json!(["NOT_THE_AUTHOR", "id"]));
        let revised = office.done(&author, "reviseAnnotation", anew(&draft, "改后的内容")).await;
        assert_eq!((&revised["text"], &revised["meantFor"], &revised["version"]), (&json!("改后的内容"), &json!("ENTERPRISE"), &json!(2)));
        let same = office.refused(&author, "reviseAnnotation", anew(&revised, "改后的内容")).await;
        assert_eq!(same, json!(["NOTHING_CHANGED", "content"]));
        let submitted = office.carried(revised, "SUBMITTED").await;
        assert_eq!(office.refused(&author, "reviseAnnotation", anew(&submitted, "再改")).await, json!(["NOT_A_DRAFT", "id"]));
    }
}
