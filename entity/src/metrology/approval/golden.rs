//! The table of type approvals with its golden record.

use chrono::Datelike;
use sea_orm::DatabaseTransaction;
use sea_orm::entity::prelude::*;

use super::claim::{ApprovalFlag, ApprovalStatus, TypeApprovalClaim};
use crate::Result;
use crate::access::{Audience, Visible};
use crate::db::list::TextList;
use crate::db::rows::{self, Kind};
use crate::ingestion::field::{Fields, Reading, deciding, said};
use crate::ingestion::{Asserted, Domain};
use crate::institution::Qualification;
use crate::record::{Reach, RecordKind};
use crate::search::SearchText;
use crate::value::TypeApprovalNumber;

/// A type approval as readers see it.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, serde::Serialize)]
#[sea_orm(table_name = "type_approval")]
pub struct Model {
    /// 型式批准证书编号 (CPA), in its one form.
    #[sea_orm(primary_key, auto_increment = false)]
    pub key: String,
    /// 申请单位: who holds it.
    pub holder_name: Option<String>,
    /// 统一社会信用代码 of the holder.
    pub credit_code: Option<String>,
    /// 计量器具名称
    pub instrument_name: String,
    /// 规格型号
    pub models: TextList,
    /// 测量范围
    pub measuring_range: Option<String>,
    /// 准确度等级
    pub accuracy: Option<String>,
    /// 批准机关
    pub authority: Option<String>,
    /// 批准日期
    pub approved_on: Option<Date>,
    /// 有效期至, as told.
    pub valid_until: Option<Date>,
    /// An `ApprovalOrigin`.
    pub origin: Option<String>,
    /// 状态, an `ApprovalStatus`.
    pub status: Option<String>,
    /// The source's word for the status.
    pub status_word: Option<String>,
    /// Quality flags.
    pub flags: TextList,
    /// Who may see it.
    pub audience: String,
    /// GB/T 2260 code of the district of the holder, or empty.
    pub region: String,
}

/// Type approvals are joined by hand.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Visible for Entity {}

impl Model {
    /// Whether it holds on a day. The law sets no term, so without a last day the status decides; sources tell the present status and
    /// not since when, so it counts for every day.
    pub fn qualification(&self, on: Date) -> Qualification {
        let status: Option<ApprovalStatus> = self.status.as_deref().and_then(|word| word.parse().ok());
        let stated = status.and_then(ApprovalStatus::stated);
        Qualification::judged(stated, self.approved_on, self.valid_until, on)
    }

    /// Whether a day lies before its first day or behind its last. Where the last comes before the first, one of them is wrong and
    /// nobody knows which: no day is outside.
    pub(in crate::metrology) fn is_outside(&self, day: Date) -> bool {
        let period = self.approved_on.zip(self.valid_until);
        let is_reversed = period.is_some_and(|(from, until)| until < from);
        let is_early = self.approved_on.is_some_and(|from| day < from);
        !is_reversed && (is_early || self.valid_until.is_some_and(|until| until < day))
    }
}

fn day(day: Option<Date>) -> Option<(usize, String)> {
    day.map(|day| (0, day.to_string()))
}

impl Fields for TypeApprovalClaim {
    const FIELDS: &'static [(&'static str, Reading<Self>)] = &[
        ("holderName", |claim| said(claim.holder_name.as_ref())),
        ("creditCode", |claim| {
            claim
                .credit_code
                .as_ref()
                .map(|code| (0, code.as_str().to_owned()))
        }),
        ("region", |claim| said(claim.region_code.as_ref())),
        ("instrumentName", |claim| said(claim.instrument_name.as_ref())),
        ("models", |claim| {
            (!claim.models.is_empty()).then(|| (0, claim.models.join("；")))
        }),
        ("range", |claim| said(claim.range.as_ref())),
        ("accuracy", |claim| said(claim.accuracy.as_ref())),
        ("authority", |claim| said(claim.authority.as_ref())),
        ("approvedOn", |claim| day(claim.approved_on)),
        ("validUntil", |claim| day(claim.valid_until)),
        ("origin", |claim| {
            claim.origin.map(|origin| (0, origin.as_str().to_owned()))
        }),
        ("status", |claim| {
            claim
                .status
                .map(|status| (status as usize, status.as_str().to_owned()))
        }),
    ];
}

