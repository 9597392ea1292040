//! History of administrative divisions (行政区划沿革): one record per code of GB/T 2260 that any source ever showed.
//!
//! Three public lists are put together. The list of *spans* (a code with a name, first and last list that show the pair,
//! December 1980 to April 2019) says which regions existed; the list of *changes* says in which year and by which act
//! they came and went; the *current* list closes what is no longer there. A list is never contradicted by a change: a
//! name that only a change mentions is kept for the years of which no list speaks.
//!
//! Dates. A change carries the year whose list, as of 31 December, shows it first: the list of the year before still
//! had the old state. Where the day of the act is not known, the new state is therefore taken to hold **from 31 December
//! of that year** ([`Precision::Year`]): the first day for which a list vouches. In the years with monthly lists
//! (2014 to 2017) three of four changes appear in the second half of the year, so this is also the smaller error.
//! Where the day is known (`act_days.csv`, or a notice that says 公布) it is the day of the act ([`Precision::Day`]).
//!
//! Regions above. The digits decide: `3205xx` is under `320500` in the years in which that city existed, else directly
//! under the province (济源市, 仙桃市, and the counties of 重庆).

mod change;
mod claims;
mod fault;
mod names;
mod parents;
mod record;
mod rows;
mod successors;
mod timeline;

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use entity::value::RegionCode;

pub use change::{ChangeKind, RegionChange};
pub use fault::{FaultKind, RegionFault};
pub use record::{Precision, RegionNature, RegionRecord, RegionSpan};
pub use rows::{ActDayRow, ChangeRow, DivisionRow, SpanRow, ZoneRow};

use parents::{Lives, Placed};
use timeline::{ChangeIndex, Period};

/// The rows of all lists, and the day of the current one.
#[derive(Debug, Clone, Copy)]
pub struct RegionSources<'a> {
    /// Current list.
    pub current: &'a [DivisionRow],
    /// Day of the current list.
    pub edition: NaiveDate,
    /// Yearly changes, with the supplement.
    pub changes: &'a [ChangeRow],
    /// Codes and names with the first and last list that show them.
    pub spans: &'a [SpanRow],
    /// Development zones.
    pub zones: &'a [ZoneRow],
    /// Days of acts.
    pub act_days: &'a [ActDayRow],
}

/// The history of all divisions.
#[derive(Debug, Clone)]
pub struct RegionHistory {
    /// One record per code.
    pub records: BTreeMap<RegionCode, RegionRecord>,
    /// All changes by year, also those without codes.
    pub changes: Vec<RegionChange>,
    /// What the sources leave open.
    pub faults: Vec<RegionFault>,
}

impl RegionHistory {
    /// Builds the history. Pure: the same rows give the same history.
    #[must_use]
    pub fn build(sources: RegionSources<'_>) -> Self {
        let mut faults = Vec::new();
        let mut changes = change::read_changes(sources.changes, sources.act_days);
        let index = ChangeIndex::new(&changes);
        let mut timelines = timeline::listed_periods(
            sources.spans,
            sources.current,
            sources.edition,
            &index,
            &mut faults,
        );
        timeline::settle(&mut timelines, &mut faults);
        claims::add(&mut timelines, &changes, &mut faults);
        let lives = Lives::new(&timelines);
        for (code, periods) in &mut timelines {
            let free = periods
                .iter()
                .filter(|period| period.nature == RegionNature::Administrative)
                .filter_map(|period| period.until);
            let free = free.max();
            for period in periods
                .iter_mut()
                .filter(|period| period.nature != RegionNature::Administrative)
            {
                lives.live_with_parent(code, period, free);
            }
            periods.retain(|period| period.start() < period.end());
        }
        let successors = successors::find(&timelines, &lives, &changes, &mut faults);
        let mut records = BTreeMap::new();
        for (code, periods) in &timelines {
            let placed = periods.iter().flat_map(|period| lives.place(code, period));
            let spans = placed.map(|placed| {
                let next = placed
                    .period
                    .until
                    .and_then(|year| successors.get(&(code.clone(), year)).cloned());
                span(code, placed, &changes, next.unwrap_or_default(), sources.edition)
            });
            let spans: Vec<RegionSpan> = spans.collect();
            if !spans.is_empty() {
                records.insert(
                    code.clone(),
                    RegionRecord {
                        code: code.clone(),
                        spans,
                    },
                );
            }
        }
        add_zones(&mut records, sources, &mut faults);
        compare_parents(&records, sources.current, &mut faults);
        name_kinds(&mut changes, &records);
        Self {
            records,
            changes,
            faults,
        }
    }

    /// The record of a code.
    #[must_use]
    pub fn record(&self, code: &RegionCode) -> Option<&RegionRecord> {
        self.records.get(code)
    }

    /// The span of a code on a day.
    #[must_use]
    pub fn on(&self, code: &RegionCode, day: NaiveDate) -> Option<&RegionSpan> {
        self.record(code)?.on(day)
    }

    /// The regions above a code on a day, nearest first; empty when the code was not in use.
    #[must_use]
    pub fn ancestors_on(&self, code: &RegionCode, day: NaiveDate) -> Vec<RegionCode> {
        let above = |code: &RegionCode| self.on(code, day).and_then(|span| span.parent.clone());
        std::iter::successors(above(code), above).take(4).collect()
    }

