//! What a source says about a product.

use serde::{Deserialize, Serialize};

use super::term::ProductFlag;
use crate::record::sha256_hex;
use crate::search;
use crate::value::Gtin;

/// A claim about a product (产品): 名称, 通用名, 品牌, 规格, 型号, 条码, 分类. What the source does not say is empty.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ProductClaim {
    /// The key ([`identity`]).
    pub key: String,
    /// The identity of the enterprise that makes or sells it.
    pub owner_key: String,
    /// 产品名称
    pub name: String,
    /// 通用名
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub generic_name: Option<String>,
    /// 品牌
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub brand: Option<String>,
    /// 规格
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub spec: Option<String>,
    /// 型号
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub model: Option<String>,
    /// 条码 as written, where it is a GTIN.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gtin: Option<String>,
    /// 产品分类
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub category: Option<String>,
    /// GB/T 2260 code of the enterprise's district.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region_code: Option<String>,
    /// What is odd about the claim.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub flags: Vec<ProductFlag>,
}

impl ProductClaim {
    /// Completes a claim whose texts are filled in: the owner, the key that follows from them, and what is odd about the
    /// barcode.
    pub fn completed(mut self, owner: &str, region: Option<&str>) -> Self {
        match self.gtin.as_deref().map(Gtin::parse) {
            None => {}
            Some(None) => self.flags.push(ProductFlag::BarcodeUnreadable),
            Some(Some(gtin)) => {
                if !gtin.check_digit_ok() {
                    self.flags.push(ProductFlag::BarcodeCheckFailed);
                }
                self.gtin = Some(gtin.as_str().to_owned());
            }
        }
        let part = |part: &Option<String>| part.clone().unwrap_or_default();
        self.key = identity(
            owner,
            &self.name,
            &part(&self.brand),
            &part(&self.spec),
            &part(&self.model),
        );
        self.owner_key = owner.to_owned();
        self.region_code = region.map(str::to_owned);
        self
    }
}

impl ProductClaim {
    /// What a limit looks for its word in.
    pub(crate) fn words(&self) -> impl Iterator<Item = &str> {
        words(&self.name, self.generic_name.as_deref(), self.category.as_deref())
    }
}

/// What a limit looks for its word in: name, generic name and category.
pub(super) fn words<'a>(
    name: &'a str,
    generic_name: Option<&'a str>,
    category: Option<&'a str>,
) -> impl Iterator<Item = &'a str> {
    [Some(name), generic_name, category].into_iter().flatten()
}

/// The key of a product: its enterprise, and what tells one of its products from another: name, brand, specification
/// and model, whatever their width, case or blanks. A barcode does not: registers leave it out or repeat it.
pub fn identity(owner: &str, name: &str, brand: &str, spec: &str, model: &str) -> String {
    let told = [name, brand, spec, model].map(|part| {
        search::fold(part)
            .chars()
            .filter(|sign| !sign.is_whitespace())
            .collect::<String>()
    });
    let digest: String = sha256_hex(told.join("\n").as_bytes()).chars().take(16).collect();
    format!("{owner}/{digest}")
}
