//! Versions and technical indicators.

use async_graphql::SimpleObject;
use entity::declaration as domain;

use super::vocabulary::{ChangeKind, IndicatorCategory};
use crate::graphql::scalar::{Date, DateTime};

/// 声明的版本。
///
/// A version of a declaration.
#[derive(SimpleObject)]
pub(crate) struct DeclarationVersion {
    /// 版本序号，自 1 起。
    ///
    /// The number of the version, from 1.
    version: i32,
    /// 变更类型。
    ///
    /// How it came about.
    change_kind: ChangeKind,
    /// 来源中的记录编号。
    ///
    /// The id of the record at its source.
    record_id: String,
    /// 该版本中的企业名称。
    ///
    /// The enterprise's name in it.
    enterprise_name: Option<String>,
    /// 生效之日。
    ///
    /// The first day on which it holds.
    valid_from: Date,
    /// 失效之日（当日已不适用）；仍有效则为空。
    ///
    /// The first day on which it does not hold any more; null while it holds.
    valid_until: Option<Date>,
    /// 来源自此日起以现有内容显示该记录；未曾修改则为空。
    ///
    /// The day from which the source shows the record with its present content; null when it was never modified.
    modified_on: Option<Date>,
    /// 本枢纽自何时起如此知悉。
    ///
    /// Since when the hub knows it so.
    known_from: DateTime,
}

impl DeclarationVersion {
    pub(super) fn of(version: &domain::DeclarationVersion) -> Self {
        Self {
            version: version.ordinal,
            change_kind: version.change_kind.into(),
            record_id: version.record_id.clone(),
            enterprise_name: version.enterprise_name.clone(),
            valid_from: Date(version.valid_from),
            valid_until: version.valid_until.map(Date),
            modified_on: version.modified_on.map(Date),
            known_from: DateTime(version.known_from),
        }
    }
}

/// 技术指标。
///
/// A technical indicator.
#[derive(SimpleObject)]
pub(crate) struct Indicator {
    /// 指标名称。
    ///
    /// The name.
    name: String,
    /// 指标要求，来源书写的文字，如“≥12.5”。
    ///
    /// What is required, as the source writes it, such as ≥12.5.
    requirement: Option<String>,
    /// 计量单位。
    ///
    /// The unit.
    unit: Option<String>,
    /// 试验方法，来源书写的文字。
    ///
    /// How it is tested, as the source writes it.
    test_method: Option<String>,
    /// 类别；来源未说明则为空。
    ///
    /// The category; null when the source does not say.
    category: Option<IndicatorCategory>,
    /// 指标水平说明。
    ///
    /// What is said about its level.
    level_note: Option<String>,
}

impl Indicator {
    pub(super) fn of(indicator: &domain::Indicator) -> Self {
        Self {
            name: indicator.name.clone(),
            requirement: indicator.requirement.clone(),
            unit: indicator.unit.clone(),
            test_method: indicator.test_method.clone(),
            category: indicator.category.map(Into::into),
            level_note: indicator.level_note.clone(),
        }
    }
}
