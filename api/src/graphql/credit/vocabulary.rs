//! The closed vocabularies, mirrored from `entity`: a member added there does not compile here until it is described.

use async_graphql::Enum;

/// 行政相对人类别。
///
/// What kind of subject a decision is about.
#[derive(Enum, Copy, Clone, Debug, Eq, PartialEq)]
#[graphql(remote = "entity::credit::SubjectKind")]
pub(crate) enum SubjectKind {
    /// 法人及非法人组织。
    ///
    /// Legal persons and other organisations.
    Organization,
    /// 个体工商户。
    ///
    /// Individual businesses.
    IndividualBusiness,
    /// 自然人。
    ///
    /// Natural persons.
    NaturalPerson,
}

/// 处罚类别（行政处罚法第九条）。
///
/// Kinds of penalties (article 9 of the law on administrative penalties).
#[derive(Enum, Copy, Clone, Debug, Eq, PartialEq)]
#[graphql(remote = "entity::credit::PenaltyKind")]
pub(crate) enum PenaltyKind {
    /// 警告。
    ///
    /// Warning.
    Warning,
    /// 通报批评。
    ///
    /// Circulated criticism.
    Criticism,
    /// 罚款。
    ///
    /// Fine.
    Fine,
    /// 没收违法所得、没收非法财物。
    ///
    /// Confiscation of gains or goods.
    Confiscation,
    /// 暂扣许可证件。
    ///
    /// Suspension of a licence.
    Suspension,
    /// 降低资质等级。
    ///
    /// Downgrading of a qualification.
    Downgrading,
    /// 限制开展生产经营活动、责令停产停业、责令关闭、限制从业。
    ///
    /// Restriction or stop of business.
    Restriction,
    /// 吊销许可证件。
    ///
    /// Revocation of a licence.
    Revocation,
    /// 行政拘留。
    ///
    /// Detention.
    Detention,
    /// 其他。
    ///
    /// Other kinds.
    Other,
}

/// 公示期限（市场监督管理行政处罚信息公示规定）。
///
/// How long a penalty is shown (Order 45 of the State administration).
#[derive(Enum, Copy, Clone, Debug, Eq, PartialEq)]
#[graphql(remote = "entity::credit::PublicationTerm")]
pub(crate) enum PublicationTerm {
    /// 仅警告，不公示。
    ///
    /// A warning alone is not shown.
    NotPublished,
    /// 通报批评或者较低数额罚款，三个月。
    ///
    /// Criticism or a low fine, three months.
    ThreeMonths,
    /// 其他，三年。
    ///
    /// Others, three years.
    ThreeYears,
}

/// 公示或不公示的理由。
///
/// Why a record is shown to the public, or is not.
#[derive(Enum, Copy, Clone, Debug, Eq, PartialEq)]
#[graphql(remote = "entity::credit::PublicationReason")]
pub(crate) enum PublicationReason {
    /// 自然人，从不公示。
    ///
    /// A natural person: never.
    NaturalPerson,
    /// 仅警告，从不公示。
    ///
    /// A warning alone: never.
    WarningOnly,
    /// 公示尚未开始。
    ///
    /// Its time has not begun.
    NotBegun,
    /// 公示期内。
    ///
    /// Inside its time.
    InTerm,
    /// 公示期届满。
    ///
    /// Its term is over.
    TermEnded,
    /// 来源给出的公示截止期已过。
    ///
    /// The source's own last day is over.
    SourceEnded,
    /// 信用修复，提前停止公示；或已移出严重违法失信名单。
    ///
    /// Ended early by an approved repair, or by the removal from the list of serious violations.
    Repaired,
}

/// 许可状态。
///
/// States of a licence.
#[derive(Enum, Copy, Clone, Debug, Eq, PartialEq)]
#[graphql(remote = "entity::credit::LicenceStatus")]
pub(crate) enum LicenceStatus {
    /// 有效。
    ///
    /// Valid.
    Valid,
    /// 异议。
    ///
    /// Disputed.
    Disputed,
    /// 撤销、撤回。
    ///
    /// Annulled.
    Annulled,
    /// 吊销。
    ///
    /// Revoked.
    Revoked,
    /// 注销。
    ///
    /// Cancelled.
    Cancelled,
    /// 来源用语不在词表中。
    ///
    /// The word of the source is not understood.
    Unknown,
}

