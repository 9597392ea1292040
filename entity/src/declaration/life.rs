//! The life of a declaration: its versions in time, as a pure function of the claims.
//!
//! Each record of the platform is a version. It holds from its declaring day until it is abolished, taken off the
//! platform, or followed by the next record of the same enterprise and standard. Days are whole days of Asia/Shanghai:
//! a version holds on its first day and no longer on the day on which it ends.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::claim::DeclarationClaim;
use super::term::{ChangeKind, DeclarationStatus};
use crate::ingestion::Asserted;
use crate::value::EnterpriseName;

/// A version of a declaration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Version {
    /// From 1, in the order of time.
    pub(super) ordinal: i32,
    /// The record of the platform; an end has that of the version that it ends.
    pub(super) record_id: String,
    /// How it came about.
    pub(super) change: ChangeKind,
    /// The first day.
    pub(super) valid_from: NaiveDate,
    /// The first day on which it does not hold any more.
    pub(super) valid_until: Option<NaiveDate>,
    /// 修改: the day on which the record was first read with its present content, where it had another before.
    pub(super) modified_on: Option<NaiveDate>,
    /// The enterprise's name in the record.
    pub(super) enterprise_name: Option<String>,
    /// The products that it covers.
    pub(super) products: Vec<String>,
}

/// The versions, the state behind the last of them, and the claim that tells it best.
pub(super) struct Life<'a> {
    pub(super) versions: Vec<Version>,
    pub(super) status: DeclarationStatus,
    pub(super) ended_on: Option<NaiveDate>,
    pub(super) current: &'a Asserted<DeclarationClaim>,
}

/// One record of the platform, as its claims tell it.
struct Part<'a> {
    best: &'a Asserted<DeclarationClaim>,
    from: NaiveDate,
    ended: Option<(NaiveDate, DeclarationStatus)>,
    modified_on: Option<NaiveDate>,
}

/// Orders the records of a declaration in time. The claims come best first; without a claim there is no life.
pub(super) fn life<'a>(claims: &'a [Asserted<DeclarationClaim>]) -> Option<Life<'a>> {
    let mut by_record: BTreeMap<&str, Vec<&Asserted<DeclarationClaim>>> = BTreeMap::new();
    for asserted in claims {
        by_record
            .entry(&asserted.claim.record_id)
            .or_default()
            .push(asserted);
    }
    let mut parts: Vec<Part<'a>> = by_record.into_values().filter_map(part).collect();
    parts.sort_by(|left, right| {
        (left.from, &left.best.claim.record_id).cmp(&(right.from, &right.best.claim.record_id))
    });
    let mut versions = Vec::new();
    for (index, part) in parts.iter().enumerate() {
        let before = index.checked_sub(1).and_then(|index| parts.get(index));
        let next = parts.get(index + 1);
        add_version(&mut versions, part, before, next);
    }
    let last = parts.last()?;
    let status = last
        .ended
        .map(|(_, status)| status)
        .or(last.best.claim.status)
        .unwrap_or(DeclarationStatus::Unknown);
    Some(Life {
        versions,
        status,
        ended_on: last.ended.map(|(day, _)| day),
        current: last.best,
    })
}

/// What the claims of one record say together. The best decides its content; claims that were taken back still tell
/// what the record was.
fn part<'a>(claims: Vec<&'a Asserted<DeclarationClaim>>) -> Option<Part<'a>> {
    let best = best_of(&claims)?;
    let first_read = claims.iter().map(|asserted| asserted.at.first_as_of).min()?;
    let retracted = claims
        .iter()
        .all(|asserted| asserted.retracted_on.is_some())
        .then(|| claims.iter().filter_map(|asserted| asserted.retracted_on).max())
        .flatten();
    let from = best.claim.declared_on.unwrap_or(first_read);
    let reported = reported_end(best, &claims);
    let ended = match (reported, retracted) {
        (Some((end, status)), Some(gone)) if end <= gone => Some((end, status)),
        (_, Some(gone)) => Some((gone, DeclarationStatus::DeletedAtSource)),
        (reported, None) => reported,
    };
    Some(Part {
        best,
        from,
        // Nothing ends before it began.
        ended: ended.map(|(end, status)| (end.max(from), status)),
        modified_on: (best.at.first_as_of > first_read).then_some(best.at.first_as_of),
    })
}

