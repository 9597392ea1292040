//! Receipts (回执): what became of a batch, for its sender: how many records were accepted, and which were refused for what.
//!
//! A receipt is made of the run and of its rows in quarantine as they stand now, so a row that was taken later is refused no more.
//! It shows no cell of the file.

use std::collections::HashMap;

use sea_orm::{ColumnTrait, QueryFilter, QueryOrder, QuerySelect};

use super::{quarantine, run};
use crate::access::Visible;
use crate::db::rows;
use crate::{Database, Result, Scope};

/// Refused rows of a run that are shown beside it; a receipt in a file has all of them.
pub const MOST_SHOWN: i64 = 200;

/// What the sender of a batch is told.
#[derive(Debug, Clone, PartialEq)]
pub struct Receipt {
    /// The run that took the batch.
    pub run: run::Model,
}

/// A row that was refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The number of the row, from 1, without the header.
    pub row: i64,
    /// The line on which it begins, from 1.
    pub line: i64,
    /// The column at fault.
    pub column: Option<String>,
    /// A stable code.
    pub code: String,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub remedy: String,
}

impl Receipt {
    /// The receipt of a run; none where the reader does not see it.
    pub async fn of(db: &Database, scope: &Scope, run_id: &str) -> Result<Option<Self>> {
        let wanted = run::Entity::visible(scope).filter(run::Column::Id.eq(run_id));
        let run = wanted.one(&db.reading(scope).await?).await?;
        Ok(run.map(|run| Self { run }))
    }

    /// The name by which the sender knows the batch; that of the run where the file named none.
    pub fn batch(&self) -> &str {
        self.run.batch.as_deref().unwrap_or(&self.run.id)
    }

    /// Rows that were accepted, those that told nothing new among them.
    pub fn accepted(&self) -> i64 {
        self.run.read - self.run.quarantined
    }

    /// Rows that are refused.
    pub fn refused(&self) -> i64 {
        self.run.quarantined
    }

    /// The refused rows behind a row of the file, in its order, at most `most` of them.
    pub async fn refusals(
        &self,
        db: &Database,
        scope: &Scope,
        after_row: i64,
        most: u64,
    ) -> Result<Vec<Refusal>> {
        use quarantine::Column;
        let wanted = quarantine::Entity::visible(scope)
            .filter(Column::RunId.eq(&self.run.id))
            .filter(Column::State.eq(quarantine::OPEN))
            .filter(Column::RowNo.gt(after_row))
            .order_by_asc(Column::RowNo)
            .limit(most);
        let rows = wanted.all(&db.reading(scope).await?).await?;
        Ok(rows.into_iter().map(Refusal::of).collect())
    }
}

impl Refusal {
    fn of(row: quarantine::Model) -> Self {
        Self {
            row: row.row_no,
            line: row.line_no,
            column: row.field,
            code: row.code,
            message: row.message,
            remedy: row.remedy,
        }
    }

    /// The text that the row fails, where the code stands for one.
    pub fn rule(&self) -> Option<&'static str> {
        let known = RULES.iter().find(|(code, _)| *code == self.code);
        known.map(|(_, rule)| *rule)
    }
}

/// The first refused rows of runs, in the order of their files, at most [`MOST_SHOWN`] of each.
pub async fn refusals_of(
    db: &Database,
    scope: &Scope,
    runs: &[String],
) -> Result<HashMap<String, Vec<Refusal>>> {
    let sql = format!(
        "SELECT run_id, row_no, line_no, field, code, message, remedy FROM (SELECT q.*, row_number() OVER \
         (PARTITION BY q.run_id ORDER BY q.row_no) AS place FROM quarantine q WHERE {} AND q.state = '{}' AND {}) AS ranked \
         WHERE place <= $2 ORDER BY run_id, place",
        rows::keys_in(db.engine().backend(), "q.run_id", 1),
        quarantine::OPEN,
        scope.sql("q"),
    );
    let reader = db.reading(scope).await?;
    let mut found: HashMap<String, Vec<Refusal>> = HashMap::new();
    for row in rows::query(&reader, sql, [rows::parameter(runs)?, MOST_SHOWN.into()]).await? {
        let refusal = Refusal {
            row: row.try_get("", "row_no")?,
            line: row.try_get("", "line_no")?,
            column: row.try_get("", "field")?,
            code: row.try_get("", "code")?,
            message: row.try_get("", "message")?,
            remedy: row.try_get("", "remedy")?,
        };
        found.entry(row.try_get("", "run_id")?).or_default().push(refusal);
    }
    Ok(found)
}

/// Codes of refusals and the texts behind them.
const RULES: &[(&str, &str)] = &[
    ("BAD_ENCODING", "GB 18030-2022"),
    ("CELL_COUNT", "RFC 4180"),
    ("CUT_RECORD", "XML 1.0"),
    ("ENTERPRISE_MISSING", "GB 32100-2015"),
    ("MALFORMED_JSON", "RFC 8259"),
    ("MALFORMED_RECORD", "GB/T 39443-2020"),
    ("MALFORMED_ROW", "RFC 4180"),
    ("MALFORMED_XML", "XML 1.0"),
    ("NESTED_ELEMENT", "GB/T 39443-2020"),
    ("OPEN_QUOTE", "RFC 4180"),
    ("REPEATED_KEY", "GB/T 39443-2020"),
    ("UNKNOWN_ENTITY", "XML 1.0"),
];
