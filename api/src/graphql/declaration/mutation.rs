//! Declaring through the hub.

use async_graphql::{Context, Object};
use entity::access::Role;
use entity::audit;
use entity::declaration as domain;
use entity::declaration::{Refusal, Submission, Submitted};

use super::refusal::DeclarationRefusal;
use super::submission::{DeclareStandardInput, ReviseDeclarationInput, WithdrawDeclarationInput};
use super::types::Declaration;
use crate::graphql::context::ContextExt;
use crate::graphql::error::ApiError;
use crate::graphql::page::capped;
use crate::loader::load;

/// Declares the payload of a mutation: the record that it made, or why it made none.
macro_rules! payload {
    ($(#[doc = $doc:literal])+ $name:ident) => {
        $(#[doc = $doc])+
        #[derive(async_graphql::SimpleObject)]
        pub(crate) struct $name {
            /// 声明的现状；未受理时为空。
            ///
            /// The declaration as it stands now; null when the request was refused.
            declaration: Option<Declaration>,
            /// 本次写入的记录编号；未受理时为空。
            ///
            /// The id of the record that was written; null when the request was refused.
            record_id: Option<String>,
            /// 是否为重复请求：同一幂等键此前已受理，本次未写入。
            ///
            /// Whether it is a repeated request: an earlier one with the same key was taken, and this one wrote nothing.
            replayed: bool,
            /// 不予受理的原因，至多 500 条；受理时为空列表。
            ///
            /// Why nothing was written (500 at most); empty when it was.
            refusals: Vec<DeclarationRefusal>,
        }

        impl From<Outcome> for $name {
            fn from(outcome: Outcome) -> Self {
                let Outcome { declaration, record_id, replayed, refusals } = outcome;
                Self { declaration, record_id, replayed, refusals }
            }
        }
    };
}

payload! {
    /// 声明的结果。
    ///
    /// What became of declaring a standard.
    DeclareStandardPayload
}

payload! {
    /// 修订声明的结果。
    ///
    /// What became of revising a declaration.
    ReviseDeclarationPayload
}

payload! {
    /// 废止声明的结果。
    ///
    /// What became of withdrawing a declaration.
    WithdrawDeclarationPayload
}

/// The same for every payload.
struct Outcome {
    declaration: Option<Declaration>,
    record_id: Option<String>,
    replayed: bool,
    refusals: Vec<DeclarationRefusal>,
}

#[derive(Default)]
pub(crate) struct DeclarationMutation;

#[Object]
impl DeclarationMutation {
    /// 企业自我声明公开其执行的标准（《标准化法》第二十七条，R69、R77、R80）；全文公开的视同备案（R69）。
    ///
    /// An enterprise declares a standard (article 27 of the Standardization Law; R69, R77, R80). Opening the whole text counts as filing (R69).
    async fn declare_standard(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "声明。\n\nThe declaration.")] input: DeclareStandardInput,
    ) -> Result<Option<DeclareStandardPayload>, ApiError> {
        let (key, declare) = input.domain()?;
        Ok(Some(
            submit(ctx, &key, Submission::Declare(declare)).await?.into(),
        ))
    }

    /// 修订声明：以新内容或新企业名称重新声明（R73、R74），原版本保留。
    ///
    /// Declares anew with other content or under another name (R73, R74); the former version stays.
    async fn revise_declaration(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "修订。\n\nThe revision.")] input: ReviseDeclarationInput,
    ) -> Result<Option<ReviseDeclarationPayload>, ApiError> {
        let (key, revise) = input.domain()?;
        Ok(Some(submit(ctx, &key, Submission::Revise(revise)).await?.into()))
    }

    /// 废止声明：自今日起不再执行该标准（R73）。
    ///
    /// Withdraws a declaration: from today on the standard is not followed any more (R73).
    async fn withdraw_declaration(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "废止。\n\nThe withdrawal.")] input: WithdrawDeclarationInput,
    ) -> Result<Option<WithdrawDeclarationPayload>, ApiError> {
        let (key, withdraw) = input.domain()?;
        Ok(Some(
            submit(ctx, &key, Submission::Withdraw(withdraw)).await?.into(),
        ))
    }
}

async fn submit(ctx: &Context<'_>, key: &str, submission: Submission) -> Result<Outcome, ApiError> {
    let (clock, asked) = (ctx.clock()?, ctx.asked()?);
    if !ctx.may_declare()? {
        // Who shows no token is nobody in particular, and could fill the trail by knocking.
        if asked.identity.role != Role::Public {
            let entry = audit::Entry::refused(asked, "Declaration", "NOT_OPEN");
            audit::append_alone(ctx.db()?, &clock, entry).await?;
        }
        return Ok(Outcome::refused(vec![Refusal::not_open()]));
    }
    match domain::submit(ctx.db()?, ctx.scope()?, &clock, asked, key, &submission).await? {
        Submitted::Refused(refusals) => Ok(Outcome::refused(refusals)),
        Submitted::Accepted {
            key,
            record_id,
            replayed,
        } => Ok(Outcome {
            declaration: load(&ctx.loaders()?.declaration, key).await?.map(Declaration),
            record_id: Some(record_id),
            replayed,
            refusals: Vec::new(),
        }),
    }
}

impl Outcome {
    fn refused(refusals: Vec<Refusal>) -> Self {
        Self {
            declaration: None,
            record_id: None,
            replayed: false,
            refusals: capped(refusals.into_iter().map(DeclarationRefusal)),
        }
    }
}
