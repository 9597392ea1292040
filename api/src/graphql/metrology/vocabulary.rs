//! The closed vocabularies of metrology, mirrored from `entity`: a member added there does not compile here until it is described.

use async_graphql::Enum;

/// 强检用途（《计量法》第九条）。
///
/// What an instrument is used for, of the uses for which the law orders verification (计量法 art 9).
#[derive(Enum, Copy, Clone, Debug, Eq, PartialEq)]
#[graphql(remote = "entity::metrology::Purpose")]
pub(crate) enum Purpose {
    /// 贸易结算。
    ///
    /// Settling trade.
    TradeSettlement,
    /// 安全防护。
    ///
    /// Protecting safety.
    Safety,
    /// 医疗卫生。
    ///
    /// Medicine and health.
    Medical,
    /// 环境监测。
    ///
    /// Watching the environment.
    Environment,
    /// 社会公用计量标准器具。
    ///
    /// A measurement standard for public use.
    SocialStandard,
    /// 部门、企业事业单位最高计量标准器具。
    ///
    /// The highest measurement standard of a department or an organisation.
    HighestStandard,
}

/// 监管方式（《实施强制管理的计量器具目录》）。
///
/// How the catalogue of instruments under mandatory control puts an instrument under control.
#[derive(Enum, Copy, Clone, Debug, Eq, PartialEq)]
#[graphql(remote = "entity::metrology::ControlMode")]
pub(crate) enum ControlMode {
    /// P：型式批准。
    ///
    /// P: approval of the type.
    TypeApproval,
    /// V：强制检定。
    ///
    /// V: mandatory verification.
    Verification,
    /// P+V：型式批准和强制检定。
    ///
    /// P+V: both.
    Both,
}

/// 强检方式（《实施强制管理的计量器具目录》）。
///
/// How often the catalogue orders an instrument to be verified.
#[derive(Enum, Copy, Clone, Debug, Eq, PartialEq)]
#[graphql(remote = "entity::metrology::VerificationMode")]
pub(crate) enum VerificationMode {
    /// 周期检定。
    ///
    /// At the end of each period.
    Periodic,
    /// 只做首次强制检定，失准报废。
    ///
    /// Once, before first use; it is scrapped when it fails.
    FirstUntilFailure,
    /// 只做首次强制检定，限期使用、到期轮换。
    ///
    /// Once, before first use; it is rotated at the end of its time of use.
    FirstWithRotation,
}

/// 器具状态。
///
/// The state of an instrument.
#[derive(Enum, Copy, Clone, Debug, Eq, PartialEq)]
#[graphql(remote = "entity::metrology::InstrumentStatus")]
pub(crate) enum InstrumentStatus {
    /// 来源的用语未能识别。
    ///
    /// The word of the source is not understood.
    Unknown,
    /// 审核中：登记待审核，不影响检定义务。
    ///
    /// The entry is being looked at; the duty to verify stands.
    UnderReview,
    /// 退回：登记被退回，不影响检定义务。
    ///
    /// The entry was sent back; the duty to verify stands.
    Returned,
    /// 正常。
    ///
    /// In use.
    InUse,
    /// 停用。
    ///
    /// Out of use for the time being.
    Stopped,
    /// 报废。
    ///
    /// Scrapped.
    Scrapped,
}

/// 检定结论。
///
/// What a verification concludes.
#[derive(Enum, Copy, Clone, Debug, Eq, PartialEq)]
#[graphql(remote = "entity::metrology::Conclusion")]
pub(crate) enum Conclusion {
    /// 合格。
    ///
    /// The instrument passed.
    Passed,
    /// 不合格。
    ///
    /// The instrument failed.
    Failed,
}

/// 检定证书种类。
///
/// The paper or mark by which a verification is told.
#[derive(Enum, Copy, Clone, Debug, Eq, PartialEq)]
#[graphql(remote = "entity::metrology::CertificateKind")]
pub(crate) enum CertificateKind {
    /// 检定证书。
    ///
    /// A verification certificate.
    Certificate,
    /// 检定结果通知书：不合格。
    ///
    /// A notice of the result: the instrument failed.
    ResultNotice,
    /// 检定合格证。
    ///
    /// A certificate of conformity.
    PassCertificate,
    /// 检定合格印。
    ///
    /// A seal of conformity.
    PassSeal,
    /// 注销印：不得使用。
    ///
    /// A cancelled seal: the instrument must not be used.
    CancellationSeal,
}

/// 检定周期的单位。
///
/// The unit of a period between verifications.
#[derive(Enum, Copy, Clone, Debug, Eq, PartialEq)]
#[graphql(remote = "entity::metrology::PeriodUnit")]
pub(crate) enum PeriodUnit {
    /// 天。
    ///
    /// Days.
    Days,
    /// 月。
    ///
    /// Months.
    Months,
}

