//! Trade names (字号) that nobody bears.

use super::shuffle::Shuffle;

/// Rare characters. None of them stands in a name of the public lists of enterprises that the hub was
/// tried with, in a county of Jiangsu or in a word of a trade, so a name with two of them is nobody's.
const SYLLABLES: &str = concat!(
    "霁珩璟翊玥煜澍峤苒蘅荻葭蓁蕙荀菀莳葳藜滢泠洵涣淙湜",
    "溱潆澹濯汐洌渊溯滟漪潇炅炜烁焓焕熠琬琰琯瑀璇璐璨玘",
    "玠玹珈珏珣珺峋崟嶷旻昀昉昕昱晁晔晞晗暄暾曜翙翥翮鹄",
    "鸾隼骁骊骢驭铎铉铖铮锷镝韬韫飏舸舫舻舳箬篁篪栎栩彧",
);
/// Number of syllables.
const COUNT: u64 = 100;
/// From here on, names of three characters are former names.
const FORMER_FROM: u64 = COUNT * COUNT * COUNT / 2;

/// The trade names of a seed.
pub(super) struct TradeNames {
    syllables: Vec<char>,
    short: Shuffle,
    long: Shuffle,
}

impl TradeNames {
    pub(super) fn new(key: u64) -> Self {
        Self {
            syllables: SYLLABLES.chars().collect(),
            short: Shuffle::new(COUNT * COUNT, key),
            long: Shuffle::new(COUNT * COUNT * COUNT, key),
        }
    }

    /// The name of an enterprise that is the `number`th of its city: two characters for seven in ten, else
    /// three. Different numbers below 500,000 have different names.
    pub(super) fn name(&self, number: u64) -> String {
        let short = number / 10 * 7 + number % 10;
        if number % 10 < 7 && short < COUNT * COUNT {
            self.spelled(self.short.place(short), 2)
        } else {
            self.spelled(self.long.place(number % FORMER_FROM), 3)
        }
    }

    /// The name that the enterprise bore before; no other enterprise of the city bears or bore it.
    pub(super) fn former_name(&self, number: u64) -> String {
        self.spelled(self.long.place(FORMER_FROM + number % FORMER_FROM), 3)
    }

    /// Any two characters, for brands and roads.
    pub(super) fn any(&self, number: u32) -> String {
        self.spelled(u64::from(number), 2)
    }

    fn spelled(&self, mut place: u64, length: u32) -> String {
        let mut name = String::new();
        for _ in 0..length {
            let index = usize::try_from(place % COUNT).unwrap_or(0);
            name.extend(self.syllables.get(index));
            place /= COUNT;
        }
        name
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::super::region::JIANGSU;
    use super::super::trade::TRADES;
    use super::*;

    #[test]
    fn syllables_stand_nowhere_else_in_a_name() {
        let syllables: BTreeSet<char> = SYLLABLES.chars().collect();
        assert_eq!(syllables.len() as u64, COUNT);
        let words = JIANGSU.iter().flat_map(|region| [region.name, region.city]);
        let trades = TRADES.iter().flat_map(|trade| trade.names.iter().copied());
        for word in words.chain(trades).chain(["江苏省", "股份有限公司", "厂"]) {
            assert!(!word.is_empty());
            assert!(!word.chars().any(|one| syllables.contains(&one)), "{word}");
        }
    }

    #[test]
    fn names_of_a_city_differ() {
        let names = TradeNames::new(3);
        let mut seen = BTreeSet::new();
        for number in 0..20_000 {
            assert!(seen.insert(names.name(number)), "{number}");
            assert!(seen.insert(names.former_name(number)), "{number}");
        }
        assert!(seen.iter().all(|name| matches!(name.chars().count(), 2 | 3)));
        assert!(seen.iter().filter(|name| name.chars().count() == 2).count() > 9_000);
    }
}
