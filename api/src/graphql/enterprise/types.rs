//! The type `Enterprise`.

use std::sync::Arc;

use async_graphql::{Context, ID, Object, SimpleObject};
use entity::declaration::Parent;
use entity::enterprise as domain;
use entity::metrology::Parent as InstrumentParent;
use entity::product::{Parent as ProductParent, ProductFilter};
use entity::record::RecordKind;

use super::vocabulary::{EnterpriseFlag, EnterpriseStatus};
use crate::graphql::context::ContextExt;
use crate::graphql::credit::{
    CreditListingConnection, CreditRepairConnection, CreditSummary, LicenceConnection, PenaltyConnection,
    RiskRatingConnection, credit_listings_of, credit_repairs_of, credit_summary, licences_of, penalties_of,
    risk_ratings_of,
};
use crate::graphql::declaration::{DeclarationConnection, Finding, declarations_of, of_declaration};
use crate::graphql::enums::members;
use crate::graphql::error::ApiError;
use crate::graphql::metrology::{InstrumentConnection, instruments_of};
use crate::graphql::node::node_id;
use crate::graphql::page::{PageArguments, capped, page_cost};
use crate::graphql::product::{ProductConnection, products_of};
use crate::graphql::provenance::{Conflict, Provenance, conflicts, provenance};
use crate::graphql::region::Region;
use crate::graphql::scalar::Date;
use crate::loader::load;

/// An enterprise for the schema.
#[derive(Clone)]
pub(crate) struct Enterprise(pub(crate) Arc<domain::Enterprise>);

/// 曾用名。
///
/// A name that an enterprise had.
#[derive(SimpleObject)]
pub(crate) struct FormerName {
    /// 名称。
    ///
    /// The name.
    name: String,
    /// 自此日起不再使用；未知则为空。
    ///
    /// The day from which it was not the name any more; null when unknown.
    until: Option<Date>,
}

/// The declarations of an enterprise that are looked through for findings.
const LOOKED_THROUGH: u64 = 200;

/// 企业（市场主体）：公开声明标准、生产或销售产品者。
///
/// An enterprise: who declares standards and makes or sells products.
#[Object]
impl Enterprise {
    /// 全局标识。
    ///
    /// The global id.
    pub(crate) async fn id(&self) -> ID {
        node_id(RecordKind::Enterprise, &self.0.key)
    }

    /// 统一社会信用代码（GB 32100-2015）；无来源给出时为空。
    ///
    /// The credit code (GB 32100-2015); null when no source gives one.
    async fn credit_code(&self) -> Option<&str> {
        self.0.credit_code.as_deref()
    }

    /// 组织机构代码（GB 11714）。
    ///
    /// The organisation code (GB 11714).
    async fn organization_code(&self) -> Option<&str> {
        self.0.organization_code.as_deref()
    }

    /// 企业名称（现名）。
    ///
    /// The name that it has now.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// 曾用名，按停用次序；至多 500 条。
    ///
    /// The names that it had, in the order in which they ended; 500 at most.
    async fn former_names(&self, ctx: &Context<'_>) -> Result<Vec<FormerName>, ApiError> {
        let names = load(&ctx.loaders()?.former_names, self.0.key.clone()).await?;
        Ok(capped(names.iter().map(|former| FormerName {
            name: former.name.clone(),
            until: former.until.map(Date),
        })))
    }

    /// 登记状态。
    ///
    /// The registration status.
    async fn status(&self) -> Option<EnterpriseStatus> {
        self.0
            .status
            .as_deref()?
            .parse::<domain::EnterpriseStatus>()
            .ok()
            .map(Into::into)
    }

    /// 来源描述状态的原词。
    ///
    /// The source's word for the status.
    async fn status_word(&self) -> Option<&str> {
        self.0.status_word.as_deref()
    }

    /// 所在行政区划。
    ///
    /// The region that it lies in.
    async fn region(&self, ctx: &Context<'_>) -> Result<Option<Region>, ApiError> {
        Region::of(ctx, &self.0.region).await
    }

    /// 住所。
    ///
    /// The address.
    async fn address(&self) -> Option<&str> {
        self.0.address.as_deref()
    }

