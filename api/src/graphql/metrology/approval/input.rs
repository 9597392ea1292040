//! Filters and orders of lists of type approvals.

use async_graphql::{Enum, InputObject};
use entity::metrology as domain;
use entity::value::SocialCreditCode;

use super::vocabulary::{ApprovalOrigin, ApprovalStatus};
use crate::graphql::error::ApiError;
use crate::graphql::page::{bad_input, region_code};
use crate::graphql::standard::OrderDirection;

/// 型式批准列表的条件，各项须同时满足。
///
/// Which type approvals are wanted; every condition that is set must hold.
#[derive(InputObject, Default, Debug)]
pub(crate) struct TypeApprovalFilter {
    /// 申请单位位于该行政区划及其所辖区划。
    ///
    /// Whose holder is in this region or in what lies in it.
    region_code: Option<String>,
    /// 批准状态为其一，来源所载。
    ///
    /// In one of these states, as told.
    status: Option<Vec<ApprovalStatus>>,
    /// 国产或进口。
    ///
    /// Of instruments made in China, or of imported ones.
    origin: Option<ApprovalOrigin>,
    /// 计量器具名称含有该词。
    ///
    /// With this word in the name of the instrument.
    instrument_name: Option<String>,
    /// 含有该规格型号，完全相同。
    ///
    /// With this model, exactly as written.
    model: Option<String>,
    /// 申请单位的统一社会信用代码。
    ///
    /// Whose holder has this credit code.
    holder_credit_code: Option<String>,
}

/// 型式批准列表的次序。
///
/// The order of a list of type approvals.
#[derive(InputObject, Debug)]
pub(crate) struct TypeApprovalOrder {
    /// 依据的字段。
    ///
    /// By what.
    field: TypeApprovalOrderField,
    /// 方向。
    ///
    /// The direction.
    #[graphql(default_with = "OrderDirection::Asc")]
    direction: OrderDirection,
}

/// 型式批准列表可依据的字段。
///
/// What a list of type approvals can be ordered by.
#[derive(Enum, Copy, Clone, Eq, PartialEq, Debug)]
#[graphql(remote = "entity::metrology::TypeApprovalOrderField")]
pub(crate) enum TypeApprovalOrderField {
    /// 证书编号。
    ///
    /// The number of the certificate.
    Key,
    /// 计量器具名称，按字符编码次序。
    ///
    /// The name of the instrument, in the order of its characters' codes.
    InstrumentName,
    /// 批准日期；未知者升序时在前。
    ///
    /// The day on which it was given; unknown ones come first in ascending order.
    ApprovedOn,
}

impl TypeApprovalFilter {
    /// The same for the domain; what cannot be read is refused with its name.
    pub(super) fn domain(self) -> Result<domain::TypeApprovalFilter, ApiError> {
        let code = self.holder_credit_code.map(|text| {
            SocialCreditCode::parse(&text)
                .map(|code| code.as_str().to_owned())
                .ok_or_else(|| bad_input(format!("holderCreditCode: {text:?} is no credit code")))
        });
        Ok(domain::TypeApprovalFilter {
            region: region_code(self.region_code)?,
            statuses: self.status.map(|list| list.into_iter().map(Into::into).collect()),
            origin: self.origin.map(Into::into),
            instrument_name: self.instrument_name,
            model: self.model,
            credit_code: code.transpose()?,
        })
    }
}

impl TypeApprovalOrder {
    /// The list in the order asked for.
    pub(super) fn list(order: Option<Self>, filter: domain::TypeApprovalFilter) -> domain::TypeApprovalList {
        let (order, direction) = match order {
            Some(order) => (order.field.into(), order.direction.into()),
            None => Default::default(),
        };
        domain::TypeApprovalList {
            filter,
            order,
            direction,
        }
    }
}
