//! Where values come from, and where sources differ.

use async_graphql::{Context, SimpleObject};
use entity::ingestion;
use entity::record::RecordKind;

use crate::graphql::context::ContextExt;
use crate::graphql::error::ApiError;
use crate::graphql::page::capped;
use crate::graphql::scalar::{Date, DateTime};
use crate::loader::load;

/// 出处：一条来源陈述。
///
/// Where a value comes from: one claim of a source.
#[derive(SimpleObject)]
pub(crate) struct Provenance {
    /// 来源简称，见 hubInfo.sources。
    ///
    /// The short name of the source; see hubInfo.sources.
    source: String,
    /// 文件名。
    ///
    /// The name of the file.
    file: String,
    /// 文件的 SHA-256。
    ///
    /// The SHA-256 of the file.
    file_hash: String,
    /// 行号，自 1 起，不计表头。
    ///
    /// The row, from 1, without the header.
    row: i64,
    /// 读取该文件的时刻。
    ///
    /// When the file was read.
    read_at: DateTime,
    /// 陈述所描述的日期。
    ///
    /// The day whose state of affairs the claim describes.
    as_of: Date,
    /// 适配器版本。
    ///
    /// The version of the adapter.
    adapter_version: String,
    /// 由该陈述决定的字段。
    ///
    /// The fields that this claim decided.
    fields: Vec<String>,
}

impl Provenance {
    fn of(contribution: ingestion::Contribution) -> Self {
        let at = contribution.at;
        Self {
            source: at.source,
            file: at.file_name,
            file_hash: at.object_sha256,
            row: at.row_no,
            read_at: DateTime(at.read_at),
            as_of: Date(at.as_of),
            adapter_version: at.adapter_version,
            fields: contribution.fields.into_iter().map(str::to_owned).collect(),
        }
    }
}

/// 各来源说法不一的字段。
///
/// A field in which sources differ.
#[derive(SimpleObject)]
pub(crate) struct Conflict {
    /// 字段名。
    ///
    /// The field.
    field: String,
    /// 各来源的说法，最优来源在前；至多 500 条。
    ///
    /// What each source says, the best source first; 500 at most.
    values: Vec<ConflictValue>,
}

/// 一个来源的说法。
///
/// What one source says.
#[derive(SimpleObject)]
pub(crate) struct ConflictValue {
    /// 值。
    ///
    /// The value.
    value: String,
    /// 来源简称。
    ///
    /// The short name of the source.
    source: String,
}

impl Conflict {
    fn of(conflict: ingestion::Conflict) -> Self {
        let values = conflict
            .values
            .into_iter()
            .map(|(value, source)| ConflictValue { value, source });
        Self {
            field: conflict.field.to_owned(),
            values: capped(values),
        }
    }
}

/// Where a record comes from, best source first.
pub(crate) async fn provenance(
    ctx: &Context<'_>,
    kind: RecordKind,
    key: &str,
) -> Result<Vec<Provenance>, ApiError> {
    let claims = load(&ctx.loaders()?.claims, (kind, key.to_owned())).await?;
    let contributions = ingestion::contributions(kind, claims.as_ref().clone())?;
    Ok(capped(contributions.into_iter().map(Provenance::of)))
}

/// The fields of a record in which sources differ.
pub(crate) async fn conflicts(
    ctx: &Context<'_>,
    kind: RecordKind,
    key: &str,
) -> Result<Vec<Conflict>, ApiError> {
    let claims = load(&ctx.loaders()?.claims, (kind, key.to_owned())).await?;
    let conflicts = ingestion::conflicts(kind, claims.as_ref().clone())?;
    Ok(capped(conflicts.into_iter().map(Conflict::of)))
}
