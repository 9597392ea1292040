//! From a row of 双公示 to claims about a penalty: pure.

use chrono::NaiveDate;
use entity::credit::{CreditFlag, PenaltyClaim, PenaltyKind, identity};
use entity::ingestion::{Claim, Row};
use entity::value::Money;

use super::begin::{self, Told};
use super::low_fine::{Decision, term};
use super::word;
use crate::fields::Fault;
use crate::file::RawRecord;
use crate::form::Form;

/// Fen in 万元.
const FEN_IN_WAN: i64 = 1_000_000;

/// Reads one row.
pub(super) fn row(form: &Form, as_of: NaiveDate, record: RawRecord) -> Row {
    begin::row(form, as_of, record, claims)
}

fn claims(told: &mut Told<'_>) -> Result<Vec<Claim>, Fault> {
    let document_number = told.document_number()?;
    let decided_on = told.key_date("decided_on")?;
    let key = identity(&told.subject.subject.key, &document_number, decided_on);
    let subject = told.subject.subject.clone();
    if let Some(reason) = told.withdrawn() {
        let claim = PenaltyClaim {
            key,
            withdrawn: Some(reason),
            ..PenaltyClaim::default()
        };
        return Ok(vec![Claim::Penalty(Box::new(claim))]);
    }
    let (fine, confiscated) = (amount(told, "fine"), amount(told, "confiscated"));
    let kind_words = [told.text("kind"), told.text("kind_second")];
    let kind_words: Vec<String> = kind_words
        .into_iter()
        .flatten()
        .filter(|words| !word::is_nothing(words))
        .collect();
    let kinds = kinds(told, &kind_words.join("、"), fine.as_ref(), confiscated.as_ref());
    if kinds.contains(&PenaltyKind::Fine)
        && fine.is_none()
        && told.form.columns.values().any(|field| field == "fine")
    {
        told.flag(CreditFlag::AmountMissing);
    }
    let term = term(&Decision {
        kinds: &kinds,
        fine: fine.as_ref().map(Money::fen),
        subject: subject.kind,
        region: told.subject.region.as_ref(),
        decided_on,
    });
    let (valid_until, published_on) = (told.date("valid_until"), told.date("published_on"));
    let deadline_on = told.date("deadline_on");
    if deadline_on.is_some_and(|deadline| deadline < published_on.unwrap_or(decided_on)) {
        told.flag(CreditFlag::PeriodReversed);
    }
    let claim = PenaltyClaim {
        key,
        subject: Some(subject),
        document_number: Some(document_number),
        decided_on: Some(decided_on),
        title: told.text("title"),
        violation: told.text("violation"),
        facts: told.text("facts"),
        basis: told.text("basis"),
        kinds,
        kind_words: Some(kind_words.join("、")).filter(|words| !words.is_empty()),
        content: told.text("content"),
        fine,
        confiscated,
        certificate: told.text("certificate").filter(|text| !word::is_nothing(text)),
        valid_until,
        published_on,
        deadline_on,
        term: Some(term),
        organ: told.text("organ"),
        organ_code: told.text("organ_code"),
        region_code: told
            .subject
            .region
            .as_ref()
            .map(|region| region.as_str().to_owned()),
        status_word: told.text("status"),
        remark: told.text("remark"),
        flags: told.flags(),
        extra: told.extra(),
        ..PenaltyClaim::default()
    };
    let mut claims = vec![Claim::Penalty(Box::new(claim))];
    claims.extend(told.about_enterprise(decided_on));
    Ok(claims)
}

/// An amount of 万元. One that is not a whole number of fen is left out and flagged; one that looks like yuan is kept and flagged.
fn amount(told: &mut Told<'_>, field: &str) -> Option<Money> {
    let written = told.fields.get(field).to_owned();
    if word::is_nothing(&written) {
        return None;
    }
    let Ok(money) = Money::parse_wan(&written) else {
        told.flag(CreditFlag::AmountUnreadable);
        return None;
    };
    let says_unit = written.trim_end().ends_with('元');
    let threshold = |name: &str| told.form.thresholds.get(name).copied();
    let wan = money.fen() / FEN_IN_WAN;
    let is_whole = money.fen() % FEN_IN_WAN == 0;
    let huge = threshold("wan_at_least").is_some_and(|least| wan >= least);
    let round = threshold("round_at_least").is_some_and(|least| is_whole && wan >= least && wan % 100 == 0);
    if !says_unit && (huge || round) {
        told.flag(CreditFlag::AmountLooksLikeYuan);
    }
    Some(money)
}

/// The kinds that the words name, or where they name none the content; amounts tell of a fine and of a confiscation.
fn kinds(
    told: &mut Told<'_>,
    words: &str,
    fine: Option<&Money>,
    confiscated: Option<&Money>,
) -> Vec<PenaltyKind> {
    let mut kinds = word::penalty_kinds(words);
    if kinds.is_empty() {
        kinds = word::penalty_kinds(told.fields.get("content"));
        if !words.is_empty() {
            told.flag(CreditFlag::WordUnknown);
            if kinds.is_empty() {
                kinds.push(PenaltyKind::Other);
            }
        }
    }
    let is_some = |money: Option<&Money>| money.is_some_and(|money| money.fen() > 0);
    for (told, kind) in [
        (is_some(fine), PenaltyKind::Fine),
        (is_some(confiscated), PenaltyKind::Confiscation),
    ] {
        if told {
            kinds.push(kind);
        }
    }
    kinds.sort();
    kinds.dedup();
    kinds
}
