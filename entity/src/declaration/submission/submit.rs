//! Taking a submission: checked first, then written in one transaction.

use chrono::NaiveDate;
use sea_orm::{DatabaseTransaction, EntityTrait};

use super::super::claim::DeclarationClaim;
use super::super::model::{Entity, Model};
use super::super::term::DeclarationStatus;
use super::content::{Revise, Submission, Withdraw, same_content};
use super::ledger::{self, Entry};
use super::prepare::{Act, Subject, no_subject, prepare};
use super::refusal::{Refusal, RefusalReason};
use crate::audit::{self, Asked};
use crate::db::ledger::Sent;
use crate::ingestion::{Claim, Row, RowContent, assertion, daily};
use crate::record::{RecordKind, canonical};
use crate::{Clock, Database, Error, Result, Scope};

/// The source that enterprises are when they declare through the hub.
const SOURCE: &str = "enterprise-self";

/// What became of a submission.
#[derive(Debug, Clone)]
pub enum Submitted {
    /// It is written, now or by an earlier request with the same key.
    Accepted {
        /// The declaration.
        key: String,
        /// The record that it made or ended.
        record_id: String,
        /// Whether an earlier request did it.
        replayed: bool,
    },
    /// Nothing was written, for these reasons.
    Refused(Vec<Refusal>),
}

/// Takes a submission. The key is the enterprise's own name for the request: sent again with the same content it answers
/// the same and writes nothing. What was taken or refused stands in the audit trail.
pub async fn submit(
    db: &Database,
    scope: &Scope,
    clock: &Clock,
    asked: &Asked,
    idempotency_key: &str,
    submission: &Submission,
) -> Result<Submitted> {
    let submitted = take(db, scope, clock, asked, idempotency_key, submission).await?;
    if let Submitted::Refused(refusals) = &submitted {
        let reasons: Vec<&str> = refusals.iter().map(|refusal| refusal.reason.as_str()).collect();
        let why = format!("{}: {}", submission.operation(), reasons.join(", "));
        let entry = audit::Entry::refused(asked, RecordKind::Declaration.as_str(), &why);
        audit::append_alone(db, clock, entry.objects(&[submission.subject()])).await?;
    }
    Ok(submitted)
}

async fn take(
    db: &Database,
    scope: &Scope,
    clock: &Clock,
    asked: &Asked,
    idempotency_key: &str,
    submission: &Submission,
) -> Result<Submitted> {
    let (body, hash) = canonical(submission).map_err(|cause| Error::inconsistent("submission", cause))?;
    let Some(subject) = Subject::of(db, scope, submission).await? else {
        return Ok(refused(no_subject(submission)));
    };
    let owner = &subject.owner;
    if scope.enterprise().is_some_and(|own| own.as_str() != owner) {
        return Ok(refused(Refusal::not_open()));
    }
    if let Some(answer) = replay(ledger::sent(db.reader(), owner, idempotency_key, &hash).await?) {
        return Ok(answer);
    }
    let today = clock.today();
    let act = match prepare(db, scope, &subject, submission, today).await? {
        Ok(act) => act,
        Err(refusals) => return Ok(Submitted::Refused(refusals)),
    };
    let transaction = db.begin().await?;
    let run = daily::lock(&transaction, SOURCE, today, clock.now()).await?;
    if let Some(answer) = replay(ledger::sent(&transaction, owner, idempotency_key, &hash).await?) {
        transaction.rollback().await?;
        return Ok(answer);
    }
    let record = format!("HUB-{}-{:06}", today.format("%Y%m%d"), run.checkpoint + 1);
    let (key, claims, record_id) = match settle(&transaction, act, submission, record, today).await? {
        Ok(settled) => settled,
        Err(refusal) => {
            transaction.rollback().await?;
            return Ok(refused(refusal));
        }
    };
    let entry = Entry {
        owner_key: owner,
        idempotency_key,
        hash: &hash,
        operation: submission.operation(),
        body: &body,
        declaration_key: &key,
        record_id: &record_id,
        run_id: &run.id,
        row_no: run.checkpoint + 1,
        received_at: clock.now(),
    };
    if !ledger::write(&transaction, &entry).await? {
        transaction.rollback().await?;
        let sent = ledger::sent(db.reader(), owner, idempotency_key, &hash).await?;
        return Ok(
            replay(sent).unwrap_or_else(|| refused(Refusal::new(RefusalReason::ChangedMeanwhile, None)))
        );
    }
    let row = Row {
        row_no: run.checkpoint + 1,
        line_no: run.checkpoint + 1,
        source: SOURCE.to_owned(),
        as_of: today,
        content: RowContent::Taken(claims),
    };
    daily::take(&transaction, clock, run, &hash, row).await?;
    let entry = audit::Entry::allowed(asked, RecordKind::Declaration.as_str())
        .objects(&[&key])
        .because(submission.operation());
    audit::append(&transaction, clock, entry).await?;
    transaction.commit().await?;
    Ok(Submitted::Accepted {
        key,
        record_id,
        replayed: false,
    })
}

