//! From a raw record to claims about standards: pure, the same record always gives the same claims.

use chrono::NaiveDate;
use entity::ingestion::{Claim, Reject, Row, RowContent};
use entity::standard::{
    Issuer, ProjectClaim, ProjectStage, StandardClaim, StandardFlag, StandardStatus, SuccessionClaim,
};
use entity::value::{NumberFlag, PlanNumber, StandardKind, StandardNature, StandardNumber, split_list};

use super::text::{
    self, NumberCell, ReportedDate, TextFlag, parse_reported_date, parse_succession, read_ccs, read_ics,
    read_issuers, read_number_cell, read_stage, read_status,
};
use crate::fields::{Fields, begin};
use crate::file::RawRecord;
use crate::form::Form;

/// Reads one record.
pub(super) fn row(form: &Form, as_of: NaiveDate, record: RawRecord) -> Row {
    let (mut row, fields, raw) = match begin(form, as_of, record) {
        Ok(begun) => begun,
        Err(unreadable) => return *unreadable,
    };
    if let Some(source) = form.sources.get(fields.get("source")) {
        row.source.clone_from(source);
    }
    let effective = parse_reported_date(fields.get("effective"));
    let read_at = parse_reported_date(fields.get("read_at")).date;
    row.as_of = read_at.or(effective.read_on).unwrap_or(as_of);
    let cell = read_number_cell(fields.get("number"), fields.get("name"));
    row.content = match &cell.plan {
        Some(plan) => RowContent::Taken(vec![Claim::Project(Box::new(project(&fields, &cell, plan)))]),
        None => standards(form, &fields, &cell, effective)
            .unwrap_or_else(|reject| RowContent::Rejected(Reject { raw, ..reject })),
    };
    row
}

/// A plan or draft: its number is a plan number.
fn project(fields: &Fields, cell: &NumberCell, plan: &PlanNumber) -> ProjectClaim {
    let title = &cell.title;
    let word = fields.get("status");
    let (stage, flag) = read_stage(word);
    let mut flags = standard_flags(&title.flags);
    flags.extend(flag.map(standard_flag));
    ProjectClaim {
        key: plan.as_str().to_owned(),
        number: plan.as_str().to_owned(),
        name_reported: reported(fields.get("name"), &title.title),
        name: filled(title.title.clone()),
        stage,
        stage_word: filled(word.to_owned()),
        kind: StandardKind::National,
        nature: plan_nature(plan.as_str()),
        flags: sorted(flags),
    }
}

/// The letter between the dashes of a plan number: Q 强制性, T 推荐性, Z 指导性技术文件.
fn plan_nature(plan: &str) -> Option<StandardNature> {
    match plan.split('-').nth(1) {
        Some("Q") => Some(StandardNature::Mandatory),
        Some("T") => Some(StandardNature::Recommended),
        Some("Z") => Some(StandardNature::Guidance),
        _ => None,
    }
}

/// One claim per number of the row: a joint standard has several.
fn standards(
    form: &Form,
    fields: &Fields,
    cell: &NumberCell,
    effective: ReportedDate,
) -> Result<RowContent, Reject> {
    if cell.numbers.is_empty() {
        return Err(no_number(form, fields, cell));
    }
    let first = cell.numbers.first().cloned().unwrap_or_else(|| cell.cell.clone());
    let common = claim(fields, effective, cell, &first);
    let claims = cell.numbers.iter().filter_map(|number| {
        let key = number.key()?.to_owned();
        Some(Claim::Standard(Box::new(StandardClaim {
            key,
            number: number.clone(),
            ..common.clone()
        })))
    });
    Ok(RowContent::Taken(claims.collect()))
}

fn claim(
    fields: &Fields,
    effective: ReportedDate,
    cell: &NumberCell,
    owner: &StandardNumber,
) -> StandardClaim {
    let issued = parse_reported_date(fields.get("issued"));
    let withdrawn = parse_reported_date(fields.get("withdrawn"));
    let mut flags = standard_flags(&cell.flags);
    flags.extend(standard_flags(&cell.title.flags));
    flags.extend(number_flags(&cell.cell, owner));
    flags.extend(
        [&issued, &effective, &withdrawn]
            .into_iter()
            .filter_map(|date| date.flag.map(standard_flag)),
    );
    let mut notes = Vec::new();
    let (status, status_word) = status(fields, &mut flags, &mut notes);
    let ics = read_ics(fields.get("ics"));
    let ccs = read_ccs(fields.get("ccs"));
    flags.extend((!ics.unreadable.is_empty()).then_some(StandardFlag::IcsUnreadable));
    flags.extend((!ccs.unreadable.is_empty()).then_some(StandardFlag::CcsUnreadable));
    let issuing_bodies: Vec<Issuer> = read_issuers(fields.get("issuers"))
        .into_iter()
        .map(|body| Issuer {
            name: body.name,
            reported: body.reported,
            recognised: body.recognised,
        })
        .collect();
    flags.extend(
        issuing_bodies
            .iter()
            .any(|body| !body.recognised)
            .then_some(StandardFlag::IssuerUnrecognised),
    );
    let succession = parse_succession(fields.get("succession"), owner);
    let mut replaced_by = links(succession.replaced_by);
    replaced_by.extend(
        split_list(fields.get("replaced_by"))
            .into_iter()
            .filter(|number| number.key().is_some())
            .map(|number| SuccessionClaim {
                number,
                partial: false,
            }),
    );
    let mut department = fields.text("department");
    for note in succession.notes {
        match note.strip_prefix("主管部门：") {
            Some(body) if department.is_none() => department = Some(body.trim().to_owned()),
            _ => notes.push(note),
        }
    }
    StandardClaim {
        key: String::new(),
        number: owner.clone(),
        name_reported: reported(fields.get("name"), &cell.title.title),
        name: filled(cell.title.title.clone()),
        status,
        status_word,
        issued_on: issued.date,
        effective_on: effective.date,
        withdrawn_on: withdrawn.date,
        ics_codes: ics.codes,
        ccs_codes: ccs.codes,
        industry_codes: ccs.industries,
        issuing_bodies,
        committee: fields.text("committee"),
        department,
        replaces: links(succession.replaces),
        replaced_by,
        notes,
        flags: sorted(flags),
        extra: fields.extra(),
    }
}

