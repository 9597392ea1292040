//! Licences (行政许可): the table and the golden record.

use chrono::NaiveDate;
use sea_orm::DatabaseTransaction;
use sea_orm::entity::prelude::*;
use serde::Serialize;

use super::claim::LicenceClaim;
use super::subject::Subject;
use super::table::{CreditFilter, Today, credit_table, decided};
use super::term::{LicenceStatus, SubjectKind};
use crate::Result;
use crate::access::Audience;
use crate::db::list::TextList;
use crate::db::rows::{self, Kind};
use crate::ingestion::{Asserted, Domain};
use crate::record::{Reach, RecordKind};
use crate::search::SearchText;

/// A licence as readers see it.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "licence")]
pub struct Model {
    /// Subject, document number and day of the decision.
    #[sea_orm(primary_key, auto_increment = false)]
    pub key: String,
    /// The identity of the subject.
    pub owner_key: String,
    /// The credit code of the subject, or empty.
    pub owner: String,
    /// 行政相对人名称; masked for natural persons.
    pub subject_name: String,
    /// A `SubjectKind`.
    pub subject_kind: String,
    /// 行政许可决定文书号
    pub document_number: String,
    /// The key of the document number.
    pub document_key: String,
    /// 行政许可决定文书名称
    pub document_name: Option<String>,
    /// 许可类别, in the source's words.
    pub kind: Option<String>,
    /// 许可证书名称
    pub certificate_name: Option<String>,
    /// 许可编号
    pub certificate_number: Option<String>,
    /// 许可内容
    pub content: Option<String>,
    /// 许可决定日期
    pub decided_on: Date,
    /// 有效期自
    pub valid_from: Option<Date>,
    /// 有效期至: the last day.
    pub valid_until: Option<Date>,
    /// 许可机关
    pub organ: Option<String>,
    /// 许可机关统一社会信用代码
    pub organ_code: Option<String>,
    /// A `LicenceStatus`.
    pub status: Option<String>,
    /// 当前状态, in the source's word.
    pub status_word: Option<String>,
    /// 备注
    pub remark: Option<String>,
    /// The first day of which a file told of it. It tells of the reading, so it makes no new version.
    #[serde(skip)]
    pub received_on: Date,
    /// Quality flags.
    pub flags: TextList,
    /// Always none: it is shown from the beginning.
    pub public_from: Option<Date>,
    /// Always none: nothing ends the showing.
    pub public_until: Option<Date>,
    /// Who may see it.
    pub audience: String,
    /// GB/T 2260 code of the organ's district, or empty.
    pub region: String,
}

/// Licences are joined by hand.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

credit_table!("licence", LicenceList, by DecidedOn as "decided_on", decided_on, and |filter, condition| {
    match &filter.document {
        Some(document) => condition.add(Column::DocumentKey.eq(document)),
        None => condition,
    }
});

impl Model {
    /// Whom it is about.
    pub fn subject(&self) -> SubjectKind {
        self.subject_kind.parse().unwrap_or(SubjectKind::NaturalPerson)
    }

    /// Whether it is valid on a day: its term has begun and is not over, and no source says that it ended. Where the source
    /// gives no first day it begins with the decision, where it gives no last day it has none.
    pub fn is_valid_on(&self, day: NaiveDate) -> bool {
        let status = self.status.as_deref().and_then(|word| word.parse().ok());
        let stands = matches!(
            status.unwrap_or(LicenceStatus::Valid),
            LicenceStatus::Valid | LicenceStatus::Disputed | LicenceStatus::Unknown
        );
        stands
            && self.valid_from.unwrap_or(self.decided_on) <= day
            && self.valid_until.is_none_or(|last| day <= last)
    }
}

/// The domain of licences.
pub(crate) struct Licences;