/// 名单。
///
/// Lists of enterprises.
#[derive(Enum, Copy, Clone, Debug, Eq, PartialEq)]
#[graphql(remote = "entity::credit::CreditList")]
pub(crate) enum CreditList {
    /// 经营异常名录。
    ///
    /// Abnormal operation.
    Abnormal,
    /// 严重违法失信名单。
    ///
    /// Serious violations.
    Serious,
}

/// 信用修复的事项。
///
/// What a repair is about.
#[derive(Enum, Copy, Clone, Debug, Eq, PartialEq)]
#[graphql(remote = "entity::credit::RepairTarget")]
pub(crate) enum RepairTarget {
    /// 行政处罚。
    ///
    /// A penalty.
    Penalty,
    /// 经营异常名录。
    ///
    /// The list of abnormal operation.
    Abnormal,
    /// 严重违法失信名单。
    ///
    /// The list of serious violations.
    Serious,
}

/// 信用修复结果。
///
/// Results of a repair.
#[derive(Enum, Copy, Clone, Debug, Eq, PartialEq)]
#[graphql(remote = "entity::credit::RepairResult")]
pub(crate) enum RepairResult {
    /// 已申请。
    ///
    /// Applied for.
    Applied,
    /// 已受理。
    ///
    /// Accepted.
    Accepted,
    /// 不予修复。
    ///
    /// Refused.
    Refused,
    /// 准予修复。
    ///
    /// Approved.
    Approved,
}

/// 信用风险等级。
///
/// Risk classes.
#[derive(Enum, Copy, Clone, Debug, Eq, PartialEq)]
#[graphql(remote = "entity::credit::RiskClass")]
pub(crate) enum RiskClass {
    /// 信用风险低。
    ///
    /// Low risk.
    A,
    /// 信用风险一般。
    ///
    /// Ordinary risk.
    B,
    /// 信用风险较高。
    ///
    /// Raised risk.
    C,
    /// 信用风险高。
    ///
    /// High risk.
    D,
}

/// 信用记录的质量标记：有疑问但仍予收录。
///
/// Quality flags of a credit record: what is odd about it, while it is taken nevertheless.
#[derive(Enum, Copy, Clone, Debug, Eq, PartialEq)]
#[graphql(remote = "entity::credit::CreditFlag")]
pub(crate) enum CreditFlag {
    /// 没有可读的统一社会信用代码，以名称识别。
    ///
    /// No credit code can be read; the subject is known by its name.
    NoCreditCode,
    /// 统一社会信用代码校验位不符（GB 32100-2015）。
    ///
    /// The check digit of the credit code does not fit (GB 32100-2015).
    CreditCodeCheckFailed,
    /// 文号不合 GB/T 9704 的形式。
    ///
    /// The document number has not the form of GB/T 9704.
    DocumentNumberForm,
    /// 有日期无法读取。
    ///
    /// A date cannot be read.
    DateUnreadable,
    /// 日期晚于文件所描述的日期。
    ///
    /// A date is later than the day that the file describes.
    DateInFuture,
    /// 期限的止早于起。
    ///
    /// A term ends before it begins.
    PeriodReversed,
    /// 日期早于企业成立日期。
    ///
    /// The day is before that on which the enterprise was established.
    BeforeEstablished,
    /// 金额无法读为整数分，未予收录。
    ///
    /// An amount is no whole number of fen and was left out.
    AmountUnreadable,
    /// 以万元计的金额疑似以元填写。
    ///
    /// An amount in units of 10,000 yuan looks like one in yuan.
    AmountLooksLikeYuan,
    /// 处罚含罚款而无金额。
    ///
    /// There is a fine and no amount.
    AmountMissing,
    /// 来源用语不在词表中。
    ///
    /// A word of the source is not understood.
    WordUnknown,
    /// 无机构号码且名称似人名，按自然人处理。
    ///
    /// Taken for a natural person, because nothing says that it is none.
    TakenForPerson,
    /// 信用代码为虚构，属生成数据。
    ///
    /// The credit code is fictitious: generated data.
    Fictitious,
}
