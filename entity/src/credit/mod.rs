//! Credit (信用): licences, penalties, lists, repairs and risk classes of enterprises.
//!
//! Penalties and listings are shown for a time ([`publication()`]). Tables hold its first day and its end; readers are judged by
//! the present day at every read, and [`refresh_due`] tells the feed.

mod claim;
mod due;
pub mod licence;
pub mod listing;
mod listing_claim;
pub mod penalty;
mod publication;
pub mod rating;
pub mod repair;
mod subject;
pub mod summary;
mod table;
mod term;

use std::collections::BTreeMap;

use chrono::NaiveDate;

pub use claim::{LicenceClaim, PenaltyClaim};
pub use due::{DUE_WORKING_DAYS, refresh_due};
pub(crate) use licence::Licences;
pub(crate) use listing::Listings;
pub use listing_claim::{ListingClaim, RatingClaim, RepairClaim, RepairTold};
pub(crate) use penalty::Penalties;
pub use publication::{Publication, Published, Window, publication, window};
pub(crate) use rating::Ratings;
pub(crate) use repair::Repairs;
pub use subject::{Subject, masked};
pub use table::{CreditFilter, NEWEST_FIRST, Today};
pub use term::{
    CreditFlag, CreditList, LicenceStatus, PenaltyKind, PublicationReason, PublicationTerm, RepairResult,
    RepairTarget, RiskClass, SubjectKind,
};

use crate::access::Audience;
use crate::change::ChangeReason;
use crate::db::list::TextList;
use crate::ingestion::Asserted;
use crate::record::{Reach, sha256_hex};
use crate::search;
use crate::value::DocumentNumber;

/// The key of a decision: subject, document number and day. Withdrawals name a decision so.
pub fn identity(subject_key: &str, document_number: &str, decided_on: NaiveDate) -> String {
    format!("{subject_key}/{}/{decided_on}", document_key(document_number))
}

/// The key of a listing: subject, list, day and reason.
pub fn listing_identity(subject_key: &str, list: CreditList, listed_on: NaiveDate, reason: &str) -> String {
    let told: String = search::fold(reason)
        .chars()
        .filter(|sign| sign.is_alphanumeric())
        .collect();
    let digest: String = sha256_hex(told.as_bytes()).chars().take(16).collect();
    format!("{subject_key}/{}/{listed_on}/{digest}", list.as_str())
}

/// The key of a repair: its target and the day of the application.
pub fn repair_identity(target_key: &str, applied_on: NaiveDate) -> String {
    format!("{target_key}@{applied_on}")
}

/// The key of the risk class of an enterprise in a month, which is named by its first day.
pub fn rating_identity(subject_key: &str, month: NaiveDate) -> String {
    format!("{subject_key}/{}", month.format("%Y-%m"))
}

/// A document number by which spellings of one are equal, of the form of GB/T 9704 or not.
pub fn document_key(text: &str) -> String {
    DocumentNumber::parse(text).map_or_else(
        || {
            search::fold(text)
                .chars()
                .filter(|sign| !sign.is_whitespace())
                .collect()
        },
        |number| number.key(),
    )
}

/// The claims that make a record: all of them, as long as a source tells of it itself and did not withdraw it (撤回) on the same day or
/// later. What is only told in passing makes no record.
fn told_of<C>(
    claims: Vec<Asserted<C>>,
    is_own: fn(&C) -> bool,
    is_withdrawn: fn(&C) -> bool,
) -> Vec<Asserted<C>> {
    let mut withdrawn: BTreeMap<&str, NaiveDate> = BTreeMap::new();
    for asserted in claims.iter().filter(|asserted| is_withdrawn(&asserted.claim)) {
        let day = withdrawn.entry(&asserted.at.source).or_insert(asserted.at.as_of);
        *day = asserted.at.as_of.max(*day);
    }
    let stands = |asserted: &Asserted<C>| {
        let gone = withdrawn.get(asserted.at.source.as_str());
        is_own(&asserted.claim)
            && !is_withdrawn(&asserted.claim)
            && gone.is_none_or(|gone| *gone < asserted.at.as_of)
    };
    if claims.iter().any(stands) {
        claims
    } else {
        Vec::new()
    }
}

/// The first day of which a file told of a record.
fn received_on<C>(claims: &[Asserted<C>], is_own: fn(&C) -> bool) -> NaiveDate {
    let own = claims.iter().filter(|asserted| is_own(&asserted.claim));
    own.map(|asserted| asserted.at.first_as_of)
        .min()
        .unwrap_or_default()
}

/// The first day on which a repair of a record was approved, by the best and newest claim of each repair.
fn repaired_on<C>(claims: &[Asserted<C>], told: fn(&C) -> Option<&RepairTold>) -> Option<NaiveDate> {
    let mut by_repair: BTreeMap<&str, Option<NaiveDate>> = BTreeMap::new();
    for repair in claims.iter().filter_map(|asserted| told(&asserted.claim)) {
        by_repair.entry(&repair.key).or_insert(repair.approved_on);
    }
    by_repair.into_values().flatten().min()
}

/// That a repair ended the showing of a record that was public.
fn repaired(on: Option<NaiveDate>, was: Option<&Reach>, is: &Reach) -> Option<ChangeReason> {
    let was_public = was.is_some_and(|was| was.audience == Audience::Public);
    let ended = on.is_some() && was_public && is.audience != Audience::Public;
    ended.then_some(ChangeReason::Repair)
}

/// The flags of the claims.
fn flags<C>(claims: &[Asserted<C>], of: fn(&C) -> &Vec<CreditFlag>) -> TextList {
    let flags = claims
        .iter()
        .flat_map(|asserted| of(&asserted.claim).iter().copied());
    TextList::distinct(flags.collect(), CreditFlag::as_str)
}

fn reach(audience: &str, region: &str, owner: &str) -> Reach {
    Reach {
        audience: audience.parse().unwrap_or(Audience::Staff),
        region: region.to_owned(),
        owner: owner.to_owned(),
    }
}

/// Whom a record is for on a day: what is public for a time is for its enterprise before and after.
fn dated(reach: Reach, (from, until): (Option<NaiveDate>, Option<NaiveDate>), day: NaiveDate) -> Reach {
    let outside = from.is_some_and(|from| day < from) || until.is_some_and(|until| until <= day);
    match reach.audience {
        Audience::Public if outside => Reach {
            audience: Audience::Enterprise,
            ..reach
        },
        _ => reach,
    }
}
