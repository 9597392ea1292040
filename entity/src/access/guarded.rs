//! Columns that not everybody who sees a row may read.

use std::fmt;
use std::marker::PhantomData;

use sea_orm::sea_query::{ArrayType, ColumnType, Nullable, Value, ValueType, ValueTypeErr};
use sea_orm::{ColIdx, QueryResult, TryGetError, TryGetable};

use super::scope::Scope;
use crate::record::Reach;

/// Who may read a column, of those who see the row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// 企业可见: the enterprise that the row is about, and the department.
    Enterprise,
    /// 部门内部: staff in whose district the row lies, and auditors.
    Department,
    /// 限制: staff of the very bureau of the row, not of those above it, and auditors.
    Restricted,
}

/// A class as a type.
pub trait Guard: Clone + PartialEq + Eq + Send + Sync + 'static {
    /// The class.
    const CLASS: Class;
}

/// 企业可见: for [`Class::Enterprise`].
#[derive(Clone, PartialEq, Eq)]
pub struct ForEnterprise;

/// 部门内部: for [`Class::Department`].
#[derive(Clone, PartialEq, Eq)]
pub struct ForDepartment;

/// 限制: for [`Class::Restricted`].
#[derive(Clone, PartialEq, Eq)]
pub struct ForBureau;

impl Guard for ForEnterprise {
    const CLASS: Class = Class::Enterprise;
}

impl Guard for ForDepartment {
    const CLASS: Class = Class::Department;
}

impl Guard for ForBureau {
    const CLASS: Class = Class::Restricted;
}

/// A value that is read through a scope only. It prints as a row of dots.
#[derive(Clone, PartialEq, Eq)]
pub struct Guarded<T, G> {
    value: T,
    guard: PhantomData<G>,
}

impl<T, G: Guard> Guarded<T, G> {
    /// Guards a value.
    pub fn new(value: T) -> Self {
        Self {
            value,
            guard: PhantomData,
        }
    }

    /// The value, for a reader who may read it in a row of this reach.
    pub fn read(&self, scope: &Scope, reach: &Reach) -> Option<&T> {
        scope.reads(G::CLASS, reach).then_some(&self.value)
    }

    /// The value, for the hub's own work: it goes to no reader from there.
    pub(crate) fn inside(&self) -> &T {
        &self.value
    }
}

impl<T, G> fmt::Debug for Guarded<T, G> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("•••")
    }
}

impl<T: Into<Value>, G> From<Guarded<T, G>> for Value {
    fn from(guarded: Guarded<T, G>) -> Self {
        guarded.value.into()
    }
}

impl<T: TryGetable, G: Guard> TryGetable for Guarded<T, G> {
    fn try_get_by<I: ColIdx>(row: &QueryResult, index: I) -> Result<Self, TryGetError> {
        T::try_get_by(row, index).map(Self::new)
    }
}

impl<T: ValueType, G: Guard> ValueType for Guarded<T, G> {
    fn try_from(value: Value) -> Result<Self, ValueTypeErr> {
        T::try_from(value).map(Self::new)
    }

    fn type_name() -> String {
        T::type_name()
    }

    fn array_type() -> ArrayType {
        T::array_type()
    }

    fn column_type() -> ColumnType {
        T::column_type()
    }
}

impl<T: Nullable, G> Nullable for Guarded<T, G> {
    fn null() -> Value {
        T::null()
    }
}
