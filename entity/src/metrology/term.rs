//! The closed vocabularies of metrology (计量).

use serde::{Deserialize, Serialize};

use crate::vocabulary::vocabulary;

vocabulary! {
    /// 用途: what an instrument is used for, of the uses for which the law orders verification (计量法 art 9).
    Purpose {
        /// 贸易结算
        TradeSettlement = "TRADE_SETTLEMENT",
        /// 安全防护
        Safety = "SAFETY",
        /// 医疗卫生
        Medical = "MEDICAL",
        /// 环境监测
        Environment = "ENVIRONMENT",
        /// 社会公用计量标准器具
        SocialStandard = "SOCIAL_STANDARD",
        /// 部门、企业事业单位最高计量标准器具
        HighestStandard = "HIGHEST_STANDARD",
    }
}

vocabulary! {
    /// 监管方式 of the catalogue of instruments under mandatory control (市场监管总局公告 2019 No. 48, 2020 No. 42).
    ControlMode {
        /// P: 型式批准
        TypeApproval = "TYPE_APPROVAL",
        /// V: 强制检定
        Verification = "VERIFICATION",
        /// P+V: 型式批准和强制检定
        Both = "BOTH",
    }
}

vocabulary! {
    /// 强检方式 of the catalogue.
    VerificationMode {
        /// 周期检定
        Periodic = "PERIODIC",
        /// 只做首次强制检定，失准报废
        FirstUntilFailure = "FIRST_UNTIL_FAILURE",
        /// 只做首次强制检定，限期使用、到期轮换
        FirstWithRotation = "FIRST_WITH_ROTATION",
    }
}

vocabulary! {
    /// 器具状态. Where readings of one source and one day contradict each other, the later stage of an instrument's life is believed.
    InstrumentStatus {
        /// The source's word is not understood.
        Unknown = "UNKNOWN",
        /// 审核中: the entry in the register is being looked at.
        UnderReview = "UNDER_REVIEW",
        /// 退回: the entry was sent back to the owner.
        Returned = "RETURNED",
        /// 正常: in use.
        InUse = "IN_USE",
        /// 停用
        Stopped = "STOPPED",
        /// 报废
        Scrapped = "SCRAPPED",
    }
}

impl InstrumentStatus {
    /// Whether it measures. A register that has not accepted an entry yet does not stop the instrument.
    pub fn measures(self) -> bool {
        !matches!(self, Self::Stopped | Self::Scrapped)
    }
}

vocabulary! {
    /// 检定结论
    Conclusion {
        /// 合格
        Passed = "PASSED",
        /// 不合格
        Failed = "FAILED",
    }
}

vocabulary! {
    /// 检定证书种类: the paper or mark by which a verification is told.
    CertificateKind {
        /// 检定证书
        Certificate = "CERTIFICATE",
        /// 检定结果通知书: the instrument failed.
        ResultNotice = "RESULT_NOTICE",
        /// 检定合格证
        PassCertificate = "PASS_CERTIFICATE",
        /// 检定合格印
        PassSeal = "PASS_SEAL",
        /// 注销印: the mark was cancelled, the instrument must not be used.
        CancellationSeal = "CANCELLATION_SEAL",
    }
}

impl CertificateKind {
    /// What the paper itself concludes.
    pub fn concludes(self) -> Conclusion {
        match self {
            Self::Certificate | Self::PassCertificate | Self::PassSeal => Conclusion::Passed,
            Self::ResultNotice | Self::CancellationSeal => Conclusion::Failed,
        }
    }
}

vocabulary! {
    /// The unit of a period between verifications.
    PeriodUnit {
        /// 天
        Days = "DAYS",
        /// 月
        Months = "MONTHS",
    }
}

/// 检定周期: a count of days or months, one at least.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Period {
    /// How many.
    pub count: u32,
    /// Of what.
    pub unit: PeriodUnit,
}

