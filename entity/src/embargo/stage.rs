//! How far something is on its way to its readers, and whom it is for meanwhile.

use crate::access::Audience;
use crate::vocabulary::vocabulary;

vocabulary! {
    /// 审批环节, in their order. Before 已发布 nobody but staff knows that there is anything (notice 001 六.2, R22).
    Stage {
        /// 草稿: its author writes it.
        Draft = "DRAFT",
        /// 已报送: sent in for review.
        Submitted = "SUBMITTED",
        /// 已审核: somebody else found it right.
        Reviewed = "REVIEWED",
        /// 已批准: two persons answer for its publication, under a document number.
        Authorised = "AUTHORISED",
        /// 已发布: those for whom it is meant see it.
        Published = "PUBLISHED",
        /// 已撤回: taken back after publication; the bureau keeps it.
        Withdrawn = "WITHDRAWN",
    }
}

vocabulary! {
    /// 公开对象: for whom something is meant once it is published.
    Addressee {
        /// 社会公众
        Public = "PUBLIC",
        /// 相关企业: the enterprise that it is about.
        Enterprise = "ENTERPRISE",
    }
}

/// Whom something is for at a stage: staff of the district, and from publication on those for whom it is meant.
pub fn audience(stage: Stage, meant_for: Addressee) -> Audience {
    match (stage, meant_for) {
        (Stage::Published, Addressee::Public) => Audience::Public,
        (Stage::Published, Addressee::Enterprise) => Audience::Enterprise,
        _ => Audience::Staff,
    }
}
