//! Records of the history: what a code stood for, when, and under which region.

use chrono::NaiveDate;
use entity::value::{RegionCode, RegionLevel};
use serde::Serialize;

/// What a code stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum RegionNature {
    /// A region with an authority of its own (行政区).
    Administrative,
    /// A heading without an authority: 市辖区, 县, 省直辖县级行政区划. Old credit codes carry it (440301).
    Grouping,
    /// A code of the statistics bureau for a zone or committee, unknown to the civil affairs ministry (130171).
    Statistical,
    /// A development zone with a code of this hub (320582.01, R1).
    Zone,
}

/// How well a day of the history is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Precision {
    /// The day of the act.
    Day,
    /// Some day of that year; 31 December stands for it.
    Year,
    /// No act is known; the lists show the difference between that year and the one before, or at the latest by then.
    List,
}

/// One name and one region above, for a stretch of time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RegionSpan {
    /// 名称.
    pub name: String,
    /// 级别.
    pub level: RegionLevel,
    /// What the code stood for.
    pub nature: RegionNature,
    /// Region above; `None` for provinces, and where no list shows one. For a zone the region of today's code, also
    /// for the time before that code was given.
    pub parent: Option<RegionCode>,
    /// First day; `None` when the first list (December 1980) had it.
    pub from: Option<NaiveDate>,
    /// How well `from` is known.
    pub from_precision: Option<Precision>,
    /// First day after; `None` while it is valid.
    pub until: Option<NaiveDate>,
    /// How well `until` is known.
    pub until_precision: Option<Precision>,
    /// Place in [`super::RegionHistory::changes`] of the change that opened the span.
    pub opened_by: Option<usize>,
    /// Place in [`super::RegionHistory::changes`] of the change that closed it.
    pub closed_by: Option<usize>,
    /// Codes that hold the territory afterwards, several after a split; empty when the code itself goes on.
    pub successors: Vec<RegionCode>,
}

impl RegionSpan {
    /// Whether the span holds on a day.
    #[must_use]
    pub fn covers(&self, day: NaiveDate) -> bool {
        self.from.is_none_or(|from| from <= day) && self.until.is_none_or(|until| day < until)
    }
}

/// All that is known of one code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RegionRecord {
    /// The code.
    pub code: RegionCode,
    /// Its spans in order of time, without overlap. Spans of one code may be different regions (码位改派).
    pub spans: Vec<RegionSpan>,
}

impl RegionRecord {
    /// The span that holds on a day.
    #[must_use]
    pub fn on(&self, day: NaiveDate) -> Option<&RegionSpan> {
        self.spans.iter().find(|span| span.covers(day))
    }

    /// Whether the code is no longer in use.
    #[must_use]
    pub fn is_abolished(&self) -> bool {
        self.spans.last().is_none_or(|span| span.until.is_some())
    }

    /// Codes that took over when the code went out of use.
    #[must_use]
    pub fn successors(&self) -> &[RegionCode] {
        self.spans
            .last()
            .map(|span| span.successors.as_slice())
            .unwrap_or_default()
    }
}
