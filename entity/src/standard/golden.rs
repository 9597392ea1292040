//! The golden record of a standard: field by field, the best source that says something.
//!
//! Best is the smallest rank, then the newest day. Where one source says two things of one day, the value itself
//! decides (the later status, the longer title, the later date), so that the order of arrival never shows.

use super::claim::StandardClaim;
use super::model::Model;
use super::term::StandardFlag;
use super::write::{Golden, Link};
use crate::access::Audience;
use crate::db::list::TextList;
use crate::ingestion::Asserted;
use crate::ingestion::field::{Fields, Reading, deciding};
use crate::value::{Adoption, StandardKind, StandardNumber};

impl Fields for StandardClaim {
    const FIELDS: &'static [(&'static str, Reading<Self>)] = &[
        ("name", |claim| {
            claim
                .name
                .as_ref()
                .map(|name| (name.chars().count(), name.clone()))
        }),
        ("status", |claim| {
            claim
                .status
                .map(|status| (status as usize, status.as_str().to_owned()))
        }),
        ("issuedOn", |claim| {
            claim.issued_on.map(|date| (0, date.to_string()))
        }),
        ("effectiveOn", |claim| {
            claim.effective_on.map(|date| (0, date.to_string()))
        }),
        ("withdrawnOn", |claim| {
            claim.withdrawn_on.map(|date| (0, date.to_string()))
        }),
        ("icsCodes", |claim| words(&claim.ics_codes)),
        ("ccsCodes", |claim| words(&claim.ccs_codes)),
        ("industryCodes", |claim| words(&claim.industry_codes)),
        ("issuingBodies", |claim| {
            words(
                &claim
                    .issuing_bodies
                    .iter()
                    .map(|body| body.name.clone())
                    .collect::<Vec<_>>(),
            )
        }),
        ("committee", |claim| {
            claim.committee.as_ref().map(|name| (0, name.clone()))
        }),
        ("department", |claim| {
            claim.department.as_ref().map(|name| (0, name.clone()))
        }),
    ];
}

fn words(words: &[String]) -> Option<(usize, String)> {
    (!words.is_empty()).then(|| (words.len(), words.join("; ")))
}

/// The golden record.
pub(super) fn golden(key: &str, claims: &[Asserted<StandardClaim>]) -> Golden {
    let from = |name: &str| deciding(claims, name).map(|asserted| &asserted.claim);
    let list = |name: &str, list: fn(&StandardClaim) -> &Vec<String>| {
        from(name)
            .map(|claim| TextList(list(claim).clone()))
            .unwrap_or_default()
    };
    let number = spelling(key, claims);
    let status = deciding(claims, "status");
    let bodies = from("issuingBodies")
        .map(|claim| claim.issuing_bodies.as_slice())
        .unwrap_or_default();
    let amended = number.amends();
    let links = links(key, &number, claims);
    let mut standard = Model {
        key: key.to_owned(),
        number: number.canonical().unwrap_or(key).to_owned(),
        number_raw: number.raw().to_owned(),
        base_key: number.base().unwrap_or(key).to_owned(),
        kind: number.kind().unwrap_or(StandardKind::Other).as_str().to_owned(),
        nature: number.nature().map(|nature| nature.as_str().to_owned()),
        year: number.year().map(i32::from),
        name: from("name").and_then(|claim| claim.name.clone()),
        name_reported: from("name")
            .and_then(|claim| claim.name_reported.clone().or_else(|| claim.name.clone())),
        status_reported: status
            .and_then(|asserted| asserted.claim.status)
            .map(|status| status.as_str().to_owned()),
        status_word: status.and_then(|asserted| asserted.claim.status_word.clone()),
        status_read_on: status.map(|asserted| asserted.at.as_of),
        status_first_read_on: status.and_then(|status| first_read(claims, status)),
        issued_on: from("issuedOn").and_then(|claim| claim.issued_on),
        effective_on: from("effectiveOn").and_then(|claim| claim.effective_on),
        withdrawn_on: from("withdrawnOn").and_then(|claim| claim.withdrawn_on),
        ics_codes: list("icsCodes", |claim| &claim.ics_codes),
        ccs_codes: list("ccsCodes", |claim| &claim.ccs_codes),
        industry_codes: list("industryCodes", |claim| &claim.industry_codes),
        issuing_bodies: bodies.iter().map(|body| body.name.clone()).collect(),
        issuing_bodies_reported: bodies.iter().map(|body| body.reported.clone()).collect(),
        committee: from("committee").and_then(|claim| claim.committee.clone()),
        department: from("department").and_then(|claim| claim.department.clone()),
        adopts: number.adopts().map(adoption_text),
        amends_key: amended
            .as_ref()
            .and_then(|number| number.key())
            .map(str::to_owned),
        amends_number: amended
            .as_ref()
            .and_then(|number| number.canonical())
            .map(str::to_owned),
        notes: distinct(
            claims
                .iter()
                .flat_map(|asserted| asserted.claim.notes.iter().cloned()),
        ),
        flags: TextList::default(),
        audience: Audience::Public.as_str().to_owned(),
        region: number
            .region_prefix()
            .map(|prefix| format!("{prefix:0<6}"))
            .unwrap_or_default(),
    };
    standard.flags = flags(&standard, &links, claims);
    Golden {
        standard,
        succession: links,
    }
}

