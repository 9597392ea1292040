//! The root field `search`.

use async_graphql::{Context, Enum, Object, Union};
use entity::record::RecordKind;
use entity::search::{self as domain, Hit};

use super::context::ContextExt;
use super::declaration::Declaration;
use super::enterprise::Enterprise;
use super::error::ApiError;
use super::institution::TestingInstitution;
use super::metrology::TypeApproval;
use super::page::{Listed, PageArguments, connection, listed, page_cost};
use super::product::Product;
use super::region::Region;
use super::standard::{Standard, StandardProject};
use crate::loader::{Loaders, load};

/// 检索结果。
///
/// What search finds.
#[derive(Union, Clone)]
pub(crate) enum SearchResult {
    Standard(Standard),
    StandardProject(StandardProject),
    Region(Region),
    Enterprise(Enterprise),
    Product(Product),
    Declaration(Declaration),
    TestingInstitution(TestingInstitution),
    TypeApproval(TypeApproval),
}

/// 可检索的对象类型。
///
/// The kinds of objects that search finds.
#[derive(Enum, Copy, Clone, Debug, Eq, PartialEq)]
pub(crate) enum SearchKind {
    /// 标准。
    ///
    /// Standards.
    Standard,
    /// 标准项目。
    ///
    /// Standard projects.
    StandardProject,
    /// 行政区划。
    ///
    /// Regions.
    Region,
    /// 企业。
    ///
    /// Enterprises.
    Enterprise,
    /// 产品。
    ///
    /// Products.
    Product,
    /// 自我声明。
    ///
    /// Declarations.
    Declaration,
    /// 检验检测机构。
    ///
    /// Testing institutions.
    TestingInstitution,
    /// 计量器具型式批准。
    ///
    /// Type approvals of measuring instruments.
    TypeApproval,
}

impl SearchKind {
    fn record(self) -> RecordKind {
        match self {
            Self::Standard => RecordKind::Standard,
            Self::StandardProject => RecordKind::StandardProject,
            Self::Region => RecordKind::Region,
            Self::Enterprise => RecordKind::Enterprise,
            Self::Product => RecordKind::Product,
            Self::Declaration => RecordKind::Declaration,
            Self::TestingInstitution => RecordKind::TestingInstitution,
            Self::TypeApproval => RecordKind::TypeApproval,
        }
    }
}

connection! {
    /// 检索结果的一页。
    ///
    /// A page of search results.
    SearchConnection, SearchEdge, SearchResult
}

#[derive(Default)]
pub(crate) struct SearchQuery;

#[Object]
impl SearchQuery {
    /// 检索：名称按词查找（简繁、全半角、大小写不论，各词须同时出现），编号按前缀查找；短名称在前。
    ///
    /// Search: titles by words (simplified or traditional, any width or case; every word must occur), numbers by their
    /// beginning. Shorter titles come first.
    #[expect(clippy::too_many_arguments, reason = "the arguments of a connection")]
    #[graphql(complexity = "page_cost(first, last, child_complexity)")]
    async fn search(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "词或编号，如 电缆、gbt29004。\n\nWords or a number, such as 电缆 or gbt29004.")]
        text: String,
        #[graphql(desc = "只要这些类型；默认全部。\n\nOnly these kinds; all unless told.")] kinds: Option<
            Vec<SearchKind>,
        >,
        #[graphql(
            desc = "自前取几条，1 至 200，默认 20。\n\nHow many from the start, 1 to 200, 20 unless told."
        )]
        first: Option<i32>,
        #[graphql(desc = "此游标之后。\n\nBehind this cursor.")] after: Option<String>,
        #[graphql(desc = "自后取几条，1 至 200。\n\nHow many from the end, 1 to 200.")] last: Option<i32>,
        #[graphql(desc = "此游标之前。\n\nBefore this cursor.")] before: Option<String>,
    ) -> Result<Option<SearchConnection>, ApiError> {
        let kinds = kinds.unwrap_or_else(|| {
            vec![
                SearchKind::Standard,
                SearchKind::StandardProject,
                SearchKind::Region,
                SearchKind::Enterprise,
                SearchKind::Product,
                SearchKind::Declaration,
                SearchKind::TestingInstitution,
                SearchKind::TypeApproval,
            ]
        });
        let records: Vec<RecordKind> = kinds.into_iter().map(SearchKind::record).collect();
        let query = domain::SearchQuery::new(&text, &records);
        let found = listed(
            ctx,
            "search",
            query,
            PageArguments {
                first,
                after,
                last,
                before,
            },
        )
        .await?;
        let loaders = ctx.loaders()?;
        let hits = found
            .edges
            .into_iter()
            .map(|(cursor, hit)| async move { Ok::<_, ApiError>((cursor, result(loaders, hit).await?)) });
        let edges = futures_util::future::try_join_all(hits).await?;
        // A record that went away between the two statements is left out.
        let edges = edges
            .into_iter()
            .filter_map(|(cursor, result)| Some((cursor, result?)))
            .collect();
        Ok(Some(
            Listed {
                edges,
                info: found.info,
                count: found.count,
            }
            .into(),
        ))
    }
}

async fn result(loaders: &Loaders, hit: Hit) -> Result<Option<SearchResult>, ApiError> {
    Ok(if hit.kind == RecordKind::Standard.as_str() {
        load(&loaders.standard, hit.key)
            .await?
            .map(|found| SearchResult::Standard(Standard(found)))
    } else if hit.kind == RecordKind::StandardProject.as_str() {
        load(&loaders.project, hit.key)
            .await?
            .map(|found| SearchResult::StandardProject(StandardProject(found)))
    } else if hit.kind == RecordKind::Enterprise.as_str() {
        load(&loaders.enterprise, hit.key)
            .await?
            .map(|found| SearchResult::Enterprise(Enterprise(found)))
    } else if hit.kind == RecordKind::Product.as_str() {
        load(&loaders.product, hit.key)
            .await?
            .map(|found| SearchResult::Product(Product(found)))
    } else if hit.kind == RecordKind::Declaration.as_str() {
        load(&loaders.declaration, hit.key)
            .await?
            .map(|found| SearchResult::Declaration(Declaration(found)))
    } else if hit.kind == RecordKind::TestingInstitution.as_str() {
        load(&loaders.institution, hit.key)
            .await?
            .map(|found| SearchResult::TestingInstitution(TestingInstitution(found)))
    } else if hit.kind == RecordKind::TypeApproval.as_str() {
        load(&loaders.type_approval, hit.key)
            .await?
            .map(|found| SearchResult::TypeApproval(TypeApproval(found)))
    } else {
        load(&loaders.region, hit.key)
            .await?
            .map(|found| SearchResult::Region(Region(found)))
    })
}
