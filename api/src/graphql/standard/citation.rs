//! `checkCitations` (标准查新).

use std::sync::Arc;

use async_graphql::{Context, Object};
use entity::standard as domain;

use super::reason::StatusReason;
use super::reference::StandardReference;
use super::types::Standard;
use super::vocabulary::StandardStatus;
use crate::graphql::context::ContextExt;
use crate::graphql::error::ApiError;
use crate::graphql::page::{bad_input, capped};
use crate::graphql::scalar::Date;

/// The most citations of one text.
const MOST: usize = 500;

/// A citation for the schema.
pub(crate) struct CheckedCitation(domain::CheckedCitation);

/// 文本中所引的一项标准及其查新结果。
///
/// A standard that a text cites, looked up.
#[Object]
impl CheckedCitation {
    /// 文本中的原文。
    ///
    /// As it stands in the text.
    async fn raw(&self) -> &str {
        self.0.number.raw()
    }

    /// 规范编号。
    ///
    /// The canonical number.
    async fn number(&self) -> Option<&str> {
        self.0.number.canonical()
    }

    /// 该日状态；目录未收录则为空。
    ///
    /// The status on the day; null when the catalogue does not hold the standard.
    async fn status(&self) -> Option<StandardStatus> {
        self.0.status.as_ref().map(|(status, _)| (*status).into())
    }

    /// 状态的理由。
    ///
    /// Why the status holds.
    async fn status_reason(&self) -> Option<StatusReason> {
        self.0
            .status
            .as_ref()
            .map(|(_, reason)| StatusReason(reason.clone()))
    }

    /// 代替它的标准；至多 500 条。
    ///
    /// What took its place; 500 at most.
    async fn replaced_by(&self) -> Vec<StandardReference> {
        capped(self.0.replaced_by.iter().map(StandardReference::of))
    }

    /// 目录中的标准；引文不带年份时为最新版。
    ///
    /// The standard in the catalogue; the newest edition where the citation names no year.
    async fn standard(&self) -> Option<Standard> {
        self.0.standard.clone().map(|found| Standard(Arc::new(found)))
    }
}

#[derive(Default)]
pub(crate) struct CitationQuery;

#[Object]
impl CitationQuery {
    /// 标准查新：找出文本中的每个标准编号，给出其状态、理由与代替标准；至多 500 个。
    ///
    /// Finds every standard number in a text or pasted list and tells the status, the reason and what replaced it; 500
    /// at most.
    #[graphql(complexity = "500 + 20 * child_complexity")]
    async fn check_citations(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "任意文本或清单。\n\nAny text or list.")] text: String,
        #[graphql(
            desc = "按哪一日判断；默认今日（中国）。\n\nThe day to judge by; today in China by default."
        )]
        on: Option<Date>,
    ) -> Result<Option<Vec<CheckedCitation>>, ApiError> {
        let day = ctx.day(on)?;
        let found = entity::value::find_citations(&text);
        if found.len() > MOST {
            return Err(bad_input(format!(
                "checkCitations takes at most {MOST} numbers at once; the text has {}: send it in parts",
                found.len()
            )));
        }
        let checked = domain::check_citations(ctx.db()?, ctx.scope()?, found, day).await?;
        Ok(Some(checked.into_iter().map(CheckedCitation).collect()))
    }
}
