//! The table of annotations.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;
use serde::Serialize;

use super::content::Content;
use crate::access::{Audience, ForBureau, ForDepartment, Guarded, Visible};
use crate::embargo::{Addressee, Embargo, Signature, Stage, audience};
use crate::record::Reach;
use crate::value::DocumentNumber;
use crate::{Error, Result, Scope};

/// A person of a bureau.
pub type Person = Guarded<String, ForBureau>;
/// When a step was taken that is nobody else's business.
pub type InnerInstant = Guarded<ChronoDateTimeUtc, ForDepartment>;

/// An annotation on a declaration.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "annotation")]
pub struct Model {
    /// Says nothing about its author or its place among others.
    #[sea_orm(primary_key, auto_increment = false)]
    pub key: String,
    /// The declaration.
    pub declaration_key: String,
    /// The credit code of the enterprise that declared, or empty.
    pub owner: String,
    /// GB/T 2260 code of the bureau's district.
    pub region: String,
    /// 分局 or 科室 of its author.
    pub office: Option<Guarded<String, ForDepartment>>,
    /// An `AnnotationKind`.
    pub kind: String,
    /// The `FindingRule` that it speaks about.
    pub rule: Option<String>,
    /// 批注内容
    pub text: String,
    /// An `Addressee`.
    pub meant_for: String,
    /// A `Stage`.
    pub stage: String,
    /// 起草人
    pub author: Person,
    /// When it was begun.
    pub drafted_at: InnerInstant,
    /// 报送人
    pub submitter: Option<Person>,
    /// When it was sent in.
    pub submitted_at: Option<InnerInstant>,
    /// 审核人
    pub reviewer: Option<Person>,
    /// When it was reviewed.
    pub reviewed_at: Option<InnerInstant>,
    /// 批准人: the first.
    pub authoriser: Option<Person>,
    /// When the first authorised it.
    pub authorised_at: Option<InnerInstant>,
    /// 批准人: the second.
    pub countersigner: Option<Person>,
    /// When the second authorised it.
    pub countersigned_at: Option<InnerInstant>,
    /// 发文字号: see [`Model::document_number`].
    pub document_number: Option<Guarded<String, ForDepartment>>,
    /// 发布人
    pub publisher: Option<Person>,
    /// When it was published.
    pub published_at: Option<ChronoDateTimeUtc>,
    /// Who took it back.
    pub withdrawer: Option<Person>,
    /// When it was taken back.
    pub withdrawn_at: Option<ChronoDateTimeUtc>,
    /// 退回或撤回的理由
    pub reason: Option<Guarded<String, ForDepartment>>,
    /// The version of the record, as the feed counts it.
    pub version: i64,
    /// When it was last written.
    pub changed_at: ChronoDateTimeUtc,
    /// Who may see it.
    pub audience: String,
}

/// Annotations are joined by hand.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Visible for Entity {
    const OWNED: bool = true;
}

/// Whose an annotation is, and about what.
pub(super) struct Place {
    pub(super) key: String,
    pub(super) declaration: String,
    pub(super) owner: String,
    pub(super) region: String,
    pub(super) office: Option<String>,
}

/// What the feed tells of an annotation: what everybody for whom the event is may read.
#[derive(Serialize)]
pub(super) struct Body<'a> {
    key: &'a str,
    declaration_key: &'a str,
    owner: &'a str,
    region: &'a str,
    kind: &'a str,
    rule: Option<&'a str>,
    text: &'a str,
    meant_for: &'a str,
    stage: &'a str,
    document_number: Option<&'a str>,
    reason: Option<&'a str>,
    published_at: Option<DateTime<Utc>>,
    withdrawn_at: Option<DateTime<Utc>>,
    changed_at: DateTime<Utc>,
}

impl Model {
    /// An annotation as an embargo leaves it at an instant.
    pub(super) fn new(place: Place, content: &Content, embargo: Embargo, at: DateTime<Utc>) -> Self {
        let audience = audience(embargo.stage, content.meant_for);
        let author = embargo.author;
        let (submitter, submitted_at) = signed(embargo.submitted);
        let (reviewer, reviewed_at) = signed(embargo.reviewed);
        let (authoriser, authorised_at) = signed(embargo.authorised);
        let (countersigner, countersigned_at) = signed(embargo.countersigned);
        let (publisher, published_at) = signed(embargo.published);
        let (withdrawer, withdrawn_at) = signed(embargo.withdrawn);
        Self {
            key: place.key,
            declaration_key: place.declaration,
            owner: place.owner,
            region: place.region,
            office: place.office.map(Guarded::new),
            kind: content.kind.as_str().to_owned(),
            rule: content.rule.map(|rule| rule.as_str().to_owned()),
            text: content.text.clone(),
            meant_for: content.meant_for.as_str().to_owned(),
            stage: embargo.stage.as_str().to_owned(),
            author: Guarded::new(author.person),
            drafted_at: Guarded::new(author.at),
            submitter,
            submitted_at: submitted_at.map(Guarded::new),
            reviewer,
            reviewed_at: reviewed_at.map(Guarded::new),
            authoriser,
            authorised_at: authorised_at.map(Guarded::new),
            countersigner,
            countersigned_at: countersigned_at.map(Guarded::new),
            document_number: embargo.document_number.map(String::from).map(Guarded::new),
            publisher,
            published_at,
            withdrawer,
            withdrawn_at,
            reason: embargo.reason.map(Guarded::new),
            version: embargo.version,
            changed_at: at,
            audience: audience.as_str().to_owned(),
        }
    }

