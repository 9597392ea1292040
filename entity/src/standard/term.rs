//! The closed vocabularies of standards: status, stage of a project, quality flags.

use crate::vocabulary::vocabulary;

vocabulary! {
    /// 标准状态. The order is that of a standard's life: where readings of one source and one day contradict each other,
    /// the later stage is believed.
    StandardStatus {
        /// The source's word is not understood, or nothing is known.
        Unknown = "UNKNOWN",
        /// 即将实施: issued, not yet in force.
        Upcoming = "UPCOMING",
        /// 现行: in force.
        InForce = "IN_FORCE",
        /// 被代替: a newer standard took its place.
        Replaced = "REPLACED",
        /// 废止: abolished.
        Withdrawn = "WITHDRAWN",
    }
}

vocabulary! {
    /// 标准项目阶段, after the stages of GB/T 16733.
    ProjectStage {
        /// The source's word is not understood.
        Unknown = "UNKNOWN",
        /// 正在起草
        Drafting = "DRAFTING",
        /// 正在征求意见
        Soliciting = "SOLICITING",
        /// 正在审查
        Reviewing = "REVIEWING",
        /// 正在批准
        Approving = "APPROVING",
        /// 已发布
        Published = "PUBLISHED",
        /// 暂缓
        Suspended = "SUSPENDED",
        /// 已终止
        Terminated = "TERMINATED",
    }
}

vocabulary! {
    /// Quality flags (质量标记): what is odd about a record, while it is taken nevertheless.
    StandardFlag {
        /// A date of the source holds only a year, or a year and a month.
        DateIncomplete = "DATE_INCOMPLETE",
        /// A date of the source is a placeholder such as 1900-01-01.
        DateOutOfRange = "DATE_OUT_OF_RANGE",
        /// A date of the source cannot be read.
        DateUnreadable = "DATE_UNREADABLE",
        /// The standard takes effect before it was issued.
        EffectiveBeforeIssued = "EFFECTIVE_BEFORE_ISSUED",
        /// The status word of the source is not in the vocabulary.
        StatusWordUnknown = "STATUS_WORD_UNKNOWN",
        /// The title was UTF-8 read as Latin-1 and was repaired.
        TitleMojibakeRepaired = "TITLE_MOJIBAKE_REPAIRED",
        /// The title holds signs that do not belong there; it is left as it is.
        TitleSuspect = "TITLE_SUSPECT",
        /// Number, brackets, file ending or a remark about the copy were taken off the title.
        TitleCleaned = "TITLE_CLEANED",
        /// The number was cut in its cell and completed from the title.
        NumberRecovered = "NUMBER_RECOVERED",
        /// A note or title was taken off the number.
        NumberCleaned = "NUMBER_CLEANED",
        /// The number lost a slash, blank or dash and was repaired (low confidence).
        NumberRepaired = "NUMBER_REPAIRED",
        /// The standard carries the numbers of several bodies.
        NumberJoint = "NUMBER_JOINT",
        /// The prefix of the number is in no table.
        PrefixUnknown = "PREFIX_UNKNOWN",
        /// A part of the ICS field cannot be read.
        IcsUnreadable = "ICS_UNREADABLE",
        /// A part of the CCS field cannot be read.
        CcsUnreadable = "CCS_UNREADABLE",
        /// An issuing body is in no table; its name is the source's word.
        IssuerUnrecognised = "ISSUER_UNRECOGNISED",
        /// 部分代替: a newer standard took the place of a part.
        PartlyReplaced = "PARTLY_REPLACED",
    }
}
