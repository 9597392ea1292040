//! The type `Region`, its periods and its changes.

use std::sync::Arc;

use async_graphql::{Context, ID, Object};
use entity::record::RecordKind;
use entity::region as domain;

use super::vocabulary::{DatePrecision, RegionChangeKind, RegionLevel, RegionNature};
use crate::graphql::context::ContextExt;
use crate::graphql::enums::member;
use crate::graphql::error::ApiError;
use crate::graphql::node::node_id;
use crate::graphql::page::capped;
use crate::graphql::scalar::Date;
use crate::loader::load;

/// A region for the schema.
#[derive(Clone)]
pub(crate) struct Region(pub(crate) Arc<domain::Region>);

impl Region {
    /// The region in which a record lies; none where the record is bound to no region.
    pub(crate) async fn of(ctx: &Context<'_>, code: &str) -> Result<Option<Self>, ApiError> {
        if code.is_empty() {
            return Ok(None);
        }
        Ok(load(&ctx.loaders()?.region, code.to_owned()).await?.map(Self))
    }
}

/// 行政区划（GB/T 2260）及代码不体现的区域，含历史。
///
/// An administrative division (GB/T 2260), or a zone that the code does not show, with its history.
#[Object]
impl Region {
    /// 全局标识。
    ///
    /// The global id.
    pub(crate) async fn id(&self) -> ID {
        node_id(RecordKind::Region, &self.0.code)
    }

    /// 代码：六位数字；保税区等为“上级代码.序号”。
    ///
    /// The code: six digits; a zone adds a point and two digits.
    async fn code(&self) -> &str {
        &self.0.code
    }

    /// 名称（最后一次使用的）。
    ///
    /// The name, the last one that the code had.
    async fn name(&self) -> Option<&str> {
        Some(&self.0.name)
    }

    /// 级别。
    ///
    /// The level.
    async fn level(&self) -> Option<RegionLevel> {
        member(&self.0.level)
    }

    /// 代码所代表的对象。
    ///
    /// What the code stands for.
    async fn nature(&self) -> Option<RegionNature> {
        member(&self.0.nature)
    }

    /// 启用日期；1980 年 12 月首版名录即有者为空。
    ///
    /// The first day of use; null when the first list (December 1980) had it.
    async fn valid_from(&self) -> Option<Date> {
        self.0.valid_from.map(Date)
    }

    /// 停用日期（不含当日）；在用者为空。
    ///
    /// The first day on which the code was not in use any more; null while it is.
    async fn valid_until(&self) -> Option<Date> {
        self.0.valid_until.map(Date)
    }

    /// 现上级区划。
    ///
    /// The region above, as it is or last was.
    async fn parent(&self, ctx: &Context<'_>) -> Result<Option<Region>, ApiError> {
        match &self.0.parent_code {
            Some(code) => Ok(load(&ctx.loaders()?.region, code.clone()).await?.map(Region)),
            None => Ok(None),
        }
    }

    /// 某日的各级上级，由近及远；至多 500 条。
    ///
    /// The regions above on a day, the nearest first; 500 at most.
    async fn ancestors(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "哪一日；默认今日（中国）。\n\nThe day; today in China by default.")] on: Option<
            Date,
        >,
    ) -> Result<Vec<RegionPeriod>, ApiError> {
        let day = ctx.day(on)?;
        let found = load(&ctx.loaders()?.region_ancestors, (self.0.code.clone(), day)).await?;
        Ok(capped(found.iter().cloned().map(RegionPeriod)))
    }

    /// 某日直接下辖的区划，含保税区等；至多 500 条。
    ///
    /// The regions directly below on a day, zones included; 500 at most.
    async fn children(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "哪一日；默认今日（中国）。\n\nThe day; today in China by default.")] on: Option<
            Date,
        >,
    ) -> Result<Vec<RegionPeriod>, ApiError> {
        let day = ctx.day(on)?;
        let found = load(&ctx.loaders()?.region_children, (self.0.code.clone(), day)).await?;
        Ok(capped(found.iter().cloned().map(RegionPeriod)))
    }

    /// 其内代码不体现的区域，如保税区（R1）；至多 500 条。
    ///
    /// The zones in it that the code does not show, such as a bonded zone (R1); 500 at most.
    async fn zones(&self, ctx: &Context<'_>) -> Result<Vec<RegionPeriod>, ApiError> {
        let day = ctx.day(None)?;
        let found = load(&ctx.loaders()?.region_children, (self.0.code.clone(), day)).await?;
        let zones = found.iter().filter(|below| below.nature == "ZONE").cloned();
        Ok(capped(zones.map(RegionPeriod)))
    }

    /// 历史：各时期的名称与上级，由早到晚；至多 500 条。
    ///
    /// Its history: name and region above in each period, in order of time; 500 at most.
    async fn names(&self, ctx: &Context<'_>) -> Result<Vec<RegionPeriod>, ApiError> {
        let found = load(&ctx.loaders()?.region_periods, self.0.code.clone()).await?;
        Ok(capped(found.iter().cloned().map(RegionPeriod)))
    }

    /// 涉及该代码的变更，由早到晚；至多 500 条。
    ///
    /// The changes in which the code was the old or the new one, in order of time; 500 at most.
    async fn changes(&self, ctx: &Context<'_>) -> Result<Vec<RegionChange>, ApiError> {
        let found = load(&ctx.loaders()?.region_changes, self.0.code.clone()).await?;
        Ok(capped(found.iter().cloned().map(RegionChange)))
    }

    /// 停用后承接其地域的区划；至多 500 条。
    ///
    /// The regions that took over when the code went out of use; 500 at most.
    async fn successors(&self, ctx: &Context<'_>) -> Result<Vec<Region>, ApiError> {
        let edge = &ctx.loaders()?.region;
        let found = self.0.successors.0.iter().map(|code| load(edge, code.clone()));
        let found = futures_util::future::try_join_all(found).await?;
        Ok(capped(found.into_iter().flatten().map(Region)))
    }
}

