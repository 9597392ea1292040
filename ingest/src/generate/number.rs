//! Numbers of declared standards.

use super::catalogue::{Catalogue, Picked};
use super::chance::Chance;
use super::region::Region;
use super::trade::Trade;

/// How often each type is declared, per hundred: 企业标准, 国家标准, 行业标准, 团体标准, 地方标准.
const TYPES: [u32; 5] = [60, 25, 8, 4, 3];

/// The type of a declared standard (标准类型).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum StandardType {
    Own,
    Listed(Picked),
}

impl StandardType {
    pub(super) fn any(chance: &mut Chance) -> Self {
        match chance.weighted(&TYPES) {
            0 => Self::Own,
            1 => Self::Listed(Picked::National),
            2 => Self::Listed(Picked::Industry),
            3 => Self::Listed(Picked::Group),
            _ => Self::Listed(Picked::Local),
        }
    }

    /// The word of the exchange record.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Own => "企业标准",
            Self::Listed(Picked::National) => "国家标准",
            Self::Listed(Picked::Industry) => "行业标准",
            Self::Listed(Picked::Group) => "团体标准",
            Self::Listed(Picked::Local) => "地方标准",
        }
    }

    /// Whether indicators are declared: of own and group standards (R71).
    pub(super) fn tells_indicators(self) -> bool {
        matches!(self, Self::Own | Self::Listed(Picked::Group))
    }
}

/// Number and title of a standard that is picked, not written: from the catalogue, or made up where the catalogue
/// has no local or group standard. Made-up ones have a serial (from 9001) or an association (XNXH, 虚拟协会) that is
/// not in use.
pub(super) fn picked_standard(
    kind: Picked,
    trade: &Trade,
    year: u32,
    catalogue: &Catalogue,
    chance: &mut Chance,
) -> (String, String) {
    let word = trade.names.first().copied().unwrap_or_default();
    if let Some(listed) = catalogue.pick(kind, word, year, chance) {
        return (listed.number.clone(), listed.title.clone());
    }
    let serial = chance.between(1, 400);
    let year = year - chance.below(4);
    let number = match kind {
        Picked::Group => format!("T/XNXH {serial:03}-{year}"),
        _ => format!("DB32/T {}-{year}", 9000 + serial),
    };
    (number, format!("{}通用技术要求", chance.word(trade.goods)))
}

/// How an enterprise writes the numbers of its own standards; it keeps to one style.
#[derive(Debug)]
pub(super) struct NumberStyle {
    form: Form,
    letters: String,
    region: &'static str,
}

/// Styles seen on the national platform and on labels.
#[derive(Clone, Copy, Debug)]
enum Form {
    /// `Q/320582ABC 001-2023`.
    Region,
    /// `Q/320582ABC5-2014`.
    RegionGlued,
    /// `Q/ABC 001-2019`.
    Plain,
    /// `Q/ABC001-2019`.
    PlainGlued,
    /// `Q/ABC 101.2-2021`.
    Part,
    /// `Q/ABC 0001S-2022`, food.
    Food,
    /// `Q/ABC0001S-2022`, food.
    FoodGlued,
}

impl NumberStyle {
    pub(super) fn any(region: &'static Region, trade: &Trade, chance: &mut Chance) -> Self {
        let form = if trade.food {
            chance
                .pick(&[Form::Food, Form::Food, Form::Food, Form::FoodGlued])
                .copied()
        } else {
            let forms = [
                Form::Plain,
                Form::Region,
                Form::RegionGlued,
                Form::PlainGlued,
                Form::Part,
            ];
            forms.get(chance.weighted(&[45, 25, 10, 10, 10])).copied()
        };
        let length = chance.between(3, 5);
        Self {
            form: form.unwrap_or(Form::Plain),
            letters: chance.letters(length),
            region: region.code,
        }
    }

    /// Letters by which the enterprise names its standards and models.
    pub(super) fn letters(&self) -> &str {
        &self.letters
    }

    /// The number of its own standard of a serial, from 1.
    pub(super) fn number(&self, serial: u32, year: u32) -> String {
        let Self {
            form,
            letters,
            region,
        } = self;
        match form {
            Form::Region => format!("Q/{region}{letters} {serial:03}-{year}"),
            Form::RegionGlued => format!("Q/{region}{letters}{serial}-{year}"),
            Form::Plain => format!("Q/{letters} {serial:03}-{year}"),
            Form::PlainGlued => format!("Q/{letters}{serial:03}-{year}"),
            Form::Part => format!(
                "Q/{letters} {}.{}-{year}",
                100 + serial.div_ceil(3),
                (serial - 1) % 3 + 1
            ),
            Form::Food => format!("Q/{letters} {serial:04}S-{year}"),
            Form::FoodGlued => format!("Q/{letters}{serial:04}S-{year}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn styles_are_those_of_real_numbers() {
        let table = [
            (Form::Region, "Q/320582ABC 001-2023"),
            (Form::RegionGlued, "Q/320582ABC1-2023"),
            (Form::Plain, "Q/ABC 001-2023"),
            (Form::PlainGlued, "Q/ABC001-2023"),
            (Form::Part, "Q/ABC 101.1-2023"),
            (Form::Food, "Q/ABC 0001S-2023"),
            (Form::FoodGlued, "Q/ABC0001S-2023"),
        ];
        for (form, expected) in table {
            let style = NumberStyle {
                form,
                letters: "ABC".to_owned(),
                region: "320582",
            };
            assert_eq!(style.number(1, 2023), expected);
            let numbers: BTreeSet<String> = (1..=1500).map(|serial| style.number(serial, 2023)).collect();
            assert_eq!(numbers.len(), 1500, "{form:?}");
        }
    }
}
