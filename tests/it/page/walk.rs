//! Walking a list gives every row once and in order, whichever way one goes.

use serde_json::{Value, json};
use support::{Server, catalogue, on_both, test_clock};

use super::list::{List, every, standards};

/// What is odd about a page: its flags, its cursors, its length.
fn check(list: &List, page: &Value, size: usize, nothing_before: bool, nothing_behind: bool) {
    let (edges, info) = (
        page["edges"].as_array().cloned().unwrap_or_default(),
        &page["pageInfo"],
    );
    let rows = page["nodes"].as_array().map_or(0, Vec::len);
    assert!(edges.len() == rows && rows <= size, "{list:?}: {page:#}");
    assert_eq!(
        info["hasPreviousPage"],
        json!(!nothing_before),
        "{list:?}: {page:#}"
    );
    assert_eq!(info["hasNextPage"], json!(!nothing_behind), "{list:?}: {page:#}");
    let cursor = |edge: Option<&Value>| edge.map_or(Value::Null, |edge| edge["cursor"].clone());
    assert_eq!(info["startCursor"], cursor(edges.first()), "{list:?}");
    assert_eq!(info["endCursor"], cursor(edges.last()), "{list:?}");
}

async fn forward(list: &List, server: &Server, size: usize) -> Vec<Value> {
    let (mut rows, mut after) = (Vec::new(), Value::Null);
    loop {
        let page = list.page(server, json!({ "first": size, "after": after })).await;
        rows.extend(page["nodes"].as_array().cloned().unwrap_or_default());
        let last = json!(rows.len()) == page["totalCount"];
        check(list, &page, size, after.is_null(), last);
        after = page["pageInfo"]["endCursor"].clone();
        if last {
            return rows;
        }
    }
}

async fn backward(list: &List, server: &Server, size: usize) -> Vec<Value> {
    let (mut rows, mut before) = (Vec::new(), Value::Null);
    loop {
        let page = list.page(server, json!({ "last": size, "before": before })).await;
        let mut here = page["nodes"].as_array().cloned().unwrap_or_default();
        here.extend(rows);
        rows = here;
        let last = json!(rows.len()) == page["totalCount"];
        check(list, &page, size, last, before.is_null());
        before = page["pageInfo"]["startCursor"].clone();
        if last {
            return rows;
        }
    }
}

/// Fails unless every row of a walk is there once.
fn once_each(list: &List, rows: &[Value]) {
    let mut ids: Vec<String> = rows.iter().map(|row| row["id"].to_string()).collect();
    ids.sort();
    ids.dedup();
    assert!(
        ids.len() == rows.len() && rows.len() > 15,
        "{list:?}: {} rows, {} of them different",
        rows.len(),
        ids.len()
    );
}

on_both! {
    async fn every_list_gives_every_row_once_both_ways(engine) {
        let server = Server::start(catalogue(engine).await.db.clone(), test_clock());
        for list in every() {
            let rows = forward(&list, &server, 7).await;
            once_each(&list, &rows);
            assert!(backward(&list, &server, 7).await == rows, "{list:?}: backward is not forward reversed");
            assert!(forward(&list, &server, 200).await == rows, "{list:?}: the size of a page changes the order");
        }
    }

    async fn every_order_holds_both_ways_with_unknown_days_at_their_end(engine) {
        let server = Server::start(catalogue(engine).await.db.clone(), test_clock());
        for (field, column) in [("NUMBER", "numberKey"), ("ISSUED_ON", "issuedOn"), ("EFFECTIVE_ON", "effectiveOn")] {
            let up = standards(field, "ASC");
            let rows = forward(&up, &server, 23).await;
            once_each(&up, &rows);
            // A row without a day has no text there and so stands before all days.
            let places: Vec<(Option<&str>, Option<&str>)> =
                rows.iter().map(|row| (row[column].as_str(), row["numberKey"].as_str())).collect();
            assert!(places.is_sorted(), "{field}: {places:?}");
            if field != "NUMBER" {
                assert!(places[0].0.is_none(), "{field}: the list should hold rows without a day");
            }
            assert!(backward(&up, &server, 23).await == rows, "{field} ASC backward");
            let mut reversed = rows;
            reversed.reverse();
            let down = standards(field, "DESC");
            assert!(forward(&down, &server, 23).await == reversed, "{field} DESC is not ASC reversed");
            assert!(backward(&down, &server, 23).await == reversed, "{field} DESC backward");
        }
    }

    async fn a_page_between_two_cursors_holds_what_stands_between_them(engine) {
        let server = Server::start(catalogue(engine).await.db.clone(), test_clock());
        for list in every() {
            let start = list.start(&server, 10).await;
            let cursor = |row: usize| start["edges"][row]["cursor"].clone();
            let between = list.page(&server, json!({ "first": 200, "after": cursor(2), "before": cursor(7) })).await;
            let wanted: Vec<Value> = start["nodes"].as_array().into_iter().flatten().skip(3).take(4).cloned().collect();
            assert_eq!(between["nodes"], json!(wanted), "{list:?}");
            let nothing = list.page(&server, json!({ "last": 5, "after": cursor(7), "before": cursor(2) })).await;
            assert_eq!(nothing["nodes"], json!([]), "{list:?}");
        }
    }
}
