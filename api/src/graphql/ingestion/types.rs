//! The types of runs and of rows in quarantine.

use async_graphql::{Context, Enum, Object};
use entity::ingestion::{self as domain, quarantine, run};

use crate::graphql::context::ContextExt;
use crate::graphql::enums::member;
use crate::graphql::error::ApiError;
use crate::graphql::guarded::{Class, guarded};
use crate::graphql::scalar::{Date, DateTime};
use crate::loader::load;

/// A run for the schema.
#[derive(Clone)]
pub(crate) struct IngestionRun(pub(super) run::Model);

/// 一次采集：一个版本的适配器读取一个原始文件。
///
/// One reading of one raw file by one version of one adapter.
#[Object]
impl IngestionRun {
    /// 批次标识。
    ///
    /// The id of the run.
    async fn id(&self) -> &str {
        &self.0.id
    }

    /// 来源简称。
    ///
    /// The short name of the source.
    async fn source(&self) -> &str {
        &self.0.source
    }

    /// 适配器。
    ///
    /// The adapter.
    async fn adapter(&self) -> &str {
        &self.0.adapter
    }

    /// 适配器版本。
    ///
    /// The version of the adapter.
    async fn adapter_version(&self) -> &str {
        &self.0.adapter_version
    }

    /// 识别出的文件格式。
    ///
    /// The form of the file that was recognised.
    async fn form(&self) -> &str {
        &self.0.form
    }

    /// 文件名。
    ///
    /// The name of the file.
    async fn file(&self) -> &str {
        &self.0.file_name
    }

    /// 文件的 SHA-256。
    ///
    /// The SHA-256 of the file.
    async fn file_hash(&self) -> &str {
        &self.0.object_sha256
    }

    /// 文件所描述的日期。
    ///
    /// The day whose state of affairs the file describes.
    async fn as_of(&self) -> Date {
        Date(self.0.as_of)
    }

    /// 状态。
    ///
    /// How the run stands.
    async fn state(&self) -> Option<RunState> {
        member(&self.0.state)
    }

    /// 挂起或失败的原因。
    ///
    /// Why the run is held or failed.
    async fn reason(&self) -> Option<&str> {
        self.0.reason.as_deref()
    }

    /// 说明，如未知的列。
    ///
    /// What a reader should know, such as unknown columns.
    async fn notes(&self) -> Vec<String> {
        serde_json::from_str(&self.0.notes).unwrap_or_default()
    }

    /// 读取的行数，等于以下四项之和。
    ///
    /// Rows read, the sum of the following four.
    async fn read(&self) -> i64 {
        self.0.read
    }

    /// 新建记录的行数。
    ///
    /// Rows that made a record.
    async fn created(&self) -> i64 {
        self.0.created
    }

    /// 更新记录的行数。
    ///
    /// Rows that changed a record.
    async fn updated(&self) -> i64 {
        self.0.updated
    }

    /// 无变化的行数。
    ///
    /// Rows that told nothing new.
    async fn unchanged(&self) -> i64 {
        self.0.unchanged
    }

    /// 隔离的行数。
    ///
    /// Rows set aside.
    async fn quarantined(&self) -> i64 {
        self.0.quarantined
    }

    /// 开始时刻。
    ///
    /// When the run began.
    async fn started_at(&self) -> DateTime {
        DateTime(self.0.started_at)
    }

    /// 结束时刻。
    ///
    /// When it ended.
    async fn finished_at(&self) -> Option<DateTime> {
        self.0.finished_at.map(DateTime)
    }

    /// 给报送方的回执。
    ///
    /// The receipt for the sender.
    async fn receipt(&self) -> Receipt {
        Receipt(domain::Receipt { run: self.0.clone() })
    }
}

/// A receipt for the schema.
pub(crate) struct Receipt(domain::Receipt);

/// 回执：一个批次收录了多少行，退回了哪些行、为什么；不含文件中的任何内容。
///
/// What became of a batch: how many rows were accepted, and which were refused for what. It shows no cell of the file.
#[Object]
impl Receipt {
    /// 批次号：报送方在包头中所给者；未给则为采集批次的标识。
    ///
    /// The number of the batch as the sender gave it in the head of the package; the id of the run where there is none.
    async fn batch(&self) -> &str {
        self.0.batch()
    }

    /// 收录的行数，含无变化的行。
    ///
    /// Rows that were accepted, those that told nothing new among them.
    async fn accepted(&self) -> i64 {
        self.0.accepted()
    }

    /// 退回的行数。
    ///
    /// Rows that were refused.
    async fn refused(&self) -> i64 {
        self.0.refused()
    }

    /// 退回的行，按行号；至多 200 条。
    ///
    /// The refused rows in the order of the file; 200 at most.
    async fn refusals(&self, ctx: &Context<'_>) -> Result<Vec<RefusedRow>, ApiError> {
        let found = load(&ctx.loaders()?.refusals, self.0.run.id.clone()).await?;
        Ok(found.iter().cloned().map(RefusedRow).collect())
    }
}

