//! The closed vocabularies of declarations: status, what changed with a version, quality flags.

use crate::vocabulary::vocabulary;

vocabulary! {
    /// 自我声明状态. The order is that of a declaration's life: where readings of one source and one day contradict each
    /// other, the later stage is believed.
    DeclarationStatus {
        /// The source's word is not understood, or nothing is said.
        Unknown = "UNKNOWN",
        /// 现行 (现行有效)
        Current = "CURRENT",
        /// 被代替 (已修订): a newer declaration of the enterprise took its place.
        Revised = "REVISED",
        /// 废止: the enterprise took the declaration back.
        Withdrawn = "WITHDRAWN",
        /// 来源已删除: the source does not hold the record any more.
        DeletedAtSource = "DELETED_AT_SOURCE",
    }
}

vocabulary! {
    /// 变更类型: how a version of a declaration came about (R73, R74).
    ChangeKind {
        /// 首次声明
        Declared = "DECLARED",
        /// 修订: declared anew with other content.
        Revised = "REVISED",
        /// 更名: declared anew because the enterprise was renamed (R74).
        Renamed = "RENAMED",
        /// 被代替: the source says that a newer one took its place, and does not show that one.
        Superseded = "SUPERSEDED",
        /// 废止 (R73)
        Abolished = "ABOLISHED",
        /// 来源已删除
        DeletedAtSource = "DELETED_AT_SOURCE",
    }
}

vocabulary! {
    /// 指标类别, as the declaring form of the platform has them (企业标准化促进办法).
    IndicatorCategory {
        /// 功能指标
        Functional = "FUNCTIONAL",
        /// 性能指标
        Performance = "PERFORMANCE",
        /// 安全指标
        Safety = "SAFETY",
    }
}

vocabulary! {
    /// Quality flags (质量标记) of a declaration: what is odd about it, while it is taken nevertheless.
    DeclarationFlag {
        /// The standard number is none that the grammar of numbers knows; its text is the key.
        NumberUnreadable = "NUMBER_UNREADABLE",
        /// The standard number lost a slash, blank or dash and was repaired (low confidence).
        NumberRepaired = "NUMBER_REPAIRED",
        /// The source does not say when it was declared: the first day of reading stands for it.
        DateMissing = "DATE_MISSING",
        /// A date of the source cannot be read.
        DateUnreadable = "DATE_UNREADABLE",
        /// The declaring day lies behind the day of reading.
        DateInFuture = "DATE_IN_FUTURE",
        /// It was abolished before it was declared.
        AbolishedBeforeDeclared = "ABOLISHED_BEFORE_DECLARED",
        /// A day of abolition is given, and the source says that it is current; the status counts.
        AbolishedWhileCurrent = "ABOLISHED_WHILE_CURRENT",
        /// The status word of the source is not in the vocabulary.
        StatusWordUnknown = "STATUS_WORD_UNKNOWN",
        /// The type of standard that the source gives is not that of the number.
        KindDiffers = "KIND_DIFFERS",
        /// No product is named.
        NoProduct = "NO_PRODUCT",
        /// A product without a name was left out.
        ProductNameless = "PRODUCT_NAMELESS",
        /// The list of products or indicators is no list of objects; it is kept as text.
        ListUnreadable = "LIST_UNREADABLE",
    }
}
