//! Writing annotations: checked first, then written in one transaction with the change that the feed tells.

use sea_orm::{ActiveModelTrait, IntoActiveModel};

use super::content::{Act, Draft, Move, Revise};
use super::ledger::{self, Entry};
use super::refusal::{Refusal, RefusalReason};
use super::target::Target;
use crate::access::{Audience, Role};
use crate::audit::{self, Asked};
use crate::change::{Change, ChangeReason, Operation, append};
use crate::db::ledger::Sent;
use crate::embargo::Stage;
use crate::ingestion::{changes, lock, remember};
use crate::record::{RecordKind, canonical};
use crate::{Clock, Database, Error, Result, Scope};

const KIND: RecordKind = RecordKind::Annotation;

/// What became of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Annotated {
    /// It is written, now or by an earlier request with the same key.
    Accepted {
        /// The annotation.
        key: String,
        /// The version that it made.
        version: i64,
        /// Whether an earlier request did it.
        replayed: bool,
    },
    /// Nothing was written.
    Refused(Refusal),
}

/// Begins an annotation on a declaration of the district. The idempotency key is the person's own name for the request:
/// sent again with the same content it answers the same and writes nothing.
pub async fn draft(
    db: &Database,
    asked: &Asked,
    scope: &Scope,
    clock: &Clock,
    idempotency_key: &str,
    draft: &Draft,
) -> Result<Annotated> {
    write(db, asked, scope, clock, (idempotency_key, Act::Draft(draft))).await
}

/// Writes a draft of one's own anew.
pub async fn revise(
    db: &Database,
    asked: &Asked,
    scope: &Scope,
    clock: &Clock,
    idempotency_key: &str,
    revise: &Revise,
) -> Result<Annotated> {
    write(db, asked, scope, clock, (idempotency_key, Act::Revise(revise))).await
}

/// Takes an annotation of the own bureau, or of one below it, a step further.
pub async fn step(
    db: &Database,
    asked: &Asked,
    scope: &Scope,
    clock: &Clock,
    idempotency_key: &str,
    step: &Move,
) -> Result<Annotated> {
    write(db, asked, scope, clock, (idempotency_key, Act::Move(step))).await
}

/// Writes, and keeps in the audit trail what was refused; what was written is kept there by the same transaction.
async fn write(
    db: &Database,
    asked: &Asked,
    scope: &Scope,
    clock: &Clock,
    (idempotency_key, act): (&str, Act<'_>),
) -> Result<Annotated> {
    let annotated = take(db, asked, scope, clock, (idempotency_key, act)).await?;
    // Who shows no token is nobody in particular, and could fill the trail by knocking.
    if let Annotated::Refused(refusal) = annotated
        && asked.identity.role != Role::Public
    {
        let why = format!("{}: {}", act.operation(), refusal.reason.as_str());
        let entry = audit::Entry::refused(asked, KIND.as_str(), &why).objects(&[act.subject()]);
        audit::append_alone(db, clock, entry).await?;
    }
    Ok(annotated)
}

async fn take(
    db: &Database,
    asked: &Asked,
    scope: &Scope,
    clock: &Clock,
    (idempotency_key, act): (&str, Act<'_>),
) -> Result<Annotated> {
    if !scope.allows(act.permission()) {
        return Ok(refused(RefusalReason::NotAllowed, None));
    }
    let by = &asked.identity;
    let (body, hash) = canonical(&act).map_err(|cause| Error::inconsistent("annotation request", cause))?;
    let person = by.person();
    if let Some(answer) = replay(ledger::sent(db.own(), &person, idempotency_key, &hash).await?) {
        return Ok(answer);
    }
    let target = match Target::of(db, by, scope, idempotency_key, act).await? {
        Ok(target) => target,
        Err(refusal) => return Ok(Annotated::Refused(refusal)),
    };
    let (key, is_new) = (target.key().to_owned(), target.is_new());
    let transaction = db.begin().await?;
    let stored = lock(&transaction, KIND, &[&key]).await?;
    if let Some(answer) = replay(ledger::sent(&transaction, &person, idempotency_key, &hash).await?) {
        transaction.rollback().await?;
        return Ok(answer);
    }
    let (mut next, at) = match target.settle(&transaction, by, scope, clock).await? {
        Ok(settled) => settled,
        Err(refusal) => {
            transaction.rollback().await?;
            return Ok(Annotated::Refused(refusal));
        }
    };
    let unclear = |problem: &str| Error::inconsistent(format!("annotation {key}"), problem);
    let (told, content_hash) = canonical(&next.body()).map_err(|cause| unclear(&cause.to_string()))?;
    let stored = stored.get(&key).ok_or_else(|| unclear("is not locked"))?;
    let reason = match next.stage()? {
        Stage::Withdrawn => ChangeReason::Withdrawal,
        _ => ChangeReason::Source,
    };
    let mut changes = changes((KIND, &key), stored, &content_hash, next.reach()?, told, reason);
    if next.stage()? == Stage::Withdrawn {
        take_back(&mut changes);
    }
    let last = changes.last().ok_or_else(|| unclear("does not change"))?;
    next.version = last.version;
    let entry = Entry {
        person: &person,
        idempotency_key,
        hash: &hash,
        operation: act.operation(),
        body: &body,
        annotation_key: &key,
        version: last.version,
        received_at: at,
    };
    if !ledger::write(&transaction, &entry).await? {
        transaction.rollback().await?;
        let sent = ledger::sent(db.own(), &person, idempotency_key, &hash).await?;
        return Ok(replay(sent).unwrap_or_else(|| refused(RefusalReason::ChangedMeanwhile, None)));
    }
    remember(&transaction, KIND, std::slice::from_ref(last), &[]).await?;
    let version = next.version;
    let row = next.into_active_model().reset_all();
    if is_new {
        row.insert(&transaction).await?;
    } else {
        row.update(&transaction).await?;
    }
    // Positions are counted, so the feed knows nothing of what is held back, not even for those who see it.
    changes.retain(|change| change.reach.audience != Audience::Staff);
    append(&transaction, &changes, None, at).await?;
    let done = audit::Entry::allowed(asked, KIND.as_str()).objects(&[&key]);
    audit::append(&transaction, clock, done.because(act.operation())).await?;
    transaction.commit().await?;
    Ok(Annotated::Accepted {
        key,
        version,
        replayed: false,
    })
}

fn refused(reason: RefusalReason, field: Option<&'static str>) -> Annotated {
    Annotated::Refused(Refusal::new(reason, field))
}

/// The answer to a request that came before.
fn replay(sent: Sent<ledger::Earlier>) -> Option<Annotated> {
    match sent {
        Sent::First => None,
        Sent::Again((key, version)) => Some(Annotated::Accepted {
            key,
            version,
            replayed: true,
        }),
        Sent::Otherwise => {
            let reason = RefusalReason::IdempotencyKeyReused;
            Some(refused(reason, Some("idempotencyKey")))
        }
    }
}

/// What was taken back is gone for those who saw it, while the bureau goes on seeing what it took back and why.
fn take_back(changes: &mut [Change]) {
    for change in changes {
        if change.operation == Operation::Leave {
            change.operation = Operation::Delete;
        }
    }
}
