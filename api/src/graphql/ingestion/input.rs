//! Filters of runs and of quarantine.

use async_graphql::InputObject;

use super::types::{QuarantineState, RunState};

/// 采集批次列表的条件。
///
/// Which runs are wanted.
#[derive(InputObject, Default, Debug)]
pub(crate) struct IngestionRunFilter {
    /// 来源简称。
    ///
    /// Of this source.
    pub(super) source: Option<String>,
    /// 状态。
    ///
    /// In this state.
    pub(super) state: Option<RunState>,
    /// 报送方的批次号。
    ///
    /// Of this batch of the sender.
    pub(super) batch: Option<String>,
}

/// 隔离区列表的条件。
///
/// Which rows in quarantine are wanted.
#[derive(InputObject, Default, Debug)]
pub(crate) struct QuarantineFilter {
    /// 批次标识。
    ///
    /// Of this run.
    pub(super) run_id: Option<String>,
    /// 来源简称。
    ///
    /// Of this source.
    pub(super) source: Option<String>,
    /// 固定代码。
    ///
    /// With this code.
    pub(super) code: Option<String>,
    /// 状态。
    ///
    /// Waiting or taken later.
    pub(super) state: Option<QuarantineState>,
}
