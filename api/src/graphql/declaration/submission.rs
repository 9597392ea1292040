//! What an enterprise submits.

use async_graphql::{ID, InputObject};
use entity::declaration as domain;
use entity::record::RecordKind;

use super::vocabulary::IndicatorCategory;
use crate::graphql::error::ApiError;
use crate::graphql::node::key_of;
use crate::graphql::page::bad_input;
use crate::graphql::scalar::Date;
use crate::graphql::written::{check_key, optional, text};

/// The most products and indicators of one declaration.
const MOST_PRODUCTS: usize = 200;
const MOST_INDICATORS: usize = 500;

/// 企业声明所执行的标准。
///
/// An enterprise declares a standard.
#[derive(InputObject)]
pub(crate) struct DeclareStandardInput {
    /// 幂等键：企业自定，8 至 64 个可见 ASCII 字符；同一请求重发不会重复写入。
    ///
    /// The enterprise's own name for the request, 8 to 64 visible ASCII characters: sent again, it writes nothing again.
    idempotency_key: String,
    /// 统一社会信用代码（GB 32100）。
    ///
    /// The credit code (GB 32100).
    credit_code: String,
    /// 企业名称，同营业执照；默认取本枢纽所知的名称。
    ///
    /// The name as on the business licence; the one that the hub knows unless told.
    enterprise_name: Option<String>,
    /// 所在行政区划的六位代码（GB/T 2260）；默认取本枢纽所知的。
    ///
    /// The six digits of the district (GB/T 2260); the one that the hub knows unless told.
    region_code: Option<String>,
    /// 标准编号，书写形式不限。
    ///
    /// The number of the standard, however it is written.
    standard_number: String,
    /// 声明的内容。
    ///
    /// What is declared.
    content: DeclarationContentInput,
}

/// 修订声明。
///
/// Declares anew.
#[derive(InputObject)]
pub(crate) struct ReviseDeclarationInput {
    /// 幂等键：企业自定，8 至 64 个可见 ASCII 字符。
    ///
    /// The enterprise's own name for the request, 8 to 64 visible ASCII characters.
    idempotency_key: String,
    /// 声明的全局标识。
    ///
    /// The global id of the declaration.
    id: ID,
    /// 所见的最近一版的记录编号；已有更新版本的不予受理。
    ///
    /// The record id of the last version that was seen; refused when there is a newer one.
    record_id: String,
    /// 更名后的企业名称（R74）；默认取本枢纽所知的名称。
    ///
    /// The new name of a renamed enterprise (R74); the name that the hub knows unless told.
    enterprise_name: Option<String>,
    /// 全部新内容，取代原内容。
    ///
    /// The whole new content; it takes the place of the former.
    content: DeclarationContentInput,
}

/// 废止声明。
///
/// Withdraws a declaration.
#[derive(InputObject)]
pub(crate) struct WithdrawDeclarationInput {
    /// 幂等键：企业自定，8 至 64 个可见 ASCII 字符。
    ///
    /// The enterprise's own name for the request, 8 to 64 visible ASCII characters.
    idempotency_key: String,
    /// 声明的全局标识。
    ///
    /// The global id of the declaration.
    id: ID,
    /// 所见的最近一版的记录编号；已有更新版本的不予受理。
    ///
    /// The record id of the last version that was seen; refused when there is a newer one.
    record_id: String,
}

/// 声明的内容。
///
/// What is declared.
#[derive(InputObject)]
pub(crate) struct DeclarationContentInput {
    /// 标准名称。
    ///
    /// The title of the standard.
    standard_name: Option<String>,
    /// 标准发布日期，不晚于今日。
    ///
    /// The day on which the standard was published, today at the latest.
    published_on: Option<Date>,
    /// 是否公开标准全文；公开的视同备案（R69），不应含商业秘密（R72）。
    ///
    /// Whether the whole text is opened, which counts as filing (R69); it should give away no trade secret (R72).
    text_public: Option<bool>,
    /// 自我承诺，至多 2,000 字。
    ///
    /// The pledge, 2,000 characters at most.
    pledge: Option<String>,
    /// 是否低于推荐性标准，低于的应当标明（《企业标准化促进办法》第十四条）。
    ///
    /// Whether it is below a recommended standard, which has to be marked (article 14 of the Measures for the Promotion of Enterprise Standardization).
    below_recommended: Option<bool>,
    /// 执行该标准的产品，1 至 200 种。
    ///
    /// The products that are made to it, 1 to 200.
    products: Vec<DeclaredProductInput>,
    /// 技术指标，至多 500 项；企业标准和团体标准须公开主要指标及其试验方法（R62、R71）。
    ///
    /// The technical indicators, 500 at most; enterprise and group standards have to disclose the main ones with their test methods (R62, R71).
    #[graphql(default)]
    indicators: Vec<IndicatorInput>,
}

