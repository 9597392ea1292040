//! Why a golden record says what it says: the claims behind it and the fields in which sources differ.

use super::assertion::StoredAssertion;
use super::field::{self, Conflict, Contribution};
use crate::credit::{LicenceClaim, ListingClaim, PenaltyClaim, RatingClaim, RepairClaim};
use crate::enterprise::EnterpriseClaim;
use crate::institution::InstitutionClaim;
use crate::metrology::{InstrumentClaim, TypeApprovalClaim};
use crate::product::ProductClaim;
use crate::record::RecordKind;
use crate::standard::StandardClaim;
use crate::{Error, Result};

/// The claims behind a golden record, best first, each with the fields that it decided.
pub fn contributions(kind: RecordKind, assertions: Vec<StoredAssertion>) -> Result<Vec<Contribution>> {
    match kind {
        RecordKind::Standard => field::contributions::<StandardClaim>(assertions),
        RecordKind::Enterprise => field::contributions::<EnterpriseClaim>(assertions),
        RecordKind::Product => field::contributions::<ProductClaim>(assertions),
        RecordKind::Licence => field::contributions::<LicenceClaim>(assertions),
        RecordKind::Penalty => field::contributions::<PenaltyClaim>(assertions),
        RecordKind::CreditListing => field::contributions::<ListingClaim>(assertions),
        RecordKind::CreditRepair => field::contributions::<RepairClaim>(assertions),
        RecordKind::RiskRating => field::contributions::<RatingClaim>(assertions),
        RecordKind::MeasuringInstrument => field::contributions::<InstrumentClaim>(assertions),
        RecordKind::TestingInstitution => field::contributions::<InstitutionClaim>(assertions),
        RecordKind::TypeApproval => field::contributions::<TypeApprovalClaim>(assertions),
        other => Err(unexplained(other)),
    }
}

/// The fields in which the newest claims of the sources differ.
pub fn conflicts(kind: RecordKind, assertions: Vec<StoredAssertion>) -> Result<Vec<Conflict>> {
    match kind {
        RecordKind::Standard => field::conflicts::<StandardClaim>(assertions),
        RecordKind::Enterprise => field::conflicts::<EnterpriseClaim>(assertions),
        RecordKind::Product => field::conflicts::<ProductClaim>(assertions),
        RecordKind::Licence => field::conflicts::<LicenceClaim>(assertions),
        RecordKind::Penalty => field::conflicts::<PenaltyClaim>(assertions),
        RecordKind::CreditListing => field::conflicts::<ListingClaim>(assertions),
        RecordKind::CreditRepair => field::conflicts::<RepairClaim>(assertions),
        RecordKind::RiskRating => field::conflicts::<RatingClaim>(assertions),
        RecordKind::MeasuringInstrument => field::conflicts::<InstrumentClaim>(assertions),
        RecordKind::TestingInstitution => field::conflicts::<InstitutionClaim>(assertions),
        RecordKind::TypeApproval => field::conflicts::<TypeApprovalClaim>(assertions),
        other => Err(unexplained(other)),
    }
}

fn unexplained(kind: RecordKind) -> Error {
    Error::inconsistent(
        kind.as_str(),
        "records of this kind are not decided field by field",
    )
}
