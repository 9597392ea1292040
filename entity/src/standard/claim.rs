//! What a source says about a standard or a standard project.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::term::{ProjectStage, StandardFlag, StandardStatus};
use crate::value::{StandardKind, StandardNature, StandardNumber};

/// A claim about a standard. What the source does not say is empty.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct StandardClaim {
    /// The join key of the number.
    pub key: String,
    /// The number, as the source writes it.
    pub number: StandardNumber,
    /// 标准名称, cleaned.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The title as the source writes it, where it was cleaned.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name_reported: Option<String>,
    /// 标准状态, mapped.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<StandardStatus>,
    /// The source's word for the status.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status_word: Option<String>,
    /// 发布日期
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub issued_on: Option<NaiveDate>,
    /// 实施日期
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub effective_on: Option<NaiveDate>,
    /// 废止日期
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub withdrawn_on: Option<NaiveDate>,
    /// ICS 国际标准分类
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ics_codes: Vec<String>,
    /// CCS 中国标准文献分类
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ccs_codes: Vec<String>,
    /// GB/T 4754 国民经济行业分类
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub industry_codes: Vec<String>,
    /// 发布部门
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub issuing_bodies: Vec<Issuer>,
    /// 归口单位
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub committee: Option<String>,
    /// 主管部门
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub department: Option<String>,
    /// 代替
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub replaces: Vec<SuccessionClaim>,
    /// 被代替
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub replaced_by: Vec<SuccessionClaim>,
    /// Remarks of the source that are no succession.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
    /// What is odd about the claim.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub flags: Vec<StandardFlag>,
    /// Columns that no mapping knows, by their header.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub extra: BTreeMap<String, String>,
}

impl StandardClaim {
    /// A claim that says nothing but the number; none where the number has no key.
    pub fn of(number: StandardNumber) -> Option<Self> {
        Some(Self {
            key: number.key()?.to_owned(),
            number,
            name: None,
            name_reported: None,
            status: None,
            status_word: None,
            issued_on: None,
            effective_on: None,
            withdrawn_on: None,
            ics_codes: Vec::new(),
            ccs_codes: Vec::new(),
            industry_codes: Vec::new(),
            issuing_bodies: Vec::new(),
            committee: None,
            department: None,
            replaces: Vec::new(),
            replaced_by: Vec::new(),
            notes: Vec::new(),
            flags: Vec::new(),
            extra: BTreeMap::new(),
        })
    }

    /// An enterprise standard (企业标准) as its declaration tells of it. How it stands, its declarations tell.
    pub fn declared(
        number: &StandardNumber,
        name: Option<&str>,
        published_on: Option<NaiveDate>,
    ) -> Option<Self> {
        let mut claim = Self::of(number.clone())?;
        claim.name = name.map(str::to_owned);
        claim.issued_on = published_on;
        Some(claim)
    }
}

/// An issuing body.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Issuer {
    /// The name from the table of bodies, or the source's word.
    pub name: String,
    /// The source's word.
    pub reported: String,
    /// Whether the table knows the body.
    pub recognised: bool,
}

/// The other side of a succession.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SuccessionClaim {
    /// The number of the other standard.
    pub number: StandardNumber,
    /// 部分代替: only a part is replaced.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub partial: bool,
}

/// A claim about a plan or draft (国家标准计划 …).
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ProjectClaim {
    /// The plan number, or the number of the draft.
    pub key: String,
    /// The number as shown.
    pub number: String,
    /// The title, cleaned.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The title as the source writes it, where it was cleaned.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name_reported: Option<String>,
    /// The stage, mapped.
    pub stage: ProjectStage,
    /// The source's word for the stage.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stage_word: Option<String>,
    /// The level of the standard to come.
    pub kind: StandardKind,
    /// The nature of the standard to come.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nature: Option<StandardNature>,
    /// What is odd about the claim.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub flags: Vec<StandardFlag>,
}
