//! The closed vocabularies, mirrored from `entity`: a member added there does not compile here until it is described.

use async_graphql::Enum;

/// 自我声明的状态。
///
/// The status of a declaration.
#[derive(Enum, Copy, Clone, Debug, Eq, PartialEq)]
#[graphql(remote = "entity::declaration::DeclarationStatus")]
pub(crate) enum DeclarationStatus {
    /// 现行。
    ///
    /// In effect.
    Current,
    /// 已修订：企业的新声明取而代之。
    ///
    /// A newer declaration of the enterprise took its place.
    Revised,
    /// 废止：企业撤回了声明。
    ///
    /// The enterprise took it back.
    Withdrawn,
    /// 来源已删除。
    ///
    /// The source does not hold the record any more.
    DeletedAtSource,
    /// 来源未说明，或用语未能识别。
    ///
    /// The source says nothing, or its word is not understood.
    Unknown,
}

/// 声明版本的变更类型。
///
/// How a version of a declaration came about.
#[derive(Enum, Copy, Clone, Debug, Eq, PartialEq)]
#[graphql(remote = "entity::declaration::ChangeKind")]
pub(crate) enum ChangeKind {
    /// 首次声明。
    ///
    /// Declared for the first time.
    Declared,
    /// 修订：内容变化后重新声明（R73）。
    ///
    /// Declared anew with other content (R73).
    Revised,
    /// 更名：企业更名后重新声明（R74）。
    ///
    /// Declared anew because the enterprise was renamed (R74).
    Renamed,
    /// 被代替：来源称已有新声明，但未给出。
    ///
    /// The source says that a newer one took its place, and does not show that one.
    Superseded,
    /// 废止（R73）。
    ///
    /// Abolished (R73).
    Abolished,
    /// 来源已删除。
    ///
    /// Deleted at the source.
    DeletedAtSource,
}

/// 技术指标的类别。
///
/// The category of a technical indicator.
#[derive(Enum, Copy, Clone, Debug, Eq, PartialEq)]
#[graphql(remote = "entity::declaration::IndicatorCategory")]
pub(crate) enum IndicatorCategory {
    /// 功能指标。
    ///
    /// Functional indicator.
    Functional,
    /// 性能指标。
    ///
    /// Performance indicator.
    Performance,
    /// 安全指标。
    ///
    /// Safety indicator.
    Safety,
}

/// 机器可查的问题类型。
///
/// What a machine can find to be wrong.
#[derive(Enum, Copy, Clone, Debug, Eq, PartialEq)]
#[graphql(remote = "entity::declaration::FindingRule")]
pub(crate) enum FindingRule {
    /// 企业或团体标准的指标缺少试验方法（R71）。
    ///
    /// An indicator of an enterprise or group standard has no test method (R71).
    TestMethodMissing,
    /// 未公开功能指标或性能指标（R62，《标准化法》第二十七条）。
    ///
    /// Functional or performance indicators are not disclosed (R62, article 27 of the Standardization Law).
    IndicatorsMissing,
    /// 标准编号不符合编号规则（R61，《标准化法》第四十二条）。
    ///
    /// The standard number breaks the rules of numbering (R61, article 42 of the Standardization Law).
    NumberForm,
    /// 发布三十日后才公开（R70）。
    ///
    /// Declared later than thirty days after publication (R70).
    DeclaredLate,
    /// 所声明的标准已废止或被代替（R73）。
    ///
    /// The declared standard is withdrawn or replaced (R73).
    StandardNotInForce,
    /// 试验方法引用的标准已废止或被代替（R76）。
    ///
    /// A standard that a test method names is withdrawn or replaced (R76).
    CitedStandardNotInForce,
    /// 技术指标低于强制性标准的限值（R76，《标准化法》第二十一条）。
    ///
    /// An indicator allows what a limit of a mandatory standard forbids (R76, article 21 of the Standardization Law).
    BelowMandatoryLimit,
    /// 企业更名后未重新声明（R74）。
    ///
    /// The enterprise was renamed and did not declare anew (R74).
    EnterpriseRenamed,
}

/// 问题的严重程度。
///
/// How much a finding matters.
#[derive(Enum, Copy, Clone, Debug, Eq, PartialEq)]
#[graphql(remote = "entity::declaration::Severity")]
pub(crate) enum Severity {
    /// 提示。
    ///
    /// Worth a look.
    Info,
    /// 一般：应予改正。
    ///
    /// To be corrected.
    Warning,
    /// 严重：违反法律或强制性标准。
    ///
    /// Against a law or a mandatory standard.
    Serious,
}

/// 声明记录的质量标记：有疑问但仍予收录。
///
/// Quality flags of a declaration: what is odd about it, while it is taken nevertheless.
#[derive(Enum, Copy, Clone, Debug, Eq, PartialEq)]
#[graphql(remote = "entity::declaration::DeclarationFlag")]
pub(crate) enum DeclarationFlag {
    /// 标准编号不合语法，以原文为键。
    ///
    /// The standard number is none that the grammar knows; its text is the key.
    NumberUnreadable,
    /// 标准编号缺斜线、空格或短横，已修补（置信度低）。
    ///
    /// The standard number lost a slash, blank or dash and was repaired (low confidence).
    NumberRepaired,
    /// 来源未说明公开时间，以首次读到之日代替。
    ///
    /// The source does not tell the declaring day; the first day of reading stands for it.
    DateMissing,
    /// 来源的某个日期无法读取。
    ///
    /// A date of the source cannot be read.
    DateUnreadable,
    /// 公开时间晚于读取之日。
    ///
    /// The declaring day lies behind the day of reading.
    DateInFuture,
    /// 废止日期早于公开时间。
    ///
    /// It was abolished before it was declared.
    AbolishedBeforeDeclared,
    /// 给出了废止日期，而来源称仍现行；以状态为准。
    ///
    /// A day of abolition is given, and the source says that it is current; the status counts.
    AbolishedWhileCurrent,
    /// 状态用语不在词表中。
    ///
    /// The status word is not in the vocabulary.
    StatusWordUnknown,
    /// 来源给出的标准类型与编号不符。
    ///
    /// The type of standard that the source gives is not that of the number.
    KindDiffers,
    /// 未列产品。
    ///
    /// No product is named.
    NoProduct,
    /// 无名称的产品未收录。
    ///
    /// A product without a name was left out.
    ProductNameless,
    /// 产品或指标列表无法读取。
    ///
    /// The list of products or indicators cannot be read.
    ListUnreadable,
}
