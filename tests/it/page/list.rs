//! The lists of the hub, as the tests of paging ask them.

use serde_json::{Value, json};
use support::Server;

/// A list: its root field, what else is given to it, and what is asked of a row.
#[derive(Debug, Clone)]
pub(super) struct List {
    pub(super) root: &'static str,
    pub(super) arguments: String,
    pub(super) row: &'static str,
}

/// A list without an order of its own.
pub(super) fn list(root: &'static str, arguments: &str, row: &'static str) -> List {
    List {
        root,
        arguments: arguments.to_owned(),
        row,
    }
}

/// Standards of Shanghai in an order: a few hundred, some of them without dates.
pub(super) fn standards(field: &str, direction: &str) -> List {
    let arguments = format!(
        "filter: {{ regionCode: \"310000\" }}, orderBy: {{ field: {field}, direction: {direction} }}"
    );
    list("standards", &arguments, "id numberKey issuedOn effectiveOn")
}

/// Every list of the hub, each with more rows than a small page.
pub(super) fn every() -> Vec<List> {
    vec![
        standards("NUMBER", "ASC"),
        list("regions", "filter: { within: \"320000\" }", "id code"),
        list("search", "text: \"电缆\"", "... on Node { id }"),
        list("enterprises", "orderBy: { field: NAME }", "id name"),
        list("products", "filter: { flag: BARCODE_CHECK_FAILED }", "id name"),
        list(
            "declarations",
            "filter: { finding: { rules: [ENTERPRISE_RENAMED] } }, orderBy: { field: DECLARED_ON, direction: DESC }",
            "id declaredOn",
        ),
        list("ingestionRuns", "", "id"),
        list("quarantine", "", "id"),
    ]
}

impl List {
    /// The query for a page of it; the page goes by variables.
    pub(super) fn query(&self) -> String {
        let comma = if self.arguments.is_empty() { "" } else { ", " };
        format!(
            "query($first: Int, $after: String, $last: Int, $before: String) {{
                page: {}({}{comma}first: $first, after: $after, last: $last, before: $before) {{
                    totalCount nodes {{ {} }} edges {{ cursor }}
                    pageInfo {{ hasPreviousPage hasNextPage startCursor endCursor }}
                }}
            }}",
            self.root, self.arguments, self.row
        )
    }

    /// A page of it.
    pub(super) async fn page(&self, server: &Server, variables: Value) -> Value {
        server.data(&self.query(), variables).await["page"].take()
    }

    /// The code of the error that a page is refused with.
    pub(super) async fn refusal(&self, server: &Server, variables: Value) -> String {
        let answer = server.ask(&self.query(), variables.clone()).await;
        assert_eq!(
            answer["data"]["page"],
            Value::Null,
            "{self:?} {variables}: {answer:#}"
        );
        answer["errors"][0]["extensions"]["code"]
            .as_str()
            .unwrap_or_default()
            .to_owned()
    }

    /// Its first page.
    pub(super) async fn start(&self, server: &Server, size: u32) -> Value {
        self.page(server, json!({ "first": size })).await
    }
}
