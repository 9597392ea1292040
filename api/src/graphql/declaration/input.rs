//! Filters and orders of lists of declarations.

use async_graphql::{Context, Enum, InputObject};
use entity::declaration as domain;
use entity::value::SocialCreditCode;

use super::vocabulary::{DeclarationFlag, DeclarationStatus, FindingRule};
use crate::graphql::context::ContextExt;
use crate::graphql::error::ApiError;
use crate::graphql::page::{bad_input, region_code, standard_key};
use crate::graphql::scalar::Date;
use crate::graphql::standard::{DateRange, OrderDirection, StandardKind};

/// 自我声明列表的条件，各项须同时满足。
///
/// Which declarations are wanted; every condition that is set must hold.
#[derive(InputObject, Default, Debug)]
pub(crate) struct DeclarationFilter {
    /// 声明企业的统一社会信用代码。
    ///
    /// Of the enterprise with this credit code.
    credit_code: Option<String>,
    /// 所声明的标准，书写形式不限。
    ///
    /// Of this standard, however its number is written.
    standard: Option<String>,
    /// 试验方法引用该标准。
    ///
    /// A test method names this standard.
    cites_standard: Option<String>,
    /// 所声明标准的层级为其一。
    ///
    /// The standard is of one of these levels.
    kind: Option<Vec<StandardKind>>,
    /// 状态为其一。
    ///
    /// In one of these states.
    status: Option<Vec<DeclarationStatus>>,
    /// 最近一版公开日期的范围。
    ///
    /// A range of declaring days of the last version.
    declared_on: Option<DateRange>,
    /// 声明企业位于该行政区划及其所辖区划。
    ///
    /// Of enterprises in this region or in what lies in it.
    region_code: Option<String>,
    /// 有此类问题。
    ///
    /// With such a finding.
    finding: Option<FindingFilter>,
    /// 带有该质量标记。
    ///
    /// Carrying this quality flag.
    flag: Option<DeclarationFlag>,
}

/// 关于问题的条件。
///
/// A condition on findings.
#[derive(InputObject, Debug)]
pub(crate) struct FindingFilter {
    /// 至少有其中一种；至多 20 种。
    ///
    /// At least one of these; 20 at most.
    rules: Vec<FindingRule>,
    /// 以此日判断，默认今日。
    ///
    /// Judged on this day; today unless told.
    on: Option<Date>,
}

/// 自我声明列表的次序。
///
/// The order of a list of declarations.
#[derive(InputObject, Debug)]
pub(crate) struct DeclarationOrder {
    /// 依据的字段。
    ///
    /// By what.
    field: DeclarationOrderField,
    /// 方向。
    ///
    /// The direction.
    #[graphql(default_with = "OrderDirection::Asc")]
    direction: OrderDirection,
}

/// 自我声明列表可依据的字段。
///
/// What a list of declarations can be ordered by.
#[derive(Enum, Copy, Clone, Eq, PartialEq, Debug)]
#[graphql(remote = "entity::declaration::DeclarationOrderField")]
pub(crate) enum DeclarationOrderField {
    /// 键：企业与标准。
    ///
    /// The key: enterprise and standard.
    Key,
    /// 最近一版的公开日期。
    ///
    /// The declaring day of the last version.
    DeclaredOn,
}

/// The most rules of one condition.
const MOST_RULES: usize = 20;

impl FindingFilter {
    /// The same for the domain.
    pub(crate) fn domain(self, ctx: &Context<'_>) -> Result<domain::FindingFilter, ApiError> {
        if self.rules.is_empty() || self.rules.len() > MOST_RULES {
            return Err(bad_input(format!("finding.rules: name 1 to {MOST_RULES} rules")));
        }
        Ok(domain::FindingFilter {
            rules: self.rules.into_iter().map(Into::into).collect(),
            on: ctx.day(self.on)?,
        })
    }
}

impl DeclarationFilter {
    /// The same for the domain; what cannot be read is refused with its name.
    pub(crate) fn domain(self, ctx: &Context<'_>) -> Result<domain::DeclarationFilter, ApiError> {
        let enterprise = self.credit_code.map(|text| {
            SocialCreditCode::parse(&text)
                .map(|code| code.as_str().to_owned())
                .ok_or_else(|| bad_input(format!("creditCode: {text:?} is no credit code of 18 characters")))
        });
        Ok(domain::DeclarationFilter {
            enterprise: enterprise.transpose()?,
            standard: standard_key("standard", self.standard)?,
            product: None,
            cites: standard_key("citesStandard", self.cites_standard)?,
            kinds: self.kind.map(|kinds| kinds.into_iter().map(Into::into).collect()),
            statuses: self.status.map(|list| list.into_iter().map(Into::into).collect()),
            declared: self.declared_on.map(DateRange::domain).unwrap_or_default(),
            region: region_code(self.region_code)?,
            findings: self.finding.map(|finding| finding.domain(ctx)).transpose()?,
            flag: self.flag.map(Into::into),
        })
    }
}

impl DeclarationOrder {
    /// The list in the order asked for.
    pub(crate) fn list(order: Option<Self>, filter: domain::DeclarationFilter) -> domain::DeclarationList {
        let (field, direction) = match order {
            Some(order) => (order.field.into(), order.direction.into()),
            None => Default::default(),
        };
        domain::DeclarationList {
            filter,
            order: field,
            direction,
        }
    }
}
