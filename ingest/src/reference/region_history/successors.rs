//! Successors of regions that ended (撤销后的归属).
//!
//! The yearly changes name one code for an abolished region, found by its name: sometimes a code of a later year,
//! sometimes a namesake in another province. Each is checked against the years in which the codes existed.

use std::collections::{BTreeMap, BTreeSet};

use entity::value::{RegionCode, RegionLevel};

use super::change::RegionChange;
use super::names::{Moves, Names, may_follow};
use super::parents::Lives;
use super::timeline::{ChangeIndex, Period, Timelines};
use super::{FaultKind, RegionFault, RegionNature};

/// Year of the second edition of GB/T 2260, which renumbered most counties; the lists already give its codes before.
const RENUMBERED: i32 = 1982;

/// Where the territory of an ended period went: by code and the year in which it ended.
pub(super) type Successors = BTreeMap<(RegionCode, i32), Vec<RegionCode>>;

/// Finds the successors of all periods that ended and did not go on under the same code.
pub(super) fn find(
    timelines: &Timelines,
    lives: &Lives,
    changes: &[RegionChange],
    faults: &mut Vec<RegionFault>,
) -> Successors {
    let search = Search {
        timelines,
        lives,
        index: ChangeIndex::new(changes),
        names: Names::new(timelines),
        moves: Moves::new(changes),
    };
    let mut found = Successors::new();
    for (code, periods) in timelines
        .iter()
        .filter(|(code, _)| code.level() == RegionLevel::County)
    {
        for (period, year) in ended(periods) {
            found.insert((code.clone(), year), search.of(code, period, year, faults));
        }
    }
    for (code, periods) in timelines
        .iter()
        .filter(|(code, _)| code.level() < RegionLevel::County)
    {
        for (period, year) in ended(periods) {
            let mut next = search.through_counties(code, year, &found);
            if next.is_empty() {
                next = search.of(code, period, year, faults);
            }
            found.insert((code.clone(), year), next);
        }
    }
    found
}

fn ended(periods: &[Period]) -> impl Iterator<Item = (&Period, i32)> {
    let own = periods
        .iter()
        .filter(|period| period.nature == RegionNature::Administrative);
    own.filter_map(|period| period.until.map(|year| (period, year)))
}

struct Search<'a> {
    timelines: &'a Timelines,
    lives: &'a Lives,
    index: ChangeIndex<'a>,
    names: Names<'a>,
    moves: Moves,
}