vocabulary! {
    /// What the law asks of an instrument, as far as no day is needed to tell: stored, so that lists can look for it.
    Duty {
        /// Stopped or scrapped.
        NotMeasuring = "NOT_MEASURING",
        /// Under type approval alone (P).
        NotRequired = "NOT_REQUIRED",
        /// Nobody tells of a verification.
        NeverVerified = "NEVER_VERIFIED",
        /// The last verification failed, whatever came before.
        Failed = "FAILED",
        /// Verified up to a day.
        Dated = "DATED",
        /// Verified, and no day is told, or none is needed: first verification only, until failure.
        Open = "OPEN",
    }
}

vocabulary! {
    /// Why an instrument may be used on a day or not.
    StandingReason {
        /// Verified, and the due day lies more than 30 days ahead.
        Verified = "VERIFIED",
        /// The due day is today or within 30 days.
        DueSoon = "DUE_SOON",
        /// Verified once, and good until it fails (失准报废).
        VerifiedOnce = "VERIFIED_ONCE",
        /// Verified, but neither a validity nor a period is told.
        DueDayUnknown = "DUE_DAY_UNKNOWN",
        /// The day after the due day has come (超期未检).
        PastDue = "PAST_DUE",
        /// The day after the use-by day has come (到期未轮换).
        PastUseBy = "PAST_USE_BY",
        /// The last verification failed (检定不合格).
        Failed = "FAILED",
        /// In use, and nobody tells of a verification (未经检定).
        NeverVerified = "NEVER_VERIFIED",
        /// Stopped or scrapped: nothing is due.
        NotMeasuring = "NOT_MEASURING",
        /// Under type approval alone: no verification is ordered.
        NotRequired = "NOT_REQUIRED",
    }
}

impl StandingReason {
    /// Whether the law forbids to use the instrument (计量法 art 9).
    pub fn forbids_use(self) -> bool {
        matches!(
            self,
            Self::PastDue | Self::PastUseBy | Self::Failed | Self::NeverVerified
        )
    }

    /// Whether a day has gone by on which something was due.
    pub fn is_overdue(self) -> bool {
        matches!(self, Self::PastDue | Self::PastUseBy)
    }
}

vocabulary! {
    /// Quality flags (质量标记) of an instrument: what is odd about it, while it is taken nevertheless.
    InstrumentFlag {
        /// No source gives the owner's credit code.
        NoCreditCode = "NO_CREDIT_CODE",
        /// The credit code of the source cannot be read, or its check digit does not fit.
        CreditCodeOdd = "CREDIT_CODE_ODD",
        /// A date of the source cannot be read.
        DateUnreadable = "DATE_UNREADABLE",
        /// A verification is dated later than the file that tells of it; it is not believed.
        DateInFuture = "DATE_IN_FUTURE",
        /// A certificate and a register differ by one day in how long a verification holds: one counts the last day, the other the
        /// next verification.
        ValidityOffByOne = "VALIDITY_OFF_BY_ONE",
        /// Days of one verification contradict each other by more than that.
        ValidityContradicts = "VALIDITY_CONTRADICTS",
        /// A verification is dated before the instrument was made.
        VerifiedBeforeMade = "VERIFIED_BEFORE_MADE",
        /// The conclusion and the kind of certificate contradict each other; the worse is believed.
        ConclusionContradicts = "CONCLUSION_CONTRADICTS",
        /// The period is neither a number of days or months nor the word for none.
        PeriodUnreadable = "PERIOD_UNREADABLE",
        /// The period is a bare number; up to 60 it is taken for months, above that for days.
        PeriodUnitAssumed = "PERIOD_UNIT_ASSUMED",
        /// A word for status, purpose, mode or conclusion is not understood.
        WordUnknown = "WORD_UNKNOWN",
        /// Several instruments with codes of their own carry this owner, serial number and maker, so it stays alone.
        SerialAmbiguous = "SERIAL_AMBIGUOUS",
        /// The credit code of the owner is fictitious: generated data.
        Fictitious = "FICTITIOUS",
    }
}
