//! Whether the claims of another hub are claims of this one: it may be of another version, or tell nonsense.

use std::ops::RangeInclusive;

use chrono::{Datelike, NaiveDate};

use super::told::RelayedClaim;
use super::word::{Word, WordContent};
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
/// Bytes of a name: a key, a source with its place, a part, a file.
const LONGEST_NAME: usize = 1_000;
/// Years that are written with four digits, as both engines compare them.
const YEARS: RangeInclusive<i32> = 1_000..=9_999;

/// Reads the claims of a word about a record; the error tells what is wrong with them.
pub(super) fn read(kind: RecordKind, word: &Word, text: &str) -> Result<Vec<RelayedClaim>, String> {
    let WordContent::Stands {
        day, region, hash, ..
    } = &word.content
    else {
        return Ok(Vec::new());
    };
    names(&[&word.key, region, hash])?;
    days(&[*day])?;
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

fn names(names: &[&str]) -> Result<(), String> {
    match names
        .iter()
        .any(|name| name.len() > LONGEST_NAME || name.contains(char::is_control))
    {
        true => Err(format!(
            "a key, source, part or file is longer than {LONGEST_NAME} bytes or holds a control character"
        )),
        false => Ok(()),
    }
}

fn days(days: &[NaiveDate]) -> Result<(), String> {
    match days.iter().find(|day| !YEARS.contains(&day.year())) {
        Some(day) => Err(format!("{day} is no day of the years 1000 to 9999")),
        None => Ok(()),
    }
}

fn check(kind: RecordKind, claim: &RelayedClaim) -> Result<(), String> {
    let RelayedClaim {
        source,
        precedence,
        part,
        hash,
        file,
        file_hash,
        adapter_version,
        ..
    } = claim;
    names(&[source, precedence, part, hash, file, file_hash, adapter_version])?;
    let (first, last) = claim.part_retracted.unwrap_or((claim.first_as_of, claim.as_of));
    days(&[
        claim.first_as_of,
        claim.as_of,
        first,
        last,
        claim.read_at.date_naive(),
    ])?;
    if source.is_empty() || claim.first_as_of > claim.as_of || first > last {
        return Err("no source said so, or it ended before it began".to_owned());
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