    /// The same after a step of its embargo.
    pub(super) fn with(self, embargo: Embargo, at: DateTime<Utc>) -> Result<Self> {
        let content = self.content()?;
        Ok(Self::new(self.place(), &content, embargo, at))
    }

    /// The same draft with other content.
    pub(super) fn saying(self, content: &Content, at: DateTime<Utc>) -> Result<Self> {
        let embargo = self.embargo()?;
        Ok(Self::new(self.place(), content, embargo, at))
    }

    fn place(self) -> Place {
        Place {
            key: self.key,
            declaration: self.declaration_key,
            owner: self.owner,
            region: self.region,
            office: self.office.map(|office| office.inside().clone()),
        }
    }

    /// Who it is for.
    pub fn reach(&self) -> Result<Reach> {
        Ok(Reach {
            audience: self.word("audience", &self.audience)?,
            region: self.region.clone(),
            owner: self.owner.clone(),
        })
    }

    /// How far it is.
    pub fn stage(&self) -> Result<Stage> {
        self.word("stage", &self.stage)
    }

    /// For whom it is meant.
    pub fn meant_for(&self) -> Result<Addressee> {
        self.word("meant_for", &self.meant_for)
    }

    /// 发文字号: with what was published it is for everybody who sees that, and for the department before.
    pub fn document_number(&self, scope: &Scope) -> Result<Option<&str>> {
        let Some(number) = &self.document_number else {
            return Ok(None);
        };
        Ok(match self.stage()? {
            Stage::Published => Some(number.inside()),
            _ => number.read(scope, &self.reach()?),
        }
        .map(String::as_str))
    }

    /// What it says.
    pub(super) fn content(&self) -> Result<Content> {
        let rule = self.rule.as_deref().map(|rule| self.word("rule", rule));
        Ok(Content {
            kind: self.word("kind", &self.kind)?,
            rule: rule.transpose()?,
            text: self.text.clone(),
            meant_for: self.meant_for()?,
        })
    }

    /// Its embargo.
    pub(super) fn embargo(&self) -> Result<Embargo> {
        let number = self.document_number.as_ref().map(Guarded::inside);
        let unreadable = |number: &String| self.inconsistent("document_number", number);
        let number = number.map(|number| DocumentNumber::parse(number).ok_or_else(|| unreadable(number)));
        let inner = |at: &Option<InnerInstant>| at.as_ref().map(|at| *at.inside());
        Ok(Embargo {
            stage: self.stage()?,
            author: Signature {
                person: self.author.inside().clone(),
                at: *self.drafted_at.inside(),
            },
            submitted: signature(&self.submitter, inner(&self.submitted_at)),
            reviewed: signature(&self.reviewer, inner(&self.reviewed_at)),
            authorised: signature(&self.authoriser, inner(&self.authorised_at)),
            countersigned: signature(&self.countersigner, inner(&self.countersigned_at)),
            document_number: number.transpose()?,
            published: signature(&self.publisher, self.published_at),
            withdrawn: signature(&self.withdrawer, self.withdrawn_at),
            reason: self.reason.as_ref().map(|reason| reason.inside().clone()),
            version: self.version,
        })
    }

    /// What the feed tells of it. What is for the department is in it as long as the event is for staff.
    pub(super) fn body(&self) -> Body<'_> {
        let published = self.stage == Stage::Published.as_str();
        let inner = self.audience == Audience::Staff.as_str();
        Body {
            key: &self.key,
            declaration_key: &self.declaration_key,
            owner: &self.owner,
            region: &self.region,
            kind: &self.kind,
            rule: self.rule.as_deref(),
            text: &self.text,
            meant_for: &self.meant_for,
            stage: &self.stage,
            document_number: told(&self.document_number, published || inner),
            reason: told(&self.reason, inner),
            published_at: self.published_at,
            withdrawn_at: self.withdrawn_at,
            changed_at: self.changed_at,
        }
    }

    fn word<T: std::str::FromStr>(&self, column: &str, word: &str) -> Result<T> {
        word.parse().map_err(|_| self.inconsistent(column, word))
    }

    fn inconsistent(&self, column: &str, value: &str) -> Error {
        Error::inconsistent(format!("annotation {}, {column}", self.key), value)
    }
}

fn told(text: &Option<Guarded<String, ForDepartment>>, told: bool) -> Option<&str> {
    let text = text.as_ref().filter(|_| told)?;
    Some(text.inside())
}

fn signed(signature: Option<Signature>) -> (Option<Person>, Option<DateTime<Utc>>) {
    signature
        .map(|Signature { person, at }| (Guarded::new(person), at))
        .unzip()
}

fn signature(person: &Option<Person>, at: Option<DateTime<Utc>>) -> Option<Signature> {
    let person = person.as_ref()?.inside().clone();
    at.map(|at| Signature { person, at })
}
