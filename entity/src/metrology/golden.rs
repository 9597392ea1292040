//! The golden record of an instrument: field by field, and every verification that any source tells of.

use chrono::NaiveDate;
use sea_orm::DatabaseTransaction;
use serde::Serialize;

use super::claim::InstrumentClaim;
use super::due::{Terms, Verified, duty};
use super::history::{self, history};
use super::model::{Model, Verification};
use super::term::{InstrumentFlag, Purpose};
use crate::Result;
use crate::access::Audience;
use crate::db::list::TextList;
use crate::db::rows::{self, Kind};
use crate::ingestion::field::{Fields, Reading, deciding, said};
use crate::ingestion::{Asserted, Domain};
use crate::record::{Reach, RecordKind};
use crate::search::SearchText;
use crate::value::TypeApprovalNumber;

fn day(day: Option<NaiveDate>) -> Option<(usize, String)> {
    day.map(|day| (0, day.to_string()))
}

fn told(fact: Option<bool>) -> Option<(usize, String)> {
    // Of two readings of one day, the one that something was done is the later.
    fact.map(|fact| (usize::from(fact), fact.to_string()))
}

impl Fields for InstrumentClaim {
    const FIELDS: &'static [(&'static str, Reading<Self>)] = &[
        ("owner", |claim| said(claim.owner_key.as_ref())),
        ("creditCode", |claim| {
            claim
                .credit_code
                .as_ref()
                .map(|code| (0, code.as_str().to_owned()))
        }),
        ("ownerName", |claim| said(claim.owner_name.as_ref())),
        ("region", |claim| said(claim.region_code.as_ref())),
        ("mandatoryCode", |claim| said(claim.mandatory_code.as_ref())),
        ("name", |claim| said(claim.name.as_ref())),
        ("serialNumber", |claim| said(claim.serial_number.as_ref())),
        ("maker", |claim| said(claim.maker.as_ref())),
        ("model", |claim| said(claim.model.as_ref())),
        ("range", |claim| said(claim.range.as_ref())),
        ("accuracy", |claim| said(claim.accuracy.as_ref())),
        ("purposes", |claim| {
            let words: Vec<&str> = claim.purposes.iter().map(|purpose| purpose.as_str()).collect();
            (!words.is_empty()).then(|| (0, words.join(" ")))
        }),
        ("catalogueItem", |claim| said(claim.catalogue_item.as_ref())),
        ("control", |claim| {
            claim
                .control
                .map(|mode| (mode as usize, mode.as_str().to_owned()))
        }),
        ("verificationMode", |claim| {
            claim.mode.map(|mode| (mode as usize, mode.as_str().to_owned()))
        }),
        ("period", |claim| {
            claim
                .period
                .map(|period| (0, format!("{} {}", period.count, period.unit.as_str())))
        }),
        ("status", |claim| {
            claim
                .status
                .map(|status| (status as usize, status.as_str().to_owned()))
        }),
        ("site", |claim| said(claim.site.as_ref())),
        ("registered", |claim| told(claim.registered)),
        ("filed", |claim| told(claim.filed)),
        ("typeApprovalNumber", |claim| said(claim.type_approval.as_ref())),
        ("madeOn", |claim| day(claim.made_on)),
        ("useBy", |claim| day(claim.use_by)),
        ("verifiedOn", |claim| day(claim.verification.as_ref()?.on)),
        ("validUntil", |claim| {
            day(claim.verification.as_ref()?.valid_until)
        }),
        ("nextOn", |claim| day(claim.verification.as_ref()?.next_on)),
    ];
}

/// The domain of instruments.
pub(crate) struct Instruments;

/// A golden record with its verifications.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Golden {
    #[serde(flatten)]
    instrument: Model,
    verifications: Vec<Verification>,
}

#[derive(Serialize)]
struct VerificationRow<'a> {
    instrument_key: &'a str,
    ordinal: usize,
    #[serde(flatten)]
    verification: &'a Verification,
}

