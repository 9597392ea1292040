//! The edges of a request.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use entity::annotation::{self, Annotation};
use entity::classification;
use entity::credit::Today;
use entity::declaration::{self, Declaration, DeclarationVersion, Execution, Finding, Moment};
use entity::enterprise::{self, Enterprise, Former};
use entity::ingestion::assertion::{self, StoredAssertion};
use entity::ingestion::{self, Refusal};
use entity::institution::{self, Institution, MisconductFinding};
use entity::metrology::{self, Instrument, InstrumentFinding, TypeApproval, Verification};
use entity::product::{self, Product};
use entity::record::RecordKind;
use entity::region::{self, Region, RegionChange, RegionPeriod};
use entity::standard::{self, Project, Standard, Succession};
use entity::{Database, Scope};

use super::batch::{Edge, edge};
use super::credit::CreditLoaders;

pub(super) type ToOne<T> = Edge<String, Option<Arc<T>>>;
type ToMany<T> = Edge<String, Arc<Vec<T>>>;
/// The first rows of a parent: which kind of parent, its key, how many.
pub(super) type FirstOf<P, T> = Edge<(P, String, u64), Arc<Vec<T>>>;
/// As known at an instant, or now.
type ToManyAt<T> = Edge<(String, Option<DateTime<Utc>>), Arc<Vec<T>>>;
type ToManyOn<T> = Edge<(String, NaiveDate), Arc<Vec<T>>>;

/// Every edge, bound to the reader's scope: nothing loaded for one reader is ever shown to another.
pub(crate) struct Loaders {
    pub(crate) standard: ToOne<Standard>,
    pub(crate) successors: ToMany<Succession>,
    pub(crate) predecessors: ToMany<Succession>,
    pub(crate) amendments: ToMany<Standard>,
    pub(crate) editions: ToMany<Standard>,
    pub(crate) claims: Edge<(RecordKind, String), Arc<Vec<StoredAssertion>>>,
    pub(crate) project: ToOne<Project>,
    pub(crate) enterprise: ToOne<Enterprise>,
    pub(crate) former_names: ToMany<Former>,
    pub(crate) product: ToOne<Product>,
    pub(crate) products: FirstOf<product::Parent, Product>,
    pub(crate) product_counts: Edge<(product::Parent, String), u64>,
    pub(crate) declaration: ToOne<Declaration>,
    pub(crate) declarations: FirstOf<declaration::Parent, Declaration>,
    pub(crate) declaration_counts: Edge<(declaration::Parent, String), u64>,
    pub(crate) declaration_versions: ToManyAt<DeclarationVersion>,
    pub(crate) findings: ToManyOn<Finding>,
    pub(crate) annotation: ToOne<Annotation>,
    pub(crate) annotations: FirstOf<annotation::Parent, Annotation>,
    pub(crate) annotation_counts: Edge<(annotation::Parent, String), u64>,
    pub(crate) executions: Edge<(String, Moment), Arc<Vec<Execution>>>,
    pub(crate) ics: ToOne<classification::Model>,
    pub(crate) ccs: ToOne<classification::Model>,
    pub(crate) region: ToOne<Region>,
    pub(crate) region_periods: ToMany<RegionPeriod>,
    pub(crate) region_changes: ToMany<RegionChange>,
    pub(crate) region_ancestors: ToManyOn<RegionPeriod>,
    pub(crate) region_children: ToManyOn<RegionPeriod>,
    pub(crate) refusals: ToMany<Refusal>,
    pub(crate) credit: CreditLoaders,
    pub(crate) instrument: ToOne<Instrument>,
    pub(crate) instruments: FirstOf<metrology::Parent, Instrument>,
    pub(crate) instrument_counts: Edge<(metrology::Parent, String), u64>,
    pub(crate) instrument_findings: ToManyOn<InstrumentFinding>,
    pub(crate) verifications: ToMany<Verification>,
    pub(crate) type_approval: ToOne<TypeApproval>,
    pub(crate) institution: ToOne<Institution>,
    pub(crate) misconducts: ToMany<MisconductFinding>,
}

/// An edge of the request: the database and the scope go with every batch.
macro_rules! scoped {
    ($db:expr, $scope:expr, |$handle:ident, $reader:ident, $keys:ident| $read:expr, $shape:expr) => {{
        let (db, scope) = ($db.clone(), $scope.clone());
        edge(move |$keys| {
            let ($handle, $reader) = (db.clone(), scope.clone());
            async move {
                let ($handle, $reader) = (&$handle, &$reader);
                let found = $read.await?;
                Ok(found
                    .into_iter()
                    .map(|(key, value)| (key, $shape(value)))
                    .collect::<HashMap<_, _>>())
            }
        })
    }};
}

pub(super) use scoped;

pub(super) fn one<T>(value: T) -> Option<Arc<T>> {
    Some(Arc::new(value))
}

pub(super) fn many<T>(values: Vec<T>) -> Arc<Vec<T>> {
    Arc::new(values)
}

