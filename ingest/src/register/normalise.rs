//! From a row of a register to claims about an enterprise: pure.

use chrono::NaiveDate;
use entity::enterprise::{
    EnterpriseClaim, EnterpriseFlag, EnterpriseStatus, FormerName, identity_by_name, province,
};
use entity::ingestion::{Claim, Reject, Row, RowContent};
use entity::value::{EnterpriseName, RegionCode};

use super::{code_flags, credit_code, word};
use crate::fields::{Fields, begin};
use crate::file::RawRecord;
use crate::form::Form;
use crate::platform::day;
use crate::reference::province_of_name;

/// Reads one row.
pub(super) fn row(form: &Form, as_of: NaiveDate, record: RawRecord) -> Row {
    let (mut row, fields, raw) = match begin(form, as_of, record) {
        Ok(begun) => begun,
        Err(unreadable) => return *unreadable,
    };
    row.content = match claims(&fields) {
        Some(claims) => RowContent::Taken(claims),
        None => RowContent::Rejected(Reject {
            field: form
                .columns
                .iter()
                .find(|(_, field)| *field == "name")
                .map(|(header, _)| header.clone()),
            code: "ENTERPRISE_MISSING",
            message: "the row names no enterprise: neither a credit code nor a name can be read".to_owned(),
            remedy: "add the credit code (统一社会信用代码) or the full name of the enterprise".to_owned(),
            raw,
        }),
    };
    row
}

fn claims(fields: &Fields) -> Option<Vec<Claim>> {
    let code = credit_code(fields.get("credit_code"));
    let name = EnterpriseName::parse(fields.get("name"));
    let region = RegionCode::parse(fields.get("region")).or_else(|| province_of_name(fields.get("province")));
    let mut flags = code.as_ref().map(code_flags).unwrap_or_default();
    if code.is_none() && !fields.get("credit_code").is_empty() {
        flags.push(EnterpriseFlag::CreditCodeUnreadable);
    }
    let by_name = name
        .as_ref()
        .map(|name| identity_by_name(province(region.as_ref(), code.as_ref()).as_ref(), name));
    let key = code
        .as_ref()
        .map(|code| code.as_str().to_owned())
        .or_else(|| by_name.clone())?;
    let status_word = fields.text("status");
    let status = status_word
        .as_deref()
        .map(|text| word::status(text).unwrap_or(EnterpriseStatus::Unknown));
    if status == Some(EnterpriseStatus::Unknown) {
        flags.push(EnterpriseFlag::StatusWordUnknown);
    }
    let days = ["established", "renamed_on"].map(|field| day(fields.get(field)));
    if days.iter().any(Result::is_err) {
        flags.push(EnterpriseFlag::DateUnreadable);
    }
    if fields.personal_in_text() {
        flags.push(EnterpriseFlag::PersonalDataInText);
    }
    let [established_on, renamed_on] = days.map(Result::unwrap_or_default);
    flags.sort();
    flags.dedup();
    let alias = code
        .as_ref()
        .zip(by_name)
        .map(|(code, key)| EnterpriseClaim::alias(key, code));
    let claim = EnterpriseClaim {
        key,
        credit_code: code,
        organization_code: fields.text("organization_code"),
        name,
        former_names: former_names(fields, renamed_on),
        status,
        status_word,
        region_code: region.map(|region| region.as_str().to_owned()),
        address: fields.text("address"),
        established_on,
        flags,
        extra: fields.extra(),
        ..EnterpriseClaim::default()
    };
    let all = std::iter::once(claim).chain(alias);
    Some(all.map(|claim| Claim::Enterprise(Box::new(claim))).collect())
}

/// 曾用名: several are told apart by a semicolon or a Chinese comma; the day of the change is that of the last.
fn former_names(fields: &Fields, renamed_on: Option<NaiveDate>) -> Vec<FormerName> {
    let mut names: Vec<FormerName> = fields
        .get("former_names")
        .split([';', '；', '、', '|'])
        .filter_map(EnterpriseName::parse)
        .map(|name| FormerName { name, until: None })
        .collect();
    if let Some(last) = names.last_mut() {
        last.until = renamed_on;
    }
    names
}
