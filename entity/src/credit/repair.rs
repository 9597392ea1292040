//! Repairs (信用修复): the table and the golden record. A repair tells that there was something to repair, so it is for the enterprise and
//! the bureaus of the district, and never public.

use sea_orm::DatabaseTransaction;
use sea_orm::entity::prelude::*;
use serde::Serialize;

use super::listing_claim::RepairClaim;
use super::subject::Subject;
use super::table::{CreditFilter, Today, credit_table, decided};
use super::term::{RepairResult, RepairTarget, SubjectKind};
use crate::Result;
use crate::access::Audience;
use crate::db::list::TextList;
use crate::db::rows::{self, Kind};
use crate::ingestion::{Asserted, Domain};
use crate::record::{Reach, RecordKind};
use crate::search::SearchText;

/// A repair as readers see it.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "credit_repair")]
pub struct Model {
    /// The key of the target and the day of the application.
    #[sea_orm(primary_key, auto_increment = false)]
    pub key: String,
    /// The identity of the subject.
    pub owner_key: String,
    /// The credit code of the subject, or empty.
    pub owner: String,
    /// The name of the subject; masked for natural persons.
    pub subject_name: String,
    /// A `SubjectKind`.
    pub subject_kind: String,
    /// A `RepairTarget`.
    pub target: String,
    /// The key of the penalty or listing.
    pub target_key: String,
    /// 申请日期
    pub applied_on: Date,
    /// 受理日期
    pub accepted_on: Option<Date>,
    /// 决定日期
    pub decided_on: Option<Date>,
    /// A `RepairResult`.
    pub result: String,
    /// 修复结果, in the source's word.
    pub result_word: Option<String>,
    /// 修复机关
    pub organ: Option<String>,
    /// Quality flags.
    pub flags: TextList,
    /// Always none: it is never shown to the public.
    pub public_from: Option<Date>,
    /// Always none.
    pub public_until: Option<Date>,
    /// Who may see it.
    pub audience: String,
    /// GB/T 2260 code of the organ's district, or empty.
    pub region: String,
}

/// Repairs are joined by hand.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

credit_table!("credit_repair", RepairList, by AppliedOn as "applied_on", applied_on, and |_, condition| condition);

impl Model {
    /// Whom it is about.
    pub fn subject(&self) -> SubjectKind {
        self.subject_kind.parse().unwrap_or(SubjectKind::NaturalPerson)
    }
}

/// The domain of repairs.
pub(crate) struct Repairs;

const REPAIR: &rows::Columns = &[
    ("key", Kind::Text),
    ("owner_key", Kind::Text),
    ("owner", Kind::Text),
    ("subject_name", Kind::Text),
    ("subject_kind", Kind::Text),
    ("target", Kind::Text),
    ("target_key", Kind::Text),
    ("applied_on", Kind::Date),
    ("accepted_on", Kind::Date),
    ("decided_on", Kind::Date),
    ("result", Kind::Text),
    ("result_word", Kind::Text),
    ("organ", Kind::Text),
    ("flags", Kind::Text),
    ("public_from", Kind::Date),
    ("public_until", Kind::Date),
    ("audience", Kind::Text),
    ("region", Kind::Text),
];

impl Domain for Repairs {
    const KIND: RecordKind = RecordKind::CreditRepair;
    type Claim = RepairClaim;
    type Golden = Model;

    fn standing(claims: Vec<Asserted<RepairClaim>>) -> Vec<Asserted<RepairClaim>> {
        super::told_of(
            claims,
            |claim| claim.subject.is_some(),
            |claim| claim.withdrawn.is_some(),
        )
    }

    fn golden(key: &str, claims: &[Asserted<RepairClaim>]) -> Model {
        let subject = decided!(claims, "subject", subject).unwrap_or_else(|| Subject::natural_person(""));
        Model {
            key: key.to_owned(),
            owner_key: subject.key.clone(),
            owner: subject.owner(),
            subject_name: subject.name.clone(),
            subject_kind: subject.kind.as_str().to_owned(),
            target: decided!(claims, "target", target)
                .unwrap_or(RepairTarget::Penalty)
                .as_str()
                .to_owned(),
            target_key: decided!(claims, "targetKey", target_key).unwrap_or_default(),
            applied_on: decided!(claims, "appliedOn", applied_on).unwrap_or_default(),
            accepted_on: decided!(claims, "acceptedOn", accepted_on),
            decided_on: decided!(claims, "decidedOn", decided_on),
            result: decided!(claims, "result", result)
                .unwrap_or(RepairResult::Applied)
                .as_str()
                .to_owned(),
            result_word: decided!(claims, "resultWord", result_word),
            organ: decided!(claims, "organ", organ),
            flags: super::flags(claims, |claim| &claim.flags),
            public_from: None,
            public_until: None,
            audience: subject.audience(Audience::Enterprise).as_str().to_owned(),
            region: decided!(claims, "region", region_code).unwrap_or_default(),
        }
    }

    fn reach(golden: &Model) -> Reach {
        super::reach(&golden.audience, &golden.region, &golden.owner)
    }

    /// Found by its enterprise.
    fn search_text(_golden: &Model) -> Option<SearchText> {
        None
    }

    async fn store(transaction: &DatabaseTransaction, records: &[Model]) -> Result<()> {
        rows::upsert(transaction, "credit_repair", "key", REPAIR, records).await
    }

    async fn remove(transaction: &DatabaseTransaction, keys: &[&str]) -> Result<()> {
        rows::delete_by(transaction, "credit_repair", "key", keys).await
    }
}
