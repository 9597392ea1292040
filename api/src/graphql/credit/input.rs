//! Filters of lists of credit records.

use async_graphql::InputObject;
use entity::credit as domain;
use entity::value::SocialCreditCode;

use super::vocabulary::{CreditFlag, CreditList};
use crate::graphql::error::ApiError;
use crate::graphql::page::{bad_input, region_code};
use crate::graphql::scalar::Date;
use crate::graphql::standard::DateRange;

/// 处罚列表的条件，各项须同时满足。
///
/// Which penalties are wanted; every condition that is set must hold.
#[derive(InputObject, Default, Debug)]
pub(crate) struct PenaltyFilter {
    /// 企业的统一社会信用代码。
    ///
    /// Of the enterprise with this credit code.
    credit_code: Option<String>,
    /// 决定书文号，书写形式不限。
    ///
    /// With this document number, however it is written.
    document_number: Option<String>,
    /// 决定日期的范围。
    ///
    /// A range of days of decision.
    decided_on: Option<DateRange>,
    /// 作出决定机关位于该行政区划及其所辖区划。
    ///
    /// Of organs in this region or in what lies in it.
    region_code: Option<String>,
    /// 带有该质量标记。
    ///
    /// Carrying this quality flag.
    flag: Option<CreditFlag>,
}

impl PenaltyFilter {
    /// The same for the domain; what cannot be read is refused with its name.
    pub(crate) fn domain(self) -> Result<domain::CreditFilter, ApiError> {
        Ok(domain::CreditFilter {
            enterprise: enterprise(self.credit_code)?,
            region: region_code(self.region_code)?,
            days: self.decided_on.map(DateRange::domain).unwrap_or_default(),
            document: self.document_number.map(|text| domain::document_key(&text)),
            flag: self.flag.map(Into::into),
            ..domain::CreditFilter::default()
        })
    }
}

/// 许可列表的条件，各项须同时满足。
///
/// Which licences are wanted; every condition that is set must hold.
#[derive(InputObject, Default, Debug)]
pub(crate) struct LicenceFilter {
    /// 企业的统一社会信用代码。
    ///
    /// Of the enterprise with this credit code.
    credit_code: Option<String>,
    /// 决定书文号，书写形式不限。
    ///
    /// With this document number, however it is written.
    document_number: Option<String>,
    /// 决定日期的范围。
    ///
    /// A range of days of decision.
    decided_on: Option<DateRange>,
    /// 作出决定机关位于该行政区划及其所辖区划。
    ///
    /// Of organs in this region or in what lies in it.
    region_code: Option<String>,
    /// 带有该质量标记。
    ///
    /// Carrying this quality flag.
    flag: Option<CreditFlag>,
}

impl LicenceFilter {
    /// The same for the domain; what cannot be read is refused with its name.
    pub(crate) fn domain(self) -> Result<domain::CreditFilter, ApiError> {
        Ok(domain::CreditFilter {
            enterprise: enterprise(self.credit_code)?,
            region: region_code(self.region_code)?,
            days: self.decided_on.map(DateRange::domain).unwrap_or_default(),
            document: self.document_number.map(|text| domain::document_key(&text)),
            flag: self.flag.map(Into::into),
            ..domain::CreditFilter::default()
        })
    }
}

/// 名单记录列表的条件，各项须同时满足。
///
/// Which listings are wanted; every condition that is set must hold.
#[derive(InputObject, Default, Debug)]
pub(crate) struct CreditListingFilter {
    /// 企业的统一社会信用代码。
    ///
    /// Of the enterprise with this credit code.
    credit_code: Option<String>,
    /// 名单。
    ///
    /// On this list.
    list: Option<CreditList>,
    /// 该日在名单上。
    ///
    /// On the list on this day.
    standing_on: Option<Date>,
    /// 列入日期的范围。
    ///
    /// A range of days of listing.
    listed_on: Option<DateRange>,
    /// 作出决定机关位于该行政区划及其所辖区划。
    ///
    /// Of organs in this region or in what lies in it.
    region_code: Option<String>,
    /// 带有该质量标记。
    ///
    /// Carrying this quality flag.
    flag: Option<CreditFlag>,
}

impl CreditListingFilter {
    /// The same for the domain; what cannot be read is refused with its name.
    pub(crate) fn domain(self) -> Result<domain::CreditFilter, ApiError> {
        Ok(domain::CreditFilter {
            enterprise: enterprise(self.credit_code)?,
            region: region_code(self.region_code)?,
            days: self.listed_on.map(DateRange::domain).unwrap_or_default(),
            list: self.list.map(Into::into),
            listed_on: self.standing_on.map(|day| day.0),
            flag: self.flag.map(Into::into),
            ..domain::CreditFilter::default()
        })
    }
}

/// The key of the enterprise with a credit code.
fn enterprise(code: Option<String>) -> Result<Option<String>, ApiError> {
    let Some(text) = code else { return Ok(None) };
    let code = SocialCreditCode::parse(&text)
        .ok_or_else(|| bad_input(format!("creditCode: {text:?} is no credit code of 18 characters")))?;
    Ok(Some(code.as_str().to_owned()))
}