/// The domain of type approvals.
pub(crate) struct TypeApprovals;

const TYPE_APPROVAL: &rows::Columns = &[
    ("key", Kind::Text),
    ("holder_name", Kind::Text),
    ("credit_code", Kind::Text),
    ("instrument_name", Kind::Text),
    ("models", Kind::Text),
    ("measuring_range", Kind::Text),
    ("accuracy", Kind::Text),
    ("authority", Kind::Text),
    ("approved_on", Kind::Date),
    ("valid_until", Kind::Date),
    ("origin", Kind::Text),
    ("status", Kind::Text),
    ("status_word", Kind::Text),
    ("flags", Kind::Text),
    ("audience", Kind::Text),
    ("region", Kind::Text),
];

impl Domain for TypeApprovals {
    const KIND: RecordKind = RecordKind::TypeApproval;
    type Claim = TypeApprovalClaim;
    type Golden = Model;

    fn golden(key: &str, claims: &[Asserted<TypeApprovalClaim>]) -> Model {
        let from = |name: &str| deciding(claims, name).map(|asserted| &asserted.claim);
        let text =
            |name: &str, read: fn(&TypeApprovalClaim) -> Option<&String>| from(name).and_then(read).cloned();
        let status = from("status");
        let approved_on = from("approvedOn").and_then(|claim| claim.approved_on);
        let valid_until = from("validUntil").and_then(|claim| claim.valid_until);
        let mut flags: Vec<ApprovalFlag> = claims
            .iter()
            .flat_map(|asserted| asserted.claim.flags.iter().copied())
            .collect();
        let period = approved_on.zip(valid_until);
        if period.is_some_and(|(from, until)| until < from) {
            flags.push(ApprovalFlag::PeriodReversed);
        }
        let year = TypeApprovalNumber::parse(key).and_then(|number| number.year());
        if year
            .zip(approved_on)
            .is_some_and(|(year, day)| day.year() != year)
        {
            flags.push(ApprovalFlag::YearContradicts);
        }
        Model {
            key: key.to_owned(),
            holder_name: text("holderName", |claim| claim.holder_name.as_ref()),
            credit_code: from("creditCode")
                .and_then(|claim| claim.credit_code.as_ref())
                .map(|code| code.as_str().to_owned()),
            instrument_name: text("instrumentName", |claim| claim.instrument_name.as_ref())
                .unwrap_or_else(|| key.to_owned()),
            models: from("models")
                .map(|claim| TextList(claim.models.clone()))
                .unwrap_or_default(),
            measuring_range: text("range", |claim| claim.range.as_ref()),
            accuracy: text("accuracy", |claim| claim.accuracy.as_ref()),
            authority: text("authority", |claim| claim.authority.as_ref()),
            approved_on,
            valid_until,
            origin: from("origin")
                .and_then(|claim| claim.origin)
                .map(|origin| origin.as_str().to_owned()),
            status: status
                .and_then(|claim| claim.status)
                .map(|status| status.as_str().to_owned()),
            status_word: status.and_then(|claim| claim.status_word.clone()),
            flags: TextList::distinct(flags, ApprovalFlag::as_str),
            audience: Audience::Public.as_str().to_owned(),
            region: text("region", |claim| claim.region_code.as_ref()).unwrap_or_default(),
        }
    }

    fn reach(golden: &Model) -> Reach {
        Reach {
            region: golden.region.clone(),
            ..Reach::public()
        }
    }

    fn search_text(golden: &Model) -> Option<SearchText> {
        let holder = golden.holder_name.as_deref().unwrap_or_default();
        let title = format!(
            "{} {} {holder}",
            golden.instrument_name,
            golden.models.0.join(" ")
        );
        Some(SearchText::new(&title, Some(&golden.key)))
    }

    async fn store(transaction: &DatabaseTransaction, records: &[Model]) -> Result<()> {
        rows::upsert(transaction, "type_approval", "key", TYPE_APPROVAL, records).await
    }

    async fn remove(transaction: &DatabaseTransaction, keys: &[&str]) -> Result<()> {
        rows::delete_by(transaction, "type_approval", "key", keys).await
    }
}
