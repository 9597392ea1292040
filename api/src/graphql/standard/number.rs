//! A number that was read.

use async_graphql::{Enum, Object};
use entity::value::StandardNumber;

use super::vocabulary::{StandardKind, StandardNature};

/// A number for the schema.
pub(crate) struct ParsedStandardNumber(pub(crate) StandardNumber);

/// 标准编号的解析结果。
///
/// A standard number that was read.
#[Object]
impl ParsedStandardNumber {
    /// 原文。
    ///
    /// What came in.
    async fn raw(&self) -> &str {
        self.0.raw()
    }

    /// 规范形式；不能确定为一个标准时为空。
    ///
    /// The canonical form; null when the text is no single standard.
    async fn canonical(&self) -> Option<&str> {
        self.0.canonical()
    }

    /// 连接键：无空格、半角大写、四位年份。
    ///
    /// The join key: no blanks, ASCII upper case, four-digit year.
    async fn key(&self) -> Option<&str> {
        self.0.key()
    }

    /// 不含年份的键，用于版本系列。
    ///
    /// The key without the year, for chains of editions.
    async fn base(&self) -> Option<&str> {
        self.0.base()
    }

    /// 层级。
    ///
    /// The level.
    async fn kind(&self) -> Option<StandardKind> {
        self.0.kind().map(Into::into)
    }

    /// 性质。
    ///
    /// The nature.
    async fn nature(&self) -> Option<StandardNature> {
        self.0.nature().map(Into::into)
    }

    /// 年份；两位年份读作 19 某年。
    ///
    /// The year; two digits read 19yy.
    async fn year(&self) -> Option<i32> {
        self.0.year().map(i32::from)
    }

    /// 解析时的标记。
    ///
    /// What was odd about the text.
    async fn flags(&self) -> Vec<NumberFlag> {
        self.0.flags().iter().map(|flag| (*flag).into()).collect()
    }
}

/// 解析标准编号时的标记。
///
/// What was odd about the text of a standard number.
#[derive(Enum, Copy, Clone, Debug, Eq, PartialEq)]
#[graphql(remote = "entity::value::NumberFlag")]
pub(crate) enum NumberFlag {
    /// 编号范围，无规范形式。
    ///
    /// A range of numbers: no canonical form.
    Range,
    /// 多个编号，无规范形式。
    ///
    /// Several numbers: no canonical form.
    List,
    /// 一项标准、多个机构各有编号；规范形式取第一个。
    ///
    /// One standard under the numbers of several bodies; the first is the canonical form.
    Joint,
    /// 标准计划号，不是标准编号。
    ///
    /// The number of a plan, not of a standard.
    PlanNumber,
    /// 只有数字，缺前缀。
    ///
    /// Digits without a prefix.
    BareNumber,
    /// 只有前缀，缺数字。
    ///
    /// A prefix without digits.
    NoSerial,
    /// 缺失的连接号或点已推断补上，可信度低。
    ///
    /// A lost dash or dot was put back by guess: low confidence.
    Repaired,
    /// 已去掉名称。
    ///
    /// A title was taken off.
    TitleRemoved,
    /// 已去掉附注或标签。
    ///
    /// A note or label was taken off.
    NoteRemoved,
    /// 已去掉版次说明，如（2016年版）。
    ///
    /// An edition note was taken off.
    EditionNote,
    /// 形似编号而不合语法。
    ///
    /// It starts like a number but breaks the grammar.
    Malformed,
    /// 过长，未解析。
    ///
    /// Too long to be looked at.
    TooLong,
    /// 其中没有标准编号。
    ///
    /// No standard number in it.
    Unrecognised,
}
