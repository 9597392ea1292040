//! Filters and orders of lists of institutions.

use async_graphql::{Enum, InputObject};
use entity::institution as domain;
use entity::value::SocialCreditCode;

use super::vocabulary::InstitutionStatus;
use crate::graphql::error::ApiError;
use crate::graphql::page::{bad_input, region_code};
use crate::graphql::scalar::Date;
use crate::graphql::standard::OrderDirection;

/// 检验检测机构列表的条件，各项须同时满足。
///
/// Which institutions are wanted; every condition that is set must hold.
#[derive(InputObject, Default, Debug)]
pub(crate) struct InstitutionFilter {
    /// 位于该行政区划及其所辖区划。
    ///
    /// In this region or in what lies in it.
    region_code: Option<String>,
    /// 资质状态为其一，来源所载。
    ///
    /// In one of these states, as told.
    status: Option<Vec<InstitutionStatus>>,
    /// 能力范围的某一项含有该词。
    ///
    /// With this word in an item of what it may test.
    scope: Option<String>,
    /// 有效期至早于该日，来源所载。
    ///
    /// With a last day, as told, before this day.
    valid_until_before: Option<Date>,
    /// 统一社会信用代码。
    ///
    /// With this credit code.
    credit_code: Option<String>,
}

/// 检验检测机构列表的次序。
///
/// The order of a list of institutions.
#[derive(InputObject, Debug)]
pub(crate) struct InstitutionOrder {
    /// 依据的字段。
    ///
    /// By what.
    field: InstitutionOrderField,
    /// 方向。
    ///
    /// The direction.
    #[graphql(default_with = "OrderDirection::Asc")]
    direction: OrderDirection,
}

/// 检验检测机构列表可依据的字段。
///
/// What a list of institutions can be ordered by.
#[derive(Enum, Copy, Clone, Eq, PartialEq, Debug)]
#[graphql(remote = "entity::institution::InstitutionOrderField")]
pub(crate) enum InstitutionOrderField {
    /// 证书编号。
    ///
    /// The number of the certificate.
    Key,
    /// 名称，按字符编码次序。
    ///
    /// The name, in the order of its characters' codes.
    Name,
    /// 有效期至，来源所载；未知者升序时在前。
    ///
    /// The last day, as told; unknown ones come first in ascending order.
    ValidUntil,
}

impl InstitutionFilter {
    /// The same for the domain; what cannot be read is refused with its name.
    pub(crate) fn domain(self) -> Result<domain::InstitutionFilter, ApiError> {
        let code = self.credit_code.map(|text| {
            SocialCreditCode::parse(&text)
                .map(|code| code.as_str().to_owned())
                .ok_or_else(|| bad_input(format!("creditCode: {text:?} is no credit code")))
        });
        Ok(domain::InstitutionFilter {
            region: region_code(self.region_code)?,
            statuses: self.status.map(|list| list.into_iter().map(Into::into).collect()),
            scope: self.scope,
            valid_until_before: self.valid_until_before.map(|day| day.0),
            credit_code: code.transpose()?,
        })
    }
}

impl InstitutionOrder {
    /// The list in the order asked for.
    pub(crate) fn list(order: Option<Self>, filter: domain::InstitutionFilter) -> domain::InstitutionList {
        let (order, direction) = match order {
            Some(order) => (order.field.into(), order.direction.into()),
            None => Default::default(),
        };
        domain::InstitutionList {
            filter,
            order,
            direction,
        }
    }
}
