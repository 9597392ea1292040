//! Chance that says the same on every machine.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

/// What a stream of chance is for. Each enterprise has one stream for each purpose, so that a new kind of fault
/// changes the faults and nothing else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Purpose {
    /// Names, places and days of the enterprise.
    Identity = 0,
    /// Its declarations.
    Declarations = 1,
    /// The faults in its records.
    Faults = 2,
    /// What is told of it later.
    Later = 3,
}

/// A stream of chance. Only whole numbers are drawn, by multiplication and shift: no distribution of a library
/// stands between the stream and the data, so a new version of a library cannot change them.
pub(super) struct Chance(ChaCha8Rng);

impl Chance {
    /// The stream of one enterprise for one purpose. ChaCha has 2^64 streams for each key.
    pub(super) fn of(seed: u64, enterprise: u32, purpose: Purpose) -> Self {
        let mut key = [0; 32];
        for (place, byte) in key.iter_mut().zip(seed.to_le_bytes()) {
            *place = byte;
        }
        let mut stream = ChaCha8Rng::from_seed(key);
        stream.set_stream(u64::from(enterprise) * 4 + purpose as u64);
        Self(stream)
    }

    /// A number from 0 to `bound` - 1; 0 where `bound` is 0.
    pub(super) fn below(&mut self, bound: u32) -> u32 {
        let wide = u64::from(self.0.next_u32()) * u64::from(bound);
        u32::try_from(wide >> 32).unwrap_or(0)
    }

    /// A number from `low` to `high`, both included.
    pub(super) fn between(&mut self, low: u32, high: u32) -> u32 {
        low + self.below(high.saturating_sub(low).saturating_add(1))
    }

    /// True in `rate` of 1,000 cases.
    pub(super) fn per_mille(&mut self, rate: u32) -> bool {
        self.below(1000) < rate
    }

    /// The index of one of the weights, each as often as it weighs.
    pub(super) fn weighted(&mut self, weights: &[u32]) -> usize {
        let mut left = self.below(weights.iter().sum());
        for (index, weight) in weights.iter().enumerate() {
            if left < *weight {
                return index;
            }
            left -= weight;
        }
        0
    }

    /// One of the items; none where there is none.
    pub(super) fn pick<'a, T>(&mut self, items: &'a [T]) -> Option<&'a T> {
        let count = u32::try_from(items.len()).unwrap_or(u32::MAX);
        items.get(self.below(count) as usize)
    }

    /// One of the words; an empty text where there is none.
    pub(super) fn word(&mut self, words: &[&'static str]) -> &'static str {
        self.pick(words).copied().unwrap_or_default()
    }

    /// `count` different items in their order, all of them where there are fewer.
    pub(super) fn some_of<'a, T>(&mut self, items: &'a [T], count: u32) -> Vec<&'a T> {
        let mut left = u32::try_from(items.len()).unwrap_or(u32::MAX);
        let mut wanted = count.min(left);
        let mut chosen = Vec::new();
        for item in items {
            if self.below(left) < wanted {
                chosen.push(item);
                wanted -= 1;
            }
            left = left.saturating_sub(1);
        }
        chosen
    }

    /// `count` capital letters.
    pub(super) fn letters(&mut self, count: u32) -> String {
        (0..count)
            .filter_map(|_| self.pick(b"ABCDEFGHJKLMNPQRSTUVWXYZ"))
            .map(|letter| char::from(*letter))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn streams_are_pinned() {
        let draws = |seed, enterprise, purpose| {
            let mut chance = Chance::of(seed, enterprise, purpose);
            [(); 4].map(|()| chance.below(1_000_000))
        };
        let first = draws(1, 0, Purpose::Identity);
        assert_eq!(
            first, PINNED,
            "these numbers are the data of every hub: they must never change"
        );
        assert_ne!(first, draws(2, 0, Purpose::Identity));
        assert_ne!(first, draws(1, 1, Purpose::Identity));
        assert_ne!(first, draws(1, 0, Purpose::Faults));
    }

    const PINNED: [u32; 4] = [628_560, 381_489, 929_031, 294_927];

    #[test]
    fn draws_stay_in_bounds() {
        let mut chance = Chance::of(7, 7, Purpose::Later);
        let mut seen = [0; 3];
        for _ in 0..3000 {
            assert!(chance.below(10) < 10);
            assert!((5..=6).contains(&chance.between(5, 6)));
            seen[chance.weighted(&[1, 0, 2])] += 1;
            assert_eq!(chance.some_of(&[1, 2, 3, 4], 2).len(), 2);
        }
        assert_eq!(seen[1], 0);
        assert!((900..1100).contains(&seen[0]), "{seen:?}");
        assert_eq!((chance.below(0), chance.word(&[])), (0, ""));
        assert_eq!(chance.some_of(&[1, 2], 9), [&1, &2]);
        assert!(chance.per_mille(1000) && !chance.per_mille(0));
    }
}
