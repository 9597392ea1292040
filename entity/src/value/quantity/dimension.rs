//! What a unit measures.

/// Number of base quantities.
const BASES: usize = 12;

/// Powers of the base quantities: length, mass, time, current, temperature, amount, luminous intensity, angle, turns,
/// colonies, most probable number, decays. The last five are counted things that are not to be mixed up with each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Powers([i8; BASES]);

impl Powers {
    pub(super) const NONE: Self = Self([0; BASES]);
    pub(super) const LENGTH: Self = Self::base(0);
    pub(super) const MASS: Self = Self::base(1);
    pub(super) const TIME: Self = Self::base(2);
    pub(super) const CURRENT: Self = Self::base(3);
    pub(super) const TEMPERATURE: Self = Self::base(4);
    pub(super) const AMOUNT: Self = Self::base(5);
    pub(super) const LIGHT: Self = Self::base(6);
    pub(super) const ANGLE: Self = Self::base(7);
    pub(super) const COLONIES: Self = Self::base(9);
    pub(super) const PROBABLE: Self = Self::base(10);
    pub(super) const AREA: Self = Self([2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    pub(super) const VOLUME: Self = Self([3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    pub(super) const SPEED: Self = Self([1, 0, -1, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    pub(super) const FREQUENCY: Self = Self([0, 0, -1, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    pub(super) const TURNING: Self = Self([0, 0, -1, 0, 0, 0, 0, 0, 1, 0, 0, 0]);
    pub(super) const TURN: Self = Self::base(8);
    pub(super) const RADIOACTIVITY: Self = Self([0, 0, -1, 0, 0, 0, 0, 0, 0, 0, 0, 1]);
    pub(super) const FORCE: Self = Self([1, 1, -2, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    pub(super) const PRESSURE: Self = Self([-1, 1, -2, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    pub(super) const ENERGY: Self = Self([2, 1, -2, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    pub(super) const POWER: Self = Self([2, 1, -3, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    pub(super) const VOLTAGE: Self = Self([2, 1, -3, -1, 0, 0, 0, 0, 0, 0, 0, 0]);
    pub(super) const RESISTANCE: Self = Self([2, 1, -3, -2, 0, 0, 0, 0, 0, 0, 0, 0]);
    pub(super) const CONDUCTANCE: Self = Self([-2, -1, 3, 2, 0, 0, 0, 0, 0, 0, 0, 0]);
    pub(super) const CAPACITANCE: Self = Self([-2, -1, 4, 2, 0, 0, 0, 0, 0, 0, 0, 0]);
    pub(super) const INDUCTANCE: Self = Self([2, 1, -2, -2, 0, 0, 0, 0, 0, 0, 0, 0]);
    pub(super) const CONCENTRATION: Self = Self([-3, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    pub(super) const LINEAR_DENSITY: Self = Self([-1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    pub(super) const ILLUMINANCE: Self = Self([-2, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0]);

    const fn base(at: usize) -> Self {
        let mut powers = [0; BASES];
        if let Some(power) = powers.as_mut_slice().split_at_mut(at).1.first_mut() {
            *power = 1;
        }
        Self(powers)
    }

    /// These powers and `times` those of another unit; `None` beyond any unit.
    pub(super) fn and(self, other: Self, times: i8) -> Option<Self> {
        let mut sum = self;
        for (power, more) in sum.0.iter_mut().zip(other.0) {
            *power = power.checked_add(more.checked_mul(times)?)?;
        }
        Some(sum)
    }
}

/// What a unit measures (量纲). Two quantities can be compared if they have the same dimension.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Dimension(Kind);

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Kind {
    /// Made of base quantities.
    Physical(Powers),
    /// The quotient of two quantities of one kind: a mass fraction is no volume fraction.
    Ratio(Powers),
    /// A scale that nothing converts to, by its name.
    Scale(&'static str),
    /// A unit that is in no table: comparable with the same text only.
    Own(String),
}

impl Dimension {
    pub(super) fn physical(powers: Powers) -> Self {
        Self(Kind::Physical(powers))
    }

    pub(super) fn ratio(of: Powers) -> Self {
        Self(Kind::Ratio(of))
    }

    pub(super) fn scale(name: &'static str) -> Self {
        Self(Kind::Scale(name))
    }

    pub(super) fn own(unit: &str) -> Self {
        Self(Kind::Own(unit.to_owned()))
    }

    /// Whether the unit is in no table, so that only the same text compares with it.
    pub fn is_own(&self) -> bool {
        matches!(self.0, Kind::Own(_))
    }

    /// Whether it is a temperature in ℃, the one scale of requirements that goes on below zero.
    pub(super) fn is_temperature(&self) -> bool {
        self.0 == Kind::Scale("TEMPERATURE")
    }

    /// A text that two dimensions share if they are equal.
    pub(super) fn key(&self) -> String {
        let powers = |powers: &Powers| powers.0.map(|power| power.to_string()).join(",");
        match &self.0 {
            Kind::Physical(of) => format!("P{}", powers(of)),
            Kind::Ratio(of) => format!("R{}", powers(of)),
            Kind::Scale(name) => format!("S{name}"),
            Kind::Own(unit) => format!("O{unit}"),
        }
    }

    /// The name in interfaces: `LENGTH`, `PRESSURE`, `MASS_FRACTION`; `OTHER` for a compound without a name, `OWN` for a
    /// unit in no table.
    pub fn name(&self) -> &'static str {
        match &self.0 {
            Kind::Own(_) => "OWN",
            Kind::Scale(name) => name,
            Kind::Ratio(Powers::MASS) => "MASS_FRACTION",
            Kind::Ratio(Powers::VOLUME) => "VOLUME_FRACTION",
            Kind::Ratio(_) => "RATIO",
            Kind::Physical(powers) => NAMES
                .iter()
                .find(|(named, _)| named == powers)
                .map_or("OTHER", |(_, name)| name),
        }
    }
}

const NAMES: [(Powers, &str); 25] = [
    (Powers::LENGTH, "LENGTH"),
    (Powers::MASS, "MASS"),
    (Powers::TIME, "TIME"),
    (Powers::CURRENT, "CURRENT"),
    (Powers::TEMPERATURE, "THERMODYNAMIC_TEMPERATURE"),
    (Powers::AMOUNT, "AMOUNT"),
    (Powers::LIGHT, "LUMINOUS_INTENSITY"),
    (Powers::ANGLE, "ANGLE"),
    (Powers::AREA, "AREA"),
    (Powers::VOLUME, "VOLUME"),
    (Powers::SPEED, "SPEED"),
    (Powers::FREQUENCY, "FREQUENCY"),
    (Powers::TURNING, "ROTATION"),
    (Powers::RADIOACTIVITY, "RADIOACTIVITY"),
    (Powers::FORCE, "FORCE"),
    (Powers::PRESSURE, "PRESSURE"),
    (Powers::ENERGY, "ENERGY"),
    (Powers::POWER, "POWER"),
    (Powers::VOLTAGE, "VOLTAGE"),
    (Powers::RESISTANCE, "RESISTANCE"),
    (Powers::CONDUCTANCE, "CONDUCTANCE"),
    (Powers::CAPACITANCE, "CAPACITANCE"),
    (Powers::INDUCTANCE, "INDUCTANCE"),
    (Powers::CONCENTRATION, "MASS_CONCENTRATION"),
    (Powers::ILLUMINANCE, "ILLUMINANCE"),
];
