//! Codes and names that only the changes mention: codes of the first edition before the renumbering of 1982, and
//! regions that came and went between two lists.

use std::collections::BTreeMap;

use entity::value::RegionCode;

use super::change::RegionChange;
use super::timeline::{Period, Timelines};
use super::{FaultKind, RegionFault, RegionNature};

/// The year of the first list; what the changes say of the time before it stands before.
const FIRST_LIST: i32 = 1980;

/// Adds what the changes mention and no list shows. A list is never contradicted: where both speak of the same years,
/// the claim is cut or dropped.
pub(super) fn add(timelines: &mut Timelines, changes: &[RegionChange], faults: &mut Vec<RegionFault>) {
    for ((code, name), claims) in collect(timelines, changes) {
        for claim in claims {
            let periods = timelines.entry(code.clone()).or_default();
            if let Some(fitting) = fit(claim, periods) {
                periods.push(fitting);
                periods.sort_by_key(Period::start);
            } else {
                faults.push(RegionFault::new(FaultKind::NotInLists, format!("{code} {name}")));
            }
        }
    }
}

type Claims = BTreeMap<(RegionCode, String), Vec<Period>>;

fn collect(timelines: &Timelines, changes: &[RegionChange]) -> Claims {
    let mut claims = Claims::new();
    for (place, change) in changes.iter().enumerate() {
        if let (Some(code), Some(name)) = (&change.old_code, &change.old_name)
            && change.ends(code, name)
            && !is_listed(timelines, code, name)
        {
            end(
                claims.entry((code.clone(), name.clone())).or_default(),
                name,
                change.year,
                place,
            );
        }
        if let (Some(code), Some(name)) = (&change.new_code, &change.new_name)
            && change.begins(code, name)
            && !is_listed(timelines, code, name)
        {
            begin(
                claims.entry((code.clone(), name.clone())).or_default(),
                name,
                change.year,
                place,
            );
        }
    }
    claims
}

fn is_listed(timelines: &Timelines, code: &RegionCode, name: &str) -> bool {
    timelines
        .get(code)
        .is_some_and(|periods| periods.iter().any(|period| period.name == name))
}

fn claim(name: &str) -> Period {
    Period {
        name: name.to_owned(),
        nature: RegionNature::Administrative,
        from: None,
        until: None,
        opened: None,
        closed: None,
    }
}

fn begin(claims: &mut Vec<Period>, name: &str, year: i32, place: usize) {
    if claims.last().is_some_and(|last| last.until.is_none()) {
        return;
    }
    claims.push(Period {
        from: Some(year),
        opened: Some(place),
        ..claim(name)
    });
}

fn end(claims: &mut Vec<Period>, name: &str, year: i32, place: usize) {
    match claims.last_mut() {
        Some(last) if last.until.is_none() => {
            last.until = Some(year);
            last.closed = Some(place);
        }
        // A second successor of the same ending.
        Some(_) => {}
        None => claims.push(Period {
            until: Some(year),
            closed: Some(place),
            ..claim(name)
        }),
    }
}

/// The part of the claim that no list contradicts.
fn fit(mut claim: Period, periods: &mut [Period]) -> Option<Period> {
    if claim.until.is_none() {
        let start = claim.start();
        let next = periods
            .iter()
            .map(Period::start)
            .filter(|from| *from > start)
            .min();
        claim.until = Some(next.unwrap_or_else(|| start.saturating_add(1)));
    }
    for period in periods.iter_mut() {
        if period.end() <= claim.start() || claim.end() <= period.start() {
            continue;
        }
        if claim.from.is_none() && period.from.is_none() {
            if claim.end() > FIRST_LIST.saturating_add(3) {
                return None;
            }
            period.from = Some(FIRST_LIST);
            claim.until = Some(FIRST_LIST);
        } else if claim.start() < period.start() {
            claim.until = period.from;
        } else {
            claim.from = Some(period.until?);
            claim.opened = None;
        }
    }
    (claim.start() < claim.end()).then_some(claim)
}
