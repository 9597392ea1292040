//! Findings (问题线索) about instruments (R59, 计量法 art 13): what a machine can see to be wrong, each with its law and the values that led to it.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::approval::{TypeApproval, approvals_by_keys};
use super::model::{Model, Verification};
use super::query::{by_keys, verifications};
use super::term::{ControlMode, Purpose, StandingReason};
use super::units;
use crate::declaration::Severity;
use crate::enterprise;
use crate::vocabulary::vocabulary;
use crate::{Database, Result, Scope};

vocabulary! {
    /// 检查规则 of instruments: what is looked for.
    InstrumentRule {
        /// In use after the due day, or after the use-by day (R59, 计量法 art 9).
        OverdueInUse = "OVERDUE_IN_USE",
        /// In use without any verification (R59, 计量法 art 9).
        UnverifiedInUse = "UNVERIFIED_IN_USE",
        /// In use although the last verification failed (R59, 计量法 art 9).
        FailedInUse = "FAILED_IN_USE",
        /// Not registered (R59).
        NotRegistered = "NOT_REGISTERED",
        /// Not filed (R59).
        NotFiled = "NOT_FILED",
        /// Range or accuracy in a unit that is not legal (R59, 计量法 art 3).
        UnitNotLegal = "UNIT_NOT_LEGAL",
        /// Verified before its owner was established: one of the two days is wrong, or the owner is another.
        OlderThanOwner = "OLDER_THAN_OWNER",
        /// Under type approval, and made on a day on which the approval that it names was not in effect (计量法 art 13).
        MadeOutsideApproval = "MADE_OUTSIDE_APPROVAL",
    }
}

impl InstrumentRule {
    /// The rules of the notices and the law that the finding rests on.
    pub fn basis(self) -> &'static str {
        match self {
            Self::OverdueInUse | Self::UnverifiedInUse | Self::FailedInUse => "R59；《计量法》第九条",
            Self::NotRegistered | Self::NotFiled => "R59；《计量法》第九条",
            Self::UnitNotLegal => "R59；《计量法》第三条",
            Self::OlderThanOwner => "数据核对",
            Self::MadeOutsideApproval => "《计量法》第十三条",
        }
    }
}

/// A finding about an instrument.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InstrumentFinding {
    /// What was looked for.
    pub rule: InstrumentRule,
    /// How much it matters.
    pub severity: Severity,
    /// The values that led to it, by what they are.
    pub values: Vec<(&'static str, String)>,
}

/// Every finding of an instrument on a day. One that was stopped or scrapped has none.
pub fn findings(
    instrument: &Model,
    verifications: &[Verification],
    owner_established: Option<NaiveDate>,
    approval: Option<&TypeApproval>,
    on: NaiveDate,
) -> Vec<InstrumentFinding> {
    let standing = instrument.standing(verifications, on);
    if standing.reason == StandingReason::NotMeasuring {
        return Vec::new();
    }
    let found = |rule, severity, values| InstrumentFinding {
        rule,
        severity,
        values,
    };
    let mut all = Vec::new();
    let in_use = match standing.reason {
        StandingReason::PastDue | StandingReason::PastUseBy => Some(InstrumentRule::OverdueInUse),
        StandingReason::NeverVerified => Some(InstrumentRule::UnverifiedInUse),
        StandingReason::Failed => Some(InstrumentRule::FailedInUse),
        _ => None,
    };
    if let Some(rule) = in_use {
        let mut values = vec![("reason", standing.reason.as_str().to_owned())];
        values.extend(standing.due_on.map(|day| ("dueOn", day.to_string())));
        all.push(found(rule, Severity::Serious, values));
    }
    // Two facts: an instrument can be in the owner's register and not filed with the bureau, and the other way round.
    let missing = [
        (instrument.registered, InstrumentRule::NotRegistered),
        (instrument.filed, InstrumentRule::NotFiled),
    ];
    let missing = missing.into_iter().filter(|(fact, _)| *fact == Some(false));
    all.extend(missing.map(|(_, rule)| found(rule, Severity::Warning, Vec::new())));
    let medical = instrument
        .purposes
        .0
        .iter()
        .any(|word| word == Purpose::Medical.as_str());
    let texts = [&instrument.measuring_range, &instrument.accuracy];
    let mut odd = Vec::new();
    for (unit, instead) in texts
        .into_iter()
        .flatten()
        .flat_map(|text| units::not_legal(text, medical))
    {
        odd.push(("unit", unit));
        odd.push(("instead", instead.to_owned()));
    }
    if !odd.is_empty() {
        all.push(found(InstrumentRule::UnitNotLegal, Severity::Warning, odd));
    }
    let first = verifications.iter().find_map(|one| one.verified_on);
    if let Some((first, since)) = first
        .zip(owner_established)
        .filter(|(first, since)| first < since)
    {
        let values = vec![
            ("verifiedOn", first.to_string()),
            ("establishedOn", since.to_string()),
        ];
        all.push(found(InstrumentRule::OlderThanOwner, Severity::Info, values));
    }
    all.extend(approval.and_then(|approval| outside(instrument, approval)));
    all
}

