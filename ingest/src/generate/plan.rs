//! What to generate.

use std::str::FromStr;

use chrono::{Days, NaiveDate};

use super::region::{JIANGSU, Region};

/// How much to generate. 6.7 declarations for each enterprise is the mean of the national platform at the end of
/// 2023 (3,165,625 declared standards of 472,459 enterprises).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scale {
    /// A county: 600 enterprises and 4,000 declarations, all in 张家港市 (320582).
    County,
    /// A prefecture-level city: 6,000 enterprises and 40,000 declarations in the counties of 苏州市.
    City,
    /// A province: 60,000 enterprises and 400,000 declarations in all counties of 江苏省.
    Province,
    /// Any other size, in all counties of 江苏省.
    Custom {
        /// Number of enterprises, 1 to 500,000.
        enterprises: u32,
        /// Number of declarations in the first delivery: up to 200 for each enterprise, and 50,000,000.
        declarations: u32,
    },
}

impl Scale {
    /// Number of enterprises.
    pub fn enterprises(self) -> u32 {
        match self {
            Self::County => 600,
            Self::City => 6_000,
            Self::Province => 60_000,
            Self::Custom { enterprises, .. } => enterprises,
        }
    }

    /// Number of declarations in the first delivery. Repeated records and the later delivery come on top.
    pub fn declarations(self) -> u32 {
        match self {
            Self::County => 4_000,
            Self::City => 40_000,
            Self::Province => 400_000,
            Self::Custom { declarations, .. } => declarations,
        }
    }

    /// The counties in which the enterprises have their seats.
    pub(super) fn regions(self) -> impl Iterator<Item = &'static Region> {
        JIANGSU.iter().filter(move |region| match self {
            Self::County => region.code == "320582",
            Self::City => region.city == "苏州市",
            Self::Province | Self::Custom { .. } => true,
        })
    }

    /// The word of the command line; `custom` for another size.
    pub fn word(self) -> &'static str {
        match self {
            Self::County => "county",
            Self::City => "city",
            Self::Province => "province",
            Self::Custom { .. } => "custom",
        }
    }
}

impl FromStr for Scale {
    type Err = PlanError;

    fn from_str(word: &str) -> Result<Self, PlanError> {
        match word {
            "county" => Ok(Self::County),
            "city" => Ok(Self::City),
            "province" => Ok(Self::Province),
            _ => Err(PlanError::Scale {
                word: word.chars().take(40).collect(),
            }),
        }
    }
}

/// A standard of the hub's catalogue, as an enterprise picks it from the platform's list.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct CatalogueStandard {
    /// Its number, such as `GB/T 1.1-2020`.
    pub number: String,
    /// Its title; empty where it is not known, and then the declaration says none.
    pub title: String,
}

impl From<String> for CatalogueStandard {
    fn from(number: String) -> Self {
        Self {
            number,
            title: String::new(),
        }
    }
}

impl From<(String, String)> for CatalogueStandard {
    fn from((number, title): (String, String)) -> Self {
        Self { number, title }
    }
}

/// What to generate. The same plan gives the same bytes on every machine.
#[derive(Clone, Debug)]
pub struct Plan {
    /// How much.
    pub scale: Scale,
    /// Chooses one of 2^64 different data sets.
    pub seed: u64,
    /// The newest day of the data, a date in Asia/Shanghai, 2018-01-01 to 2100-12-31. The first delivery tells what
    /// was declared until 30 days before, the later delivery the 30 days since.
    pub as_of: NaiveDate,
    /// Real numbers of national and industry standards, in force and withdrawn, from which enterprises pick; also
    /// local ones of 江苏省 (DB32) and group standards, of which numbers are made up where there are none. Their
    /// order does not matter. Numbers that are not written in their one form with a four-digit year are left out.
    pub standards: Vec<CatalogueStandard>,
}

/// Days between the first delivery and the newest day of the data.
const LATER_DAYS: u64 = 30;
/// More names would not be different in one city.
const MOST_ENTERPRISES: u32 = 500_000;
const MOST_DECLARATIONS: u32 = 50_000_000;
/// Bounds the records of the largest enterprise, which are in memory together, to some 13,000.
const MOST_DECLARATIONS_FOR_EACH: u32 = 200;

impl Plan {
    /// The day of the first delivery. Everything in it happened on this day or before.
    pub fn delivered_on(&self) -> NaiveDate {
        self.as_of
            .checked_sub_days(Days::new(LATER_DAYS))
            .unwrap_or(self.as_of)
    }

    pub(super) fn check(&self) -> Result<(), PlanError> {
        let (enterprises, declarations) = (self.scale.enterprises(), self.scale.declarations());
        if !(1..=MOST_ENTERPRISES).contains(&enterprises) {
            return Err(PlanError::Enterprises { found: enterprises });
        }
        let most = MOST_DECLARATIONS.min(enterprises.saturating_mul(MOST_DECLARATIONS_FOR_EACH));
        if declarations > most {
            return Err(PlanError::Declarations {
                found: declarations,
                most,
            });
        }
        let bounds = (
            NaiveDate::from_ymd_opt(2018, 1, 1),
            NaiveDate::from_ymd_opt(2100, 12, 31),
        );
        match bounds {
            (Some(first), Some(last)) if first <= self.as_of && self.as_of <= last => Ok(()),
            _ => Err(PlanError::AsOf { found: self.as_of }),
        }
    }
}

/// Why a plan cannot be carried out.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum PlanError {
    /// No such scale.
    #[error("no scale {word:?}: use county, city or province")]
    Scale {
        /// What was asked for.
        word: String,
    },
    /// No such form of file.
    #[error("no form {word:?}: use ndjson or csv")]
    Form {
        /// What was asked for.
        word: String,
    },
    /// Too few or too many enterprises.
    #[error("{found} enterprises: ask for 1 to {MOST_ENTERPRISES}")]
    Enterprises {
        /// What was asked for.
        found: u32,
    },
    /// Too many declarations.
    #[error("{found} declarations: ask for {most} at most, {MOST_DECLARATIONS_FOR_EACH} for each enterprise")]
    Declarations {
        /// What was asked for.
        found: u32,
        /// What can be had.
        most: u32,
    },
    /// The newest day is outside the years for which data can be made.
    #[error("newest day {found}: take a day from 2018-01-01 to 2100-12-31")]
    AsOf {
        /// What was asked for.
        found: NaiveDate,
    },
    /// The catalogue has nothing to pick from.
    #[error("the catalogue holds no usable number of {kind} standards: hand over numbers such as {example}")]
    Catalogue {
        /// What is missing.
        kind: &'static str,
        /// How such a number looks.
        example: &'static str,
    },
}
