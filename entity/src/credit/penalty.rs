//! Penalties (行政处罚): the table, and the golden record with the days on which it is shown.

use chrono::NaiveDate;
use sea_orm::DatabaseTransaction;
use sea_orm::entity::prelude::*;
use serde::Serialize;

use super::claim::PenaltyClaim;
use super::publication::{Published, Window, window};
use super::subject::Subject;
use super::table::{CreditFilter, Today, credit_table, decided};
use super::term::{PenaltyKind, PublicationTerm, SubjectKind};
use crate::Result;
use crate::access::Audience;
use crate::change::ChangeReason;
use crate::db::list::TextList;
use crate::db::rows::{self, Kind};
use crate::ingestion::{Asserted, Domain};
use crate::record::{Reach, RecordKind};
use crate::search::SearchText;
use crate::value::Money;

/// A penalty as readers see it.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "penalty")]
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
    /// 行政处罚决定书文号
    pub document_number: String,
    /// The key of the document number.
    pub document_key: String,
    /// 处罚名称 or 案件名称
    pub title: Option<String>,
    /// 违法行为类型
    pub violation: Option<String>,
    /// 违法事实、处罚事由
    pub facts: Option<String>,
    /// 处罚依据
    pub basis: Option<String>,
    /// 处罚类别, each a `PenaltyKind`.
    pub kinds: TextList,
    /// 处罚类别, in the source's words.
    pub kind_words: Option<String>,
    /// 处罚内容、处罚结果
    pub content: Option<String>,
    /// 罚款金额 in fen.
    pub fine: Option<i64>,
    /// 罚款金额 as the source writes it.
    pub fine_raw: Option<String>,
    /// 没收金额 in fen.
    pub confiscated: Option<i64>,
    /// 没收金额 as the source writes it.
    pub confiscated_raw: Option<String>,
    /// 暂扣或吊销证照名称及编号
    pub certificate: Option<String>,
    /// 处罚决定日期
    pub decided_on: Date,
    /// 处罚有效期
    pub valid_until: Option<Date>,
    /// 公示日期
    pub published_on: Option<Date>,
    /// 公示截止期
    pub deadline_on: Option<Date>,
    /// 信用修复: the day of an approved repair.
    pub repaired_on: Option<Date>,
    /// A `PublicationTerm`.
    pub term: String,
    /// 处罚机关
    pub organ: Option<String>,
    /// 处罚机关统一社会信用代码
    pub organ_code: Option<String>,
    /// 当前状态, in the source's word.
    pub status_word: Option<String>,
    /// 备注
    pub remark: Option<String>,
    /// The first day of which a file told of it: when it was received. It tells of the reading, so it makes no new version.
    #[serde(skip)]
    pub received_on: Date,
    /// Quality flags.
    pub flags: TextList,
    /// The first day on which it is shown; none where it is never shown.
    pub public_from: Option<Date>,
    /// The first day on which it is not shown any more.
    pub public_until: Option<Date>,
    /// Who may see it while it is shown.
    pub audience: String,
    /// GB/T 2260 code of the organ's district, or empty.
    pub region: String,
}

/// Penalties are joined by hand.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

