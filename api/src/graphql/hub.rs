//! The hub about itself, and the head of the feed as a subscription.

use std::sync::Arc;

use async_graphql::{Context, Object, SimpleObject, Subscription as SubscriptionMacro};
use entity::change;
use entity::ingestion::source;
use futures_util::{Stream, StreamExt};

use super::context::ContextExt;
use super::error::ApiError;
use super::heads::Bookmark;
use super::page::capped;
use super::scalar::{Date, DateTime};

/// 数据中枢自身的信息。
///
/// The hub about itself.
#[derive(SimpleObject)]
pub(crate) struct HubInfo {
    /// 程序版本。
    ///
    /// The version of the program.
    version: &'static str,
    /// 架构文本（SDL）的 SHA-256。
    ///
    /// The SHA-256 of the schema text (SDL).
    schema_hash: String,
    /// 数据截至的变更位置。
    ///
    /// The position of the change feed that the data stands at.
    data_as_of: Head,
    /// 各来源及其新旧；至多 500 条。
    ///
    /// The sources and how fresh they are; 500 at most.
    sources: Vec<Source>,
}

/// 变更日志的位置。
///
/// A position of the change feed.
#[derive(SimpleObject, Clone)]
pub(crate) struct Head {
    /// 纪元；变化后旧位置失效（如恢复备份之后）。
    ///
    /// The epoch; when it changes, old positions mean nothing, as after a restore.
    epoch: String,
    /// 位置，自 1 起连续；0 表示尚无变更。
    ///
    /// The position, from 1 without gaps; 0 when there is no change yet.
    position: i64,
}

impl From<change::Head> for Head {
    fn from(head: change::Head) -> Self {
        Self {
            epoch: head.epoch,
            position: head.position,
        }
    }
}

/// 数据来源。
///
/// A source of data.
#[derive(SimpleObject)]
pub(crate) struct Source {
    /// 简称。
    ///
    /// The short name.
    name: String,
    /// 中文名称。
    ///
    /// The Chinese name.
    title_zh: String,
    /// 英文名称。
    ///
    /// The English name.
    title_en: String,
    /// 优先级，小者优先。
    ///
    /// The rank; the smaller wins.
    rank: i32,
    /// 最近一次成功采集所描述的日期。
    ///
    /// The day that its last accepted run describes.
    as_of: Option<Date>,
    /// 最近一次成功采集结束的时刻。
    ///
    /// When its last accepted run ended.
    last_success_at: Option<DateTime>,
}

#[derive(Default)]
pub(crate) struct HubQuery;

#[Object]
impl HubQuery {
    /// 数据中枢的版本、架构、数据位置与来源。
    ///
    /// Version, schema, position and sources of the hub.
    async fn hub_info(&self, ctx: &Context<'_>) -> Result<Option<HubInfo>, ApiError> {
        let (db, scope) = (ctx.db()?, ctx.scope()?);
        let head = change::head(db, scope).await?;
        let sources = source::freshness(db, scope).await?;
        Ok(Some(HubInfo {
            version: env!("CARGO_PKG_VERSION"),
            schema_hash: entity::record::sha256_hex(super::sdl().as_bytes()),
            data_as_of: head.into(),
            sources: capped(sources.into_iter().map(Source::of)),
        }))
    }
}

impl Source {
    fn of(fresh: source::Freshness) -> Self {
        Self {
            name: fresh.source.name,
            title_zh: fresh.source.title_zh,
            title_en: fresh.source.title_en,
            rank: fresh.source.rank,
            as_of: fresh.as_of.map(Date),
            last_success_at: fresh.last_success_at.map(DateTime),
        }
    }
}

/// The entry of subscriptions.
pub struct Subscription;

/// 订阅入口。
///
/// The entry of subscriptions.
#[SubscriptionMacro]
impl Subscription {
    /// 变更日志的最新位置：先给出当前位置，此后每有变化即告知；数据本身用查询读取。
    ///
    /// The head of the change feed: the present one first, then every new one; the data itself is read by queries.
    async fn head(&self, ctx: &Context<'_>) -> Result<impl Stream<Item = Head>, ApiError> {
        let heads = ctx.heads()?.clone();
        let bookmark = ctx.data_opt::<Arc<Bookmark>>().cloned().unwrap_or_default();
        Ok(heads.after(bookmark).map(Head::from))
    }
}
