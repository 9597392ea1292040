//! The closed vocabularies, mirrored from `entity`: a member added there does not compile here until it is described.

use async_graphql::Enum;

/// 批注类型。
///
/// What an annotation is.
#[derive(Enum, Copy, Clone, Debug, Eq, PartialEq)]
#[graphql(remote = "entity::annotation::AnnotationKind")]
pub(crate) enum AnnotationKind {
    /// 说明。
    ///
    /// A remark.
    Remark,
    /// 核实属实：人工核实，问题存在。
    ///
    /// A person looked, and what the finding says is so.
    Confirmed,
    /// 核实不实：人工核实，问题不存在。
    ///
    /// A person looked, and what the finding says is not so.
    Dismissed,
    /// 责令改正（《标准化法》第三十八条，R37）。
    ///
    /// The enterprise is ordered to correct it (article 38 of the Standardization Law, R37).
    Correction,
}

/// 审批环节：未经批准，任何单位和个人不得擅自公布（R22）。
///
/// How far something is on its way to its readers: nobody publishes it without an authorised act (R22).
#[derive(Enum, Copy, Clone, Debug, Eq, PartialEq)]
#[graphql(remote = "entity::embargo::Stage", name = "ApprovalStage")]
pub(crate) enum Stage {
    /// 草稿。
    ///
    /// Its author writes it.
    Draft,
    /// 已报送：待审核。
    ///
    /// Sent in for review.
    Submitted,
    /// 已审核：待两人批准。
    ///
    /// Somebody else found it right; two persons have to authorise it.
    Reviewed,
    /// 已批准：两人批准，有发文字号。
    ///
    /// Two persons answer for its publication, under a document number.
    Authorised,
    /// 已发布。
    ///
    /// Those for whom it is meant see it.
    Published,
    /// 已撤回：发布后撤回，仅本辖区工作人员可见。
    ///
    /// Taken back after publication; staff of the district still see it.
    Withdrawn,
}

/// 公开对象。
///
/// For whom something is meant once it is published.
#[derive(Enum, Copy, Clone, Debug, Eq, PartialEq)]
#[graphql(remote = "entity::embargo::Addressee")]
pub(crate) enum Addressee {
    /// 社会公众。
    ///
    /// Everybody.
    Public,
    /// 相关企业（及本辖区工作人员）。
    ///
    /// The enterprise that it is about, and staff of the district.
    Enterprise,
}

/// 审批事项。
///
/// A step on the way.
#[derive(Enum, Copy, Clone, Debug, Eq, PartialEq)]
pub(crate) enum ApprovalStep {
    /// 报送草稿。
    ///
    /// Send a draft in.
    Submit,
    /// 审核：不得由起草人或报送人办理。
    ///
    /// Find it right; not by who wrote it or sent it in.
    Review,
    /// 批准：须由起草人以外的两人分别办理，第一人填写发文字号。
    ///
    /// Authorise: two persons do, each for themselves and neither of them the author; the first gives the document number.
    Authorise,
    /// 发布。
    ///
    /// Publish what was authorised.
    Publish,
    /// 退回草稿，须说明理由；除起草人外的签署一并作废。
    ///
    /// Send back to the draft, with a reason; every signature but the author's is taken back.
    Return,
    /// 撤回已发布的，须说明理由。
    ///
    /// Take back what was published, with a reason.
    Withdraw,
}
