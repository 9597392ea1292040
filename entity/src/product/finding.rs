//! Findings (问题线索) about products: what a machine can see to be wrong, with its rule and the values that led to it.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::barcode::{BarcodeGroup, barcode_group};
use super::licence;
use super::model::Model;
use super::query::by_keys;
use crate::credit::Today;
use crate::credit::licence::{self as credit, Model as Licence};
use crate::declaration::Severity;
use crate::enterprise;
use crate::metrology::not_legal_content;
use crate::vocabulary::vocabulary;
use crate::{Database, Result, Scope};

vocabulary! {
    /// 检查规则 of products: what is looked for.
    ProductRule {
        /// A product of one of the four groups that have to carry a barcode has none (R63).
        BarcodeMissing = "BARCODE_MISSING",
        /// A content in a unit that is not legal (R64).
        ContentUnitNotLegal = "CONTENT_UNIT_NOT_LEGAL",
        /// A product of a kind that needs a production licence, and none that is known of its enterprise is valid (R65, R81, R82).
        ProductionLicenceMissing = "PRODUCTION_LICENCE_MISSING",
        /// A product that needs compulsory certification, and no certificate that is known of its enterprise is valid (R87).
        CertificationNotValid = "CERTIFICATION_NOT_VALID",
    }
}

impl ProductRule {
    /// The rules of the notices that the finding rests on.
    pub fn basis(self) -> &'static str {
        match self {
            Self::BarcodeMissing => "R63；《商品条码管理办法》",
            Self::ContentUnitNotLegal => "R64；《定量包装商品计量监督管理办法》第五条",
            Self::ProductionLicenceMissing => "R65、R81、R82；《工业产品生产许可证管理条例》第五条",
            Self::CertificationNotValid => "R87；《强制性产品认证管理规定》第二条",
        }
    }
}

/// A finding about a product.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProductFinding {
    /// What was looked for.
    pub rule: ProductRule,
    /// How much it matters.
    pub severity: Severity,
    /// The values that led to it, by what they are.
    pub values: Vec<(&'static str, String)>,
}

/// Every finding of a product on a day, with the licences that are known of its enterprise.
pub fn findings(product: &Model, licences: &[Licence], on: NaiveDate) -> Vec<ProductFinding> {
    let barcode = barcode_group(product).filter(|_| product.gtin.is_none());
    let barcode = barcode.map(|(group, word)| ProductFinding {
        rule: ProductRule::BarcodeMissing,
        severity: Severity::Info,
        values: vec![("group", group.as_str().to_owned()), ("word", word.to_owned())],
    });
    let content = content_unit(product);
    barcode
        .into_iter()
        .chain(content)
        .chain(licence::findings(product, licences, on))
        .collect()
}

