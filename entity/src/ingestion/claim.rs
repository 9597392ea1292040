//! What a source can say: one claim about one record.

use chrono::NaiveDate;
use serde::Serialize;

use crate::calendar::HolidayClaim;
use crate::classification::ClassificationClaim;
use crate::credit::{LicenceClaim, ListingClaim, PenaltyClaim, RatingClaim, RepairClaim};
use crate::declaration::DeclarationClaim;
use crate::enterprise::EnterpriseClaim;
use crate::institution::{InstitutionClaim, MisconductClaim};
use crate::limit::LimitClaim;
use crate::metrology::{InstrumentClaim, TypeApprovalClaim};
use crate::product::ProductClaim;
use crate::record::RecordKind;
use crate::region::{RegionChangeClaim, RegionClaim};
use crate::standard::{ProjectClaim, StandardClaim};

/// A claim of a source about one record, normalised by an adapter.
#[derive(Debug, Clone, Serialize)]
#[serde(untagged)]
pub enum Claim {
    /// About a standard.
    Standard(Box<StandardClaim>),
    /// About a plan or draft of a standard.
    Project(Box<ProjectClaim>),
    /// About a region.
    Region(Box<RegionClaim>),
    /// About an event in the history of regions.
    RegionChange(Box<RegionChangeClaim>),
    /// About an item of a classification.
    Classification(Box<ClassificationClaim>),
    /// About a day of the calendar.
    Holiday(HolidayClaim),
    /// About an enterprise.
    Enterprise(Box<EnterpriseClaim>),
    /// About a product.
    Product(Box<ProductClaim>),
    /// About a declaration.
    Declaration(Box<DeclarationClaim>),
    /// About a mandatory limit.
    Limit(Box<LimitClaim>),
    /// About a licence.
    Licence(Box<LicenceClaim>),
    /// About a penalty.
    Penalty(Box<PenaltyClaim>),
    /// About a listing.
    Listing(Box<ListingClaim>),
    /// About a repair.
    Repair(Box<RepairClaim>),
    /// About a risk class.
    Rating(Box<RatingClaim>),
    /// That a record, or a part of one, is gone at the source.
    Retraction(Retraction),
    /// About a measuring instrument.
    Instrument(Box<InstrumentClaim>),
    /// About a testing institution.
    Institution(Box<InstitutionClaim>),
    /// About misconduct of a testing institution.
    Misconduct(Box<MisconductClaim>),
    /// About a type approval.
    TypeApproval(Box<TypeApprovalClaim>),
}

/// A source takes a record, or a part of one, back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Retraction {
    /// The kind of the record.
    #[serde(skip)]
    pub kind: RecordKind,
    /// Its key; empty where the source names only the part.
    pub key: String,
    /// The part, or empty for the whole.
    pub part: String,
}

impl Claim {
    /// The kind of the record.
    pub fn kind(&self) -> RecordKind {
        match self {
            Self::Standard(_) => RecordKind::Standard,
            Self::Project(_) => RecordKind::StandardProject,
            Self::Region(_) => RecordKind::Region,
            Self::RegionChange(_) => RecordKind::RegionChange,
            Self::Classification(_) => RecordKind::Classification,
            Self::Holiday(_) => RecordKind::Holiday,
            Self::Enterprise(_) => RecordKind::Enterprise,
            Self::Product(_) => RecordKind::Product,
            Self::Declaration(_) => RecordKind::Declaration,
            Self::Limit(_) => RecordKind::MandatoryLimit,
            Self::Licence(_) => RecordKind::Licence,
            Self::Penalty(_) => RecordKind::Penalty,
            Self::Listing(_) => RecordKind::CreditListing,
            Self::Repair(_) => RecordKind::CreditRepair,
            Self::Rating(_) => RecordKind::RiskRating,
            Self::Retraction(retraction) => retraction.kind,
            Self::Instrument(_) => RecordKind::MeasuringInstrument,
            Self::Institution(_) => RecordKind::TestingInstitution,
            Self::Misconduct(_) => RecordKind::InstitutionMisconduct,
            Self::TypeApproval(_) => RecordKind::TypeApproval,
        }
    }

    /// The natural key of the record.
    pub fn key(&self) -> &str {
        match self {
            Self::Standard(claim) => &claim.key,
            Self::Project(claim) => &claim.key,
            Self::Region(claim) => &claim.code,
            Self::RegionChange(claim) => &claim.id,
            Self::Classification(claim) => &claim.key,
            Self::Holiday(claim) => &claim.key,
            Self::Enterprise(claim) => &claim.key,
            Self::Product(claim) => &claim.key,
            Self::Declaration(claim) => &claim.key,
            Self::Limit(claim) => &claim.key,
            Self::Licence(claim) => &claim.key,
            Self::Penalty(claim) => &claim.key,
            Self::Listing(claim) => &claim.key,
            Self::Repair(claim) => &claim.key,
            Self::Rating(claim) => &claim.key,
            Self::Retraction(retraction) => &retraction.key,
            Self::Instrument(claim) => &claim.key,
            Self::Institution(claim) => claim.number.as_str(),
            Self::Misconduct(claim) => &claim.key,
            Self::TypeApproval(claim) => claim.number.as_str(),
        }
    }

    /// The part of the record that the claim speaks of: a declaration consists of the records of the platform.
    pub fn part(&self) -> &str {
        match self {
            Self::Declaration(claim) => &claim.record_id,
            Self::Retraction(retraction) => &retraction.part,
            _ => "",
        }
    }

    /// The day on which the source said so, where that is another than the day of its file.
    pub fn said_on(&self) -> Option<NaiveDate> {
        match self {
            Self::Enterprise(claim) => claim.said_on,
            _ => None,
        }
    }
}
