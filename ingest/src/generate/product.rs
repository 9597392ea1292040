//! Products and indicators of a declaration.

use super::catalogue::{Catalogue, Picked};
use super::chance::Chance;
use super::enterprise::Enterprise;
use super::record::{ExchangeIndicator, ExchangeProduct};
use super::requirement::{GENERAL, Requirement};

/// How often a declaration has 1, 2, 3, 4 to 6 and 7 to 15 products, per hundred; the mean is 1.7, as on the
/// national platform.
const PRODUCTS: [u32; 5] = [70, 17, 6, 5, 2];
/// How often a standard has 3, 4, … 10 indicators, per hundred.
const INDICATORS: [u32; 8] = [18, 18, 17, 15, 12, 9, 6, 5];
/// Share of products with a barcode, per mille: the platform does not ask for it.
const BARCODED: u32 = 380;
/// The same for food, which is sold in shops.
const FOOD_BARCODED: u32 = 750;
/// Share of test methods that cite a national standard of the catalogue, per mille; some are withdrawn since.
const CITING_METHODS: u32 = 200;

/// A kind of product of the enterprise, such as 立式离心泵.
#[derive(Clone)]
pub(super) struct Good {
    pub(super) name: String,
    generic: &'static str,
}

impl Good {
    pub(super) fn any(enterprise: &Enterprise, chance: &mut Chance) -> Self {
        let generic = chance.word(enterprise.trade.goods);
        Self {
            name: format!("{}{generic}", chance.word(enterprise.trade.kinds)),
            generic,
        }
    }
}

/// The products of one declaration. `serial` counts the barcodes of the enterprise.
pub(super) fn products(
    enterprise: &Enterprise,
    good: &Good,
    serial: &mut u32,
    chance: &mut Chance,
) -> Vec<ExchangeProduct> {
    let count = match chance.weighted(&PRODUCTS) {
        3 => chance.between(4, 6),
        4 => chance.between(7, 15),
        few => u32::try_from(few).unwrap_or(0) + 1,
    };
    (0..count)
        .map(|_| product(enterprise, good, serial, chance))
        .collect()
}

/// One product.
pub(super) fn product(
    enterprise: &Enterprise,
    good: &Good,
    serial: &mut u32,
    chance: &mut Chance,
) -> ExchangeProduct {
    let trade = enterprise.trade;
    let letters = enterprise.style.letters();
    let barcoded = if trade.food { FOOD_BARCODED } else { BARCODED };
    ExchangeProduct {
        name: good.name.clone(),
        generic_name: or_empty(chance.per_mille(700), good.generic),
        brand: or_empty(chance.per_mille(650), &enterprise.brand),
        gtin: if chance.per_mille(barcoded) {
            *serial += 1;
            example_gtin(enterprise.number, *serial)
        } else {
            String::new()
        },
        spec: or_empty(chance.per_mille(850), chance.word(trade.specs)),
        model: format!(
            "{letters}-{}{}",
            chance.between(10, 999),
            chance.word(&["", "", "A", "B", "D", "/1", "-2"])
        ),
        category: trade.category.to_owned(),
    }
}

fn or_empty(told: bool, text: &str) -> String {
    if told { text.to_owned() } else { String::new() }
}

/// A GTIN-13 under 952, the prefix that GS1 keeps for demonstrations and examples, so no product on sale has it.
fn example_gtin(enterprise: u32, serial: u32) -> String {
    let body = format!("952{:06}{:03}", enterprise % 1_000_000, serial % 1000);
    let sum: u32 = body
        .bytes()
        .zip([1, 3].into_iter().cycle())
        .map(|(digit, weight)| u32::from(digit.saturating_sub(b'0')) * weight)
        .sum();
    format!("{body}{}", (10 - sum % 10) % 10)
}

/// The indicators of one standard, those of the trade and those asked of every product.
pub(super) fn indicators(
    enterprise: &Enterprise,
    year: u32,
    catalogue: &Catalogue,
    chance: &mut Chance,
) -> Vec<ExchangeIndicator> {
    let count = 3 + u32::try_from(chance.weighted(&INDICATORS)).unwrap_or(0);
    let kinds: Vec<&Requirement> = enterprise.trade.requirements.iter().chain(&GENERAL).collect();
    let chosen = chance.some_of(&kinds, count);
    chosen
        .into_iter()
        .map(|kind| indicator(kind, enterprise, year, catalogue, chance))
        .collect()
}

fn indicator(
    kind: &Requirement,
    enterprise: &Enterprise,
    year: u32,
    catalogue: &Catalogue,
    chance: &mut Chance,
) -> ExchangeIndicator {
    let cited = chance
        .per_mille(CITING_METHODS)
        .then(|| catalogue.pick(Picked::National, enterprise.trade.category, year, chance))
        .flatten();
    ExchangeIndicator {
        name: kind.name.to_owned(),
        requirement: chance.word(kind.values).to_owned(),
        unit: kind.unit.to_owned(),
        test_method: cited.map_or_else(|| kind.method.to_owned(), |listed| listed.number.clone()),
        category: kind.category.to_owned(),
        level_note: chance
            .word(&[
                "",
                "",
                "",
                "",
                "",
                "高于推荐性标准",
                "与推荐性标准相当",
                "国内先进",
            ])
            .to_owned(),
    }
}

/// Whether the check digit of a GTIN-13 is right.
#[cfg(test)]
pub(super) fn passes(gtin: &str) -> bool {
    let sum: u32 = gtin
        .bytes()
        .zip([1, 3].into_iter().cycle())
        .map(|(digit, weight)| u32::from(digit - b'0') * weight)
        .sum();
    gtin.len() == 13 && sum.is_multiple_of(10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn barcodes_pass() {
        assert!(passes("6970872410006") && !passes("6976983800013"));
        for (enterprise, serial) in [(0, 1), (599, 999), (59_999, 1000), (1_000_000, 0)] {
            let gtin = example_gtin(enterprise, serial);
            assert!(passes(&gtin) && gtin.starts_with("952"), "{gtin}");
        }
    }
}
