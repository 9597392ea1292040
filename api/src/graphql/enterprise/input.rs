//! Filters and orders of lists of enterprises.

use async_graphql::{Context, Enum, InputObject};
use entity::enterprise as domain;
use entity::value::EnterpriseName;

use super::vocabulary::{EnterpriseFlag, EnterpriseStatus};
use crate::graphql::declaration::FindingFilter;
use crate::graphql::error::ApiError;
use crate::graphql::page::{bad_input, region_code, standard_key};
use crate::graphql::standard::OrderDirection;

/// 企业列表的条件，各项须同时满足。
///
/// Which enterprises are wanted; every condition that is set must hold.
#[derive(InputObject, Default, Debug)]
pub(crate) struct EnterpriseFilter {
    /// 现名或曾用名，全称，书写形式不限；按词查找请用 search。
    ///
    /// Called so now or before, the full name in any spelling; use search to find by words.
    name: Option<String>,
    /// 位于该行政区划及其所辖区划。
    ///
    /// In this region or in what lies in it.
    region_code: Option<String>,
    /// 登记状态为其一。
    ///
    /// In one of these registration statuses.
    status: Option<Vec<EnterpriseStatus>>,
    /// 声明执行该标准，且声明仍有效。
    ///
    /// Declaring this standard in a declaration that stands.
    declares_standard: Option<String>,
    /// 其声明中有此类问题。
    ///
    /// With a declaration that has such a finding.
    finding: Option<FindingFilter>,
    /// 带有该质量标记。
    ///
    /// Carrying this quality flag.
    flag: Option<EnterpriseFlag>,
}

/// 企业列表的次序。
///
/// The order of a list of enterprises.
#[derive(InputObject, Debug)]
pub(crate) struct EnterpriseOrder {
    /// 依据的字段。
    ///
    /// By what.
    field: EnterpriseOrderField,
    /// 方向。
    ///
    /// The direction.
    #[graphql(default_with = "OrderDirection::Asc")]
    direction: OrderDirection,
}

/// 企业列表可依据的字段。
///
/// What a list of enterprises can be ordered by.
#[derive(Enum, Copy, Clone, Eq, PartialEq, Debug)]
#[graphql(remote = "entity::enterprise::EnterpriseOrderField")]
pub(crate) enum EnterpriseOrderField {
    /// 键：统一社会信用代码，无代码者为省份与名称。
    ///
    /// The key: the credit code, or province and name where there is none.
    Key,
    /// 名称，按字符编码次序。
    ///
    /// The name, in the order of its characters' codes.
    Name,
}

impl EnterpriseFilter {
    /// The same for the domain; what cannot be read is refused with its name.
    pub(crate) fn domain(self, ctx: &Context<'_>) -> Result<domain::EnterpriseFilter, ApiError> {
        let name = self.name.map(|text| {
            EnterpriseName::parse(&text)
                .ok_or_else(|| bad_input(format!("name: {text:?} is no name of an enterprise")))
        });
        Ok(domain::EnterpriseFilter {
            name: name.transpose()?,
            region: region_code(self.region_code)?,
            statuses: self.status.map(|list| list.into_iter().map(Into::into).collect()),
            declares: standard_key("declaresStandard", self.declares_standard)?,
            findings: self.finding.map(|finding| finding.domain(ctx)).transpose()?,
            flag: self.flag.map(Into::into),
        })
    }
}

impl EnterpriseOrder {
    /// The list in the order asked for.
    pub(crate) fn list(order: Option<Self>, filter: domain::EnterpriseFilter) -> domain::EnterpriseList {
        let (field, direction) = match order {
            Some(order) => (order.field.into(), order.direction.into()),
            None => Default::default(),
        };
        domain::EnterpriseList {
            filter,
            order: field,
            direction,
        }
    }
}
