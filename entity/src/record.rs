//! What all records have in common: kind, key, version, content hash, and who they are for.

use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::access::Audience;

/// The kinds of records that sources assert and readers see.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum RecordKind {
    /// 标准
    Standard,
    /// 标准项目 (计划、草案)
    StandardProject,
    /// 行政区划
    Region,
    /// 行政区划变更
    RegionChange,
    /// 分类条目 (ICS, CCS, GB/T 4754)
    Classification,
    /// 节假日安排
    Holiday,
    /// 企业 (市场主体)
    Enterprise,
    /// 产品
    Product,
    /// 自我声明公开
    Declaration,
    /// 强制性限值
    MandatoryLimit,
    /// 监管批注
    Annotation,
    /// 行政许可
    Licence,
    /// 行政处罚
    Penalty,
    /// 经营异常名录、严重违法失信名单
    CreditListing,
    /// 信用修复
    CreditRepair,
    /// 信用风险分类
    RiskRating,
    /// 计量器具
    MeasuringInstrument,
    /// 检验检测机构
    TestingInstitution,
    /// 检验检测机构违法违规线索
    InstitutionMisconduct,
    /// 计量器具型式批准
    TypeApproval,
}

impl RecordKind {
    /// Whether a record consists of parts that a source tells of one by one.
    pub(crate) fn has_parts(self) -> bool {
        self == Self::Declaration
    }

    /// Every kind.
    pub const ALL: [Self; 20] = [
        Self::Standard,
        Self::StandardProject,
        Self::Region,
        Self::RegionChange,
        Self::Classification,
        Self::Holiday,
        Self::Enterprise,
        Self::Product,
        Self::Declaration,
        Self::MandatoryLimit,
        Self::Annotation,
        Self::Licence,
        Self::Penalty,
        Self::CreditListing,
        Self::CreditRepair,
        Self::RiskRating,
        Self::MeasuringInstrument,
        Self::TestingInstitution,
        Self::InstitutionMisconduct,
        Self::TypeApproval,
    ];

    /// As stored, in the feed and in node ids.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Standard => "Standard",
            Self::StandardProject => "StandardProject",
            Self::Region => "Region",
            Self::RegionChange => "RegionChange",
            Self::Classification => "Classification",
            Self::Holiday => "Holiday",
            Self::Enterprise => "Enterprise",
            Self::Product => "Product",
            Self::Declaration => "Declaration",
            Self::MandatoryLimit => "MandatoryLimit",
            Self::Annotation => "Annotation",
            Self::Licence => "Licence",
            Self::Penalty => "Penalty",
            Self::CreditListing => "CreditListing",
            Self::CreditRepair => "CreditRepair",
            Self::RiskRating => "RiskRating",
            Self::MeasuringInstrument => "MeasuringInstrument",
            Self::TestingInstitution => "TestingInstitution",
            Self::InstitutionMisconduct => "InstitutionMisconduct",
            Self::TypeApproval => "TypeApproval",
        }
    }
}

impl std::str::FromStr for RecordKind {
    type Err = ();

    fn from_str(word: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word).ok_or(())
    }
}

/// Who a record is for: the audience, the region it lies in (empty: bound to none), and the enterprise it is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reach {
    /// Who may see it.
    pub audience: Audience,
    /// GB/T 2260 code, or empty.
    pub region: String,
    /// Credit code of the enterprise that the record is about, or empty.
    pub owner: String,
}

impl Reach {
    /// Public and bound to no region.
    pub fn public() -> Self {
        Self {
            audience: Audience::Public,
            region: String::new(),
            owner: String::new(),
        }
    }
}

/// The hash of a text, as 64 hexadecimal digits.
pub fn sha256_hex(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// Bytes as lower-case hexadecimal digits.
pub fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes
        .iter()
        .fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
            let _infallible = write!(text, "{byte:02x}");
            text
        })
}

/// The canonical text of a record and its hash. Fields come in the order of their declaration, so that the text of
/// equal records is equal.
pub(crate) fn canonical<T: Serialize>(record: &T) -> serde_json::Result<(String, String)> {
    let text = serde_json::to_string(record)?;
    let hash = sha256_hex(text.as_bytes());
    Ok((text, hash))
}
