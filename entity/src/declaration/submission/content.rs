//! What an enterprise submits, and the claims that it makes by that.

use chrono::NaiveDate;
use serde::Serialize;

use super::super::claim::{DeclarationClaim, Indicator, identity};
use super::super::term::DeclarationStatus;
use crate::enterprise::Declarer;
use crate::ingestion::Claim;
use crate::product::ProductClaim;
use crate::standard::StandardClaim;
use crate::value::{StandardKind, StandardNumber};

/// One act of an enterprise.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Submission {
    /// 声明
    Declare(Declare),
    /// 修订: declare anew.
    Revise(Revise),
    /// 废止
    Withdraw(Withdraw),
}

/// Declaring a standard.
#[derive(Debug, Clone, Serialize)]
pub struct Declare {
    /// 统一社会信用代码, as written.
    pub credit_code: String,
    /// 企业名称; the name that the hub knows where it is left out.
    pub enterprise_name: Option<String>,
    /// GB/T 2260 code of the district; the one that the hub knows where it is left out.
    pub region_code: Option<String>,
    /// 标准编号, as written.
    pub standard_number: String,
    /// The rest.
    pub content: DeclaredContent,
}

/// Declaring anew with other content, or under another name.
#[derive(Debug, Clone, Serialize)]
pub struct Revise {
    /// The declaration.
    pub key: String,
    /// The record that was its last one when the enterprise looked.
    pub record_id: String,
    /// 企业名称; the one that the hub knows where it is left out.
    pub enterprise_name: Option<String>,
    /// The new content; it takes the place of all of the former.
    pub content: DeclaredContent,
}

/// Taking a declaration back.
#[derive(Debug, Clone, Serialize)]
pub struct Withdraw {
    /// The declaration.
    pub key: String,
    /// The record that was its last one when the enterprise looked.
    pub record_id: String,
}

/// What is declared of a standard.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct DeclaredContent {
    /// 标准名称
    pub standard_name: Option<String>,
    /// 标准发布日期
    pub published_on: Option<NaiveDate>,
    /// 全文公开 (R69, R72)
    pub text_public: Option<bool>,
    /// 自我承诺
    pub pledge: Option<String>,
    /// 低于推荐性标准 (企业标准化促进办法 art 14)
    pub below_recommended: Option<bool>,
    /// What is made to the standard.
    pub products: Vec<DeclaredProduct>,
    /// 技术指标
    pub indicators: Vec<Indicator>,
}

/// A product that is made to the declared standard.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct DeclaredProduct {
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
    /// 条码
    pub gtin: Option<String>,
    /// 产品分类
    pub category: Option<String>,
}

impl Submission {
    /// As stored.
    pub(super) fn operation(&self) -> &'static str {
        match self {
            Self::Declare(_) => "DECLARE",
            Self::Revise(_) => "REVISE",
            Self::Withdraw(_) => "WITHDRAW",
        }
    }

    /// What it is about, as far as the request tells: the declaration, or whose it is to be.
    pub(super) fn subject(&self) -> &str {
        match self {
            Self::Declare(declare) => &declare.credit_code,
            Self::Revise(revise) => &revise.key,
            Self::Withdraw(withdraw) => &withdraw.key,
        }
    }
}

/// A declaration by an enterprise itself, ready to be written.
#[derive(Debug, Clone)]
pub(super) struct Told {
    pub(super) declarer: Declarer,
    pub(super) products: Vec<ProductClaim>,
    pub(super) declaration: DeclarationClaim,
}

impl Told {
    /// What the enterprise says on a day. The record gets its id when it is written.
    pub(super) fn new(
        declarer: Declarer,
        owner: &str,
        number: StandardNumber,
        content: &DeclaredContent,
        day: NaiveDate,
    ) -> Self {
        let region = declarer.region.as_ref().map(|region| region.as_str().to_owned());
        let products: Vec<ProductClaim> = content
            .products
            .iter()
            .map(|product| {
                let claim = ProductClaim {
                    name: product.name.clone(),
                    generic_name: product.generic_name.clone(),
                    brand: product.brand.clone(),
                    spec: product.spec.clone(),
                    model: product.model.clone(),
                    gtin: product.gtin.clone(),
                    category: product.category.clone(),
                    ..ProductClaim::default()
                };
                claim.completed(owner, region.as_deref())
            })
            .collect();
        let mut product_keys: Vec<String> = products.iter().map(|product| product.key.clone()).collect();
        product_keys.sort();
        product_keys.dedup();
        let declaration = DeclarationClaim {
            key: identity(owner, &number),
            record_id: String::new(),
            owner_key: owner.to_owned(),
            enterprise_name: declarer.name.clone().map(String::from),
            region_code: region,
            standard_kind: number.kind().unwrap_or(StandardKind::Other),
            standard_number: number,
            standard_name: content.standard_name.clone(),
            published_on: content.published_on,
            declared_on: Some(day),
            status: Some(DeclarationStatus::Current),
            status_word: None,
            abolished_on: None,
            text_public: content.text_public,
            pledge: content.pledge.clone(),
            below_recommended: content.below_recommended,
            products: product_keys,
            indicators: content.indicators.clone(),
            flags: Vec::new(),
            extra: std::collections::BTreeMap::new(),
        };
        Self {
            declarer,
            products,
            declaration,
        }
    }

    /// Everything that follows for the enterprise, its products, the standard that it wrote itself, and the declaration.
    pub(super) fn claims(self) -> Vec<Claim> {
        let told = &self.declaration;
        let mut claims: Vec<Claim> = self
            .declarer
            .claims(told.declared_on)
            .into_iter()
            .map(|claim| Claim::Enterprise(Box::new(claim)))
            .collect();
        if told.standard_kind == StandardKind::Enterprise {
            let standard = StandardClaim::declared(
                &told.standard_number,
                told.standard_name.as_deref(),
                told.published_on,
            );
            claims.extend(standard.map(|claim| Claim::Standard(Box::new(claim))));
        }
        let products = self.products.into_iter();
        claims.extend(products.map(|claim| Claim::Product(Box::new(claim))));
        claims.push(Claim::Declaration(Box::new(self.declaration)));
        claims
    }
}

/// Whether two records declare the same, whenever they did.
pub(super) fn same_content(one: &DeclarationClaim, other: &DeclarationClaim) -> bool {
    let told = |claim: &DeclarationClaim| {
        (
            claim.enterprise_name.clone(),
            claim.standard_name.clone(),
            (claim.published_on, claim.text_public, claim.below_recommended),
            claim.pledge.clone(),
            claim.products.clone(),
            claim.indicators.clone(),
        )
    };
    told(one) == told(other)
}
