//! The filter of the audit trail.

use async_graphql::InputObject;
use entity::audit as domain;

use super::types::AuditDecision;
use crate::graphql::scalar::DateTime;

/// 审计日志列表的条件。
///
/// Which entries of the audit trail are wanted.
#[derive(InputObject, Default, Debug)]
pub(crate) struct AuditEntryFilter {
    /// 操作者，形如 `签发方#主体`。
    ///
    /// By this actor, as in `issuer#subject`.
    actor: Option<String>,
    /// 准许或拒绝。
    ///
    /// Allowed or refused.
    decision: Option<AuditDecision>,
    /// 对象类别，如 `Declaration`。
    ///
    /// About this kind of thing, such as `Declaration`.
    object_kind: Option<String>,
    /// 对象的键。
    ///
    /// About the thing with this key.
    object: Option<String>,
    /// 请求编号。
    ///
    /// Of this request.
    request_id: Option<String>,
    /// 自此时刻起（含）。
    ///
    /// Written at this instant or later.
    since: Option<DateTime>,
    /// 此时刻之前（不含）。
    ///
    /// Written before this instant.
    until: Option<DateTime>,
}

impl AuditEntryFilter {
    /// In the words of the domain.
    pub(super) fn domain(self) -> domain::AuditFilter {
        domain::AuditFilter {
            actor: self.actor,
            decision: self.decision.map(Into::into),
            object_kind: self.object_kind,
            object: self.object,
            request_id: self.request_id,
            since: self.since.map(|at| at.0),
            until: self.until.map(|at| at.0),
        }
    }
}
