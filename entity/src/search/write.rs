//! Keeping the index in step with the records, in the writer's transaction.

use sea_orm::{ConnectionTrait, DatabaseTransaction, DbBackend};
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::fold::{fold, number_key, terms};
use crate::Result;
use crate::db::rows::{self, Kind};
use crate::record::{Reach, RecordKind};

/// What search finds a record by.
#[derive(Debug, Clone)]
pub(crate) struct SearchText {
    folded: String,
    number_key: String,
    weight: i32,
}

impl SearchText {
    /// A record with a title and, maybe, a number. Shorter titles come first: the word makes up more of them.
    pub(crate) fn new(title: &str, number: Option<&str>) -> Self {
        let folded_title = fold(title);
        let weight = i32::try_from(folded_title.chars().count()).unwrap_or(i32::MAX);
        let folded = match number {
            Some(number) => format!("{folded_title} {}", fold(number)),
            None => folded_title,
        };
        Self {
            folded,
            number_key: number.map(number_key).unwrap_or_default(),
            weight,
        }
    }

    /// A record that was called otherwise before; the former titles count less.
    pub(crate) fn with_former<'a>(
        title: &str,
        former: impl Iterator<Item = &'a str>,
        number: Option<&str>,
    ) -> Self {
        let mut text = Self::new(title, number);
        for name in former {
            text.folded.push(' ');
            text.folded.push_str(&fold(name));
            text.weight = text.weight.saturating_add(1);
        }
        text
    }
}

#[derive(Serialize)]
struct Entry<'a> {
    id: i64,
    kind: &'static str,
    key: &'a str,
    folded: &'a str,
    weight: i32,
    audience: &'static str,
    region: &'a str,
    number_key: &'a str,
}

#[derive(Serialize)]
struct PostgresEntry<'a> {
    #[serde(flatten)]
    entry: Entry<'a>,
    terms: Vec<String>,
}

#[derive(Serialize)]
struct SqliteTerms {
    id: i64,
    terms: String,
}

const ENTRY: [(&str, Kind); 9] = [
    ("id", Kind::Big),
    ("kind", Kind::Text),
    ("key", Kind::Text),
    ("folded", Kind::Text),
    ("weight", Kind::Int),
    ("audience", Kind::Text),
    ("region", Kind::Text),
    ("number_key", Kind::Text),
    ("terms", Kind::TextArray),
];

/// The id of an entry: 63 bits of a hash, so that nobody has to hand out numbers. Two records that met in it would
/// fail the insert, not mix: the table keeps (kind, key) unique.
fn id(kind: RecordKind, key: &str) -> i64 {
    let digest = Sha256::digest(format!("{}\n{key}", kind.as_str()));
    let bytes = digest
        .iter()
        .take(8)
        .fold(0_u64, |number, byte| (number << 8) | u64::from(*byte));
    i64::try_from(bytes >> 1).unwrap_or_default()
}

/// Writes the entries of changed records and takes out those of records that are gone.
pub(crate) async fn write(
    transaction: &DatabaseTransaction,
    kind: RecordKind,
    changed: &[(&str, Option<SearchText>, Reach)],
    gone: &[&str],
) -> Result<()> {
    let mut entries = Vec::new();
    let mut terms_of = Vec::new();
    let mut gone: Vec<&str> = gone.to_vec();
    for (key, text, reach) in changed {
        let Some(text) = text else {
            // A record that was found before may not be any more, such as one that turned out to be another.
            gone.push(key);
            continue;
        };
        entries.push(Entry {
            id: id(kind, key),
            kind: kind.as_str(),
            key,
            folded: &text.folded,
            weight: text.weight,
            audience: reach.audience.as_str(),
            region: &reach.region,
            number_key: &text.number_key,
        });
        terms_of.push(terms(&text.folded));
    }
    if transaction.get_database_backend() == DbBackend::Postgres {
        remove(transaction, kind, &gone).await?;
        let entries: Vec<_> = entries
            .into_iter()
            .zip(terms_of)
            .map(|(entry, terms)| PostgresEntry {
                entry,
                terms: terms.into_iter().collect(),
            })
            .collect();
        return rows::upsert(transaction, "search_entry", "id", &ENTRY, &entries).await;
    }
    let ids: Vec<i64> = entries
        .iter()
        .map(|entry| entry.id)
        .chain(gone.iter().map(|key| id(kind, key)))
        .collect();
    if !ids.is_empty() {
        let sql = "DELETE FROM search_term WHERE rowid IN (SELECT value FROM json_each($1))";
        rows::execute(transaction, sql, [rows::parameter(&ids)?]).await?;
    }
    remove(transaction, kind, &gone).await?;
    let (_, columns) = ENTRY.split_last().unwrap_or((&("terms", Kind::TextArray), &[]));
    rows::upsert(transaction, "search_entry", "id", columns, &entries).await?;
    let joined: Vec<SqliteTerms> = entries
        .iter()
        .zip(terms_of)
        .map(|(entry, terms)| SqliteTerms {
            id: entry.id,
            terms: terms.into_iter().collect::<Vec<_>>().join(" "),
        })
        .collect();
    if !joined.is_empty() {
        let sql = "INSERT INTO search_term (rowid, terms) SELECT value ->> '$.id', value ->> '$.terms' FROM json_each($1)";
        rows::execute(transaction, sql, [rows::parameter(&joined)?]).await?;
    }
    Ok(())
}

async fn remove(transaction: &DatabaseTransaction, kind: RecordKind, gone: &[&str]) -> Result<()> {
    if gone.is_empty() {
        return Ok(());
    }
    let gone_keys = rows::keys_in(transaction.get_database_backend(), "key", 2);
    let sql = format!("DELETE FROM search_entry WHERE kind = $1 AND {gone_keys}");
    rows::execute(transaction, sql, [kind.as_str().into(), rows::parameter(gone)?]).await?;
    Ok(())
}