/// The status word. A stage word beside the number of a standard speaks of a project to revise it, not of the standard.
fn status(
    fields: &Fields,
    flags: &mut Vec<StandardFlag>,
    notes: &mut Vec<String>,
) -> (Option<StandardStatus>, Option<String>) {
    let Some(word) = fields.text("status").or_else(|| fields.text("status_second")) else {
        return (None, None);
    };
    match read_status(&word) {
        (status, None) => (Some(status), Some(word)),
        (_, Some(flag)) => {
            if read_stage(&word).0 != ProjectStage::Unknown {
                notes.push(format!("修订项目：{word}"));
                return (None, None);
            }
            flags.push(standard_flag(flag));
            (Some(StandardStatus::Unknown), Some(word))
        }
    }
}

fn links(links: Vec<text::Link>) -> Vec<SuccessionClaim> {
    links
        .into_iter()
        .map(|link| SuccessionClaim {
            number: link.number,
            partial: link.partial,
        })
        .collect()
}

fn no_number(form: &Form, fields: &Fields, cell: &NumberCell) -> Reject {
    let field = form
        .columns
        .iter()
        .find(|(_, field)| *field == "number")
        .map(|(header, _)| header.clone());
    let written = fields.get("number");
    let has = |flag| cell.cell.has_flag(flag);
    let (code, message, remedy) = if written.is_empty() {
        (
            "NUMBER_EMPTY",
            "the row names no standard number".to_owned(),
            "add the number of the standard",
        )
    } else if cell.flags.contains(&TextFlag::NumberIsIsbn) {
        (
            "NUMBER_IS_ISBN",
            format!("{written} is an ISBN: the row is a book"),
            "leave the row out, or name the standard",
        )
    } else if has(NumberFlag::NoSerial) {
        (
            "NUMBER_CUT",
            format!("{written} is only the prefix of a number"),
            "add the rest of the number",
        )
    } else if has(NumberFlag::Range) {
        (
            "NUMBER_RANGE",
            format!("{written} names a range of standards"),
            "give each standard a row of its own",
        )
    } else if has(NumberFlag::BareNumber) {
        (
            "NUMBER_BARE",
            format!("{written} has no prefix such as GB/T"),
            "add the prefix of the number",
        )
    } else {
        (
            "NUMBER_UNREADABLE",
            format!("{written} is no standard number"),
            "write the number as in GB/T 1.1-2020",
        )
    };
    Reject {
        field,
        code,
        message,
        remedy: remedy.to_owned(),
        raw: String::new(),
    }
}

/// The title as the source writes it, where cleaning changed it.
fn reported(written: &str, cleaned: &str) -> Option<String> {
    (!written.is_empty() && written != cleaned).then(|| written.to_owned())
}

fn filled(text: String) -> Option<String> {
    (!text.is_empty()).then_some(text)
}

fn sorted(mut flags: Vec<StandardFlag>) -> Vec<StandardFlag> {
    flags.sort();
    flags.dedup();
    flags
}

fn number_flags(cell: &StandardNumber, owner: &StandardNumber) -> Vec<StandardFlag> {
    let pairs = [
        (NumberFlag::Repaired, StandardFlag::NumberRepaired),
        (NumberFlag::Joint, StandardFlag::NumberJoint),
        (NumberFlag::TitleRemoved, StandardFlag::NumberCleaned),
        (NumberFlag::NoteRemoved, StandardFlag::NumberCleaned),
    ];
    let mut flags: Vec<StandardFlag> = pairs
        .into_iter()
        .filter(|(number, _)| cell.has_flag(*number))
        .map(|(_, flag)| flag)
        .collect();
    flags.extend((!owner.prefix_known()).then_some(StandardFlag::PrefixUnknown));
    flags
}

fn standard_flags(flags: &[TextFlag]) -> Vec<StandardFlag> {
    flags
        .iter()
        .copied()
        .filter(|flag| *flag != TextFlag::TitleEmpty)
        .map(standard_flag)
        .collect()
}

fn standard_flag(flag: TextFlag) -> StandardFlag {
    match flag {
        TextFlag::YearOnly | TextFlag::MonthOnly => StandardFlag::DateIncomplete,
        TextFlag::DateOutOfRange => StandardFlag::DateOutOfRange,
        TextFlag::DateUnreadable => StandardFlag::DateUnreadable,
        TextFlag::StatusUnknown => StandardFlag::StatusWordUnknown,
        TextFlag::TitleMojibakeRepaired => StandardFlag::TitleMojibakeRepaired,
        TextFlag::TitleSuspect => StandardFlag::TitleSuspect,
        TextFlag::TitleNumberRemoved
        | TextFlag::TitleFromFileName
        | TextFlag::TitleNoteRemoved
        | TextFlag::TitleEmpty => StandardFlag::TitleCleaned,
        TextFlag::NumberRecovered => StandardFlag::NumberRecovered,
        TextFlag::NumberIsIsbn | TextFlag::NumberMissing => StandardFlag::NumberRepaired,
        TextFlag::IcsUnreadable => StandardFlag::IcsUnreadable,
        TextFlag::CcsUnreadable => StandardFlag::CcsUnreadable,
    }
}
