//! Which standards a product was held to when it was made (R75).

use std::sync::Arc;

use async_graphql::{Context, Object};
use chrono::{NaiveDate, Utc};
use entity::declaration::{Declaration as DeclarationRow, Execution};
use entity::standard::StandardStatus;
use entity::value::StandardKind;

use crate::graphql::context::ContextExt;
use crate::graphql::declaration::Declaration;
use crate::graphql::error::ApiError;
use crate::graphql::page::capped;
use crate::graphql::scalar::{Date, DateTime};
use crate::graphql::standard::{Lang, Standard};
use crate::loader::load;

/// A standard that held for a product on a day.
pub(crate) struct StandardInForce {
    execution: Execution,
    declaration: Arc<DeclarationRow>,
    standard: Option<Standard>,
    standard_zh: String,
    standard_en: String,
}

/// 某日对产品有效的标准及其理由（R75）。
///
/// A standard that held for a product on a day, and why (R75).
#[Object]
impl StandardInForce {
    /// 标准；目录未收录时为空，编号见声明。
    ///
    /// The standard; null when the catalogue does not hold it, its number stands in the declaration.
    async fn standard(&self) -> Option<Standard> {
        self.standard.clone()
    }

    /// 依据的自我声明。
    ///
    /// The declaration that it rests on.
    async fn declaration(&self) -> Declaration {
        Declaration(self.declaration.clone())
    }

    /// 该日有效的声明版本序号。
    ///
    /// The version of the declaration that held on the day.
    async fn version(&self) -> i32 {
        self.execution.ordinal
    }

    /// 该版本生效之日。
    ///
    /// The first day of that version.
    async fn valid_from(&self) -> Date {
        Date(self.execution.valid_from)
    }

    /// 该版本失效之日（当日已不适用）；仍有效则为空。
    ///
    /// The first day on which that version did not hold any more; null while it holds.
    async fn valid_until(&self) -> Option<Date> {
        self.execution.valid_until.map(Date)
    }

    /// 本枢纽自何时起知悉。
    ///
    /// Since when the hub knows it.
    async fn known_from(&self) -> DateTime {
        DateTime(self.execution.known_from)
    }

    /// 理由的一句话说明：声明的有效期与标准的状态。
    ///
    /// The reason in one sentence: how long the declaration held, and how the standard stood.
    async fn reason(
        &self,
        #[graphql(default_with = "Lang::Zh", desc = "语言。\n\nThe language.")] lang: Lang,
    ) -> String {
        match lang {
            Lang::Zh => self.execution.because_zh(&self.declaration, &self.standard_zh),
            Lang::En => self.execution.because_en(&self.declaration, &self.standard_en),
        }
    }
}

/// The standards that a product was declared to on a day and that were in force then.
pub(super) async fn standards_in_force(
    ctx: &Context<'_>,
    product: &str,
    day: NaiveDate,
    known_at: Option<chrono::DateTime<Utc>>,
) -> Result<Vec<StandardInForce>, ApiError> {
    let executions = load(&ctx.loaders()?.executions, (product.to_owned(), (day, known_at))).await?;
    let judged = executions.iter().map(|execution| judged(ctx, execution, day));
    let judged = futures_util::future::try_join_all(judged).await?;
    Ok(capped(judged.into_iter().flatten()))
}

/// The execution with its standard, unless the standard was gone on the day. How an enterprise standard stands, its
/// declaration tells.
async fn judged(
    ctx: &Context<'_>,
    execution: &Execution,
    day: NaiveDate,
) -> Result<Option<StandardInForce>, ApiError> {
    let loaders = ctx.loaders()?;
    let Some(declaration) = load(&loaders.declaration, execution.declaration_key.clone()).await? else {
        return Ok(None);
    };
    let standard = load(&loaders.standard, declaration.standard_key.clone())
        .await?
        .map(Standard);
    let own = declaration.standard_kind == StandardKind::Enterprise.as_str();
    let (standard_zh, standard_en) = match &standard {
        None => (
            "目录未收录该标准。".to_owned(),
            "The catalogue does not hold the standard.".to_owned(),
        ),
        Some(_) if own => (
            "企业标准随声明有效。".to_owned(),
            "An enterprise standard holds as long as it is declared.".to_owned(),
        ),
        Some(standard) => {
            let (status, reason) = standard.judged(ctx, Some(Date(day))).await?;
            if matches!(status, StandardStatus::Withdrawn | StandardStatus::Replaced) {
                return Ok(None);
            }
            (reason.because_zh(), reason.because_en())
        }
    };
    Ok(Some(StandardInForce {
        execution: execution.clone(),
        declaration,
        standard,
        standard_zh,
        standard_en,
    }))
}
