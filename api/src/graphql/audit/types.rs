//! The types of the audit trail.

use async_graphql::{Enum, Object};
use entity::audit::{Model, printable};

use crate::graphql::enums::member;
use crate::graphql::scalar::DateTime;
use crate::graphql::viewer::Role;

/// An entry for the schema.
#[derive(Clone)]
pub(crate) struct AuditEntry(pub(super) Model);

/// A text that is not there when it is empty.
fn known(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| printable(text))
}

/// 审计日志的一条：谁、何时、何地、请求了什么、如何决定（GB/T 22239）。文本中的控制字符与书写方向符以 `\u{…}` 写出。
///
/// An entry of the audit trail: who asked for what, when and from where, and what was decided (GB/T 22239). Control
/// characters and marks of direction in its texts are written out as `\u{…}`.
#[Object]
impl AuditEntry {
    /// 序号，自 1 起连续。
    ///
    /// The number, from 1 without gaps.
    async fn seq(&self) -> i64 {
        self.0.seq
    }

    /// 时刻。
    ///
    /// When it was written.
    async fn at(&self) -> DateTime {
        DateTime(self.0.at)
    }

    /// 操作者，形如 `签发方#主体`；未出示令牌时为空。
    ///
    /// Who asked, as in `issuer#subject`; null without a token.
    async fn actor(&self) -> Option<String> {
        known(&self.0.actor)
    }

    /// 角色。
    ///
    /// The role that it was asked in.
    async fn role(&self) -> Option<Role> {
        member(&self.0.role)
    }

    /// 应用。
    ///
    /// The application.
    async fn client(&self) -> Option<String> {
        known(&self.0.client)
    }

    /// 令牌编号（`jti`）。
    ///
    /// The id of the token (`jti`).
    async fn token_id(&self) -> Option<String> {
        known(&self.0.token_id)
    }

    /// 操作者的辖区（GB/T 2260）。
    ///
    /// The district of the actor (GB/T 2260).
    async fn region_code(&self) -> Option<String> {
        known(&self.0.region)
    }

    /// 查询文本的 SHA-256。
    ///
    /// The SHA-256 of the document.
    async fn operation_hash(&self) -> Option<String> {
        known(&self.0.operation_hash)
    }

    /// 操作名称。
    ///
    /// The name of the operation.
    async fn operation_name(&self) -> Option<String> {
        known(&self.0.operation_name)
    }

    /// 对象类别。
    ///
    /// The kind of what it is about.
    async fn object_kind(&self) -> Option<String> {
        known(&self.0.object_kind)
    }

    /// 对象的键；超过 100 个时最后一项说明其余数量。
    ///
    /// The keys of what it is about; past 100 the last member says how many more there were.
    async fn object_ids(&self) -> Vec<String> {
        self.0.objects().iter().map(|key| printable(key)).collect()
    }

    /// 决定。
    ///
    /// What was decided.
    async fn decision(&self) -> Option<AuditDecision> {
        member(&self.0.decision)
    }

    /// 原因，或所做之事。
    ///
    /// Why, or what was done.
    async fn reason(&self) -> Option<String> {
        self.0.reason.as_deref().map(printable)
    }

    /// 读取或写入的行数。
    ///
    /// How many rows were read or written.
    async fn row_count(&self) -> Option<i64> {
        self.0.row_count
    }

    /// 以明文给出的脱敏字段。
    ///
    /// Masked fields that were shown in clear.
    async fn unmasked(&self) -> Vec<String> {
        self.0
            .unmasked_fields()
            .iter()
            .map(|field| printable(field))
            .collect()
    }

    /// 查看明文的用途。
    ///
    /// What they were shown for.
    async fn purpose(&self) -> Option<String> {
        self.0.purpose.as_deref().map(printable)
    }

    /// 来源地址。
    ///
    /// The address that it was asked from.
    async fn address(&self) -> Option<String> {
        known(&self.0.address)
    }

    /// 请求编号，与日志及响应中的相同。
    ///
    /// The name of the request, the same as in the log and in the answer.
    async fn request_id(&self) -> Option<String> {
        known(&self.0.request_id)
    }

    /// 杂凑算法：`SHA-256` 或 `SM3`。
    ///
    /// The hash algorithm: `SHA-256` or `SM3`.
    async fn algorithm(&self) -> String {
        printable(&self.0.algorithm)
    }

    /// 上一条的杂凑值；首条为空。
    ///
    /// The hash of the entry before; null for the first.
    async fn prev_hash(&self) -> Option<String> {
        known(&self.0.prev_hash)
    }

    /// 本条的杂凑值。
    ///
    /// The hash of this entry.
    async fn hash(&self) -> String {
        printable(&self.0.hash)
    }

    /// 计算杂凑值所用的文本，一行 JSON。
    ///
    /// The text that the hash is of, one line of JSON.
    async fn canonical_text(&self) -> String {
        printable(&self.0.canonical_text())
    }
}

/// 审计决定。
///
/// What was decided.
#[derive(Enum, Copy, Clone, Debug, Eq, PartialEq)]
#[graphql(remote = "entity::audit::Decision")]
pub(crate) enum AuditDecision {
    /// 准许。
    ///
    /// It was done, or shown.
    Allowed,
    /// 拒绝。
    ///
    /// It was refused.
    Refused,
}