/// A period of a region for the schema.
pub(crate) struct RegionPeriod(domain::RegionPeriod);

/// 区划在一段时期内的名称、级别与上级。
///
/// The name, level and region above of a region for a stretch of time.
#[Object]
impl RegionPeriod {
    /// 代码。
    ///
    /// The code.
    async fn code(&self) -> &str {
        &self.0.code
    }

    /// 名称。
    ///
    /// The name.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// 级别。
    ///
    /// The level.
    async fn level(&self) -> Option<RegionLevel> {
        member(&self.0.level)
    }

    /// 上级代码。
    ///
    /// The code of the region above.
    async fn parent_code(&self) -> Option<&str> {
        self.0.parent_code.as_deref()
    }

    /// 首日；首版名录即有者为空。
    ///
    /// The first day; null when the first list had it.
    async fn valid_from(&self) -> Option<Date> {
        self.0.valid_from.map(Date)
    }

    /// 首日的精度。
    ///
    /// How well the first day is known.
    async fn from_precision(&self) -> Option<DatePrecision> {
        self.0.from_precision.as_deref().and_then(member)
    }

    /// 结束后的首日；仍有效者为空。
    ///
    /// The first day after it; null while it holds.
    async fn valid_until(&self) -> Option<Date> {
        self.0.valid_until.map(Date)
    }

    /// 结束日的精度。
    ///
    /// How well the end is known.
    async fn until_precision(&self) -> Option<DatePrecision> {
        self.0.until_precision.as_deref().and_then(member)
    }

    /// 起因。
    ///
    /// What opened the period.
    async fn opened_by(&self) -> Option<&str> {
        self.0.opened_by.as_deref()
    }

    /// 终因。
    ///
    /// What closed it.
    async fn closed_by(&self) -> Option<&str> {
        self.0.closed_by.as_deref()
    }

    /// 对应的区划。
    ///
    /// The region itself.
    async fn region(&self, ctx: &Context<'_>) -> Result<Option<Region>, ApiError> {
        Ok(load(&ctx.loaders()?.region, self.0.code.clone())
            .await?
            .map(Region))
    }
}

/// A change for the schema.
pub(crate) struct RegionChange(domain::RegionChange);

/// 一次区划变更。
///
/// A change of regions.
#[Object]
impl RegionChange {
    /// 首次见于该年名录。
    ///
    /// The year whose list first shows it.
    async fn year(&self) -> i32 {
        self.0.year
    }

    /// 批准之日，已知时。
    ///
    /// The day of the act, where it is known.
    async fn happened_on(&self) -> Option<Date> {
        self.0.happened_on.map(Date)
    }

    /// 类型。
    ///
    /// The kind.
    async fn kind(&self) -> Option<RegionChangeKind> {
        member(&self.0.change)
    }

    /// 来源的用词。
    ///
    /// The source's word.
    async fn word(&self) -> &str {
        &self.0.word
    }

    /// 原代码。
    ///
    /// The code before.
    async fn old_code(&self) -> Option<&str> {
        self.0.old_code.as_deref()
    }

    /// 原名称。
    ///
    /// The name before.
    async fn old_name(&self) -> Option<&str> {
        self.0.old_name.as_deref()
    }

    /// 新代码。
    ///
    /// The code after.
    async fn new_code(&self) -> Option<&str> {
        self.0.new_code.as_deref()
    }

    /// 新名称。
    ///
    /// The name after.
    async fn new_name(&self) -> Option<&str> {
        self.0.new_name.as_deref()
    }

    /// 批准文号。
    ///
    /// The number of the document.
    async fn document_number(&self) -> Option<&str> {
        self.0.document_number.as_deref()
    }

    /// 公告文字。
    ///
    /// The text of the notice.
    async fn detail(&self) -> Option<&str> {
        self.0.detail.as_deref()
    }
}
