//! Which standard a product was declared to on a day (R75), as known at an instant.

use std::collections::HashMap;

use crate::clock::instant_text;
use crate::db::history::History;
use crate::db::rows;
use crate::{Database, Result, Scope};
use chrono::{DateTime, NaiveDate, Utc};

/// What is asked about a product: the day on which it was made, and at which instant that is judged (none: now).
pub type Moment = (NaiveDate, Option<DateTime<Utc>>);

/// A product is declared to a standard for a time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Execution {
    /// The declaration.
    pub declaration_key: String,
    /// The version of the declaration that covers the product.
    pub ordinal: i32,
    /// The first day.
    pub valid_from: NaiveDate,
    /// The first day on which it does not hold any more.
    pub valid_until: Option<NaiveDate>,
    /// Since when the hub knows it so.
    pub known_from: DateTime<Utc>,
}

/// The executions that hold for each product at its moment, by declaration.
pub async fn executions_on(
    db: &Database,
    scope: &Scope,
    wanted: &[(String, Moment)],
) -> Result<HashMap<(String, Moment), Vec<Execution>>> {
    let mut by_moment: HashMap<Moment, Vec<String>> = HashMap::new();
    for (product, moment) in wanted {
        by_moment.entry(*moment).or_default().push(product.clone());
    }
    let mut found: HashMap<_, Vec<Execution>> = HashMap::new();
    for (moment, products) in by_moment {
        for (product, execution) in at_moment(db, scope, &products, moment).await? {
            found.entry((product, moment)).or_default().push(execution);
        }
    }
    Ok(found)
}

async fn at_moment(
    db: &Database,
    scope: &Scope,
    products: &[String],
    (day, at): Moment,
) -> Result<Vec<(String, Execution)>> {
    let reader = db.reader();
    let backend = reader.get_database_backend();
    let known = History::known(backend, "x", at.map(|_| 2));
    let sql = format!(
        "SELECT x.product_key, x.declaration_key, x.ordinal, x.valid_from, x.valid_until, x.known_from \
         FROM standard_execution x JOIN declaration d ON d.key = x.declaration_key AND {seen} \
         WHERE {products_in} AND x.valid_from <= '{day}' AND (x.valid_until IS NULL OR x.valid_until > '{day}') AND {known} \
         ORDER BY x.product_key, x.declaration_key, x.ordinal",
        seen = scope.sql("d"),
        products_in = rows::keys_in(backend, "x.product_key", 1),
    );
    let mut values = vec![rows::parameter(products)?];
    values.extend(at.map(|at| instant_text(at).into()));
    rows::query(reader, sql, values)
        .await?
        .iter()
        .map(|row| {
            let execution = Execution {
                declaration_key: row.try_get("", "declaration_key")?,
                ordinal: row.try_get("", "ordinal")?,
                valid_from: row.try_get("", "valid_from")?,
                valid_until: row.try_get("", "valid_until")?,
                known_from: row.try_get("", "known_from")?,
            };
            Ok((row.try_get("", "product_key")?, execution))
        })
        .collect()
}
