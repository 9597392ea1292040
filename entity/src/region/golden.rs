//! The golden record of a region: the best source's history of the code.

use sea_orm::DatabaseTransaction;
use serde::Serialize;

use super::claim::{PeriodClaim, RegionClaim};
use super::{period, table};
use crate::Result;
use crate::access::Audience;
use crate::db::list::TextList;
use crate::db::rows::{self, Kind};
use crate::ingestion::{Asserted, Domain};
use crate::record::{Reach, RecordKind};
use crate::search::SearchText;

/// The domain of regions.
pub(crate) struct Regions;

/// A region with its periods.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Golden {
    #[serde(flatten)]
    region: table::Model,
    periods: Vec<period::Model>,
}

const REGION: &rows::Columns = &[
    ("code", Kind::Text),
    ("name", Kind::Text),
    ("level", Kind::Text),
    ("nature", Kind::Text),
    ("parent_code", Kind::Text),
    ("valid_from", Kind::Date),
    ("valid_until", Kind::Date),
    ("successors", Kind::Text),
    ("flags", Kind::Text),
    ("audience", Kind::Text),
    ("region", Kind::Text),
];

const PERIOD: &rows::Columns = &[
    ("code", Kind::Text),
    ("ordinal", Kind::Int),
    ("name", Kind::Text),
    ("level", Kind::Text),
    ("nature", Kind::Text),
    ("parent_code", Kind::Text),
    ("valid_from", Kind::Date),
    ("from_precision", Kind::Text),
    ("valid_until", Kind::Date),
    ("until_precision", Kind::Text),
    ("opened_by", Kind::Text),
    ("closed_by", Kind::Text),
    ("successors", Kind::Text),
];

impl Domain for Regions {
    const KIND: RecordKind = RecordKind::Region;
    type Claim = RegionClaim;
    type Golden = Golden;

    fn golden(key: &str, claims: &[Asserted<RegionClaim>]) -> Golden {
        // A history is believed as a whole: periods of two sources would overlap.
        let periods: Vec<PeriodClaim> = claims
            .first()
            .map(|asserted| asserted.claim.periods.clone())
            .unwrap_or_default();
        let first = periods.first();
        let last = periods.last();
        let region = table::Model {
            code: key.to_owned(),
            name: last.map(|period| period.name.clone()).unwrap_or_default(),
            level: last.map(|period| period.level.clone()).unwrap_or_default(),
            nature: last.map(|period| period.nature.clone()).unwrap_or_default(),
            parent_code: last.and_then(|period| period.parent_code.clone()),
            valid_from: first.and_then(|period| period.valid_from),
            valid_until: last.and_then(|period| period.valid_until),
            successors: TextList(last.map(|period| period.successors.clone()).unwrap_or_default()),
            flags: TextList::default(),
            audience: Audience::Public.as_str().to_owned(),
            region: key.to_owned(),
        };
        let periods = periods
            .into_iter()
            .zip(1..)
            .map(|(claim, ordinal)| period_of(key, ordinal, claim))
            .collect();
        Golden { region, periods }
    }

    fn reach(golden: &Golden) -> Reach {
        Reach {
            region: golden.region.code.clone(),
            ..Reach::public()
        }
    }

    fn search_text(golden: &Golden) -> Option<SearchText> {
        // Former names find the code, too.
        let mut names: Vec<&str> = golden
            .periods
            .iter()
            .rev()
            .map(|period| period.name.as_str())
            .collect();
        names.dedup();
        Some(SearchText::new(&names.join(" "), Some(&golden.region.code)))
    }

    async fn store(transaction: &DatabaseTransaction, records: &[Golden]) -> Result<()> {
        let regions: Vec<&table::Model> = records.iter().map(|golden| &golden.region).collect();
        rows::upsert(transaction, "region", "code", REGION, &regions).await?;
        let codes: Vec<&str> = regions.iter().map(|region| region.code.as_str()).collect();
        rows::delete_by(transaction, "region_period", "code", &codes).await?;
        let periods: Vec<&period::Model> = records.iter().flat_map(|golden| &golden.periods).collect();
        rows::insert_missing(transaction, "region_period", PERIOD, &periods).await?;
        Ok(())
    }

    async fn remove(transaction: &DatabaseTransaction, keys: &[&str]) -> Result<()> {
        rows::delete_by(transaction, "region_period", "code", keys).await?;
        rows::delete_by(transaction, "region", "code", keys).await
    }
}

fn period_of(code: &str, ordinal: i32, claim: PeriodClaim) -> period::Model {
    period::Model {
        code: code.to_owned(),
        ordinal,
        name: claim.name,
        level: claim.level,
        nature: claim.nature,
        parent_code: claim.parent_code,
        valid_from: claim.valid_from,
        from_precision: claim.from_precision,
        valid_until: claim.valid_until,
        until_precision: claim.until_precision,
        opened_by: claim.opened_by,
        closed_by: claim.closed_by,
        successors: TextList(claim.successors),
    }
}