const INSTRUMENT: &rows::Columns = &[
    ("key", Kind::Text),
    ("owner_key", Kind::Text),
    ("owner", Kind::Text),
    ("owner_name", Kind::Text),
    ("name", Kind::Text),
    ("serial_number", Kind::Text),
    ("maker", Kind::Text),
    ("model", Kind::Text),
    ("measuring_range", Kind::Text),
    ("accuracy", Kind::Text),
    ("purposes", Kind::Text),
    ("catalogue_item", Kind::Text),
    ("mode", Kind::Text),
    ("verification_mode", Kind::Text),
    ("period_count", Kind::Int),
    ("period_unit", Kind::Text),
    ("period_word", Kind::Text),
    ("status", Kind::Text),
    ("status_word", Kind::Text),
    ("site", Kind::Text),
    ("registered", Kind::Bool),
    ("filed", Kind::Bool),
    ("mandatory_code", Kind::Text),
    ("type_approval", Kind::Text),
    ("type_approval_key", Kind::Text),
    ("made_on", Kind::Date),
    ("use_by", Kind::Date),
    ("verified_on", Kind::Date),
    ("due_on", Kind::Date),
    ("duty", Kind::Text),
    ("merged_into", Kind::Text),
    ("flags", Kind::Text),
    ("audience", Kind::Text),
    ("region", Kind::Text),
];

const VERIFICATION: &rows::Columns = &[
    ("instrument_key", Kind::Text),
    ("ordinal", Kind::Int),
    ("verified_on", Kind::Date),
    ("agency", Kind::Text),
    ("conclusion", Kind::Text),
    ("certificate_kind", Kind::Text),
    ("certificate_number", Kind::Text),
    ("valid_until", Kind::Date),
    ("next_on", Kind::Date),
];

impl Domain for Instruments {
    const KIND: RecordKind = RecordKind::MeasuringInstrument;
    type Claim = InstrumentClaim;
    type Golden = Golden;

    fn golden(key: &str, claims: &[Asserted<InstrumentClaim>]) -> Golden {
        let from = |name: &str| deciding(claims, name).map(|asserted| &asserted.claim);
        let text =
            |name: &str, read: fn(&InstrumentClaim) -> Option<&String>| from(name).and_then(read).cloned();
        let (status, period) = (from("status"), from("period"));
        let terms = Terms {
            status: status.and_then(|claim| claim.status),
            control: from("control").and_then(|claim| claim.control),
            mode: from("verificationMode").and_then(|claim| claim.mode),
            period: period.and_then(|claim| claim.period),
            use_by: from("useBy").and_then(|claim| claim.use_by),
        };
        let (verifications, mut flags) = history(claims);
        let verified: Vec<Verified> = verifications.iter().map(Verification::deciding).collect();
        let (duty, due_on) = duty(&terms, &verified);
        let made_on = from("madeOn").and_then(|claim| claim.made_on);
        flags.extend(
            claims
                .iter()
                .flat_map(|asserted| asserted.claim.flags.iter().copied()),
        );
        if history::begins_before(&verifications, made_on) {
            flags.push(InstrumentFlag::VerifiedBeforeMade);
        }
        let code = from("creditCode").and_then(|claim| claim.credit_code.as_ref());
        let merged_into = merged_into(claims);
        let type_approval = text("typeApprovalNumber", |claim| claim.type_approval.as_ref());
        if merged_into.is_err() {
            flags.push(InstrumentFlag::SerialAmbiguous);
        }
        if code.is_none() {
            flags.push(InstrumentFlag::NoCreditCode);
        }
        let instrument = Model {
            key: key.to_owned(),
            owner_key: text("owner", |claim| claim.owner_key.as_ref()).unwrap_or_default(),
            owner: code.map(|code| code.as_str().to_owned()).unwrap_or_default(),
            owner_name: text("ownerName", |claim| claim.owner_name.as_ref()),
            name: text("name", |claim| claim.name.as_ref()).unwrap_or_default(),
            serial_number: text("serialNumber", |claim| claim.serial_number.as_ref()),
            maker: text("maker", |claim| claim.maker.as_ref()),
            model: text("model", |claim| claim.model.as_ref()),
            measuring_range: text("range", |claim| claim.range.as_ref()),
            accuracy: text("accuracy", |claim| claim.accuracy.as_ref()),
            purposes: from("purposes")
                .map(|claim| TextList::distinct(claim.purposes.clone(), Purpose::as_str))
                .unwrap_or_default(),
            catalogue_item: text("catalogueItem", |claim| claim.catalogue_item.as_ref()),
            mode: terms.control.map(|mode| mode.as_str().to_owned()),
            verification_mode: terms.mode.map(|mode| mode.as_str().to_owned()),
            period_count: terms.period.and_then(|period| i32::try_from(period.count).ok()),
            period_unit: terms.period.map(|period| period.unit.as_str().to_owned()),
            period_word: match period {
                Some(claim) => claim.period_word.clone(),
                None => claims
                    .iter()
                    .find_map(|asserted| asserted.claim.period_word.clone()),
            },
            status: terms.status.map(|status| status.as_str().to_owned()),
            status_word: status.and_then(|claim| claim.status_word.clone()),
            site: text("site", |claim| claim.site.as_ref()),
            registered: from("registered").and_then(|claim| claim.registered),
            filed: from("filed").and_then(|claim| claim.filed),
            mandatory_code: text("mandatoryCode", |claim| claim.mandatory_code.as_ref()),
            type_approval_key: type_approval
                .as_deref()
                .and_then(TypeApprovalNumber::parse)
                .map(|number| number.as_str().to_owned()),
            type_approval,
            made_on,
            use_by: terms.use_by,
            verified_on: verifications.last().and_then(|last| last.verified_on),
            due_on,
            duty: duty.as_str().to_owned(),
            merged_into: merged_into.ok().flatten(),
            flags: TextList::distinct(flags, InstrumentFlag::as_str),
            audience: Audience::Enterprise.as_str().to_owned(),
            region: text("region", |claim| claim.region_code.as_ref()).unwrap_or_default(),
        };
        Golden {
            instrument,
            verifications,
        }
    }

