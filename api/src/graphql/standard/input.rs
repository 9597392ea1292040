//! Filters and orders of lists of standards.

use async_graphql::{Enum, InputObject};
use entity::standard as domain;

use super::vocabulary::{StandardFlag, StandardKind, StandardNature, StandardStatus};
use crate::graphql::error::ApiError;
use crate::graphql::page::{bad_input, region_code};
use crate::graphql::scalar::Date;

/// 标准列表的条件，各项须同时满足。
///
/// Which standards are wanted; every condition that is set must hold.
#[derive(InputObject, Default, Debug)]
pub(crate) struct StandardFilter {
    /// 层级为其一。
    ///
    /// Of one of these levels.
    kind: Option<Vec<StandardKind>>,
    /// 性质为其一。
    ///
    /// Of one of these natures.
    nature: Option<Vec<StandardNature>>,
    /// 来源报告的状态为其一。
    ///
    /// With one of these reported statuses.
    status_reported: Option<Vec<StandardStatus>>,
    /// 与该编号同属一系列（不计年份）。
    ///
    /// An edition of this number, whatever its year.
    editions_of: Option<String>,
    /// ICS 分类号的条件。
    ///
    /// A condition on the ICS code.
    ics_code: Option<CodeFilter>,
    /// CCS 分类号的条件。
    ///
    /// A condition on the CCS code.
    ccs_code: Option<CodeFilter>,
    /// 发布日期的范围。
    ///
    /// A range of days of issue.
    issued_on: Option<DateRange>,
    /// 实施日期的范围。
    ///
    /// A range of days of taking effect.
    effective_on: Option<DateRange>,
    /// 带有该质量标记。
    ///
    /// Carrying this quality flag.
    flag: Option<StandardFlag>,
    /// 该行政区划及其所辖区划的地方标准。
    ///
    /// Local standards of this region and of what lies in it.
    region_code: Option<String>,
}

/// 分类号的条件。
///
/// A condition on a classification code.
#[derive(InputObject, Default, Debug)]
pub(crate) struct CodeFilter {
    /// 等于。
    ///
    /// Exactly this code.
    eq: Option<String>,
    /// 以此开头。
    ///
    /// A code that begins so.
    starts_with: Option<String>,
}

/// 日期范围，两端均含。
///
/// A range of days, both ends included.
#[derive(InputObject, Default, Debug)]
pub(crate) struct DateRange {
    /// 不早于。
    ///
    /// Not before this day.
    from: Option<Date>,
    /// 不晚于。
    ///
    /// Not after this day.
    until: Option<Date>,
}

/// 标准列表的次序。
///
/// The order of a list of standards.
#[derive(InputObject, Debug)]
pub(crate) struct StandardOrder {
    /// 依据的字段。
    ///
    /// By what.
    field: StandardOrderField,
    /// 方向；未知值在升序时居前、降序时居后。
    ///
    /// The direction; unknown values come first in ascending and last in descending order.
    #[graphql(default_with = "OrderDirection::Asc")]
    direction: OrderDirection,
}

/// 标准列表可依据的字段。
///
/// What a list of standards can be ordered by.
#[derive(Enum, Copy, Clone, Eq, PartialEq, Debug)]
#[graphql(remote = "entity::standard::StandardOrderField")]
pub(crate) enum StandardOrderField {
    /// 编号。
    ///
    /// The number.
    Number,
    /// 发布日期。
    ///
    /// The day of issue.
    IssuedOn,
    /// 实施日期。
    ///
    /// The day of taking effect.
    EffectiveOn,
}

/// 列表的方向。
///
/// The direction of a list.
#[derive(Enum, Copy, Clone, Eq, PartialEq, Debug)]
#[graphql(remote = "entity::page::Direction")]
pub(crate) enum OrderDirection {
    /// 升序。
    ///
    /// Ascending.
    Asc,
    /// 降序。
    ///
    /// Descending.
    Desc,
}

impl StandardFilter {
    /// The same for the domain; what cannot be read is refused with its name.
    pub(crate) fn domain(self) -> Result<domain::StandardFilter, ApiError> {
        let base = self.editions_of.map(|text| {
            let number = entity::value::StandardNumber::parse(&text);
            number.base().map(str::to_owned).ok_or_else(|| {
                bad_input(format!(
                    "editionsOf: {text:?} is no standard number; write it as in GB/T 1.1-2020"
                ))
            })
        });
        Ok(domain::StandardFilter {
            kinds: self.kind.map(|kinds| kinds.into_iter().map(Into::into).collect()),
            natures: self
                .nature
                .map(|natures| natures.into_iter().map(Into::into).collect()),
            statuses_reported: self
                .status_reported
                .map(|list| list.into_iter().map(Into::into).collect()),
            base: base.transpose()?,
            ics: self.ics_code.map(CodeFilter::domain).unwrap_or_default(),
            ccs: self.ccs_code.map(CodeFilter::domain).unwrap_or_default(),
            issued: self.issued_on.map(DateRange::domain).unwrap_or_default(),
            effective: self.effective_on.map(DateRange::domain).unwrap_or_default(),
            flag: self.flag.map(Into::into),
            region: region_code(self.region_code)?,
        })
    }
}

impl CodeFilter {
    fn domain(self) -> domain::CodeFilter {
        domain::CodeFilter {
            eq: self.eq,
            starts_with: self.starts_with,
        }
    }
}

impl DateRange {
    /// The same for the domain.
    pub(crate) fn domain(self) -> domain::DateRange {
        domain::DateRange {
            from: self.from.map(|day| day.0),
            until: self.until.map(|day| day.0),
        }
    }
}

impl StandardOrder {
    /// The same for the domain.
    pub(crate) fn domain(self) -> domain::StandardOrder {
        domain::StandardOrder {
            field: self.field.into(),
            direction: self.direction.into(),
        }
    }
}
