//! The type `Publication`.

use async_graphql::SimpleObject;
use chrono::NaiveDate;
use entity::credit::{self as domain, Window};

use super::vocabulary::PublicationReason;
use crate::graphql::scalar::Date;

/// 某日是否对公众公示。
///
/// Whether a record is shown to the public on a day.
#[derive(SimpleObject)]
pub(crate) struct Publication {
    /// 是否公示。
    ///
    /// Whether it is shown.
    is_public: bool,
    /// 理由。
    ///
    /// Why.
    reason: PublicationReason,
    /// 公示首日；从不公示时为空。
    ///
    /// The first day on which it is shown; null when it is never shown.
    from: Option<Date>,
    /// 停止公示之日；尚无止期时为空。
    ///
    /// The first day on which it is not shown any more; null when no end is known.
    until: Option<Date>,
}

impl Publication {
    /// Judged on a day.
    pub(super) fn of(window: Window, on: NaiveDate) -> Self {
        let told = domain::publication(window, on);
        Self {
            is_public: told.is_public,
            reason: told.reason.into(),
            from: window.from.map(Date),
            until: window.until.map(Date),
        }
    }
}
