//! The shapes that a requirement has, each with its bounds and its proper written form.

use super::decimal::Decimal;
use super::unit::Unit;

/// One end of the allowed values, in the unit of the requirement.
#[derive(Clone, Debug)]
pub(super) struct Limit {
    pub(super) number: Decimal,
    pub(super) inclusive: bool,
}

impl Limit {
    pub(super) fn inclusive(number: Decimal) -> Self {
        Self {
            number,
            inclusive: true,
        }
    }
}

/// What a requirement says.
#[derive(Clone, Debug)]
pub(super) enum Shape {
    /// A number alone, `12 mm`.
    Nominal(Decimal),
    /// `≥5`, `>5`.
    AtLeast(Limit),
    /// `≤5`, `<5`.
    AtMost(Limit),
    /// `5~10`, `5<x≤10`.
    Between(Limit, Limit),
    /// `±5`.
    Around(Decimal),
    /// `10±0.5`; `220 V±10%` if the deviation is a part of the number.
    Deviation {
        centre: Decimal,
        deviation: Decimal,
        relative: bool,
    },
}

impl Shape {
    /// Both ends of the allowed values; `None` if the deviation cannot be computed or is below zero.
    pub(super) fn limits(&self) -> Option<(Option<Limit>, Option<Limit>)> {
        let both = |low, high| Some((Some(Limit::inclusive(low)), Some(Limit::inclusive(high))));
        match self {
            Self::Nominal(number) => both(number.clone(), number.clone()),
            Self::AtLeast(limit) => Some((Some(limit.clone()), None)),
            Self::AtMost(limit) => Some((None, Some(limit.clone()))),
            Self::Between(low, high) => Some((Some(low.clone()), Some(high.clone()))),
            Self::Around(deviation) if !deviation.is_negative() => {
                both(deviation.clone().negated(), deviation.clone())
            }
            Self::Deviation {
                centre,
                deviation,
                relative,
            } if !(deviation.is_negative() || *relative && centre.is_negative()) => {
                let way = if *relative {
                    deviation.percent_of(centre)?
                } else {
                    deviation.clone()
                };
                both(centre.minus(&way)?, centre.plus(&way)?)
            }
            Self::Around(_) | Self::Deviation { .. } => None,
        }
    }

    /// The proper written form: `≥12.5 MPa`, `5~10 ℃`, `5<x≤10 mm`, `10±0.5 mm`, `(50±5)%`, `220 V±10%`.
    pub(super) fn written(&self, unit: Option<&Unit>) -> String {
        let with_unit = |numbers: String| match unit {
            None => numbers,
            Some(unit) if unit.stands_apart() => format!("{numbers} {unit}"),
            Some(unit) => format!("{numbers}{unit}"),
        };
        match self {
            Self::Nominal(number) => with_unit(number.to_string()),
            Self::AtLeast(Limit { number, inclusive }) => {
                with_unit(format!("{}{number}", if *inclusive { '≥' } else { '>' }))
            }
            Self::AtMost(Limit { number, inclusive }) => {
                with_unit(format!("{}{number}", if *inclusive { '≤' } else { '<' }))
            }
            Self::Between(low, high) if low.inclusive && high.inclusive => {
                with_unit(format!("{}~{}", low.number, high.number))
            }
            Self::Between(low, high) => {
                let sign = |inclusive| if inclusive { '≤' } else { '<' };
                let numbers = format!(
                    "{}{}x{}{}",
                    low.number,
                    sign(low.inclusive),
                    sign(high.inclusive),
                    high.number
                );
                with_unit(numbers)
            }
            Self::Around(deviation) => with_unit(format!("±{deviation}")),
            Self::Deviation {
                centre,
                deviation,
                relative: true,
            } => format!("{}±{deviation}%", with_unit(centre.to_string())),
            Self::Deviation {
                centre, deviation, ..
            } => match unit {
                Some(unit) if !unit.stands_apart() => with_unit(format!("({centre}±{deviation})")),
                _ => with_unit(format!("{centre}±{deviation}")),
            },
        }
    }
}
