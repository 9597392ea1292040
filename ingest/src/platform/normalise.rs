//! From a record of the platform to claims about the enterprise, its products, the declaration and the standard: pure,
//! the same record always gives the same claims.

use chrono::NaiveDate;
use entity::declaration::{self, DeclarationClaim, DeclarationFlag};
use entity::enterprise::{Declarer, EnterpriseFlag};
use entity::ingestion::{Claim, Reject, Retraction, Row, RowContent};
use entity::record::RecordKind;
use entity::standard::StandardClaim;
use entity::value::{EnterpriseName, RegionCode, StandardKind, StandardNumber};

use super::{detail, grouped, word};
use crate::fields::{Fields, begin};
use crate::file::RawRecord;
use crate::form::Form;
use crate::register::{code_flags, credit_code};

/// Reads one record.
pub(super) fn row(form: &Form, as_of: NaiveDate, record: RawRecord) -> Row {
    let (mut row, fields, raw) = match begin(form, as_of, record) {
        Ok(begun) => begun,
        Err(unreadable) => return *unreadable,
    };
    if let Ok(Some(day)) = word::day(fields.get("as_of")) {
        row.as_of = day;
    }
    row.content =
        claims(form, &fields).unwrap_or_else(|reject| RowContent::Rejected(Reject { raw, ..reject }));
    row
}

fn claims(form: &Form, fields: &Fields) -> Result<RowContent, Reject> {
    let Some(deletes) = word::deletes(fields.get("op")) else {
        let message = format!("{} is no operation", fields.get("op"));
        return Err(reject(
            form,
            "op",
            "OPERATION_UNKNOWN",
            message,
            "write UPSERT or DELETE (新增, 修改 or 删除)",
        ));
    };
    if deletes {
        return retraction(form, fields);
    }
    let (owner, declarer) = declarer(form, fields)?;
    let number = number(form, fields)?;
    let key = declaration::identity(&owner, &number);
    // A record without an id is known by enterprise, standard and declaring day.
    let record_id =
        said(fields, "record_id").unwrap_or_else(|| format!("{key}@{}", fields.get("declared_at")));
    let mut flags = Vec::new();
    let mut day = |field: &str| {
        word::day(fields.get(field)).unwrap_or_else(|_| {
            flags.push(DeclarationFlag::DateUnreadable);
            None
        })
    };
    let (published_on, declared_on, abolished_on) =
        (day("published_on"), day("declared_at"), day("abolished_on"));
    let mut extra = fields.extra();
    let mut list = |column: &str| {
        detail::objects(form, fields.get(column)).unwrap_or_else(|()| {
            flags.push(DeclarationFlag::ListUnreadable);
            extra.insert(column.to_owned(), fields.get(column).to_owned());
            Vec::new()
        })
    };
    let (products, indicators) = (list(grouped::PRODUCTS), list(grouped::INDICATORS));
    let region = declarer.region.as_ref().map(|region| region.as_str().to_owned());
    let (products, nameless) = detail::products(&owner, region.as_deref(), &products);
    flags.extend(nameless);
    let status_word = said(fields, "status");
    let status = status_word
        .as_deref()
        .map(|word| word::status(word).unwrap_or(declaration::DeclarationStatus::Unknown));
    let unknown = status_word
        .as_deref()
        .is_some_and(|word| word::status(word).is_none());
    flags.extend(unknown.then_some(DeclarationFlag::StatusWordUnknown));
    let told_kind = word::standard_kind(fields.get("standard_type"));
    let own_kind = number.kind().filter(|kind| *kind != StandardKind::Other);
    flags.extend(
        (told_kind.is_some() && own_kind.is_some() && told_kind != own_kind)
            .then_some(DeclarationFlag::KindDiffers),
    );
    flags.sort();
    flags.dedup();
    let mut product_keys: Vec<String> = products.iter().map(|product| product.key.clone()).collect();
    product_keys.sort();
    product_keys.dedup();
    let kind = own_kind.or(told_kind).unwrap_or(StandardKind::Other);
    let standard_name = fields.text("standard_name");
    let about_enterprise = declarer.claims(declared_on).into_iter();
    let mut claims: Vec<Claim> = about_enterprise
        .map(|claim| Claim::Enterprise(Box::new(claim)))
        .collect();
    if kind == StandardKind::Enterprise {
        let claim = StandardClaim::declared(&number, standard_name.as_deref(), published_on);
        claims.extend(claim.map(|claim| Claim::Standard(Box::new(claim))));
    }
    claims.extend(
        products
            .into_iter()
            .map(|product| Claim::Product(Box::new(product))),
    );
    claims.push(Claim::Declaration(Box::new(DeclarationClaim {
        key,
        record_id,
        owner_key: owner,
        enterprise_name: declarer.name.map(String::from),
        region_code: region,
        standard_number: number,
        standard_name,
        standard_kind: kind,
        published_on,
        declared_on,
        status,
        status_word,
        abolished_on,
        text_public: word::yes(fields.get("text_public")),
        pledge: said(fields, "pledge"),
        below_recommended: word::yes(fields.get("below_recommended")),
        products: product_keys,
        indicators: detail::indicators(&indicators),
        flags,
        extra,
    })));
    Ok(RowContent::Taken(claims))
}

