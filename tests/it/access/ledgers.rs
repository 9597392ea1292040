//! Rows of credit, metrology and institutions: of each kind one in every set, and beside the sets those that time, persons, owners and
//! other districts make a difference for.

use super::reader::{HERE, NEIGHBOUR, credit_code};

/// Credit records with their columns and values beside those that all have.
const CREDIT: [(&str, &str, &str); 5] = [
    (
        "penalty",
        "subject_name, subject_kind, document_number, document_key, kinds, decided_on, term, received_on",
        "'泵业', 'ORGANIZATION', '苏市监处罚〔2026〕1号', '@document', '[\"FINE\"]', '2026-02-02', 'THREE_YEARS', '2026-02-03'",
    ),
    (
        "licence",
        "subject_name, subject_kind, document_number, document_key, decided_on, received_on",
        "'泵业', 'ORGANIZATION', '苏市监处罚〔2026〕1号', '@document', '2026-02-02', '2026-02-03'",
    ),
    (
        "credit_listing",
        "subject_name, subject_kind, list, listed_on",
        "'泵业', 'ORGANIZATION', 'ABNORMAL', '2026-02-02'",
    ),
    (
        "credit_repair",
        "subject_name, subject_kind, target, target_key, applied_on, result",
        "'泵业', 'ORGANIZATION', 'ABNORMAL', 'x', '2026-02-02', 'APPROVED'",
    ),
    ("risk_rating", "month, class", "'2026-02-01', 'C'"),
];

/// Of whom and for whom a row is.
struct For<'a> {
    owner: &'a str,
    audience: &'a str,
    region: &'a str,
    /// The first day on which it is public, and the day from which it is no more.
    from: Option<&'a str>,
    until: Option<&'a str>,
}

fn credit(table: &str, key: &str, whom: &For<'_>) -> String {
    let known = CREDIT.iter().find(|(name, ..)| *name == table);
    let (_, columns, values) = known.copied().unwrap_or_default();
    let values = values.replace(
        "@document",
        &entity::credit::document_key("苏市监处罚〔2026〕1号"),
    );
    let day = |day: Option<&str>| day.map_or("NULL".to_owned(), |day| format!("'{day}'"));
    let (from, until) = (day(whom.from), day(whom.until));
    let For {
        owner,
        audience,
        region,
        ..
    } = whom;
    format!(
        "INSERT INTO {table} (key, owner_key, owner, {columns}, flags, public_from, public_until, audience, region) \
         VALUES ('{key}', '{owner}', '{owner}', {values}, '[]', {from}, {until}, '{audience}', '{region}')"
    )
}

fn instrument(key: &str, set: u32, whom: &For<'_>) -> String {
    let For {
        owner,
        audience,
        region,
        ..
    } = whom;
    let number = key.trim_start_matches("M:");
    format!(
        "INSERT INTO measuring_instrument (key, owner_key, owner, name, serial_number, purposes, status, verification_mode, registered, \
         filed, mandatory_code, type_approval, type_approval_key, due_on, duty, flags, audience, region) VALUES ('{key}', '{owner}', \
         '{owner}', '泵用压力表', 'S{set}', '[]', 'IN_USE', 'PERIODIC', true, true, '{number}', '202{set}F1-32', '202{set}F1-32', \
         '2026-12-0{set}', 'DATED', '[]', '{audience}', '{region}')"
    )
}

/// Misconduct of the institution of the first set.
fn misconduct(key: &str, audience: &str, region: &str) -> String {
    format!(
        "INSERT INTO institution_misconduct (key, institution_key, code, note, audience, region) \
         VALUES ('{key}', '231020340561', 'BEYOND_SCOPE', '{key}', '{audience}', '{region}')"
    )
}

/// The statements that put them there.
pub(super) fn statements() -> Vec<String> {
    let mut statements = Vec::new();
    for set in 1..=3 {
        let owner = credit_code(set);
        let public = For {
            owner: &owner,
            audience: "PUBLIC",
            region: "",
            from: None,
            until: None,
        };
        statements.push(instrument(&format!("M:Q{set}"), set, &public));
        statements.push(format!(
            "INSERT INTO testing_institution (key, name, credit_code, scope, valid_until, status, flags, audience, region) \
             VALUES ('23102034056{set}', '泵检测{set}', '{owner}', '[\"泵\"]', '2026-12-0{set}', 'VALID', '[]', 'PUBLIC', '')"
        ));
        statements.push(format!(
            "INSERT INTO type_approval (key, holder_name, credit_code, instrument_name, models, approved_on, origin, status, flags, \
             audience, region) VALUES ('202{set}F1-32', '泵业', '{owner}', '泵用压力表', '[\"Y-{set}\"]', '202{set}-03-01', 'DOMESTIC', \
             'VALID', '[]', 'PUBLIC', '')"
        ));
        statements.push(misconduct(&format!("m{set}"), "PUBLIC", ""));
        for (table, ..) in CREDIT {
            statements.push(credit(table, &format!("{table}{set}"), &public));
        }
    }
    let (own, other) = (credit_code(1), credit_code(9));
    let here = |audience| For {
        owner: &own,
        audience,
        region: HERE,
        from: None,
        until: None,
    };
    let beside = |audience| For {
        owner: &other,
        region: NEIGHBOUR,
        ..here(audience)
    };
    statements.extend([
        credit(
            "penalty",
            "over",
            &For {
                until: Some("2026-01-01"),
                ..here("PUBLIC")
            },
        ),
        credit(
            "penalty",
            "of a person",
            &For {
                owner: "",
                ..here("STAFF")
            },
        ),
        credit(
            "licence",
            "of a person",
            &For {
                owner: "",
                ..here("STAFF")
            },
        ),
        credit(
            "credit_listing",
            "not begun",
            &For {
                from: Some("2027-01-01"),
                ..beside("PUBLIC")
            },
        ),
        credit("credit_repair", "own", &here("ENTERPRISE")),
        credit("credit_repair", "beside", &beside("ENTERPRISE")),
        credit("risk_rating", "own", &here("STAFF")),
        credit("risk_rating", "beside", &beside("STAFF")),
        instrument("M:OWN", 1, &here("ENTERPRISE")),
        instrument("M:BESIDE", 1, &beside("ENTERPRISE")),
        misconduct("here", "STAFF", HERE),
        misconduct("beside", "STAFF", NEIGHBOUR),
    ]);
    statements
}