    /// The codes that hold, on a later day, the territory of the region that bore `code` on the day `dated`.
    #[must_use]
    pub fn holders(&self, code: &RegionCode, dated: NaiveDate, later: NaiveDate) -> BTreeSet<RegionCode> {
        let mut holders = BTreeSet::new();
        let mut seen = BTreeSet::new();
        let mut open = vec![(code.clone(), dated)];
        while let Some((code, day)) = open.pop() {
            if !seen.insert((code.clone(), day)) {
                continue;
            }
            // A successor may begin later than the region it takes over from ended.
            let spans = self
                .record(&code)
                .map(|record| record.spans.as_slice())
                .unwrap_or_default();
            let Some(span) = spans
                .iter()
                .find(|span| span.until.is_none_or(|until| day < until))
            else {
                continue;
            };
            match span.until {
                Some(until) if until <= later && span.successors.is_empty() => open.push((code, until)),
                Some(until) if until <= later => {
                    open.extend(span.successors.iter().map(|next| (next.clone(), until)))
                }
                _ => {
                    holders.insert(code);
                }
            }
        }
        holders
    }
}

/// The day that stands for a change of this year: the act's, else the last of the year or the day of the current list.
fn day_of(
    year: Option<i32>,
    change: Option<&RegionChange>,
    edition: NaiveDate,
) -> (Option<NaiveDate>, Option<Precision>) {
    let Some(year) = year else { return (None, None) };
    let precision = match change {
        Some(change) if change.year == year && change.on.is_some() => {
            return (change.on, Some(Precision::Day));
        }
        Some(change) if change.year == year => Precision::Year,
        _ => Precision::List,
    };
    (
        NaiveDate::from_ymd_opt(year, 12, 31).map(|day| day.min(edition)),
        Some(precision),
    )
}

fn span(
    code: &RegionCode,
    placed: Placed,
    changes: &[RegionChange],
    next: Vec<RegionCode>,
    edition: NaiveDate,
) -> RegionSpan {
    let Placed { parent, period } = placed;
    let Period {
        name,
        nature,
        from,
        until,
        opened,
        closed,
    } = period;
    let (from, from_precision) = day_of(from, opened.and_then(|place| changes.get(place)), edition);
    let (until, until_precision) = day_of(until, closed.and_then(|place| changes.get(place)), edition);
    RegionSpan {
        name,
        level: code.level(),
        nature,
        parent,
        from,
        from_precision,
        until,
        until_precision,
        opened_by: opened,
        closed_by: closed,
        successors: next,
    }
}

fn add_zones(
    records: &mut BTreeMap<RegionCode, RegionRecord>,
    sources: RegionSources<'_>,
    faults: &mut Vec<RegionFault>,
) {
    for zone in sources.zones {
        let (Some(code), Some(within)) = (RegionCode::parse(&zone.code), RegionCode::parse(&zone.within))
        else {
            faults.push(RegionFault::new(
                FaultKind::UnreadableRow,
                format!("{} {}", zone.code, zone.name),
            ));
            continue;
        };
        let (from, _) = day_of(Some(zone.since), None, sources.edition);
        let span = RegionSpan {
            name: zone.name.clone(),
            level: code.level(),
            nature: RegionNature::Zone,
            parent: Some(within),
            from,
            from_precision: Some(Precision::Year),
            until: None,
            until_precision: None,
            opened_by: None,
            closed_by: None,
            successors: Vec::new(),
        };
        records.insert(
            code.clone(),
            RegionRecord {
                code,
                spans: vec![span],
            },
        );
    }
}

fn compare_parents(
    records: &BTreeMap<RegionCode, RegionRecord>,
    current: &[DivisionRow],
    faults: &mut Vec<RegionFault>,
) {
    for row in current {
        let listed = row.parent.as_deref().and_then(RegionCode::parse);
        let record = RegionCode::parse(&row.code).and_then(|code| records.get(&code));
        let built = record
            .and_then(|record| record.spans.last())
            .filter(|span| span.until.is_none());
        if built.map(|span| &span.parent) != Some(&listed) {
            faults.push(RegionFault::new(
                FaultKind::ParentDiffers,
                format!("{} {}", row.code, row.name),
            ));
        }
    }
}

/// Names abolitions and reassigned codes by what came of them.
fn name_kinds(changes: &mut [RegionChange], records: &BTreeMap<RegionCode, RegionRecord>) {
    for (code, record) in records {
        for span in &record.spans {
            let Some(change) = span.closed_by.and_then(|place| changes.get_mut(place)) else {
                continue;
            };
            if change.old_code.as_ref() != Some(code) {
                continue;
            }
            let existed = |next: &RegionCode| {
                let begun = records
                    .get(next)
                    .and_then(|record| record.spans.first())
                    .map(|first| first.from);
                begun.is_some_and(|from| from.is_none_or(|from| span.until.is_some_and(|until| from < until)))
            };
            change.kind = match (change.kind, span.successors.as_slice()) {
                (ChangeKind::Abolished, [_, _, ..]) => ChangeKind::Split,
                (ChangeKind::Abolished, [next]) if existed(next) => ChangeKind::Merged,
                (ChangeKind::Reassigned, []) => ChangeKind::Renamed,
                (kind, _) => kind,
            };
        }
    }
}
