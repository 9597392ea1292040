//! The golden record of an enterprise: field by field, and the history of its names.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use sea_orm::DatabaseTransaction;
use serde::Serialize;

use super::claim::{EnterpriseClaim, FormerName};
use super::model::Model;
use super::term::EnterpriseFlag;
use crate::Result;
use crate::access::Audience;
use crate::change::ChangeReason;
use crate::db::list::TextList;
use crate::db::rows::{self, Kind};
use crate::ingestion::field::{Fields, Reading, deciding, said};
use crate::ingestion::{Asserted, Domain};
use crate::record::{Reach, RecordKind};
use crate::search::SearchText;
use crate::value::EnterpriseName;

impl Fields for EnterpriseClaim {
    const FIELDS: &'static [(&'static str, Reading<Self>)] = &[
        ("name", |claim| {
            claim.name.as_ref().map(|name| (0, name.as_str().to_owned()))
        }),
        ("status", |claim| {
            claim
                .status
                .map(|status| (status as usize, status.as_str().to_owned()))
        }),
        ("organizationCode", |claim| said(claim.organization_code.as_ref())),
        ("region", |claim| said(claim.region_code.as_ref())),
        ("address", |claim| said(claim.address.as_ref())),
        ("establishedOn", |claim| {
            claim.established_on.map(|date| (0, date.to_string()))
        }),
    ];
}

/// The domain of enterprises.
pub(crate) struct Enterprises;

/// A golden record with the names that it had before.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Golden {
    #[serde(flatten)]
    enterprise: Model,
    former_names: Vec<FormerName>,
}

#[derive(Serialize)]
struct NameRow<'a> {
    enterprise_key: &'a str,
    ordinal: usize,
    name: &'a str,
    name_key: &'a str,
    until: Option<NaiveDate>,
}

const ENTERPRISE: &rows::Columns = &[
    ("key", Kind::Text),
    ("credit_code", Kind::Text),
    ("organization_code", Kind::Text),
    ("name", Kind::Text),
    ("name_key", Kind::Text),
    ("status", Kind::Text),
    ("status_word", Kind::Text),
    ("address", Kind::Text),
    ("established_on", Kind::Date),
    ("merged_into", Kind::Text),
    ("flags", Kind::Text),
    ("audience", Kind::Text),
    ("region", Kind::Text),
];

const FORMER_NAME: &rows::Columns = &[
    ("enterprise_key", Kind::Text),
    ("ordinal", Kind::Int),
    ("name", Kind::Text),
    ("name_key", Kind::Text),
    ("until", Kind::Date),
];

impl Domain for Enterprises {
    const KIND: RecordKind = RecordKind::Enterprise;
    type Claim = EnterpriseClaim;
    type Golden = Golden;

    fn golden(key: &str, claims: &[Asserted<EnterpriseClaim>]) -> Golden {
        let from = |name: &str| deciding(claims, name).map(|asserted| &asserted.claim);
        let status = from("status");
        let name = from("name").and_then(|claim| claim.name.clone());
        let code = claims
            .iter()
            .find_map(|asserted| asserted.claim.credit_code.clone());
        let merged_into = merged_into(claims);
        let enterprise = Model {
            key: key.to_owned(),
            credit_code: code.as_ref().map(|code| code.as_str().to_owned()),
            organization_code: code
                .as_ref()
                .and_then(|code| code.organization_code())
                .map(|code| code.as_str().to_owned())
                .or_else(|| from("organizationCode").and_then(|claim| claim.organization_code.clone())),
            name: name
                .as_ref()
                .map_or_else(|| shown_key(key), |name| name.as_str().to_owned()),
            name_key: name
                .as_ref()
                .map_or_else(|| shown_key(key), |name| name.key().to_owned()),
            status: status
                .and_then(|claim| claim.status)
                .map(|status| status.as_str().to_owned()),
            status_word: status.and_then(|claim| claim.status_word.clone()),
            address: from("address").and_then(|claim| claim.address.clone()),
            established_on: from("establishedOn").and_then(|claim| claim.established_on),
            flags: flags(claims, &merged_into),
            merged_into: merged_into.ok().flatten(),
            audience: Audience::Public.as_str().to_owned(),
            region: from("region")
                .and_then(|claim| claim.region_code.clone())
                .unwrap_or_default(),
        };
        Golden {
            former_names: former_names(&enterprise.name_key, claims),
            enterprise,
        }
    }

    fn reach(golden: &Golden) -> Reach {
        Reach {
            region: golden.enterprise.region.clone(),
            ..Reach::public()
        }
    }

    /// That it is another one with a credit code.
    fn reason(golden: &Golden, _was: Option<&Reach>, _is: &Reach) -> Option<ChangeReason> {
        golden
            .enterprise
            .merged_into
            .as_ref()
            .map(|_| ChangeReason::Merge)
    }

    /// By its names, the former ones too, and by its credit code. One that turned out to be another is found there.
    fn search_text(golden: &Golden) -> Option<SearchText> {
        let enterprise = &golden.enterprise;
        if enterprise.merged_into.is_some() {
            return None;
        }
        let former = golden.former_names.iter().map(|former| former.name.as_str());
        Some(SearchText::with_former(
            &enterprise.name,
            former,
            enterprise.credit_code.as_deref(),
        ))
    }

