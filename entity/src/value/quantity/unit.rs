//! Units, as given and as they are written properly.

use super::compound::Compound;
use super::decimal::Decimal;
use super::dimension::Dimension;
use super::fold::raise;
use super::scale::{Scale, ten};
use super::unit_table::{RATIOS, SCALES};
use std::fmt;

/// The unit of a quantity (计量单位), as given and as it is written properly.
#[derive(Clone, Debug)]
pub struct Unit {
    given: String,
    canonical: String,
    dimension: Dimension,
    scale: Scale,
}

impl Unit {
    /// Reads a folded text without blanks. What no table knows is a unit of its own.
    pub(super) fn read(text: &[char]) -> Self {
        let given: String = text.iter().collect();
        let known = |canonical: &str, dimension, scale| Self {
            given: given.clone(),
            canonical: canonical.to_owned(),
            dimension,
            scale,
        };
        for (symbol, spellings, name) in SCALES {
            if *symbol == given || spellings.contains(&given.as_str()) {
                return known(symbol, Dimension::scale(name), ten(0));
            }
        }
        for (symbol, spellings, scale, of) in RATIOS {
            if *symbol == given || spellings.contains(&given.as_str()) {
                return known(symbol, Dimension::ratio(*of), *scale);
            }
        }
        match Compound::read(text) {
            Some(compound) => {
                let (dimension, scale) = (compound.dimension(), compound.scale());
                known(&compound.canonical(), dimension, scale)
            }
            None => {
                let own = own_symbol(&given);
                known(&own, Dimension::own(&own), ten(0))
            }
        }
    }

    /// The unit as given, folded: `Mpa`, `mg/100 mL` without its blank.
    pub fn given(&self) -> &str {
        &self.given
    }

    /// The unit as it is written properly: `MPa`, `mg/100mL`, `m³/h`, `℃`.
    pub fn canonical(&self) -> &str {
        &self.canonical
    }

    /// What it measures.
    pub fn dimension(&self) -> &Dimension {
        &self.dimension
    }

    /// The value of a number in the base unit, always finite.
    pub(super) fn to_base(&self, number: &Decimal) -> f64 {
        self.scale.apply(number)
    }

    /// Whether a blank stands between number and unit (GB 3101-1993 clause 3.4; not before %, degrees and Chinese words).
    pub(super) fn stands_apart(&self) -> bool {
        self.canonical
            .starts_with(|first: char| first.is_ascii_alphabetic() || matches!(first, 'Ω' | 'μ' | '℃'))
    }
}

impl fmt::Display for Unit {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.canonical)
    }
}

/// A unit of its own, its powers raised.
fn own_symbol(given: &str) -> String {
    let mut symbol = String::with_capacity(given.len());
    let mut raised = false;
    for character in given.chars() {
        raised = character == '^' || (raised && (character.is_ascii_digit() || character == '-'));
        match character {
            '^' => {}
            power if raised => symbol.push_str(&raise(&power.to_string())),
            other => symbol.push(other),
        }
    }
    symbol
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::quantity::fold::fold;

    fn unit(text: &str) -> Unit {
        Unit::read(&fold(text))
    }

    #[test]
    fn units_have_a_symbol_a_dimension_and_a_factor() {
        let table = [
            ("MPa", "MPa", "PRESSURE", 1e6),
            ("Mpa", "MPa", "PRESSURE", 1e6),
            ("mPa", "mPa", "PRESSURE", 1e-3),
            ("N/mm2", "N/mm²", "PRESSURE", 1e6),
            ("N/㎜²", "N/mm²", "PRESSURE", 1e6),
            ("kgf/cm²", "kgf/cm²", "PRESSURE", 98_066.5),
            ("mg/kg", "mg/kg", "MASS_FRACTION", 1e-6),
            ("毫克/千克", "mg/kg", "MASS_FRACTION", 1e-6),
            ("g/100g", "g/100g", "MASS_FRACTION", 1e-2),
            ("%", "%", "MASS_FRACTION", 1e-2),
            ("ppm", "ppm", "MASS_FRACTION", 1e-6),
            ("mL/L", "mL/L", "VOLUME_FRACTION", 1e-3),
            ("%vol", "%vol", "VOLUME_FRACTION", 1e-2),
            ("mg/m³", "mg/m³", "MASS_CONCENTRATION", 1e-6),
            ("µg/L", "μg/L", "MASS_CONCENTRATION", 1e-6),
            ("mg/100mL", "mg/100mL", "MASS_CONCENTRATION", 1e-2),
            ("W/(m·K)", "W/(m·K)", "OTHER", 1.0),
            ("W/(m·℃)", "W/(m·K)", "OTHER", 1.0),
            ("W·m^-1·K^-1", "W·m⁻¹·K⁻¹", "OTHER", 1.0),
            ("mg/kg/d", "mg/(kg·d)", "FREQUENCY", 1e-6 / 86_400.0),
            ("km/h", "km/h", "SPEED", 1000.0 / 3600.0),
            ("kW·h", "kW·h", "ENERGY", 3.6e6),
            ("kWh", "kW·h", "ENERGY", 3.6e6),
            ("rpm", "r/min", "ROTATION", 1.0 / 60.0),
            ("立方米/小时", "m³/h", "OTHER", 1.0 / 3600.0),
            ("cm3", "cm³", "VOLUME", 1e-6),
            ("㎥", "m³", "VOLUME", 1.0),
            ("Ω", "Ω", "RESISTANCE", 1.0),
            ("MΩ·cm", "MΩ·cm", "OTHER", 1e4),
            ("℃", "℃", "TEMPERATURE", 1.0),
            ("K", "K", "THERMODYNAMIC_TEMPERATURE", 1.0),
            ("CFU/g", "CFU/g", "OTHER", 1e3),
            ("cfu/100mL", "CFU/100mL", "OTHER", 1e4),
            ("dB（A）", "dB(A)", "SOUND_LEVEL", 1.0),
            ("db(A)", "dB(A)", "SOUND_LEVEL", 1.0),
            ("PH", "pH", "ACIDITY", 1.0),
            ("级", "级", "GRADE", 1.0),
            ("mpa", "mpa", "OWN", 1.0),
            ("m^9", "m⁹", "OWN", 1.0),
            ("mg/", "mg/", "OWN", 1.0),
            ("()", "()", "OWN", 1.0),
            ("100g", "100g", "OWN", 1.0),
        ];
        for (text, canonical, dimension, factor) in table {
            let read = unit(text);
            assert_eq!(
                (read.canonical(), read.dimension().name()),
                (canonical, dimension),
                "{text}"
            );
            let one = read.scale.apply(&Decimal::of_digits("1", "", None).unwrap());
            assert!((one / factor - 1.0).abs() < 1e-12, "{text}: {one}");
            let again = unit(read.canonical());
            assert_eq!(
                (again.canonical(), again.dimension()),
                (canonical, read.dimension()),
                "{text}"
            );
        }
    }

    #[test]
    fn units_beyond_any_use_are_their_own() {
        for text in [
            "pg^6·pg^6·pg^6·pg^6",
            "d^6·d^6·d^6·d^6",
            "m^6·m^6·m^6·m^6·m^6·m^6·m^6·m^6·m^6·m^6·m^6·m^6·m^6·m^6·m^6·m^6·m^6·m^6·m^6·m^6·m^6·m^6",
        ] {
            assert!(unit(text).dimension().is_own(), "{text}");
        }
    }
}
