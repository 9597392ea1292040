//! From a row of a table of type approvals (型式批准) to a claim: pure.

use entity::ingestion::Claim;
use entity::metrology::{ApprovalFlag, ApprovalStatus, TypeApprovalClaim};
use entity::value::{RegionCode, SocialCreditCode, TypeApprovalNumber};

use super::word;
use crate::fields::{Fault, Fields};
use crate::platform::{day, said};
use crate::reference::province_of_name;
use crate::register::credit_code;

/// Reads one row.
pub(super) fn claim(fields: &Fields) -> Result<Claim, Fault> {
    let written = fields.get("approval_number");
    let number = TypeApprovalNumber::parse(written).ok_or_else(|| Fault {
        field: "approval_number",
        code: "APPROVAL_NUMBER_UNREADABLE",
        message: format!("{written:?} is no number of a type approval"),
        remedy: "write year, letter and serial number of the certificate (型式批准证书编号), as 2021F123-32",
    })?;
    let mut flags = Vec::new();
    let code = credit_code(fields.get("credit_code"));
    if code.as_ref().is_some_and(|code| !code.check_digit_ok())
        || (code.is_none() && said(fields.get("credit_code")).is_some())
    {
        flags.push(ApprovalFlag::CreditCodeOdd);
    }
    if code.as_ref().is_some_and(SocialCreditCode::is_fictitious) {
        flags.push(ApprovalFlag::Fictitious);
    }
    let days = ["approved_on", "valid_until"].map(|field| day(fields.get(field)));
    if days.iter().any(Result::is_err) {
        flags.push(ApprovalFlag::DateUnreadable);
    }
    let [approved_on, valid_until] = days.map(Result::unwrap_or_default);
    let status_word = said(fields.get("status"));
    let status = status_word
        .as_deref()
        .map(|told| word::approval_status(told).unwrap_or(ApprovalStatus::Unknown));
    let origin_word = said(fields.get("origin"));
    let origin = origin_word.as_deref().and_then(word::origin);
    if status == Some(ApprovalStatus::Unknown) || origin_word.is_some() != origin.is_some() {
        flags.push(ApprovalFlag::WordUnknown);
    }
    flags.sort();
    let region = fields.get("region");
    let region = RegionCode::parse(region).or_else(|| province_of_name(region));
    Ok(Claim::TypeApproval(Box::new(TypeApprovalClaim {
        number,
        holder_name: said(fields.get("holder")),
        credit_code: code,
        region_code: region.map(|region| region.as_str().to_owned()),
        instrument_name: said(fields.get("name")),
        models: models(fields.get("model")),
        range: said(fields.get("range")),
        accuracy: said(fields.get("accuracy")),
        authority: said(fields.get("authority")),
        approved_on,
        valid_until,
        origin,
        status,
        status_word,
        flags,
        extra: fields.extra(),
    })))
}

/// Several models in one cell, each once. A stroke belongs to a model, as in `DN15/20`.
fn models(text: &str) -> Vec<String> {
    let mut models: Vec<String> = Vec::new();
    for model in text
        .split(['、', '；', ';', '，', ',', '|', '\n'])
        .filter_map(said)
    {
        if !models.contains(&model) {
            models.push(model);
        }
    }
    models
}
