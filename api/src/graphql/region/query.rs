//! The root fields of regions.

use std::sync::Arc;

use async_graphql::{Context, InputObject, Object};
use entity::region as domain;
use entity::value::RegionCode;

use super::types::Region;
use super::vocabulary::RegionLevel;
use crate::graphql::context::ContextExt;
use crate::graphql::enums::word;
use crate::graphql::error::ApiError;
use crate::graphql::page::{PageArguments, bad_input, connection, listed, page_cost};
use crate::graphql::scalar::Date;
use crate::loader::load;

connection! {
    /// 行政区划的一页。
    ///
    /// A page of regions.
    RegionConnection, RegionEdge, Region
}

/// 行政区划列表的条件。
///
/// Which regions are wanted.
#[derive(InputObject, Default, Debug)]
pub(crate) struct RegionFilter {
    /// 该日在用。
    ///
    /// In use on this day.
    on: Option<Date>,
    /// 级别。
    ///
    /// Of this level.
    level: Option<RegionLevel>,
    /// 在该区划之内（按代码，不含其本身）。
    ///
    /// Inside this region by code, itself left out.
    within: Option<String>,
}

impl RegionFilter {
    fn domain(self) -> Result<domain::RegionFilter, ApiError> {
        let within = self.within.map(|text| code(&text)).transpose()?;
        let level = self.level.map(|level| word(level).to_owned());
        Ok(domain::RegionFilter {
            on: self.on.map(|day| day.0),
            level,
            within,
        })
    }
}

fn code(text: &str) -> Result<RegionCode, ApiError> {
    RegionCode::parse(text).ok_or_else(|| {
        bad_input(format!(
            "{text:?} is no region code: GB/T 2260 has six digits, such as 320582"
        ))
    })
}

#[derive(Default)]
pub(crate) struct RegionQuery;

#[Object]
impl RegionQuery {
    /// 按代码查找行政区划，含已撤销者；12 位统计代码取其前六位。
    ///
    /// A region by its code, abolished ones included; of a statistical code of 12 digits the first six count.
    async fn region(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "代码，如 320582。\n\nThe code, such as 320582.")] code: String,
    ) -> Result<Option<Region>, ApiError> {
        let Some(code) = RegionCode::parse(&code) else {
            return Ok(None);
        };
        Ok(load(&ctx.loaders()?.region, code.as_str().to_owned())
            .await?
            .map(Region))
    }

    /// 行政区划列表，按代码排列。
    ///
    /// Regions, by code.
    #[graphql(complexity = "page_cost(first, last, child_complexity)")]
    async fn regions(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "条件。\n\nWhich regions.")] filter: Option<RegionFilter>,
        #[graphql(
            desc = "自前取几条，1 至 200，默认 20。\n\nHow many from the start, 1 to 200, 20 unless told."
        )]
        first: Option<i32>,
        #[graphql(desc = "此游标之后。\n\nBehind this cursor.")] after: Option<String>,
        #[graphql(desc = "自后取几条，1 至 200。\n\nHow many from the end, 1 to 200.")] last: Option<i32>,
        #[graphql(desc = "此游标之前。\n\nBefore this cursor.")] before: Option<String>,
    ) -> Result<Option<RegionConnection>, ApiError> {
        let list = filter.unwrap_or_default().domain()?;
        let listed = listed(
            ctx,
            "regions",
            list,
            PageArguments {
                first,
                after,
                last,
                before,
            },
        )
        .await?;
        Ok(Some(listed.map(|region| Region(Arc::new(region))).into()))
    }
}
