//! Writing golden records of standards.

use sea_orm::DatabaseTransaction;
use serde::Serialize;

use super::claim::StandardClaim;
use super::golden;
use super::model::Model;
use crate::Result;
use crate::db::rows::{self, Kind};
use crate::ingestion::{Asserted, Domain};
use crate::record::{Reach, RecordKind};
use crate::search::SearchText;

/// The domain of standards.
pub(crate) struct Standards;

/// A golden record with its succession.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Golden {
    #[serde(flatten)]
    pub(super) standard: Model,
    pub(super) succession: Vec<Link>,
}

/// One standard takes the place of another, as the record of `claimed_by` says.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub(crate) struct Link {
    pub(super) predecessor_key: String,
    pub(super) successor_key: String,
    /// A full succession sorts before, and so wins over, a partial one of the same pair.
    pub(super) partial: bool,
    predecessor_number: String,
    successor_number: String,
    claimed_by: String,
}

impl Link {
    /// The succession between the record's own standard and another, which is the older one or the newer one.
    pub(super) fn new(own: (&str, &str), other: (&str, &str), other_is_older: bool, partial: bool) -> Self {
        let (older, newer) = if other_is_older {
            (other, own)
        } else {
            (own, other)
        };
        Self {
            predecessor_key: older.0.to_owned(),
            successor_key: newer.0.to_owned(),
            partial,
            predecessor_number: older.1.to_owned(),
            successor_number: newer.1.to_owned(),
            claimed_by: own.0.to_owned(),
        }
    }

    pub(super) fn same_pair(&self, other: &Self) -> bool {
        (&self.predecessor_key, &self.successor_key) == (&other.predecessor_key, &other.successor_key)
    }
}

#[derive(Serialize)]
struct StandardRow<'a> {
    #[serde(flatten)]
    standard: &'a Model,
    status_read_on: Option<chrono::NaiveDate>,
    status_first_read_on: Option<chrono::NaiveDate>,
}

#[derive(Serialize)]
struct ClassificationRow<'a> {
    scheme: &'static str,
    code: &'a str,
    standard_key: &'a str,
}

const STANDARD: &rows::Columns = &[
    ("key", Kind::Text),
    ("number", Kind::Text),
    ("number_raw", Kind::Text),
    ("base_key", Kind::Text),
    ("kind", Kind::Text),
    ("nature", Kind::Text),
    ("year", Kind::Int),
    ("name", Kind::Text),
    ("name_reported", Kind::Text),
    ("status_reported", Kind::Text),
    ("status_word", Kind::Text),
    ("status_read_on", Kind::Date),
    ("status_first_read_on", Kind::Date),
    ("issued_on", Kind::Date),
    ("effective_on", Kind::Date),
    ("withdrawn_on", Kind::Date),
    ("ics_codes", Kind::Text),
    ("ccs_codes", Kind::Text),
    ("industry_codes", Kind::Text),
    ("issuing_bodies", Kind::Text),
    ("issuing_bodies_reported", Kind::Text),
    ("committee", Kind::Text),
    ("department", Kind::Text),
    ("adopts", Kind::Text),
    ("amends_key", Kind::Text),
    ("amends_number", Kind::Text),
    ("notes", Kind::Text),
    ("flags", Kind::Text),
    ("audience", Kind::Text),
    ("region", Kind::Text),
];

const SUCCESSION: &rows::Columns = &[
    ("predecessor_key", Kind::Text),
    ("successor_key", Kind::Text),
    ("claimed_by", Kind::Text),
    ("predecessor_number", Kind::Text),
    ("successor_number", Kind::Text),
    ("partial", Kind::Bool),
];

const CLASSIFICATION: &rows::Columns = &[
    ("scheme", Kind::Text),
    ("code", Kind::Text),
    ("standard_key", Kind::Text),
];

impl Domain for Standards {
    const KIND: RecordKind = RecordKind::Standard;
    type Claim = StandardClaim;
    type Golden = Golden;

    fn golden(key: &str, claims: &[Asserted<StandardClaim>]) -> Golden {
        golden::golden(key, claims)
    }

    fn reach(golden: &Golden) -> Reach {
        Reach {
            region: golden.standard.region.clone(),
            ..Reach::public()
        }
    }

    fn search_text(golden: &Golden) -> Option<SearchText> {
        let standard = &golden.standard;
        Some(SearchText::new(
            standard.name.as_deref().unwrap_or_default(),
            Some(&standard.number),
        ))
    }

    async fn store(transaction: &DatabaseTransaction, records: &[Golden]) -> Result<()> {
        let standards: Vec<StandardRow<'_>> = records
            .iter()
            .map(|golden| StandardRow {
                standard: &golden.standard,
                status_read_on: golden.standard.status_read_on,
                status_first_read_on: golden.standard.status_first_read_on,
            })
            .collect();
        rows::upsert(transaction, "standard", "key", STANDARD, &standards).await?;
        let keys: Vec<&str> = records
            .iter()
            .map(|golden| golden.standard.key.as_str())
            .collect();
        remove_details(transaction, &keys).await?;
        let links: Vec<&Link> = records.iter().flat_map(|golden| &golden.succession).collect();
        rows::insert_missing(transaction, "standard_succession", SUCCESSION, &links).await?;
        let codes: Vec<ClassificationRow<'_>> = records.iter().flat_map(classification).collect();
        rows::insert_missing(transaction, "standard_classification", CLASSIFICATION, &codes).await?;
        Ok(())
    }

    async fn remove(transaction: &DatabaseTransaction, keys: &[&str]) -> Result<()> {
        remove_details(transaction, keys).await?;
        rows::delete_by(transaction, "standard", "key", keys).await
    }
}

async fn remove_details(transaction: &DatabaseTransaction, keys: &[&str]) -> Result<()> {
    rows::delete_by(transaction, "standard_succession", "claimed_by", keys).await?;
    rows::delete_by(transaction, "standard_classification", "standard_key", keys).await
}

fn classification(golden: &Golden) -> impl Iterator<Item = ClassificationRow<'_>> {
    let standard = &golden.standard;
    let schemes = [
        ("ICS", &standard.ics_codes),
        ("CCS", &standard.ccs_codes),
        ("GBT4754", &standard.industry_codes),
    ];
    schemes.into_iter().flat_map(move |(scheme, codes)| {
        codes.0.iter().map(move |code| ClassificationRow {
            scheme,
            code,
            standard_key: &standard.key,
        })
    })
}