impl Loaders {
    pub(crate) fn new(db: &Database, scope: &Scope, today: Today) -> Self {
        Self {
            standard: scoped!(
                db,
                scope,
                |db, scope, keys| standard::by_keys(db, scope, &keys),
                one
            ),
            successors: scoped!(
                db,
                scope,
                |db, scope, keys| standard::successors(db, scope, &keys),
                many
            ),
            predecessors: scoped!(
                db,
                scope,
                |db, scope, keys| standard::predecessors(db, scope, &keys),
                many
            ),
            amendments: scoped!(
                db,
                scope,
                |db, scope, keys| standard::amended_by(db, scope, &keys),
                many
            ),
            editions: scoped!(
                db,
                scope,
                |db, scope, keys| standard::editions_of(db, scope, &keys),
                many
            ),
            claims: scoped!(
                db,
                scope,
                |db, scope, keys| assertion::by_records(db, scope, &keys),
                many
            ),
            enterprise: scoped!(
                db,
                scope,
                |db, scope, keys| enterprise::by_identities(db, scope, &keys),
                one
            ),
            former_names: scoped!(
                db,
                scope,
                |db, scope, keys| enterprise::former_names(db, scope, &keys),
                many
            ),
            product: scoped!(
                db,
                scope,
                |db, scope, keys| product::by_keys(db, scope, &keys),
                one
            ),
            products: scoped!(
                db,
                scope,
                |db, scope, keys| product::first_of(db, scope, &keys),
                many
            ),
            product_counts: scoped!(
                db,
                scope,
                |db, scope, keys| product::counts_of(db, scope, &keys),
                |count| count
            ),
            declaration: scoped!(
                db,
                scope,
                |db, scope, keys| declaration::by_keys(db, scope, &keys),
                one
            ),
            declarations: scoped!(
                db,
                scope,
                |db, scope, keys| declaration::first_of(db, scope, &keys),
                many
            ),
            declaration_counts: scoped!(
                db,
                scope,
                |db, scope, keys| declaration::counts_of(db, scope, &keys),
                |count| count
            ),
            declaration_versions: scoped!(
                db,
                scope,
                |db, scope, keys| declaration::versions(db, scope, &keys),
                many
            ),
            findings: scoped!(
                db,
                scope,
                |db, scope, keys| declaration::findings_on(db, scope, &keys),
                many
            ),
            annotation: scoped!(
                db,
                scope,
                |db, scope, keys| annotation::by_keys(db, scope, &keys),
                one
            ),
            annotations: scoped!(
                db,
                scope,
                |db, scope, keys| annotation::first_of(db, scope, &keys),
                many
            ),
            annotation_counts: scoped!(
                db,
                scope,
                |db, scope, keys| annotation::counts_of(db, scope, &keys),
                |count| count
            ),
            executions: scoped!(
                db,
                scope,
                |db, scope, keys| declaration::executions_on(db, scope, &keys),
                many
            ),
            project: scoped!(
                db,
                scope,
                |db, scope, keys| standard::projects_by_keys(db, scope, &keys),
                one
            ),
            ics: scoped!(
                db,
                scope,
                |db, scope, keys| classification::by_codes(db, scope, "ICS", &keys),
                one
            ),
            ccs: scoped!(
                db,
                scope,
                |db, scope, keys| classification::by_codes(db, scope, "CCS", &keys),
                one
            ),
            region: scoped!(
                db,
                scope,
                |db, scope, keys| region::by_codes(db, scope, &keys),
                one
            ),
            region_periods: scoped!(
                db,
                scope,
                |db, scope, keys| region::periods_of(db, scope, &keys),
                many
            ),
            region_changes: scoped!(
                db,
                scope,
                |db, scope, keys| region::changes_of(db, scope, &keys),
                many
            ),
            region_ancestors: scoped!(
                db,
                scope,
                |db, scope, keys| region::ancestors_on(db, scope, &keys),
                many
            ),
            region_children: scoped!(
                db,
                scope,
                |db, scope, keys| region::children_on(db, scope, &keys),
                many
            ),
            refusals: scoped!(
                db,
                scope,
                |db, scope, keys| ingestion::refusals_of(db, scope, &keys),
                many
            ),
            credit: CreditLoaders::new(db, scope, today),
            instrument: scoped!(
                db,
                scope,
                |db, scope, keys| metrology::by_keys(db, scope, &keys),
                one
            ),
            instruments: scoped!(
                db,
                scope,
                |db, scope, keys| metrology::first_of(db, scope, &keys),
                many
            ),
            instrument_counts: scoped!(
                db,
                scope,
                |db, scope, keys| metrology::counts_of(db, scope, &keys),
                |count| count
            ),
            instrument_findings: scoped!(
                db,
                scope,
                |db, scope, keys| metrology::findings_on(db, scope, &keys),
                many
            ),
            verifications: scoped!(
                db,
                scope,
                |db, scope, keys| metrology::verifications(db, scope, &keys),
                many
            ),
            type_approval: scoped!(
                db,
                scope,
                |db, scope, keys| metrology::approvals_by_keys(db, scope, &keys),
                one
            ),
            institution: scoped!(
                db,
                scope,
                |db, scope, keys| institution::by_keys(db, scope, &keys),
                one
            ),
            misconducts: scoped!(
                db,
                scope,
                |db, scope, keys| institution::misconducts_of(db, scope, &keys),
                many
            ),
        }
    }
}
