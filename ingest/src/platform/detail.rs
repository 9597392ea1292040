//! The products and indicators of a record.

use entity::declaration::{DeclarationFlag, Indicator};
use entity::product::ProductClaim;
use serde_json::{Map, Value};

use super::word;
use crate::form::Form;

/// The most products or indicators of one record; a list that is longer is no list of a declaration.
const MOST: usize = 2_000;

/// The objects of a list; an error where the text is no list of objects.
pub(super) fn objects(form: &Form, text: &str) -> Result<Vec<Map<String, Value>>, ()> {
    if text.is_empty() {
        return Ok(Vec::new());
    }
    let list: Vec<Map<String, Value>> = serde_json::from_str(text).map_err(|_| ())?;
    if list.len() > MOST {
        return Err(());
    }
    Ok(list.into_iter().map(|object| renamed(form, object)).collect())
}

/// Members by their fields, where the form names them otherwise.
fn renamed(form: &Form, object: Map<String, Value>) -> Map<String, Value> {
    object
        .into_iter()
        .map(|(name, value)| (form.members.get(&name).cloned().unwrap_or(name), value))
        .collect()
}

fn text(object: &Map<String, Value>, member: &str) -> Option<String> {
    match object.get(member)? {
        Value::String(text) => word::said(text),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// The products of an enterprise, and what is odd about the list.
pub(super) fn products(
    owner: &str,
    region: Option<&str>,
    objects: &[Map<String, Value>],
) -> (Vec<ProductClaim>, Option<DeclarationFlag>) {
    let claims: Vec<ProductClaim> = objects
        .iter()
        .filter_map(|object| product(owner, region, object))
        .collect();
    let flag = (claims.len() < objects.len()).then_some(DeclarationFlag::ProductNameless);
    (claims, flag)
}

fn product(owner: &str, region: Option<&str>, object: &Map<String, Value>) -> Option<ProductClaim> {
    let generic_name = text(object, "generic_name");
    let claim = ProductClaim {
        name: text(object, "name").or_else(|| generic_name.clone())?,
        generic_name,
        brand: text(object, "brand"),
        spec: text(object, "spec"),
        model: text(object, "model"),
        gtin: text(object, "gtin"),
        category: text(object, "category"),
        ..ProductClaim::default()
    };
    Some(claim.completed(owner, region))
}

/// The indicators, in the order of the record. One without a name is kept under the name that it has: none.
pub(super) fn indicators(objects: &[Map<String, Value>]) -> Vec<Indicator> {
    objects
        .iter()
        .map(|object| Indicator {
            name: text(object, "name").unwrap_or_default(),
            requirement: text(object, "requirement"),
            unit: text(object, "unit"),
            test_method: text(object, "test_method"),
            category: text(object, "category")
                .as_deref()
                .and_then(word::indicator_category),
            level_note: text(object, "level_note"),
        })
        .filter(|indicator| *indicator != Indicator::default())
        .collect()
}