credit_table!("penalty", PenaltyList, by DecidedOn as "decided_on", decided_on, and |filter, condition| {
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

    /// For how long it is shown by law.
    pub fn window_term(&self) -> PublicationTerm {
        self.term.parse().unwrap_or(PublicationTerm::NotPublished)
    }

    /// When it is shown, and what ends that.
    pub fn window(&self) -> Window {
        window(Published {
            subject: self.subject(),
            term: Some(self.window_term()),
            from: self.published_on.unwrap_or(self.decided_on),
            deadline: self.deadline_on,
            repaired_on: self.repaired_on,
        })
    }
}

/// The domain of penalties.
pub(crate) struct Penalties;

const PENALTY: &rows::Columns = &[
    ("key", Kind::Text),
    ("owner_key", Kind::Text),
    ("owner", Kind::Text),
    ("subject_name", Kind::Text),
    ("subject_kind", Kind::Text),
    ("document_number", Kind::Text),
    ("document_key", Kind::Text),
    ("title", Kind::Text),
    ("violation", Kind::Text),
    ("facts", Kind::Text),
    ("basis", Kind::Text),
    ("kinds", Kind::Text),
    ("kind_words", Kind::Text),
    ("content", Kind::Text),
    ("fine", Kind::Big),
    ("fine_raw", Kind::Text),
    ("confiscated", Kind::Big),
    ("confiscated_raw", Kind::Text),
    ("certificate", Kind::Text),
    ("decided_on", Kind::Date),
    ("valid_until", Kind::Date),
    ("published_on", Kind::Date),
    ("deadline_on", Kind::Date),
    ("repaired_on", Kind::Date),
    ("term", Kind::Text),
    ("organ", Kind::Text),
    ("organ_code", Kind::Text),
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
    penalty: &'a Model,
    received_on: NaiveDate,
}

impl Domain for Penalties {
    const KIND: RecordKind = RecordKind::Penalty;
    type Claim = PenaltyClaim;
    type Golden = Model;

    fn standing(claims: Vec<Asserted<PenaltyClaim>>) -> Vec<Asserted<PenaltyClaim>> {
        super::told_of(
            claims,
            |claim| claim.subject.is_some(),
            |claim| claim.withdrawn.is_some(),
        )
    }

    fn golden(key: &str, claims: &[Asserted<PenaltyClaim>]) -> Model {
        let subject = decided!(claims, "subject", subject).unwrap_or_else(|| Subject::natural_person(""));
        let (fine, confiscated) = (
            decided!(claims, "fine", fine),
            decided!(claims, "confiscated", confiscated),
        );
        let kinds = claims
            .iter()
            .map(|asserted| &asserted.claim.kinds)
            .find(|kinds| !kinds.is_empty());
        let document: String = decided!(claims, "documentNumber", document_number).unwrap_or_default();
        let mut penalty = Model {
            key: key.to_owned(),
            owner_key: subject.key.clone(),
            owner: subject.owner(),
            subject_name: subject.name.clone(),
            subject_kind: subject.kind.as_str().to_owned(),
            document_key: super::document_key(&document),
            document_number: document,
            title: decided!(claims, "title", title),
            violation: decided!(claims, "violation", violation),
            facts: decided!(claims, "facts", facts),
            basis: decided!(claims, "basis", basis),
            kinds: TextList::distinct(kinds.cloned().unwrap_or_default(), PenaltyKind::as_str),
            kind_words: decided!(claims, "kindWords", kind_words),
            content: decided!(claims, "content", content),
            fine: fine.as_ref().map(Money::fen),
            fine_raw: fine.map(|money| money.raw().to_owned()),
            confiscated: confiscated.as_ref().map(Money::fen),
            confiscated_raw: confiscated.map(|money| money.raw().to_owned()),
            certificate: decided!(claims, "certificate", certificate),
            decided_on: decided!(claims, "decidedOn", decided_on).unwrap_or_default(),
            valid_until: decided!(claims, "validUntil", valid_until),
            published_on: decided!(claims, "publishedOn", published_on),
            deadline_on: decided!(claims, "deadlineOn", deadline_on),
            // Any approved repair ends the showing, the first of them all.
            repaired_on: super::repaired_on(claims, |claim| claim.repair.as_ref()),
            term: decided!(claims, "term", term)
                .unwrap_or(PublicationTerm::NotPublished)
                .as_str()
                .to_owned(),
            organ: decided!(claims, "organ", organ),
            organ_code: decided!(claims, "organCode", organ_code),
            status_word: decided!(claims, "statusWord", status_word),
            remark: decided!(claims, "remark", remark),
            received_on: super::received_on(claims, |claim| claim.subject.is_some()),
            flags: super::flags(claims, |claim| &claim.flags),
            public_from: None,
            public_until: None,
            audience: String::new(),
            region: decided!(claims, "region", region_code).unwrap_or_default(),
        };
        let window = penalty.window();
        (penalty.public_from, penalty.public_until) = (window.from, window.until);
        let otherwise = match window.from {
            Some(_) => Audience::Public,
            None => Audience::Enterprise,
        };
        subject
            .audience(otherwise)
            .as_str()
            .clone_into(&mut penalty.audience);
        penalty
    }

    fn reason(golden: &Model, was: Option<&Reach>, is: &Reach) -> Option<ChangeReason> {
        super::repaired(golden.repaired_on, was, is)
    }

    fn reach(golden: &Model) -> Reach {
        super::reach(&golden.audience, &golden.region, &golden.owner)
    }

    fn reach_on(golden: &Model, day: NaiveDate) -> Reach {
        super::dated(
            Self::reach(golden),
            (golden.public_from, golden.public_until),
            day,
        )
    }

    /// Found by its enterprise and by its document number in lists, never by words: what is not shown any more must not be found.
    fn search_text(_golden: &Model) -> Option<SearchText> {
        None
    }

    async fn store(transaction: &DatabaseTransaction, records: &[Model]) -> Result<()> {
        let rows: Vec<Row<'_>> = records
            .iter()
            .map(|penalty| Row {
                penalty,
                received_on: penalty.received_on,
            })
            .collect();
        rows::upsert(transaction, "penalty", "key", PENALTY, &rows).await
    }

    async fn remove(transaction: &DatabaseTransaction, keys: &[&str]) -> Result<()> {
        rows::delete_by(transaction, "penalty", "key", keys).await
    }
}
