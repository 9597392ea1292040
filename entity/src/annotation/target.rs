//! What an act is about, and what the annotation is after it.

use chrono::{DateTime, Utc};
use sea_orm::{ColumnTrait, DatabaseTransaction, QueryFilter};

use super::content::{Act, Content, Draft};
use super::model::{Column, Entity, Model, Place};
use super::refusal::{Refusal, RefusalReason};
use crate::access::{Identity, Visible};
use crate::change::stamp;
use crate::embargo::{Addressee, Embargo, EmbargoRefusal, Signature, Stage, Step};
use crate::record::sha256_hex;
use crate::value::{RegionCode, SocialCreditCode};
use crate::{Clock, Database, Result, Scope, declaration, enterprise};

/// A value, or why there is none.
type Checked<T> = std::result::Result<T, Refusal>;

/// What an act is about.
pub(super) enum Target<'a> {
    /// An annotation that begins.
    New { place: Place, content: &'a Content },
    /// One that is there, as far as the key is right.
    Known {
        key: &'a str,
        /// Its version when the clerk looked.
        version: i64,
        edit: Edit<'a>,
    },
}

/// What is done to an annotation that is there.
#[derive(Clone, Copy)]
pub(super) enum Edit<'a> {
    Content(&'a Content),
    Step(&'a Step),
}

impl<'a> Target<'a> {
    /// What an act is about, with all that can be told before the annotation itself is locked.
    pub(super) async fn of(
        db: &Database,
        by: &Identity,
        scope: &Scope,
        idempotency_key: &str,
        act: Act<'a>,
    ) -> Result<Checked<Self>> {
        Ok(match act {
            Act::Draft(draft) => begin(db, by, scope, idempotency_key, draft)
                .await?
                .map(|place| Self::New {
                    place,
                    content: &draft.content,
                }),
            Act::Revise(revise) => Ok(Self::Known {
                key: &revise.key,
                version: revise.version,
                edit: Edit::Content(&revise.content),
            }),
            Act::Move(step) => Ok(Self::Known {
                key: &step.key,
                version: step.version,
                edit: Edit::Step(&step.step),
            }),
        })
    }

    /// The key of the annotation.
    pub(super) fn key(&self) -> &str {
        match self {
            Self::New { place, .. } => &place.key,
            Self::Known { key, .. } => key,
        }
    }

    /// Whether the annotation begins.
    pub(super) fn is_new(&self) -> bool {
        matches!(self, Self::New { .. })
    }

    /// The annotation after the act, and the instant of that. The instant is taken last: from then on other writers wait.
    pub(super) async fn settle(
        self,
        transaction: &DatabaseTransaction,
        by: &Identity,
        scope: &Scope,
        clock: &Clock,
    ) -> Result<Checked<(Model, DateTime<Utc>)>> {
        let person = by.person();
        let next = match self {
            Self::New { place, content } => {
                let at = stamp(transaction, clock).await?;
                let embargo = Embargo::begun(Signature { person, at });
                return Ok(Ok((Model::new(place, content, embargo, at), at)));
            }
            Self::Known { key, version, edit } => present(transaction, by, scope, key, version)
                .await?
                .map(|present| (present, edit)),
        };
        let (present, edit) = match next {
            Ok(found) => found,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let at = stamp(transaction, clock).await?;
        Ok(edit.apply(present, &person, at)?.map(|next| (next, at)))
    }
}

/// Where a new annotation goes: it belongs to the bureau of its author, in whose district the declaration lies.
async fn begin(
    db: &Database,
    by: &Identity,
    scope: &Scope,
    idempotency_key: &str,
    draft: &Draft,
) -> Result<Checked<Place>> {
    let refused = |reason| Ok(Err(Refusal::new(reason, Some("declarationId"))));
    let mut known = declaration::by_keys(db, scope, std::slice::from_ref(&draft.declaration)).await?;
    let Some(declaration) = known.remove(&draft.declaration) else {
        return refused(RefusalReason::NotFound);
    };
    let region = RegionCode::parse(&declaration.region);
    let holds = |district: &&RegionCode| region.as_ref().is_some_and(|region| district.contains(region));
    let Some(district) = by.region.as_ref().filter(holds) else {
        return refused(RefusalReason::OutsideDistrict);
    };
    let owner = credit_code(db, scope, declaration.owner_key).await?;
    if let Err(refusal) = check(&draft.content, &owner) {
        return Ok(Err(refusal));
    }
    // The secret keeps readers of the key from trying who wrote it.
    let secret = db.secret("annotation").await?;
    let named = format!("{secret}\n{}\n{idempotency_key}", by.person());
    Ok(Ok(Place {
        key: sha256_hex(named.as_bytes()).chars().take(32).collect(),
        declaration: declaration.key,
        owner,
        region: district.as_str().to_owned(),
        office: by.office.clone(),
    }))
}

/// The credit code of the enterprise behind an identity; empty while the hub does not know it.
async fn credit_code(db: &Database, scope: &Scope, identity: String) -> Result<String> {
    if SocialCreditCode::parse(&identity).is_some() {
        return Ok(identity);
    }
    let mut known = enterprise::by_identities(db, scope, std::slice::from_ref(&identity)).await?;
    let code = known.remove(&identity).and_then(|known| known.credit_code);
    Ok(code.unwrap_or_default())
}

/// What is against an annotation with this content.
fn check(content: &Content, owner: &str) -> Checked<()> {
    if content.kind.is_about_a_finding() && content.rule.is_none() {
        return Err(Refusal::new(RefusalReason::RuleMissing, Some("content.rule")));
    }
    if content.meant_for == Addressee::Enterprise && owner.is_empty() {
        return Err(Refusal::new(
            RefusalReason::EnterpriseUnknown,
            Some("content.meantFor"),
        ));
    }
    Ok(())
}

/// An annotation that a person may act on as it stands now: it is their bureau's or that of a bureau below it (R78), and
/// they saw its present version.
async fn present(
    transaction: &DatabaseTransaction,
    by: &Identity,
    scope: &Scope,
    key: &str,
    version: i64,
) -> Result<Checked<Model>> {
    let found = Entity::visible(scope)
        .filter(Column::Key.eq(key))
        .one(transaction)
        .await?;
    let refused = |reason, field| Ok(Err(Refusal::new(reason, Some(field))));
    let Some(present) = found else {
        return refused(RefusalReason::NotFound, "id");
    };
    let bureau = RegionCode::parse(&present.region);
    let leads = |district: &RegionCode| bureau.as_ref().is_some_and(|bureau| district.contains(bureau));
    if !by.region.as_ref().is_some_and(leads) {
        return refused(RefusalReason::OutsideDistrict, "id");
    }
    if version != present.version {
        return refused(RefusalReason::ChangedMeanwhile, "version");
    }
    Ok(Ok(present))
}

impl Edit<'_> {
    /// The annotation after it.
    fn apply(self, present: Model, person: &str, at: DateTime<Utc>) -> Result<Checked<Model>> {
        let embargo = present.embargo()?;
        let content = match self {
            Self::Step(step) => {
                return Ok(match embargo.step(step, person, at) {
                    Ok(embargo) => Ok(present.with(embargo, at)?),
                    Err(refusal) => Err(Refusal::new(
                        RefusalReason::Embargo(refusal),
                        Some(field(refusal)),
                    )),
                });
            }
            Self::Content(content) => content,
        };
        let against = if embargo.stage != Stage::Draft {
            Some(Refusal::new(RefusalReason::NotADraft, Some("id")))
        } else if embargo.author.person != person {
            Some(Refusal::new(RefusalReason::NotTheAuthor, Some("id")))
        } else if present.content()? == *content {
            Some(Refusal::new(RefusalReason::NothingChanged, Some("content")))
        } else {
            check(content, &present.owner).err()
        };
        match against {
            Some(refusal) => Ok(Err(refusal)),
            None => Ok(Ok(present.saying(content, at)?)),
        }
    }
}

/// Where in the request the fault lies.
fn field(refusal: EmbargoRefusal) -> &'static str {
    match refusal {
        EmbargoRefusal::DocumentNumberMissing
        | EmbargoRefusal::DocumentNumberInvalid
        | EmbargoRefusal::DocumentNumberDiffers => "documentNumber",
        EmbargoRefusal::ReasonMissing => "reason",
        EmbargoRefusal::WrongStage | EmbargoRefusal::OwnWork | EmbargoRefusal::SamePerson => "step",
    }
}
