//! What a sync client needs to know before it begins.

use async_graphql::{Context, SimpleObject};
use entity::Scope;
use entity::change::{FeedRetention, Head};

use crate::feed::{Cursor, FeedKey};
use crate::graphql::ApiError;

/// Where the snapshot is.
const SNAPSHOT: &str = "/sync/snapshot";
/// Where the sums of the reconciliation are.
const RECONCILIATION: &str = "/sync/reconciliation";

/// 同步信息。
///
/// What a sync client needs to know before it begins.
#[derive(SimpleObject)]
pub(crate) struct SyncInfo {
    /// 纪元；恢复备份后会变，此前的游标一律作废。
    ///
    /// The epoch. It changes when the hub was restored, and cursors of another one are refused.
    epoch: String,
    /// 最新游标：其后的变更尚未发生。
    ///
    /// The newest cursor: everything behind it is still to come.
    latest_cursor: String,
    /// 最早可用的游标；更早的以 `CURSOR_EXPIRED` 拒绝。
    ///
    /// The earliest cursor that is taken; older ones are refused with `CURSOR_EXPIRED`.
    earliest_cursor: String,
    /// 变更保留的天数。
    ///
    /// How many days changes are kept.
    retention_days: i64,
    /// 快照的地址（NDJSON，GET）。
    ///
    /// The path of the snapshot (NDJSON, GET).
    snapshot_path: &'static str,
    /// 对账的地址（NDJSON，GET）。
    ///
    /// The path of the reconciliation (NDJSON, GET).
    reconciliation_path: &'static str,
}

impl SyncInfo {
    /// For a reader.
    pub(super) fn new(
        ctx: &Context<'_>,
        key: &FeedKey,
        reader: &str,
        scope: &Scope,
        head: Head,
    ) -> Result<Self, ApiError> {
        let retention = ctx
            .data::<FeedRetention>()
            .map_err(|error| ApiError::internal(&error.message))?;
        let at = |position| key.seal(reader, &Cursor::at(&head.epoch, position, scope));
        Ok(Self {
            latest_cursor: at(head.position.max(head.pruned))?,
            earliest_cursor: at(head.pruned)?,
            retention_days: i64::from(retention.days()),
            snapshot_path: SNAPSHOT,
            reconciliation_path: RECONCILIATION,
            epoch: head.epoch,
        })
    }
}
