//! Finding records.

use sea_orm::{DbBackend, Value};

use super::fold::{fold, number_key, question_terms};
use crate::db::rows;
use crate::page::{List, Page, PageError, PageRequest, Position};
use crate::record::RecordKind;
use crate::{Database, Result, Scope};

/// The longest question, in characters; the rest is not looked at.
const LONGEST_QUESTION: usize = 200;
/// The most terms of a question.
const MOST_TERMS: usize = 32;

/// A question with the kinds of records that may answer it.
#[derive(Debug, Clone)]
pub struct SearchQuery {
    kinds: Vec<&'static str>,
    words: Vec<String>,
    terms: Vec<String>,
    number_prefix: Option<String>,
}

/// A record that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// Its kind, as stored.
    pub kind: String,
    /// Its key.
    pub key: String,
    weight: i32,
}

impl SearchQuery {
    /// Reads a question: every word must be found as it stands. Letters with digits behind them (`gbt29004`) also find
    /// the numbers that begin so.
    pub fn new(text: &str, kinds: &[RecordKind]) -> Self {
        let text: String = text.chars().take(LONGEST_QUESTION).collect();
        let folded = fold(&text);
        let number = number_key(&folded);
        let looks_like_number = number.is_ascii()
            && number.starts_with(|sign: char| sign.is_ascii_alphabetic())
            && number.contains(|sign: char| sign.is_ascii_digit());
        Self {
            kinds: kinds.iter().map(|kind| kind.as_str()).collect(),
            terms: question_terms(&folded).into_iter().take(MOST_TERMS).collect(),
            words: folded
                .split(' ')
                .filter(|word| !word.is_empty())
                .map(str::to_owned)
                .collect(),
            number_prefix: looks_like_number.then_some(number),
        }
    }

    /// Whether nothing is asked for.
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty() && self.number_prefix.is_none()
    }
}

impl List for SearchQuery {
    type Item = Hit;

    /// Shorter titles first, then by key.
    async fn list(&self, db: &Database, scope: &Scope, page: &PageRequest) -> Result<Page<Hit>> {
        if self.is_empty() {
            return Ok(Page {
                items: Vec::new(),
                has_previous: false,
                has_next: false,
            });
        }
        let backend = db.reader().get_database_backend();
        let mut statement = self.matching(backend, scope)?;
        let mut places = Vec::new();
        if let Some(after) = &page.after {
            places.push((after, '>'));
        }
        if let Some(before) = &page.before {
            places.push((before, '<'));
        }
        for (place, sign) in places {
            let (weight, kind, key) = parts(place)?;
            let first = statement.values.len() + 1;
            statement.sql.push_str(&format!(
                " AND (e.weight, e.key, e.kind) {sign} (${first}, ${}, ${})",
                first + 1,
                first + 2
            ));
            statement.values.extend([weight.into(), key.into(), kind.into()]);
        }
        let direction = if page.from_end { "DESC" } else { "ASC" };
        let limit = i64::try_from(page.limit.saturating_add(1)).unwrap_or(i64::MAX);
        statement.values.push(limit.into());
        let sql = format!(
            "SELECT e.kind, e.key, e.weight {} ORDER BY e.weight {direction}, e.key {direction}, e.kind {direction} LIMIT ${}",
            statement.sql,
            statement.values.len()
        );
        let mut items = Vec::new();
        for row in rows::query(db.reader(), sql, statement.values).await? {
            items.push(Hit {
                kind: row.try_get("", "kind")?,
                key: row.try_get("", "key")?,
                weight: row.try_get("", "weight")?,
            });
        }
        let more = items.len() as u64 > page.limit;
        items.truncate(usize::try_from(page.limit).unwrap_or(usize::MAX));
        if page.from_end {
            items.reverse();
            return Ok(Page {
                items,
                has_previous: more,
                has_next: page.before.is_some(),
            });
        }
        Ok(Page {
            items,
            has_previous: page.after.is_some(),
            has_next: more,
        })
    }

