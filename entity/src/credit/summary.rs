//! The credit of an enterprise on a day in a few numbers. Every number counts what the reader may see, and nothing else.

use std::collections::{BTreeMap, HashMap};

use chrono::{Datelike, NaiveDate};
use sea_orm::{FromQueryResult, QueryResult};

use super::table::Today;
use super::{licence, listing, penalty, rating, repair};
use crate::db::edge::Parent;
use crate::db::rows;
use crate::{Database, Result, Scope};

/// The most listings of one enterprise that are told one by one.
pub const MOST_LISTINGS: usize = 20;

/// The credit of an enterprise on a day.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CreditSummary {
    /// Penalties decided until that day.
    pub penalties: i64,
    /// Of them, those whose publication runs on that day.
    pub published_penalties: i64,
    /// The sum of their fines, in fen.
    pub fine: i64,
    /// The sum of what they confiscate, in fen.
    pub confiscated: i64,
    /// Licences that are valid on that day.
    pub valid_licences: i64,
    /// Listings that stand on that day.
    pub listings: i64,
    /// The newest of them.
    pub current_listings: Vec<listing::Model>,
    /// The risk class of the month of that day.
    pub rating: Option<rating::Model>,
    /// The repair that was applied for last until that day.
    pub latest_repair: Option<repair::Model>,
}

/// The credit of enterprises, each on a day.
pub async fn summaries(
    db: &Database,
    scope: &Scope,
    today: Today,
    wanted: &[(String, NaiveDate)],
) -> Result<HashMap<(String, NaiveDate), CreditSummary>> {
    let mut by_day: BTreeMap<NaiveDate, Vec<&str>> = BTreeMap::new();
    for (key, day) in wanted {
        by_day.entry(*day).or_default().push(key);
    }
    let mut found: HashMap<_, CreditSummary> = wanted
        .iter()
        .map(|wanted| (wanted.clone(), CreditSummary::default()))
        .collect();
    for (day, keys) in by_day {
        let asked = Asked {
            db,
            scope,
            keys: &keys,
            day,
        };
        asked.fill(today, &mut found).await?;
    }
    Ok(found)
}

struct Asked<'a> {
    db: &'a Database,
    scope: &'a Scope,
    keys: &'a [&'a str],
    day: NaiveDate,
}

impl Asked<'_> {
    async fn fill(
        &self,
        today: Today,
        found: &mut HashMap<(String, NaiveDate), CreditSummary>,
    ) -> Result<()> {
        let day = self.day;
        let of = |row: &QueryResult| Ok::<_, crate::Error>((row.try_get::<String>("", "parent")?, day));
        let penalties = format!(
            "count(*) AS penalties, CAST(coalesce(sum(d.fine), 0) AS bigint) AS fine, \
             CAST(coalesce(sum(d.confiscated), 0) AS bigint) AS confiscated, \
             count(CASE WHEN d.public_from <= '{day}' AND (d.public_until IS NULL OR d.public_until > '{day}') THEN 1 END) AS published"
        );
        let decided = format!("d.decided_on <= '{day}'");
        for row in self.grouped(penalty::Parent(today), &penalties, &decided).await? {
            let summary = found.entry(of(&row)?).or_default();
            summary.penalties = row.try_get("", "penalties")?;
            summary.published_penalties = row.try_get("", "published")?;
            summary.fine = row.try_get("", "fine")?;
            summary.confiscated = row.try_get("", "confiscated")?;
        }
        let valid = format!(
            "coalesce(d.valid_from, d.decided_on) <= '{day}' AND (d.valid_until IS NULL OR d.valid_until >= '{day}') \
             AND coalesce(d.status, 'VALID') IN ('VALID', 'DISPUTED', 'UNKNOWN')"
        );
        for row in self
            .grouped(licence::Parent(today), "count(*) AS licences", &valid)
            .await?
        {
            found.entry(of(&row)?).or_default().valid_licences = row.try_get("", "licences")?;
        }
        let listed = format!("d.listed_on <= '{day}' AND (d.removed_on IS NULL OR d.removed_on > '{day}')");
        for row in self
            .grouped(listing::Parent(today), "count(*) AS listings", &listed)
            .await?
        {
            found.entry(of(&row)?).or_default().listings = row.try_get("", "listings")?;
        }
        for row in self
            .newest(listing::Parent(today), MOST_LISTINGS, &listed)
            .await?
        {
            let listing = listing::Model::from_query_result(&row, "")?;
            found.entry(of(&row)?).or_default().current_listings.push(listing);
        }
        let month = format!("d.month = '{}'", day.with_day(1).unwrap_or(day));
        for row in self.newest(rating::Parent(today), 1, &month).await? {
            found.entry(of(&row)?).or_default().rating = Some(rating::Model::from_query_result(&row, "")?);
        }
        let applied = format!("d.applied_on <= '{day}'");
        for row in self.newest(repair::Parent(today), 1, &applied).await? {
            let repair = repair::Model::from_query_result(&row, "")?;
            found.entry(of(&row)?).or_default().latest_repair = Some(repair);
        }
        Ok(())
    }

    /// Numbers over the rows `d` of each enterprise that meet a condition.
    async fn grouped<P: Parent>(
        &self,
        parent: P,
        numbers: &str,
        condition: &str,
    ) -> Result<Vec<QueryResult>> {
        let sql = format!(
            "SELECT p.parent, {numbers} FROM ({pairs}) p JOIN {table} d ON d.key = p.key AND {seen} WHERE {condition} GROUP BY p.parent",
            pairs = parent.pairs(self.db.engine().backend(), self.scope),
            table = P::TABLE,
            seen = parent.seen(self.scope),
        );
        let reader = self.db.reading(self.scope).await?;
        rows::query(&reader, sql, [rows::parameter(self.keys)?]).await
    }

    /// The newest rows of each enterprise that meet a condition.
    async fn newest<P: Parent>(&self, parent: P, most: usize, condition: &str) -> Result<Vec<QueryResult>> {
        let sql = format!(
            "SELECT * FROM (SELECT d.*, p.parent, row_number() OVER (PARTITION BY p.parent ORDER BY {order}) AS place \
             FROM ({pairs}) p JOIN {table} d ON d.key = p.key AND {seen} WHERE {condition}) AS ranked \
             WHERE place <= {most} ORDER BY parent, place",
            order = P::ORDER,
            pairs = parent.pairs(self.db.engine().backend(), self.scope),
            table = P::TABLE,
            seen = parent.seen(self.scope),
        );
        let reader = self.db.reading(self.scope).await?;
        rows::query(&reader, sql, [rows::parameter(self.keys)?]).await
    }
}