    /// 成立日期。
    ///
    /// The day on which it was established.
    async fn established_on(&self) -> Option<Date> {
        self.0.established_on.map(Date)
    }

    /// 自我声明，新者在前；信用代码查明之前以名称所作的声明也在内。
    ///
    /// Its declarations, newest first; what it declared by name before its code was known is among them.
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
        declarations_of(ctx, Parent::Enterprise, &self.0.key, arguments).await
    }

    /// 产品。
    ///
    /// Its products.
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
            ProductParent::Enterprise,
            &self.0.key,
            ProductFilter {
                enterprise: Some(self.0.key.clone()),
                ..ProductFilter::default()
            },
            arguments,
        )
        .await
    }

    /// 行政处罚，新者在前；仅含读者可见者。
    ///
    /// Its penalties, newest first; those that the reader may see.
    #[graphql(complexity = "page_cost(first, last, child_complexity)")]
    async fn penalties(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "自前取几条，1 至 200，默认 20。\n\nHow many from the start, 1 to 200, 20 unless told."
        )]
        first: Option<i32>,
        #[graphql(desc = "此游标之后。\n\nBehind this cursor.")] after: Option<String>,
        #[graphql(desc = "自后取几条，1 至 200。\n\nHow many from the end, 1 to 200.")] last: Option<i32>,
        #[graphql(desc = "此游标之前。\n\nBefore this cursor.")] before: Option<String>,
    ) -> Result<PenaltyConnection, ApiError> {
        let arguments = PageArguments {
            first,
            after,
            last,
            before,
        };
        penalties_of(ctx, &self.0.key, arguments).await
    }

    /// 行政许可，新者在前。
    ///
    /// Its licences, newest first.
    #[graphql(complexity = "page_cost(first, last, child_complexity)")]
    async fn licences(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "自前取几条，1 至 200，默认 20。\n\nHow many from the start, 1 to 200, 20 unless told."
        )]
        first: Option<i32>,
        #[graphql(desc = "此游标之后。\n\nBehind this cursor.")] after: Option<String>,
        #[graphql(desc = "自后取几条，1 至 200。\n\nHow many from the end, 1 to 200.")] last: Option<i32>,
        #[graphql(desc = "此游标之前。\n\nBefore this cursor.")] before: Option<String>,
    ) -> Result<LicenceConnection, ApiError> {
        let arguments = PageArguments {
            first,
            after,
            last,
            before,
        };
        licences_of(ctx, &self.0.key, arguments).await
    }

    /// 经营异常名录与严重违法失信名单的记录，新者在前；仅含读者可见者。
    ///
    /// Its listings, newest first; those that the reader may see.
    #[graphql(complexity = "page_cost(first, last, child_complexity)")]
    async fn listings(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "自前取几条，1 至 200，默认 20。\n\nHow many from the start, 1 to 200, 20 unless told."
        )]
        first: Option<i32>,
        #[graphql(desc = "此游标之后。\n\nBehind this cursor.")] after: Option<String>,
        #[graphql(desc = "自后取几条，1 至 200。\n\nHow many from the end, 1 to 200.")] last: Option<i32>,
        #[graphql(desc = "此游标之前。\n\nBefore this cursor.")] before: Option<String>,
    ) -> Result<CreditListingConnection, ApiError> {
        let arguments = PageArguments {
            first,
            after,
            last,
            before,
        };
        credit_listings_of(ctx, &self.0.key, arguments).await
    }

    /// 信用修复，新者在前；仅本企业和所在辖区工作人员可见。
    ///
    /// Its credit repairs, newest first; for itself and for staff of the district.
    #[graphql(complexity = "page_cost(first, last, child_complexity)")]
    async fn repairs(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "自前取几条，1 至 200，默认 20。\n\nHow many from the start, 1 to 200, 20 unless told."
        )]
        first: Option<i32>,
        #[graphql(desc = "此游标之后。\n\nBehind this cursor.")] after: Option<String>,
        #[graphql(desc = "自后取几条，1 至 200。\n\nHow many from the end, 1 to 200.")] last: Option<i32>,
        #[graphql(desc = "此游标之前。\n\nBefore this cursor.")] before: Option<String>,
    ) -> Result<CreditRepairConnection, ApiError> {
        let arguments = PageArguments {
            first,
            after,
            last,
            before,
        };
        credit_repairs_of(ctx, &self.0.key, arguments).await
    }

    /// 各月的信用风险分类，新者在前；仅工作人员可见。
    ///
    /// Its risk classes by month, newest first; staff see them.
    #[graphql(complexity = "page_cost(first, last, child_complexity)")]
    async fn risk_ratings(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "自前取几条，1 至 200，默认 20。\n\nHow many from the start, 1 to 200, 20 unless told."
        )]
        first: Option<i32>,
        #[graphql(desc = "此游标之后。\n\nBehind this cursor.")] after: Option<String>,
        #[graphql(desc = "自后取几条，1 至 200。\n\nHow many from the end, 1 to 200.")] last: Option<i32>,
        #[graphql(desc = "此游标之前。\n\nBefore this cursor.")] before: Option<String>,
    ) -> Result<RiskRatingConnection, ApiError> {
        let arguments = PageArguments {
            first,
            after,
            last,
            before,
        };
        risk_ratings_of(ctx, &self.0.key, arguments).await
    }

    /// 某日的信用概况，供前端一次取得。
    ///
    /// Its credit on a day in one object, for a front end.
    #[graphql(complexity = "20 + child_complexity")]
    async fn credit_summary(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "以此日判断，默认今日。\n\nJudged on this day; today unless told.")] on: Option<
            Date,
        >,
    ) -> Result<CreditSummary, ApiError> {
        credit_summary(ctx, &self.0.key, on).await
    }

    /// 最近 200 项声明中机器可查的问题；至多 500 条。
    ///
    /// What a machine finds to be wrong with its 200 newest declarations; 500 at most.
    #[graphql(complexity = "20 * child_complexity")]
    async fn findings(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "以此日判断，默认今日。\n\nJudged on this day; today unless told.")] on: Option<
            Date,
        >,
    ) -> Result<Vec<Finding>, ApiError> {
        let parent = (Parent::Enterprise, self.0.key.clone(), LOOKED_THROUGH);
        let declarations = load(&ctx.loaders()?.declarations, parent).await?;
        let day = ctx.day(on)?;
        let found = declarations
            .iter()
            .map(|declaration| of_declaration(ctx, Arc::new(declaration.clone()), day));
        let found = futures_util::future::try_join_all(found).await?;
        Ok(capped(found.into_iter().flatten()))
    }

    /// 强制检定计量器具；仅所在辖区工作人员和本企业可见。
    ///
    /// Its measuring instruments under mandatory verification; for staff of the district and for itself only.
    #[graphql(complexity = "page_cost(first, last, child_complexity)")]
    async fn instruments(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "自前取几条，1 至 200，默认 20。\n\nHow many from the start, 1 to 200, 20 unless told."
        )]
        first: Option<i32>,
        #[graphql(desc = "此游标之后。\n\nBehind this cursor.")] after: Option<String>,
        #[graphql(desc = "自后取几条，1 至 200。\n\nHow many from the end, 1 to 200.")] last: Option<i32>,
        #[graphql(desc = "此游标之前。\n\nBefore this cursor.")] before: Option<String>,
    ) -> Result<InstrumentConnection, ApiError> {
        let arguments = PageArguments {
            first,
            after,
            last,
            before,
        };
        instruments_of(ctx, InstrumentParent::Enterprise, &self.0.key, arguments).await
    }

    /// 出处：构成本记录的每一条来源陈述，最优者在前；至多 500 条。
    ///
    /// Where the record comes from: every claim behind it, the best source first; 500 at most.
    async fn provenance(&self, ctx: &Context<'_>) -> Result<Vec<Provenance>, ApiError> {
        provenance(ctx, RecordKind::Enterprise, &self.0.key).await
    }

    /// 各来源说法不一的字段；至多 500 条。
    ///
    /// The fields in which sources differ; 500 at most.
    async fn conflicts(&self, ctx: &Context<'_>) -> Result<Vec<Conflict>, ApiError> {
        conflicts(ctx, RecordKind::Enterprise, &self.0.key).await
    }

    /// 质量标记。
    ///
    /// Quality flags.
    async fn flags(&self) -> Vec<EnterpriseFlag> {
        members(&self.0.flags.0)
    }
}
