//! The region above (隶属): by digits, as far as the city of those digits existed.

use std::collections::{BTreeMap, BTreeSet};

use entity::value::{RegionCode, RegionLevel};

use super::RegionNature;
use super::timeline::{Period, Timelines};

/// A part of a period under one parent.
#[derive(Debug, Clone)]
pub(super) struct Placed {
    pub parent: Option<RegionCode>,
    pub period: Period,
}

/// Years in which each region above the county existed as an authority, whatever its name; and the changes behind.
pub(super) struct Lives(BTreeMap<RegionCode, Vec<Period>>);

impl Lives {
    pub(super) fn new(timelines: &Timelines) -> Self {
        let above_county = |code: &RegionCode| code.level() < RegionLevel::County;
        let lives = timelines
            .iter()
            .filter(|(code, _)| above_county(code))
            .map(|(code, periods)| {
                let own: Vec<Period> = periods
                    .iter()
                    .filter(|period| period.nature == RegionNature::Administrative)
                    .cloned()
                    .collect();
                (code.clone(), own)
            });
        Self(lives.collect())
    }

    fn periods(&self, code: &RegionCode) -> &[Period] {
        self.0.get(code).map(Vec::as_slice).unwrap_or_default()
    }

    pub(super) fn exists(&self, code: &RegionCode, year: i32) -> bool {
        self.periods(code).iter().any(|period| period.covers(year))
    }

    /// The nearest region above that exists in a year: the city, else the province, else none.
    pub(super) fn parent(&self, code: &RegionCode, year: i32) -> Option<RegionCode> {
        code.ancestors()
            .into_iter()
            .filter(|above| above.level() < RegionLevel::County)
            .find(|above| self.exists(above, year))
    }

    fn change_at(&self, code: &RegionCode, year: i32) -> Option<usize> {
        let above = code.ancestors();
        above
            .iter()
            .flat_map(|upper| self.periods(upper))
            .find_map(|period| {
                let begins = period.opened.filter(|_| period.from == Some(year));
                begins.or_else(|| period.closed.filter(|_| period.until == Some(year)))
            })
    }

    /// Cuts a period where the region above changes.
    pub(super) fn place(&self, code: &RegionCode, period: &Period) -> Vec<Placed> {
        let inside = |year: &i32| period.start() < *year && *year < period.end();
        let cuts: BTreeSet<i32> = code
            .ancestors()
            .iter()
            .flat_map(|upper| self.periods(upper))
            .flat_map(|life| [life.from, life.until])
            .flatten()
            .filter(inside)
            .collect();
        let mut placed = vec![Placed {
            parent: self.parent(code, period.start()),
            period: period.clone(),
        }];
        for cut in cuts {
            let parent = self.parent(code, cut);
            let Some(last) = placed.last_mut().filter(|last| last.parent != parent) else {
                continue;
            };
            let change = self.change_at(code, cut);
            let rest = Period {
                from: Some(cut),
                opened: change,
                ..last.period.clone()
            };
            last.period.until = Some(cut);
            last.period.closed = change;
            placed.push(Placed { parent, period: rest });
        }
        placed
    }

    /// A heading lives as long as the region that it divides: the lists that show headings begin late and end early.
    /// A statistical code ends with its region. `earliest` is the year in which the code became free.
    pub(super) fn live_with_parent(&self, code: &RegionCode, period: &mut Period, earliest: Option<i32>) {
        let ancestors = code.ancestors();
        let Some(lives) = ancestors
            .iter()
            .map(|upper| self.periods(upper))
            .find(|lives| !lives.is_empty())
        else {
            return;
        };
        if let Some(first) = lives.first().filter(|_| period.nature == RegionNature::Grouping) {
            (period.from, period.opened) = (first.from, first.opened);
            if let Some(free) = earliest.filter(|free| *free > first.start()) {
                (period.from, period.opened) = (Some(free), None);
            }
        }
        if let Some(last) = lives.last().filter(|last| last.until.is_some()) {
            period.until = last.until;
            period.closed = last.closed;
        }
    }
}
