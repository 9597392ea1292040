//! The closed vocabularies of regions.

use async_graphql::Enum;

/// 行政区划的级别。
///
/// The level of a region.
#[derive(Enum, Copy, Clone, Debug, Eq, PartialEq)]
pub(crate) enum RegionLevel {
    /// 省级。
    ///
    /// Province.
    Province,
    /// 地级。
    ///
    /// City.
    City,
    /// 县级。
    ///
    /// County.
    County,
    /// 代码不体现的区域，如保税区（R1）。
    ///
    /// A zone that the code does not show, such as a bonded zone (R1).
    Zone,
}

/// 代码所代表的对象。
///
/// What a code stands for.
#[derive(Enum, Copy, Clone, Debug, Eq, PartialEq)]
pub(crate) enum RegionNature {
    /// 行政区。
    ///
    /// A region with an authority of its own.
    Administrative,
    /// 汇总码：市辖区、县、省直辖县级行政区划。
    ///
    /// A heading without an authority.
    Grouping,
    /// 仅统计部门使用的代码。
    ///
    /// A code of the statistics bureau only.
    Statistical,
    /// 开发区、保税区等。
    ///
    /// A development or bonded zone.
    Zone,
}

/// 日期的精度。
///
/// How well a day is known.
#[derive(Enum, Copy, Clone, Debug, Eq, PartialEq)]
pub(crate) enum DatePrecision {
    /// 批准之日。
    ///
    /// The day of the act.
    Day,
    /// 只知年份，以 12 月 31 日表示。
    ///
    /// Only the year; 31 December stands for it.
    Year,
    /// 只知名录之间有变化。
    ///
    /// Only the lists show the difference.
    List,
}

/// 区划变更的类型。
///
/// The kind of a change of regions.
#[derive(Enum, Copy, Clone, Debug, Eq, PartialEq)]
pub(crate) enum RegionChangeKind {
    /// 设立。
    ///
    /// Created.
    Created,
    /// 撤销。
    ///
    /// Abolished.
    Abolished,
    /// 并入。
    ///
    /// Merged into another region.
    Merged,
    /// 分设：由多个区划承接。
    ///
    /// Split among several regions.
    Split,
    /// 更名。
    ///
    /// Renamed.
    Renamed,
    /// 建制变更，如撤县设市。
    ///
    /// Converted, for example from county to city.
    Converted,
    /// 代码变更。
    ///
    /// Given another code.
    Recoded,
    /// 码位改派给另一区划。
    ///
    /// The code was given to another region.
    Reassigned,
    /// 划转。
    ///
    /// Land or towns moved to another region.
    Moved,
    /// 区划调整。
    ///
    /// Adjusted in general.
    Adjusted,
    /// 驻地迁移。
    ///
    /// The seat of government moved.
    SeatMoved,
    /// 其他。
    ///
    /// Another word of the source.
    Other,
}
