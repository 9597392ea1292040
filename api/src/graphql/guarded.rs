//! The mark of fields that not everybody who sees an object may read, so that tools and tests find them in the schema.

use async_graphql::{Enum, TypeDirective};

/// 字段的可见范围。
///
/// Who may read a field, of those who see the object.
#[derive(Enum, Copy, Clone, Debug, Eq, PartialEq)]
#[graphql(remote = "entity::access::Class", name = "GuardClass")]
pub(crate) enum Class {
    /// 相关企业与部门。
    ///
    /// The enterprise that the object is about, and the department.
    Enterprise,
    /// 部门内部：本辖区工作人员与审计员。
    ///
    /// Staff in whose district the object lies, and auditors.
    Department,
    /// 限制：仅本机关工作人员与审计员。
    ///
    /// Staff of the very bureau of the object, and auditors.
    Restricted,
}

/// 受限字段：无权读取者得到空值。
///
/// A guarded field: null for readers who may not read it.
#[TypeDirective(location = "FieldDefinition")]
pub(crate) fn guarded(#[graphql(desc = "读者的范围。\n\nWho may read it.")] class: Class) {}
