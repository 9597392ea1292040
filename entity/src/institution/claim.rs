//! What a source says about a testing institution, and what a bureau found out about one.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::term::{InstitutionFlag, InstitutionStatus, Misconduct};
use crate::value::{CmaNumber, SocialCreditCode};

/// A claim about an institution (检验检测机构) and its qualification. What the source does not say is empty.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct InstitutionClaim {
    /// 资质认定证书编号: the key.
    pub number: CmaNumber,
    /// 机构名称
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// 统一社会信用代码
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub credit_code: Option<SocialCreditCode>,
    /// GB/T 2260 code of the district.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region_code: Option<String>,
    /// 检验检测能力范围: fields or items.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub scope: Vec<String>,
    /// 发证日期
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub issued_on: Option<NaiveDate>,
    /// 有效期至
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_until: Option<NaiveDate>,
    /// 状态, mapped.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<InstitutionStatus>,
    /// The source's word for the status.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status_word: Option<String>,
    /// 地址
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// What is odd about the claim.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub flags: Vec<InstitutionFlag>,
    /// Columns that no mapping knows, by their header.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub extra: BTreeMap<String, String>,
}

/// A claim that a bureau found misconduct (R60).
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct MisconductClaim {
    /// The key: number, kind, day and document.
    pub key: String,
    /// 资质认定证书编号
    pub number: CmaNumber,
    /// 违法违规情形
    pub misconduct: Misconduct,
    /// 发现日期
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub found_on: Option<NaiveDate>,
    /// 文书号
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document_number: Option<String>,
    /// 说明
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// GB/T 2260 code of the bureau's district.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region_code: Option<String>,
}

/// The key of a finding: another note on the same is a correction.
pub fn misconduct_key(
    number: &CmaNumber,
    misconduct: Misconduct,
    found_on: Option<NaiveDate>,
    document: Option<&str>,
) -> String {
    let day = found_on.map(|day| day.to_string()).unwrap_or_default();
    let document: String = crate::search::number_key(document.unwrap_or_default());
    format!("{number}/{}/{day}/{document}", misconduct.as_str())
}