    fn reach(golden: &Golden) -> Reach {
        golden.instrument.reach()
    }

    /// Search is for what is public.
    fn search_text(_golden: &Golden) -> Option<SearchText> {
        None
    }

    async fn store(transaction: &DatabaseTransaction, records: &[Golden]) -> Result<()> {
        let instruments: Vec<&Model> = records.iter().map(|golden| &golden.instrument).collect();
        rows::upsert(
            transaction,
            "measuring_instrument",
            "key",
            INSTRUMENT,
            &instruments,
        )
        .await?;
        let keys: Vec<&str> = instruments
            .iter()
            .map(|instrument| instrument.key.as_str())
            .collect();
        rows::delete_by(transaction, "instrument_verification", "instrument_key", &keys).await?;
        let verifications: Vec<VerificationRow<'_>> = records.iter().flat_map(verification_rows).collect();
        rows::insert_missing(
            transaction,
            "instrument_verification",
            VERIFICATION,
            &verifications,
        )
        .await?;
        Ok(())
    }

    async fn remove(transaction: &DatabaseTransaction, keys: &[&str]) -> Result<()> {
        rows::delete_by(transaction, "instrument_verification", "instrument_key", keys).await?;
        rows::delete_by(transaction, "measuring_instrument", "key", keys).await
    }
}

fn verification_rows(golden: &Golden) -> impl Iterator<Item = VerificationRow<'_>> {
    let rows = golden.verifications.iter().enumerate();
    rows.map(|(ordinal, verification)| VerificationRow {
        instrument_key: &golden.instrument.key,
        ordinal,
        verification,
    })
}

/// The one instrument with a code that was seen with the serial number; an error where there are several. A record of which nothing else
/// is said stays out of sight behind the first of them.
fn merged_into(claims: &[Asserted<InstrumentClaim>]) -> std::result::Result<Option<String>, ()> {
    let of_serial = |asserted: &&Asserted<InstrumentClaim>| asserted.claim.same_as.is_some();
    let mut codes: Vec<&String> = claims
        .iter()
        .filter_map(|asserted| asserted.claim.same_as.as_ref())
        .collect();
    codes.sort();
    codes.dedup();
    // Among the claims of an instrument with a code stand those that it is the same as.
    let is_code = claims.iter().any(|asserted| codes.contains(&&asserted.claim.key));
    match codes.as_slice() {
        _ if is_code => Ok(None),
        [] => Ok(None),
        [code] => Ok(Some((*code).clone())),
        [first, ..] if claims.iter().filter(of_serial).count() == claims.len() => Ok(Some((*first).clone())),
        _ => Err(()),
    }
}
