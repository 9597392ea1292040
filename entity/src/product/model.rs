//! The table of products and the golden record.

use sea_orm::DatabaseTransaction;
use sea_orm::entity::prelude::*;

use super::claim::{ProductClaim, words};
use super::term::ProductFlag;
use crate::Result;
use crate::access::{Audience, Visible};
use crate::db::list::TextList;
use crate::db::rows::{self, Kind};
use crate::ingestion::field::{Fields, Reading, deciding, said};
use crate::ingestion::{Asserted, Domain};
use crate::record::{Reach, RecordKind};
use crate::search::SearchText;
use crate::value::Gtin;

/// A product as readers see it.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, serde::Serialize)]
#[sea_orm(table_name = "product")]
pub struct Model {
    /// Enterprise, and a digest of what tells the product from others.
    #[sea_orm(primary_key, auto_increment = false)]
    pub key: String,
    /// The identity of the enterprise.
    pub owner_key: String,
    /// 产品名称
    pub name: String,
    /// 通用名
    pub generic_name: Option<String>,
    /// 品牌
    pub brand: Option<String>,
    /// 规格
    pub spec: Option<String>,
    /// 型号
    pub model: Option<String>,
    /// 条码 as written.
    pub gtin: Option<String>,
    /// The barcode in fourteen digits, for joins.
    pub gtin_key: Option<String>,
    /// 产品分类
    pub category: Option<String>,
    /// Quality flags.
    pub flags: TextList,
    /// Who may see it.
    pub audience: String,
    /// GB/T 2260 code of the enterprise's district, or empty.
    pub region: String,
}

/// Products are joined by hand.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Visible for Entity {}

impl Model {
    /// What a limit looks for its word in.
    pub(crate) fn words(&self) -> impl Iterator<Item = &str> {
        words(&self.name, self.generic_name.as_deref(), self.category.as_deref())
    }
}

impl Fields for ProductClaim {
    const FIELDS: &'static [(&'static str, Reading<Self>)] = &[
        ("name", |claim| Some((0, claim.name.clone()))),
        ("genericName", |claim| said(claim.generic_name.as_ref())),
        ("brand", |claim| said(claim.brand.as_ref())),
        ("spec", |claim| said(claim.spec.as_ref())),
        ("model", |claim| said(claim.model.as_ref())),
        ("gtin", |claim| said(claim.gtin.as_ref())),
        ("category", |claim| said(claim.category.as_ref())),
        ("region", |claim| said(claim.region_code.as_ref())),
    ];
}

/// The domain of products.
pub(crate) struct Products;

const PRODUCT: &rows::Columns = &[
    ("key", Kind::Text),
    ("owner_key", Kind::Text),
    ("name", Kind::Text),
    ("generic_name", Kind::Text),
    ("brand", Kind::Text),
    ("spec", Kind::Text),
    ("model", Kind::Text),
    ("gtin", Kind::Text),
    ("gtin_key", Kind::Text),
    ("category", Kind::Text),
    ("flags", Kind::Text),
    ("audience", Kind::Text),
    ("region", Kind::Text),
];

impl Domain for Products {
    const KIND: RecordKind = RecordKind::Product;
    type Claim = ProductClaim;
    type Golden = Model;

    fn golden(key: &str, claims: &[Asserted<ProductClaim>]) -> Model {
        let from = |name: &str| deciding(claims, name).map(|asserted| &asserted.claim);
        let gtin = from("gtin").and_then(|claim| claim.gtin.clone());
        Model {
            key: key.to_owned(),
            owner_key: from("name")
                .map(|claim| claim.owner_key.clone())
                .unwrap_or_default(),
            name: from("name").map(|claim| claim.name.clone()).unwrap_or_default(),
            generic_name: from("genericName").and_then(|claim| claim.generic_name.clone()),
            brand: from("brand").and_then(|claim| claim.brand.clone()),
            spec: from("spec").and_then(|claim| claim.spec.clone()),
            model: from("model").and_then(|claim| claim.model.clone()),
            gtin_key: gtin.as_deref().and_then(Gtin::parse).map(|gtin| gtin.key()),
            gtin,
            category: from("category").and_then(|claim| claim.category.clone()),
            flags: flags(claims),
            audience: Audience::Public.as_str().to_owned(),
            region: from("region")
                .and_then(|claim| claim.region_code.clone())
                .unwrap_or_default(),
        }
    }

    fn reach(golden: &Model) -> Reach {
        Reach {
            region: golden.region.clone(),
            ..Reach::public()
        }
    }

    fn search_text(golden: &Model) -> Option<SearchText> {
        let told = [
            Some(golden.name.as_str()),
            golden.brand.as_deref(),
            golden.model.as_deref(),
        ];
        let title: Vec<&str> = told.into_iter().flatten().collect();
        Some(SearchText::new(&title.join(" "), golden.gtin.as_deref()))
    }

    async fn store(transaction: &DatabaseTransaction, records: &[Model]) -> Result<()> {
        rows::upsert(transaction, "product", "key", PRODUCT, records).await
    }

    async fn remove(transaction: &DatabaseTransaction, keys: &[&str]) -> Result<()> {
        rows::delete_by(transaction, "product", "key", keys).await
    }
}

fn flags(claims: &[Asserted<ProductClaim>]) -> TextList {
    let mut flags: Vec<ProductFlag> = claims
        .iter()
        .flat_map(|asserted| asserted.claim.flags.iter().copied())
        .collect();
    let mut codes: Vec<String> = claims
        .iter()
        .filter_map(|asserted| Gtin::parse(asserted.claim.gtin.as_deref()?))
        .map(|gtin| gtin.key())
        .collect();
    codes.sort();
    codes.dedup();
    if codes.len() > 1 {
        flags.push(ProductFlag::SeveralBarcodes);
    }
    TextList::distinct(flags, ProductFlag::as_str)
}
