//! The type `StandardProject`.

use std::sync::Arc;

use async_graphql::{ID, Object};
use entity::record::RecordKind;
use entity::standard;

use super::vocabulary::{ProjectStage, StandardFlag, StandardKind, StandardNature};
use crate::graphql::enums::members;
use crate::graphql::node::node_id;
use crate::graphql::scalar::Date;

/// A standard project for the schema.
#[derive(Clone)]
pub(crate) struct StandardProject(pub(crate) Arc<standard::Project>);

/// 标准项目：标准的制修订计划或草案，尚不是标准。
///
/// A standard project: a plan or draft, not yet a standard.
#[Object]
impl StandardProject {
    /// 全局标识。
    ///
    /// The global id.
    pub(crate) async fn id(&self) -> ID {
        node_id(RecordKind::StandardProject, &self.0.key)
    }

    /// 计划号，如 20253583-Z-604。
    ///
    /// The plan number, such as 20253583-Z-604.
    async fn plan_number(&self) -> &str {
        &self.0.plan_number
    }

    /// 项目名称，已清理。
    ///
    /// The title, cleaned.
    async fn name(&self) -> Option<&str> {
        self.0.name.as_deref()
    }

    /// 来源书写的名称原文。
    ///
    /// The title as the source writes it.
    async fn name_reported(&self) -> Option<&str> {
        self.0.name_reported.as_deref()
    }

    /// 所处阶段。
    ///
    /// The stage that it has reached.
    async fn stage(&self) -> ProjectStage {
        self.0
            .stage
            .parse()
            .unwrap_or(standard::ProjectStage::Unknown)
            .into()
    }

    /// 来源描述阶段的原词。
    ///
    /// The source's word for the stage.
    async fn stage_word(&self) -> Option<&str> {
        self.0.stage_word.as_deref()
    }

    /// 读到该阶段的日期。
    ///
    /// The day on which the stage was read.
    async fn stage_read_on(&self) -> Option<Date> {
        self.0.stage_read_on.map(Date)
    }

    /// 拟制定标准的层级。
    ///
    /// The level of the standard to come.
    async fn kind(&self) -> Option<StandardKind> {
        self.0
            .kind
            .parse::<entity::value::StandardKind>()
            .ok()
            .map(Into::into)
    }

    /// 拟制定标准的性质。
    ///
    /// The nature of the standard to come.
    async fn nature(&self) -> Option<StandardNature> {
        self.0
            .nature
            .as_deref()?
            .parse::<entity::value::StandardNature>()
            .ok()
            .map(Into::into)
    }

    /// 质量标记。
    ///
    /// Quality flags.
    async fn flags(&self) -> Vec<StandardFlag> {
        members(&self.0.flags.0)
    }
}
