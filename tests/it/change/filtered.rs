//! Readers who ask for some kinds and some regions of what they may see.

use api::identity::Grant;
use entity::access::Role;
use serde_json::json;
use support::on_both;

use super::office::{Copy, Office};

on_both! {
    async fn who_asks_for_some_kinds_and_regions_gets_those_and_what_has_no_region(engine) {
        let office = Office::open(engine).await;
        let auditor = Grant::new(Role::Auditor);
        let mut all = Copy::default();
        office.follow("all", &auditor, &mut all).await;
        let mut crossed = 0;
        let mut copy = Copy::default();
        // One reader who asks for something else each time.
        for (kinds, regions) in [
            (&["Standard"][..], &[][..]),
            (&["Standard", "Enterprise"], &["320582"]),
            (&[], &["320581", "330000"]),
            (&["Declaration", "Enterprise"], &["320500"]),
            (&[], &[]),
        ] {
            office.follow_some("one", &auditor, (kinds, regions), &mut copy).await;
            crossed += copy.told.iter().filter(|told| told.starts_with("LEAVE") || told.starts_with("ENTER")).count();
            let mut anew = Copy::default();
            office.follow_some("anew", &auditor, (kinds, regions), &mut anew).await;
            assert_eq!(copy.rows, anew.rows, "{kinds:?} {regions:?}");
            assert!(anew.rows.iter().all(|row| all.rows.contains_key(row.0)));
            if !kinds.is_empty() {
                assert!(anew.rows.keys().all(|(kind, _)| kinds.contains(&kind.as_str())), "{:?}", anew.rows);
            }
        }
        assert_eq!(copy.rows, all.rows);
        assert!(crossed > 8, "only {crossed} crossed");
        let mut narrow = Copy::default();
        office.follow_some("narrow", &auditor, (&["Enterprise"], &["320581"]), &mut narrow).await;
        assert!(narrow.rows.is_empty(), "both enterprises lie elsewhere: {narrow:?}");
    }

    async fn asking_for_more_than_one_may_see_gives_no_more(engine) {
        let office = Office::open(engine).await;
        let mut asked = Copy::default();
        let public = Grant::new(Role::SystemAdmin);
        office.follow_some("public", &public, (&["Standard", "Enterprise", "Declaration"], &["320000", "330000"]), &mut asked).await;
        assert_eq!(asked.rows, office.anew(&public).await);
    }

    async fn what_cannot_be_asked_for_is_refused_by_name(engine) {
        let office = Office::open(engine).await;
        let auditor = Grant::new(Role::Auditor);
        let query = "query($kinds: [String!], $regions: [String!], $first: Int) { \
             changes(kinds: $kinds, regions: $regions, first: $first) { endCursor } }";
        let many = vec!["Standard"; 51];
        for (variables, word) in [
            (json!({ "kinds": ["Thing"] }), "Thing"),
            (json!({ "regions": ["32058"] }), "32058"),
            (json!({ "kinds": many }), "51"),
            (json!({ "first": 1001 }), "1001"),
            (json!({ "first": 0 }), "0"),
        ] {
            let answer = office.query("one", &auditor, query, variables).await;
            let error = &answer["errors"][0];
            assert_eq!(error["extensions"]["code"], "BAD_USER_INPUT", "{answer:#}");
            assert!(error["message"].as_str().unwrap().contains(word), "{answer:#}");
        }
    }
}
