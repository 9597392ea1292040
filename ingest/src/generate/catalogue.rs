//! Real standards from which enterprises pick: national and industry standards are never made up.

use super::chance::Chance;
use super::plan::{CatalogueStandard, PlanError};
use super::shuffle::mixed;

/// How many standards the enterprises of one trade choose from, most of them the first few.
const FAVOURITES: u32 = 60;

/// The standards of a plan by kind, each list by year and number.
#[derive(Debug, Default)]
pub(super) struct Catalogue {
    national: Vec<Listed>,
    industry: Vec<Listed>,
    local: Vec<Listed>,
    group: Vec<Listed>,
}

/// A standard that can be picked.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Listed {
    year: u32,
    /// Its number.
    pub(super) number: String,
    /// Its title; empty where it is not known.
    pub(super) title: String,
}

/// The kinds of standards that are picked from a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Picked {
    /// 国家标准.
    National,
    /// 行业标准.
    Industry,
    /// 地方标准 of 江苏省.
    Local,
    /// 团体标准.
    Group,
}

impl Catalogue {
    /// Sorts the standards by kind. Numbers of other kinds or forms are left out.
    pub(super) fn new(standards: &[CatalogueStandard]) -> Result<Self, PlanError> {
        let mut catalogue = Self::default();
        for standard in standards {
            if let Some((kind, year)) = kind_and_year(&standard.number) {
                catalogue.list_mut(kind).push(Listed {
                    year,
                    number: standard.number.clone(),
                    title: standard.title.clone(),
                });
            }
        }
        for kind in [Picked::National, Picked::Industry, Picked::Local, Picked::Group] {
            let list = catalogue.list_mut(kind);
            list.sort();
            list.dedup_by(|next, one| next.number == one.number);
        }
        let missing = |kind, example| Err(PlanError::Catalogue { kind, example });
        match (catalogue.national.is_empty(), catalogue.industry.is_empty()) {
            (true, _) => missing("national", "GB/T 1.1-2020"),
            (_, true) => missing("industry", "JB/T 13368-2018"),
            _ => Ok(catalogue),
        }
    }

    /// A standard of a kind that was there in a year, one of the favourites of a trade; the oldest where none was
    /// there. None where the plan has none of the kind.
    pub(super) fn pick(&self, kind: Picked, trade: &str, year: u32, chance: &mut Chance) -> Option<&Listed> {
        let list = match kind {
            Picked::National => &self.national,
            Picked::Industry => &self.industry,
            Picked::Local => &self.local,
            Picked::Group => &self.group,
        };
        let there = list.partition_point(|listed| listed.year <= year).max(1);
        let favourite = chance.below(FAVOURITES) * chance.below(FAVOURITES) / FAVOURITES;
        let taste = trade
            .bytes()
            .fold(u64::from(favourite), |sum, byte| mixed(sum ^ u64::from(byte)));
        let index = taste.checked_rem(u64::try_from(there).ok()?)?;
        list.get(usize::try_from(index).ok()?)
    }

    fn list_mut(&mut self, kind: Picked) -> &mut Vec<Listed> {
        match kind {
            Picked::National => &mut self.national,
            Picked::Industry => &mut self.industry,
            Picked::Local => &mut self.local,
            Picked::Group => &mut self.group,
        }
    }
}

/// Kind and year of a number such as `GB/T 1.1-2020`: a prefix, one blank, a serial, and a year of four digits.
fn kind_and_year(number: &str) -> Option<(Picked, u32)> {
    let (prefix, rest) = number.split_once(' ')?;
    let (serial, year) = rest.rsplit_once('-')?;
    let plain = |character: char| character.is_ascii_alphanumeric() || character == '.';
    if !serial.starts_with(|first: char| first.is_ascii_digit()) || !serial.chars().all(plain) {
        return None;
    }
    let year = (year.len() == 4).then(|| year.parse::<u32>().ok()).flatten()?;
    let code = prefix
        .strip_suffix("/T")
        .or(prefix.strip_suffix("/Z"))
        .unwrap_or(prefix);
    let letters = |code: &str| !code.is_empty() && code.bytes().all(|byte| byte.is_ascii_uppercase());
    let kind = match code {
        "GB" => Picked::National,
        "DB32" => Picked::Local,
        _ if code.len() == 2 && letters(code) => Picked::Industry,
        _ if code.strip_prefix("T/").is_some_and(letters) => Picked::Group,
        _ => return None,
    };
    (1950..=2100).contains(&year).then_some((kind, year))
}

#[cfg(test)]
mod tests {
    use super::super::chance::Purpose;
    use super::*;

    #[test]
    fn numbers_are_sorted_by_kind() {
        let table = [
            ("GB/T 1.1-2020", Some((Picked::National, 2020))),
            ("GB 32100-2015", Some((Picked::National, 2015))),
            ("GB/Z 18620.1-2002", Some((Picked::National, 2002))),
            ("JB/T 13368-2018", Some((Picked::Industry, 2018))),
            ("HJ 1151-2020", Some((Picked::Industry, 2020))),
            ("DB/T 64-2016", Some((Picked::Industry, 2016))),
            ("DB32/T 455-2017", Some((Picked::Local, 2017))),
            ("DB43/T 1999-2021", None),
            ("T/CSAE 53-2017", Some((Picked::Group, 2017))),
            ("GBZ 2.1-2019", None),
            ("GB/T4754-2002", None),
            ("GB 1234-88", None),
            ("GB/T 5009.1～5009.3-2003", None),
            ("EN 71-3:2019", None),
            ("Q/GDW 73289.2-2026", None),
            ("", None),
        ];
        for (number, expected) in table {
            assert_eq!(kind_and_year(number), expected, "{number}");
        }
    }

    #[test]
    fn a_pick_is_no_younger_than_the_declaration() {
        let standards: Vec<CatalogueStandard> = (1990..2026)
            .flat_map(|year| [format!("GB/T {year}-{year}"), format!("JB/T {year}-{year}")])
            .map(CatalogueStandard::from)
            .collect();
        let catalogue = Catalogue::new(&standards).unwrap();
        let mut chance = Chance::of(1, 1, Purpose::Declarations);
        for _ in 0..500 {
            let picked = catalogue.pick(Picked::National, "食品", 2019, &mut chance);
            assert!(picked.unwrap().year <= 2019);
        }
        assert_eq!(
            catalogue
                .pick(Picked::Industry, "", 1900, &mut chance)
                .unwrap()
                .year,
            1990
        );
        assert_eq!(catalogue.pick(Picked::Group, "", 2020, &mut chance), None);
    }

    #[test]
    fn an_empty_catalogue_is_refused() {
        for (numbers, kind) in [
            (vec![], "national"),
            (vec!["GB/T 1.1-2020"], "industry"),
            (vec!["JB/T 1-2001"], "national"),
        ] {
            let standards: Vec<CatalogueStandard> = numbers
                .into_iter()
                .map(|number| number.to_owned().into())
                .collect();
            let error = Catalogue::new(&standards).unwrap_err();
            assert!(matches!(error, PlanError::Catalogue { kind: found, .. } if found == kind));
        }
    }
}
