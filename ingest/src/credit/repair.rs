//! From a row of repairs (信用修复) to claims about the repair and, in passing, about its target: pure.

use chrono::NaiveDate;
use entity::credit::{
    CreditList, ListingClaim, PenaltyClaim, RepairClaim, RepairResult, RepairTarget, RepairTold, identity,
    listing_identity, repair_identity,
};
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
    let Some(target) = word::repair_target(told.fields.get("target")) else {
        return Err(Fault {
            field: "target",
            code: "REPAIR_TARGET_UNKNOWN",
            message: format!("{:?} is nothing that can be repaired", told.fields.get("target")),
            remedy: "write 行政处罚, 经营异常名录 or 严重违法失信名单",
        });
    };
    let target_key = target_key(told, target)?;
    let applied_on = told.key_date("applied_on")?;
    let key = repair_identity(&target_key, applied_on);
    if let Some(withdrawn) = told.withdrawn() {
        let claim = RepairClaim {
            key: key.clone(),
            withdrawn: Some(withdrawn),
            ..RepairClaim::default()
        };
        return Ok(vec![
            Claim::Repair(Box::new(claim)),
            in_passing(
                target,
                target_key,
                RepairTold {
                    key,
                    approved_on: None,
                },
            ),
        ]);
    }
    let result_word = told.text("result").unwrap_or_default();
    let Some(result) = word::repair_result(&result_word) else {
        return Err(Fault {
            field: "result",
            code: "REPAIR_RESULT_UNKNOWN",
            message: format!("{result_word:?} is no result of a repair"),
            remedy: "write 已申请, 已受理, 准予修复 or 不予修复",
        });
    };
    let (accepted_on, decided_on) = (told.date("accepted_on"), told.date("decided_on"));
    if result == RepairResult::Approved && decided_on.is_none() {
        return Err(Fault {
            field: "decided_on",
            code: "REPAIR_DAY_MISSING",
            message: "the repair is approved and nobody says when".to_owned(),
            remedy: "add the day of the decision (修复决定日期): the publication ends on it",
        });
    }
    let approved_on = decided_on.filter(|_| result == RepairResult::Approved);
    let claim = RepairClaim {
        key: key.clone(),
        subject: Some(told.subject.subject.clone()),
        target: Some(target),
        target_key: Some(target_key.clone()),
        applied_on: Some(applied_on),
        accepted_on,
        decided_on,
        result: Some(result),
        result_word: Some(result_word),
        organ: told.text("organ"),
        region_code: told
            .subject
            .region
            .as_ref()
            .map(|region| region.as_str().to_owned()),
        withdrawn: None,
        flags: told.flags(),
        extra: told.extra(),
    };
    let mut claims = vec![
        Claim::Repair(Box::new(claim)),
        in_passing(target, target_key, RepairTold { key, approved_on }),
    ];
    claims.extend(told.about_enterprise(applied_on));
    Ok(claims)
}

/// The record that is repaired, as its own rows name it.
fn target_key(told: &mut Told<'_>, target: RepairTarget) -> Result<String, Fault> {
    let list = match target {
        RepairTarget::Penalty => {
            let document = told.document_number()?;
            let decided_on = told.key_date("penalty_decided_on")?;
            return Ok(identity(&told.subject.subject.key, &document, decided_on));
        }
        RepairTarget::Abnormal => CreditList::Abnormal,
        RepairTarget::Serious => CreditList::Serious,
    };
    let listed_on = told.key_date("listed_on")?;
    let reason = told.text("reason").unwrap_or_default();
    Ok(listing_identity(
        &told.subject.subject.key,
        list,
        listed_on,
        &reason,
    ))
}

/// What the repair says about its target.
fn in_passing(target: RepairTarget, key: String, repair: RepairTold) -> Claim {
    match target {
        RepairTarget::Penalty => Claim::Penalty(Box::new(PenaltyClaim {
            key,
            repair: Some(repair),
            ..PenaltyClaim::default()
        })),
        RepairTarget::Abnormal | RepairTarget::Serious => Claim::Listing(Box::new(ListingClaim {
            key,
            repair: Some(repair),
            ..ListingClaim::default()
        })),
    }
}
