//! Credit: licences, penalties, lists, repairs, risk classes.

mod connection;
mod input;
mod licence;
mod listing;
mod money;
mod penalty;
mod publication;
mod query;
mod rating;
mod repair;
mod shared;
mod summary;
mod vocabulary;

pub(crate) use connection::{
    CreditListingConnection, CreditRepairConnection, LicenceConnection, PenaltyConnection,
    RiskRatingConnection, credit_listings_of, credit_repairs_of, licences_of, penalties_of, risk_ratings_of,
};
pub(crate) use licence::Licence;
pub(crate) use listing::CreditListing;
pub(crate) use penalty::Penalty;
pub(crate) use query::CreditQuery;
pub(crate) use rating::RiskRating;
pub(crate) use repair::CreditRepair;
pub(crate) use summary::{CreditSummary, credit_summary};
