//! From a row of risk classes (信用风险分类) to a claim: pure.

use chrono::NaiveDate;
use entity::credit::{RatingClaim, rating_identity};
use entity::ingestion::{Claim, Row};

use super::begin::{self, Told};
use super::word;
use crate::fields::Fault;
use crate::file::RawRecord;
use crate::form::Form;

/// Reads one row.
pub(super) fn row(form: &Form, as_of: NaiveDate, record: RawRecord) -> Row {
    begin::row(form, as_of, record, claims)
}

fn claims(told: &mut Told<'_>) -> Result<Vec<Claim>, Fault> {
    if told.subject.subject.credit_code.is_none() {
        return Err(Fault {
            field: "credit_code",
            code: "CREDIT_CODE_MISSING",
            message: "a risk class is given to a credit code, and none can be read".to_owned(),
            remedy: "add the credit code (统一社会信用代码)",
        });
    }
    let written = told.fields.get("month");
    let Some(month) = month(written) else {
        return Err(Fault {
            field: "month",
            code: "MONTH_UNREADABLE",
            message: format!("{written:?} is no month"),
            remedy: "write the month as 2026-03",
        });
    };
    let key = rating_identity(&told.subject.subject.key, month);
    if let Some(withdrawn) = told.withdrawn() {
        let claim = RatingClaim {
            key,
            withdrawn: Some(withdrawn),
            ..RatingClaim::default()
        };
        return Ok(vec![Claim::Rating(Box::new(claim))]);
    }
    let Some(class) = word::risk_class(told.fields.get("class")) else {
        return Err(Fault {
            field: "class",
            code: "RISK_CLASS_UNKNOWN",
            message: format!("{:?} is no risk class", told.fields.get("class")),
            remedy: "write A, B, C or D",
        });
    };
    let claim = RatingClaim {
        key,
        subject: Some(told.subject.subject.clone()),
        month: Some(month),
        class: Some(class),
        model: told.text("model"),
        region_code: told
            .subject
            .region
            .as_ref()
            .map(|region| region.as_str().to_owned()),
        withdrawn: None,
        flags: told.flags(),
        extra: told.extra(),
    };
    let mut claims = vec![Claim::Rating(Box::new(claim))];
    claims.extend(told.about_enterprise(month));
    Ok(claims)
}

/// The first day of a month written as 2026-03, 2026/3, 202603, 2026年3月 or as one of its days.
fn month(text: &str) -> Option<NaiveDate> {
    let parts: Vec<&str> = text
        .split(|sign: char| !sign.is_ascii_digit())
        .filter(|part| !part.is_empty())
        .collect();
    let (year, month) = match parts.as_slice() {
        [year, month] | [year, month, _] => (*year, *month),
        [whole] => whole.split_at_checked(4).filter(|(_, month)| month.len() == 2)?,
        _ => return None,
    };
    let year = year.parse().ok().filter(|year| (2000..2100).contains(year))?;
    NaiveDate::from_ymd_opt(year, month.parse().ok()?, 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_in_every_spelling() {
        let march = NaiveDate::from_ymd_opt(2026, 3, 1);
        for text in [
            "2026-03",
            "2026/3",
            "202603",
            "2026年3月",
            "2026-03-01",
            "2026年03月31日",
        ] {
            assert_eq!(month(text), march, "{text}");
        }
        for text in ["", "2026", "2026-13", "1999-01", "三月", "20260"] {
            assert_eq!(month(text), None, "{text}");
        }
    }
}
