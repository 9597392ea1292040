//! The grammar of expressions: a comparison, a chain, a range, a deviation, or a number alone, each with its unit.

use super::comparator::{Comparator, Side, take_any, take_comparator, take_symbol};
use super::context::Form;
use super::decimal::Decimal;
use super::number::{skip_blank, take_signed, take_unsigned};
use super::shape::{Limit, Shape};
use super::unit::Unit;
use super::unit_text::take_unit;

/// Longest name in `5≤name≤10`.
const LONGEST_NAME: usize = 20;

/// The text has numbers that are not one requirement, or that can be meant in two ways.
#[derive(Debug)]
pub(super) struct Unclear;

pub(super) type Attempt<T> = Result<Option<T>, Unclear>;

/// The numbers of a requirement and the text behind them.
pub(super) struct Expression<'t> {
    pub(super) shape: Shape,
    pub(super) unit: Vec<char>,
    pub(super) form: Form,
    pub(super) behind: &'t [char],
}

/// Reads numbers where a text starts with them.
pub(super) fn expression<'t>(text: &'t [char], column: Option<&Unit>) -> Attempt<Expression<'t>> {
    if let Some(rest) = take_plus_minus(text) {
        return Ok(take_unsigned(skip_blank(rest)).map(|(deviation, rest)| {
            let (unit, behind) = take_unit(rest);
            Expression {
                shape: Shape::Around(deviation),
                unit,
                form: Form::Range,
                behind,
            }
        }));
    }
    if let Some((comparator, number, rest)) = take_compared(text) {
        return comparison(comparator, number, rest).map(Some);
    }
    if let ['(', rest @ ..] = text {
        return bracketed(rest);
    }
    match take_signed(text) {
        Some((number, rest)) => numbers(number, rest, column).map(Some),
        // A number that is out of bounds must not be read from its second digit on.
        None if text.first().is_some_and(char::is_ascii_digit) => Err(Unclear),
        None => Ok(None),
    }
}

/// A comparison directly before its number, `不小于：5`.
fn take_compared(text: &[char]) -> Option<(Comparator, Decimal, &[char])> {
    let (comparator, rest) = take_comparator(text)?;
    let rest = skip_blank(rest);
    let rest = match rest {
        [':' | '为', rest @ ..] => skip_blank(rest),
        rest => rest,
    };
    take_signed(rest).map(|(number, rest)| (comparator, number, rest))
}

/// `≥5 mm`, and `≥5 且 ≤10 mm`.
fn comparison(first: Comparator, number: Decimal, rest: &[char]) -> Result<Expression<'_>, Unclear> {
    let (unit, behind) = take_unit(rest);
    let one = Limit {
        number,
        inclusive: first.inclusive,
    };
    let Some((second, number, rest)) = take_compared(skip_connector(behind)) else {
        let shape = match first.side {
            Side::Above => Shape::AtLeast(one),
            Side::Below => Shape::AtMost(one),
        };
        return Ok(Expression {
            shape,
            unit,
            form: Form::Compared,
            behind,
        });
    };
    let (second_unit, behind) = take_unit(rest);
    let other = Limit {
        number,
        inclusive: second.inclusive,
    };
    let shape = match (first.side, second.side) {
        (Side::Above, Side::Below) => Shape::Between(one, other),
        (Side::Below, Side::Above) => Shape::Between(other, one),
        _ => return Err(Unclear),
    };
    Ok(Expression {
        shape,
        unit: same_unit(unit, second_unit)?,
        form: Form::Compared,
        behind,
    })
}

fn skip_connector(text: &[char]) -> &[char] {
    let rest = match skip_blank(text) {
        [';' | ',', rest @ ..] => skip_blank(rest),
        rest => rest,
    };
    let rest = take_any(rest, &["并且", "同时", "且", "并", "但", "而"]).unwrap_or(rest);
    let rest = skip_blank(rest);
    take_any(rest, &["应"]).unwrap_or(rest)
}

/// `(10±0.5) mm`, `(5~10)%`. Other brackets are notes.
fn bracketed(text: &[char]) -> Attempt<Expression<'_>> {
    let Some((first, rest)) = take_signed(skip_blank(text)) else {
        return Ok(None);
    };
    let (first_unit, rest) = take_unit(rest);
    let (shape, inner_unit, rest) = if let Some(rest) = take_plus_minus(skip_blank(rest)) {
        let (deviation, rest) = take_unsigned(skip_blank(rest)).ok_or(Unclear)?;
        let (unit, rest) = take_unit(rest);
        let shape = Shape::Deviation {
            centre: first,
            deviation,
            relative: false,
        };
        (shape, unit, rest)
    } else if let Some((second, rest)) = take_range_end(&first, rest)? {
        let (unit, rest) = take_unit(rest);
        (range(first, second)?, unit, rest)
    } else {
        return Err(Unclear);
    };
    let [')', rest @ ..] = skip_blank(rest) else {
        return Err(Unclear);
    };
    let (outer_unit, behind) = take_unit(rest);
    let unit = same_unit(same_unit(first_unit, inner_unit)?, outer_unit)?;
    Ok(Some(Expression {
        shape,
        unit,
        form: Form::Range,
        behind,
    }))
}

