//! From a row of a ledger to claims about an instrument or a type approval: pure.

use chrono::NaiveDate;
use entity::enterprise::{identity_by_name, province};
use entity::ingestion::{Claim, Row, RowContent};
use entity::metrology::{InstrumentClaim, InstrumentFlag, InstrumentStatus, PeriodUnit, VerificationClaim};
use entity::value::{EnterpriseName, RegionCode, SocialCreditCode};

use super::approval;
use super::word::{self, Told};
use crate::fields::{Fault, Fields, begin};
use crate::file::RawRecord;
use crate::form::Form;
use crate::platform::{day, said};
use crate::reference::{province_of_name, was_ever_a_division};
use crate::register::credit_code;

/// Reads one row.
pub(super) fn row(form: &Form, as_of: NaiveDate, record: RawRecord) -> Row {
    let (mut row, fields, raw) = match begin(form, as_of, record) {
        Ok(begun) => begun,
        Err(unreadable) => return *unreadable,
    };
    let claims = if form.columns.values().any(|field| field == "approval_number") {
        approval::claim(&fields).map(|claim| vec![claim])
    } else {
        claims(&fields)
    };
    row.content = match claims {
        Ok(claims) => RowContent::Taken(claims),
        Err(fault) => RowContent::Rejected(fault.reject(form, raw)),
    };
    row
}

fn claims(fields: &Fields) -> Result<Vec<Claim>, Fault> {
    if is_swapped(fields) {
        return Err(Fault {
            field: "serial_number",
            code: "COLUMNS_SWAPPED",
            message: "a column holds what belongs into another: a day stands for the serial number, or a credit code for the name".to_owned(),
            remedy: "put each value under its own header",
        });
    }
    let mut flags = Vec::new();
    let code = credit_code(fields.get("credit_code"));
    if code.as_ref().is_some_and(|code| !code.check_digit_ok())
        || (code.is_none() && text(fields, "credit_code").is_some())
    {
        flags.push(InstrumentFlag::CreditCodeOdd);
    }
    if code.as_ref().is_some_and(SocialCreditCode::is_fictitious) {
        flags.push(InstrumentFlag::Fictitious);
    }
    let name = EnterpriseName::parse(fields.get("owner"));
    let region = region(fields, code.as_ref()).ok_or(Fault {
        field: "region",
        code: "REGION_MISSING",
        message: "the row says not in which district the instrument is used, so nobody could be shown it"
            .to_owned(),
        remedy: "add the code of the county (行政区划代码, GB/T 2260), as 320582",
    })?;
    let by_name = |name: &EnterpriseName| identity_by_name(province(Some(&region), None).as_ref(), name);
    let owner_key = match (&code, &name) {
        (Some(code), _) => Some(code.as_str().to_owned()),
        (None, name) => name.as_ref().map(by_name),
    };
    let status_word = text(fields, "status");
    let status = status_word
        .as_deref()
        .map(|told| known(word::status(told), &mut flags));
    let purposes = word::purposes(fields.get("purpose")).unwrap_or_else(|()| {
        flags.push(InstrumentFlag::WordUnknown);
        Vec::new()
    });
    let control = word_of(fields, "control", word::control, &mut flags);
    let mode = word_of(fields, "mode", word::mode, &mut flags);
    let registered = word_of(fields, "registered", word::yes, &mut flags);
    let filed = word_of(fields, "filed", word::yes, &mut flags);
    let (period, period_word) = period(fields, &mut flags);
    let made_on = date(fields, "made_on", &mut flags);
    let use_by = date(fields, "use_by", &mut flags);
    let verification = verification(fields, &mut flags);
    flags.sort();
    flags.dedup();
    let claim = InstrumentClaim {
        owner_key,
        credit_code: code,
        owner_name: name.map(|name| name.as_str().to_owned()),
        region_code: Some(region.as_str().to_owned()),
        mandatory_code: text(fields, "mandatory_code"),
        name: text(fields, "name"),
        serial_number: text(fields, "serial_number"),
        maker: text(fields, "maker"),
        model: text(fields, "model"),
        range: text(fields, "range"),
        accuracy: text(fields, "accuracy"),
        purposes,
        catalogue_item: text(fields, "catalogue_item"),
        control,
        mode,
        period,
        period_word,
        status: status.map(|status| status.unwrap_or(InstrumentStatus::Unknown)),
        status_word,
        site: text(fields, "site"),
        registered,
        filed,
        type_approval: text(fields, "type_approval"),
        made_on,
        use_by,
        verification,
        flags,
        extra: fields.extra(),
        ..InstrumentClaim::default()
    };
    let placed = claim.placed().ok_or(Fault {
        field: "serial_number",
        code: "INSTRUMENT_UNIDENTIFIED",
        message: "the row has neither a code of the instrument nor a serial number with its owner".to_owned(),
        remedy: "add the code (强检器具唯一性编号), or the serial number (出厂编号) and the owner (使用单位)",
    })?;
    Ok(placed
        .into_iter()
        .map(|claim| Claim::Instrument(Box::new(claim)))
        .collect())
}

