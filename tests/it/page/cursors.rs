//! A cursor belongs to the list, order, filter and database that made it.

use serde_json::{Value, json};
use support::{Server, TestDatabase, catalogue, on_both, test_clock};

use super::list::{List, every, list, standards};

async fn cursor(list: &List, server: &Server) -> String {
    let start = list.start(server, 3).await;
    start["pageInfo"]["endCursor"]
        .as_str()
        .unwrap_or_default()
        .to_owned()
}

/// Fails unless a list refuses a cursor in both places.
async fn refused(list: &List, server: &Server, cursor: &str) {
    for place in [
        json!({ "first": 5, "after": cursor }),
        json!({ "last": 5, "before": cursor }),
    ] {
        assert_eq!(
            list.refusal(server, place.clone()).await,
            "CURSOR_INVALID",
            "{list:?} {place}"
        );
    }
}

on_both! {
    async fn a_cursor_of_another_list_order_or_filter_is_refused(engine) {
        let server = Server::start(catalogue(engine).await.db.clone(), test_clock());
        let mut lists = every();
        lists.extend([
            standards("NUMBER", "DESC"),
            standards("ISSUED_ON", "ASC"),
            standards("EFFECTIVE_ON", "ASC"),
            list("standards", "filter: { regionCode: \"320000\" }", "id"),
            list("standards", "", "id"),
            list("regions", "filter: { within: \"330000\" }", "id"),
            list("regions", "", "id"),
            list("search", "text: \"电线\"", "__typename"),
            list("search", "text: \"电缆\", kinds: [STANDARD]", "__typename"),
            list("quarantine", "filter: { code: \"NUMBER_RANGE\" }", "id"),
        ]);
        let mut cursors = Vec::new();
        for list in &lists {
            cursors.push(cursor(list, &server).await);
        }
        for (at, list) in lists.iter().enumerate() {
            for (of, cursor) in cursors.iter().enumerate() {
                if of == at {
                    list.page(&server, json!({ "first": 1, "after": cursor })).await;
                } else {
                    assert_eq!(
                        list.refusal(&server, json!({ "after": cursor })).await,
                        "CURSOR_INVALID",
                        "{list:?} takes a cursor of {:?}", lists[of]
                    );
                }
            }
        }
    }

    async fn a_forged_cursor_is_refused(engine) {
        let server = Server::start(catalogue(engine).await.db.clone(), test_clock());
        let list = standards("ISSUED_ON", "ASC");
        let genuine = cursor(&list, &server).await;
        let mut forged: Vec<String> = ["", " ", "x", "=", "电缆", "bm90aGluZw", "MTIz", "AA"].map(str::to_owned).to_vec();
        forged.push("A".repeat(10_000));
        forged.push(format!("{genuine}="));
        forged.push(format!("{genuine}AAAA"));
        forged.push(genuine.chars().rev().collect());
        for at in 0..genuine.chars().count() {
            // Another sign at one place, and the text cut there.
            let other = |sign: char| if sign == 'A' { 'Z' } else { 'A' };
            forged.push(genuine.chars().enumerate().map(|(place, sign)| if place == at { other(sign) } else { sign }).collect());
            forged.push(genuine.chars().take(at).collect());
        }
        for cursor in forged {
            refused(&list, &server, &cursor).await;
        }
        list.page(&server, json!({ "after": genuine })).await;
    }

    async fn a_cursor_of_another_database_is_refused(engine) {
        let server = Server::start(catalogue(engine).await.db.clone(), test_clock());
        let other = TestDatabase::new(engine).await;
        let stranger = Server::start(other.open().await, test_clock());
        let list = standards("NUMBER", "ASC");
        let cursor = cursor(&list, &server).await;
        refused(&list, &stranger, &cursor).await;
        assert_eq!(list.start(&stranger, 5).await["nodes"], Value::Array(Vec::new()));
    }

    async fn two_servers_on_one_database_take_each_others_cursors(engine) {
        let db = catalogue(engine).await.db.clone();
        let (one, two) = (Server::start(db.clone(), test_clock()), Server::start(db, test_clock()));
        let list = standards("ISSUED_ON", "DESC");
        let after = json!({ "first": 5, "after": cursor(&list, &one).await });
        assert_eq!(list.page(&two, after.clone()).await, list.page(&one, after).await);
    }
}
