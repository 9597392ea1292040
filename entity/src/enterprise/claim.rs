//! What a source says about an enterprise.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::term::{EnterpriseFlag, EnterpriseStatus};
use crate::value::{EnterpriseName, RegionCode, SocialCreditCode};

/// A claim about an enterprise (市场主体). What the source does not say is empty.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct EnterpriseClaim {
    /// The key: the credit code, or the identity by name ([`identity_by_name`]).
    pub key: String,
    /// 统一社会信用代码
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub credit_code: Option<SocialCreditCode>,
    /// 组织机构代码, where the source gives it apart.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organization_code: Option<String>,
    /// 企业名称
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<EnterpriseName>,
    /// 曾用名
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub former_names: Vec<FormerName>,
    /// 登记状态, mapped.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<EnterpriseStatus>,
    /// The source's word for the status.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status_word: Option<String>,
    /// GB/T 2260 code of the district.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region_code: Option<String>,
    /// 住所
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// 成立日期
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub established_on: Option<NaiveDate>,
    /// The record is known by name; this credit code was seen with the name in the province.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub same_as: Option<String>,
    /// What is odd about the claim.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub flags: Vec<EnterpriseFlag>,
    /// Columns that no mapping knows, by their header.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub extra: BTreeMap<String, String>,
    /// The day on which the source said so, where that is another than the day of the file: a declaration names the
    /// enterprise as it was called on the day of declaring.
    #[serde(skip)]
    pub said_on: Option<NaiveDate>,
}

/// A former name (曾用名).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct FormerName {
    /// The name.
    pub name: EnterpriseName,
    /// The day from which it was not the name any more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<NaiveDate>,
}

/// The key of an enterprise without a credit code: its province and its name. No credit code looks like it.
pub fn identity_by_name(province: Option<&RegionCode>, name: &EnterpriseName) -> String {
    let province: String = province
        .map(|code| code.as_str().chars().take(2).collect())
        .unwrap_or_default();
    format!("N:{province}:{}", name.key())
}

impl EnterpriseClaim {
    /// That the enterprise known by `key` is the one with this credit code.
    pub fn alias(key: String, code: &SocialCreditCode) -> Self {
        Self {
            key,
            same_as: Some(code.as_str().to_owned()),
            ..Self::default()
        }
    }
}
