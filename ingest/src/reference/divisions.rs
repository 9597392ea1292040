//! Looking up divisions while records are normalised: from the bundled tables, so that the answer is the same whatever
//! the database holds.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use entity::value::RegionCode;

use crate::bundle;

/// The registering authority of companies that the state registers itself (国家市场监督管理总局).
const STATE: &str = "100000";

struct Divisions {
    codes: HashSet<String>,
    provinces: HashMap<String, RegionCode>,
}

/// Nothing is known if the bundled tables should not be readable; the adapter `reference` then says so.
static DIVISIONS: LazyLock<Divisions> = LazyLock::new(|| {
    let mut divisions = Divisions {
        codes: HashSet::from([STATE.to_owned()]),
        provinces: HashMap::new(),
    };
    for table in [
        "divisions/code_name_first_last_seen.csv",
        "divisions/current_2026-09.csv",
    ] {
        let bytes = bundle::file(table).unwrap_or_default();
        let mut reader = csv::ReaderBuilder::new()
            .flexible(true)
            .from_reader(bytes.as_slice());
        for row in reader.records().flatten() {
            let (Some(code), Some(name)) = (row.get(0), row.get(1)) else {
                continue;
            };
            if let Some(region) = RegionCode::parse(code).filter(|_| code.ends_with("0000")) {
                let short = name.trim_end_matches(['省', '市']);
                let short = short.split_once("自治区").map_or(short, |(short, _)| short);
                let bare = short
                    .trim_end_matches("壮族")
                    .trim_end_matches("回族")
                    .trim_end_matches("维吾尔");
                for spelling in [name, short, bare] {
                    divisions.provinces.insert(spelling.to_owned(), region.clone());
                }
            }
            divisions.codes.insert(code.to_owned());
        }
    }
    divisions
});

/// Whether GB/T 2260 ever had the code, or the state registers under it.
pub(crate) fn was_ever_a_division(code: &str) -> bool {
    DIVISIONS.codes.contains(code)
}

/// The province of a name, in full or short: 江苏省, 江苏, 内蒙古.
pub(crate) fn province_of_name(name: &str) -> Option<RegionCode> {
    DIVISIONS.provinces.get(name.trim()).cloned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn provinces_by_full_and_short_names() {
        let cases = [
            ("江苏省", "320000"),
            ("江苏", "320000"),
            ("上海市", "310000"),
            ("内蒙古", "150000"),
            ("广西", "450000"),
            ("新疆维吾尔自治区", "650000"),
        ];
        for (name, code) in cases {
            assert_eq!(
                province_of_name(name).as_ref().map(RegionCode::as_str),
                Some(code),
                "{name}"
            );
        }
        assert_eq!(province_of_name("外国"), None);
    }

    #[test]
    fn codes_that_were_abolished_are_known() {
        for code in ["320582", "110229", "100000"] {
            assert!(was_ever_a_division(code), "{code}");
        }
        assert!(!was_ever_a_division("999999"));
    }
}
