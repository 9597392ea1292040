//! What sources say about penalties and licences.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::listing_claim::RepairTold;
use super::subject::Subject;
use super::table::fields;
use super::term::{CreditFlag, LicenceStatus, PenaltyKind, PublicationTerm};
use crate::value::Money;

/// A claim about a penalty. What the source does not say is empty.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct PenaltyClaim {
    /// The key ([`super::identity`]).
    pub key: String,
    /// 行政相对人; none in a claim that is made in passing, by a repair.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subject: Option<Subject>,
    /// 行政处罚决定书文号, in its canonical form where it has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub document_number: Option<String>,
    /// 处罚决定日期
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decided_on: Option<NaiveDate>,
    /// 处罚名称 or 案件名称
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// 违法行为类型
    #[serde(skip_serializing_if = "Option::is_none")]
    pub violation: Option<String>,
    /// 违法事实、处罚事由
    #[serde(skip_serializing_if = "Option::is_none")]
    pub facts: Option<String>,
    /// 处罚依据
    #[serde(skip_serializing_if = "Option::is_none")]
    pub basis: Option<String>,
    /// 处罚类别
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub kinds: Vec<PenaltyKind>,
    /// 处罚类别, in the source's words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind_words: Option<String>,
    /// 处罚内容、处罚结果
    #[serde(skip_serializing_if = "Option::is_none")]
    pub content: Option<String>,
    /// 罚款金额
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fine: Option<Money>,
    /// 没收金额
    #[serde(skip_serializing_if = "Option::is_none")]
    pub confiscated: Option<Money>,
    /// 暂扣或吊销证照名称及编号
    #[serde(skip_serializing_if = "Option::is_none")]
    pub certificate: Option<String>,
    /// 处罚有效期
    #[serde(skip_serializing_if = "Option::is_none")]
    pub valid_until: Option<NaiveDate>,
    /// 公示日期
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published_on: Option<NaiveDate>,
    /// 公示截止期
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deadline_on: Option<NaiveDate>,
    /// For how long it is shown by law, as judged when the row was read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub term: Option<PublicationTerm>,
    /// 处罚机关
    #[serde(skip_serializing_if = "Option::is_none")]
    pub organ: Option<String>,
    /// 处罚机关统一社会信用代码
    #[serde(skip_serializing_if = "Option::is_none")]
    pub organ_code: Option<String>,
    /// GB/T 2260 code of the district of the organ.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub region_code: Option<String>,
    /// 当前状态, in the source's word.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status_word: Option<String>,
    /// 备注
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remark: Option<String>,
    /// 撤回: the source takes the record back, and why, in its words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub withdrawn: Option<String>,
    /// 信用修复, in a claim that is made in passing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub repair: Option<RepairTold>,
    /// What is odd about the claim.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub flags: Vec<CreditFlag>,
    /// Columns that no mapping knows, by their header; none of natural persons.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub extra: BTreeMap<String, String>,
}

fields! {
    PenaltyClaim {
        "documentNumber" => document_number,
        "decidedOn" => decided_on,
        "title" => title,
        "violation" => violation,
        "facts" => facts,
        "basis" => basis,
        "kindWords" => kind_words,
        "content" => content,
        "certificate" => certificate,
        "validUntil" => valid_until,
        "publishedOn" => published_on,
        "deadlineOn" => deadline_on,
        "organ" => organ,
        "organCode" => organ_code,
        "region" => region_code,
        "statusWord" => status_word,
        "remark" => remark,
        "repairedOn" => repair,
        "subject" => subject,
        "fine" => fine,
        "confiscated" => confiscated,
    }
    words {
        "term" => term,
    }
}

/// A claim about a licence (行政许可). What the source does not say is empty.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct LicenceClaim {
    /// The key ([`super::identity`]).
    pub key: String,
    /// 行政相对人
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subject: Option<Subject>,
    /// 行政许可决定文书号, in its canonical form where it has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub document_number: Option<String>,
    /// 行政许可决定文书名称
    #[serde(skip_serializing_if = "Option::is_none")]
    pub document_name: Option<String>,
    /// 许可决定日期
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decided_on: Option<NaiveDate>,
    /// 许可类别
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// 许可证书名称
    #[serde(skip_serializing_if = "Option::is_none")]
    pub certificate_name: Option<String>,
    /// 许可编号
    #[serde(skip_serializing_if = "Option::is_none")]
    pub certificate_number: Option<String>,
    /// 许可内容
    #[serde(skip_serializing_if = "Option::is_none")]
    pub content: Option<String>,
    /// 有效期自
    #[serde(skip_serializing_if = "Option::is_none")]
    pub valid_from: Option<NaiveDate>,
    /// 有效期至
    #[serde(skip_serializing_if = "Option::is_none")]
    pub valid_until: Option<NaiveDate>,
    /// 许可机关
    #[serde(skip_serializing_if = "Option::is_none")]
    pub organ: Option<String>,
    /// 许可机关统一社会信用代码
    #[serde(skip_serializing_if = "Option::is_none")]
    pub organ_code: Option<String>,
    /// GB/T 2260 code of the district of the organ.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub region_code: Option<String>,
    /// 当前状态
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<LicenceStatus>,
    /// 当前状态, in the source's word.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status_word: Option<String>,
    /// 备注
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remark: Option<String>,
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
    LicenceClaim {
        "documentNumber" => document_number,
        "documentName" => document_name,
        "decidedOn" => decided_on,
        "kind" => kind,
        "certificateName" => certificate_name,
        "certificateNumber" => certificate_number,
        "content" => content,
        "validFrom" => valid_from,
        "validUntil" => valid_until,
        "organ" => organ,
        "organCode" => organ_code,
        "region" => region_code,
        "statusWord" => status_word,
        "remark" => remark,
        "subject" => subject,
    }
    words {
        "status" => status,
    }
}