/// A cell that says something: a dash says nothing.
fn said(fields: &Fields, field: &str) -> Option<String> {
    word::said(fields.get(field))
}

/// The source deletes a record; the id is all that it has to tell.
fn retraction(form: &Form, fields: &Fields) -> Result<RowContent, Reject> {
    let Some(part) = said(fields, "record_id") else {
        let message = "the row deletes a record and does not say which".to_owned();
        return Err(reject(
            form,
            "record_id",
            "RECORD_ID_EMPTY",
            message,
            "add the id of the record (记录编号)",
        ));
    };
    Ok(RowContent::Taken(vec![Claim::Retraction(Retraction {
        kind: RecordKind::Declaration,
        key: String::new(),
        part,
    })]))
}

fn declarer(form: &Form, fields: &Fields) -> Result<(String, Declarer), Reject> {
    let code = credit_code(fields.get("credit_code"));
    let mut flags: Vec<EnterpriseFlag> = code.as_ref().map(code_flags).unwrap_or_default();
    if code.is_none() && !fields.get("credit_code").is_empty() {
        flags.push(EnterpriseFlag::CreditCodeUnreadable);
    }
    let declarer = Declarer {
        code,
        name: EnterpriseName::parse(fields.get("enterprise_name")),
        region: RegionCode::parse(fields.get("region_code")),
        organization_code: said(fields, "organization_code"),
        address: said(fields, "address"),
        flags,
    };
    let Some(key) = declarer.key() else {
        let message = "the row names no enterprise: neither a credit code nor a name can be read".to_owned();
        let remedy = "add the credit code (统一社会信用代码) or the full name of the enterprise";
        return Err(reject(
            form,
            "enterprise_name",
            "ENTERPRISE_MISSING",
            message,
            remedy,
        ));
    };
    Ok((key, declarer))
}

fn number(form: &Form, fields: &Fields) -> Result<StandardNumber, Reject> {
    let written = fields.get("standard_number");
    if word::said(written).is_none() || !written.chars().any(char::is_alphanumeric) {
        let message = "the row names no standard".to_owned();
        let remedy = "add the number of the declared standard (标准编号)";
        return Err(reject(form, "standard_number", "NUMBER_EMPTY", message, remedy));
    }
    Ok(StandardNumber::parse(written))
}

fn reject(form: &Form, field: &str, code: &'static str, message: String, remedy: &str) -> Reject {
    let column = form.columns.iter().find(|(_, one)| *one == field);
    Reject {
        field: column.map(|(header, _)| header.clone()),
        code,
        message,
        remedy: remedy.to_owned(),
        raw: String::new(),
    }
}
