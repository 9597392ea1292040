//! What all rows of credit records have in common: whom they are about, which day they describe, whether they take something back.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use entity::credit::{CreditFlag, SubjectKind};
use entity::ingestion::{Claim, Row, RowContent};

use super::subject::{Read, scrubbed};
use super::word;
use crate::fields::{Fault, Fields, begin};
use crate::file::RawRecord;
use crate::form::Form;
use crate::platform::day;

/// Columns of an identity number of the subject itself: who has one in it and no code is a natural person.
const IDENTITY_NUMBERS: [&str; 6] = [
    "CF_XDR_SFZ",
    "CF_XDR_ZJHM",
    "XK_XDR_SFZ",
    "XK_XDR_ZJHM",
    "居民身份证号",
    "证件号码",
];

/// A row of a form, with its subject, while it is read.
pub(super) struct Told<'a> {
    pub(super) form: &'a Form,
    pub(super) fields: &'a Fields,
    pub(super) subject: Read,
    /// The day that the row describes.
    pub(super) as_of: NaiveDate,
    /// What is odd so far.
    pub(super) flags: Vec<CreditFlag>,
}

/// Reads one row: its subject, then the rest of it.
pub(super) fn row(
    form: &Form,
    as_of: NaiveDate,
    record: RawRecord,
    claims: fn(&mut Told<'_>) -> Result<Vec<Claim>, Fault>,
) -> Row {
    let withheld = &record.withheld.columns;
    let has_identity_number = withheld
        .iter()
        .any(|header| IDENTITY_NUMBERS.contains(&header.as_str()));
    let (mut row, fields, raw) = match begin(form, as_of, record) {
        Ok(begun) => begun,
        Err(unreadable) => return *unreadable,
    };
    // A row that tells when it was last written describes that day, so that an old one sent again says nothing new.
    if let Ok(Some(updated)) = day(fields.get("updated").split(' ').next().unwrap_or_default()) {
        row.as_of = row.as_of.min(updated);
    }
    let subject = Read::of(&fields, has_identity_number);
    let raw = match &subject {
        Ok(subject) => subject.scrub(&raw),
        // Who it is about is not known: a name may be that of a person.
        Err(_) => scrubbed(&raw, fields.get("subject_name")),
    };
    let as_of = row.as_of;
    let taken = subject.and_then(|subject| {
        let flags = subject.flags.clone();
        let mut told = Told {
            form,
            fields: &fields,
            subject,
            as_of,
            flags,
        };
        claims(&mut told)
    });
    row.content = match taken {
        Ok(claims) => RowContent::Taken(claims),
        Err(fault) => RowContent::Rejected(fault.reject(form, raw)),
    };
    row
}

impl Told<'_> {
    /// A text of the row; of a natural person without the name.
    pub(super) fn text(&self, field: &str) -> Option<String> {
        Some(self.subject.scrub(&self.fields.text(field)?))
    }

    /// The columns that no mapping knows. Nobody knows what they say of a natural person, so they are left out there.
    pub(super) fn extra(&self) -> BTreeMap<String, String> {
        match self.subject.subject.kind {
            SubjectKind::NaturalPerson => BTreeMap::new(),
            _ => self.fields.extra(),
        }
    }

    pub(super) fn flag(&mut self, flag: CreditFlag) {
        self.flags.push(flag);
    }

    /// A date beside the key: one that cannot be read is flagged.
    pub(super) fn date(&mut self, field: &str) -> Option<NaiveDate> {
        day(self.fields.get(field)).unwrap_or_else(|_| {
            self.flag(CreditFlag::DateUnreadable);
            None
        })
    }

    /// A date of the key: without it there is no record.
    pub(super) fn key_date(&mut self, field: &'static str) -> Result<NaiveDate, Fault> {
        let written = self.fields.get(field);
        let Ok(Some(date)) = day(written) else {
            let problem = if written.is_empty() {
                "the date is missing".to_owned()
            } else {
                format!("{:?} is no date", self.subject.scrub(written))
            };
            return Err(Fault {
                field,
                code: "DATE_UNREADABLE",
                message: problem,
                remedy: "write the day as 2026-03-01; look whether two columns are swapped",
            });
        };
        if date > self.as_of {
            self.flag(CreditFlag::DateInFuture);
        }
        Ok(date)
    }

    /// Why the source takes the record back, in its words; none where it does not.
    pub(super) fn withdrawn(&self) -> Option<String> {
        let word = [self.fields.get("op"), self.fields.get("status")]
            .into_iter()
            .find(|word| word::withdraws(word))?;
        let reason = self.text("withdrawal_reason").or_else(|| self.text("remark"));
        Some(reason.unwrap_or_else(|| word.to_owned()))
    }

    /// The flags, each once, in their order.
    pub(super) fn flags(&self) -> Vec<CreditFlag> {
        let mut flags = self.flags.clone();
        flags.sort();
        flags.dedup();
        flags
    }

    /// The number of a decision: as it is shown, in its one form where it has one.
    pub(super) fn document_number(&mut self) -> Result<String, Fault> {
        let written = self.text("document_number").unwrap_or_default();
        if word::is_nothing(&written) {
            return Err(Fault {
                field: "document_number",
                code: "DOCUMENT_NUMBER_EMPTY",
                message: "the decision has no document number".to_owned(),
                remedy: "add the number of the decision (决定书文号), as 苏市监处罚〔2026〕1号",
            });
        }
        if day(&written).is_ok_and(|date| date.is_some()) && written.contains(['-', '/', '年']) {
            return Err(Fault {
                field: "document_number",
                code: "COLUMNS_SWAPPED",
                message: format!("{written:?} is a date and stands in the column of the document number"),
                remedy: "look whether two columns are swapped",
            });
        }
        Ok(match entity::value::DocumentNumber::parse(&written) {
            Some(number) => number.canonical().to_owned(),
            None => {
                self.flag(CreditFlag::DocumentNumberForm);
                written
            }
        })
    }

    /// The claims about the enterprise behind the row, as it was called on a day.
    pub(super) fn about_enterprise(&self, said_on: NaiveDate) -> Vec<Claim> {
        let claims = self.subject.enterprise(said_on);
        claims
            .into_iter()
            .map(|claim| Claim::Enterprise(Box::new(claim)))
            .collect()
    }
}
