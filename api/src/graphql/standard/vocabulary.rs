//! The closed vocabularies, mirrored from `entity`: a member added there does not compile here until it is described.

use async_graphql::Enum;

/// 标准的层级，依《标准化法》第二条及数据来源的类别。
///
/// The level of a standard, after article 2 of the Standardization Law and the kinds that sources have.
#[derive(Enum, Copy, Clone, Debug, Eq, PartialEq)]
#[graphql(remote = "entity::value::StandardKind")]
pub(crate) enum StandardKind {
    /// 国家标准（GB、GB/T、GB/Z 等）。
    ///
    /// National standard.
    National,
    /// 行业标准。
    ///
    /// Industry standard.
    Industry,
    /// 地方标准（DB 加行政区划代码）。
    ///
    /// Local standard.
    Local,
    /// 团体标准（T/）。
    ///
    /// Group standard.
    Group,
    /// 企业标准（Q/）。
    ///
    /// Enterprise standard.
    Enterprise,
    /// 计量技术规范（JJG、JJF）。
    ///
    /// Metrological regulation.
    Metrology,
    /// 国际标准或国外标准。
    ///
    /// International or foreign standard.
    Foreign,
    /// 其他。
    ///
    /// Anything else.
    Other,
}

/// 标准的性质，依《标准化法》第二条。
///
/// The nature of a standard, after article 2 of the Standardization Law.
#[derive(Enum, Copy, Clone, Debug, Eq, PartialEq)]
#[graphql(remote = "entity::value::StandardNature")]
pub(crate) enum StandardNature {
    /// 强制性。
    ///
    /// Mandatory.
    Mandatory,
    /// 推荐性（/T）。
    ///
    /// Recommended.
    Recommended,
    /// 指导性技术文件（/Z）。
    ///
    /// Guidance document.
    Guidance,
}

/// 标准状态。
///
/// The status of a standard.
#[derive(Enum, Copy, Clone, Debug, Eq, PartialEq)]
#[graphql(remote = "entity::standard::StandardStatus")]
pub(crate) enum StandardStatus {
    /// 即将实施：已发布，尚未到实施日期。
    ///
    /// Issued, not yet in force.
    Upcoming,
    /// 现行。
    ///
    /// In force.
    InForce,
    /// 被代替。
    ///
    /// A newer standard took its place.
    Replaced,
    /// 废止。
    ///
    /// Abolished.
    Withdrawn,
    /// 未知：来源未说明或其用词不在词表中。
    ///
    /// Nothing is known, or the source's word is not in the vocabulary.
    Unknown,
}

/// 标准项目的阶段，参照 GB/T 16733。
///
/// The stage of a standard project, after GB/T 16733.
#[derive(Enum, Copy, Clone, Debug, Eq, PartialEq)]
#[graphql(remote = "entity::standard::ProjectStage")]
pub(crate) enum ProjectStage {
    /// 正在起草。
    ///
    /// Being drafted.
    Drafting,
    /// 正在征求意见。
    ///
    /// Open for comments.
    Soliciting,
    /// 正在审查。
    ///
    /// Under review.
    Reviewing,
    /// 正在批准。
    ///
    /// Under approval.
    Approving,
    /// 已发布。
    ///
    /// Issued as a standard.
    Published,
    /// 暂缓。
    ///
    /// Suspended.
    Suspended,
    /// 已终止。
    ///
    /// Terminated.
    Terminated,
    /// 未知：来源用词不在词表中。
    ///
    /// The source's word is not in the vocabulary.
    Unknown,
}

/// 质量标记：记录照收，异常之处加以标明。
///
/// Quality flags: the record was taken, and this is what is odd about it.
#[derive(Enum, Copy, Clone, Debug, Eq, PartialEq)]
#[graphql(remote = "entity::standard::StandardFlag")]
pub(crate) enum StandardFlag {
    /// 来源中的日期只有年份，或只有年月。
    ///
    /// A date of the source holds only a year, or a year and a month.
    DateIncomplete,
    /// 来源中的日期是占位值，如 1900-01-01。
    ///
    /// A date of the source is a placeholder such as 1900-01-01.
    DateOutOfRange,
    /// 来源中的日期无法读取。
    ///
    /// A date of the source cannot be read.
    DateUnreadable,
    /// 实施日期早于发布日期。
    ///
    /// It takes effect before it was issued.
    EffectiveBeforeIssued,
    /// 来源的状态用词不在词表中。
    ///
    /// The source's word for the status is not in the vocabulary.
    StatusWordUnknown,
    /// 名称原为误码（UTF-8 被当作 Latin-1），已复原。
    ///
    /// The title was UTF-8 read as Latin-1 and was repaired.
    TitleMojibakeRepaired,
    /// 名称中有可疑字符，保留原样。
    ///
    /// The title holds signs that do not belong there; it is left as it is.
    TitleSuspect,
    /// 已从名称中去掉编号、书名号、文件后缀或附注。
    ///
    /// A number, brackets, a file ending or a remark was taken off the title.
    TitleCleaned,
    /// 编号在单元格中不完整，已由名称补全。
    ///
    /// The number was cut in its cell and completed from the title.
    NumberRecovered,
    /// 已从编号中去掉附注或名称。
    ///
    /// A note or title was taken off the number.
    NumberCleaned,
    /// 编号缺少斜线、空格或连接号，已推断修复，可信度低。
    ///
    /// The number lost a slash, blank or dash and was repaired; low confidence.
    NumberRepaired,
    /// 多个机构联合发布，一文多号。
    ///
    /// Several bodies issued it under a number each.
    NumberJoint,
    /// 编号前缀不在已知表中。
    ///
    /// The prefix of the number is in no table.
    PrefixUnknown,
    /// ICS 字段部分无法读取。
    ///
    /// A part of the ICS field cannot be read.
    IcsUnreadable,
    /// CCS 字段部分无法读取。
    ///
    /// A part of the CCS field cannot be read.
    CcsUnreadable,
    /// 发布部门不在已知表中，名称照来源原文。
    ///
    /// An issuing body is in no table; its name is the source's word.
    IssuerUnrecognised,
    /// 部分被代替。
    ///
    /// A newer standard took the place of a part.
    PartlyReplaced,
}

/// 说明文字的语言。
///
/// The language of an explanation.
#[derive(Enum, Copy, Clone, Debug, Eq, PartialEq)]
pub(crate) enum Lang {
    /// 中文。
    ///
    /// Chinese.
    Zh,
    /// 英文。
    ///
    /// English.
    En,
}
