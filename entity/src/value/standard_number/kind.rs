//! What a standard number says about its standard: level, nature, adoption, and what was odd about the text.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// A word that is not one of the names of an enumeration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownName(
    /// The word as it came.
    pub String,
);

impl fmt::Display for UnknownName {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "unknown name {:?}", self.0)
    }
}

impl std::error::Error for UnknownName {}

/// Level of a standard (标准层级): the five of article 2 of 标准化法 (2017), and what stands beside them in
/// registers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum StandardKind {
    /// 国家标准: GB, GB/T, GB/Z, and GBZ, GJB, GSB of their own issuers.
    National,
    /// 行业标准: a two-letter code of the branch, JB/T; also the ministry notices that number standards
    /// (农业部1485号公告).
    Industry,
    /// 地方标准: DB and the division code of GB/T 2260, DB32/T, DB4403/T.
    Local,
    /// 团体标准: T/ and the code of the association; also the older CECS.
    Group,
    /// 企业标准: Q/ and the code the enterprise chose.
    Enterprise,
    /// 计量技术规范: verification regulations JJG and calibration specifications JJF.
    Metrology,
    /// International and foreign standards: ISO, IEC, EN, ASTM.
    Foreign,
    /// Numbered technical documents that are none of these: YZB, YBB, TSG, and prefixes nobody registered.
    Other,
}

impl StandardKind {
    /// All kinds, in the order of 标准化法 article 2, the others behind.
    pub const ALL: [Self; 8] = [
        Self::National,
        Self::Industry,
        Self::Local,
        Self::Group,
        Self::Enterprise,
        Self::Metrology,
        Self::Foreign,
        Self::Other,
    ];

    /// The name in stored data and in interfaces, `NATIONAL`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::National => "NATIONAL",
            Self::Industry => "INDUSTRY",
            Self::Local => "LOCAL",
            Self::Group => "GROUP",
            Self::Enterprise => "ENTERPRISE",
            Self::Metrology => "METROLOGY",
            Self::Foreign => "FOREIGN",
            Self::Other => "OTHER",
        }
    }
}

impl FromStr for StandardKind {
    type Err = UnknownName;

    fn from_str(text: &str) -> Result<Self, UnknownName> {
        let found = Self::ALL.into_iter().find(|kind| kind.as_str() == text);
        found.ok_or_else(|| UnknownName(text.to_owned()))
    }
}

/// Binding force of a standard (标准性质, 标准化法 articles 2 and 10 to 12), as its code tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum StandardNature {
    /// 强制性: no letter behind the code.
    Mandatory,
    /// 推荐性: `/T`.
    Recommended,
    /// 指导性技术文件: `/Z`.
    Guidance,
}

impl StandardNature {
    /// All natures.
    pub const ALL: [Self; 3] = [Self::Mandatory, Self::Recommended, Self::Guidance];

    /// The name in stored data and in interfaces, `MANDATORY`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Mandatory => "MANDATORY",
            Self::Recommended => "RECOMMENDED",
            Self::Guidance => "GUIDANCE",
        }
    }
}

impl FromStr for StandardNature {
    type Err = UnknownName;

    fn from_str(text: &str) -> Result<Self, UnknownName> {
        let found = Self::ALL.into_iter().find(|nature| nature.as_str() == text);
        found.ok_or_else(|| UnknownName(text.to_owned()))
    }
}

/// What was odd about the text a number was read from. Parsing a canonical form gives none of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum NumberFlag {
    /// A range of numbers, `GB/T 5009.1～5009.3-2003`: no canonical form.
    Range,
    /// Several numbers: no canonical form, see [`split_list`](super::split_list).
    List,
    /// One standard under the numbers of several issuers, `T/CAV 9-2020 T/CAS 9-2020`: the first is the
    /// canonical form.
    Joint,
    /// The number of a project to write a standard (计划号), `20253583-Z-604`: no canonical form.
    PlanNumber,
    /// Digits without a prefix, `13368-2018`: no canonical form.
    BareNumber,
    /// A prefix without a number, `T/CIS`: no canonical form.
    NoSerial,
    /// A lost dash or dot was put back by guess, `RBT 2142017`: low confidence.
    Repaired,
    /// A title was taken off, `GB 4706.1-2005《家用和类似用途电器的安全》`.
    TitleRemoved,
    /// A note or label was taken off, `（英文版）`, `标准号：`.
    NoteRemoved,
    /// An edition note was taken off, `（2016年版）`; see [`edition_note`](super::StandardNumber::edition_note).
    EditionNote,
    /// Starts like a number but breaks the grammar, `GB/T 1234-20201`: no canonical form.
    Malformed,
    /// Longer than any number: not looked at, no canonical form.
    TooLong,
    /// No standard number in it: no canonical form.
    Unrecognised,
}

impl NumberFlag {
    /// The name in stored data and in interfaces, `TITLE_REMOVED`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Range => "RANGE",
            Self::List => "LIST",
            Self::Joint => "JOINT",
            Self::PlanNumber => "PLAN_NUMBER",
            Self::BareNumber => "BARE_NUMBER",
            Self::NoSerial => "NO_SERIAL",
            Self::Repaired => "REPAIRED",
            Self::TitleRemoved => "TITLE_REMOVED",
            Self::NoteRemoved => "NOTE_REMOVED",
            Self::EditionNote => "EDITION_NOTE",
            Self::Malformed => "MALFORMED",
            Self::TooLong => "TOO_LONG",
            Self::Unrecognised => "UNRECOGNISED",
        }
    }
}

/// How closely a Chinese standard follows the international one (采用程度, GB/T 1.2-2020; EQV until 2001).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum AdoptionDegree {
    /// IDT, 等同采用.
    Identical,
    /// EQV, 等效采用, of the rules before 2001.
    Equivalent,
    /// MOD, 修改采用.
    Modified,
    /// NEQ, 非等效.
    NotEquivalent,
}

impl AdoptionDegree {
    /// All degrees.
    pub const ALL: [Self; 4] = [
        Self::Identical,
        Self::Equivalent,
        Self::Modified,
        Self::NotEquivalent,
    ];

    /// The three letters printed with the number, `IDT`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Identical => "IDT",
            Self::Equivalent => "EQV",
            Self::Modified => "MOD",
            Self::NotEquivalent => "NEQ",
        }
    }
}

/// The international or foreign standard that a dual number names (采标), `GB/T 19001-2016/ISO 9001:2015 IDT`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Adoption {
    /// Its number in canonical form, `ISO 9001:2015`.
    pub number: String,
    /// The degree, where the text names it.
    pub degree: Option<AdoptionDegree>,
}
