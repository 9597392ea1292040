//! Listings (经营异常名录, 严重违法失信名单): the table, and the golden record with the days on which it is shown.

use chrono::NaiveDate;
use sea_orm::DatabaseTransaction;
use sea_orm::entity::prelude::*;
use serde::Serialize;

use super::listing_claim::ListingClaim;
use super::publication::{Published, Window, window};
use super::subject::Subject;
use super::table::{CreditFilter, Today, credit_table, decided};
use super::term::{CreditList, SubjectKind};
use crate::Result;
use crate::access::Audience;
use crate::change::ChangeReason;
use crate::db::list::TextList;
use crate::db::rows::{self, Kind};
use crate::ingestion::{Asserted, Domain};
use crate::record::{Reach, RecordKind};
use crate::search::SearchText;

/// A listing as readers see it.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "credit_listing")]
pub struct Model {
    /// Subject, list, day and reason.
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
    /// A `CreditList`.
    pub list: String,
    /// 列入原因
    pub reason: Option<String>,
    /// 列入日期
    pub listed_on: Date,
    /// 列入机关
    pub organ: Option<String>,
    /// 移出日期: the first day on which it is not on the list any more.
    pub removed_on: Option<Date>,
    /// 移出原因
    pub removal_reason: Option<String>,
    /// 移出机关
    pub removal_organ: Option<String>,
    /// 信用修复: the day of an approved repair.
    pub repaired_on: Option<Date>,
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

/// Listings are joined by hand.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

credit_table!("credit_listing", ListingList, by ListedOn as "listed_on", listed_on, and |filter, condition| {
    let condition = match filter.list {
        Some(list) => condition.add(Column::List.eq(list.as_str())),
        None => condition,
    };
    match filter.listed_on {
        Some(day) => condition
            .add(Column::ListedOn.lte(day))
            .add(
                Condition::any()
                    .add(Column::RemovedOn.is_null())
                    .add(Column::RemovedOn.gt(day)),
            ),
        None => condition,
    }
});

impl Model {
    /// Whom it is about.
    pub fn subject(&self) -> SubjectKind {
        self.subject_kind.parse().unwrap_or(SubjectKind::NaturalPerson)
    }

    /// Whether the subject is on the list on a day.
    pub fn is_listed_on(&self, day: NaiveDate) -> bool {
        self.listed_on <= day && self.removed_on.is_none_or(|removed| day < removed)
    }

    /// When it is shown, and what ends that: an approved repair; for 严重违法失信名单 also the removal (令44号), while 经营异常名录 goes on
    /// to tell who was on it.
    pub fn window(&self) -> Window {
        let removed = self
            .removed_on
            .filter(|_| self.list == CreditList::Serious.as_str());
        window(Published {
            subject: self.subject(),
            term: None,
            from: self.listed_on,
            deadline: None,
            repaired_on: [self.repaired_on, removed].into_iter().flatten().min(),
        })
    }
}

/// The domain of listings.
pub(crate) struct Listings;

const LISTING: &rows::Columns = &[
    ("key", Kind::Text),
    ("owner_key", Kind::Text),
    ("owner", Kind::Text),
    ("subject_name", Kind::Text),
    ("subject_kind", Kind::Text),
    ("list", Kind::Text),
    ("reason", Kind::Text),
    ("listed_on", Kind::Date),
    ("organ", Kind::Text),
    ("removed_on", Kind::Date),
    ("removal_reason", Kind::Text),
    ("removal_organ", Kind::Text),
    ("repaired_on", Kind::Date),
    ("flags", Kind::Text),
    ("public_from", Kind::Date),
    ("public_until", Kind::Date),
    ("audience", Kind::Text),
    ("region", Kind::Text),
];

impl Domain for Listings {
    const KIND: RecordKind = RecordKind::CreditListing;
    type Claim = ListingClaim;
    type Golden = Model;

    fn standing(claims: Vec<Asserted<ListingClaim>>) -> Vec<Asserted<ListingClaim>> {
        super::told_of(
            claims,
            |claim| claim.subject.is_some(),
            |claim| claim.withdrawn.is_some(),
        )
    }

    fn golden(key: &str, claims: &[Asserted<ListingClaim>]) -> Model {
        let subject = decided!(claims, "subject", subject).unwrap_or_else(|| Subject::natural_person(""));
        let mut listing = Model {
            key: key.to_owned(),
            owner_key: subject.key.clone(),
            owner: subject.owner(),
            subject_name: subject.name.clone(),
            subject_kind: subject.kind.as_str().to_owned(),
            list: decided!(claims, "list", list)
                .unwrap_or(CreditList::Abnormal)
                .as_str()
                .to_owned(),
            reason: decided!(claims, "reason", reason),
            listed_on: decided!(claims, "listedOn", listed_on).unwrap_or_default(),
            organ: decided!(claims, "organ", organ),
            removed_on: decided!(claims, "removedOn", removed_on),
            removal_reason: decided!(claims, "removalReason", removal_reason),
            removal_organ: decided!(claims, "removalOrgan", removal_organ),
            repaired_on: super::repaired_on(claims, |claim| claim.repair.as_ref()),
            flags: super::flags(claims, |claim| &claim.flags),
            public_from: None,
            public_until: None,
            audience: subject.audience(Audience::Public).as_str().to_owned(),
            region: decided!(claims, "region", region_code).unwrap_or_default(),
        };
        let window = listing.window();
        (listing.public_from, listing.public_until) = (window.from, window.until);
        listing
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

    /// Found by its enterprise in lists, never by words: what is not shown any more must not be found.
    fn search_text(_golden: &Model) -> Option<SearchText> {
        None
    }

    async fn store(transaction: &DatabaseTransaction, records: &[Model]) -> Result<()> {
        rows::upsert(transaction, "credit_listing", "key", LISTING, records).await
    }

    async fn remove(transaction: &DatabaseTransaction, keys: &[&str]) -> Result<()> {
        rows::delete_by(transaction, "credit_listing", "key", keys).await
    }
}
