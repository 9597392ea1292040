//! What a clerk of a bureau sends.

use serde::Serialize;

use super::term::AnnotationKind;
use crate::access::Permission;
use crate::declaration::FindingRule;
use crate::embargo::{Addressee, Step};

/// What an annotation says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Content {
    /// 批注类型
    pub kind: AnnotationKind,
    /// The rule of the finding that it speaks about.
    pub rule: Option<FindingRule>,
    /// 批注内容
    pub text: String,
    /// For whom it is meant once it is published.
    pub meant_for: Addressee,
}

/// Beginning an annotation.
#[derive(Debug, Clone, Serialize)]
pub struct Draft {
    /// The declaration.
    pub declaration: String,
    /// What it says.
    pub content: Content,
}

/// Writing a draft anew.
#[derive(Debug, Clone, Serialize)]
pub struct Revise {
    /// The annotation.
    pub key: String,
    /// Its version when the clerk looked.
    pub version: i64,
    /// The new content; it takes the place of the former.
    pub content: Content,
}

/// Taking an annotation a step further.
#[derive(Debug, Clone, Serialize)]
pub struct Move {
    /// The annotation.
    pub key: String,
    /// Its version when the clerk looked.
    pub version: i64,
    /// The step.
    pub step: Step,
}

/// One of the three, as it is kept word for word.
#[derive(Debug, Clone, Copy, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(super) enum Act<'a> {
    Draft(&'a Draft),
    Revise(&'a Revise),
    Move(&'a Move),
}

impl Act<'_> {
    /// As stored.
    pub(super) fn operation(&self) -> &'static str {
        match self {
            Self::Draft(_) => "DRAFT",
            Self::Revise(_) => "REVISE",
            Self::Move(step) => step.step.as_str(),
        }
    }

    /// What it is about: the declaration of a draft, or the annotation.
    pub(super) fn subject(&self) -> &str {
        match self {
            Self::Draft(draft) => &draft.declaration,
            Self::Revise(revise) => &revise.key,
            Self::Move(step) => &step.key,
        }
    }

    /// What a role has to allow.
    pub(super) fn permission(&self) -> Permission {
        match self {
            Self::Move(step) if step.step != Step::Submit => Permission::Authorise,
            Self::Draft(_) | Self::Revise(_) | Self::Move(_) => Permission::Annotate,
        }
    }
}