/// What begins with a number: `10±0.5 mm`, `5~10 ℃`, `5≤x<10`, `5 mm以上`, `5 mm`.
fn numbers<'t>(first: Decimal, rest: &'t [char], column: Option<&Unit>) -> Result<Expression<'t>, Unclear> {
    let (unit, rest) = take_unit(rest);
    let next = skip_blank(rest);
    if let Some(rest) = take_plus_minus(next) {
        return deviation(first, unit, rest, column);
    }
    if let Some((second, rest)) = take_range_end(&first, rest)? {
        let (second_unit, behind) = take_unit(rest);
        return Ok(Expression {
            shape: range(first, second)?,
            unit: same_unit(unit, second_unit)?,
            form: Form::Range,
            behind,
        });
    }
    if let Some((comparator, rest)) = take_symbol(next) {
        return chain(first, unit, comparator, rest);
    }
    let (shape, form, behind) = if let Some((side, inclusive, behind)) = take_suffix(next) {
        let limit = Limit {
            number: first,
            inclusive,
        };
        let shape = match side {
            Side::Above => Shape::AtLeast(limit),
            Side::Below => Shape::AtMost(limit),
        };
        (shape, Form::Compared, behind)
    } else {
        (Shape::Nominal(first), Form::Bare, rest)
    };
    Ok(Expression {
        shape,
        unit,
        form,
        behind,
    })
}

/// `10±0.5 mm`, `220 V±10%`. `50±5%` alone is not clear: it can be 45 % to 55 % or 47.5 to 52.5, so GB/T 1.1 has
/// `(50±5)%` written for the first.
fn deviation<'t>(
    centre: Decimal,
    unit: Vec<char>,
    rest: &'t [char],
    column: Option<&Unit>,
) -> Result<Expression<'t>, Unclear> {
    let (deviation, rest) = take_unsigned(skip_blank(rest)).ok_or(Unclear)?;
    let (second_unit, behind) = take_unit(rest);
    let relative = if second_unit == ['%'] && unit != ['%'] {
        if unit.is_empty() && column.is_none() {
            return Err(Unclear);
        }
        !unit.is_empty() || column.is_some_and(|column| column.canonical() != "%")
    } else {
        false
    };
    Ok(Expression {
        shape: Shape::Deviation {
            centre,
            deviation,
            relative,
        },
        unit: if relative {
            unit
        } else {
            same_unit(unit, second_unit)?
        },
        form: Form::Range,
        behind,
    })
}

/// `5≤x<10 mm`, `10 mm>d≥5 mm`.
fn chain(
    first: Decimal,
    unit: Vec<char>,
    comparator: Comparator,
    rest: &[char],
) -> Result<Expression<'_>, Unclear> {
    let name_length = (1..=LONGEST_NAME).find(|at| rest.get(*at..).and_then(take_symbol).is_some());
    let (name, rest) = name_length
        .and_then(|at| rest.split_at_checked(at))
        .ok_or(Unclear)?;
    if skip_blank(name).first().is_none_or(|one| !one.is_alphabetic()) {
        return Err(Unclear);
    }
    let (second, number, rest) = take_compared(rest).ok_or(Unclear)?;
    if second.side != comparator.side {
        return Err(Unclear);
    }
    let (second_unit, behind) = take_unit(rest);
    let one = Limit {
        number: first,
        inclusive: comparator.inclusive,
    };
    let other = Limit {
        number,
        inclusive: second.inclusive,
    };
    let shape = match comparator.side {
        Side::Below => Shape::Between(one, other),
        Side::Above => Shape::Between(other, one),
    };
    Ok(Expression {
        shape,
        unit: same_unit(unit, second_unit)?,
        form: Form::Compared,
        behind,
    })
}

/// Words behind a number that say on which side the allowed values lie. 民法典 article 1259: 以上, 以下, 以内 include the number.
fn take_suffix(text: &[char]) -> Option<(Side, bool, &[char])> {
    let above = take_any(text, &["及以上", "或以上", "以上"]).map(|rest| (Side::Above, rest));
    let (side, rest) = above.or_else(|| {
        take_any(text, &["及以下", "或以下", "以下", "以内", "之内", "内"]).map(|rest| (Side::Below, rest))
    })?;
    match take_any(rest, &["(不含)", "(不含本数)"]) {
        Some(rest) => Some((side, false, rest)),
        None => Some((side, true, rest)),
    }
}

fn take_plus_minus(text: &[char]) -> Option<&[char]> {
    take_any(text, &["±", "+/-", "+-"])
}

/// The second number of a range: behind `~`, `-`, 至 or 到.
fn take_range_end<'t>(first: &Decimal, text: &'t [char]) -> Attempt<(Decimal, &'t [char])> {
    let (rest, dashed) = match skip_blank(text) {
        ['-', '-', rest @ ..] if first.is_negative() && !rest.is_empty() => return Err(Unclear),
        ['-', '-', rest @ ..] | ['-', rest @ ..] => (rest, true),
        ['~', '~', rest @ ..] | ['~' | '至' | '到', rest @ ..] => (rest, false),
        _ => return Ok(None),
    };
    let Some((second, rest)) = take_signed(skip_blank(rest)) else {
        return Ok(None);
    };
    // `5 - -10` or `5---10`: not clear which dash is a sign.
    if dashed && second.is_negative() && !first.is_negative() {
        return Err(Unclear);
    }
    Ok(Some((second, rest)))
}

/// Both ends in order: registers have `-5~-20 ℃` too.
fn range(one: Decimal, other: Decimal) -> Result<Shape, Unclear> {
    let descending = other.minus(&one).ok_or(Unclear)?.is_negative();
    let (low, high) = if descending { (other, one) } else { (one, other) };
    Ok(Shape::Between(Limit::inclusive(low), Limit::inclusive(high)))
}

/// The unit of two numbers, of which one may have none.
fn same_unit(one: Vec<char>, other: Vec<char>) -> Result<Vec<char>, Unclear> {
    match (one.is_empty(), other.is_empty()) {
        (true, _) => Ok(other),
        (_, true) => Ok(one),
        _ if Unit::read(&one).canonical() == Unit::read(&other).canonical() => Ok(one),
        _ => Err(Unclear),
    }
}
