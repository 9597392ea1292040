//! Reading regions: as they are, and as they were on a day.

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;
use sea_orm::{ColumnTrait, Condition, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, Select};

use super::{change, period, table};
use crate::access::Visible;
use crate::db::rows;
use crate::page::{Direction, Keyset, List, Page, PageRequest, Position};
use crate::value::RegionCode;
use crate::{Database, Result, Scope};

/// Which regions are wanted.
#[derive(Debug, Clone, Default)]
pub struct RegionFilter {
    /// In use on this day.
    pub on: Option<NaiveDate>,
    /// Of this level.
    pub level: Option<String>,
    /// Inside this region, by code.
    pub within: Option<RegionCode>,
}

impl RegionFilter {
    fn select(&self, scope: &Scope) -> Select<table::Entity> {
        use table::Column;
        let mut condition = Condition::all();
        if let Some(day) = self.on {
            condition = condition
                .add(
                    Condition::any()
                        .add(Column::ValidFrom.is_null())
                        .add(Column::ValidFrom.lte(day)),
                )
                .add(
                    Condition::any()
                        .add(Column::ValidUntil.is_null())
                        .add(Column::ValidUntil.gt(day)),
                );
        }
        if let Some(level) = &self.level {
            condition = condition.add(Column::Level.eq(level));
        }
        if let Some(within) = &self.within {
            condition = condition
                .add(Column::Code.starts_with(within.prefix()))
                .add(Column::Code.ne(within.as_str()));
        }
        table::Entity::visible(scope).filter(condition)
    }
}

impl List for RegionFilter {
    type Item = table::Model;

    /// By code.
    async fn list(&self, db: &Database, scope: &Scope, page: &PageRequest) -> Result<Page<table::Model>> {
        let keyset = Keyset {
            column: None,
            key: table::Column::Code,
            direction: Direction::Asc,
        };
        keyset.page(db.reader(), self.select(scope), page).await
    }

    async fn count(&self, db: &Database, scope: &Scope) -> Result<u64> {
        Ok(self.select(scope).count(db.reader()).await?)
    }

    fn position(&self, region: &table::Model) -> Position {
        Position {
            value: None,
            key: region.code.clone(),
        }
    }
}

/// A region by its code.
pub async fn get(db: &Database, scope: &Scope, code: &str) -> Result<Option<table::Model>> {
    Ok(table::Entity::visible(scope)
        .filter(table::Column::Code.eq(code))
        .one(db.reader())
        .await?)
}

/// Regions by code.
pub async fn by_codes(
    db: &Database,
    scope: &Scope,
    codes: &[String],
) -> Result<HashMap<String, table::Model>> {
    let found = table::Entity::visible(scope)
        .filter(rows::in_keys(db.engine(), "region.code", codes)?)
        .all(db.reader())
        .await?;
    Ok(found
        .into_iter()
        .map(|region| (region.code.clone(), region))
        .collect())
}

/// The periods of regions, by code and in order of time. Regions are public, and so is their history.
pub async fn periods_of(
    db: &Database,
    _scope: &Scope,
    codes: &[String],
) -> Result<HashMap<String, Vec<period::Model>>> {
    let periods = period::Entity::find()
        .filter(rows::in_keys(db.engine(), "code", codes)?)
        .order_by_asc(period::Column::Code)
        .order_by_asc(period::Column::Ordinal)
        .all(db.reader())
        .await?;
    let mut by_code: HashMap<String, Vec<period::Model>> = HashMap::new();
    for period in periods {
        by_code.entry(period.code.clone()).or_default().push(period);
    }
    Ok(by_code)
}

/// The regions above each (code, day), the nearest first: at most three steps, whatever the number of codes.
pub async fn ancestors_on(
    db: &Database,
    scope: &Scope,
    wanted: &[(String, NaiveDate)],
) -> Result<HashMap<(String, NaiveDate), Vec<period::Model>>> {
    let mut chains: BTreeMap<(String, NaiveDate), Vec<period::Model>> = BTreeMap::new();
    let mut at: Vec<((String, NaiveDate), String)> = wanted
        .iter()
        .map(|(code, day)| ((code.clone(), *day), code.clone()))
        .collect();
    // Zone, county, city, province: one step more than there are levels above a county.
    for step in 0..4 {
        if at.is_empty() {
            break;
        }
        let codes: Vec<String> = at.iter().map(|(_, code)| code.clone()).collect();
        let periods = periods_of(db, scope, &codes).await?;
        let mut above = Vec::new();
        for (origin, code) in at {
            let day = origin.1;
            let Some(period) = periods
                .get(&code)
                .and_then(|list| list.iter().find(|one| one.covers(day)))
            else {
                continue;
            };
            if let Some(parent) = period.parent_code.clone() {
                above.push((origin.clone(), parent));
            }
            if step > 0 {
                chains.entry(origin).or_default().push(period.clone());
            }
        }
        at = above;
    }
    Ok(wanted
        .iter()
        .map(|key| (key.clone(), chains.remove(key).unwrap_or_default()))
        .collect())
}

/// The regions that lay directly below each (code, day), by code.
pub async fn children_on(
    db: &Database,
    _scope: &Scope,
    wanted: &[(String, NaiveDate)],
) -> Result<HashMap<(String, NaiveDate), Vec<period::Model>>> {
    let parents: Vec<String> = wanted.iter().map(|(code, _)| code.clone()).collect();
    let periods = period::Entity::find()
        .filter(rows::in_keys(db.engine(), "parent_code", &parents)?)
        .order_by_asc(period::Column::Code)
        .order_by_asc(period::Column::Ordinal)
        .all(db.reader())
        .await?;
    let below = |code: &str, day: NaiveDate| {
        let here = |one: &&period::Model| one.parent_code.as_deref() == Some(code) && one.covers(day);
        periods.iter().filter(here).cloned().collect()
    };
    Ok(wanted
        .iter()
        .map(|(code, day)| ((code.clone(), *day), below(code, *day)))
        .collect())
}

/// The changes in which a code was the old or the new one, by code and in order of time.
pub async fn changes_of(
    db: &Database,
    _scope: &Scope,
    codes: &[String],
) -> Result<HashMap<String, Vec<change::Model>>> {
    use change::Column;
    let changes = change::Entity::find()
        .filter(
            Condition::any()
                .add(rows::in_keys(db.engine(), "old_code", codes)?)
                .add(rows::in_keys(db.engine(), "new_code", codes)?),
        )
        .order_by_asc(Column::Year)
        .order_by_asc(Column::Id)
        .all(db.reader())
        .await?;
    let mut by_code: HashMap<String, Vec<change::Model>> = HashMap::new();
    for change in changes {
        let mut touched: Vec<String> = [change.old_code.clone(), change.new_code.clone()]
            .into_iter()
            .flatten()
            .collect();
        touched.dedup();
        for code in touched.into_iter().filter(|code| codes.contains(code)) {
            by_code.entry(code).or_default().push(change.clone());
        }
    }
    Ok(by_code)
}
