//! Names of each code over the years, read from the lists and dated by the changes.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, NaiveDate};
use entity::value::RegionCode;

use super::change::{ChangeKind, RegionChange};
use super::rows::{DivisionRow, SpanRow};
use super::{FaultKind, RegionFault, RegionNature};

/// Lists and changes name the same year within this distance; further apart they speak of different things.
const YEARS_APART: i32 = 3;

/// A code with one name from the list of one year until the list of another. Years stand for their 31 December.
#[derive(Debug, Clone)]
pub(super) struct Period {
    pub name: String,
    pub nature: RegionNature,
    /// `None`: shown by the first list.
    pub from: Option<i32>,
    /// First year without it; `None`: in the current list.
    pub until: Option<i32>,
    /// Places in the list of changes.
    pub opened: Option<usize>,
    pub closed: Option<usize>,
}

impl Period {
    pub(super) fn start(&self) -> i32 {
        self.from.unwrap_or(i32::MIN)
    }

    pub(super) fn end(&self) -> i32 {
        self.until.unwrap_or(i32::MAX)
    }

    pub(super) fn covers(&self, year: i32) -> bool {
        self.start() <= year && year < self.end()
    }
}

/// All periods by code, each code's in order and without overlap.
pub(super) type Timelines = BTreeMap<RegionCode, Vec<Period>>;

/// Changes by the code before and the code after.
pub(super) struct ChangeIndex<'a> {
    changes: &'a [RegionChange],
    by_old: BTreeMap<&'a RegionCode, Vec<usize>>,
    by_new: BTreeMap<&'a RegionCode, Vec<usize>>,
}

impl<'a> ChangeIndex<'a> {
    pub(super) fn new(changes: &'a [RegionChange]) -> Self {
        let mut index = Self {
            changes,
            by_old: BTreeMap::new(),
            by_new: BTreeMap::new(),
        };
        for (place, change) in changes.iter().enumerate() {
            if let Some(code) = &change.old_code {
                index.by_old.entry(code).or_default().push(place);
            }
            if let Some(code) = &change.new_code {
                index.by_new.entry(code).or_default().push(place);
            }
        }
        index
    }

    /// The changes that end a code's name.
    pub(super) fn endings(
        &self,
        code: &RegionCode,
        name: &str,
    ) -> impl Iterator<Item = (usize, &'a RegionChange)> {
        Self::pick(self.changes, self.by_old.get(code)).filter(move |(_, change)| change.ends(code, name))
    }

    /// The changes that begin a code's name.
    pub(super) fn beginnings(
        &self,
        code: &RegionCode,
        name: &str,
    ) -> impl Iterator<Item = (usize, &'a RegionChange)> {
        Self::pick(self.changes, self.by_new.get(code)).filter(move |(_, change)| change.begins(code, name))
    }

    /// Whether the change at a place created a region out of nothing listed (新设).
    pub(super) fn is_creation(&self, place: Option<usize>) -> bool {
        place
            .and_then(|place| self.changes.get(place))
            .is_some_and(|change| change.kind == ChangeKind::Created)
    }

    fn pick(
        changes: &'a [RegionChange],
        places: Option<&Vec<usize>>,
    ) -> impl Iterator<Item = (usize, &'a RegionChange)> {
        let places = places.cloned().unwrap_or_default();
        places
            .into_iter()
            .filter_map(move |place| changes.get(place).map(|change| (place, change)))
    }
}

fn nearest<'a>(
    found: impl Iterator<Item = (usize, &'a RegionChange)>,
    wanted: i32,
    window: std::ops::RangeInclusive<i32>,
) -> Option<(usize, i32)> {
    found
        .filter(|(_, change)| window.contains(&change.year))
        .min_by_key(|(place, change)| (change.year.abs_diff(wanted), *place))
        .map(|(place, change)| (place, change.year))
}

/// Months of the lists that the span rows mention, as `198012`.
struct ListMonths {
    first: String,
    last: String,
    all: BTreeSet<String>,
}

impl ListMonths {
    fn new(rows: &[SpanRow]) -> Self {
        let all: BTreeSet<String> = rows
            .iter()
            .flat_map(|row| [row.first_revision.clone(), row.last_revision.clone()])
            .collect();
        Self {
            first: all.first().cloned().unwrap_or_default(),
            last: all.last().cloned().unwrap_or_default(),
            all,
        }
    }

    fn year(month: &str) -> Option<i32> {
        month.split_at_checked(4).and_then(|(year, _)| year.parse().ok())
    }

    /// First year whose last list no longer shows what `month` was the last to show.
    fn first_year_without(&self, month: &str) -> Option<i32> {
        let year = Self::year(month)?;
        let later_list = self
            .all
            .range(month.to_owned()..)
            .nth(1)
            .and_then(|next| Self::year(next));
        Some(if later_list == Some(year) {
            year
        } else {
            year.saturating_add(1)
        })
    }

    /// Statistical codes of zones are shown by one list only, the last that the statistics bureau gave.
    fn is_statistical(&self, row: &SpanRow) -> bool {
        let before_last = self.all.iter().rev().nth(1);
        row.first_revision == row.last_revision && Some(&row.last_revision) == before_last
    }
}

