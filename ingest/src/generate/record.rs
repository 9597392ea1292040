//! The exchange record: one declaration as a neighbour or the national platform tells it.

use serde::{Deserialize, Serialize};

/// A declaration (自我声明公开) as it is exchanged. All values are text; an empty one and an absent one mean alike:
/// not said. One JSON object a line (NDJSON), or rows of the flat form ([`super::csv_form`]).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ExchangeRecord {
    /// 操作: `UPSERT` or `DELETE`.
    pub op: String,
    /// 记录编号, the id of the record on the platform: `Q-{credit code}-{yyyyMMddHHmm}-{number of four digits}`.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub record_id: String,
    /// 统一社会信用代码, 18 characters (GB 32100-2015).
    #[serde(skip_serializing_if = "String::is_empty")]
    pub credit_code: String,
    /// 组织机构代码, 9 characters (GB 11714).
    #[serde(skip_serializing_if = "String::is_empty")]
    pub organization_code: String,
    /// 企业名称 on the day of the declaration.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub enterprise_name: String,
    /// 行政区划代码, six digits (GB/T 2260).
    #[serde(skip_serializing_if = "String::is_empty")]
    pub region_code: String,
    /// 注册地址.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub address: String,
    /// 标准编号.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub standard_number: String,
    /// 标准名称.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub standard_name: String,
    /// 标准类型: 国家标准, 行业标准, 地方标准, 团体标准 or 企业标准.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub standard_type: String,
    /// 标准发布日期, the day on which the enterprise published its standard.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub published_on: String,
    /// 公开时间, Asia/Shanghai, `2023-05-12 10:31`.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub declared_at: String,
    /// 状态, a word of the platform.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub status: String,
    /// 废止日期.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub abolished_on: String,
    /// 全文公开: 是 or 否.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub text_public: String,
    /// 自我承诺.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub pledge: String,
    /// 低于推荐性标准: 是 or 否 (企业标准化促进办法 art. 14, from 2024-01-01).
    #[serde(skip_serializing_if = "String::is_empty")]
    pub below_recommended: String,
    /// 执行该标准的产品.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub products: Vec<ExchangeProduct>,
    /// 技术指标.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub indicators: Vec<ExchangeIndicator>,
}

/// A product that is made to the standard.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ExchangeProduct {
    /// 产品名称.
    pub name: String,
    /// 通用名.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub generic_name: String,
    /// 品牌.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub brand: String,
    /// 条码, a GTIN-13. Generated ones begin with 952, which GS1 keeps for examples.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub gtin: String,
    /// 规格.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub spec: String,
    /// 型号.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub model: String,
    /// 产品分类.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub category: String,
}

/// A technical indicator.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ExchangeIndicator {
    /// 指标名称.
    pub name: String,
    /// 指标要求.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub requirement: String,
    /// 计量单位.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub unit: String,
    /// 试验方法 (R71).
    #[serde(skip_serializing_if = "String::is_empty")]
    pub test_method: String,
    /// 指标类别: 功能, 性能 or 安全.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub category: String,
    /// 指标水平说明.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub level_note: String,
}