/// A content in a unit that is out of use, as 2斤 for 1 kg.
fn content_unit(product: &Model) -> Option<ProductFinding> {
    let found = not_legal_content(product.spec.as_deref()?);
    let values = found
        .into_iter()
        .flat_map(|(unit, instead)| [("unit", unit), ("instead", instead.to_owned())]);
    let values: Vec<(&'static str, String)> = values.collect();
    (!values.is_empty()).then_some(ProductFinding {
        rule: ProductRule::ContentUnitNotLegal,
        severity: Severity::Warning,
        values,
    })
}

/// The most licences of an enterprise that are looked at, the newest first.
const LOOKED_AT: u64 = 500;

/// The findings of products, each on a day, by the licences that the reader may see. A product that the reader may not see has none.
pub async fn findings_on(
    db: &Database,
    scope: &Scope,
    today: Today,
    wanted: &[(String, NaiveDate)],
) -> Result<HashMap<(String, NaiveDate), Vec<ProductFinding>>> {
    let keys: Vec<String> = wanted.iter().map(|(key, _)| key.clone()).collect();
    let products = by_keys(db, scope, &keys).await?;
    let mut owners: Vec<String> = products
        .values()
        .map(|product| product.owner_key.clone())
        .collect();
    owners.sort();
    owners.dedup();
    let owners = enterprise::by_identities(db, scope, &owners).await?;
    let of = |key: &str| (credit::Parent(today), key.to_owned(), LOOKED_AT);
    let mut parents: Vec<_> = owners.values().map(|owner| of(&owner.key)).collect();
    parents.sort();
    parents.dedup();
    let licences = credit::first_of(db, scope, &parents).await?;
    let mut all = HashMap::new();
    for (key, day) in wanted {
        let Some(product) = products.get(key) else {
            continue;
        };
        let known = owners
            .get(&product.owner_key)
            .and_then(|owner| licences.get(&of(&owner.key)));
        let known = known.map_or(&[][..], Vec::as_slice);
        all.insert((key.clone(), *day), findings(product, known, *day));
    }
    Ok(all)
}

impl ProductFinding {
    fn group(&self) -> Option<BarcodeGroup> {
        self.value("group").parse().ok()
    }

    fn value(&self, name: &str) -> &str {
        let found = self.values.iter().find(|(one, _)| *one == name);
        found.map_or("", |(_, value)| value)
    }

    /// In Chinese, in one sentence for a clerk.
    pub fn message_zh(&self) -> String {
        match self.rule {
            ProductRule::BarcodeMissing => format!(
                "产品属于应使用商品条码的品类（{}），未给出条码。",
                self.group().map(BarcodeGroup::name_zh).unwrap_or_default()
            ),
            ProductRule::ContentUnitNotLegal => format!("净含量使用非法定计量单位：{}。", self.value("unit")),
            ProductRule::ProductionLicenceMissing => format!(
                "{}类产品应有生产许可证，{} 该企业没有已知的有效证书。",
                self.value("kind"),
                self.value("day")
            ),
            ProductRule::CertificationNotValid => format!(
                "产品（{}）应经强制性产品认证，{} 该企业已知的证书均无效。",
                self.value("kind"),
                self.value("day")
            ),
        }
    }

    /// The same in English.
    pub fn message_en(&self) -> String {
        match self.rule {
            ProductRule::BarcodeMissing => format!(
                "Belongs to a group that has to carry a barcode ({}), and none is told.",
                self.group().map(BarcodeGroup::name_en).unwrap_or_default()
            ),
            ProductRule::ContentUnitNotLegal => {
                format!(
                    "The content is told in a unit that is not legal: {}.",
                    self.value("unit")
                )
            }
            ProductRule::ProductionLicenceMissing => format!(
                "Of a kind that needs a production licence ({}), and no licence known of the enterprise is valid on {}.",
                self.value("kind"),
                self.value("day")
            ),
            ProductRule::CertificationNotValid => format!(
                "Needs compulsory certification ({}), and no certificate known of the enterprise is valid on {}.",
                self.value("kind"),
                self.value("day")
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db::list::TextList;

    fn product(name: &str, category: Option<&str>, gtin: Option<&str>) -> Model {
        Model {
            key: "x/y".to_owned(),
            owner_key: "x".to_owned(),
            name: name.to_owned(),
            generic_name: None,
            brand: None,
            spec: None,
            model: None,
            gtin: gtin.map(str::to_owned),
            gtin_key: None,
            category: category.map(str::to_owned),
            flags: TextList::default(),
            audience: "PUBLIC".to_owned(),
            region: "320582".to_owned(),
        }
    }

    #[test]
    fn r63_a_product_of_the_four_groups_needs_a_barcode() {
        let cases = [
            ("苏打饼干", None, Some("FOOD")),
            ("洗衣液2kg", None, Some("AGRICULTURAL_AND_DAILY_CHEMICAL")),
            ("医用口罩", None, Some("MEDICAL")),
            ("四件套", Some("纺织品"), Some("TEXTILE_LEATHER_PAPER")),
            ("离心泵", None, None),
            ("食品机械", None, None),
            ("饼干包装机组", Some("食品机械"), None),
        ];
        for (name, category, group) in cases {
            let day = "2026-10-01".parse().unwrap();
            let found = findings(&product(name, category, None), &[], day);
            let groups: Vec<&str> = found
                .iter()
                .flat_map(|finding| &finding.values)
                .filter(|(what, _)| *what == "group")
                .map(|(_, value)| value.as_str())
                .collect();
            assert_eq!(groups, group.into_iter().collect::<Vec<_>>(), "{name}");
            assert!(
                findings(&product(name, category, Some("6970872410006")), &[], day).is_empty(),
                "{name}"
            );
        }
    }
}
