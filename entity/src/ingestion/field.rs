//! Records field by field: which claim decides a field, and where sources differ.
//!
//! Best is the smallest rank, then the newest day. Where one source says two things of one day, the value itself
//! decides, so that the order of arrival never shows.

use serde::de::DeserializeOwned;

use super::assertion::StoredAssertion;
use super::domain::{Asserted, standing};
use crate::Result;

/// A field of a claim as weight and text, or nothing where the claim is silent. The greater wins within a day.
pub(crate) type Reading<C> = fn(&C) -> Option<(usize, String)>;

/// A claim whose fields sources can differ in.
pub(crate) trait Fields: DeserializeOwned + 'static {
    /// The fields by their names in the schema.
    const FIELDS: &'static [(&'static str, Reading<Self>)];
}

/// A field in which sources differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// The field by its name in the schema.
    pub field: &'static str,
    /// What each source says, best source first.
    pub values: Vec<(String, String)>,
}

/// A claim behind a golden record.
#[derive(Debug, Clone)]
pub struct Contribution {
    /// Where the claim comes from.
    pub at: StoredAssertion,
    /// The fields of the golden record that it decided.
    pub fields: Vec<&'static str>,
}

/// A text that is said, without a weight of its own.
pub(crate) fn said(text: Option<&String>) -> Option<(usize, String)> {
    text.map(|text| (0, text.clone()))
}

/// What decides a field: the best source that says something, there the newest day, there the greatest value.
pub(crate) fn winner<C>(claims: &[Asserted<C>], reading: Reading<C>) -> Option<&Asserted<C>> {
    let first = claims
        .iter()
        .find(|asserted| reading(&asserted.claim).is_some())?;
    claims
        .iter()
        .filter(|other| other.at.source == first.at.source && other.at.as_of == first.at.as_of)
        .max_by_key(|other| reading(&other.claim))
}

/// The claim that decides the field of this name.
pub(crate) fn deciding<'a, C: Fields>(claims: &'a [Asserted<C>], name: &str) -> Option<&'a Asserted<C>> {
    let (_, reading) = C::FIELDS.iter().find(|(field, _)| *field == name)?;
    winner(claims, *reading)
}

/// The fields in which the newest claims of the sources differ.
pub(crate) fn conflicts<C: Fields>(assertions: Vec<StoredAssertion>) -> Result<Vec<Conflict>> {
    let claims = standing::<C>(assertions)?;
    let mut conflicts = Vec::new();
    for (field, reading) in C::FIELDS {
        let mut values: Vec<(String, String)> = Vec::new();
        for asserted in &claims {
            let Some((_, text)) = reading(&asserted.claim) else {
                continue;
            };
            let outdated = claims.iter().any(|other| {
                other.at.source == asserted.at.source
                    && other.at.as_of > asserted.at.as_of
                    && reading(&other.claim).is_some()
            });
            let value = (text, asserted.at.source.clone());
            if !outdated && !values.contains(&value) {
                values.push(value);
            }
        }
        let first = values.first().map(|(text, _)| alike(text));
        if values.iter().any(|(text, _)| Some(alike(text)) != first) {
            conflicts.push(Conflict { field, values });
        }
    }
    Ok(conflicts)
}

/// Texts that differ only in blanks and widths do not contradict each other.
fn alike(text: &str) -> String {
    crate::search::fold(text)
        .chars()
        .filter(|sign| !sign.is_whitespace())
        .collect()
}

/// The claims behind a golden record, best first, each with the fields that it decided.
pub(crate) fn contributions<C: Fields>(assertions: Vec<StoredAssertion>) -> Result<Vec<Contribution>> {
    let claims = standing::<C>(assertions)?;
    let decided: Vec<(&str, String, String)> = C::FIELDS
        .iter()
        .filter_map(|(name, reading)| {
            winner(&claims, *reading)
                .map(|asserted| (*name, asserted.at.source.clone(), asserted.at.hash.clone()))
        })
        .collect();
    Ok(claims
        .into_iter()
        .map(|asserted| {
            let fields = decided
                .iter()
                .filter(|(_, source, hash)| *source == asserted.at.source && *hash == asserted.at.hash)
                .map(|(name, _, _)| *name)
                .collect();
            Contribution {
                at: asserted.at,
                fields,
            }
        })
        .collect())
}
