//! Taking a submission: checked first, then written in one transaction.

use chrono::NaiveDate;
use sea_orm::{DatabaseTransaction, EntityTrait};

use super::super::claim::DeclarationClaim;
use super::super::finding::{Surroundings, findings};
use super::super::golden::of_record;
use super::super::judge::{Case, limits_around, surroundings};
use super::super::model::{Entity, Model};
use super::super::term::DeclarationStatus;
use super::content::{Declare, DeclaredContent, Revise, Submission, Told, Withdraw, same_content};
use super::ledger::{self, Entry};
use super::refusal::{Refusal, RefusalReason};
use crate::enterprise::{self, Declarer, Enterprise, EnterpriseFlag, EnterpriseStatus};
use crate::ingestion::{Claim, Row, RowContent, assertion, daily};
use crate::record::{RecordKind, canonical};
use crate::value::{EnterpriseName, RegionCode, SocialCreditCode, StandardNumber};
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

/// What is to be written.
enum Act {
    Record(Box<Told>),
    End { key: String },
}

/// Takes a submission. The key is the enterprise's own name for the request: sent again with the same content it answers
/// the same and writes nothing.
pub async fn submit(
    db: &Database,
    scope: &Scope,
    clock: &Clock,
    idempotency_key: &str,
    submission: &Submission,
) -> Result<Submitted> {
    let (body, hash) = canonical(submission).map_err(|cause| Error::inconsistent("submission", cause))?;
    let Some(owner) = owner(db, scope, submission).await? else {
        return Ok(refused(missing_owner(submission)));
    };
    if let Some(answer) = replay(
        ledger::earlier(db.reader(), &owner, idempotency_key).await?,
        &hash,
    ) {
        return Ok(answer);
    }
    let today = clock.today();
    let act = match prepare(db, scope, &owner, submission, today).await? {
        Ok(act) => act,
        Err(refusals) => return Ok(Submitted::Refused(refusals)),
    };
    let transaction = db.begin().await?;
    let run = daily::lock(&transaction, SOURCE, today, clock.now()).await?;
    if let Some(answer) = replay(
        ledger::earlier(&transaction, &owner, idempotency_key).await?,
        &hash,
    ) {
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
        owner_key: &owner,
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
        let earlier = ledger::earlier(db.reader(), &owner, idempotency_key).await?;
        return Ok(replay(earlier, &hash)
            .unwrap_or_else(|| refused(Refusal::new(RefusalReason::ChangedMeanwhile, None))));
    }
    let row = Row {
        row_no: run.checkpoint + 1,
        line_no: run.checkpoint + 1,
        source: SOURCE.to_owned(),
        as_of: today,
        content: RowContent::Taken(claims),
    };
    daily::take(&transaction, clock, run, &hash, row).await?;
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

fn missing_owner(submission: &Submission) -> Refusal {
    match submission {
        Submission::Declare(_) => Refusal::new(RefusalReason::CreditCodeInvalid, Some("creditCode")),
        _ => Refusal::new(RefusalReason::NotDeclared, Some("id")),
    }
}

/// Whose submission it is: the enterprise that the credit code names, or the one that declared.
async fn owner(db: &Database, scope: &Scope, submission: &Submission) -> Result<Option<String>> {
    let key = match submission {
        Submission::Declare(declare) => {
            return Ok(SocialCreditCode::parse(&declare.credit_code).map(|code| code.as_str().to_owned()));
        }
        Submission::Revise(Revise { key, .. }) | Submission::Withdraw(Withdraw { key, .. }) => key,
    };
    let known = super::super::by_keys(db, scope, std::slice::from_ref(key)).await?;
    Ok(known.get(key).map(|declaration| declaration.owner_key.clone()))
}

/// The answer to a request that came before.
fn replay(earlier: Option<ledger::Earlier>, hash: &str) -> Option<Submitted> {
    let earlier = earlier?;
    if earlier.hash != hash {
        let reused = Refusal::new(RefusalReason::IdempotencyKeyReused, Some("idempotencyKey"));
        return Some(refused(reused));
    }
    Some(Submitted::Accepted {
        key: earlier.declaration_key,
        record_id: earlier.record_id,
        replayed: true,
    })
}

/// Everything that can be told before the declaration itself is looked at.
async fn prepare(
    db: &Database,
    scope: &Scope,
    owner: &str,
    submission: &Submission,
    today: NaiveDate,
) -> Result<std::result::Result<Act, Vec<Refusal>>> {
    let (name, region, number, content) = match submission {
        Submission::Declare(Declare {
            enterprise_name,
            region_code,
            standard_number,
            content,
            ..
        }) => (
            enterprise_name,
            region_code.clone(),
            standard_number.clone(),
            content,
        ),
        Submission::Revise(Revise {
            key,
            enterprise_name,
            content,
            ..
        }) => {
            let known = super::super::by_keys(db, scope, std::slice::from_ref(key)).await?;
            let Some(known) = known.get(key) else {
                return Ok(Err(vec![missing_owner(submission)]));
            };
            let region = Some(known.region.clone()).filter(|region| !region.is_empty());
            (enterprise_name, region, known.standard_number.clone(), content)
        }
        Submission::Withdraw(Withdraw { key, .. }) => return Ok(Ok(Act::End { key: key.clone() })),
    };
    let identities = [owner.to_owned()];
    let known = enterprise::by_identities(db, scope, &identities).await?;
    let known = known.get(owner);
    let mut refusals = content_refusals(content, today);
    let declarer = match declarer(owner, name.as_deref(), region.as_deref(), known) {
        Ok(declarer) => declarer,
        Err(refusal) => {
            refusals.push(refusal);
            return Ok(Err(refusals));
        }
    };
    let told = Told::new(declarer, owner, StandardNumber::parse(&number), content, today);
    let around = around(db, scope, &told, today).await?;
    let found = findings(&of_record(&told.declaration), &around);
    refusals.extend(found.into_iter().filter_map(Refusal::of_finding));
    Ok(if refusals.is_empty() {
        Ok(Act::Record(Box::new(told)))
    } else {
        Err(refusals)
    })
}

fn content_refusals(content: &DeclaredContent, today: NaiveDate) -> Vec<Refusal> {
    let mut refusals = Vec::new();
    if content.products.is_empty() {
        refusals.push(Refusal::new(
            RefusalReason::ProductsMissing,
            Some("content.products"),
        ));
    }
    if content.published_on.is_some_and(|day| day > today) {
        refusals.push(Refusal::new(
            RefusalReason::PublishedInFuture,
            Some("content.publishedOn"),
        ));
    }
    refusals
}

fn declarer(
    owner: &str,
    name: Option<&str>,
    region: Option<&str>,
    known: Option<&Enterprise>,
) -> std::result::Result<Declarer, Refusal> {
    use EnterpriseStatus::{Deregistered, LicenceRevoked, RegistrationAnnulled};
    let status = known.and_then(|known| known.status.as_deref()?.parse().ok());
    if matches!(status, Some(Deregistered | LicenceRevoked | RegistrationAnnulled)) {
        return Err(Refusal::new(RefusalReason::EnterpriseGone, None));
    }
    let name = name.or(known.map(|known| known.name.as_str()));
    let Some(name) = name.and_then(EnterpriseName::parse) else {
        let missing = Refusal::new(RefusalReason::EnterpriseNameMissing, Some("enterpriseName"));
        return Err(missing);
    };
    let region = region.or(known
        .map(|known| known.region.as_str())
        .filter(|region| !region.is_empty()));
    let invalid = || Refusal::new(RefusalReason::RegionInvalid, Some("regionCode"));
    let region = region.map(|region| RegionCode::parse(region).ok_or_else(invalid));
    let code = SocialCreditCode::parse(owner);
    Ok(Declarer {
        flags: code.as_ref().map(EnterpriseFlag::of_code).unwrap_or_default(),
        code,
        name: Some(name),
        region: region.transpose()?,
        organization_code: None,
        address: None,
    })
}

/// What is around a declaration that is not written yet.
async fn around(db: &Database, scope: &Scope, told: &Told, today: NaiveDate) -> Result<Surroundings> {
    let declaration = of_record(&told.declaration);
    let products = told.products.iter().flat_map(|product| {
        let told = [
            Some(&product.name),
            product.generic_name.as_ref(),
            product.category.as_ref(),
        ];
        told.into_iter().flatten().map(String::as_str)
    });
    let case = Case {
        declaration: &declaration,
        cited: &[],
        products: products.collect(),
    };
    let limits = limits_around(db, scope, std::iter::once(&declaration), today).await?;
    let around = surroundings(db, scope, &[case], &limits, today).await?;
    // The name of the request is the present one.
    Ok(Surroundings {
        enterprise: None,
        ..around.into_iter().next().unwrap_or_default()
    })
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
        (Act::End { .. }, None) => Err(missing_owner(submission)),
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
        return Ok(Some(missing_owner(submission)));
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
