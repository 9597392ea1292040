//! The type `Product`.

use std::sync::Arc;

use async_graphql::{Context, ID, Object};
use entity::declaration::Parent;
use entity::product as domain;
use entity::product::{Parent as ProductParent, ProductFilter, ProductList};
use entity::record::RecordKind;

use super::finding::{ProductCheckItem, ProductFinding, items_of, of_product};
use super::in_force::{StandardInForce, standards_in_force};
use super::query::ProductConnection;
use super::vocabulary::ProductFlag;
use crate::graphql::context::ContextExt;
use crate::graphql::declaration::{DeclarationConnection, declarations_of};
use crate::graphql::enterprise::Enterprise;
use crate::graphql::enums::members;
use crate::graphql::error::ApiError;
use crate::graphql::node::node_id;
use crate::graphql::page::{CountAnswer, PageArguments, nested, page_cost};
use crate::graphql::provenance::{Conflict, Provenance, conflicts, provenance};
use crate::graphql::region::Region;
use crate::graphql::scalar::{Date, DateTime};
use crate::loader::load;

/// A product for the schema.
#[derive(Clone)]
pub(crate) struct Product(pub(crate) Arc<domain::Product>);

/// 产品：企业在自我声明中列出的产品。
///
/// A product, as an enterprise names it in its declarations.
#[Object]
impl Product {
    /// 全局标识。
    ///
    /// The global id.
    pub(crate) async fn id(&self) -> ID {
        node_id(RecordKind::Product, &self.0.key)
    }

    /// 产品名称。
    ///
    /// The name.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// 通用名。
    ///
    /// The generic name.
    async fn generic_name(&self) -> Option<&str> {
        self.0.generic_name.as_deref()
    }

    /// 品牌。
    ///
    /// The brand.
    async fn brand(&self) -> Option<&str> {
        self.0.brand.as_deref()
    }

    /// 规格。
    ///
    /// The specification.
    async fn spec(&self) -> Option<&str> {
        self.0.spec.as_deref()
    }

    /// 型号。
    ///
    /// The model.
    async fn model(&self) -> Option<&str> {
        self.0.model.as_deref()
    }

    /// 商品条码（GTIN，GB 12904），按来源书写。
    ///
    /// The barcode (GTIN, GB 12904) as the source writes it.
    async fn gtin(&self) -> Option<&str> {
        self.0.gtin.as_deref()
    }

    /// 产品分类，来源用语。
    ///
    /// The category in the source's word.
    async fn category(&self) -> Option<&str> {
        self.0.category.as_deref()
    }

    /// 企业。
    ///
    /// The enterprise.
    async fn enterprise(&self, ctx: &Context<'_>) -> Result<Option<Enterprise>, ApiError> {
        Ok(load(&ctx.loaders()?.enterprise, self.0.owner_key.clone())
            .await?
            .map(Enterprise))
    }

    /// 所在行政区划。
    ///
    /// The region that it lies in.
    async fn region(&self, ctx: &Context<'_>) -> Result<Option<Region>, ApiError> {
        Region::of(ctx, &self.0.region).await
    }

    /// 覆盖该产品的自我声明（曾经或现在），新者在前。
    ///
    /// The declarations that cover it, now or at any time, newest first.
    #[graphql(complexity = "page_cost(first, last, child_complexity)")]
    async fn declarations(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "自前取几条，1 至 200，默认 20。\n\nHow many from the start, 1 to 200, 20 unless told."
        )]
        first: Option<i32>,
        #[graphql(desc = "此游标之后。\n\nBehind this cursor.")] after: Option<String>,
        #[graphql(desc = "自后取几条，1 至 200。\n\nHow many from the end, 1 to 200.")] last: Option<i32>,
        #[graphql(desc = "此游标之前。\n\nBefore this cursor.")] before: Option<String>,
    ) -> Result<DeclarationConnection, ApiError> {
        let arguments = PageArguments {
            first,
            after,
            last,
            before,
        };
        declarations_of(ctx, Parent::Product, &self.0.key, arguments).await
    }

    /// 该产品于某日声明执行且有效的标准（R75）：声明在该日有效，标准在该日未废止、未被代替。至多 500 条。
    ///
    /// The standards that it was declared to on a day and that were in force then (R75): the declaration held on that day,
    /// and the standard was neither withdrawn nor replaced. 500 at most.
    #[graphql(complexity = "5 * child_complexity")]
    async fn standards_in_force(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "生产日期（中国日历日），默认今日。\n\nThe day of production, a civil day in China; today unless told."
        )]
        on: Option<Date>,
        #[graphql(
            desc = "按该时刻本枢纽所知的声明判断，默认按现在所知。\n\nBy what the hub knew of declarations at this instant; by what it knows now unless told."
        )]
        known_at: Option<DateTime>,
    ) -> Result<Vec<StandardInForce>, ApiError> {
        standards_in_force(ctx, &self.0.key, ctx.day(on)?, known_at.map(|at| at.0)).await
    }

    /// 机器可查的问题（R63、R64、R65、R87）；许可与认证以枢纽所知为限；至多 500 条。
    ///
    /// What a machine finds to be wrong with it (R63, R64, R65, R87), by the licences that the hub knows of its enterprise; 500 at most.
    #[graphql(complexity = "5 * child_complexity")]
    async fn findings(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "以此日判断，默认今日。\n\nJudged on this day; today unless told.")] on: Option<
            Date,
        >,
    ) -> Result<Vec<ProductFinding>, ApiError> {
        of_product(ctx, &self.0, ctx.day(on)?).await
    }

    /// 到场检查时应查的事项（R64、R81、R82、R87），按产品类别得出；至多 500 条。
    ///
    /// What is to be checked of it on the spot (R64, R81, R82, R87), by the kind of product; 500 at most.
    #[graphql(complexity = "5 * child_complexity")]
    async fn check_items(&self) -> Vec<ProductCheckItem> {
        items_of(&self.0)
    }

    /// 出处：构成本记录的每一条来源陈述，最优者在前；至多 500 条。
    ///
    /// Where the record comes from: every claim behind it, the best source first; 500 at most.
    async fn provenance(&self, ctx: &Context<'_>) -> Result<Vec<Provenance>, ApiError> {
        provenance(ctx, RecordKind::Product, &self.0.key).await
    }

    /// 各来源说法不一的字段；至多 500 条。
    ///
    /// The fields in which sources differ; 500 at most.
    async fn conflicts(&self, ctx: &Context<'_>) -> Result<Vec<Conflict>, ApiError> {
        conflicts(ctx, RecordKind::Product, &self.0.key).await
    }

    /// 质量标记。
    ///
    /// Quality flags.
    async fn flags(&self) -> Vec<ProductFlag> {
        members(&self.0.flags.0)
    }
}

/// The products of a parent as a connection.
pub(crate) async fn products_of(
    ctx: &Context<'_>,
    parent: ProductParent,
    key: &str,
    filter: ProductFilter,
    arguments: PageArguments,
) -> Result<ProductConnection, ApiError> {
    let list = ProductList {
        filter,
        ..ProductList::default()
    };
    let loaders = ctx.loaders()?;
    let rows = |limit| load(&loaders.products, (parent, key.to_owned(), limit));
    let (shared, owner) = (ctx.shared_loaders()?, key.to_owned());
    let count = move || -> CountAnswer {
        let (shared, owner) = (shared.clone(), owner.clone());
        Box::pin(async move { load(&shared.product_counts, (parent, owner)).await })
    };
    let listed = nested(ctx, "products", list, arguments, rows, count).await?;
    Ok(listed.map(|product| Product(Arc::new(product))).into())
}
