//! What can be told of a submission before the declaration itself is locked: whose it is, and what is against it.

use chrono::NaiveDate;

use super::super::finding::{Surroundings, findings};
use super::super::golden::of_record;
use super::super::judge::{Case, limits_around, surroundings};
use super::super::model::Model;
use super::super::query::by_keys;
use super::content::{DeclaredContent, Revise, Submission, Told, Withdraw};
use super::refusal::{Refusal, RefusalReason};
use crate::enterprise::{self, Declarer, Enterprise, EnterpriseFlag, EnterpriseStatus};
use crate::product::ProductClaim;
use crate::value::{EnterpriseName, RegionCode, SocialCreditCode, StandardNumber};
use crate::{Database, Result, Scope};

/// What is to be written.
pub(super) enum Act {
    Record(Box<Told>),
    End { key: String },
}

/// Whose submission it is, and the declaration that it is about, as far as there is one to revise or withdraw.
pub(super) struct Subject {
    pub(super) owner: String,
    present: Option<Model>,
}

impl Subject {
    /// The enterprise that the credit code names, or the one that declared.
    pub(super) async fn of(db: &Database, scope: &Scope, submission: &Submission) -> Result<Option<Self>> {
        let key = match submission {
            Submission::Declare(declare) => {
                let code = SocialCreditCode::parse(&declare.credit_code);
                return Ok(code.map(|code| Self {
                    owner: code.as_str().to_owned(),
                    present: None,
                }));
            }
            Submission::Revise(Revise { key, .. }) | Submission::Withdraw(Withdraw { key, .. }) => key,
        };
        let mut known = by_keys(db, scope, std::slice::from_ref(key)).await?;
        Ok(known.remove(key).map(|present| Self {
            owner: present.owner_key.clone(),
            present: Some(present),
        }))
    }
}

/// Why a submission is about nobody and nothing.
pub(super) fn no_subject(submission: &Submission) -> Refusal {
    match submission {
        Submission::Declare(_) => Refusal::new(RefusalReason::CreditCodeInvalid, Some("creditCode")),
        _ => Refusal::new(RefusalReason::NotDeclared, Some("id")),
    }
}

/// Everything that can be told before the declaration itself is looked at.
pub(super) async fn prepare(
    db: &Database,
    scope: &Scope,
    subject: &Subject,
    submission: &Submission,
    today: NaiveDate,
) -> Result<std::result::Result<Act, Vec<Refusal>>> {
    let (name, region, number, content) = match (submission, &subject.present) {
        (Submission::Declare(declare), _) => (
            &declare.enterprise_name,
            declare.region_code.as_deref(),
            &declare.standard_number,
            &declare.content,
        ),
        (Submission::Revise(revise), Some(present)) => (
            &revise.enterprise_name,
            Some(present.region.as_str()).filter(|region| !region.is_empty()),
            &present.standard_number,
            &revise.content,
        ),
        (Submission::Withdraw(withdraw), _) => {
            return Ok(Ok(Act::End {
                key: withdraw.key.clone(),
            }));
        }
        (Submission::Revise(_), None) => return Ok(Err(vec![no_subject(submission)])),
    };
    let owner = subject.owner.as_str();
    let identities = [owner.to_owned()];
    let known = enterprise::by_identities(db, scope, &identities).await?;
    let known = known.get(owner);
    let mut refusals = content_refusals(content, today);
    let declarer = match declarer(owner, name.as_deref(), region, known) {
        Ok(declarer) => declarer,
        Err(refusal) => {
            refusals.push(refusal);
            return Ok(Err(refusals));
        }
    };
    let told = Told::new(declarer, owner, StandardNumber::parse(number), content, today);
    let declaration = of_record(&told.declaration);
    let around = around(db, scope, &declaration, &told.products, today).await?;
    let found = findings(&declaration, &around);
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
async fn around(
    db: &Database,
    scope: &Scope,
    declaration: &Model,
    products: &[ProductClaim],
    today: NaiveDate,
) -> Result<Surroundings> {
    let case = Case {
        declaration,
        cited: &[],
        products: products.iter().flat_map(ProductClaim::words).collect(),
    };
    let limits = limits_around(db, scope, std::iter::once(declaration), today).await?;
    let around = surroundings(db, scope, &[case], &limits, today).await?;
    // The name of the request is the present one.
    Ok(Surroundings {
        enterprise: None,
        ..around.into_iter().next().unwrap_or_default()
    })
}