/// What a cell says; strokes and 无 say nothing.
fn text(fields: &Fields, field: &str) -> Option<String> {
    said(fields.get(field))
}

/// Whether a day stands where the serial number belongs and something else where the day does, or a credit code for the owner's name.
fn is_swapped(fields: &Fields) -> bool {
    let is_day = |field: &str| matches!(day(fields.get(field)), Ok(Some(_)));
    let is_written = |field: &str| text(fields, field).is_some();
    // A serial number of eight digits can look like a day: only one with its signs between is one.
    let serial = fields.get("serial_number");
    let serial_is_day = serial.contains(['-', '/', '年', '.']) && is_day("serial_number");
    let days = serial_is_day && is_written("verified_on") && !is_day("verified_on");
    let names = credit_code(fields.get("owner")).is_some()
        && is_written("credit_code")
        && credit_code(fields.get("credit_code")).is_none();
    days || names
}

/// The district: by code, by name of its province, or that of the authority that registered the owner if it is a county.
fn region(fields: &Fields, code: Option<&SocialCreditCode>) -> Option<RegionCode> {
    let told = RegionCode::parse(fields.get("region")).or_else(|| province_of_name(fields.get("region")));
    told.or_else(|| {
        let digits = code?.region_digits();
        let county = !digits.ends_with("00") && was_ever_a_division(digits);
        RegionCode::parse(digits).filter(|_| county)
    })
}

/// A word that has to be known.
fn known<T>(read: Option<T>, flags: &mut Vec<InstrumentFlag>) -> Option<T> {
    if read.is_none() {
        flags.push(InstrumentFlag::WordUnknown);
    }
    read
}

fn word_of<T>(
    fields: &Fields,
    field: &str,
    read: fn(&str) -> Option<T>,
    flags: &mut Vec<InstrumentFlag>,
) -> Option<T> {
    known(read(&fields.text(field).filter(|word| !word.is_empty())?), flags)
}

fn date(fields: &Fields, field: &str, flags: &mut Vec<InstrumentFlag>) -> Option<NaiveDate> {
    day(fields.get(field)).unwrap_or_else(|_| {
        flags.push(InstrumentFlag::DateUnreadable);
        None
    })
}

/// The period with the source's word for it.
fn period(
    fields: &Fields,
    flags: &mut Vec<InstrumentFlag>,
) -> (Option<entity::metrology::Period>, Option<String>) {
    let columns = [
        ("period_months", Some(PeriodUnit::Months)),
        ("period_days", Some(PeriodUnit::Days)),
        ("period", None),
    ];
    for (field, unit) in columns {
        let Some(written) = fields.text(field) else {
            continue;
        };
        let period = match word::period(&written, unit) {
            Ok(Told::Period(period)) => Some(period),
            Ok(Told::Assumed(period)) => {
                flags.push(InstrumentFlag::PeriodUnitAssumed);
                Some(period)
            }
            Ok(Told::None) => None,
            Err(()) => {
                flags.push(InstrumentFlag::PeriodUnreadable);
                None
            }
        };
        return (period, Some(written));
    }
    (None, None)
}

/// The verification that the row tells of, if it tells of one.
fn verification(fields: &Fields, flags: &mut Vec<InstrumentFlag>) -> Option<VerificationClaim> {
    let verification = VerificationClaim {
        on: date(fields, "verified_on", flags),
        agency: text(fields, "agency"),
        conclusion: word_of(fields, "conclusion", word::conclusion, flags),
        certificate_kind: word_of(fields, "certificate_kind", word::certificate_kind, flags),
        certificate_number: text(fields, "certificate_number"),
        valid_until: date(fields, "valid_until", flags),
        next_on: date(fields, "next_on", flags),
    };
    // An agency alone is whose business it is, and a day alone on which it is to be done is no verification.
    let told = verification.on.is_some()
        || verification.conclusion.is_some()
        || verification.certificate_number.is_some()
        || verification.valid_until.is_some();
    told.then_some(verification)
}
