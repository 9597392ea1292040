//! Which limits speak of an indicator.

use chrono::NaiveDate;
use sea_orm::FromQueryResult;

use super::model::Model;
use crate::db::{Engine, rows};
use crate::value::weaker_sql;
use crate::{Database, Result, Scope, search};

/// The name of an indicator without width, case and blanks: how limits and declarations find each other.
pub(crate) fn indicator_key(name: &str) -> String {
    search::fold(name)
        .chars()
        .filter(|sign| !sign.is_whitespace())
        .collect()
}

/// The limits in force on a day that speak of one of these indicators, by the keys of their names.
pub(crate) async fn by_indicators(
    db: &Database,
    scope: &Scope,
    names: &[String],
    day: NaiveDate,
) -> Result<Vec<Model>> {
    if names.is_empty() {
        return Ok(Vec::new());
    }
    let reader = db.reader();
    let sql = format!(
        "SELECT l.* FROM mandatory_limit l WHERE {} AND {} AND l.key IN (SELECT n.limit_key FROM mandatory_limit_name n WHERE {}) \
         ORDER BY l.key",
        scope.sql("l"),
        holds_on(day),
        rows::keys_in(db.engine().backend(), "n.name_key", 1)
    );
    let found = rows::query(reader, sql, [rows::parameter(names)?]).await?;
    found
        .iter()
        .map(|row| Ok(Model::from_query_result(row, "")?))
        .collect()
}

/// Whether the limit `l` holds on a day.
fn holds_on(day: NaiveDate) -> String {
    format!(
        "(l.valid_from IS NULL OR l.valid_from <= '{day}') AND (l.valid_until IS NULL OR l.valid_until > '{day}')"
    )
}

impl Model {
    /// Whether the limit is for products with these names, generic names and categories.
    pub(crate) fn is_for(&self, told: &[&str]) -> bool {
        let holds = |word: &String| told.iter().any(|text| text.contains(word.as_str()));
        self.subjects.0.is_empty() || self.subjects.0.iter().any(holds)
    }
}

/// Whether the row `declaration` has an indicator weaker than a limit in force on `day`: the same as
/// [`crate::declaration::findings`] says of the same limits.
pub(crate) fn weaker_indicators(engine: Engine, scope: &Scope, day: NaiveDate) -> String {
    let backend = engine.backend();
    let word_in = |column: &str| rows::holds(backend, column, "w.value");
    format!(
        "EXISTS (SELECT 1 FROM declaration_indicator i JOIN mandatory_limit_name n ON n.name_key = i.name_key \
         JOIN mandatory_limit l ON l.key = n.limit_key AND {seen} WHERE i.declaration_key = declaration.key \
         AND {in_force} AND {weaker} AND (l.subjects = '[]' OR EXISTS (SELECT 1 FROM {words}, {products} JOIN product p ON p.key = k.value AND {sold} \
         WHERE {name} OR {generic} OR {category})))",
        seen = scope.sql("l"),
        sold = scope.sql("p"),
        in_force = holds_on(day),
        weaker = weaker_sql("i", "l"),
        words = rows::members(backend, "l.subjects", "w"),
        products = rows::members(backend, "declaration.product_keys", "k"),
        name = word_in("p.name"),
        generic = word_in("coalesce(p.generic_name, '')"),
        category = word_in("coalesce(p.category, '')"),
    )
}
