//! The closed vocabularies of institutions, mirrored from `entity`: a member added there does not compile here until it is described.

use async_graphql::Enum;

/// 检验检测机构的资质状态。
///
/// The status of the qualification of a testing institution.
#[derive(Enum, Copy, Clone, Debug, Eq, PartialEq)]
#[graphql(remote = "entity::institution::InstitutionStatus")]
pub(crate) enum InstitutionStatus {
    /// 来源的用语未能识别。
    ///
    /// The word of the source is not understood.
    Unknown,
    /// 有效。
    ///
    /// In effect.
    Valid,
    /// 暂停。
    ///
    /// Suspended.
    Suspended,
    /// 注销。
    ///
    /// Cancelled.
    Cancelled,
    /// 撤销。
    ///
    /// Revoked.
    Revoked,
}

/// 资质认定或型式批准在某日有效与否的理由。
///
/// Why a qualification or a type approval holds on a day or not.
#[derive(Enum, Copy, Clone, Debug, Eq, PartialEq)]
#[graphql(remote = "entity::institution::QualificationReason")]
pub(crate) enum QualificationReason {
    /// 有效。
    ///
    /// It holds.
    Valid,
    /// 尚未发证或批准。
    ///
    /// It was given after that day.
    NotYet,
    /// 已过有效期：到期日次日起。
    ///
    /// It ran out: from the day after its last day.
    Expired,
    /// 暂停。
    ///
    /// It is suspended.
    Suspended,
    /// 注销。
    ///
    /// It was cancelled.
    Cancelled,
    /// 撤销。
    ///
    /// It was revoked.
    Revoked,
    /// 来源未给出有效期。
    ///
    /// No source tells how long it holds.
    Unknown,
}

/// 检验检测机构违法违规情形，共十二种（R60）。
///
/// The twelve kinds of misconduct of testing institutions that are looked for (R60).
#[derive(Enum, Copy, Clone, Debug, Eq, PartialEq)]
#[graphql(remote = "entity::institution::Misconduct")]
pub(crate) enum Misconduct {
    /// 未经检验检测出具报告。
    ///
    /// A report without a test.
    ReportWithoutTest,
    /// 篡改原始数据。
    ///
    /// Raw data were altered.
    RawDataAltered,
    /// 超出资质认定范围。
    ///
    /// Beyond the scope of the qualification.
    BeyondScope,
    /// 量值不能溯源。
    ///
    /// Values cannot be traced to a standard.
    NotTraceable,
    /// 报告套改。
    ///
    /// A report was made from another.
    ReportReused,
    /// 方法变更未备案。
    ///
    /// A change of method was not filed.
    MethodChangeNotFiled,
    /// 使用作废标准。
    ///
    /// Tested to a standard that is withdrawn.
    StandardObsolete,
    /// 违反检验检测程序。
    ///
    /// Not tested by the procedure.
    ProcedureWrong,
    /// 不再符合资质认定条件。
    ///
    /// The conditions of the qualification are not kept.
    ConditionsNotKept,
    /// 设备与报告数量不符。
    ///
    /// More reports than the devices can have given.
    DevicesDoNotMatchReports,
    /// 签字人资格虚假。
    ///
    /// The signatory's qualification is false.
    SignatoryQualificationFalse,
    /// 非授权签字人签发报告。
    ///
    /// Signed by somebody who is not authorised.
    SignatoryNotAuthorised,
}

/// 检验检测机构记录的质量标记：有疑问但仍予收录。
///
/// Quality flags of an institution: what is odd about it, while it is taken nevertheless.
#[derive(Enum, Copy, Clone, Debug, Eq, PartialEq)]
#[graphql(remote = "entity::institution::InstitutionFlag")]
pub(crate) enum InstitutionFlag {
    /// 来源给出的日期无法读取。
    ///
    /// A date of the source cannot be read.
    DateUnreadable,
    /// 统一社会信用代码无法读取或校验码不符。
    ///
    /// The credit code cannot be read, or its check digit does not fit.
    CreditCodeOdd,
    /// 状态用语未能识别。
    ///
    /// The word for the status is not understood.
    StatusWordUnknown,
    /// 有效期早于发证日期。
    ///
    /// It ends before it begins.
    PeriodReversed,
    /// 编号中的年份与发证日期不符。
    ///
    /// The year inside the number is not that of the day on which it was given.
    YearContradicts,
    /// 代码为虚构：生成的数据。
    ///
    /// The code is fictitious: generated data.
    Fictitious,
}
