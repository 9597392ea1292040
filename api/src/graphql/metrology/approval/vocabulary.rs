//! The closed vocabularies of type approvals, mirrored from `entity`: a member added there does not compile here until it is described.

use async_graphql::Enum;

/// 型式批准的状态。
///
/// The status of a type approval.
#[derive(Enum, Copy, Clone, Debug, Eq, PartialEq)]
#[graphql(name = "TypeApprovalStatus", remote = "entity::metrology::ApprovalStatus")]
pub(crate) enum ApprovalStatus {
    /// 来源的用语未能识别。
    ///
    /// The word of the source is not understood.
    Unknown,
    /// 有效。
    ///
    /// In effect.
    Valid,
    /// 注销。
    ///
    /// Cancelled.
    Cancelled,
    /// 撤销。
    ///
    /// Revoked.
    Revoked,
}

/// 型式批准所及计量器具的来源。
///
/// Where the instruments of an approved type come from.
#[derive(Enum, Copy, Clone, Debug, Eq, PartialEq)]
#[graphql(name = "TypeApprovalOrigin", remote = "entity::metrology::ApprovalOrigin")]
pub(crate) enum ApprovalOrigin {
    /// 国产。
    ///
    /// Made in China.
    Domestic,
    /// 进口。
    ///
    /// Imported.
    Import,
}

/// 型式批准记录的质量标记：有疑问但仍予收录。
///
/// Quality flags of a type approval: what is odd about it, while it is taken nevertheless.
#[derive(Enum, Copy, Clone, Debug, Eq, PartialEq)]
#[graphql(name = "TypeApprovalFlag", remote = "entity::metrology::ApprovalFlag")]
pub(crate) enum ApprovalFlag {
    /// 来源给出的日期无法读取。
    ///
    /// A date of the source cannot be read.
    DateUnreadable,
    /// 申请单位的统一社会信用代码无法读取或校验码不符。
    ///
    /// The holder's credit code cannot be read, or its check digit does not fit.
    CreditCodeOdd,
    /// 状态或国产、进口的用语未能识别。
    ///
    /// The word for the status or the origin is not understood.
    WordUnknown,
    /// 有效期至早于批准日期。
    ///
    /// It ends before it begins.
    PeriodReversed,
    /// 编号中的年份与批准日期不符。
    ///
    /// The year inside the number is another than that of the day on which it was given.
    YearContradicts,
    /// 申请单位的代码为虚构：生成的数据。
    ///
    /// The holder's code is fictitious: generated data.
    Fictitious,
}
