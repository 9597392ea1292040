//! The verifications of an instrument, put together out of everything that sources tell of them.

use std::cmp::Ordering;

use chrono::NaiveDate;

use super::claim::{InstrumentClaim, VerificationClaim};
use super::model::Verification;
use super::term::{Conclusion, InstrumentFlag};
use crate::ingestion::Asserted;

/// Every verification once, from the oldest to the newest, those without a day first; and what is odd about them. Two sources tell of
/// the same one if they give one day and no different certificate numbers.
pub(super) fn history(claims: &[Asserted<InstrumentClaim>]) -> (Vec<Verification>, Vec<InstrumentFlag>) {
    let (mut found, mut flags) = (Vec::<VerificationClaim>::new(), Vec::new());
    for asserted in claims {
        let Some(told) = &asserted.claim.verification else {
            continue;
        };
        if told.on.is_some_and(|day| day > asserted.at.as_of) {
            flags.push(InstrumentFlag::DateInFuture);
            continue;
        }
        match found.iter_mut().find(|one| is_same(one, told)) {
            Some(one) => merge(one, told, &mut flags),
            None => found.push(told.clone()),
        }
    }
    for one in &mut found {
        settle(one, &mut flags);
    }
    found.sort_by(order);
    (found.into_iter().map(row).collect(), flags)
}

/// Whether the first verification with a day is older than a day.
pub(super) fn begins_before(verifications: &[Verification], day: Option<NaiveDate>) -> bool {
    let first = verifications.iter().find_map(|one| one.verified_on);
    first.zip(day).is_some_and(|(first, day)| first < day)
}

fn is_same(one: &VerificationClaim, other: &VerificationClaim) -> bool {
    let differ = one
        .certificate_number
        .as_ref()
        .zip(other.certificate_number.as_ref())
        .is_some_and(|(one, other)| one != other);
    let named = one.on.is_some() || one.certificate_number.is_some();
    let as_long = one.valid_until == other.valid_until && one.next_on == other.next_on;
    one.on == other.on && !differ && (named || as_long)
}

/// Fills in what the better source left out.
fn merge(one: &mut VerificationClaim, other: &VerificationClaim, flags: &mut Vec<InstrumentFlag>) {
    for (kept, told) in [
        (one.valid_until, other.valid_until),
        (one.next_on, other.next_on),
        (one.valid_until, other.next_on),
        (one.next_on, other.valid_until),
    ] {
        flags.extend(kept.zip(told).and_then(|(kept, told)| disagreement(kept, told)));
    }
    if one
        .conclusion
        .zip(other.conclusion)
        .is_some_and(|(kept, told)| kept != told)
    {
        flags.push(InstrumentFlag::ConclusionContradicts);
        one.conclusion = Some(Conclusion::Failed);
    }
    one.agency = one.agency.take().or_else(|| other.agency.clone());
    one.conclusion = one.conclusion.or(other.conclusion);
    one.certificate_kind = one.certificate_kind.or(other.certificate_kind);
    one.certificate_number = one
        .certificate_number
        .take()
        .or_else(|| other.certificate_number.clone());
    one.valid_until = one.valid_until.or(other.valid_until);
    one.next_on = one.next_on.or(other.next_on);
}

/// What the days and papers of one verification say of each other.
fn settle(one: &mut VerificationClaim, flags: &mut Vec<InstrumentFlag>) {
    flags.extend(
        one.valid_until
            .zip(one.next_on)
            .and_then(|(valid, next)| disagreement(valid, next)),
    );
    let ends = [one.valid_until, one.next_on].into_iter().flatten();
    if one.on.is_some_and(|on| ends.into_iter().any(|end| end < on)) {
        flags.push(InstrumentFlag::ValidityContradicts);
    }
    let by_paper = one.certificate_kind.map(|kind| kind.concludes());
    match (one.conclusion, by_paper) {
        (Some(told), Some(paper)) if told != paper => {
            flags.push(InstrumentFlag::ConclusionContradicts);
            one.conclusion = Some(Conclusion::Failed);
        }
        (None, paper) => one.conclusion = paper,
        _ => {}
    }
}

/// Days that should be the same: a difference of one is a matter of counting.
fn disagreement(one: NaiveDate, other: NaiveDate) -> Option<InstrumentFlag> {
    match (one - other).num_days().abs() {
        0 => None,
        1 => Some(InstrumentFlag::ValidityOffByOne),
        _ => Some(InstrumentFlag::ValidityContradicts),
    }
}

/// By day; of one day the failed one last, because it is believed.
fn order(one: &VerificationClaim, other: &VerificationClaim) -> Ordering {
    let end = |claim: &VerificationClaim| claim.valid_until.or(claim.next_on);
    one.on
        .cmp(&other.on)
        .then_with(|| one.conclusion.cmp(&other.conclusion))
        .then_with(|| end(one).cmp(&end(other)))
        .then_with(|| one.certificate_number.cmp(&other.certificate_number))
}

fn row(claim: VerificationClaim) -> Verification {
    Verification {
        verified_on: claim.on,
        agency: claim.agency,
        conclusion: claim.conclusion.map(|conclusion| conclusion.as_str().to_owned()),
        certificate_kind: claim.certificate_kind.map(|kind| kind.as_str().to_owned()),
        certificate_number: claim.certificate_number,
        valid_until: claim.valid_until,
        next_on: claim.next_on,
    }
}
