//! Tables with known time (known_from, known_until): rows are closed and inserted, never changed.
//!
//! Inside a transaction new rows wait with [`PENDING`] as the beginning, and closed ones with it as the end, until the
//! instant of the commit is known: it is taken under the lock of the feed's counter, so that a reader who asks what was
//! known at an instant gets the same answer for ever.

use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, DatabaseTransaction, DbBackend};
use serde::Serialize;

use super::rows::{self, Columns};
use crate::Result;
use crate::clock::instant_text;

/// Stands for an instant that is not known yet; no clock shows it.
const PENDING: &str = "1970-01-01T00:00:00.000000+00:00";

/// A table with known time.
pub(crate) struct History {
    /// The table.
    pub(crate) table: &'static str,
    /// The column of the record that the rows belong to.
    pub(crate) owner: &'static str,
    /// Every column but the two of known time; `hash`, which tells one content from another, is among them.
    pub(crate) columns: &'static Columns,
}

impl History {
    /// Makes `rows` what is known of the records `owners` from now on. What is known already stays as it is.
    pub(crate) async fn replace<R: Serialize>(
        &self,
        transaction: &DatabaseTransaction,
        owners: &[&str],
        rows: &[R],
    ) -> Result<()> {
        let backend = transaction.get_database_backend();
        let (table, owner) = (self.table, self.owner);
        let pending = pending(backend);
        let picked = rows::from_rows(backend, self.columns);
        let parameter = rows::parameter(rows)?;
        let owned = rows::keys_in(backend, &format!("h.{owner}"), 2);
        let close = format!(
            "UPDATE {table} AS h SET known_until = {pending} WHERE h.known_until IS NULL AND {owned} \
             AND NOT EXISTS (SELECT 1 FROM {picked} WHERE x.{owner} = h.{owner} AND x.hash = h.hash)"
        );
        rows::execute(transaction, close, [parameter.clone(), rows::parameter(owners)?]).await?;
        let insert = format!(
            "INSERT INTO {table} ({names}, known_from) SELECT {selected}, {pending} FROM {picked} \
             WHERE NOT EXISTS (SELECT 1 FROM {table} h WHERE h.{owner} = x.{owner} AND h.hash = x.hash AND h.known_until IS NULL)",
            names = rows::names(self.columns),
            selected = rows::select_list(self.columns),
        );
        rows::execute(transaction, insert, [parameter]).await?;
        Ok(())
    }

    /// Gives the waiting rows of the records `owners` their instant.
    pub(crate) async fn settle(
        &self,
        transaction: &DatabaseTransaction,
        owners: &[&str],
        at: DateTime<Utc>,
    ) -> Result<()> {
        let backend = transaction.get_database_backend();
        let (table, owner) = (self.table, self.owner);
        let owned = rows::keys_in(backend, owner, 1);
        let pending = pending(backend);
        let instant = instant(backend, "$2");
        for column in ["known_from", "known_until"] {
            let sql =
                format!("UPDATE {table} SET {column} = {instant} WHERE {owned} AND {column} = {pending}");
            let values = [rows::parameter(owners)?, instant_text(at).into()];
            rows::execute(transaction, sql, values).await?;
        }
        Ok(())
    }

    /// The condition that a row of `alias` was known at the instant in parameter `$n`, or is known now.
    pub(crate) fn known(backend: DbBackend, alias: &str, at: Option<usize>) -> String {
        match at {
            None => format!("{alias}.known_until IS NULL"),
            Some(parameter) => {
                let at = instant(backend, &format!("${parameter}"));
                format!(
                    "({alias}.known_from <= {at} AND ({alias}.known_until IS NULL OR {alias}.known_until > {at}))"
                )
            }
        }
    }
}

fn pending(backend: DbBackend) -> String {
    instant(backend, &format!("'{PENDING}'"))
}

/// SQLite keeps instants as text.
fn instant(backend: DbBackend, expression: &str) -> String {
    if backend == DbBackend::Postgres {
        format!("{expression}::timestamptz")
    } else {
        expression.to_owned()
    }
}
