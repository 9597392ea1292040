//! Where each enterprise has its seat.

use super::region::Region;
use super::shuffle::Shuffle;

/// The place of one enterprise.
pub(super) struct Seat {
    pub(super) region: &'static Region,
    /// Which enterprise of its city it is, from 0. Names are different in a city.
    pub(super) in_city: u64,
}

/// Enterprises spread over counties by weight, each county with an exact share.
pub(super) struct Seats {
    /// County, the end of its range of places, and the begin of the range of its city.
    ranges: Vec<(&'static Region, u64, u64)>,
    order: Shuffle,
}

impl Seats {
    /// The counties must stand in the order of their codes.
    pub(super) fn new(regions: Vec<&'static Region>, enterprises: u32, key: u64) -> Self {
        let enterprises = u64::from(enterprises);
        let total: u64 = regions.iter().map(|region| u64::from(region.weight)).sum();
        let (mut weight, mut begin, mut city) = (0, 0, ("", 0));
        let mut ranges = Vec::new();
        for region in regions {
            if city.0 != region.city {
                city = (region.city, begin);
            }
            weight += u64::from(region.weight);
            begin = enterprises * weight / total.max(1);
            ranges.push((region, begin, city.1));
        }
        Self {
            ranges,
            order: Shuffle::new(enterprises, key),
        }
    }

    pub(super) fn seat(&self, enterprise: u32) -> Option<Seat> {
        let place = self.order.place(enterprise.into());
        let (region, _, city) = self.ranges.iter().find(|(_, end, _)| place < *end)?;
        Some(Seat {
            region,
            in_city: place - city,
        })
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::super::plan::Scale;
    use super::*;

    #[test]
    fn every_enterprise_has_one_seat() {
        for scale in [
            Scale::County,
            Scale::City,
            Scale::Custom {
                enterprises: 7,
                declarations: 9,
            },
        ] {
            let seats = Seats::new(scale.regions().collect(), scale.enterprises(), 11);
            let mut taken = BTreeSet::new();
            let mut counties = BTreeMap::new();
            for enterprise in 0..scale.enterprises() {
                let seat = seats.seat(enterprise).unwrap();
                assert!(taken.insert((seat.region.city, seat.in_city)));
                *counties.entry(seat.region.code).or_insert(0) += 1;
            }
            match scale {
                Scale::County => assert_eq!(counties, BTreeMap::from([("320582", 600)])),
                Scale::City => assert_eq!(counties.len(), 9),
                _ => assert!(counties.len() > 1),
            }
        }
    }
}
