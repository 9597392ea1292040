//! A licence or a penalty as the columns of 双公示, by the names of the specification of 2018.

use chrono::{Days, NaiveDate};
use entity::credit::SubjectKind;
use entity::record::RecordKind;
use entity::value::{SocialCreditCode, wan_text};
use serde_json::{Map, Value};

/// The kinds that packages hold.
pub(super) const PACKED: [RecordKind; 2] = [RecordKind::Licence, RecordKind::Penalty];

/// How the value of a column comes about.
#[derive(Clone, Copy)]
enum Told {
    /// The member of this name, as it stands.
    Member(&'static str),
    /// The member of this name, from fen to 万元.
    Amount(&'static str),
    /// The name of the subject.
    Name,
    /// The kind of the subject.
    SubjectKind,
    /// The last day on which it is shown, where something ends that earlier than by its kind.
    LastDay,
}

use Told::{Amount, LastDay, Member, Name};

const LICENCE: [(&str, Told); 17] = [
    ("XK_XDR_MC", Name),
    ("XK_XDR_LB", Told::SubjectKind),
    ("XK_XDR_SHXYM", Member("owner")),
    ("XK_XKWS", Member("document_name")),
    ("XK_WSH", Member("document_number")),
    ("XK_XKLB", Member("kind")),
    ("XK_XKZS", Member("certificate_name")),
    ("XK_XKBH", Member("certificate_number")),
    ("XK_NR", Member("content")),
    ("XK_JDRQ", Member("decided_on")),
    ("XK_YXQZ", Member("valid_from")),
    ("XK_YXQZI", Member("valid_until")),
    ("XK_XKJG", Member("organ")),
    ("XK_XKJGDM", Member("organ_code")),
    ("XK_ZT", Member("status_word")),
    ("XK_AREACODE", Member("region")),
    ("BZ", Member("remark")),
];

const PENALTY: [(&str, Told); 22] = [
    ("CF_XDR_MC", Name),
    ("CF_XDR_LB", Told::SubjectKind),
    ("CF_XDR_SHXYM", Member("owner")),
    ("CF_WSH", Member("document_number")),
    ("CF_CFMC", Member("title")),
    ("CF_CFLB1", Member("kind_words")),
    ("CF_WFXW", Member("violation")),
    ("CF_WFSS", Member("facts")),
    ("CF_CFYJ", Member("basis")),
    ("CF_NR", Member("content")),
    ("CF_NR_FK", Amount("fine")),
    ("CF_NR_WFFF", Amount("confiscated")),
    ("CF_NR_ZKDX", Member("certificate")),
    ("CF_JDRQ", Member("decided_on")),
    ("CF_YXQ", Member("valid_until")),
    ("CF_GSRQ", Member("published_on")),
    ("CF_GSJZQ", LastDay),
    ("CF_CFJG", Member("organ")),
    ("CF_CFJGDM", Member("organ_code")),
    ("CF_AREACODE", Member("region")),
    ("CF_ZT", Member("status_word")),
    ("BZ", Member("remark")),
];

/// The columns of a record with their texts; all of them, also the empty ones.
pub(super) fn columns(kind: RecordKind, record: &Map<String, Value>) -> Vec<(&'static str, String)> {
    let columns: &[(&'static str, Told)] = match kind {
        RecordKind::Licence => &LICENCE,
        _ => &PENALTY,
    };
    columns
        .iter()
        .map(|(column, told)| (*column, value(*told, record)))
        .collect()
}

fn value(told: Told, record: &Map<String, Value>) -> String {
    match told {
        Member(name) => text(record, name).to_owned(),
        Amount(name) => record
            .get(name)
            .and_then(Value::as_i64)
            .map(wan_text)
            .unwrap_or_default(),
        Name => name(record),
        Told::SubjectKind => match text(record, "subject_kind").parse() {
            Ok(SubjectKind::Organization) => "法人及非法人组织",
            Ok(SubjectKind::IndividualBusiness) => "个体工商户",
            Ok(SubjectKind::NaturalPerson) | Err(()) => "自然人",
        }
        .to_owned(),
        LastDay => last_day(record),
    }
}

fn text<'a>(record: &'a Map<String, Value>, name: &str) -> &'a str {
    record.get(name).and_then(Value::as_str).unwrap_or_default()
}

/// The name; nothing where nobody knows it. An enterprise without one is shown by its code, and a person by circles.
fn name(record: &Map<String, Value>) -> String {
    let name = text(record, "subject_name");
    let unknown = SocialCreditCode::parse(name).is_some() || name == entity::credit::masked("");
    if unknown { String::new() } else { name.to_owned() }
}

/// A repair ends the showing, and a package has no column for it: the day before it is the last.
fn last_day(record: &Map<String, Value>) -> String {
    let day = |name: &str| text(record, name).parse::<NaiveDate>().ok();
    let repaired = day("repaired_on").and_then(|day| day.checked_sub_days(Days::new(1)));
    let last = day("deadline_on").into_iter().chain(repaired).min();
    last.map(|day| day.to_string()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::form::forms;

    #[test]
    fn every_column_is_one_that_the_reader_knows() {
        let forms = forms("mappings/double-publicity/").unwrap();
        for (form, columns) in [
            ("licences-2018", LICENCE.as_slice()),
            ("penalties-2018", PENALTY.as_slice()),
        ] {
            let form = forms.iter().find(|one| one.form == form).unwrap();
            let mut fields: Vec<&String> = columns.iter().map(|(column, _)| &form.columns[*column]).collect();
            fields.sort();
            fields.dedup();
            assert_eq!(
                fields.len(),
                columns.len(),
                "two columns of {} mean the same",
                form.form
            );
            for required in &form.required {
                assert!(columns.iter().any(|(column, _)| column == required), "{required}");
            }
        }
    }

    #[test]
    fn a_repair_is_the_end_and_a_code_is_no_name() {
        let record = json!({ "subject_name": "91000000069338827M", "repaired_on": "2026-03-01", "deadline_on": "2026-05-01" });
        let record = record.as_object().unwrap();
        assert_eq!(last_day(record), "2026-02-28");
        assert_eq!(name(record), "");
    }
}
