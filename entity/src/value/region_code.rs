//! Codes of administrative divisions (行政区划代码, GB/T 2260) and of the development zones inside them.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Longest text that is looked at; longer input is no code.
const LONGEST_INPUT: usize = 64;

/// Rank of a region as its code shows it (行政级别).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum RegionLevel {
    /// 省级: province, autonomous region or municipality; `320000`.
    Province,
    /// 地级: city, prefecture, league or autonomous prefecture; `320500`.
    City,
    /// 县级: county, banner, district or county-level city; `320582`.
    County,
    /// Development zone inside a region that GB/T 2260 does not show (保税区, 开发区); `320582.01`, R1.
    Zone,
}

impl RegionLevel {
    /// The name of the level in the schema and in the database: `PROVINCE`, `CITY`, `COUNTY`, `ZONE`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Province => "PROVINCE",
            Self::City => "CITY",
            Self::County => "COUNTY",
            Self::Zone => "ZONE",
        }
    }
}

/// A region code: six digits of GB/T 2260 (行政区划代码), with `.` and two digits for a development zone inside it.
///
/// Grammar: `DDDDDD` or `DDDDDD.ZZ` with `ZZ` from `01` to `99`, the hub's own serial of zones within one region:
/// `320582.01` is 张家港保税区 inside 320582 张家港市, which a frame of standards may have to leave out (R1).
/// The point keeps a zone apart from the statistical codes (统计用区划代码) of 9 and 12 digits, which are read as
/// their first six digits. `000000` belongs to no authority and is refused.
///
/// Two codes are ordered as texts, so a region stands directly before its zones.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RegionCode(String);

impl RegionCode {
    /// Reads a code. Full-width digits are folded and blanks dropped; a statistical code of 9 or 12 digits gives its
    /// county. `None` when the text is no code.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::parse_with_rest(text).map(|(code, _)| code)
    }

    /// Reads a code and keeps what a statistical code of 9 (to 乡镇) or 12 digits (to 村) says beyond the county:
    /// `320582100001` gives `320582` and `100001`.
    #[must_use]
    pub fn parse_with_rest(text: &str) -> Option<(Self, Option<String>)> {
        if text.len() > LONGEST_INPUT {
            return None;
        }
        let folded: String = text.chars().filter(|c| !c.is_whitespace()).map(fold).collect();
        let (digits, zone) = match folded.split_once('.') {
            Some((digits, zone)) => (digits, Some(zone)),
            None => (folded.as_str(), None),
        };
        if !digits.chars().all(|c| c.is_ascii_digit()) {
            return None;
        }
        let (six, rest) = digits.split_at_checked(6)?;
        if six == "000000" {
            return None;
        }
        match (rest.len(), zone) {
            (0, None) => Some((Self(six.to_owned()), None)),
            (0, Some(zone)) if is_zone(zone) => Some((Self(format!("{six}.{zone}")), None)),
            (3 | 6, None) => Some((Self(six.to_owned()), Some(rest.to_owned()))),
            _ => None,
        }
    }

    /// The canonical text: `320582`, `320582.01`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The level that the digits show. What a region was on a given day is in the history of divisions.
    #[must_use]
    pub fn level(&self) -> RegionLevel {
        if self.0.contains('.') {
            RegionLevel::Zone
        } else if self.0.ends_with("0000") {
            RegionLevel::Province
        } else if self.0.ends_with("00") {
            RegionLevel::City
        } else {
            RegionLevel::County
        }
    }

    /// The code of the province (省级): `320000` for `320582`.
    #[must_use]
    pub fn province(&self) -> Self {
        Self(self.0.chars().take(2).chain("0000".chars()).collect())
    }

    /// The code of the city (地级) by digits: `320500` for `320582`. `None` for a province and for codes such as
    /// `460003` (Hainan, 1988 to 1994) that have no city digits. The city of that code need not exist: `429004` 仙桃市 is
    /// directly under its province.
    #[must_use]
    pub fn city(&self) -> Option<Self> {
        let city = Self(self.0.chars().take(4).chain("00".chars()).collect());
        (city.level() == RegionLevel::City).then_some(city)
    }

    /// The county-level code that holds a zone, and the code itself for a county. `None` above.
    #[must_use]
    pub fn county(&self) -> Option<Self> {
        let six = Self(self.0.chars().take(6).collect());
        (six.level() == RegionLevel::County).then_some(six)
    }

    /// The codes above this one by digits, nearest first: county, city, province. The real parents on a day, for
    /// instance of counties directly under a province, are in the history of divisions.
    #[must_use]
    pub fn ancestors(&self) -> Vec<Self> {
        let mut above: Vec<Self> = [self.county(), self.city(), Some(self.province())]
            .into_iter()
            .flatten()
            .filter(|code| code != self)
            .collect();
        above.dedup();
        above
    }

    /// The leading text that all codes inside share: `32`, `3205`, `320582`, `320582.01`. A canonical code starts with
    /// the prefix of every region that holds it by digits, and with no other of the same length.
    #[must_use]
    pub fn prefix(&self) -> &str {
        let text = self.as_str();
        match self.level() {
            RegionLevel::Province => text.strip_suffix("0000").unwrap_or(text),
            RegionLevel::City => text.strip_suffix("00").unwrap_or(text),
            RegionLevel::County | RegionLevel::Zone => text,
        }
    }

    /// Whether `other` is this region or lies inside it by digits.
    #[must_use]
    pub fn contains(&self, other: &Self) -> bool {
        other.0.starts_with(self.prefix())
    }
}

