//! The type `Annotation`.

use std::sync::Arc;

use async_graphql::{Context, ID, Object};
use chrono::{DateTime as Instant, Utc};
use entity::access::{Guard, Guarded};
use entity::annotation as domain;
use entity::record::RecordKind;

use super::vocabulary::{Addressee, AnnotationKind, Stage};
use crate::graphql::context::ContextExt;
use crate::graphql::declaration::{Declaration, FindingRule};
use crate::graphql::enums::member;
use crate::graphql::error::ApiError;
use crate::graphql::guarded::{Class, guarded};
use crate::graphql::node::node_id;
use crate::graphql::region::Region;
use crate::graphql::scalar::DateTime;
use crate::loader::load;

/// An annotation for the schema.
#[derive(Clone)]
pub(crate) struct Annotation(pub(crate) Arc<domain::Annotation>);

impl Annotation {
    /// A column that not everybody who sees the annotation may read.
    fn read<'a, T, G: Guard>(
        &'a self,
        ctx: &Context<'_>,
        column: impl Into<Option<&'a Guarded<T, G>>>,
    ) -> Result<Option<&'a T>, ApiError> {
        let (scope, reach) = (ctx.scope()?, self.0.reach()?);
        Ok(column.into().and_then(|value| value.read(scope, &reach)))
    }

    fn text_of<'a, G: Guard>(
        &'a self,
        ctx: &Context<'_>,
        column: impl Into<Option<&'a Guarded<String, G>>>,
    ) -> Result<Option<&'a str>, ApiError> {
        Ok(self.read(ctx, column)?.map(String::as_str))
    }

    fn instant_of<'a, G: Guard>(
        &'a self,
        ctx: &Context<'_>,
        column: impl Into<Option<&'a Guarded<Instant<Utc>, G>>>,
    ) -> Result<Option<DateTime>, ApiError> {
        Ok(self.read(ctx, column)?.copied().map(DateTime))
    }
}

/// 监管批注：监管部门对本辖区自我声明的说明；企业自行登录填写，监管部门批注而不修改（R80）。
///
/// What a bureau has to say about a declaration of its district: an enterprise enters its information itself, and a bureau
/// annotates it and does not edit it (R80).
#[Object]
impl Annotation {
    /// 全局标识。
    ///
    /// The global id.
    pub(crate) async fn id(&self) -> ID {
        node_id(RecordKind::Annotation, &self.0.key)
    }

    /// 所批注的自我声明。
    ///
    /// The declaration that it speaks about.
    async fn declaration(&self, ctx: &Context<'_>) -> Result<Option<Declaration>, ApiError> {
        Ok(load(&ctx.loaders()?.declaration, self.0.declaration_key.clone())
            .await?
            .map(Declaration))
    }

    /// 批注类型。
    ///
    /// What it is.
    async fn kind(&self) -> Option<AnnotationKind> {
        member(&self.0.kind)
    }

    /// 所针对问题的规则。
    ///
    /// The rule of the finding that it speaks about.
    async fn rule(&self) -> Option<FindingRule> {
        self.0.rule.as_deref().and_then(member)
    }

    /// 批注内容。
    ///
    /// What it says.
    async fn text(&self) -> &str {
        &self.0.text
    }

    /// 公开对象。
    ///
    /// For whom it is meant once it is published.
    async fn meant_for(&self) -> Option<Addressee> {
        member(&self.0.meant_for)
    }

    /// 审批环节。
    ///
    /// How far it is on its way to its readers.
    async fn stage(&self) -> Option<Stage> {
        member(&self.0.stage)
    }

    /// 版本，每次写入后增大；修改和办理时须写明所见版本。
    ///
    /// The version: it grows whenever the annotation is written, and a change has to name the one that was seen.
    async fn version(&self) -> i64 {
        self.0.version
    }

    /// 批注机关的辖区。
    ///
    /// The district of the bureau.
    async fn region(&self, ctx: &Context<'_>) -> Result<Option<Region>, ApiError> {
        Region::of(ctx, &self.0.region).await
    }

    /// 起草的科室或分局；仅本辖区工作人员可见。
    ///
    /// The office of its author; for staff of the district.
    #[graphql(directive = guarded::apply(Class::Department))]
    async fn office(&self, ctx: &Context<'_>) -> Result<Option<&str>, ApiError> {
        self.text_of(ctx, self.0.office.as_ref())
    }

    /// 发文字号；发布前仅本辖区工作人员可见。
    ///
    /// The number of the document; before publication for staff of the district.
    async fn document_number(&self, ctx: &Context<'_>) -> Result<Option<&str>, ApiError> {
        Ok(self.0.document_number(ctx.scope()?)?)
    }

