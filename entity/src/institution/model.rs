//! The tables of institutions and of what bureaus found out about them, with their golden records.

use sea_orm::DatabaseTransaction;
use sea_orm::entity::prelude::*;

use super::claim::InstitutionClaim;
use super::term::InstitutionFlag;
use super::validity::year_fits;
use crate::Result;
use crate::access::{Audience, Visible};
use crate::db::list::TextList;
use crate::db::rows::{self, Kind};
use crate::ingestion::field::{Fields, Reading, deciding, said};
use crate::ingestion::{Asserted, Domain};
use crate::record::{Reach, RecordKind};
use crate::search::SearchText;
use crate::value::CmaNumber;

/// An institution as readers see it.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, serde::Serialize)]
#[sea_orm(table_name = "testing_institution")]
pub struct Model {
    /// 资质认定证书编号 (CMA), twelve digits.
    #[sea_orm(primary_key, auto_increment = false)]
    pub key: String,
    /// 机构名称
    pub name: String,
    /// 统一社会信用代码
    pub credit_code: Option<String>,
    /// 检验检测能力范围
    pub scope: TextList,
    /// 发证日期
    pub issued_on: Option<Date>,
    /// 有效期至, as told.
    pub valid_until: Option<Date>,
    /// 状态, an `InstitutionStatus`.
    pub status: Option<String>,
    /// The source's word for the status.
    pub status_word: Option<String>,
    /// 地址
    pub address: Option<String>,
    /// Quality flags.
    pub flags: TextList,
    /// Who may see it.
    pub audience: String,
    /// GB/T 2260 code of the district, or empty.
    pub region: String,
}

/// Institutions are joined by hand.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Visible for Entity {}

impl Fields for InstitutionClaim {
    const FIELDS: &'static [(&'static str, Reading<Self>)] = &[
        ("name", |claim| said(claim.name.as_ref())),
        ("creditCode", |claim| {
            claim
                .credit_code
                .as_ref()
                .map(|code| (0, code.as_str().to_owned()))
        }),
        ("region", |claim| said(claim.region_code.as_ref())),
        ("scope", |claim| {
            (!claim.scope.is_empty()).then(|| (0, claim.scope.join("；")))
        }),
        ("issuedOn", |claim| {
            claim.issued_on.map(|day| (0, day.to_string()))
        }),
        ("validUntil", |claim| {
            claim.valid_until.map(|day| (0, day.to_string()))
        }),
        ("status", |claim| {
            claim
                .status
                .map(|status| (status as usize, status.as_str().to_owned()))
        }),
        ("address", |claim| said(claim.address.as_ref())),
    ];
}

/// The domain of institutions.
pub(crate) struct Institutions;

const INSTITUTION: &rows::Columns = &[
    ("key", Kind::Text),
    ("name", Kind::Text),
    ("credit_code", Kind::Text),
    ("scope", Kind::Text),
    ("issued_on", Kind::Date),
    ("valid_until", Kind::Date),
    ("status", Kind::Text),
    ("status_word", Kind::Text),
    ("address", Kind::Text),
    ("flags", Kind::Text),
    ("audience", Kind::Text),
    ("region", Kind::Text),
];

impl Domain for Institutions {
    const KIND: RecordKind = RecordKind::TestingInstitution;
    type Claim = InstitutionClaim;
    type Golden = Model;

    fn golden(key: &str, claims: &[Asserted<InstitutionClaim>]) -> Model {
        let from = |name: &str| deciding(claims, name).map(|asserted| &asserted.claim);
        let (status, issued_on) = (from("status"), from("issuedOn").and_then(|claim| claim.issued_on));
        let valid_until = from("validUntil").and_then(|claim| claim.valid_until);
        let mut flags: Vec<InstitutionFlag> = claims
            .iter()
            .flat_map(|asserted| asserted.claim.flags.iter().copied())
            .collect();
        if issued_on
            .zip(valid_until)
            .is_some_and(|(from, until)| until < from)
        {
            flags.push(InstitutionFlag::PeriodReversed);
        }
        if CmaNumber::parse(key)
            .zip(issued_on)
            .is_some_and(|(number, day)| !year_fits(&number, day))
        {
            flags.push(InstitutionFlag::YearContradicts);
        }
        Model {
            key: key.to_owned(),
            name: from("name")
                .and_then(|claim| claim.name.clone())
                .unwrap_or_else(|| key.to_owned()),
            credit_code: from("creditCode")
                .and_then(|claim| claim.credit_code.as_ref())
                .map(|code| code.as_str().to_owned()),
            scope: from("scope")
                .map(|claim| TextList(claim.scope.clone()))
                .unwrap_or_default(),
            issued_on,
            valid_until,
            status: status
                .and_then(|claim| claim.status)
                .map(|status| status.as_str().to_owned()),
            status_word: status.and_then(|claim| claim.status_word.clone()),
            address: from("address").and_then(|claim| claim.address.clone()),
            flags: TextList::distinct(flags, InstitutionFlag::as_str),
            audience: Audience::Public.as_str().to_owned(),
            region: from("region")
                .and_then(|claim| claim.region_code.clone())
                .unwrap_or_default(),
        }
    }

    fn reach(golden: &Model) -> Reach {
        Reach {
            region: golden.region.clone(),
            ..Reach::public()
        }
    }

    fn search_text(golden: &Model) -> Option<SearchText> {
        Some(SearchText::new(&golden.name, Some(&golden.key)))
    }

    async fn store(transaction: &DatabaseTransaction, records: &[Model]) -> Result<()> {
        rows::upsert(transaction, "testing_institution", "key", INSTITUTION, records).await
    }

    async fn remove(transaction: &DatabaseTransaction, keys: &[&str]) -> Result<()> {
        rows::delete_by(transaction, "testing_institution", "key", keys).await
    }
}
