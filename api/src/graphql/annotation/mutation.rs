//! Annotating through the hub.

use std::sync::Arc;

use async_graphql::{Context, Object};
use entity::annotation as domain;
use entity::annotation::Annotated;

use super::input::{AnnotateDeclarationInput, MoveAnnotationInput, ReviseAnnotationInput};
use super::refusal::AnnotationRefusal;
use super::types::Annotation;
use crate::graphql::context::ContextExt;
use crate::graphql::error::ApiError;

/// Declares the payload of a mutation: the annotation that it wrote, or why it wrote none.
macro_rules! payload {
    ($(#[doc = $doc:literal])+ $name:ident) => {
        $(#[doc = $doc])+
        #[derive(async_graphql::SimpleObject)]
        pub(crate) struct $name {
            /// 批注的现状；未办理时为空。
            ///
            /// The annotation as it stands now; null when the request was refused.
            annotation: Option<Annotation>,
            /// 是否为重复请求：同一幂等键此前已办理，本次未写入。
            ///
            /// Whether it is a repeated request: an earlier one with the same key was taken, and this one wrote nothing.
            replayed: bool,
            /// 不予办理的原因，至多 1 条；已办理时为空列表。
            ///
            /// Why nothing was written (1 at most); empty when it was.
            refusals: Vec<AnnotationRefusal>,
        }

        impl From<Outcome> for $name {
            fn from(outcome: Outcome) -> Self {
                let Outcome { annotation, replayed, refusals } = outcome;
                Self { annotation, replayed, refusals }
            }
        }
    };
}

payload! {
    /// 起草批注的结果。
    ///
    /// What became of beginning an annotation.
    AnnotateDeclarationPayload
}

payload! {
    /// 修改批注草稿的结果。
    ///
    /// What became of writing a draft anew.
    ReviseAnnotationPayload
}

payload! {
    /// 办理批注审批的结果。
    ///
    /// What became of a step.
    MoveAnnotationPayload
}

/// The same for every payload.
struct Outcome {
    annotation: Option<Annotation>,
    replayed: bool,
    refusals: Vec<AnnotationRefusal>,
}

#[derive(Default)]
pub(crate) struct AnnotationMutation;

#[Object]
impl AnnotationMutation {
    /// 对本辖区的自我声明起草批注（R80、R47、R78）；发布前仅本辖区工作人员可见。
    ///
    /// Begins an annotation on a declaration of the district (R80, R47, R78); before publication for staff of the district only.
    async fn annotate_declaration(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "批注。\n\nThe annotation.")] input: AnnotateDeclarationInput,
    ) -> Result<Option<AnnotateDeclarationPayload>, ApiError> {
        let (key, draft) = input.domain()?;
        let (clock, asked) = (ctx.clock()?, ctx.asked()?);
        let done = domain::draft(ctx.db()?, asked, ctx.scope()?, &clock, &key, &draft).await?;
        Ok(Some(outcome(ctx, done).await?.into()))
    }

    /// 修改本人起草的批注草稿。
    ///
    /// Writes a draft of one's own anew.
    async fn revise_annotation(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "修改。\n\nThe revision.")] input: ReviseAnnotationInput,
    ) -> Result<Option<ReviseAnnotationPayload>, ApiError> {
        let (key, revise) = input.domain()?;
        let (clock, asked) = (ctx.clock()?, ctx.asked()?);
        let done = domain::revise(ctx.db()?, asked, ctx.scope()?, &clock, &key, &revise).await?;
        Ok(Some(outcome(ctx, done).await?.into()))
    }

    /// 办理本机关或下级机关批注的审批：报送、审核、两人批准、发布、退回、撤回（R22：不得擅自公布）。
    ///
    /// Takes an annotation of the own bureau, or of one below it, a step further: sent in, reviewed, authorised by two,
    /// published, sent back, taken back (R22: nobody publishes on their own).
    async fn move_annotation(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "办理。\n\nThe step.")] input: MoveAnnotationInput,
    ) -> Result<Option<MoveAnnotationPayload>, ApiError> {
        let (key, step) = input.domain()?;
        let (clock, asked) = (ctx.clock()?, ctx.asked()?);
        let done = domain::step(ctx.db()?, asked, ctx.scope()?, &clock, &key, &step).await?;
        Ok(Some(outcome(ctx, done).await?.into()))
    }
}

/// The annotation is read anew: a loader could give it as an earlier field of the request left it.
async fn outcome(ctx: &Context<'_>, done: Annotated) -> Result<Outcome, ApiError> {
    Ok(match done {
        Annotated::Refused(refusal) => Outcome {
            annotation: None,
            replayed: false,
            refusals: vec![AnnotationRefusal(refusal)],
        },
        Annotated::Accepted { key, replayed, .. } => {
            let mut found = domain::by_keys(ctx.db()?, ctx.scope()?, std::slice::from_ref(&key)).await?;
            Outcome {
                annotation: found.remove(&key).map(Arc::new).map(Annotation),
                replayed,
                refusals: Vec::new(),
            }
        }
    })
}