const LICENCE: &rows::Columns = &[
    ("key", Kind::Text),
    ("owner_key", Kind::Text),
    ("owner", Kind::Text),
    ("subject_name", Kind::Text),
    ("subject_kind", Kind::Text),
    ("document_number", Kind::Text),
    ("document_key", Kind::Text),
    ("document_name", Kind::Text),
    ("kind", Kind::Text),
    ("certificate_name", Kind::Text),
    ("certificate_number", Kind::Text),
    ("content", Kind::Text),
    ("decided_on", Kind::Date),
    ("valid_from", Kind::Date),
    ("valid_until", Kind::Date),
    ("organ", Kind::Text),
    ("organ_code", Kind::Text),
    ("status", Kind::Text),
    ("status_word", Kind::Text),
    ("remark", Kind::Text),
    ("received_on", Kind::Date),
    ("flags", Kind::Text),
    ("public_from", Kind::Date),
    ("public_until", Kind::Date),
    ("audience", Kind::Text),
    ("region", Kind::Text),
];

#[derive(Serialize)]
struct Row<'a> {
    #[serde(flatten)]
    licence: &'a Model,
    received_on: NaiveDate,
}

impl Domain for Licences {
    const KIND: RecordKind = RecordKind::Licence;
    type Claim = LicenceClaim;
    type Golden = Model;

    fn standing(claims: Vec<Asserted<LicenceClaim>>) -> Vec<Asserted<LicenceClaim>> {
        super::told_of(
            claims,
            |claim| claim.subject.is_some(),
            |claim| claim.withdrawn.is_some(),
        )
    }

    fn golden(key: &str, claims: &[Asserted<LicenceClaim>]) -> Model {
        let subject = decided!(claims, "subject", subject).unwrap_or_else(|| Subject::natural_person(""));
        let document: String = decided!(claims, "documentNumber", document_number).unwrap_or_default();
        Model {
            key: key.to_owned(),
            owner_key: subject.key.clone(),
            owner: subject.owner(),
            subject_name: subject.name.clone(),
            subject_kind: subject.kind.as_str().to_owned(),
            document_key: super::document_key(&document),
            document_number: document,
            document_name: decided!(claims, "documentName", document_name),
            kind: decided!(claims, "kind", kind),
            certificate_name: decided!(claims, "certificateName", certificate_name),
            certificate_number: decided!(claims, "certificateNumber", certificate_number),
            content: decided!(claims, "content", content),
            decided_on: decided!(claims, "decidedOn", decided_on).unwrap_or_default(),
            valid_from: decided!(claims, "validFrom", valid_from),
            valid_until: decided!(claims, "validUntil", valid_until),
            organ: decided!(claims, "organ", organ),
            organ_code: decided!(claims, "organCode", organ_code),
            status: decided!(claims, "status", status).map(|status| status.as_str().to_owned()),
            status_word: decided!(claims, "statusWord", status_word),
            remark: decided!(claims, "remark", remark),
            received_on: super::received_on(claims, |claim| claim.subject.is_some()),
            flags: super::flags(claims, |claim| &claim.flags),
            public_from: None,
            public_until: None,
            audience: subject.audience(Audience::Public).as_str().to_owned(),
            region: decided!(claims, "region", region_code).unwrap_or_default(),
        }
    }

    fn reach(golden: &Model) -> Reach {
        super::reach(&golden.audience, &golden.region, &golden.owner)
    }

    /// Found by its enterprise and by its document number in lists.
    fn search_text(_golden: &Model) -> Option<SearchText> {
        None
    }

    async fn store(transaction: &DatabaseTransaction, records: &[Model]) -> Result<()> {
        let rows: Vec<Row<'_>> = records
            .iter()
            .map(|licence| Row {
                licence,
                received_on: licence.received_on,
            })
            .collect();
        rows::upsert(transaction, "licence", "key", LICENCE, &rows).await
    }

    async fn remove(transaction: &DatabaseTransaction, keys: &[&str]) -> Result<()> {
        rows::delete_by(transaction, "licence", "key", keys).await
    }
}