    async fn count(&self, db: &Database, scope: &Scope) -> Result<u64> {
        if self.is_empty() {
            return Ok(0);
        }
        let statement = self.matching(db.reader().get_database_backend(), scope)?;
        let sql = format!("SELECT count(*) AS hits {}", statement.sql);
        let row = rows::query_one(db.reader(), sql, statement.values).await?;
        let hits: i64 = row
            .map(|row| row.try_get("", "hits"))
            .transpose()?
            .unwrap_or_default();
        Ok(u64::try_from(hits).unwrap_or_default())
    }

    fn position(&self, hit: &Hit) -> Position {
        Position {
            value: Some(hit.weight.to_string()),
            key: format!("{}\n{}", hit.kind, hit.key),
        }
    }
}

impl SearchQuery {
    /// `FROM … WHERE …` with its values.
    fn matching(&self, backend: DbBackend, scope: &Scope) -> Result<Matching> {
        let mut values: Vec<Value> = Vec::new();
        let mut bind = |value: Value| {
            values.push(value);
            format!("${}", values.len())
        };
        let mut ways = Vec::new();
        if !self.terms.is_empty() {
            // The terms stand beside the words on one row, so that PostgreSQL's planner weighs their index against
            // reading everything; behind a subquery it sometimes read everything.
            let by_terms = if backend == DbBackend::Postgres {
                let terms = bind(rows::parameter(&self.terms)?);
                format!("t.terms @> ARRAY(SELECT json_array_elements_text({terms}::json))")
            } else {
                let phrases: Vec<String> = self
                    .terms
                    .iter()
                    .map(|term| format!("\"{}\"", term.replace('"', "\"\"")))
                    .collect();
                format!(
                    "t.id IN (SELECT rowid FROM search_term WHERE search_term MATCH {})",
                    bind(phrases.join(" AND ").into())
                )
            };
            // Pairs of neighbours can all be there and the word not; the text itself has the last word.
            let mut found = format!("SELECT t.id FROM search_entry t WHERE {by_terms}");
            for word in &self.words {
                let pattern = format!(
                    "%{}%",
                    word.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_")
                );
                found.push_str(&format!(
                    " AND t.folded LIKE {} ESCAPE '\\'",
                    bind(pattern.into())
                ));
            }
            ways.push(found);
        }
        if let Some(prefix) = &self.number_prefix {
            let from = bind(prefix.as_str().into());
            let until = bind(format!("{prefix}\u{10FFFF}").into());
            ways.push(format!(
                "SELECT id FROM search_entry WHERE number_key >= {from} AND number_key < {until}"
            ));
        }
        let kinds = rows::parameter(&self.kinds)?;
        values.push(kinds);
        let kinds = rows::keys_in(backend, "e.kind", values.len());
        let sql = format!(
            "FROM search_entry e WHERE e.id IN ({}) AND {kinds} AND {}",
            ways.join(" UNION "),
            scope.sql("e")
        );
        Ok(Matching { sql, values })
    }
}

struct Matching {
    sql: String,
    values: Vec<Value>,
}

fn parts(place: &Position) -> Result<(i32, String, String)> {
    let weight = place
        .value
        .as_deref()
        .and_then(|text| text.parse().ok())
        .ok_or(PageError::CursorInvalid)?;
    let (kind, key) = place.key.split_once('\n').ok_or(PageError::CursorInvalid)?;
    Ok((weight, kind.to_owned(), key.to_owned()))
}

/// How the database would look for a question: its plan, for the test that no question reads the whole table.
pub async fn explain(db: &Database, scope: &Scope, query: &SearchQuery) -> Result<String> {
    let backend = db.reader().get_database_backend();
    let statement = query.matching(backend, scope)?;
    let explain = if backend == DbBackend::Postgres {
        "EXPLAIN"
    } else {
        "EXPLAIN QUERY PLAN"
    };
    let column = if backend == DbBackend::Postgres {
        "QUERY PLAN"
    } else {
        "detail"
    };
    let sql = format!("{explain} SELECT e.kind, e.key, e.weight {}", statement.sql);
    let mut plan = Vec::new();
    for row in rows::query(db.reader(), sql, statement.values).await? {
        plan.push(row.try_get::<String>("", column)?);
    }
    Ok(plan.join("\n"))
}
