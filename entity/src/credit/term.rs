//! The closed vocabularies of credit records.

use crate::vocabulary::vocabulary;

vocabulary! {
    /// 行政相对人类别: what a decision was made about.
    SubjectKind {
        /// 法人及非法人组织
        Organization = "ORGANIZATION",
        /// 个体工商户
        IndividualBusiness = "INDIVIDUAL_BUSINESS",
        /// 自然人: never public, and known by its masked name only.
        NaturalPerson = "NATURAL_PERSON",
    }
}

vocabulary! {
    /// 处罚类别 (行政处罚法 art 9), from the lightest.
    PenaltyKind {
        /// 警告
        Warning = "WARNING",
        /// 通报批评
        Criticism = "CRITICISM",
        /// 罚款
        Fine = "FINE",
        /// 没收违法所得、没收非法财物
        Confiscation = "CONFISCATION",
        /// 暂扣许可证件
        Suspension = "SUSPENSION",
        /// 降低资质等级
        Downgrading = "DOWNGRADING",
        /// 限制开展生产经营活动、责令停产停业、责令关闭、限制从业
        Restriction = "RESTRICTION",
        /// 吊销许可证件、营业执照
        Revocation = "REVOCATION",
        /// 行政拘留
        Detention = "DETENTION",
        /// 其他: the source's word is none of these.
        Other = "OTHER",
    }
}

vocabulary! {
    /// How long a penalty is shown (市场监督管理行政处罚信息公示规定, 令45号), from the shortest.
    PublicationTerm {
        /// 仅警告: not at all.
        NotPublished = "NOT_PUBLISHED",
        /// 通报批评或者较低数额罚款: three months.
        ThreeMonths = "THREE_MONTHS",
        /// Others: three years.
        ThreeYears = "THREE_YEARS",
    }
}

vocabulary! {
    /// Why a record is shown to the public on a day, or is not.
    PublicationReason {
        /// 自然人: never.
        NaturalPerson = "NATURAL_PERSON",
        /// 仅警告: never.
        WarningOnly = "WARNING_ONLY",
        /// Its term has not begun.
        NotBegun = "NOT_BEGUN",
        /// Inside its term.
        InTerm = "IN_TERM",
        /// The term is over.
        TermEnded = "TERM_ENDED",
        /// 公示截止期: the source ended it before the term did.
        SourceEnded = "SOURCE_ENDED",
        /// 信用修复: ended early by an approved repair.
        Repaired = "REPAIRED",
    }
}

vocabulary! {
    /// 许可状态
    LicenceStatus {
        /// 有效
        Valid = "VALID",
        /// 异议
        Disputed = "DISPUTED",
        /// 撤销、撤回
        Annulled = "ANNULLED",
        /// 吊销
        Revoked = "REVOKED",
        /// 注销
        Cancelled = "CANCELLED",
        /// The source's word is none of these.
        Unknown = "UNKNOWN",
    }
}

vocabulary! {
    /// 名单
    CreditList {
        /// 经营异常名录
        Abnormal = "ABNORMAL",
        /// 严重违法失信名单
        Serious = "SERIOUS",
    }
}

vocabulary! {
    /// What a repair is about.
    RepairTarget {
        /// 行政处罚
        Penalty = "PENALTY",
        /// 经营异常名录
        Abnormal = "ABNORMAL",
        /// 严重违法失信名单
        Serious = "SERIOUS",
    }
}

vocabulary! {
    /// 信用修复结果, in the order of its steps.
    RepairResult {
        /// 已申请
        Applied = "APPLIED",
        /// 已受理
        Accepted = "ACCEPTED",
        /// 不予修复
        Refused = "REFUSED",
        /// 准予修复
        Approved = "APPROVED",
    }
}

vocabulary! {
    /// 信用风险等级: where readings of one day differ, the higher risk is believed.
    RiskClass {
        /// 信用风险低
        A = "A",
        /// 信用风险一般
        B = "B",
        /// 信用风险较高
        C = "C",
        /// 信用风险高
        D = "D",
    }
}

vocabulary! {
    /// Quality flags (质量标记) of a credit record: what is odd about it, while it is taken nevertheless.
    CreditFlag {
        /// No credit code can be read: the subject is known by its name.
        NoCreditCode = "NO_CREDIT_CODE",
        /// The check digit of the credit code does not fit (GB 32100-2015).
        CreditCodeCheckFailed = "CREDIT_CODE_CHECK_FAILED",
        /// The document number has not the form of GB/T 9704: no issuer, no year in brackets, or no 号.
        DocumentNumberForm = "DOCUMENT_NUMBER_FORM",
        /// A date that is no part of the key cannot be read.
        DateUnreadable = "DATE_UNREADABLE",
        /// The decision is later than the day that the file describes.
        DateInFuture = "DATE_IN_FUTURE",
        /// A term ends before it begins.
        PeriodReversed = "PERIOD_REVERSED",
        /// The subject was established after the decision.
        BeforeEstablished = "BEFORE_ESTABLISHED",
        /// An amount cannot be read as a whole number of fen; the penalty is kept without it.
        AmountUnreadable = "AMOUNT_UNREADABLE",
        /// An amount of 万元 looks like one of yuan.
        AmountLooksLikeYuan = "AMOUNT_LOOKS_LIKE_YUAN",
        /// The words of the penalty speak of a fine, and there is no amount.
        AmountMissing = "AMOUNT_MISSING",
        /// A word of the source is not in the vocabulary.
        WordUnknown = "WORD_UNKNOWN",
        /// The subject is taken for a natural person because nothing says that it is not.
        TakenForPerson = "TAKEN_FOR_PERSON",
        /// The credit code is fictitious: generated data.
        Fictitious = "FICTITIOUS",
    }
}
