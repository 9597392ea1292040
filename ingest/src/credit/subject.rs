//! Whom a row is about: an enterprise by code or name, or a natural person, whose name goes no further than this file.

use chrono::NaiveDate;
use entity::credit::{CreditFlag, Subject, SubjectKind, masked};
use entity::enterprise::{EnterpriseClaim, EnterpriseFlag, identity_by_name, province};
use entity::value::{CreditCodeFlag, EnterpriseName, RegionCode, SocialCreditCode, SubjectCategory};

use super::word;
use crate::fields::{Fault, Fields};
use crate::platform::day;
use crate::reference::was_ever_a_division;
use crate::register::{code_flags, credit_code};

/// Characters of a person's name, family name and given name together.
const LONGEST_PERSON: usize = 4;

/// A subject as a row tells of it.
pub(super) struct Read {
    pub(super) subject: Subject,
    /// The district of the organ that decided.
    pub(super) region: Option<RegionCode>,
    pub(super) flags: Vec<CreditFlag>,
    enterprise_name: Option<EnterpriseName>,
    /// The whole name of a natural person, to be found and masked in other texts. It is never stored.
    person: Option<String>,
}

impl Read {
    /// Reads the subject of a row.
    pub(super) fn of(fields: &Fields, has_identity_number: bool) -> Result<Self, Fault> {
        let (name, written_code) = (fields.get("subject_name"), fields.get("credit_code"));
        let code = credit_code(written_code);
        if let Some(problem) = swapped(name, written_code, code.as_ref()) {
            return Err(Fault {
                field: "subject_name",
                code: "COLUMNS_SWAPPED",
                message: problem.to_owned(),
                remedy: "put the name and the credit code (统一社会信用代码) into their own columns",
            });
        }
        let organ = SocialCreditCode::parse(fields.get("organ_code"));
        let region = RegionCode::parse(fields.get("region")).or_else(|| {
            let digits = organ.as_ref()?.region_digits();
            was_ever_a_division(digits)
                .then(|| RegionCode::parse(digits))
                .flatten()
        });
        let other_number = ["organization_code", "registration"]
            .iter()
            .any(|field| !word::is_nothing(fields.get(field)));
        let (kind, guessed) = kind(fields, code.as_ref(), other_number, has_identity_number);
        let mut flags = Vec::new();
        if guessed {
            flags.push(CreditFlag::TakenForPerson);
        }
        if kind == SubjectKind::NaturalPerson {
            return Ok(Self {
                subject: Subject::natural_person(name),
                region,
                flags,
                enterprise_name: None,
                person: Some(name.to_owned()).filter(|name| name.chars().count() > 1),
            });
        }
        let enterprise_name = EnterpriseName::parse(name);
        let by_name = enterprise_name
            .as_ref()
            .map(|name| identity_by_name(province(region.as_ref(), code.as_ref()).as_ref(), name));
        let key = code.as_ref().map(|code| code.as_str().to_owned()).or(by_name);
        let Some(key) = key else {
            return Err(Fault {
                field: "subject_name",
                code: "SUBJECT_MISSING",
                message: "the row names nobody: neither a credit code nor a name can be read".to_owned(),
                remedy: "add the name (行政相对人名称) and the credit code of whom the record is about",
            });
        };
        match &code {
            None => flags.push(CreditFlag::NoCreditCode),
            Some(code) => {
                let odd = code_flags(code);
                let told = [
                    (
                        EnterpriseFlag::CreditCodeCheckFailed,
                        CreditFlag::CreditCodeCheckFailed,
                    ),
                    (EnterpriseFlag::Fictitious, CreditFlag::Fictitious),
                ];
                flags.extend(
                    told.iter()
                        .filter(|(flag, _)| odd.contains(flag))
                        .map(|(_, flag)| *flag),
                );
            }
        }
        let subject = Subject {
            key,
            name: enterprise_name
                .as_ref()
                .map_or_else(|| written_code.to_owned(), |name| name.as_str().to_owned()),
            credit_code: code,
            kind,
        };
        Ok(Self {
            subject,
            region,
            flags,
            enterprise_name,
            person: None,
        })
    }

    /// A text without the name and the identity number of a natural person.
    pub(super) fn scrub(&self, text: &str) -> String {
        match (&self.person, self.subject.kind) {
            (Some(name), _) => scrubbed(text, name),
            (None, SubjectKind::NaturalPerson) => scrubbed(text, ""),
            _ => text.to_owned(),
        }
    }

