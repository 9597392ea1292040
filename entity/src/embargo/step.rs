//! The steps of an embargo, and who may take which: a pure function.

use chrono::{DateTime, Utc};
use serde::Serialize;

use super::refusal::EmbargoRefusal;
use super::stage::Stage;
use crate::value::DocumentNumber;

/// Who did something, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    /// The person, by a name that is unique over all issuers ([`crate::access::Identity::person`]).
    pub person: String,
    /// The instant.
    pub at: DateTime<Utc>,
}

/// A step on the way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Step {
    /// 报送: send a draft in.
    Submit,
    /// 审核: find right what somebody else wrote.
    Review,
    /// 批准: answer for its publication. Two persons do, neither of them the author; whoever reviewed it may be one of
    /// them. The first gives the document number.
    Authorise {
        /// 发文字号 as written; the second person may leave it out.
        document_number: Option<String>,
    },
    /// 发布: let those see it for whom it is meant.
    Publish,
    /// 退回: back to the draft, for a reason; every signature but the author's is taken back.
    Return {
        /// The reason.
        reason: String,
    },
    /// 撤回: take back what was published, for a reason.
    Withdraw {
        /// The reason.
        reason: String,
    },
}

impl Step {
    /// As stored.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Submit => "SUBMIT",
            Self::Review => "REVIEW",
            Self::Authorise { .. } => "AUTHORISE",
            Self::Publish => "PUBLISH",
            Self::Return { .. } => "RETURN",
            Self::Withdraw { .. } => "WITHDRAW",
        }
    }
}

/// How far something is on its way, and who answers for that. It names persons: it is for the hub's own work and goes to
/// no reader.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Embargo {
    /// How far it is.
    pub stage: Stage,
    /// Who wrote it, and when it was begun.
    pub author: Signature,
    /// Who sent it in.
    pub submitted: Option<Signature>,
    /// Who reviewed it.
    pub reviewed: Option<Signature>,
    /// The first who answers for its publication.
    pub authorised: Option<Signature>,
    /// The second.
    pub countersigned: Option<Signature>,
    /// 发文字号 under which it is published.
    pub document_number: Option<DocumentNumber>,
    /// Who published it.
    pub published: Option<Signature>,
    /// Who took it back.
    pub withdrawn: Option<Signature>,
    /// Why it was sent back or taken back.
    pub reason: Option<String>,
    /// The version of the record that is held back; whoever writes a step gives the next one.
    pub version: i64,
}

impl Embargo {
    /// A draft that somebody begins.
    pub fn begun(author: Signature) -> Self {
        Self {
            stage: Stage::Draft,
            author,
            submitted: None,
            reviewed: None,
            authorised: None,
            countersigned: None,
            document_number: None,
            published: None,
            withdrawn: None,
            reason: None,
            version: 0,
        }
    }

    /// What it is after a step of a person at an instant, or why the step cannot be taken.
    pub fn step(self, step: &Step, person: &str, at: DateTime<Utc>) -> Result<Self, EmbargoRefusal> {
        let signature = || {
            let person = person.to_owned();
            Some(Signature { person, at })
        };
        match (step, self.stage) {
            (Step::Submit, Stage::Draft) => Ok(Self {
                stage: Stage::Submitted,
                submitted: signature(),
                reason: None,
                ..self
            }),
            (Step::Review, Stage::Submitted) => {
                if self.author.person == person {
                    return Err(EmbargoRefusal::OwnWork);
                }
                Ok(Self {
                    stage: Stage::Reviewed,
                    reviewed: signature(),
                    ..self
                })
            }
            (Step::Authorise { document_number }, Stage::Reviewed) => {
                self.authorise(document_number.as_deref(), signature(), person)
            }
            (Step::Publish, Stage::Authorised) => Ok(Self {
                stage: Stage::Published,
                published: signature(),
                ..self
            }),
            (Step::Return { reason }, Stage::Submitted | Stage::Reviewed | Stage::Authorised) => Ok(Self {
                reason: Some(told(reason)?),
                version: self.version,
                ..Self::begun(self.author)
            }),
            (Step::Withdraw { reason }, Stage::Published) => Ok(Self {
                stage: Stage::Withdrawn,
                withdrawn: signature(),
                reason: Some(told(reason)?),
                ..self
            }),
            _ => Err(EmbargoRefusal::WrongStage),
        }
    }

    fn authorise(
        self,
        number: Option<&str>,
        signature: Option<Signature>,
        person: &str,
    ) -> Result<Self, EmbargoRefusal> {
        if self.author.person == person {
            return Err(EmbargoRefusal::OwnWork);
        }
        if is_of(self.authorised.as_ref(), person) {
            return Err(EmbargoRefusal::SamePerson);
        }
        let written = number.filter(|number| !number.trim().is_empty());
        let given = written
            .map(|number| DocumentNumber::parse(number).ok_or(EmbargoRefusal::DocumentNumberInvalid))
            .transpose()?;
        let document_number = match (&self.document_number, given) {
            (None, None) => return Err(EmbargoRefusal::DocumentNumberMissing),
            (Some(known), Some(given)) if known.key() != given.key() => {
                return Err(EmbargoRefusal::DocumentNumberDiffers);
            }
            (Some(known), _) => Some(known.clone()),
            (None, given) => given,
        };
        Ok(match self.authorised {
            None => Self {
                authorised: signature,
                document_number,
                ..self
            },
            Some(_) => Self {
                stage: Stage::Authorised,
                countersigned: signature,
                document_number,
                ..self
            },
        })
    }
}

fn is_of(signature: Option<&Signature>, person: &str) -> bool {
    signature.is_some_and(|signature| signature.person == person)
}

/// A reason that says something.
fn told(reason: &str) -> Result<String, EmbargoRefusal> {
    let reason = reason.trim();
    (!reason.is_empty())
        .then(|| reason.to_owned())
        .ok_or(EmbargoRefusal::ReasonMissing)
}
