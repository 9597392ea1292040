//! What a source can say: one claim about one record.

use serde::Serialize;

use crate::calendar::HolidayClaim;
use crate::classification::ClassificationClaim;
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
        }
    }
}