    /// 起草人；仅本机关工作人员可见。
    ///
    /// Its author; for staff of the bureau.
    #[graphql(directive = guarded::apply(Class::Restricted))]
    async fn author(&self, ctx: &Context<'_>) -> Result<Option<&str>, ApiError> {
        self.text_of(ctx, &self.0.author)
    }

    /// 报送人；仅本机关工作人员可见。
    ///
    /// Who sent it in; for staff of the bureau.
    #[graphql(directive = guarded::apply(Class::Restricted))]
    async fn submitter(&self, ctx: &Context<'_>) -> Result<Option<&str>, ApiError> {
        self.text_of(ctx, self.0.submitter.as_ref())
    }

    /// 审核人；仅本机关工作人员可见。
    ///
    /// Who reviewed it; for staff of the bureau.
    #[graphql(directive = guarded::apply(Class::Restricted))]
    async fn reviewer(&self, ctx: &Context<'_>) -> Result<Option<&str>, ApiError> {
        self.text_of(ctx, self.0.reviewer.as_ref())
    }

    /// 批准人，至多 2 人；仅本机关工作人员可见。
    ///
    /// Who authorised it, 2 at most; for staff of the bureau.
    #[graphql(directive = guarded::apply(Class::Restricted))]
    async fn authorisers(&self, ctx: &Context<'_>) -> Result<Vec<&str>, ApiError> {
        let first = self.text_of(ctx, self.0.authoriser.as_ref())?;
        let second = self.text_of(ctx, self.0.countersigner.as_ref())?;
        Ok([first, second].into_iter().flatten().collect())
    }

    /// 发布人；仅本机关工作人员可见。
    ///
    /// Who published it; for staff of the bureau.
    #[graphql(directive = guarded::apply(Class::Restricted))]
    async fn publisher(&self, ctx: &Context<'_>) -> Result<Option<&str>, ApiError> {
        self.text_of(ctx, self.0.publisher.as_ref())
    }

    /// 撤回人；仅本机关工作人员可见。
    ///
    /// Who took it back; for staff of the bureau.
    #[graphql(directive = guarded::apply(Class::Restricted))]
    async fn withdrawer(&self, ctx: &Context<'_>) -> Result<Option<&str>, ApiError> {
        self.text_of(ctx, self.0.withdrawer.as_ref())
    }

    /// 起草时刻；仅本辖区工作人员可见。
    ///
    /// When it was begun; for staff of the district.
    #[graphql(directive = guarded::apply(Class::Department))]
    async fn drafted_at(&self, ctx: &Context<'_>) -> Result<Option<DateTime>, ApiError> {
        self.instant_of(ctx, &self.0.drafted_at)
    }

    /// 报送时刻；仅本辖区工作人员可见。
    ///
    /// When it was sent in; for staff of the district.
    #[graphql(directive = guarded::apply(Class::Department))]
    async fn submitted_at(&self, ctx: &Context<'_>) -> Result<Option<DateTime>, ApiError> {
        self.instant_of(ctx, self.0.submitted_at.as_ref())
    }

    /// 审核时刻；仅本辖区工作人员可见。
    ///
    /// When it was reviewed; for staff of the district.
    #[graphql(directive = guarded::apply(Class::Department))]
    async fn reviewed_at(&self, ctx: &Context<'_>) -> Result<Option<DateTime>, ApiError> {
        self.instant_of(ctx, self.0.reviewed_at.as_ref())
    }

    /// 批准时刻（第二人批准之时）；仅本辖区工作人员可见。
    ///
    /// When the second person authorised it; for staff of the district.
    #[graphql(directive = guarded::apply(Class::Department))]
    async fn authorised_at(&self, ctx: &Context<'_>) -> Result<Option<DateTime>, ApiError> {
        self.instant_of(ctx, self.0.countersigned_at.as_ref())
    }

    /// 发布时刻。
    ///
    /// When it was published.
    async fn published_at(&self) -> Option<DateTime> {
        self.0.published_at.map(DateTime)
    }

    /// 撤回时刻。
    ///
    /// When it was taken back.
    async fn withdrawn_at(&self) -> Option<DateTime> {
        self.0.withdrawn_at.map(DateTime)
    }

    /// 退回或撤回的理由；仅本辖区工作人员可见。
    ///
    /// Why it was sent back or taken back; for staff of the district.
    #[graphql(directive = guarded::apply(Class::Department))]
    async fn reason(&self, ctx: &Context<'_>) -> Result<Option<&str>, ApiError> {
        self.text_of(ctx, self.0.reason.as_ref())
    }
}