/// 器具在某日可否使用的理由。
///
/// Why an instrument may be used on a day or not.
#[derive(Enum, Copy, Clone, Debug, Eq, PartialEq)]
#[graphql(remote = "entity::metrology::StandingReason")]
pub(crate) enum StandingReason {
    /// 检定有效，到期日在 30 天以后。
    ///
    /// Verified, and due in more than 30 days.
    Verified,
    /// 检定有效，当日或 30 天内到期。
    ///
    /// Verified, and due on that day or within 30 days.
    DueSoon,
    /// 已做首次强制检定，使用至失准报废。
    ///
    /// Verified once, and good until it fails.
    VerifiedOnce,
    /// 已检定，来源未给出有效期或周期。
    ///
    /// Verified, but no source tells a validity or a period.
    DueDayUnknown,
    /// 超期未检：到期日次日起。
    ///
    /// Overdue: from the day after the due day.
    PastDue,
    /// 到期未轮换：使用期限届满次日起。
    ///
    /// To be rotated: from the day after the end of its time of use.
    PastUseBy,
    /// 最近一次检定不合格。
    ///
    /// The last verification failed.
    Failed,
    /// 在用而无检定记录。
    ///
    /// In use, and nobody tells of a verification.
    NeverVerified,
    /// 已停用或报废，不需检定。
    ///
    /// Stopped or scrapped: nothing is due.
    NotMeasuring,
    /// 仅实行型式批准，不需强制检定。
    ///
    /// Under type approval alone: no verification is ordered.
    NotRequired,
}

/// 计量器具问题线索的规则。
///
/// What is looked for in instruments.
#[derive(Enum, Copy, Clone, Debug, Eq, PartialEq)]
#[graphql(remote = "entity::metrology::InstrumentRule")]
pub(crate) enum InstrumentRule {
    /// 超期未检或到期未轮换而在用（R59）。
    ///
    /// In use after the due day, or after its time of use (R59).
    OverdueInUse,
    /// 未经检定而在用（R59）。
    ///
    /// In use without any verification (R59).
    UnverifiedInUse,
    /// 检定不合格而在用（R59）。
    ///
    /// In use although the last verification failed (R59).
    FailedInUse,
    /// 未登记造册（R59）。
    ///
    /// Not registered (R59).
    NotRegistered,
    /// 未备案（R59）。
    ///
    /// Not filed with the bureau (R59).
    NotFiled,
    /// 使用非法定计量单位（R59）。
    ///
    /// A unit that is not legal (R59).
    UnitNotLegal,
    /// 检定日期早于使用单位成立日期。
    ///
    /// Verified before its owner was established.
    OlderThanOwner,
    /// 实行型式批准的器具，出厂日期不在所载型式批准的有效期间内（《计量法》第十三条）。
    ///
    /// Under type approval, and made on a day on which the approval that it names was not in effect (计量法 art 13).
    MadeOutsideApproval,
}

/// 计量器具记录的质量标记：有疑问但仍予收录。
///
/// Quality flags of an instrument: what is odd about it, while it is taken nevertheless.
#[derive(Enum, Copy, Clone, Debug, Eq, PartialEq)]
#[graphql(remote = "entity::metrology::InstrumentFlag")]
pub(crate) enum InstrumentFlag {
    /// 无来源给出使用单位的统一社会信用代码。
    ///
    /// No source gives the owner's credit code.
    NoCreditCode,
    /// 使用单位的统一社会信用代码无法读取或校验码不符。
    ///
    /// The owner's credit code cannot be read, or its check digit does not fit.
    CreditCodeOdd,
    /// 来源给出的日期无法读取。
    ///
    /// A date of the source cannot be read.
    DateUnreadable,
    /// 检定日期晚于文件描述的日期，不予采信。
    ///
    /// A verification is dated later than the file that tells of it; it is not believed.
    DateInFuture,
    /// 有效期与下次检定日期相差一天。
    ///
    /// A validity and a next verification differ by one day.
    ValidityOffByOne,
    /// 同一次检定的日期互相矛盾。
    ///
    /// The days of one verification contradict each other.
    ValidityContradicts,
    /// 检定日期早于出厂日期。
    ///
    /// Verified before it was made.
    VerifiedBeforeMade,
    /// 结论与证书种类矛盾，采信不合格。
    ///
    /// Conclusions contradict each other; the worse is believed.
    ConclusionContradicts,
    /// 检定周期无法读取。
    ///
    /// The period cannot be read.
    PeriodUnreadable,
    /// 检定周期没有单位：60 以内按月，以上按天。
    ///
    /// The period has no unit: up to 60 it is taken for months, above that for days.
    PeriodUnitAssumed,
    /// 状态、用途、方式或结论的用语未能识别。
    ///
    /// A word for status, purpose, mode or conclusion is not understood.
    WordUnknown,
    /// 多个有编号的器具具有相同的使用单位、出厂编号和制造单位。
    ///
    /// Several instruments with codes share owner, serial number and maker.
    SerialAmbiguous,
    /// 使用单位的代码为虚构：生成的数据。
    ///
    /// The owner's code is fictitious: generated data.
    Fictitious,
}
