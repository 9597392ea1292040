//! What a source says about a declaration: one record of the platform.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::term::{DeclarationFlag, DeclarationStatus, IndicatorCategory};
use crate::value::{StandardKind, StandardNumber};

/// A claim about a declaration (自我声明公开, 标准化法 art 27). A record of the platform is a part of the declaration:
/// declaring the same standard anew makes another record of the same declaration.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct DeclarationClaim {
    /// The key ([`identity`]).
    pub key: String,
    /// The id of the record at its source (`record_id`).
    pub record_id: String,
    /// The identity of the declaring enterprise.
    pub owner_key: String,
    /// 企业名称 as it stands in the declaration.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub enterprise_name: Option<String>,
    /// GB/T 2260 code of the enterprise's district.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region_code: Option<String>,
    /// 标准编号
    pub standard_number: StandardNumber,
    /// 标准名称
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub standard_name: Option<String>,
    /// 标准类型: from the number, else from the source's word.
    pub standard_kind: StandardKind,
    /// 标准发布日期
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published_on: Option<NaiveDate>,
    /// 公开时间, the day in Asia/Shanghai.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub declared_on: Option<NaiveDate>,
    /// 状态, mapped.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<DeclarationStatus>,
    /// The source's word for the status.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status_word: Option<String>,
    /// 废止日期
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub abolished_on: Option<NaiveDate>,
    /// 全文公开: whether the enterprise opened the text (R69, R72).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text_public: Option<bool>,
    /// 自我承诺
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pledge: Option<String>,
    /// 低于推荐性标准: the mark that 企业标准化促进办法 art 14 asks for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub below_recommended: Option<bool>,
    /// The keys of the products that the standard is declared for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub products: Vec<String>,
    /// 技术指标
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub indicators: Vec<Indicator>,
    /// What is odd about the claim.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub flags: Vec<DeclarationFlag>,
    /// Columns that no mapping knows, by their header.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub extra: BTreeMap<String, String>,
}

/// 技术指标: what a product is held to, and how that is tested.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Indicator {
    /// 指标名称
    pub name: String,
    /// 指标要求, as text: `≥12.5`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub requirement: Option<String>,
    /// 计量单位
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// 试验方法: the text, which often names a standard.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub test_method: Option<String>,
    /// 指标类别
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub category: Option<IndicatorCategory>,
    /// 指标水平说明
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level_note: Option<String>,
}

/// The key of a declaration: who declares, and which standard. The same standard declared anew is a version of it.
pub fn identity(owner: &str, number: &StandardNumber) -> String {
    format!("{owner}/{}", number_key(number))
}

/// The key of the number, or the folded text where the grammar does not know it.
pub(super) fn number_key(number: &StandardNumber) -> String {
    number
        .key()
        .map_or_else(|| crate::search::number_key(number.raw()), str::to_owned)
}
