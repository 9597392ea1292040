//! What a source says about a type approval, and its closed vocabularies.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::institution::QualificationReason;
use crate::value::{SocialCreditCode, TypeApprovalNumber};
use crate::vocabulary::vocabulary;

vocabulary! {
    /// 批准状态. Where readings of one source and one day contradict each other, the later stage is believed.
    ApprovalStatus {
        /// The source's word is not understood.
        Unknown = "UNKNOWN",
        /// 有效
        Valid = "VALID",
        /// 注销: given back, or run out.
        Cancelled = "CANCELLED",
        /// 撤销
        Revoked = "REVOKED",
    }
}

impl ApprovalStatus {
    /// What the status says by itself of whether the approval holds.
    pub(super) fn stated(self) -> Option<QualificationReason> {
        match self {
            Self::Unknown => None,
            Self::Valid => Some(QualificationReason::Valid),
            Self::Cancelled => Some(QualificationReason::Cancelled),
            Self::Revoked => Some(QualificationReason::Revoked),
        }
    }
}

vocabulary! {
    /// Where the instruments of an approved type come from.
    ApprovalOrigin {
        /// 国产
        Domestic = "DOMESTIC",
        /// 进口
        Import = "IMPORT",
    }
}

vocabulary! {
    /// Quality flags (质量标记) of a type approval.
    ApprovalFlag {
        /// A date of the source cannot be read.
        DateUnreadable = "DATE_UNREADABLE",
        /// The credit code of the source cannot be read, or its check digit does not fit.
        CreditCodeOdd = "CREDIT_CODE_ODD",
        /// The word for the status or the origin is not understood.
        WordUnknown = "WORD_UNKNOWN",
        /// It ends before it begins.
        PeriodReversed = "PERIOD_REVERSED",
        /// The year inside the number is another than that of the day on which it was given.
        YearContradicts = "YEAR_CONTRADICTS",
        /// The credit code of the holder is fictitious: generated data.
        Fictitious = "FICTITIOUS",
    }
}

/// A claim about a type approval. What the source does not say is empty.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct TypeApprovalClaim {
    /// 型式批准证书编号 (CPA): the key.
    pub number: TypeApprovalNumber,
    /// 申请单位: who holds it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub holder_name: Option<String>,
    /// 统一社会信用代码 of the holder.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub credit_code: Option<SocialCreditCode>,
    /// GB/T 2260 code of the district in which the holder is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region_code: Option<String>,
    /// 计量器具名称
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub instrument_name: Option<String>,
    /// 规格型号: the models of the type.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub models: Vec<String>,
    /// 测量范围, as written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub range: Option<String>,
    /// 准确度等级, as written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub accuracy: Option<String>,
    /// 批准机关
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub authority: Option<String>,
    /// 批准日期
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub approved_on: Option<NaiveDate>,
    /// 有效期至
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_until: Option<NaiveDate>,
    /// 国产 or 进口.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<ApprovalOrigin>,
    /// 状态, mapped.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<ApprovalStatus>,
    /// The source's word for the status.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status_word: Option<String>,
    /// What is odd about the claim.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub flags: Vec<ApprovalFlag>,
    /// Columns that no mapping knows, by their header.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub extra: BTreeMap<String, String>,
}
