//! Who bore a name, and who moved together: what tells a successor from a namesake.

use std::collections::BTreeMap;

use entity::value::RegionCode;

use super::RegionNature;
use super::change::RegionChange;
use super::timeline::{Period, Timelines};

/// Provinces that were carved out of another: 海南 from 广东 in 1988, 重庆 from 四川 in 1997.
const CARVED_OUT: [(&str, &str); 2] = [("44", "46"), ("51", "50")];

/// Whether a region of one province may have become one of the other.
pub(super) fn may_follow(code: &RegionCode, new_code: &RegionCode) -> bool {
    let (from, to) = (code.province(), new_code.province());
    from == to || CARVED_OUT.contains(&(from.prefix(), to.prefix()))
}

/// Who bears a name, by province.
pub(super) struct Names<'a>(BTreeMap<&'a str, Vec<(&'a RegionCode, &'a Period)>>);

impl<'a> Names<'a> {
    pub(super) fn new(timelines: &'a Timelines) -> Self {
        let mut names: BTreeMap<&str, Vec<(&RegionCode, &Period)>> = BTreeMap::new();
        for (code, period) in timelines
            .iter()
            .flat_map(|(code, periods)| periods.iter().map(move |period| (code, period)))
        {
            if period.nature == RegionNature::Administrative {
                names
                    .entry(period.name.as_str())
                    .or_default()
                    .push((code, period));
            }
        }
        Self(names)
    }

    /// The one code of a province that may follow which took this name in this year, or else bore it in that year.
    pub(super) fn only_bearer(&self, code: &RegionCode, name: &str, year: i32) -> Option<RegionCode> {
        let others = self
            .0
            .get(name)?
            .iter()
            .filter(|(other, _)| *other != code && may_follow(code, other));
        let only = |mut found: Box<dyn Iterator<Item = RegionCode> + '_>| {
            found.next().filter(|_| found.next().is_none())
        };
        let begun = others.clone().filter(|(_, period)| period.from == Some(year));
        let borne = others
            .filter(|(_, period)| period.covers(year))
            .filter(|(other, _)| !name.ends_with('区') || other.city() == code.city());
        only(Box::new(begun.map(|(other, _)| (*other).clone())))
            .or_else(|| only(Box::new(borne.map(|(other, _)| (*other).clone()))))
    }

    /// Whether any other region bore the name in a year: 郊区, 城区, 铁西区.
    pub(super) fn others(&self, name: &str, year: i32, known: [&RegionCode; 2]) -> bool {
        self.0.get(name).is_some_and(|bearers| {
            bearers
                .iter()
                .any(|(code, period)| !known.contains(code) && period.covers(year))
        })
    }
}

/// How many counties changed from one city's digits to another's in one year.
pub(super) struct Moves(BTreeMap<(i32, RegionCode, RegionCode), usize>);

impl Moves {
    pub(super) fn new(changes: &[RegionChange]) -> Self {
        let mut moves = BTreeMap::new();
        for key in changes.iter().filter_map(Self::key) {
            let count: &mut usize = moves.entry(key).or_default();
            *count = count.saturating_add(1);
        }
        Self(moves)
    }

    fn key(change: &RegionChange) -> Option<(i32, RegionCode, RegionCode)> {
        Some((
            change.year,
            change.old_code.as_ref()?.city()?,
            change.new_code.as_ref()?.city()?,
        ))
    }

    pub(super) fn has_company(&self, change: &RegionChange) -> bool {
        Self::key(change)
            .and_then(|key| self.0.get(&key))
            .is_some_and(|count| *count > 1)
    }
}
