//! Whether the claims of another hub are claims of this one: it may be of another version, or tell nonsense.

use super::told::RelayedClaim;
use crate::calendar::Holidays;
use crate::classification::Classifications;
use crate::credit::{Licences, Listings, Penalties, Ratings, Repairs};
use crate::declaration::Declarations;
use crate::enterprise::Enterprises;
use crate::ingestion::Domain;
use crate::institution::{Institutions, Misconducts};
use crate::limit::Limits;
use crate::metrology::{Instruments, TypeApprovals};
use crate::product::Products;
use crate::record::{RecordKind, sha256_hex};
use crate::region::{RegionChanges, Regions};
use crate::standard::{Projects, Standards};

/// Claims about one record that are taken at most; no record comes near.
const MOST_CLAIMS: usize = 10_000;
/// Bytes of the name of a source, of its place, and of a part.
const LONGEST_NAME: usize = 400;

/// Reads the claims about a record; the error tells what is wrong with them.
pub(super) fn read(kind: RecordKind, text: &str) -> Result<Vec<RelayedClaim>, String> {
    let claims: Vec<RelayedClaim> = serde_json::from_str(text).map_err(|cause| cause.to_string())?;
    if claims.len() > MOST_CLAIMS {
        return Err(format!(
            "{} claims; {MOST_CLAIMS} at most are taken",
            claims.len()
        ));
    }
    for claim in &claims {
        check(kind, claim).map_err(|why| format!("claim {} of {}: {why}", claim.hash, claim.source))?;
    }
    Ok(claims)
}

fn check(kind: RecordKind, claim: &RelayedClaim) -> Result<(), String> {
    let names = [&claim.source, &claim.precedence, &claim.part];
    if claim.source.is_empty() || names.iter().any(|name| name.len() > LONGEST_NAME) {
        return Err(format!(
            "source, precedence or part is empty or longer than {LONGEST_NAME} bytes"
        ));
    }
    let texts = names
        .into_iter()
        .chain([&claim.file, &claim.file_hash, &claim.adapter_version]);
    if texts.into_iter().any(|text| text.contains(char::is_control)) {
        return Err("source, part or file holds a control character".to_owned());
    }
    if claim.first_as_of > claim.as_of {
        return Err(format!(
            "it was said first on {} and last on {}",
            claim.first_as_of, claim.as_of
        ));
    }
    if claim.retracted {
        return Ok(());
    }
    if sha256_hex(claim.body.as_bytes()) != claim.hash {
        return Err("its body has another hash".to_owned());
    }
    let body = claim.body.as_str();
    let read = match kind {
        RecordKind::Standard => of::<Standards>(body),
        RecordKind::StandardProject => of::<Projects>(body),
        RecordKind::Region => of::<Regions>(body),
        RecordKind::RegionChange => of::<RegionChanges>(body),
        RecordKind::Classification => of::<Classifications>(body),
        RecordKind::Holiday => of::<Holidays>(body),
        RecordKind::Enterprise => of::<Enterprises>(body),
        RecordKind::Product => of::<Products>(body),
        RecordKind::Declaration => of::<Declarations>(body),
        RecordKind::MandatoryLimit => of::<Limits>(body),
        RecordKind::Annotation => {
            return Err("annotations are acts of persons, and nobody claims them".to_owned());
        }
        RecordKind::Licence => of::<Licences>(body),
        RecordKind::Penalty => of::<Penalties>(body),
        RecordKind::CreditListing => of::<Listings>(body),
        RecordKind::CreditRepair => of::<Repairs>(body),
        RecordKind::RiskRating => of::<Ratings>(body),
        RecordKind::MeasuringInstrument => of::<Instruments>(body),
        RecordKind::TypeApproval => of::<TypeApprovals>(body),
        RecordKind::TestingInstitution => of::<Institutions>(body),
        RecordKind::InstitutionMisconduct => of::<Misconducts>(body),
    };
    read.map_err(|cause| cause.to_string())
}

fn of<D: Domain>(body: &str) -> serde_json::Result<()> {
    serde_json::from_str::<D::Claim>(body).map(drop)
}
