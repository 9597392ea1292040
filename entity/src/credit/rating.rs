//! Risk classes (信用风险分类, 国市监信发〔2022〕6号): the table and the golden record. A class directs the bureaus' own attention and is no
//! judgement of the enterprise, so it is for staff.

use sea_orm::DatabaseTransaction;
use sea_orm::entity::prelude::*;
use serde::Serialize;

use super::listing_claim::RatingClaim;
use super::subject::Subject;
use super::table::{CreditFilter, Today, credit_table, decided};
use super::term::RiskClass;
use crate::Result;
use crate::access::Audience;
use crate::db::list::TextList;
use crate::db::rows::{self, Kind};
use crate::ingestion::{Asserted, Domain};
use crate::record::{Reach, RecordKind};
use crate::search::SearchText;

/// The risk class of an enterprise in a month, as readers see it.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "risk_rating")]
pub struct Model {
    /// Credit code and month.
    #[sea_orm(primary_key, auto_increment = false)]
    pub key: String,
    /// The identity of the enterprise.
    pub owner_key: String,
    /// Its credit code.
    pub owner: String,
    /// The first day of the month.
    pub month: Date,
    /// A `RiskClass`.
    pub class: String,
    /// 分类指标体系或模型
    pub model: Option<String>,
    /// Quality flags.
    pub flags: TextList,
    /// Always none: it is never shown to the public.
    pub public_from: Option<Date>,
    /// Always none.
    pub public_until: Option<Date>,
    /// Who may see it.
    pub audience: String,
    /// GB/T 2260 code of the district, or empty.
    pub region: String,
}

/// Ratings are joined by hand.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

credit_table!("risk_rating", RatingList, by Month as "month", month, and |_, condition| condition);

/// The domain of risk classes.
pub(crate) struct Ratings;

const RATING: &rows::Columns = &[
    ("key", Kind::Text),
    ("owner_key", Kind::Text),
    ("owner", Kind::Text),
    ("month", Kind::Date),
    ("class", Kind::Text),
    ("model", Kind::Text),
    ("flags", Kind::Text),
    ("public_from", Kind::Date),
    ("public_until", Kind::Date),
    ("audience", Kind::Text),
    ("region", Kind::Text),
];

impl Domain for Ratings {
    const KIND: RecordKind = RecordKind::RiskRating;
    type Claim = RatingClaim;
    type Golden = Model;

    fn standing(claims: Vec<Asserted<RatingClaim>>) -> Vec<Asserted<RatingClaim>> {
        super::told_of(
            claims,
            |claim| claim.subject.is_some(),
            |claim| claim.withdrawn.is_some(),
        )
    }

    fn golden(key: &str, claims: &[Asserted<RatingClaim>]) -> Model {
        let subject = decided!(claims, "subject", subject).unwrap_or_else(|| Subject::natural_person(""));
        Model {
            key: key.to_owned(),
            owner_key: subject.key.clone(),
            owner: subject.owner(),
            month: decided!(claims, "month", month).unwrap_or_default(),
            class: decided!(claims, "class", class)
                .unwrap_or(RiskClass::D)
                .as_str()
                .to_owned(),
            model: decided!(claims, "model", model),
            flags: super::flags(claims, |claim| &claim.flags),
            public_from: None,
            public_until: None,
            audience: Audience::Staff.as_str().to_owned(),
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
        rows::upsert(transaction, "risk_rating", "key", RATING, records).await
    }

    async fn remove(transaction: &DatabaseTransaction, keys: &[&str]) -> Result<()> {
        rows::delete_by(transaction, "risk_rating", "key", keys).await
    }
}
