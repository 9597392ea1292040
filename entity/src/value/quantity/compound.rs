//! Compound units, `W/(m²·K)`, `mg/100mL`.

use super::dimension::{Dimension, Powers};
use super::fold::raise;
use super::scale::{Scale, ten};
use super::unit_table::atom_of;

/// Largest power of a unit that is read.
const LARGEST_POWER: i8 = 6;

/// Units multiplied and divided.
#[derive(Debug)]
pub(super) struct Compound {
    /// Written forms above and below the stroke.
    above: Vec<String>,
    below: Vec<String>,
    scale: Scale,
    powers: Powers,
    /// Of what a dimensionless compound is a part.
    above_powers: Powers,
}

impl Compound {
    pub(super) fn read(text: &[char]) -> Option<Self> {
        let mut compound = Self {
            above: Vec::new(),
            below: Vec::new(),
            scale: ten(0),
            powers: Powers::NONE,
            above_powers: Powers::NONE,
        };
        // Everything behind the first stroke is below it; `mg/kg/d` is written `mg/(kg·d)`.
        for (at, part) in split_outside_brackets(text, '/').into_iter().enumerate() {
            let part = match part {
                ['(', inner @ .., ')'] if at > 0 => inner,
                part => part,
            };
            for factor in part.split(|one| matches!(one, '·' | '*')) {
                compound.take_factor(factor, at > 0)?;
            }
        }
        compound.scale.is_bounded().then_some(compound)
    }

    /// One factor: a unit with its power, `cm2`, `s^-1`; below the stroke with a number before it, `100mL`.
    fn take_factor(&mut self, text: &[char], below: bool) -> Option<()> {
        let digits = text.iter().take_while(|one| one.is_ascii_digit()).count();
        let (count, text) = text.split_at_checked(digits)?;
        let symbol_length = text
            .iter()
            .take_while(|one| !one.is_ascii_digit() && !matches!(one, '^' | '-'))
            .count();
        let (symbol, power) = text.split_at_checked(symbol_length)?;
        let atom = atom_of(&symbol.iter().collect::<String>())?;
        let power_text: String = power.iter().filter(|one| **one != '^').collect();
        let power: i8 = if power_text.is_empty() {
            1
        } else {
            power_text.parse().ok()?
        };
        if power == 0 || power.abs() > LARGEST_POWER || (digits > 0 && !below) || digits > 6 {
            return None;
        }
        let count: String = count.iter().collect();
        let number = if digits == 0 { 1 } else { count.parse().ok()? };
        let mut written = format!("{count}{}", atom.symbol);
        if power != 1 {
            written.push_str(&raise(&power.to_string()));
        }
        let sign = if below { -1 } else { 1 };
        let scale = Scale::of_count(number)?.and(atom.scale, power);
        self.scale = self.scale.and(scale, sign);
        self.powers = self.powers.and(atom.powers, power * sign)?;
        if below {
            self.below.push(written);
        } else {
            self.above.push(written);
            self.above_powers = self.above_powers.and(atom.powers, power)?;
        }
        Some(())
    }

    pub(super) fn scale(&self) -> Scale {
        self.scale
    }

    pub(super) fn dimension(&self) -> Dimension {
        if self.powers == Powers::NONE {
            Dimension::ratio(self.above_powers)
        } else {
            Dimension::physical(self.powers)
        }
    }

    pub(super) fn canonical(&self) -> String {
        let above = self.above.join("·");
        match self.below.as_slice() {
            [] => above,
            [one] => format!("{above}/{one}"),
            several => format!("{above}/({})", several.join("·")),
        }
    }
}

/// Parts of a text between signs that stand outside brackets.
fn split_outside_brackets(text: &[char], sign: char) -> Vec<&[char]> {
    let mut depth = 0_usize;
    text.split(|one| {
        match one {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        *one == sign && depth == 0
    })
    .collect()
}
