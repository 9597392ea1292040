//! The edges of credit records.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::NaiveDate;
use entity::calendar;
use entity::credit::summary::{CreditSummary, summaries};
use entity::credit::{Today, licence, listing, penalty, rating, repair};
use entity::product::{self, ProductFinding};
use entity::{Database, Scope};

use super::batch::{Edge, edge};
use super::set::{FirstOf, ToOne, many, one, scoped};

/// The edges of credit records, bound to the reader's scope and to the present day.
pub(crate) struct CreditLoaders {
    /// The present day, on which what is public for a time is judged.
    pub(crate) today: Today,
    pub(crate) licence: ToOne<licence::Model>,
    pub(crate) licences: FirstOf<licence::Parent, licence::Model>,
    pub(crate) licence_counts: Edge<(licence::Parent, String), u64>,
    pub(crate) penalty: ToOne<penalty::Model>,
    pub(crate) penalties: FirstOf<penalty::Parent, penalty::Model>,
    pub(crate) penalty_counts: Edge<(penalty::Parent, String), u64>,
    pub(crate) listing: ToOne<listing::Model>,
    pub(crate) listings: FirstOf<listing::Parent, listing::Model>,
    pub(crate) listing_counts: Edge<(listing::Parent, String), u64>,
    pub(crate) rating: ToOne<rating::Model>,
    pub(crate) ratings: FirstOf<rating::Parent, rating::Model>,
    pub(crate) rating_counts: Edge<(rating::Parent, String), u64>,
    pub(crate) repair: ToOne<repair::Model>,
    pub(crate) repairs: FirstOf<repair::Parent, repair::Model>,
    pub(crate) repair_counts: Edge<(repair::Parent, String), u64>,
    /// The findings of products, each on a day: licences decide some of them.
    pub(crate) product_findings: Edge<(String, NaiveDate), Arc<Vec<ProductFinding>>>,
    pub(crate) summary: Edge<(String, NaiveDate), Option<Arc<CreditSummary>>>,
    /// The last days of terms of working days, by the day before the first and their number.
    pub(crate) working_terms: Edge<(NaiveDate, u32), Option<NaiveDate>>,
}

impl CreditLoaders {
    pub(super) fn new(db: &Database, scope: &Scope, today: Today) -> Self {
        Self {
            today,
            licence: scoped!(
                db,
                scope,
                |db, scope, keys| licence::by_keys(db, scope, today, &keys),
                one
            ),
            licences: scoped!(
                db,
                scope,
                |db, scope, keys| licence::first_of(db, scope, &keys),
                many
            ),
            licence_counts: scoped!(
                db,
                scope,
                |db, scope, keys| licence::counts_of(db, scope, &keys),
                |count| count
            ),
            penalty: scoped!(
                db,
                scope,
                |db, scope, keys| penalty::by_keys(db, scope, today, &keys),
                one
            ),
            penalties: scoped!(
                db,
                scope,
                |db, scope, keys| penalty::first_of(db, scope, &keys),
                many
            ),
            penalty_counts: scoped!(
                db,
                scope,
                |db, scope, keys| penalty::counts_of(db, scope, &keys),
                |count| count
            ),
            listing: scoped!(
                db,
                scope,
                |db, scope, keys| listing::by_keys(db, scope, today, &keys),
                one
            ),
            listings: scoped!(
                db,
                scope,
                |db, scope, keys| listing::first_of(db, scope, &keys),
                many
            ),
            listing_counts: scoped!(
                db,
                scope,
                |db, scope, keys| listing::counts_of(db, scope, &keys),
                |count| count
            ),
            rating: scoped!(
                db,
                scope,
                |db, scope, keys| rating::by_keys(db, scope, today, &keys),
                one
            ),
            ratings: scoped!(
                db,
                scope,
                |db, scope, keys| rating::first_of(db, scope, &keys),
                many
            ),
            rating_counts: scoped!(
                db,
                scope,
                |db, scope, keys| rating::counts_of(db, scope, &keys),
                |count| count
            ),
            repair: scoped!(
                db,
                scope,
                |db, scope, keys| repair::by_keys(db, scope, today, &keys),
                one
            ),
            repairs: scoped!(
                db,
                scope,
                |db, scope, keys| repair::first_of(db, scope, &keys),
                many
            ),
            repair_counts: scoped!(
                db,
                scope,
                |db, scope, keys| repair::counts_of(db, scope, &keys),
                |count| count
            ),
            product_findings: scoped!(
                db,
                scope,
                |db, scope, keys| product::findings_on(db, scope, today, &keys),
                many
            ),
            summary: scoped!(
                db,
                scope,
                |db, scope, keys| summaries(db, scope, today, &keys),
                one
            ),
            working_terms: scoped!(db, scope, |db, _scope, keys| calendar::terms(db, &keys), Some),
        }
    }
}
