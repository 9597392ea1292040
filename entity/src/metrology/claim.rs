//! What a source says about a measuring instrument, and what an instrument is known by.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::term::{
    CertificateKind, Conclusion, ControlMode, InstrumentFlag, InstrumentStatus, Period, Purpose,
    VerificationMode,
};
use crate::record::sha256_hex;
use crate::search;
use crate::value::SocialCreditCode;

/// A claim about an instrument (计量器具), often with one verification of it. What the source does not say is empty.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct InstrumentClaim {
    /// The key: see [`identities`].
    pub key: String,
    /// The instrument is known by owner, serial number and maker; this is the key of the one with a code that was seen with them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub same_as: Option<String>,
    /// 使用单位: the identity of the enterprise, as declarations know it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner_key: Option<String>,
    /// 使用单位统一社会信用代码
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub credit_code: Option<SocialCreditCode>,
    /// 使用单位名称
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner_name: Option<String>,
    /// GB/T 2260 code of the district in which it is used.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region_code: Option<String>,
    /// 强检器具唯一性编号
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mandatory_code: Option<String>,
    /// 器具名称
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// 出厂编号
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub serial_number: Option<String>,
    /// 制造单位
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub maker: Option<String>,
    /// 规格型号
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub model: Option<String>,
    /// 测量范围, as written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub range: Option<String>,
    /// 准确度等级, as written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub accuracy: Option<String>,
    /// 用途
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub purposes: Vec<Purpose>,
    /// 目录项目: the item of the catalogue under which it is listed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub catalogue_item: Option<String>,
    /// 监管方式
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub control: Option<ControlMode>,
    /// 强检方式
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mode: Option<VerificationMode>,
    /// 检定周期
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub period: Option<Period>,
    /// The period in the source's words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub period_word: Option<String>,
    /// 状态, mapped.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<InstrumentStatus>,
    /// The source's word for the status.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status_word: Option<String>,
    /// 安装地点
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub site: Option<String>,
    /// 是否登记造册 (R59)
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub registered: Option<bool>,
    /// 是否备案 (R59)
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub filed: Option<bool>,
    /// 型式批准证书编号 (CPA)
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub type_approval: Option<String>,
    /// 出厂日期
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub made_on: Option<NaiveDate>,
    /// 使用期限
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub use_by: Option<NaiveDate>,
    /// The verification that the source tells of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verification: Option<VerificationClaim>,
    /// What is odd about the claim.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub flags: Vec<InstrumentFlag>,
    /// Columns that no mapping knows, by their header.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub extra: BTreeMap<String, String>,
}

/// What a source says about one verification (检定).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct VerificationClaim {
    /// 检定日期
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on: Option<NaiveDate>,
    /// 检定机构
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agency: Option<String>,
    /// 检定结论
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub conclusion: Option<Conclusion>,
    /// 证书种类
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub certificate_kind: Option<CertificateKind>,
    /// 证书编号
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub certificate_number: Option<String>,
    /// 有效期至, as the certificate tells it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_until: Option<NaiveDate>,
    /// 下次检定日期, as the register tells it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_on: Option<NaiveDate>,
}

/// What an instrument is known by: its code (强检器具唯一性编号), and owner, serial number and maker together. Spellings that differ in
/// width, case or blanks are the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identities {
    /// `M:` and the code.
    pub by_code: Option<String>,
    /// `S:`, the owner and a digest of serial number and maker.
    pub by_serial: Option<String>,
}

/// The keys that owner, serial number, maker and code give. Without a serial number, or without an owner, only the code tells one
/// instrument from another.
pub fn identities(
    mandatory_code: Option<&str>,
    owner: Option<&str>,
    serial: Option<&str>,
    maker: Option<&str>,
) -> Identities {
    let bare = |text: &str| -> String {
        search::fold(text)
            .chars()
            .filter(|sign| sign.is_alphanumeric())
            .collect()
    };
    let code = mandatory_code.map(bare).filter(|code| !code.is_empty());
    let serial = serial.map(bare).filter(|serial| !serial.is_empty());
    let by_serial = owner.zip(serial).map(|(owner, serial)| {
        let told = format!("{serial}\n{}", maker.map(bare).unwrap_or_default());
        let digest: String = sha256_hex(told.as_bytes()).chars().take(16).collect();
        format!("{BY_SERIAL}{owner}/{digest}")
    });
    Identities {
        by_code: code.map(|code| format!("M:{code}")),
        by_serial,
    }
}

/// Begins the key of an instrument that is known by its serial number.
pub(super) const BY_SERIAL: &str = "S:";

impl InstrumentClaim {
    /// What the claim is known by, and beside it, where the source gives code and serial number together, that the instrument known by
    /// the serial number is this one. Nothing where neither is told.
    pub fn placed(self) -> Option<Vec<Self>> {
        let Identities { by_code, by_serial } = identities(
            self.mandatory_code.as_deref(),
            self.owner_key.as_deref(),
            self.serial_number.as_deref(),
            self.maker.as_deref(),
        );
        let alias = by_serial.clone().zip(by_code.clone()).map(|(key, code)| Self {
            key,
            same_as: Some(code),
            // Whose it is and where, so that the record is for the same readers from its first word on.
            owner_key: self.owner_key.clone(),
            credit_code: self.credit_code.clone(),
            region_code: self.region_code.clone(),
            ..Self::default()
        });
        let claim = Self {
            key: by_code.or(by_serial)?,
            ..self
        };
        Some(std::iter::once(claim).chain(alias).collect())
    }
}
