//! Why a record changed.

use sea_orm::DatabaseTransaction;

use crate::Result;
use crate::db::rows;
use crate::ingestion::run;
use crate::vocabulary::vocabulary;

vocabulary! {
    /// 变更原因.
    ChangeReason {
        /// 来源报送: a source said something new.
        Source = "SOURCE",
        /// 重新处理: the same file was read again by a newer adapter, or a row left quarantine.
        Reprocessing = "REPROCESSING",
        /// 更正: the source sent another word about a day of which it had spoken.
        Correction = "CORRECTION",
        /// 归并: the record turned out to be another one, which has a credit code.
        Merge = "MERGE",
        /// 信用修复: a repair was decided on.
        Repair = "REPAIR",
        /// 撤回: the source took the record back.
        Withdrawal = "WITHDRAWAL",
    }
}

impl ChangeReason {
    /// Why a run changes what it changes, as long as the record itself tells nothing else.
    pub(crate) async fn of(transaction: &DatabaseTransaction, run: &run::Model) -> Result<Self> {
        let sql = "SELECT max(CASE WHEN object_sha256 = $2 THEN 2 ELSE 1 END) AS kind FROM ingest_run \
             WHERE source = $1 AND id <> $3 AND adapter = $4 \
             AND ((object_sha256 = $2 AND adapter_version <> $5) OR (object_sha256 <> $2 AND form = $6 AND file_name = $7 AND as_of = $8))";
        let values = [
            run.source.as_str().into(),
            run.object_sha256.as_str().into(),
            run.id.as_str().into(),
            run.adapter.as_str().into(),
            run.adapter_version.as_str().into(),
            run.form.as_str().into(),
            run.file_name.as_str().into(),
            run.as_of.into(),
        ];
        let row = rows::query_one(transaction, sql, values).await?;
        let kind: Option<i32> = row.map(|row| row.try_get("", "kind")).transpose()?.flatten();
        Ok(match kind {
            Some(2) => Self::Reprocessing,
            Some(_) => Self::Correction,
            None => Self::Source,
        })
    }
}
