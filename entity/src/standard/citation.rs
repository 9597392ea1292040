//! 标准查新: the standards that a text cites, with the status of each and what took its place.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::edges::{self, Succession};
use super::model::Model;
use super::query;
use super::status::{StatusReason, status_on};
use super::term::StandardStatus;
use crate::value::{Citation, StandardNumber};
use crate::{Database, Result, Scope};

/// A citation that was looked up.
#[derive(Debug, Clone)]
pub struct CheckedCitation {
    /// Where the citation begins in the text, in bytes.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
    /// The number that was read.
    pub number: StandardNumber,
    /// The standard in the catalogue; for a citation without a year its newest edition.
    pub standard: Option<Model>,
    /// The status on the day, where the catalogue holds the standard.
    pub status: Option<(StandardStatus, StatusReason)>,
    /// What took its place.
    pub replaced_by: Vec<Succession>,
}

/// Looks up citations, in their order. The number of statements does not grow with the number of citations.
pub async fn check_citations(
    db: &Database,
    scope: &Scope,
    citations: Vec<Citation>,
    on: NaiveDate,
) -> Result<Vec<CheckedCitation>> {
    let keys: Vec<String> = distinct(citations.iter().filter_map(|citation| citation.number.key()));
    let standards = query::by_keys(db, scope, &keys).await?;
    let undated = citations
        .iter()
        .filter(|citation| citation.number.year().is_none());
    let bases: Vec<String> = distinct(undated.filter_map(|citation| citation.number.base()));
    let newest = if bases.is_empty() {
        HashMap::new()
    } else {
        query::latest_of_base(db, scope, &bases).await?
    };
    let found: Vec<Option<Model>> = citations
        .iter()
        .map(|citation| {
            let number = &citation.number;
            let exact = number.key().and_then(|key| standards.get(key));
            exact
                .or_else(|| newest.get(number.base()?).filter(|_| number.year().is_none()))
                .cloned()
        })
        .collect();
    let owners = distinct(found.iter().flatten().map(|standard| standard.key.as_str()));
    let successors = edges::successors(db, scope, &owners).await?;
    let checked = citations.into_iter().zip(found).map(|(citation, standard)| {
        let replaced_by = standard
            .as_ref()
            .and_then(|found| successors.get(&found.key))
            .cloned()
            .unwrap_or_default();
        let status = standard.as_ref().map(|found| {
            status_on(
                &found.status_facts(replaced_by.iter().map(Into::into).collect()),
                on,
            )
        });
        CheckedCitation {
            start: citation.start,
            end: citation.end,
            number: citation.number,
            standard,
            status,
            replaced_by,
        }
    });
    Ok(checked.collect())
}

fn distinct<'a>(words: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut words: Vec<String> = words.map(str::to_owned).collect();
    words.sort();
    words.dedup();
    words
}