/// The best claim that was not taken back, else the best of all. Of two states of one source and day the later one in
/// the life of a declaration is believed.
fn best_of<'a>(claims: &[&'a Asserted<DeclarationClaim>]) -> Option<&'a Asserted<DeclarationClaim>> {
    let first = *claims
        .iter()
        .find(|asserted| asserted.retracted_on.is_none())
        .or_else(|| claims.first())?;
    let alike = |other: &&&Asserted<DeclarationClaim>| {
        other.at.source == first.at.source
            && other.at.as_of == first.at.as_of
            && other.retracted_on.is_some() == first.retracted_on.is_some()
    };
    claims
        .iter()
        .filter(alike)
        .max_by_key(|other| (other.claim.status, &other.at.hash))
        .copied()
}

/// The end that the source reports: on its date, else on the day on which the source was first read so.
fn reported_end(
    best: &Asserted<DeclarationClaim>,
    claims: &[&Asserted<DeclarationClaim>],
) -> Option<(NaiveDate, DeclarationStatus)> {
    use DeclarationStatus::{DeletedAtSource, Revised, Withdrawn};
    let ended = |asserted: &Asserted<DeclarationClaim>| {
        matches!(asserted.claim.status, Some(Revised | Withdrawn | DeletedAtSource))
    };
    let status = best.claim.status.filter(|_| ended(best))?;
    let first_read = claims
        .iter()
        .filter(|other| other.at.source == best.at.source && ended(other))
        .map(|other| other.at.first_as_of)
        .min();
    let end = best.claim.abolished_on.or(first_read)?;
    Some((end, status))
}

fn add_version(
    versions: &mut Vec<Version>,
    part: &Part<'_>,
    before: Option<&Part<'_>>,
    next: Option<&Part<'_>>,
) {
    let claim = &part.best.claim;
    let end = part.ended.map(|(day, _)| day);
    let followed = next.map(|next| next.from);
    let valid_until = match (end, followed) {
        (Some(end), Some(followed)) => Some(end.min(followed)),
        (end, followed) => end.or(followed),
    };
    versions.push(Version {
        ordinal: next_ordinal(versions),
        record_id: claim.record_id.clone(),
        change: match before {
            None => ChangeKind::Declared,
            Some(before) if renamed(&before.best.claim, claim) => ChangeKind::Renamed,
            Some(_) => ChangeKind::Revised,
        },
        valid_from: part.from,
        valid_until,
        modified_on: part.modified_on,
        enterprise_name: claim.enterprise_name.clone(),
        products: claim.products.clone(),
    });
    // An end is a version of its own, unless the next record took the place at once.
    let Some((end, status)) = part.ended else { return };
    if followed.is_some_and(|followed| followed <= end) {
        return;
    }
    versions.push(Version {
        ordinal: next_ordinal(versions),
        record_id: claim.record_id.clone(),
        change: match status {
            DeclarationStatus::DeletedAtSource => ChangeKind::DeletedAtSource,
            DeclarationStatus::Revised => ChangeKind::Superseded,
            _ => ChangeKind::Abolished,
        },
        valid_from: end,
        valid_until: followed,
        modified_on: None,
        enterprise_name: claim.enterprise_name.clone(),
        products: Vec::new(),
    });
}

fn next_ordinal(versions: &[Version]) -> i32 {
    i32::try_from(versions.len()).map_or(i32::MAX, |count| count.saturating_add(1))
}

/// Whether the enterprise has another name in the later record; a spelling of the same name is none.
fn renamed(before: &DeclarationClaim, after: &DeclarationClaim) -> bool {
    let key = |claim: &DeclarationClaim| {
        claim
            .enterprise_name
            .as_deref()
            .and_then(EnterpriseName::parse)
            .map(|name| name.key().to_owned())
    };
    match (key(before), key(after)) {
        (Some(before), Some(after)) => before != after,
        _ => false,
    }
}