/// 执行标准的产品。
///
/// A product that is made to the standard.
#[derive(InputObject)]
pub(crate) struct DeclaredProductInput {
    /// 产品名称。
    ///
    /// The name.
    name: String,
    /// 通用名。
    ///
    /// The generic name.
    generic_name: Option<String>,
    /// 品牌。
    ///
    /// The brand.
    brand: Option<String>,
    /// 规格。
    ///
    /// The specification.
    spec: Option<String>,
    /// 型号。
    ///
    /// The model.
    model: Option<String>,
    /// 商品条码（GB 12904）。
    ///
    /// The bar code (GB 12904).
    gtin: Option<String>,
    /// 产品分类。
    ///
    /// The category.
    category: Option<String>,
}

/// 技术指标。
///
/// A technical indicator.
#[derive(InputObject)]
pub(crate) struct IndicatorInput {
    /// 指标名称。
    ///
    /// The name.
    name: String,
    /// 指标要求，如 `≥12.5`。
    ///
    /// What is required, such as `≥12.5`.
    requirement: Option<String>,
    /// 计量单位。
    ///
    /// The unit.
    unit: Option<String>,
    /// 试验方法，如有标准则写明编号。
    ///
    /// The test method, with the number of its standard if it has one.
    test_method: Option<String>,
    /// 指标类别。
    ///
    /// The category.
    category: Option<IndicatorCategory>,
    /// 指标水平说明。
    ///
    /// A note on the level.
    level_note: Option<String>,
}

impl DeclareStandardInput {
    /// The key, and the same for the domain.
    pub(super) fn domain(self) -> Result<(String, domain::Declare), ApiError> {
        check_key(&self.idempotency_key)?;
        let declare = domain::Declare {
            credit_code: text("creditCode", self.credit_code)?,
            enterprise_name: optional("enterpriseName", self.enterprise_name)?,
            region_code: optional("regionCode", self.region_code)?,
            standard_number: text("standardNumber", self.standard_number)?,
            content: self.content.domain()?,
        };
        Ok((self.idempotency_key, declare))
    }
}

impl ReviseDeclarationInput {
    /// The key, and the same for the domain.
    pub(super) fn domain(self) -> Result<(String, domain::Revise), ApiError> {
        check_key(&self.idempotency_key)?;
        let revise = domain::Revise {
            key: declaration_key(&self.id),
            record_id: text("recordId", self.record_id)?,
            enterprise_name: optional("enterpriseName", self.enterprise_name)?,
            content: self.content.domain()?,
        };
        Ok((self.idempotency_key, revise))
    }
}

impl WithdrawDeclarationInput {
    /// The key, and the same for the domain.
    pub(super) fn domain(self) -> Result<(String, domain::Withdraw), ApiError> {
        check_key(&self.idempotency_key)?;
        let withdraw = domain::Withdraw {
            key: declaration_key(&self.id),
            record_id: text("recordId", self.record_id)?,
        };
        Ok((self.idempotency_key, withdraw))
    }
}

/// The declaration that an id names. The id of something else, or of nothing, gives the empty key, which none has.
fn declaration_key(id: &ID) -> String {
    key_of(RecordKind::Declaration, id).unwrap_or_default()
}

impl DeclarationContentInput {
    fn domain(self) -> Result<domain::DeclaredContent, ApiError> {
        if self.products.len() > MOST_PRODUCTS {
            return Err(bad_input(format!("content.products: {MOST_PRODUCTS} at most")));
        }
        if self.indicators.len() > MOST_INDICATORS {
            return Err(bad_input(format!(
                "content.indicators: {MOST_INDICATORS} at most"
            )));
        }
        let products = self.products.into_iter().map(DeclaredProductInput::domain);
        let indicators = self.indicators.into_iter().map(IndicatorInput::domain);
        Ok(domain::DeclaredContent {
            standard_name: optional("content.standardName", self.standard_name)?,
            published_on: self.published_on.map(|day| day.0),
            text_public: self.text_public,
            pledge: optional("content.pledge", self.pledge)?,
            below_recommended: self.below_recommended,
            products: products.collect::<Result<_, _>>()?,
            indicators: indicators.collect::<Result<_, _>>()?,
        })
    }
}

impl DeclaredProductInput {
    fn domain(self) -> Result<domain::DeclaredProduct, ApiError> {
        Ok(domain::DeclaredProduct {
            name: text("content.products.name", self.name)?,
            generic_name: optional("content.products.genericName", self.generic_name)?,
            brand: optional("content.products.brand", self.brand)?,
            spec: optional("content.products.spec", self.spec)?,
            model: optional("content.products.model", self.model)?,
            gtin: optional("content.products.gtin", self.gtin)?,
            category: optional("content.products.category", self.category)?,
        })
    }
}

impl IndicatorInput {
    fn domain(self) -> Result<domain::Indicator, ApiError> {
        Ok(domain::Indicator {
            name: text("content.indicators.name", self.name)?,
            requirement: optional("content.indicators.requirement", self.requirement)?,
            unit: optional("content.indicators.unit", self.unit)?,
            test_method: optional("content.indicators.testMethod", self.test_method)?,
            category: self.category.map(Into::into),
            level_note: optional("content.indicators.levelNote", self.level_note)?,
        })
    }
}