impl Search<'_> {
    fn of(
        &self,
        code: &RegionCode,
        period: &Period,
        year: i32,
        faults: &mut Vec<RegionFault>,
    ) -> Vec<RegionCode> {
        let mut next = BTreeSet::new();
        let mut stays = false;
        let near = year.saturating_sub(1)..=year.saturating_add(1);
        for (_, change) in self
            .index
            .endings(code, &period.name)
            .filter(|(_, change)| near.contains(&change.year))
        {
            let (Some(new_code), Some(new_name)) = (&change.new_code, &change.new_name) else {
                continue;
            };
            if new_code == code {
                stays = true;
                continue;
            }
            let accepted = self
                .accept(code, change, new_code, new_name, year)
                .map(|next| self.district_of(code, &next, year));
            if accepted.is_none() {
                let subject = format!("{code} {} {year} -> {new_code} {new_name}", period.name);
                faults.push(RegionFault::new(FaultKind::SuccessorRefused, subject));
            }
            next.extend(accepted);
        }
        if next.is_empty() {
            next.extend(self.namesake_or_city(code, &period.name, year));
        }
        if next.is_empty() && !stays && !self.goes_on(code, year) {
            faults.push(RegionFault::new(
                FaultKind::SuccessorUnknown,
                format!("{code} {} {year}", period.name),
            ));
        }
        next.into_iter().collect()
    }

    /// Where no change names a successor: the region that took the same name, or for a county the city named after it
    /// (撤县设市).
    fn namesake_or_city(&self, code: &RegionCode, name: &str, year: i32) -> Option<RegionCode> {
        self.names.only_bearer(code, name, year).or_else(|| {
            let city_name = format!("{}市", name.strip_suffix('县')?);
            let city = self.names.only_bearer(code, &city_name, year)?;
            Some(self.district_of(code, &city, year))
        })
    }

    fn goes_on(&self, code: &RegionCode, year: i32) -> bool {
        self.period_in(code, year).is_some()
    }

    fn period_in(&self, code: &RegionCode, year: i32) -> Option<&Period> {
        self.timelines
            .get(code)?
            .iter()
            .find(|period| period.covers(year))
    }

    fn accept(
        &self,
        code: &RegionCode,
        change: &RegionChange,
        new_code: &RegionCode,
        new_name: &str,
        year: i32,
    ) -> Option<RegionCode> {
        if !may_follow(code, new_code) || self.is_namesake(code, change, new_code, year) {
            return None;
        }
        if self
            .period_in(new_code, year)
            .is_some_and(|period| period.name == new_name)
        {
            return Some(new_code.clone());
        }
        if let Some(at_once) = self.names.only_bearer(code, new_name, year) {
            return Some(at_once);
        }
        let exists_from_then_on = self
            .timelines
            .get(new_code)
            .is_some_and(|periods| periods.iter().any(|period| period.end() > year));
        exists_from_then_on.then(|| new_code.clone())
    }

    /// A county-level city that became a city of the higher level is its one new district: 县级宣城市 is 宣州区.
    fn district_of(&self, code: &RegionCode, next: &RegionCode, year: i32) -> RegionCode {
        if code.level() != RegionLevel::County || next.level() != RegionLevel::City {
            return next.clone();
        }
        let created: Vec<&RegionCode> = self
            .counties_of(next)
            .filter(|(_, periods)| {
                periods
                    .iter()
                    .any(|period| period.from == Some(year) && self.index.is_creation(period.opened))
            })
            .map(|(district, _)| district)
            .collect();
        match created.as_slice() {
            [district] => (*district).clone(),
            _ => next.clone(),
        }
    }

    /// A district of another city with the same name: 石家庄市桥东区 did not become 邢台市桥东区.
    fn is_namesake(
        &self,
        code: &RegionCode,
        change: &RegionChange,
        new_code: &RegionCode,
        year: i32,
    ) -> bool {
        let name = change.new_name.as_deref().unwrap_or_default();
        if change.old_name != change.new_name || !name.ends_with('区') || code.city() == new_code.city() {
            return false;
        }
        let before = year.saturating_sub(1);
        let was_there = self
            .period_in(new_code, before)
            .is_some_and(|period| period.name == name);
        let is_common = self.names.others(name, before, [code, new_code]);
        (was_there && (is_common || year > RENUMBERED)) || (is_common && !self.moves.has_company(change))
    }

    fn counties_of(&self, city: &RegionCode) -> impl Iterator<Item = (&RegionCode, &Vec<Period>)> {
        let from_city_on = self.timelines.range(city.clone()..);
        from_city_on
            .take_while(|(code, _)| city.contains(code))
            .filter(|(code, _)| code.level() == RegionLevel::County)
    }

    /// The cities that took over the counties of an ended city; a county that came directly under a province stands
    /// for itself.
    fn through_counties(&self, city: &RegionCode, year: i32, found: &Successors) -> Vec<RegionCode> {
        let before = year.saturating_sub(1);
        let mut next = BTreeSet::new();
        if self.goes_on(city, year) {
            return Vec::new();
        }
        for (county, periods) in self.counties_of(city) {
            let own = periods
                .iter()
                .filter(|period| period.nature == RegionNature::Administrative);
            if !own.clone().any(|period| period.covers(before)) {
                continue;
            }
            let heirs = match own.clone().find(|period| period.until == Some(year)) {
                Some(_) => found.get(&(county.clone(), year)).cloned().unwrap_or_default(),
                None => vec![county.clone()],
            };
            next.extend(
                heirs
                    .into_iter()
                    .filter(|heir| self.goes_on(heir, year))
                    .map(|heir| self.city_or_itself(heir, year)),
            );
        }
        next.remove(city);
        next.into_iter().collect()
    }

    fn city_or_itself(&self, code: RegionCode, year: i32) -> RegionCode {
        match self
            .lives
            .parent(&code, year)
            .filter(|parent| parent.level() == RegionLevel::City)
        {
            Some(city) if code.level() == RegionLevel::County => city,
            _ => code,
        }
    }
}
