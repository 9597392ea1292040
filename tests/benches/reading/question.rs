//! What is asked: a standard by its number, the page of an enterprise, and a list of fifty enterprises.

use sea_orm::{ConnectionTrait, DatabaseConnection, DbErr, Statement};
use serde_json::{Value, json};

/// The most different requests of a question.
const MOST: usize = 1_000;
/// Enterprises of a list page.
const PAGE: usize = 50;
/// The most different list pages.
const MOST_PAGES: usize = 20;

const STANDARD: &str =
    "query Standard($number: String!) { standard(number: $number) { number name status } }";

/// Three levels and five lists: names, declarations, versions, indicators, products.
const ENTERPRISE: &str = "query Enterprise($creditCode: String!) { enterprise(creditCode: $creditCode) { \
     name creditCode status region { code name } formerNames { name until } \
     declarations(first: 3) { nodes { standardNumber standardName status declaredOn \
     versions { version changeKind validFrom validUntil } indicators { name requirement unit testMethod category } } } \
     products(first: 3) { nodes { name brand model gtin } } } }";

const LIST: &str = "query List($after: String) { enterprises(first: 50, after: $after) { nodes { name \
     declarations(first: 5) { nodes { standardNumber standard { number name status } } } } } }";

const CURSOR: &str =
    "query Cursor($after: String) { enterprises(first: 50, after: $after) { pageInfo { endCursor } } }";

/// A document, and everything that it is asked with.
pub(crate) struct Question {
    pub(crate) name: &'static str,
    pub(crate) document: &'static str,
    /// The address of the hand-written statement.
    pub(crate) path: &'static str,
    pub(crate) asked: Vec<Asked>,
}

/// One request: the variables of the document, and the parameter of the statement.
pub(crate) struct Asked {
    pub(crate) variables: Value,
    pub(crate) key: String,
}

impl Asked {
    /// The body for the hub.
    pub(crate) fn to_hub(&self, document: &str) -> String {
        json!({ "query": document, "variables": self.variables }).to_string()
    }

    /// The body for the hand-written statement.
    pub(crate) fn to_plain(&self) -> String {
        json!({ "key": self.key }).to_string()
    }
}

/// Every question, with requests drawn evenly from the whole database.
pub(crate) async fn all(db: &DatabaseConnection, hub: &support::Server) -> Result<Vec<Question>, DbErr> {
    let standards = pairs(db, "SELECT key, number AS told FROM standard ORDER BY key").await?;
    let enterprises = "SELECT e.key, e.credit_code AS told FROM enterprise e WHERE e.credit_code IS NOT NULL \
         AND EXISTS (SELECT 1 FROM declaration d WHERE d.owner_key = e.key) ORDER BY e.key";
    let enterprises = pairs(db, enterprises).await?;
    let shown = "SELECT key, key AS told FROM enterprise WHERE merged_into IS NULL ORDER BY key";
    let shown = pairs(db, shown).await?;
    Ok(vec![
        Question {
            name: "point read: a standard",
            document: STANDARD,
            path: "/standard",
            asked: spread(standards, "number"),
        },
        Question {
            name: "enterprise page: 3 levels, 5 lists",
            document: ENTERPRISE,
            path: "/enterprise",
            asked: spread(enterprises, "creditCode"),
        },
        Question {
            name: "list page: 50 enterprises x 5 declarations x standard",
            document: LIST,
            path: "/list",
            asked: pages(hub, &shown).await,
        },
    ])
}

async fn pairs(db: &DatabaseConnection, sql: &str) -> Result<Vec<(String, String)>, DbErr> {
    let statement = Statement::from_string(db.get_database_backend(), sql);
    let rows = db.query_all_raw(statement).await?;
    rows.iter()
        .map(|row| Ok((row.try_get("", "key")?, row.try_get("", "told")?)))
        .collect()
}

/// At most [`MOST`] requests, at even distances.
fn spread(all: Vec<(String, String)>, variable: &str) -> Vec<Asked> {
    let step = all.len().div_ceil(MOST).max(1);
    all.into_iter()
        .step_by(step)
        .map(|(key, told)| Asked {
            variables: json!({ variable: told }),
            key,
        })
        .collect()
}

/// The first pages of the list: the cursor of the hub, and the key behind which the page begins.
async fn pages(hub: &support::Server, shown: &[(String, String)]) -> Vec<Asked> {
    let mut asked = Vec::new();
    let (mut after, mut key) = (Value::Null, String::new());
    for page in shown.chunks(PAGE).take(MOST_PAGES) {
        let variables = json!({ "after": after });
        asked.push(Asked {
            variables: variables.clone(),
            key: std::mem::take(&mut key),
        });
        let mut answer = hub.data(CURSOR, variables).await;
        after = answer
            .pointer_mut("/enterprises/pageInfo/endCursor")
            .map(Value::take)
            .unwrap_or_default();
        key = page.last().map(|(key, _)| key.clone()).unwrap_or_default();
    }
    asked
}