fn refused(refusal: Refusal) -> Submitted {
    Submitted::Refused(vec![refusal])
}

/// The answer to a request that came before.
fn replay(sent: Sent<ledger::Earlier>) -> Option<Submitted> {
    match sent {
        Sent::First => None,
        Sent::Again(earlier) => Some(Submitted::Accepted {
            key: earlier.declaration_key,
            record_id: earlier.record_id,
            replayed: true,
        }),
        Sent::Otherwise => {
            let reused = Refusal::new(RefusalReason::IdempotencyKeyReused, Some("idempotencyKey"));
            Some(refused(reused))
        }
    }
}

type Settled = (String, Vec<Claim>, String);

/// Holds the act against the declaration as it stands now, and gives what is to be written.
async fn settle(
    transaction: &DatabaseTransaction,
    act: Act,
    submission: &Submission,
    record: String,
    today: NaiveDate,
) -> Result<std::result::Result<Settled, Refusal>> {
    let key = match &act {
        Act::Record(told) => told.declaration.key.clone(),
        Act::End { key } => key.clone(),
    };
    let present = Entity::find_by_id(key.as_str()).one(transaction).await?;
    if let Some(refusal) = standing_refusal(transaction, submission, present.as_ref()).await? {
        return Ok(Err(refusal));
    }
    let last = match &present {
        Some(present) => last_claim(transaction, present).await?,
        None => None,
    };
    Ok(match (act, last) {
        (Act::Record(told), Some(last))
            if matches!(submission, Submission::Revise(_)) && same_content(&told.declaration, &last) =>
        {
            Err(Refusal::new(RefusalReason::NothingChanged, Some("content")))
        }
        (Act::Record(mut told), _) => {
            told.declaration.record_id.clone_from(&record);
            Ok((key, told.claims(), record))
        }
        (Act::End { .. }, Some(last)) => {
            let record_id = last.record_id.clone();
            let ended = DeclarationClaim {
                status: Some(DeclarationStatus::Withdrawn),
                abolished_on: Some(today),
                ..last
            };
            Ok((key, vec![Claim::Declaration(Box::new(ended))], record_id))
        }
        (Act::End { .. }, None) => Err(no_subject(submission)),
    })
}

/// Whether the declaration stands in the way of the act.
async fn standing_refusal(
    transaction: &DatabaseTransaction,
    submission: &Submission,
    present: Option<&Model>,
) -> Result<Option<Refusal>> {
    let stands = present.is_some_and(Model::stands);
    let record_id = match submission {
        Submission::Declare(_) => {
            let declared = Refusal::new(RefusalReason::AlreadyDeclared, Some("standardNumber"));
            return Ok(stands.then_some(declared));
        }
        Submission::Revise(Revise { record_id, .. }) | Submission::Withdraw(Withdraw { record_id, .. }) => {
            record_id
        }
    };
    let Some(present) = present else {
        return Ok(Some(no_subject(submission)));
    };
    let reason = if !ledger::made_here(transaction, &present.key, &present.record_id).await? {
        RefusalReason::DeclaredElsewhere
    } else if !stands {
        RefusalReason::Ended
    } else if present.record_id != *record_id {
        RefusalReason::ChangedMeanwhile
    } else {
        return Ok(None);
    };
    Ok(Some(Refusal::new(reason, None)))
}

/// The last record of a declaration as the enterprise told it here.
async fn last_claim(transaction: &DatabaseTransaction, present: &Model) -> Result<Option<DeclarationClaim>> {
    let mut claims = assertion::of(transaction, RecordKind::Declaration, &[&present.key]).await?;
    let told = claims.remove(&present.key).unwrap_or_default();
    told.into_iter()
        .filter(|claim| claim.source == SOURCE && claim.part == present.record_id && !claim.retracted)
        .max_by_key(|claim| claim.as_of)
        .map(|claim| {
            serde_json::from_str(&claim.body).map_err(|cause| Error::inconsistent("submission", cause))
        })
        .transpose()
}