/// ASCII form of a full-width digit or point (U+FF10 to U+FF19, U+FF0E).
fn fold(c: char) -> char {
    match c {
        '０'..='９' => u32::from(c)
            .checked_sub(0xFEE0)
            .and_then(char::from_u32)
            .unwrap_or(c),
        '．' => '.',
        other => other,
    }
}

fn is_zone(text: &str) -> bool {
    text.len() == 2 && text != "00" && text.chars().all(|c| c.is_ascii_digit())
}

/// The text is no region code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotARegionCode;

impl fmt::Display for NotARegionCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a region code: six digits of GB/T 2260, optionally with a zone such as 320582.01")
    }
}

impl std::error::Error for NotARegionCode {}

impl fmt::Display for RegionCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for RegionCode {
    type Err = NotARegionCode;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text).ok_or(NotARegionCode)
    }
}

impl Serialize for RegionCode {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for RegionCode {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(text: &str) -> RegionCode {
        RegionCode::parse(text).unwrap()
    }

    #[test]
    fn reads_the_forms_that_registers_write() {
        let table = [
            ("320582", "320582", None),
            (" 320582 ", "320582", None),
            ("３２０５８２", "320582", None),
            ("32 05 82", "320582", None),
            ("3205\u{3000}82", "320582", None),
            ("320582100", "320582", Some("100")),
            ("320582100001", "320582", Some("100001")),
            ("330203001", "330203", Some("001")),
            ("320582.01", "320582.01", None),
            ("320582．０１", "320582.01", None),
            ("100000", "100000", None),
            ("460003", "460003", None),
        ];
        for (text, canonical, rest) in table {
            let (read, kept) = RegionCode::parse_with_rest(text).unwrap();
            assert_eq!(read.as_str(), canonical, "{text}");
            assert_eq!(kept.as_deref(), rest, "{text}");
            assert_eq!(code(canonical), read, "canonical form reads back");
        }
    }

    #[test]
    fn refuses_what_is_no_code() {
        let long = "3".repeat(1_000);
        for text in [
            "",
            " ",
            "32",
            "3205",
            "32058",
            "3205821",
            "32058210",
            "3205821000",
            "32058210000",
            "3205821000011",
            "000000",
            "000000000",
            "32058a",
            "320582-01",
            "320582.",
            "320582.1",
            "320582.00",
            "320582.001",
            "320582.a1",
            "320582.01.02",
            "320582100.01",
            ".01",
            "张家港市",
            "٣٢٠٥٨٢",
            long.as_str(),
        ] {
            assert_eq!(RegionCode::parse(text), None, "{text}");
        }
    }

    #[test]
    fn shows_levels_prefixes_and_ancestors() {
        let table: [(&str, RegionLevel, &str, &[&str]); 6] = [
            ("320000", RegionLevel::Province, "32", &[]),
            ("320500", RegionLevel::City, "3205", &["320000"]),
            ("320582", RegionLevel::County, "320582", &["320500", "320000"]),
            (
                "320582.01",
                RegionLevel::Zone,
                "320582.01",
                &["320582", "320500", "320000"],
            ),
            ("320500.03", RegionLevel::Zone, "320500.03", &["320500", "320000"]),
            ("460003", RegionLevel::County, "460003", &["460000"]),
        ];
        for (text, level, prefix, above) in table {
            let read = code(text);
            assert_eq!(read.level(), level, "{text}");
            assert_eq!(read.prefix(), prefix, "{text}");
            let found = read.ancestors();
            assert_eq!(
                found.iter().map(RegionCode::as_str).collect::<Vec<_>>(),
                above,
                "{text}"
            );
            assert!(
                found
                    .iter()
                    .all(|upper| upper.contains(&read) && !read.contains(upper)),
                "{text}"
            );
        }
        assert_eq!(code("320582.01").county(), Some(code("320582")));
        assert_eq!(code("320500.03").county(), None);
        assert_eq!(code("320000").city(), None);
    }

    #[test]
    fn contains_stops_at_the_boundary() {
        assert!(code("320582").contains(&code("320582")));
        assert!(code("320582").contains(&code("320582.01")));
        assert!(
            code("320582").contains(&code("320582008001")),
            "a statistical code is its county"
        );
        assert!(!code("320582").contains(&code("320583")));
        assert!(!code("320582.01").contains(&code("320582")));
        assert!(!code("320582.01").contains(&code("320582.02")));
        assert!(!code("320500").contains(&code("320600")));
        assert!(!code("320500").contains(&code("320000")));
    }

    #[test]
    fn orders_shows_and_serialises_as_text() {
        let mut codes = [
            code("320583"),
            code("320582.02"),
            code("320582"),
            code("320582.01"),
            code("320500"),
        ];
        codes.sort();
        let texts: Vec<String> = codes.iter().map(ToString::to_string).collect();
        assert_eq!(texts, ["320500", "320582", "320582.01", "320582.02", "320583"]);
        assert_eq!(
            serde_json::to_string(&code("３２０５８２")).unwrap(),
            "\"320582\""
        );
        assert_eq!(
            serde_json::from_str::<RegionCode>("\"320582\"").unwrap(),
            code("320582")
        );
        assert!(serde_json::from_str::<RegionCode>("\"32\"").is_err());
        assert_eq!("x".parse::<RegionCode>(), Err(NotARegionCode));
        assert_eq!(RegionLevel::County.as_str(), "COUNTY");
    }
}
