//! Tables of the codes that standard numbers begin with.
//!
//! Industry codes: the list of 行业标准代号 kept by SAC, as printed in the catalogues of std.samr.gov.cn and
//! hbba.sacinfo.org.cn, with the codes of engineering construction and the withdrawn ones that old records
//! still carry. Provinces: the first two digits of GB/T 2260.

use super::kind::StandardKind;

/// National codes: GB and its relatives with issuers of their own.
const NATIONAL: &[&str] = &[
    "GB",   // 国家标准
    "GBZ",  // 国家职业卫生标准, not the guidance document GB/Z
    "GBJ",  // 工程建设国家标准, until 1990
    "GBN",  // 国家内部标准 (GBn), withdrawn
    "GBW",  // 国家卫生标准, withdrawn
    "GHZB", // 国家环境质量标准
    "GWKB", // 国家污染物控制标准
    "GWPB", // 国家污染物排放标准
    "GJB",  // 国家军用标准
    "GSB",  // 国家实物标准
];

/// Codes of branches, one or two letters more for engineering construction and withdrawn series.
const INDUSTRY: &[&str] = &[
    "AQ", "BB", "CB", "CH", "CJ", "CY", "DA", "DB", "DL", "DZ", "EJ", "FZ", "GA", "GC", "GD", "GH", "GM",
    "GY", "HB", "HG", "HJ", "HS", "HY", "JB", "JC", "JG", "JR", "JS", "JT", "JY", "KA", "LB", "LD", "LS",
    "LY", "MH", "MR", "MT", "MZ", "NB", "NJ", "NY", "QB", "QC", "QJ", "QX", "RB", "RF", "SB", "SC", "SD",
    "SF", "SH", "SJ", "SL", "SN", "SW", "SY", "TB", "TD", "TJ", "TY", "WB", "WH", "WJ", "WM", "WS", "WW",
    "XB", "XF", "YB", "YC", "YD", "YJ", "YS", "YY", "YZ", "ZB",
    "ZY", // branches; ZB 专业标准, NJ 农机, SD 水利电力 are withdrawn
    "CJJ", "DLGJ", "FZJ", "HGJ", "JCJ", "JGJ", "JTG", "JTJ", "JTS", "LYJ", "SDGJ", "SDJ", "SHJ", "SYJ",
    "TBJ", "YBJ", "YDJ", "YSJ", // engineering construction
];

/// Local series outside the form DB + division.
const LOCAL: &[&str] = &[
    "DBJ",  // 工程建设地方标准
    "DGJ",  // 工程建设地方标准 of Shanghai and Jiangsu
    "SZDB", // 深圳市标准化指导性技术文件
    "SZJG", // 深圳市技术规范
];

/// Associations that numbered before the form T/ existed, and go on to.
const GROUP: &[&str] = &["CECS", "CAS"];

/// Numbered documents of public bodies that are no standards in the sense of 标准化法.
const OTHER: &[&str] = &[
    "CNCA", // 认证技术规范
    "TSG",  // 特种设备安全技术规范
    "YBB",  // 国家药包材标准
    "YZB",  // 医疗器械注册产品标准
];

/// Issuers of international and foreign standards.
const FOREIGN: &[&str] = &[
    "AATCC", "AFNOR", "ANSI", "AOAC", "API", "AS", "ASME", "ASTM", "AWS", "BS", "CAC", "CEN", "CENELEC",
    "CISPR", "CODEX", "CSA", "DIN", "EIA", "EN", "ETSI", "FIPS", "GOST", "IEC", "IEEE", "IETF", "IPC", "ISO",
    "ITU", "JASO", "JEDEC", "JIS", "MIL", "NF", "NFPA", "NIST", "NZS", "OIML", "SAE", "TIA", "UIC", "UL",
    "UNE", "UNI", "VDE", "VDI",
];

/// Words between issuer and serial of a foreign number.
const FOREIGN_DOCUMENTS: &[&str] = &[
    "AWI", "CD", "DIS", "FDIS", "GUIDE", "IWA", "PAS", "PRF", "R", "SPEC", "STAN", "STD", "T", "TR", "TS",
];

/// Foreign issuers that write two-digit years of this century, `ASTM F963-17`.
const FOREIGN_SHORT_YEARS: &[&str] = &["ANSI", "API", "ASME", "ASTM", "CSA", "IEEE", "UL"];

/// Enterprise codes that are met with the slash lost (`QGDW`) or without the Q (`GDW`).
const ENTERPRISES: &[&str] = &["CNPC", "CSG", "GDW"];

/// Group codes that are met with the slash lost (`TCECS`).
const GROUPS_RUN_TOGETHER: &[&str] = &["CAMET", "CEC", "CECS", "CES", "CSAE", "CSEE", "CSUS"];

/// First two digits of the divisions of GB/T 2260 at province level.
const PROVINCES: &[&str] = &[
    "11", "12", "13", "14", "15", "21", "22", "23", "31", "32", "33", "34", "35", "36", "37", "41", "42",
    "43", "44", "45", "46", "50", "51", "52", "53", "54", "61", "62", "63", "64", "65", "71", "81", "82",
];

/// Ministries whose numbered notices are standards, the longer name first.
pub(super) const MINISTRIES: &[&str] = &["农业农村部", "农业部"];

/// Kind of a code that stands in one of the tables.
pub(super) fn kind_of(code: &str) -> Option<StandardKind> {
    let tables = [
        (NATIONAL, StandardKind::National),
        (INDUSTRY, StandardKind::Industry),
        (LOCAL, StandardKind::Local),
        (GROUP, StandardKind::Group),
        (OTHER, StandardKind::Other),
    ];
    tables
        .into_iter()
        .find(|(table, _)| table.contains(&code))
        .map(|(_, kind)| kind)
}

/// Kind of a code in no table: two letters look like a branch that is newer than the table.
pub(super) fn kind_of_unknown(code: &str, has_suffix: bool) -> StandardKind {
    if code.len() == 2 || has_suffix {
        StandardKind::Industry
    } else {
        StandardKind::Other
    }
}

pub(super) fn is_province(digits: &str) -> bool {
    PROVINCES.contains(&digits)
}

pub(super) fn is_foreign_issuer(word: &str) -> bool {
    FOREIGN.contains(&word)
}

pub(super) fn is_foreign_document(word: &str) -> bool {
    FOREIGN_DOCUMENTS.contains(&word)
}

/// The longest issuer that `word` begins with, and the rest: `IECTS` is `IEC` and `TS`.
pub(super) fn split_foreign_issuer(word: &str) -> Option<(&str, &str)> {
    let fitting = FOREIGN
        .iter()
        .filter_map(|issuer| word.strip_prefix(issuer).map(|rest| (*issuer, rest)));
    fitting.max_by_key(|(issuer, _)| issuer.len())
}

pub(super) fn writes_short_years(issuer: &str) -> bool {
    FOREIGN_SHORT_YEARS.contains(&issuer)
}

pub(super) fn is_enterprise_met_without_slash(code: &str) -> bool {
    ENTERPRISES.contains(&code)
}

pub(super) fn is_group_met_without_slash(code: &str) -> bool {
    GROUPS_RUN_TOGETHER.contains(&code)
}

/// Series that print a slash inside the serial: SJ 20032/1-1994, detail specifications of electronic parts.
pub(super) fn has_slash_serial(code: &str) -> bool {
    matches!(code, "SJ" | "GJB" | "QJ")
}
