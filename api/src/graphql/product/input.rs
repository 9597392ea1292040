//! Filters of lists of products.

use async_graphql::InputObject;
use entity::product as domain;
use entity::value::Gtin;

use super::vocabulary::ProductFlag;
use crate::graphql::error::ApiError;
use crate::graphql::page::{bad_input, region_code, standard_key};

/// 产品列表的条件，各项须同时满足。
///
/// Which products are wanted; every condition that is set must hold.
#[derive(InputObject, Default, Debug)]
pub(crate) struct ProductFilter {
    /// 来源给出的产品分类，完全相同。
    ///
    /// Of this category, exactly as the source writes it.
    category: Option<String>,
    /// 商品条码（GTIN-8、12、13、14）。
    ///
    /// With this barcode (GTIN-8, 12, 13 or 14).
    gtin: Option<String>,
    /// 生产企业位于该行政区划及其所辖区划。
    ///
    /// Of enterprises in this region or in what lies in it.
    region_code: Option<String>,
    /// 声明执行该标准。
    ///
    /// Declared to this standard.
    declared_to_standard: Option<String>,
    /// 带有该质量标记。
    ///
    /// Carrying this quality flag.
    flag: Option<ProductFlag>,
}

impl ProductFilter {
    /// The same for the domain; what cannot be read is refused with its name.
    pub(crate) fn domain(self) -> Result<domain::ProductFilter, ApiError> {
        let gtin = self.gtin.map(|text| {
            Gtin::parse(&text)
                .ok_or_else(|| bad_input(format!("gtin: {text:?} is no GTIN of 8, 12, 13 or 14 digits")))
        });
        Ok(domain::ProductFilter {
            category: self.category,
            gtin: gtin.transpose()?,
            region: region_code(self.region_code)?,
            standard: standard_key("declaredToStandard", self.declared_to_standard)?,
            flag: self.flag.map(Into::into),
            ..domain::ProductFilter::default()
        })
    }
}
