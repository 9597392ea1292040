//! What sources say about listings, repairs and risk classes.

use std::collections::BTreeMap;
use std::fmt;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::subject::Subject;
use super::table::fields;
use super::term::{CreditFlag, CreditList, RepairResult, RepairTarget, RiskClass};

/// What a repair says in passing about its target.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RepairTold {
    /// The key of the repair.
    pub key: String,
    /// The day on which it was approved; none while it is not, or not any more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub approved_on: Option<NaiveDate>,
}

impl fmt::Display for RepairTold {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.approved_on {
            Some(day) => write!(formatter, "{day}"),
            None => formatter.write_str("-"),
        }
    }
}

/// A claim that an enterprise is or was on a list (经营异常名录, 严重违法失信名单). What the source does not say is empty.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ListingClaim {
    /// The key ([`super::identity`]).
    pub key: String,
    /// The enterprise; none in a claim that is made in passing, by a repair.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subject: Option<Subject>,
    /// 名单
    #[serde(skip_serializing_if = "Option::is_none")]
    pub list: Option<CreditList>,
    /// 列入原因
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// 列入日期
    #[serde(skip_serializing_if = "Option::is_none")]
    pub listed_on: Option<NaiveDate>,
    /// 列入机关
    #[serde(skip_serializing_if = "Option::is_none")]
    pub organ: Option<String>,
    /// 移出日期
    #[serde(skip_serializing_if = "Option::is_none")]
    pub removed_on: Option<NaiveDate>,
    /// 移出原因
    #[serde(skip_serializing_if = "Option::is_none")]
    pub removal_reason: Option<String>,
    /// 移出机关
    #[serde(skip_serializing_if = "Option::is_none")]
    pub removal_organ: Option<String>,
    /// GB/T 2260 code of the district of the organ.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub region_code: Option<String>,
    /// 信用修复, in a claim that is made in passing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub repair: Option<RepairTold>,
    /// 撤回: the source takes the record back, and why, in its words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub withdrawn: Option<String>,
    /// What is odd about the claim.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub flags: Vec<CreditFlag>,
    /// Columns that no mapping knows, by their header; none of natural persons.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub extra: BTreeMap<String, String>,
}

fields! {
    ListingClaim {
        "reason" => reason,
        "listedOn" => listed_on,
        "organ" => organ,
        "removedOn" => removed_on,
        "removalReason" => removal_reason,
        "removalOrgan" => removal_organ,
        "region" => region_code,
        "repairedOn" => repair,
        "subject" => subject,
    }
    words {
        "list" => list,
    }
}

/// A claim about a repair (信用修复) of a penalty or a listing. What the source does not say is empty.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct RepairClaim {
    /// The key ([`super::identity`]).
    pub key: String,
    /// 行政相对人
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subject: Option<Subject>,
    /// What it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target: Option<RepairTarget>,
    /// The key of the penalty or listing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target_key: Option<String>,
    /// 申请日期
    #[serde(skip_serializing_if = "Option::is_none")]
    pub applied_on: Option<NaiveDate>,
    /// 受理日期
    #[serde(skip_serializing_if = "Option::is_none")]
    pub accepted_on: Option<NaiveDate>,
    /// 决定日期
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decided_on: Option<NaiveDate>,
    /// 修复结果
    #[serde(skip_serializing_if = "Option::is_none")]
    pub result: Option<RepairResult>,
    /// 修复结果, in the source's word.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub result_word: Option<String>,
    /// 修复机关
    #[serde(skip_serializing_if = "Option::is_none")]
    pub organ: Option<String>,
    /// GB/T 2260 code of the district of the organ.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub region_code: Option<String>,
    /// 撤回: the source takes the record back, and why, in its words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub withdrawn: Option<String>,
    /// What is odd about the claim.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub flags: Vec<CreditFlag>,
    /// Columns that no mapping knows, by their header; none of natural persons.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub extra: BTreeMap<String, String>,
}

fields! {
    RepairClaim {
        "targetKey" => target_key,
        "appliedOn" => applied_on,
        "acceptedOn" => accepted_on,
        "decidedOn" => decided_on,
        "resultWord" => result_word,
        "organ" => organ,
        "region" => region_code,
        "subject" => subject,
    }
    words {
        "target" => target,
        "result" => result,
    }
}

/// A claim about the risk class (信用风险分类) of an enterprise in a month. What the source does not say is empty.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct RatingClaim {
    /// The key ([`super::identity`]).
    pub key: String,
    /// 行政相对人
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subject: Option<Subject>,
    /// The first day of the month.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub month: Option<NaiveDate>,
    /// 信用风险等级
    #[serde(skip_serializing_if = "Option::is_none")]
    pub class: Option<RiskClass>,
    /// 分类指标体系或模型
    #[serde(skip_serializing_if = "Option::is_none")]
    pub model: Option<String>,
    /// GB/T 2260 code of the district of the organ.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub region_code: Option<String>,
    /// 撤回: the source takes the record back, and why, in its words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub withdrawn: Option<String>,
    /// What is odd about the claim.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub flags: Vec<CreditFlag>,
    /// Columns that no mapping knows, by their header; none of natural persons.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub extra: BTreeMap<String, String>,
}

fields! {
    RatingClaim {
        "month" => month,
        "model" => model,
        "region" => region_code,
        "subject" => subject,
    }
    words {
        "class" => class,
    }
}
