//! From a row of a list to a claim about an institution, or about what was found out about one: pure.

use chrono::NaiveDate;
use entity::ingestion::{Claim, Row, RowContent};
use entity::institution::{
    InstitutionClaim, InstitutionFlag, InstitutionStatus, MisconductClaim, misconduct_key,
};
use entity::value::{CmaNumber, RegionCode, SocialCreditCode};

use super::word;
use crate::fields::{Fault, Fields, begin};
use crate::file::RawRecord;
use crate::form::Form;
use crate::platform::{day, said};
use crate::reference::province_of_name;
use crate::register::credit_code;

/// Reads one row.
pub(super) fn row(form: &Form, as_of: NaiveDate, record: RawRecord) -> Row {
    let (mut row, fields, raw) = match begin(form, as_of, record) {
        Ok(begun) => begun,
        Err(unreadable) => return *unreadable,
    };
    let tells_misconduct = form.columns.values().any(|field| field == "misconduct");
    let claim = if tells_misconduct {
        misconduct(&fields)
    } else {
        institution(&fields)
    };
    row.content = match claim {
        Ok(claim) => RowContent::Taken(vec![claim]),
        Err(fault) => RowContent::Rejected(fault.reject(form, raw)),
    };
    row
}

fn number(fields: &Fields) -> Result<CmaNumber, Fault> {
    let written = fields.get("number");
    CmaNumber::parse(written).ok_or_else(|| Fault {
        field: "number",
        code: "CMA_UNREADABLE",
        message: format!("{written:?} is no number of a certificate"),
        remedy: "write the twelve digits of the certificate (资质认定证书编号), as 231020340567",
    })
}

fn region(fields: &Fields) -> Option<String> {
    let told = fields.get("region");
    let region = RegionCode::parse(told).or_else(|| province_of_name(told));
    region.map(|region| region.as_str().to_owned())
}

fn institution(fields: &Fields) -> Result<Claim, Fault> {
    let number = number(fields)?;
    let mut flags = Vec::new();
    let code = credit_code(fields.get("credit_code"));
    if code.as_ref().is_some_and(|code| !code.check_digit_ok())
        || (code.is_none() && said(fields.get("credit_code")).is_some())
    {
        flags.push(InstitutionFlag::CreditCodeOdd);
    }
    if code.as_ref().is_some_and(SocialCreditCode::is_fictitious) {
        flags.push(InstitutionFlag::Fictitious);
    }
    let days = ["issued_on", "valid_until"].map(|field| day(fields.get(field)));
    if days.iter().any(Result::is_err) {
        flags.push(InstitutionFlag::DateUnreadable);
    }
    let [issued_on, valid_until] = days.map(Result::unwrap_or_default);
    let status_word = said(fields.get("status"));
    let status = status_word
        .as_deref()
        .map(|told| word::status(told).unwrap_or(InstitutionStatus::Unknown));
    if status == Some(InstitutionStatus::Unknown) {
        flags.push(InstitutionFlag::StatusWordUnknown);
    }
    flags.sort();
    Ok(Claim::Institution(Box::new(InstitutionClaim {
        number,
        name: said(fields.get("name")),
        credit_code: code,
        region_code: region(fields),
        scope: scope(fields.get("scope")),
        issued_on,
        valid_until,
        status,
        status_word,
        address: said(fields.get("address")),
        flags,
        extra: fields.extra(),
    })))
}

/// Several items in one cell, each once.
fn scope(text: &str) -> Vec<String> {
    let mut items: Vec<String> = Vec::new();
    for item in text
        .split(['、', '；', ';', '，', ',', '|', '\n'])
        .filter_map(said)
    {
        if !items.contains(&item) {
            items.push(item);
        }
    }
    items
}

fn misconduct(fields: &Fields) -> Result<Claim, Fault> {
    let number = number(fields)?;
    let written = fields.get("misconduct");
    let misconduct = word::misconduct(written).ok_or_else(|| Fault {
        field: "misconduct",
        code: "MISCONDUCT_UNKNOWN",
        message: format!("{written:?} is none of the twelve kinds of misconduct"),
        remedy: "write one of the codes of the vocabulary Misconduct, as BEYOND_SCOPE",
    })?;
    let found_on = day(fields.get("found_on")).map_err(|_| Fault {
        field: "found_on",
        code: "DATE_UNREADABLE",
        message: format!("{:?} is no day", fields.get("found_on")),
        remedy: "write the day as 2026-03-01",
    })?;
    let region_code = region(fields).ok_or_else(|| Fault {
        field: "region",
        code: "REGION_MISSING",
        message: "the row says not which bureau found it, so nobody could be shown it".to_owned(),
        remedy: "add the code of the bureau's district (行政区划代码, GB/T 2260), as 320582",
    })?;
    let document_number = said(fields.get("document_number"));
    Ok(Claim::Misconduct(Box::new(MisconductClaim {
        key: misconduct_key(&number, misconduct, found_on, document_number.as_deref()),
        number,
        misconduct,
        found_on,
        document_number,
        note: said(fields.get("note")),
        region_code: Some(region_code),
    })))
}
