//! The closed vocabularies of testing institutions (检验检测机构).

use crate::vocabulary::vocabulary;

vocabulary! {
    /// 资质状态. Where readings of one source and one day contradict each other, the later stage is believed.
    InstitutionStatus {
        /// The source's word is not understood.
        Unknown = "UNKNOWN",
        /// 有效
        Valid = "VALID",
        /// 暂停
        Suspended = "SUSPENDED",
        /// 注销: given back, or run out.
        Cancelled = "CANCELLED",
        /// 撤销
        Revoked = "REVOKED",
    }
}

vocabulary! {
    /// Why a qualification holds on a day or not.
    QualificationReason {
        /// It holds.
        Valid = "VALID",
        /// It was given after that day.
        NotYet = "NOT_YET",
        /// The day after its last day has come.
        Expired = "EXPIRED",
        /// It is suspended (暂停).
        Suspended = "SUSPENDED",
        /// It was cancelled (注销).
        Cancelled = "CANCELLED",
        /// It was revoked (撤销).
        Revoked = "REVOKED",
        /// No source tells how long it holds.
        Unknown = "UNKNOWN",
    }
}

vocabulary! {
    /// 检验检测机构违法违规情形: the twelve kinds of misconduct that are looked for (R60, 检验检测机构监督管理办法 art 13, 14).
    Misconduct {
        /// 未经检验检测出具报告
        ReportWithoutTest = "REPORT_WITHOUT_TEST",
        /// 伪造、变造原始数据、记录
        RawDataAltered = "RAW_DATA_ALTERED",
        /// 超出资质认定范围
        BeyondScope = "BEYOND_SCOPE",
        /// 量值溯源不符合要求
        NotTraceable = "NOT_TRACEABLE",
        /// 报告套改
        ReportReused = "REPORT_REUSED",
        /// 方法变更未备案
        MethodChangeNotFiled = "METHOD_CHANGE_NOT_FILED",
        /// 使用作废标准
        StandardObsolete = "STANDARD_OBSOLETE",
        /// 未按规定程序检验检测
        ProcedureWrong = "PROCEDURE_WRONG",
        /// 不能持续符合资质认定条件
        ConditionsNotKept = "CONDITIONS_NOT_KEPT",
        /// 设备数量与报告数量不匹配
        DevicesDoNotMatchReports = "DEVICES_DO_NOT_MATCH_REPORTS",
        /// 授权签字人资格虚假
        SignatoryQualificationFalse = "SIGNATORY_QUALIFICATION_FALSE",
        /// 非授权签字人签发报告
        SignatoryNotAuthorised = "SIGNATORY_NOT_AUTHORISED",
    }
}

impl Misconduct {
    /// The kind in the words of the notice.
    pub fn name_zh(self) -> &'static str {
        match self {
            Self::ReportWithoutTest => "未经检验检测出具报告",
            Self::RawDataAltered => "篡改原始数据",
            Self::BeyondScope => "超出资质认定范围",
            Self::NotTraceable => "量值不能溯源",
            Self::ReportReused => "报告套改",
            Self::MethodChangeNotFiled => "方法变更未备案",
            Self::StandardObsolete => "使用作废标准",
            Self::ProcedureWrong => "违反检验检测程序",
            Self::ConditionsNotKept => "不再符合资质认定条件",
            Self::DevicesDoNotMatchReports => "设备与报告数量不符",
            Self::SignatoryQualificationFalse => "签字人资格虚假",
            Self::SignatoryNotAuthorised => "非授权签字人签发报告",
        }
    }
}

vocabulary! {
    /// Quality flags (质量标记) of an institution.
    InstitutionFlag {
        /// A date of the source cannot be read.
        DateUnreadable = "DATE_UNREADABLE",
        /// The credit code of the source cannot be read, or its check digit does not fit.
        CreditCodeOdd = "CREDIT_CODE_ODD",
        /// The word for the status is not understood.
        StatusWordUnknown = "STATUS_WORD_UNKNOWN",
        /// It ends before it begins.
        PeriodReversed = "PERIOD_REVERSED",
        /// The year inside the number is another than that of the day on which it was given.
        YearContradicts = "YEAR_CONTRADICTS",
        /// The credit code is fictitious: generated data.
        Fictitious = "FICTITIOUS",
    }
}
