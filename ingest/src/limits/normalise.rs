//! From a row of the table to a claim about a limit: pure.

use chrono::NaiveDate;
use entity::ingestion::{Claim, Row, RowContent};
use entity::limit::{LimitClaim, identity};
use entity::value::{Quantity, StandardNumber};

use crate::fields::{Fault, Fields, begin};
use crate::file::RawRecord;
use crate::form::Form;
use crate::platform::day;

/// Reads one row.
pub(super) fn row(form: &Form, as_of: NaiveDate, record: RawRecord) -> Row {
    let (mut row, fields, raw) = match begin(form, as_of, record) {
        Ok(begun) => begun,
        Err(unreadable) => return *unreadable,
    };
    row.content = match claim(&fields) {
        Ok(claim) => RowContent::Taken(vec![Claim::Limit(Box::new(claim))]),
        Err(fault) => RowContent::Rejected(fault.reject(form, raw)),
    };
    row
}

/// A table that findings rest on is taken strictly: nothing is guessed.
fn claim(fields: &Fields) -> Result<LimitClaim, Fault> {
    let written = fields.get("standard_number");
    let number = StandardNumber::parse(written);
    let Some(standard_key) = number.key().map(str::to_owned) else {
        return Err(Fault {
            field: "standard_number",
            code: "NUMBER_UNREADABLE",
            message: format!("{written:?} is no standard number"),
            remedy: "write the number of the mandatory standard (标准编号), as GB 18401-2010",
        });
    };
    let indicators: Vec<String> = [fields.get("indicator")]
        .into_iter()
        .chain(words(fields.get("other_names")))
        .map(str::to_owned)
        .filter(|name| !name.is_empty())
        .collect();
    let Some(indicator) = indicators.first().cloned() else {
        return Err(Fault {
            field: "indicator",
            code: "INDICATOR_EMPTY",
            message: "the row names no indicator".to_owned(),
            remedy: "add the name of the indicator (指标名称)",
        });
    };
    let (requirement, unit) = (fields.get("requirement"), fields.text("unit"));
    let quantity = Quantity::parse_with_unit(requirement, unit.as_deref().unwrap_or_default());
    if quantity.is_nominal() || (quantity.low().is_none() && quantity.high().is_none()) {
        return Err(Fault {
            field: "requirement",
            code: "LIMIT_UNREADABLE",
            message: format!("{requirement:?} says not which values are allowed"),
            remedy: "write one limit with its sign and unit (限值), as ≤90 mg/kg or 4.0~8.5",
        });
    }
    let date = |field: &'static str| {
        day(fields.get(field)).map_err(|_| Fault {
            field,
            code: "DATE_UNREADABLE",
            message: format!("{:?} is no day", fields.get(field)),
            remedy: "write the day as 2026-03-01",
        })
    };
    let (valid_from, valid_until) = (date("valid_from")?, date("valid_until")?);
    if valid_until
        .zip(valid_from)
        .is_some_and(|(until, from)| until <= from)
    {
        return Err(Fault {
            field: "valid_until",
            code: "PERIOD_EMPTY",
            message: "the limit ends before it begins".to_owned(),
            remedy: "the last column is the first day on which it does not hold any more (失效日期)",
        });
    }
    let subjects: Vec<String> = words(fields.get("subjects")).map(str::to_owned).collect();
    let clause = fields.text("clause");
    Ok(LimitClaim {
        key: identity(
            &standard_key,
            clause.as_deref(),
            &indicator,
            &subjects,
            valid_from,
        ),
        standard_number: number,
        clause,
        indicators,
        requirement: requirement.to_owned(),
        unit,
        subjects,
        valid_from,
        valid_until,
    })
}

/// Several words in one cell.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(['、', '，', ',', ';', '；', '|'])
        .map(str::trim)
        .filter(|word| !word.is_empty())
}
