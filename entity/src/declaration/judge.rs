//! Declarations judged with everything that the hub knows around them, many at once.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::NaiveDate;

use super::finding::{Finding, NamedStandard, Surroundings, findings};
use super::model::Model;
use super::query::{CitedStandard, by_keys, citations};
use crate::enterprise;
use crate::limit::{self, MandatoryLimit, indicator_key};
use crate::product::{self, Product};
use crate::standard::{self, Standard, Successor, status_on};
use crate::value::EnterpriseName;
use crate::{Database, Result, Scope};

/// A declaration and a day to judge it on.
type Wanted = (String, NaiveDate);

/// A declaration to be judged, with what it names.
pub(super) struct Case<'a> {
    pub(super) declaration: &'a Model,
    pub(super) cited: &'a [CitedStandard],
    /// The names, generic names and categories of its products.
    pub(super) products: Vec<&'a str>,
}

/// The findings of declarations, each on a day, by both. One that the reader may not see has none.
pub async fn findings_on(
    db: &Database,
    scope: &Scope,
    wanted: &[Wanted],
) -> Result<HashMap<Wanted, Vec<Finding>>> {
    let mut by_day: BTreeMap<NaiveDate, Vec<String>> = BTreeMap::new();
    for (key, day) in wanted {
        by_day.entry(*day).or_default().push(key.clone());
    }
    let mut found = HashMap::new();
    for (day, keys) in by_day {
        let declarations = by_keys(db, scope, &keys).await?;
        let cited = citations(db, scope, &keys).await?;
        let limits = limits_around(db, scope, declarations.values(), day).await?;
        // Only a limit asks which products they are.
        let limited = declarations.values().filter(|_| !limits.is_empty());
        let product_keys = sorted(limited.flat_map(|one| one.product_keys.0.iter().cloned()));
        let products = if product_keys.is_empty() {
            HashMap::new()
        } else {
            product::by_keys(db, scope, &product_keys).await?
        };
        let cases: Vec<Case<'_>> = declarations
            .values()
            .map(|declaration| Case {
                declaration,
                cited: cited.get(&declaration.key).map_or(&[], Vec::as_slice),
                products: declaration
                    .product_keys
                    .0
                    .iter()
                    .filter_map(|key| products.get(key))
                    .flat_map(Product::words)
                    .collect(),
            })
            .collect();
        let around = surroundings(db, scope, &cases, &limits, day).await?;
        for (case, around) in cases.iter().zip(around) {
            let key = (case.declaration.key.clone(), day);
            found.insert(key, findings(case.declaration, &around));
        }
    }
    Ok(found)
}

/// The limits that speak of the indicators of declarations on a day.
pub(super) async fn limits_around(
    db: &Database,
    scope: &Scope,
    declarations: impl Iterator<Item = &Model>,
    day: NaiveDate,
) -> Result<Vec<MandatoryLimit>> {
    let indicators = declarations.flat_map(|declaration| &declaration.indicators.0);
    let names = sorted(indicators.map(|indicator| indicator_key(&indicator.name)));
    limit::by_indicators(db, scope, &names, day).await
}

/// What the hub knows around each case on a day, in their order.
pub(super) async fn surroundings(
    db: &Database,
    scope: &Scope,
    cases: &[Case<'_>],
    limits: &[MandatoryLimit],
    day: NaiveDate,
) -> Result<Vec<Surroundings>> {
    let named = cases.iter().flat_map(|case| {
        let cited = case.cited.iter().map(|cited| cited.key.clone());
        cited.chain([case.declaration.standard_key.clone()])
    });
    let statuses = statuses(db, scope, &sorted(named), day).await?;
    let owners = sorted(cases.iter().map(|case| case.declaration.owner_key.clone()));
    let enterprises = enterprise::by_identities(db, scope, &owners).await?;
    let around = cases.iter().map(|case| {
        let named = |key: &str, number: &str| {
            statuses.get(key).map(|(status, because)| NamedStandard {
                number: number.to_owned(),
                status: *status,
                because: because.clone(),
            })
        };
        Surroundings {
            declared: named(&case.declaration.standard_key, &case.declaration.standard_number),
            cited: case
                .cited
                .iter()
                .filter_map(|cited| named(&cited.key, &cited.number))
                .collect(),
            limits: limits_for(limits, case),
            enterprise: enterprises.get(&case.declaration.owner_key).and_then(|known| {
                let name = EnterpriseName::parse(&known.name)?;
                Some((name.as_str().to_owned(), name.key().to_owned()))
            }),
        }
    });
    Ok(around.collect())
}

fn limits_for(limits: &[MandatoryLimit], case: &Case<'_>) -> Vec<MandatoryLimit> {
    let applicable = limits.iter().filter(|limit| limit.is_for(&case.products));
    applicable.cloned().collect()
}

type Statuses = HashMap<String, (standard::StandardStatus, String)>;

/// How standards stand on a day, and why.
async fn statuses(db: &Database, scope: &Scope, keys: &[String], day: NaiveDate) -> Result<Statuses> {
    let standards = standard::by_keys(db, scope, keys).await?;
    let successors = standard::successors(db, scope, keys).await?;
    let judge = |standard: &Standard| {
        let known = successors.get(&standard.key).map_or(&[][..], Vec::as_slice);
        let facts = standard.status_facts(known.iter().map(Successor::from).collect());
        let (status, reason) = status_on(&facts, day);
        (status, reason.because_zh())
    };
    Ok(standards
        .into_iter()
        .map(|(key, standard)| {
            let judged = judge(&standard);
            (key, judged)
        })
        .collect())
}

fn sorted(keys: impl Iterator<Item = String>) -> Vec<String> {
    keys.collect::<BTreeSet<_>>().into_iter().collect()
}