/// What the lists say, before the periods of one code are made to follow each other.
pub(super) fn listed_periods(
    spans: &[SpanRow],
    current: &[DivisionRow],
    edition: NaiveDate,
    index: &ChangeIndex<'_>,
    faults: &mut Vec<RegionFault>,
) -> Timelines {
    let months = ListMonths::new(spans);
    let mut today: BTreeMap<RegionCode, &str> = current
        .iter()
        .filter_map(|row| Some((RegionCode::parse(&row.code)?, row.name.as_str())))
        .collect();
    let mut timelines = Timelines::new();
    for row in spans {
        let (Some(code), Some(first)) = (
            RegionCode::parse(&row.code),
            ListMonths::year(&row.first_revision),
        ) else {
            faults.push(RegionFault::new(
                FaultKind::UnreadableRow,
                format!("{} {}", row.code, row.name),
            ));
            continue;
        };
        let is_current = row.last_revision == months.last && today.get(&code) == Some(&row.name.as_str());
        let mut period = Period {
            name: row.name.clone(),
            nature: nature(row, &months),
            from: (row.first_revision != months.first).then_some(first),
            until: None,
            opened: None,
            closed: None,
        };
        if is_current {
            today.remove(&code);
        } else if period.nature == RegionNature::Administrative {
            close(&mut period, &code, row, &months, edition, index, faults);
        }
        open(&mut period, &code, index, YEARS_APART);
        timelines.entry(code).or_default().push(period);
    }
    let gap = edition
        .year()
        .saturating_sub(ListMonths::year(&months.last).unwrap_or_default())
        .saturating_add(1);
    for (code, name) in today {
        let nature = RegionNature::Administrative;
        let mut period = Period {
            name: name.to_owned(),
            nature,
            from: Some(edition.year()),
            until: None,
            opened: None,
            closed: None,
        };
        open(&mut period, &code, index, gap);
        if period.opened.is_none() {
            faults.push(RegionFault::new(
                FaultKind::BeginningUnknown,
                format!("{code} {name}"),
            ));
        }
        timelines.entry(code).or_default().push(period);
    }
    timelines
}

fn nature(row: &SpanRow, months: &ListMonths) -> RegionNature {
    match row.name.as_str() {
        "市辖区" | "县" => RegionNature::Grouping,
        _ if row.code.ends_with("9000") => RegionNature::Grouping,
        _ if months.is_statistical(row) => RegionNature::Statistical,
        _ => RegionNature::Administrative,
    }
}

fn open(period: &mut Period, code: &RegionCode, index: &ChangeIndex<'_>, years_before: i32) {
    let Some(listed) = period.from else { return };
    let window = listed.saturating_sub(years_before)..=listed.saturating_add(1);
    if let Some((place, year)) = nearest(index.beginnings(code, &period.name), listed, window) {
        period.from = Some(year);
        period.opened = Some(place);
    }
}

fn close(
    period: &mut Period,
    code: &RegionCode,
    row: &SpanRow,
    months: &ListMonths,
    edition: NaiveDate,
    index: &ChangeIndex<'_>,
    faults: &mut Vec<RegionFault>,
) {
    let gone = months.first_year_without(&row.last_revision);
    let at_end_of_lists = row.last_revision == months.last;
    let listed = gone.unwrap_or_else(|| edition.year());
    let latest = if at_end_of_lists {
        edition.year()
    } else {
        listed.saturating_add(1)
    };
    let window = listed.saturating_sub(YEARS_APART)..=latest;
    if let Some((place, year)) = nearest(index.endings(code, &period.name), listed, window) {
        period.until = Some(year);
        period.closed = Some(place);
        return;
    }
    period.until = Some(if at_end_of_lists { edition.year() } else { listed });
    if at_end_of_lists {
        faults.push(RegionFault::new(
            FaultKind::EndingUnknown,
            format!("{code} {}", period.name),
        ));
    }
}

/// Makes the periods of each code follow each other: a name that only interrupts a longer one is a slip of one list;
/// of two that overlap, the later one ends the earlier.
pub(super) fn settle(timelines: &mut Timelines, faults: &mut Vec<RegionFault>) {
    for (code, periods) in timelines.iter_mut() {
        periods.sort_by_key(|period| (period.nature, period.start(), period.end()));
        let mut kept: Vec<Period> = Vec::with_capacity(periods.len());
        for period in periods.drain(..) {
            let inside = kept
                .iter()
                .any(|other| other.start() <= period.start() && period.end() <= other.end());
            if let Some(heading) = kept
                .last_mut()
                .filter(|last| last.nature == RegionNature::Grouping)
            {
                heading.name = period.name;
                continue;
            }
            if inside || period.start() >= period.end() {
                faults.push(RegionFault::new(
                    FaultKind::NameOfOneList,
                    format!("{code} {}", period.name),
                ));
                continue;
            }
            if period.nature != RegionNature::Administrative && !kept.is_empty() {
                continue;
            }
            if let Some(last) = kept.last_mut().filter(|last| last.end() > period.start()) {
                last.until = period.from;
                last.closed = period.opened;
            }
            kept.push(period);
        }
        kept.retain(|period| period.start() < period.end());
        *periods = kept;
    }
}
