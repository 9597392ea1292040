//! From a row of 双公示 to claims about a licence: pure.

use chrono::NaiveDate;
use entity::credit::{CreditFlag, LicenceClaim, LicenceStatus, identity};
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
    let document_number = told.document_number()?;
    let decided_on = told.key_date("decided_on")?;
    let key = identity(&told.subject.subject.key, &document_number, decided_on);
    // The state 撤销 is one of the licence: it is told, and nothing is taken back.
    if word::withdraws(told.fields.get("op")) {
        let claim = LicenceClaim {
            key,
            withdrawn: told.withdrawn(),
            ..LicenceClaim::default()
        };
        return Ok(vec![Claim::Licence(Box::new(claim))]);
    }
    let status_word = told.text("status");
    let status = status_word.as_deref().map(word::licence_status);
    if status == Some(LicenceStatus::Unknown) {
        told.flag(CreditFlag::WordUnknown);
    }
    let (valid_from, valid_until) = (told.date("valid_from"), told.date("valid_until"));
    if valid_until.is_some_and(|until| until < valid_from.unwrap_or(decided_on)) {
        told.flag(CreditFlag::PeriodReversed);
    }
    let claim = LicenceClaim {
        key,
        subject: Some(told.subject.subject.clone()),
        document_number: Some(document_number),
        document_name: told.text("document_name"),
        decided_on: Some(decided_on),
        kind: told.text("kind"),
        certificate_name: told.text("certificate_name"),
        certificate_number: told.text("certificate_number"),
        content: told.text("content"),
        valid_from,
        valid_until,
        organ: told.text("organ"),
        organ_code: told.text("organ_code"),
        region_code: told
            .subject
            .region
            .as_ref()
            .map(|region| region.as_str().to_owned()),
        status,
        status_word,
        remark: told.text("remark"),
        withdrawn: None,
        flags: told.flags(),
        extra: told.extra(),
    };
    let mut claims = vec![Claim::Licence(Box::new(claim))];
    claims.extend(told.about_enterprise(decided_on));
    Ok(claims)
}