/// `ISO 9001:2015 IDT`.
fn adoption_text(adoption: &Adoption) -> String {
    match adoption.degree {
        Some(degree) => format!("{} {}", adoption.number, degree.as_str()),
        None => adoption.number.clone(),
    }
}

/// The number as the best source writes it; among its spellings the shortest, which is the least adorned.
fn spelling(key: &str, claims: &[Asserted<StandardClaim>]) -> StandardNumber {
    let best = claims.first();
    claims
        .iter()
        .filter(|asserted| best.is_some_and(|best| asserted.at.source == best.at.source))
        .map(|asserted| &asserted.claim.number)
        .min_by_key(|number| (number.raw().chars().count(), number.raw().to_owned()))
        .cloned()
        .unwrap_or_else(|| StandardNumber::parse(key))
}

/// The first day on which the source of the winning status said the same.
fn first_read(
    claims: &[Asserted<StandardClaim>],
    winner: &Asserted<StandardClaim>,
) -> Option<chrono::NaiveDate> {
    claims
        .iter()
        .filter(|other| other.at.source == winner.at.source && other.claim.status == winner.claim.status)
        .map(|other| other.at.first_as_of)
        .min()
}

/// Every succession that a source names in its newest claim that names any.
fn links(key: &str, number: &StandardNumber, claims: &[Asserted<StandardClaim>]) -> Vec<Link> {
    let own = number.canonical().unwrap_or(key);
    let mut links: Vec<Link> = Vec::new();
    for asserted in claims {
        let claim = &asserted.claim;
        let newer_names_some = claims.iter().any(|other| {
            other.at.source == asserted.at.source
                && other.at.as_of > asserted.at.as_of
                && !(other.claim.replaces.is_empty() && other.claim.replaced_by.is_empty())
        });
        if newer_names_some {
            continue;
        }
        let older = claim.replaces.iter().map(|link| (link, true));
        let newer = claim.replaced_by.iter().map(|link| (link, false));
        for (link, other_is_older) in older.chain(newer) {
            let (Some(other_key), Some(other)) = (link.number.key(), link.number.canonical()) else {
                continue;
            };
            if other_key != key {
                links.push(Link::new(
                    (key, own),
                    (other_key, other),
                    other_is_older,
                    link.partial,
                ));
            }
        }
    }
    links.sort();
    links.dedup_by(|later, earlier| later.same_pair(earlier));
    links
}

fn flags(standard: &Model, links: &[Link], claims: &[Asserted<StandardClaim>]) -> TextList {
    let mut flags: Vec<StandardFlag> = claims
        .iter()
        .flat_map(|asserted| asserted.claim.flags.iter().copied())
        .collect();
    if standard
        .issued_on
        .zip(standard.effective_on)
        .is_some_and(|(issued, effective)| effective < issued)
    {
        flags.push(StandardFlag::EffectiveBeforeIssued);
    }
    if links
        .iter()
        .any(|link| link.partial && link.predecessor_key == standard.key)
    {
        flags.push(StandardFlag::PartlyReplaced);
    }
    TextList::distinct(flags, StandardFlag::as_str)
}

fn distinct(words: impl Iterator<Item = String>) -> TextList {
    let mut words: Vec<String> = words.collect();
    words.sort();
    words.dedup();
    TextList(words)
}