    async fn store(transaction: &DatabaseTransaction, records: &[Golden]) -> Result<()> {
        let enterprises: Vec<&Model> = records.iter().map(|golden| &golden.enterprise).collect();
        rows::upsert(transaction, "enterprise", "key", ENTERPRISE, &enterprises).await?;
        let keys: Vec<&str> = enterprises
            .iter()
            .map(|enterprise| enterprise.key.as_str())
            .collect();
        rows::delete_by(transaction, "enterprise_former_name", "enterprise_key", &keys).await?;
        let names: Vec<NameRow<'_>> = records.iter().flat_map(name_rows).collect();
        rows::insert_missing(transaction, "enterprise_former_name", FORMER_NAME, &names).await?;
        Ok(())
    }

    async fn remove(transaction: &DatabaseTransaction, keys: &[&str]) -> Result<()> {
        rows::delete_by(transaction, "enterprise_former_name", "enterprise_key", keys).await?;
        rows::delete_by(transaction, "enterprise", "key", keys).await
    }
}

fn name_rows(golden: &Golden) -> impl Iterator<Item = NameRow<'_>> {
    golden
        .former_names
        .iter()
        .enumerate()
        .map(|(ordinal, former)| NameRow {
            enterprise_key: &golden.enterprise.key,
            ordinal,
            name: former.name.as_str(),
            name_key: former.name.key(),
            until: former.until,
        })
}

/// What is shown of a record that nobody gave a name: the name inside its key, or the key.
fn shown_key(key: &str) -> String {
    key.strip_prefix("N:")
        .and_then(|rest| rest.split_once(':'))
        .map_or(key, |(_, name)| name)
        .to_owned()
}

/// The one credit code that was seen with the name in the province; an error where there are several. A record of which
/// nothing else is said is nobody apart: it stays out of sight behind the first of them.
fn merged_into(claims: &[Asserted<EnterpriseClaim>]) -> std::result::Result<Option<String>, ()> {
    let mut codes: Vec<&String> = claims
        .iter()
        .filter_map(|asserted| asserted.claim.same_as.as_ref())
        .collect();
    codes.sort();
    codes.dedup();
    match codes.as_slice() {
        [] => Ok(None),
        [code] => Ok(Some((*code).clone())),
        [first, ..] if claims.iter().all(|asserted| asserted.claim.same_as.is_some()) => {
            Ok(Some((*first).clone()))
        }
        _ => Err(()),
    }
}

fn flags(claims: &[Asserted<EnterpriseClaim>], merged: &std::result::Result<Option<String>, ()>) -> TextList {
    let mut flags: Vec<EnterpriseFlag> = claims
        .iter()
        .flat_map(|asserted| asserted.claim.flags.iter().copied())
        .collect();
    if merged.is_err() {
        flags.push(EnterpriseFlag::NameAmbiguous);
    }
    if claims.iter().all(|asserted| asserted.claim.credit_code.is_none()) {
        flags.push(EnterpriseFlag::NoCreditCode);
    }
    TextList::distinct(flags, EnterpriseFlag::as_str)
}

/// When a name was first and last said.
#[derive(Clone)]
struct Told {
    name: EnterpriseName,
    first: NaiveDate,
    last: NaiveDate,
    until: Option<NaiveDate>,
}

/// The names that are not the current one, in the order of their end. A register tells the day; else a name ended when
/// the next one was first said.
fn former_names(current: &str, claims: &[Asserted<EnterpriseClaim>]) -> Vec<FormerName> {
    let mut told: BTreeMap<String, Told> = BTreeMap::new();
    for asserted in claims {
        let (first, last) = (asserted.at.first_as_of, asserted.at.as_of);
        if let Some(name) = &asserted.claim.name {
            let entry = told.entry(name.key().to_owned()).or_insert_with(|| Told {
                name: name.clone(),
                first,
                last,
                until: None,
            });
            entry.first = entry.first.min(first);
            entry.last = entry.last.max(last);
        }
    }
    let by_speech: Vec<Told> = told.values().cloned().collect();
    for former in claims.iter().flat_map(|asserted| &asserted.claim.former_names) {
        let day = former.until.unwrap_or(NaiveDate::MIN);
        let entry = told.entry(former.name.key().to_owned()).or_insert_with(|| Told {
            name: former.name.clone(),
            first: day,
            last: day,
            until: None,
        });
        entry.until = entry.until.max(former.until);
    }
    told.remove(current);
    let mut names: Vec<FormerName> = told
        .into_values()
        .map(|told| FormerName {
            until: told.until.or_else(|| next_name_after(&told, &by_speech)),
            name: told.name,
        })
        .collect();
    names.sort_by(|left, right| (left.until, &left.name).cmp(&(right.until, &right.name)));
    names
}

/// The first day on which another name was said, behind the last day of this one.
fn next_name_after(ended: &Told, all: &[Told]) -> Option<NaiveDate> {
    all.iter()
        .filter(|other| other.name.key() != ended.name.key() && other.last > ended.last)
        .map(|other| other.first.max(ended.last))
        .min()
}
