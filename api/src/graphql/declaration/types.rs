//! The type `Declaration`.

use std::sync::Arc;

use async_graphql::{Context, ID, Object};
use entity::declaration as domain;
use entity::declaration::{DeclarationFilter, DeclarationList, DeclarationOrderField, Parent};
use entity::page::Direction;
use entity::product::{Parent as ProductParent, ProductFilter};
use entity::record::RecordKind;

use super::finding::{Finding, of_declaration};
use super::query::DeclarationConnection;
use super::version::{DeclarationVersion, Indicator};
use super::vocabulary::{DeclarationFlag, DeclarationStatus};
use crate::graphql::annotation::{AnnotationConnection, annotations_of};
use crate::graphql::context::ContextExt;
use crate::graphql::enterprise::Enterprise;
use crate::graphql::enums::members;
use crate::graphql::error::ApiError;
use crate::graphql::node::node_id;
use crate::graphql::page::{CountAnswer, PageArguments, capped, nested, page_cost};
use crate::graphql::product::{ProductConnection, products_of};
use crate::graphql::region::Region;
use crate::graphql::scalar::{Date, DateTime};
use crate::graphql::standard::{Standard, StandardKind};
use crate::loader::load;

/// A declaration for the schema.
#[derive(Clone)]
pub(crate) struct Declaration(pub(crate) Arc<domain::Declaration>);

/// 自我声明公开（《标准化法》第二十七条）：企业声明其产品执行某项标准；重新声明、更名、废止均为其版本。
///
/// A declaration (article 27 of the Standardization Law): an enterprise says that it makes products to a standard. Declaring
/// anew, renaming and abolishing are its versions.
#[Object]
impl Declaration {
    /// 全局标识。
    ///
    /// The global id.
    pub(crate) async fn id(&self) -> ID {
        node_id(RecordKind::Declaration, &self.0.key)
    }

    /// 声明的企业。
    ///
    /// The enterprise that declares.
    async fn enterprise(&self, ctx: &Context<'_>) -> Result<Option<Enterprise>, ApiError> {
        Ok(load(&ctx.loaders()?.enterprise, self.0.owner_key.clone())
            .await?
            .map(Enterprise))
    }

    /// 声明时的企业名称。
    ///
    /// The enterprise's name as it stands in the declaration.
    async fn enterprise_name(&self) -> Option<&str> {
        self.0.enterprise_name.as_deref()
    }

    /// 所声明的标准；目录未收录时为空，收录后自动关联。
    ///
    /// The declared standard; null while the catalogue does not hold it.
    async fn standard(&self, ctx: &Context<'_>) -> Result<Option<Standard>, ApiError> {
        Ok(load(&ctx.loaders()?.standard, self.0.standard_key.clone())
            .await?
            .map(Standard))
    }

    /// 标准编号，规范形式；无法识别时为原文。
    ///
    /// The number of the standard in its canonical form, or as written where it cannot be read.
    async fn standard_number(&self) -> &str {
        &self.0.standard_number
    }

    /// 声明中的标准名称。
    ///
    /// The title of the standard in the declaration.
    async fn standard_name(&self) -> Option<&str> {
        self.0.standard_name.as_deref()
    }

    /// 标准的层级。
    ///
    /// The level of the standard.
    async fn standard_kind(&self) -> Option<StandardKind> {
        self.0
            .standard_kind
            .parse::<entity::value::StandardKind>()
            .ok()
            .map(Into::into)
    }

    /// 来源中的记录编号（最近一版）。
    ///
    /// The id of the record at its source, of the last version.
    async fn record_id(&self) -> &str {
        &self.0.record_id
    }

    /// 状态。
    ///
    /// The status.
    async fn status(&self) -> DeclarationStatus {
        self.0
            .status
            .parse()
            .unwrap_or(domain::DeclarationStatus::Unknown)
            .into()
    }

    /// 来源描述状态的原词。
    ///
    /// The source's word for the status.
    async fn status_word(&self) -> Option<&str> {
        self.0.status_word.as_deref()
    }

    /// 标准发布日期。
    ///
    /// The day on which the enterprise published the standard.
    async fn published_on(&self) -> Option<Date> {
        self.0.published_on.map(Date)
    }

    /// 最近一版的公开日期。
    ///
    /// The declaring day of the last version.
    async fn declared_on(&self) -> Date {
        Date(self.0.declared_on)
    }

    /// 首次公开日期。
    ///
    /// The declaring day of the first version.
    async fn first_declared_on(&self) -> Date {
        Date(self.0.first_declared_on)
    }

    /// 失效之日（当日已不适用）；仍有效则为空。
    ///
    /// The first day on which it does not hold any more; null while it holds.
    async fn ended_on(&self) -> Option<Date> {
        self.0.ended_on.map(Date)
    }

    /// 是否公开标准全文（R69、R72）；来源未说明则为空。
    ///
    /// Whether the enterprise opened the text (R69, R72); null when the source does not say.
    async fn text_public(&self) -> Option<bool> {
        self.0.text_public
    }

    /// 是否视同备案：公开全文且仍有效的声明视同备案（R69）。
    ///
    /// Whether it counts as filing: a declaration that holds and opens the whole text does (R69).
    async fn counts_as_filing(&self) -> bool {
        self.0.counts_as_filing()
    }

    /// 自我承诺。
    ///
    /// The pledge.
    async fn pledge(&self) -> Option<&str> {
        self.0.pledge.as_deref()
    }

