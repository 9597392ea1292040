//! A shuffled order that needs no memory.

/// A one-to-one map of the numbers below a size onto themselves, chosen by a key: a Feistel network of four rounds
/// on the next power of four, walked until the result is below the size. Two numbers never get the same place, so
/// names and codes made from places are different without a list of those that are taken.
#[derive(Clone, Copy, Debug)]
pub(super) struct Shuffle {
    size: u64,
    half_bits: u32,
    key: u64,
}

impl Shuffle {
    /// The order of `size` numbers that belongs to the key.
    pub(super) fn new(size: u64, key: u64) -> Self {
        let bits = u64::BITS - size.saturating_sub(1).leading_zeros();
        Self {
            size,
            half_bits: bits.div_ceil(2).clamp(1, 31),
            key,
        }
    }

    /// The place of a number, below the size.
    pub(super) fn place(&self, number: u64) -> u64 {
        let Some(mut place) = number.checked_rem(self.size) else {
            return 0;
        };
        loop {
            place = self.once(place);
            if place < self.size {
                return place;
            }
        }
    }

    fn once(&self, value: u64) -> u64 {
        let mask = (1 << self.half_bits) - 1;
        let (mut left, mut right) = (value >> self.half_bits & mask, value & mask);
        for round in 0..4 {
            let next = left ^ (mixed(self.key ^ mixed(right << 8 | round)) & mask);
            left = right;
            right = next;
        }
        left << self.half_bits | right
    }
}

/// A number whose bits all depend on all bits of the given one (the finaliser of SplitMix64).
pub(super) fn mixed(value: u64) -> u64 {
    let value = value.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let value = (value ^ value >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let value = (value ^ value >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
    value ^ value >> 31
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_number_has_a_place_of_its_own() {
        for size in [1, 2, 3, 4, 5, 16, 17, 600, 10_000] {
            for key in [0, 1, u64::MAX] {
                let shuffle = Shuffle::new(size, key);
                let places: BTreeSet<u64> = (0..size).map(|number| shuffle.place(number)).collect();
                assert_eq!(places.len() as u64, size, "{size} {key}");
                assert!(places.iter().all(|place| *place < size), "{size} {key}");
            }
        }
    }

    #[test]
    fn the_order_is_no_order() {
        let shuffle = Shuffle::new(1000, 5);
        let neighbours = (0..999).filter(|n| shuffle.place(*n).abs_diff(shuffle.place(n + 1)) == 1);
        assert!(neighbours.count() < 20);
        assert_ne!(shuffle.place(0), Shuffle::new(1000, 6).place(0));
        assert_eq!(Shuffle::new(0, 0).place(9), 0);
    }
}
