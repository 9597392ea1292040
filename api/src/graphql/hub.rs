//! The hub about itself, and the head of the feed as a subscription.

use std::sync::Arc;

use async_graphql::{Context, Object, SimpleObject, Subscription as SubscriptionMacro};
use chrono::{DateTime as Instant, Utc};
use entity::change;
use entity::ingestion::source;
use entity::relay::{self, PeerState};
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
    /// 下级枢纽的时效与完整性；其他来源没有。
    ///
    /// How fresh and how whole it is where it is a hub below; none for other sources.
    below: Option<HubBelow>,
}

/// 下级枢纽的时效与完整性（R68）。
///
/// How fresh and how whole the words of a hub below are (R68).
#[derive(SimpleObject)]
pub(crate) struct HubBelow {
    /// 该枢纽在此刻之前所述均已汇入。
    ///
    /// All that it told until then is here.
    caught_up_at: Option<DateTime>,
    /// 距此刻的秒数。
    ///
    /// Seconds since then.
    lag_seconds: Option<i64>,
    /// 最近一次对账的时刻。
    ///
    /// When counts and checksums of both sides were last compared.
    compared_at: Option<DateTime>,
    /// 对账时此处的记录数。
    ///
    /// Its records here at that time.
    records_here: Option<i64>,
    /// 对账时该枢纽的记录数。
    ///
    /// Its records there at that time.
    records_there: Option<i64>,
    /// 对账不一致的分组（日期、类别、区划）数；0 为完整。
    ///
    /// Days, kinds and regions in which count or checksum differed; 0 means that everything was here.
    buckets_differing: Option<i64>,
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
        let (mut below, now) = (relay::states(db).await?, ctx.clock()?.now());
        let sources = source::freshness(db, scope).await?;
        let sources = sources.into_iter().map(|fresh| {
            let below = below.remove(&fresh.source.name);
            Source::of(fresh, below.map(|state| HubBelow::of(state, now)))
        });
        Ok(Some(HubInfo {
            version: env!("CARGO_PKG_VERSION"),
            schema_hash: entity::record::sha256_hex(super::sdl().as_bytes()),
            data_as_of: head.into(),
            sources: capped(sources),
        }))
    }
}

impl Source {
    fn of(fresh: source::Freshness, below: Option<HubBelow>) -> Self {
        Self {
            name: fresh.source.name,
            title_zh: fresh.source.title_zh,
            title_en: fresh.source.title_en,
            rank: fresh.source.rank,
            as_of: fresh.as_of.map(Date),
            last_success_at: fresh.last_success_at.map(DateTime),
            below,
        }
    }
}

impl HubBelow {
    fn of(state: PeerState, now: Instant<Utc>) -> Self {
        let compared = state.compared;
        Self {
            caught_up_at: state.caught_up_at.map(DateTime),
            lag_seconds: state.caught_up_at.map(|at| (now - at).num_seconds()),
            compared_at: compared.map(|compared| DateTime(compared.at)),
            records_here: compared.map(|compared| compared.records_here),
            records_there: compared.map(|compared| compared.records_there),
            buckets_differing: compared.map(|compared| compared.buckets_differing),
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
        let (heads, scope) = (ctx.heads()?.clone(), ctx.scope()?.clone());
        let bookmark = ctx.data_opt::<Arc<Bookmark>>().cloned().unwrap_or_default();
        Ok(heads.after(scope, bookmark).map(Head::from))
    }
}
