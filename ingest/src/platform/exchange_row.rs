//! A claim about a declaration as a row of the exchange table, in the words of docs/exchange-format.md: pure.

use std::collections::HashMap;

use chrono::NaiveDate;
use entity::declaration::{DeclarationClaim, Indicator, IndicatorCategory};
use entity::enterprise::Enterprise;
use entity::ingestion::assertion::StoredAssertion;
use entity::product::Product;
use entity::value::{SocialCreditCode, StandardKind};
use serde_json::{Map, Value, json};

use crate::Adapter;

/// What rows say beside the claims.
pub(super) struct Known {
    pub(super) products: HashMap<String, Product>,
    pub(super) enterprises: HashMap<String, Enterprise>,
}

/// The id of a record in the table. The platform's own ids stand as they are; those of another source, or of a hub below, stand behind
/// the name of that source, since two sources give the same id to different records.
pub(super) fn record_id(source: &str, part: &str) -> String {
    if source == Adapter::EnterpriseStandardPlatform.as_str() {
        part.to_owned()
    } else {
        format!("{source}/{part}")
    }
}

/// The rows of a claim: as it was first said and, where that was later, as it was last said. Of a day on which something else was said
/// of the record, too, and is shown, it has none.
pub(super) fn claimed(
    stored: &StoredAssertion,
    claim: &DeclarationClaim,
    is_shown: bool,
    known: &Known,
) -> Vec<Map<String, Value>> {
    let row = row(record_id(&stored.source, &stored.part), claim, known);
    let on = |day: NaiveDate| {
        let mut row = row.clone();
        row.insert("as_of".to_owned(), json!(day));
        row
    };
    days(stored.first_as_of, stored.as_of)
        .filter(|day| is_shown || *day != stored.as_of)
        .map(on)
        .collect()
}

/// The rows by which a record is taken back, on the first and the last day.
pub(super) fn retracted(record_id: &str, (first, last): (NaiveDate, NaiveDate)) -> Vec<Map<String, Value>> {
    let on = |day: NaiveDate| {
        told([
            ("op", Some("DELETE".to_owned())),
            ("as_of", Some(day.to_string())),
            ("record_id", Some(record_id.to_owned())),
        ])
    };
    days(first, last).map(on).collect()
}

fn days(first: NaiveDate, last: NaiveDate) -> impl Iterator<Item = NaiveDate> {
    std::iter::once(first).chain(Some(last).filter(|last| *last != first))
}

fn row(record_id: String, claim: &DeclarationClaim, known: &Known) -> Map<String, Value> {
    let enterprise = known.enterprises.get(&claim.owner_key);
    let day = |day: Option<NaiveDate>| day.map(|day| day.to_string());
    let yes = |yes: Option<bool>| yes.map(|yes| if yes { "是" } else { "否" }.to_owned());
    let products = claim.products.iter().filter_map(|key| known.products.get(key));
    let products: Vec<_> = products.map(product).collect();
    let indicators: Vec<_> = claim.indicators.iter().map(indicator).collect();
    told([
        ("op", Some("UPSERT".to_owned())),
        ("record_id", Some(record_id)),
        ("credit_code", code(&claim.owner_key)),
        (
            "organization_code",
            enterprise.and_then(|one| one.organization_code.clone()),
        ),
        ("enterprise_name", claim.enterprise_name.clone()),
        ("region_code", claim.region_code.clone()),
        ("address", enterprise.and_then(|one| one.address.clone())),
        ("standard_number", Some(claim.standard_number.raw().to_owned())),
        ("standard_name", claim.standard_name.clone()),
        ("standard_type", standard_type(claim.standard_kind)),
        ("published_on", day(claim.published_on)),
        ("declared_at", day(claim.declared_on)),
        ("status", claim.status_word.clone()),
        ("abolished_on", day(claim.abolished_on)),
        ("text_public", yes(claim.text_public)),
        ("pledge", claim.pledge.clone()),
        ("below_recommended", yes(claim.below_recommended)),
        ("products", list(products)),
        ("indicators", list(indicators)),
    ])
}

/// The identity of an enterprise is its credit code where it has one.
fn code(owner_key: &str) -> Option<String> {
    SocialCreditCode::parse(owner_key).map(|code| code.as_str().to_owned())
}

fn standard_type(kind: StandardKind) -> Option<String> {
    let word = match kind {
        StandardKind::National => "国家标准",
        StandardKind::Industry => "行业标准",
        StandardKind::Local => "地方标准",
        StandardKind::Group => "团体标准",
        StandardKind::Enterprise => "企业标准",
        StandardKind::Metrology | StandardKind::Foreign | StandardKind::Other => return None,
    };
    Some(word.to_owned())
}

fn product(product: &Product) -> Map<String, Value> {
    told([
        ("name", Some(product.name.clone())),
        ("generic_name", product.generic_name.clone()),
        ("brand", product.brand.clone()),
        ("gtin", product.gtin.clone()),
        ("spec", product.spec.clone()),
        ("model", product.model.clone()),
        ("category", product.category.clone()),
    ])
}

fn indicator(indicator: &Indicator) -> Map<String, Value> {
    let category = indicator.category.map(|category| match category {
        IndicatorCategory::Functional => "功能",
        IndicatorCategory::Performance => "性能",
        IndicatorCategory::Safety => "安全",
    });
    told([
        ("name", Some(indicator.name.clone())),
        ("requirement", indicator.requirement.clone()),
        ("unit", indicator.unit.clone()),
        ("test_method", indicator.test_method.clone()),
        ("category", category.map(str::to_owned)),
        ("level_note", indicator.level_note.clone()),
    ])
}

/// What is said, by its name.
fn told<const N: usize>(fields: [(&str, Option<String>); N]) -> Map<String, Value> {
    let said = fields.into_iter().filter_map(|(name, text)| {
        let text = text.filter(|text| !text.is_empty())?;
        Some((name.to_owned(), Value::String(text)))
    });
    said.collect()
}

/// A list as the JSON text that the column holds; nothing where it is empty.
fn list(members: Vec<Map<String, Value>>) -> Option<String> {
    (!members.is_empty()).then(|| json!(members).to_string())
}
