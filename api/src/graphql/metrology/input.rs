//! Filters and orders of lists of instruments.

use async_graphql::{Enum, InputObject};
use chrono::NaiveDate;
use entity::metrology as domain;
use entity::value::{SocialCreditCode, TypeApprovalNumber};

use super::vocabulary::{InstrumentFlag, InstrumentStatus, Purpose, VerificationMode};
use crate::graphql::error::ApiError;
use crate::graphql::page::{bad_input, region_code};
use crate::graphql::scalar::Date;
use crate::graphql::standard::OrderDirection;

/// The most days that a list looks ahead: ten years, longer than any period.
const MOST_DAYS: i32 = 3_660;

/// 计量器具列表的条件，各项须同时满足；到期与超期按最近一次检定、以今日判断。
///
/// Which instruments are wanted; every condition that is set must hold. What is due is judged today, by the last verification.
#[derive(InputObject, Default, Debug)]
pub(crate) struct InstrumentFilter {
    /// 使用单位的统一社会信用代码。
    ///
    /// Of the owner with this credit code.
    owner_credit_code: Option<String>,
    /// 使用地位于该行政区划及其所辖区划。
    ///
    /// Used in this region or in what lies in it.
    region_code: Option<String>,
    /// 状态为其一。
    ///
    /// In one of these states.
    status: Option<Vec<InstrumentStatus>>,
    /// 用于该用途。
    ///
    /// Used for this.
    purpose: Option<Purpose>,
    /// 强检方式为其一。
    ///
    /// Under one of these modes of verification.
    verification_mode: Option<Vec<VerificationMode>>,
    /// 自今日起若干天内到期，首尾日都在内；0 至 3660。
    ///
    /// Due from today within so many days, the first and the last day included; 0 to 3660.
    due_within_days: Option<i32>,
    /// 到期日早于该日，已超期的也在内。
    ///
    /// Due before this day, overdue ones among them.
    due_before: Option<Date>,
    /// 在用而超期、未检或检定不合格，不得使用者；false 为其余。
    ///
    /// In use though overdue, never verified or failed, so that the law forbids its use; false for the others.
    in_use_though_overdue: Option<bool>,
    /// 来源说明已登记造册或未登记。
    ///
    /// Told to be registered, or told not to be.
    registered: Option<bool>,
    /// 来源说明已备案或未备案。
    ///
    /// Told to be filed, or told not to be.
    filed: Option<bool>,
    /// 强检器具唯一性编号，书写形式不限。
    ///
    /// With this code, in any width and case.
    mandatory_code: Option<String>,
    /// 出厂编号，完全相同。
    ///
    /// With this serial number, exactly as written.
    serial_number: Option<String>,
    /// 所载型式批准证书编号（CPA），书写形式不限。
    ///
    /// Naming this type approval (CPA), in any spelling.
    type_approval_number: Option<String>,
    /// 带有该质量标记。
    ///
    /// Carrying this quality flag.
    flag: Option<InstrumentFlag>,
}

/// 计量器具列表的次序。
///
/// The order of a list of instruments.
#[derive(InputObject, Debug)]
pub(crate) struct InstrumentOrder {
    /// 依据的字段。
    ///
    /// By what.
    field: InstrumentOrderField,
    /// 方向。
    ///
    /// The direction.
    #[graphql(default_with = "OrderDirection::Asc")]
    direction: OrderDirection,
}

/// 计量器具列表可依据的字段。
///
/// What a list of instruments can be ordered by.
#[derive(Enum, Copy, Clone, Eq, PartialEq, Debug)]
#[graphql(remote = "entity::metrology::InstrumentOrderField")]
pub(crate) enum InstrumentOrderField {
    /// 键。
    ///
    /// The key.
    Key,
    /// 到期日；没有到期日者升序时在前。
    ///
    /// The due day; those without one come first in ascending order.
    DueOn,
    /// 名称，按字符编码次序。
    ///
    /// The name, in the order of its characters' codes.
    Name,
}

impl InstrumentFilter {
    /// The same for the domain, on a day; what cannot be read is refused with its name.
    pub(crate) fn domain(self, today: NaiveDate) -> Result<domain::InstrumentFilter, ApiError> {
        let owner = self.owner_credit_code.map(|text| {
            SocialCreditCode::parse(&text)
                .map(|code| code.as_str().to_owned())
                .ok_or_else(|| bad_input(format!("ownerCreditCode: {text:?} is no credit code")))
        });
        let due = self.due_within_days.map(|days| {
            u64::try_from(days)
                .ok()
                .filter(|_| days <= MOST_DAYS)
                .and_then(|days| domain::InstrumentFilter::due_within(today, days))
                .ok_or_else(|| {
                    bad_input(format!(
                        "dueWithinDays: 0 to {MOST_DAYS} days; {days} were asked for"
                    ))
                })
        });
        Ok(domain::InstrumentFilter {
            owner: owner.transpose()?,
            region: region_code(self.region_code)?,
            statuses: self.status.map(|list| list.into_iter().map(Into::into).collect()),
            purpose: self.purpose.map(Into::into),
            modes: self
                .verification_mode
                .map(|list| list.into_iter().map(Into::into).collect()),
            due: due.transpose()?,
            due_before: self.due_before.map(|day| day.0),
            forbidden: self.in_use_though_overdue.map(|forbidden| (today, forbidden)),
            registered: self.registered,
            filed: self.filed,
            mandatory_code: self.mandatory_code,
            serial_number: self.serial_number,
            type_approval: self
                .type_approval_number
                .map(|text| approval_number("typeApprovalNumber", &text))
                .transpose()?,
            flag: self.flag.map(Into::into),
        })
    }
}

/// The key of a type approval by the number that an argument gives.
pub(super) fn approval_number(argument: &str, text: &str) -> Result<String, ApiError> {
    let number = TypeApprovalNumber::parse(text);
    number.map(|number| number.as_str().to_owned()).ok_or_else(|| {
        bad_input(format!(
            "{argument}: {text:?} is no number of a type approval, such as 2021F123-32"
        ))
    })
}

impl InstrumentOrder {
    /// The list in the order asked for.
    pub(crate) fn list(order: Option<Self>, filter: domain::InstrumentFilter) -> domain::InstrumentList {
        let (order, direction) = match order {
            Some(order) => (order.field.into(), order.direction.into()),
            None => Default::default(),
        };
        domain::InstrumentList {
            filter,
            order,
            direction,
        }
    }
}