    /// 是否标明低于推荐性标准（《企业标准化促进办法》第十四条）；来源未说明则为空。
    ///
    /// Whether it is marked as below a recommended standard (article 14 of the Measures for the Promotion of Enterprise Standardization); null when the source does not say.
    async fn below_recommended(&self) -> Option<bool> {
        self.0.below_recommended
    }

    /// 所覆盖的产品（曾经或现在）。
    ///
    /// The products that it covers, now or at any time.
    #[graphql(complexity = "page_cost(first, last, child_complexity)")]
    async fn products(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "自前取几条，1 至 200，默认 20。\n\nHow many from the start, 1 to 200, 20 unless told."
        )]
        first: Option<i32>,
        #[graphql(desc = "此游标之后。\n\nBehind this cursor.")] after: Option<String>,
        #[graphql(desc = "自后取几条，1 至 200。\n\nHow many from the end, 1 to 200.")] last: Option<i32>,
        #[graphql(desc = "此游标之前。\n\nBefore this cursor.")] before: Option<String>,
    ) -> Result<ProductConnection, ApiError> {
        let arguments = PageArguments {
            first,
            after,
            last,
            before,
        };
        products_of(
            ctx,
            ProductParent::Declaration,
            &self.0.key,
            ProductFilter {
                declaration: Some(self.0.key.clone()),
                ..ProductFilter::default()
            },
            arguments,
        )
        .await
    }

    /// 版本，按时间先后；至多 500 条。
    ///
    /// The versions in the order of time; 500 at most.
    async fn versions(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "按该时刻本枢纽所知，默认按现在所知。\n\nAs the hub knew them at this instant; as it knows them now unless told."
        )]
        known_at: Option<DateTime>,
    ) -> Result<Vec<DeclarationVersion>, ApiError> {
        let wanted = (self.0.key.clone(), known_at.map(|at| at.0));
        let versions = load(&ctx.loaders()?.declaration_versions, wanted).await?;
        Ok(capped(versions.iter().map(DeclarationVersion::of)))
    }

    /// 最近一版的技术指标，按来源次序；至多 500 条。
    ///
    /// The technical indicators of the last version in the order of the source; 500 at most.
    async fn indicators(&self) -> Vec<Indicator> {
        capped(self.0.indicators.0.iter().map(Indicator::of))
    }

    /// 机器可查的问题；至多 500 条。
    ///
    /// What a machine finds to be wrong with it; 500 at most.
    #[graphql(complexity = "5 * child_complexity")]
    async fn findings(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "以此日判断，默认今日。\n\nJudged on this day; today unless told.")] on: Option<
            Date,
        >,
    ) -> Result<Vec<Finding>, ApiError> {
        Ok(capped(of_declaration(ctx, self.0.clone(), ctx.day(on)?).await?))
    }

    /// 监管批注（R80），新的在前；未发布的仅本辖区工作人员可见。
    ///
    /// What bureaus have to say about it (R80), the newest first; before publication for staff of the district only.
    #[graphql(complexity = "page_cost(first, last, child_complexity)")]
    async fn annotations(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "自前取几条，1 至 200，默认 20。\n\nHow many from the start, 1 to 200, 20 unless told."
        )]
        first: Option<i32>,
        #[graphql(desc = "此游标之后。\n\nBehind this cursor.")] after: Option<String>,
        #[graphql(desc = "自后取几条，1 至 200。\n\nHow many from the end, 1 to 200.")] last: Option<i32>,
        #[graphql(desc = "此游标之前。\n\nBefore this cursor.")] before: Option<String>,
    ) -> Result<AnnotationConnection, ApiError> {
        let arguments = PageArguments {
            first,
            after,
            last,
            before,
        };
        annotations_of(ctx, &self.0.key, arguments).await
    }

    /// 所在行政区划。
    ///
    /// The region that it lies in.
    async fn region(&self, ctx: &Context<'_>) -> Result<Option<Region>, ApiError> {
        Region::of(ctx, &self.0.region).await
    }

    /// 质量标记。
    ///
    /// Quality flags.
    async fn flags(&self) -> Vec<DeclarationFlag> {
        members(&self.0.flags.0)
    }
}

/// The declarations of a parent as a connection, newest first.
pub(crate) async fn declarations_of(
    ctx: &Context<'_>,
    parent: Parent,
    key: &str,
    arguments: PageArguments,
) -> Result<DeclarationConnection, ApiError> {
    let of = |wanted| (parent == wanted).then(|| key.to_owned());
    let list = DeclarationList {
        filter: DeclarationFilter {
            enterprise: of(Parent::Enterprise),
            standard: of(Parent::Standard),
            product: of(Parent::Product),
            ..DeclarationFilter::default()
        },
        order: DeclarationOrderField::DeclaredOn,
        direction: Direction::Desc,
    };
    let loaders = ctx.loaders()?;
    let rows = |limit| load(&loaders.declarations, (parent, key.to_owned(), limit));
    let (shared, owner) = (ctx.shared_loaders()?, key.to_owned());
    let count = move || -> CountAnswer {
        let (shared, owner) = (shared.clone(), owner.clone());
        Box::pin(async move { load(&shared.declaration_counts, (parent, owner)).await })
    };
    let listed = nested(ctx, "declarations", list, arguments, rows, count).await?;
    Ok(listed
        .map(|declaration| Declaration(Arc::new(declaration)))
        .into())
}
