//! What a bureau says about a mandatory limit.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::record::sha256_hex;
use crate::search;
use crate::value::StandardNumber;

/// A claim about a mandatory limit (限值) of a mandatory standard.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct LimitClaim {
    /// The key ([`identity`]).
    pub key: String,
    /// The mandatory standard.
    pub standard_number: StandardNumber,
    /// 条款 of the standard, as `4.3`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clause: Option<String>,
    /// 指标名称, and other names of the same indicator.
    pub indicators: Vec<String>,
    /// 限值 as written, `≤90`.
    pub requirement: String,
    /// 计量单位, where it stands in a column of its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// 适用产品: words of which a product's name, generic name or category holds one; empty for every product.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub subjects: Vec<String>,
    /// The first day on which the limit holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_from: Option<NaiveDate>,
    /// The first day on which it does not hold any more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_until: Option<NaiveDate>,
}

/// The key of a limit: standard, clause, indicator, products and first day. Another value for the same is a correction.
pub fn identity(
    standard_key: &str,
    clause: Option<&str>,
    indicator: &str,
    subjects: &[String],
    valid_from: Option<NaiveDate>,
) -> String {
    let from = valid_from.map(|day| day.to_string()).unwrap_or_default();
    let told = [
        clause.unwrap_or_default(),
        &search::fold(indicator),
        &subjects.join("\t"),
        &from,
    ]
    .join("\n");
    let digest: String = sha256_hex(told.as_bytes()).chars().take(16).collect();
    format!("{standard_key}/{digest}")
}
