//! Ledgers of requests (幂等): the same request sent again answers the same and writes nothing.

use sea_orm::{ConnectionTrait, DatabaseTransaction, QueryResult};
use serde::Serialize;

use super::rows::{self, Columns};
use crate::Result;

/// A table of accepted requests, word for word. Senders name their requests by the column `idempotency_key`; the column
/// `hash` tells a request from another one with the same name.
pub(crate) struct Ledger {
    /// The table.
    pub(crate) table: &'static str,
    /// The column of the sender.
    pub(crate) sender: &'static str,
    /// Every column.
    pub(crate) columns: &'static Columns,
}

/// Whether a request came before.
pub(crate) enum Sent<T> {
    /// It did not.
    First,
    /// It did, and this is what was answered.
    Again(T),
    /// Another one with its name did.
    Otherwise,
}

impl Ledger {
    /// Whether a sender sent a request before, and what was answered.
    pub(crate) async fn sent<C: ConnectionTrait, T>(
        &self,
        db: &C,
        (sender, key): (&str, &str),
        hash: &str,
        answer: impl FnOnce(&QueryResult) -> Result<T>,
    ) -> Result<Sent<T>> {
        let sql = format!(
            "SELECT * FROM {} WHERE {} = $1 AND idempotency_key = $2",
            self.table, self.sender
        );
        let Some(row) = rows::query_one(db, sql, [sender.into(), key.into()]).await? else {
            return Ok(Sent::First);
        };
        let known: String = row.try_get("", "hash")?;
        Ok(if known == hash {
            Sent::Again(answer(&row)?)
        } else {
            Sent::Otherwise
        })
    }

    /// Writes an entry; false where another request took the name in between.
    pub(crate) async fn write<R: Serialize>(
        &self,
        transaction: &DatabaseTransaction,
        entry: &R,
    ) -> Result<bool> {
        let written =
            rows::insert_missing(transaction, self.table, self.columns, std::slice::from_ref(entry)).await?;
        Ok(written == 1)
    }
}