    /// What the row says about the enterprise; nothing of a natural person. Where it gives name and code together, it says that the
    /// enterprise known by the name is the one with the code.
    pub(super) fn enterprise(&self, said_on: NaiveDate) -> Vec<EnterpriseClaim> {
        if self.subject.kind == SubjectKind::NaturalPerson {
            return Vec::new();
        }
        let code = self.subject.credit_code.as_ref();
        let claim = EnterpriseClaim {
            key: self.subject.key.clone(),
            credit_code: code.cloned(),
            name: self.enterprise_name.clone(),
            flags: code.map(code_flags).unwrap_or_default(),
            said_on: Some(said_on),
            ..EnterpriseClaim::default()
        };
        let alias = code
            .zip(self.enterprise_name.as_ref())
            .map(|(code, name)| EnterpriseClaim {
                said_on: Some(said_on),
                ..EnterpriseClaim::alias(
                    identity_by_name(province(self.region.as_ref(), Some(code)).as_ref(), name),
                    code,
                )
            });
        std::iter::once(claim).chain(alias).collect()
    }
}

/// What shows that name and code stand in each other's column, or a date in that of the name.
fn swapped(name: &str, written_code: &str, code: Option<&SocialCreditCode>) -> Option<&'static str> {
    if SocialCreditCode::parse(name).is_some() {
        return Some("a credit code stands in the column of the name");
    }
    let dated = name.contains(['-', '/', '年', '.']) || name.chars().all(|sign| sign.is_ascii_digit());
    if !name.is_empty() && dated && day(name).is_ok_and(|date| date.is_some()) {
        return Some("a date stands in the column of the name");
    }
    let chinese = |text: &str| text.chars().any(|sign| ('\u{4E00}'..='\u{9FFF}').contains(&sign));
    (code.is_none() && chinese(written_code) && !word::is_nothing(written_code))
        .then_some("a name stands in the column of the credit code")
}

/// What kind of subject it is, and whether that is a guess. Who is called a natural person is one, and so is who has no number of an
/// organisation and either an identity number or a name as short as a person's.
fn kind(
    fields: &Fields,
    code: Option<&SocialCreditCode>,
    other_number: bool,
    has_identity_number: bool,
) -> (SubjectKind, bool) {
    let said = word::subject_kind(fields.get("subject_kind"));
    if let Some(SubjectKind::NaturalPerson) = said {
        return (SubjectKind::NaturalPerson, false);
    }
    let individual = code.and_then(SocialCreditCode::category) == Some(SubjectCategory::IndividualBusiness);
    let organization = code.is_some() || other_number;
    // The number of a citizen in the column of the code.
    let citizen = SocialCreditCode::parse(fields.get("credit_code"))
        .is_some_and(|code| code.flags().contains(&CreditCodeFlag::IdentityNumber));
    if !organization && (has_identity_number || citizen) && said != Some(SubjectKind::IndividualBusiness) {
        return (SubjectKind::NaturalPerson, said.is_some());
    }
    match said {
        Some(kind) => (kind, false),
        None if individual => (SubjectKind::IndividualBusiness, false),
        None if !organization && is_short(fields.get("subject_name")) => (SubjectKind::NaturalPerson, true),
        None => (SubjectKind::Organization, false),
    }
}

/// Whether a name is as short as that of a person, or has the point of names from other languages.
fn is_short(name: &str) -> bool {
    let length = name.chars().filter(|sign| !sign.is_whitespace()).count();
    (1..=LONGEST_PERSON).contains(&length) || name.contains('·')
}

/// A text without a person's name, and without numbers of citizens.
pub(super) fn scrubbed(text: &str, name: &str) -> String {
    let name = name.trim();
    let text = if name.chars().count() > 1 {
        text.replace(name, &masked(name))
    } else {
        text.to_owned()
    };
    let mut out = String::with_capacity(text.len());
    let mut run = String::new();
    let end = |run: &mut String, out: &mut String| {
        let citizen = SocialCreditCode::parse(run)
            .is_some_and(|code| code.flags().contains(&CreditCodeFlag::IdentityNumber));
        out.push_str(if citizen { "〇〇" } else { run });
        run.clear();
    };
    for sign in text.chars() {
        if sign.is_ascii_alphanumeric() {
            run.push(sign);
        } else {
            end(&mut run, &mut out);
            out.push(sign);
        }
    }
    end(&mut run, &mut out);
    out
}