/// A refused row for the schema.
pub(crate) struct RefusedRow(domain::Refusal);

/// 退回的一行。
///
/// A row that was refused.
#[Object]
impl RefusedRow {
    /// 行号，自 1 起，不计表头。
    ///
    /// The row, from 1, without the header.
    async fn row(&self) -> i64 {
        self.0.row
    }

    /// 文件中的物理行号，自 1 起。
    ///
    /// The line on which the row begins, from 1.
    async fn line(&self) -> i64 {
        self.0.line
    }

    /// 有问题的列。
    ///
    /// The column at fault.
    async fn column(&self) -> Option<&str> {
        self.0.column.as_deref()
    }

    /// 固定代码。
    ///
    /// A stable code.
    async fn code(&self) -> &str {
        &self.0.code
    }

    /// 原因。
    ///
    /// What is wrong.
    async fn message(&self) -> &str {
        &self.0.message
    }

    /// 处理办法。
    ///
    /// What to do about it.
    async fn remedy(&self) -> &str {
        &self.0.remedy
    }

    /// 所依据的标准或规范。
    ///
    /// The standard or specification that the row fails, where the code stands for one.
    async fn rule(&self) -> Option<&str> {
        self.0.rule()
    }
}

/// A row in quarantine for the schema.
#[derive(Clone)]
pub(crate) struct QuarantineRow(pub(super) quarantine::Model);

/// 隔离区中的一行：未能收录，附原因与处理办法，原文保留。
///
/// A row that could not be taken, with the reason and the remedy, kept as it came.
#[Object]
impl QuarantineRow {
    /// 标识：批次与行号。
    ///
    /// The id: run and row.
    async fn id(&self) -> &str {
        &self.0.id
    }

    /// 批次标识。
    ///
    /// The run.
    async fn run_id(&self) -> &str {
        &self.0.run_id
    }

    /// 来源简称。
    ///
    /// The short name of the source.
    async fn source(&self) -> &str {
        &self.0.source
    }

    /// 文件名。
    ///
    /// The name of the file.
    async fn file(&self) -> &str {
        &self.0.file_name
    }

    /// 行号，自 1 起，不计表头。
    ///
    /// The row, from 1, without the header.
    async fn row(&self) -> i64 {
        self.0.row_no
    }

    /// 文件中的物理行号，自 1 起。
    ///
    /// The line on which the row begins, from 1.
    async fn line(&self) -> i64 {
        self.0.line_no
    }

    /// 有问题的列。
    ///
    /// The column at fault.
    async fn field(&self) -> Option<&str> {
        self.0.field.as_deref()
    }

    /// 固定代码。
    ///
    /// A stable code.
    async fn code(&self) -> &str {
        &self.0.code
    }

    /// 原因。
    ///
    /// What is wrong.
    async fn message(&self) -> &str {
        &self.0.message
    }

    /// 处理办法。
    ///
    /// What to do about it.
    async fn remedy(&self) -> &str {
        &self.0.remedy
    }

    /// 原文；仅辖区的工作人员与审计员可见，其他读者为空。
    ///
    /// The row as it came, for staff of the district and auditors; null for other readers.
    #[graphql(directive = guarded::apply(Class::Department))]
    async fn raw(&self, ctx: &Context<'_>) -> Result<Option<&str>, ApiError> {
        let read = self.0.raw.read(ctx.scope()?, &self.0.reach());
        Ok(read.map(String::as_str))
    }

    /// 尝试次数。
    ///
    /// How often it was tried.
    async fn attempts(&self) -> i32 {
        self.0.attempts
    }

    /// 状态。
    ///
    /// Whether it still waits.
    async fn state(&self) -> Option<QuarantineState> {
        member(&self.0.state)
    }
}

/// 采集批次的状态。
///
/// How a run stands.
#[derive(Enum, Copy, Clone, Debug, Eq, PartialEq)]
#[graphql(remote = "entity::ingestion::run::RunState")]
pub(crate) enum RunState {
    /// 进行中。
    ///
    /// At work, or interrupted and to be gone on with.
    Running,
    /// 成功。
    ///
    /// Accepted.
    Succeeded,
    /// 挂起，待人工处理。
    ///
    /// Held for a person.
    Held,
    /// 失败。
    ///
    /// Failed.
    Failed,
}

/// 隔离行的状态。
///
/// Whether a row in quarantine still waits.
#[derive(Enum, Copy, Clone, Debug, Eq, PartialEq)]
pub(crate) enum QuarantineState {
    /// 待处理。
    ///
    /// Waiting.
    Open,
    /// 已收录。
    ///
    /// Taken later.
    Resolved,
}