/// A new product may be made once its type is approved. What the hub does not know is no finding: an approval that it does not hold, and
/// an instrument of which nobody tells that it is under type approval.
fn outside(instrument: &Model, approval: &TypeApproval) -> Option<InstrumentFinding> {
    let control = instrument.terms().control?;
    let made_on = instrument.made_on?;
    if control == ControlMode::Verification || !approval.is_outside(made_on) {
        return None;
    }
    let mut values = vec![
        ("typeApproval", approval.key.clone()),
        ("madeOn", made_on.to_string()),
    ];
    values.extend(approval.approved_on.map(|day| ("approvedOn", day.to_string())));
    values.extend(approval.valid_until.map(|day| ("validUntil", day.to_string())));
    Some(InstrumentFinding {
        rule: InstrumentRule::MadeOutsideApproval,
        severity: Severity::Warning,
        values,
    })
}

/// The findings of instruments, each on a day. One that the reader may not see has none.
pub async fn findings_on(
    db: &Database,
    scope: &Scope,
    wanted: &[(String, NaiveDate)],
) -> Result<HashMap<(String, NaiveDate), Vec<InstrumentFinding>>> {
    let keys: Vec<String> = wanted.iter().map(|(key, _)| key.clone()).collect();
    let instruments = by_keys(db, scope, &keys).await?;
    let verified = verifications(db, scope, &keys).await?;
    let mut owners: Vec<String> = instruments.values().map(|one| one.owner_key.clone()).collect();
    owners.sort();
    owners.dedup();
    let owners = enterprise::by_identities(db, scope, &owners).await?;
    let mut approvals: Vec<String> = instruments
        .values()
        .filter_map(|one| one.type_approval_key.clone())
        .collect();
    approvals.sort();
    approvals.dedup();
    let approvals = approvals_by_keys(db, scope, &approvals).await?;
    let mut all = HashMap::new();
    for (key, day) in wanted {
        let Some(instrument) = instruments.get(key) else {
            continue;
        };
        let owner = owners.get(&instrument.owner_key);
        let verified = verified.get(key).map_or(&[][..], Vec::as_slice);
        let since = owner.and_then(|owner| owner.established_on);
        let approval = instrument.type_approval_key.as_ref();
        let approval = approval.and_then(|key| approvals.get(key));
        all.insert(
            (key.clone(), *day),
            findings(instrument, verified, since, approval, *day),
        );
    }
    Ok(all)
}

impl InstrumentFinding {
    fn value(&self, name: &str) -> &str {
        let found = self.values.iter().find(|(one, _)| *one == name);
        found.map_or("", |(_, value)| value)
    }

    fn units(&self) -> String {
        let units: Vec<&str> = self
            .values
            .iter()
            .filter(|(name, _)| *name == "unit")
            .map(|(_, unit)| unit.as_str())
            .collect();
        units.join("、")
    }

    /// In Chinese, in one sentence for a clerk.
    pub fn message_zh(&self) -> String {
        match self.rule {
            InstrumentRule::OverdueInUse => {
                format!("在用器具已于 {} 到期，超期未检或未轮换。", self.value("dueOn"))
            }
            InstrumentRule::UnverifiedInUse => "在用器具没有检定记录。".to_owned(),
            InstrumentRule::FailedInUse => "在用器具最近一次检定不合格。".to_owned(),
            InstrumentRule::NotRegistered => "强检计量器具未登记造册。".to_owned(),
            InstrumentRule::NotFiled => "强检计量器具未备案。".to_owned(),
            InstrumentRule::UnitNotLegal => format!("使用非法定计量单位：{}。", self.units()),
            InstrumentRule::OlderThanOwner => format!(
                "检定日期 {} 早于使用单位成立日期 {}。",
                self.value("verifiedOn"),
                self.value("establishedOn")
            ),
            InstrumentRule::MadeOutsideApproval => format!(
                "出厂日期 {} 不在型式批准 {} 的有效期间内。",
                self.value("madeOn"),
                self.value("typeApproval")
            ),
        }
    }

    /// The same in English.
    pub fn message_en(&self) -> String {
        match self.rule {
            InstrumentRule::OverdueInUse => {
                format!("In use although it was due on {}.", self.value("dueOn"))
            }
            InstrumentRule::UnverifiedInUse => "In use without any verification.".to_owned(),
            InstrumentRule::FailedInUse => "In use although its last verification failed.".to_owned(),
            InstrumentRule::NotRegistered => {
                "Not in the register of instruments under mandatory verification.".to_owned()
            }
            InstrumentRule::NotFiled => "Not filed with the bureau.".to_owned(),
            InstrumentRule::UnitNotLegal => format!("Units that are not legal: {}.", self.units()),
            InstrumentRule::OlderThanOwner => format!(
                "Verified on {}, before its owner was established on {}.",
                self.value("verifiedOn"),
                self.value("establishedOn")
            ),
            InstrumentRule::MadeOutsideApproval => format!(
                "Made on {}, when the type approval {} was not in effect.",
                self.value("madeOn"),
                self.value("typeApproval")
            ),
        }
    }
}
