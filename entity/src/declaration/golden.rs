//! The golden record of a declaration.

use super::claim::{DeclarationClaim, number_key};
use super::life::{Life, Version, life};
use super::model::{Indicators, Model};
use super::term::{DeclarationFlag, DeclarationStatus};
use crate::access::Audience;
use crate::db::list::TextList;
use crate::ingestion::Asserted;
use crate::value::{EnterpriseName, NumberFlag};

/// A golden record with its versions.
#[derive(Debug, Clone, serde::Serialize)]
pub(crate) struct Golden {
    #[serde(flatten)]
    pub(super) declaration: Model,
    pub(super) versions: Vec<VersionBody>,
    #[serde(skip)]
    pub(super) products_by_version: Vec<Vec<String>>,
}

/// A version in the feed.
#[derive(Debug, Clone, serde::Serialize)]
pub(crate) struct VersionBody {
    pub(super) ordinal: i32,
    pub(super) record_id: String,
    pub(super) change_kind: &'static str,
    pub(super) valid_from: chrono::NaiveDate,
    pub(super) valid_until: Option<chrono::NaiveDate>,
    pub(super) modified_on: Option<chrono::NaiveDate>,
    pub(super) enterprise_name: Option<String>,
}

/// Computes the record. The claims come best first and are never empty.
pub(super) fn golden(key: &str, claims: &[Asserted<DeclarationClaim>]) -> Golden {
    match life(claims) {
        Some(life) => of_life(key, life),
        // A record without a claim is never asked for; an empty one says so.
        None => Golden {
            declaration: nameless(key),
            versions: Vec::new(),
            products_by_version: Vec::new(),
        },
    }
}

fn of_life(key: &str, life: Life<'_>) -> Golden {
    let claim = &life.current.claim;
    let day =
        |version: Option<&Version>| version.map_or(life.current.at.first_as_of, |version| version.valid_from);
    let last_shown = life
        .versions
        .iter()
        .rev()
        .find(|version| version.record_id == claim.record_id && !version_is_end(version));
    let declaration = Model {
        key: key.to_owned(),
        status: life.status.as_str().to_owned(),
        first_declared_on: day(life.versions.first()),
        declared_on: day(last_shown),
        ended_on: life.ended_on,
        flags: flags(&life),
        ..of_record(claim)
    };
    Golden {
        declaration,
        products_by_version: life
            .versions
            .iter()
            .map(|version| version.products.clone())
            .collect(),
        versions: life.versions.into_iter().map(body).collect(),
    }
}

/// The content of one record, as it stands on its declaring day.
pub(super) fn of_record(claim: &DeclarationClaim) -> Model {
    let declared_on = claim.declared_on.unwrap_or(chrono::NaiveDate::MIN);
    Model {
        key: claim.key.clone(),
        owner_key: claim.owner_key.clone(),
        enterprise_name: claim.enterprise_name.clone(),
        enterprise_name_key: claim
            .enterprise_name
            .as_deref()
            .and_then(EnterpriseName::parse)
            .map(|name| name.key().to_owned()),
        standard_key: number_key(&claim.standard_number),
        standard_number: claim
            .standard_number
            .canonical()
            .unwrap_or_else(|| claim.standard_number.raw())
            .to_owned(),
        standard_name: claim.standard_name.clone(),
        standard_kind: claim.standard_kind.as_str().to_owned(),
        record_id: claim.record_id.clone(),
        status: claim
            .status
            .unwrap_or(DeclarationStatus::Unknown)
            .as_str()
            .to_owned(),
        status_word: claim.status_word.clone(),
        published_on: claim.published_on,
        first_declared_on: declared_on,
        declared_on,
        ended_on: None,
        text_public: claim.text_public,
        pledge: claim.pledge.clone(),
        below_recommended: claim.below_recommended,
        indicators: Indicators(claim.indicators.clone()),
        product_keys: TextList(claim.products.clone()),
        flags: TextList::default(),
        audience: Audience::Public.as_str().to_owned(),
        region: claim.region_code.clone().unwrap_or_default(),
    }
}

fn version_is_end(version: &Version) -> bool {
    use super::term::ChangeKind::{Abolished, DeletedAtSource, Superseded};
    matches!(version.change, Abolished | DeletedAtSource | Superseded)
}

fn body(version: Version) -> VersionBody {
    VersionBody {
        ordinal: version.ordinal,
        record_id: version.record_id,
        change_kind: version.change.as_str(),
        valid_from: version.valid_from,
        valid_until: version.valid_until,
        modified_on: version.modified_on,
        enterprise_name: version.enterprise_name,
    }
}

fn flags(life: &Life<'_>) -> TextList {
    let claim = &life.current.claim;
    let mut flags = claim.flags.clone();
    if claim.standard_number.key().is_none() {
        flags.push(DeclarationFlag::NumberUnreadable);
    } else if claim.standard_number.has_flag(NumberFlag::Repaired) {
        flags.push(DeclarationFlag::NumberRepaired);
    }
    match claim.declared_on {
        None => flags.push(DeclarationFlag::DateMissing),
        Some(day) if day > life.current.at.as_of => flags.push(DeclarationFlag::DateInFuture),
        Some(day) if claim.abolished_on.is_some_and(|end| end < day) => {
            flags.push(DeclarationFlag::AbolishedBeforeDeclared);
        }
        Some(_) => {}
    }
    if claim.abolished_on.is_some() && life.status == DeclarationStatus::Current {
        flags.push(DeclarationFlag::AbolishedWhileCurrent);
    }
    if claim.products.is_empty() {
        flags.push(DeclarationFlag::NoProduct);
    }
    TextList::distinct(flags, DeclarationFlag::as_str)
}

fn nameless(key: &str) -> Model {
    Model {
        key: key.to_owned(),
        owner_key: String::new(),
        enterprise_name: None,
        enterprise_name_key: None,
        standard_key: String::new(),
        standard_number: String::new(),
        standard_name: None,
        standard_kind: crate::value::StandardKind::Other.as_str().to_owned(),
        record_id: String::new(),
        status: DeclarationStatus::Unknown.as_str().to_owned(),
        status_word: None,
        published_on: None,
        first_declared_on: chrono::NaiveDate::MIN,
        declared_on: chrono::NaiveDate::MIN,
        ended_on: None,
        text_public: None,
        pledge: None,
        below_recommended: None,
        indicators: Indicators::default(),
        product_keys: TextList::default(),
        flags: TextList::default(),
        audience: Audience::Public.as_str().to_owned(),
        region: String::new(),
    }
}
