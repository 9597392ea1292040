//! What the platform answers as JSON: the areas below an area, and a page of an area's list.

use serde::{Deserialize, Deserializer};
use serde_json::Value;

/// No answer holds more areas or rows than this.
const MAX_ITEMS: usize = 1_000;

/// An area of the tree 省 → 市 → 县.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Area {
    /// Its code, as the platform writes it.
    #[serde(deserialize_with = "text")]
    pub area_code: String,
    /// Its name.
    #[serde(default, deserialize_with = "text")]
    pub area_name: String,
}

/// A row of an area's list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ListedRow {
    /// Id of the record on the platform (standardId).
    #[serde(deserialize_with = "text")]
    pub standard_id: String,
    /// 标准编号.
    #[serde(default, deserialize_with = "text")]
    pub standard_code: String,
    /// 标准名称.
    #[serde(default, deserialize_with = "text")]
    pub standard_name: String,
    /// Code of the enterprise, part of the detail page's address.
    #[serde(default, deserialize_with = "text")]
    pub org_code: String,
    /// 企业名称.
    #[serde(default, deserialize_with = "text")]
    pub enterprise_name: String,
    /// `0` is 现行, `1` is 废止.
    #[serde(default, deserialize_with = "text")]
    pub standard_status: String,
}

#[derive(Deserialize)]
struct ListAnswer {
    result: Vec<ListedRow>,
}

/// The areas of an answer of `/queryArea.do`.
pub fn read_areas(json: &str) -> Result<Vec<Area>, String> {
    let areas: Vec<Area> = serde_json::from_str(json).map_err(|error| malformed("list of areas", &error))?;
    within_bounds(areas, "areas")
}

/// The rows of an answer of `/area/{areaCode}/queryListPaged.do`. An answer without `result` is no empty page: it is
/// malformed, because taking it for the end of the list would lose the rest.
pub fn read_rows(json: &str) -> Result<Vec<ListedRow>, String> {
    let answer: ListAnswer =
        serde_json::from_str(json).map_err(|error| malformed("page of the list", &error))?;
    within_bounds(answer.result, "rows")
}

fn malformed(what: &str, error: &serde_json::Error) -> String {
    format!("the answer is no {what} in JSON ({error})")
}

fn within_bounds<T>(items: Vec<T>, what: &str) -> Result<Vec<T>, String> {
    if items.len() > MAX_ITEMS {
        return Err(format!(
            "the answer holds {} {what}, more than {MAX_ITEMS}",
            items.len()
        ));
    }
    Ok(items)
}

/// Text of a value that the platform writes as a number, a text or null.
fn text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    match Value::deserialize(deserializer)? {
        Value::Null => Ok(String::new()),
        Value::String(text) => Ok(text.trim().to_owned()),
        Value::Number(number) => Ok(number.to_string()),
        other => Err(serde::de::Error::custom(format!(
            "{other} is neither a text nor a number"
        ))),
    }
}

/// Whether a code or an id can be a segment of an address: 1 to 64 letters, digits, `-` and `_`.
pub fn is_segment(code: &str) -> bool {
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    (1..=64).contains(&code.len()) && code.bytes().all(fits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_read_whatever_the_type_of_an_id() {
        let rows = read_rows(
            r#"{"total":2,"result":[{"standardId":17,"standardCode":" Q/A 1-2020 ","standardName":"n","orgCode":"123456789",
            "enterpriseName":null,"standardStatus":0},{"standardId":"Q-9-0004","standardStatus":"1","more":[1]}]}"#,
        )
        .unwrap();
        let told: Vec<_> = rows
            .iter()
            .map(|row| {
                (
                    row.standard_id.as_str(),
                    row.standard_code.as_str(),
                    row.standard_status.as_str(),
                )
            })
            .collect();
        assert_eq!(told, [("17", "Q/A 1-2020", "0"), ("Q-9-0004", "", "1")]);
        assert_eq!(read_rows(r#"{"result":[]}"#).unwrap(), []);
    }

    #[test]
    fn what_is_no_page_is_malformed() {
        let deep = format!("{{\"result\":{}", "[".repeat(100_000));
        let many = format!("{{\"result\":[{}]}}", vec!["{\"standardId\":1}"; 1001].join(","));
        for json in [
            "",
            "null",
            "[]",
            "{}",
            "{\"result\":null}",
            "{\"result\":[{}]}",
            "{\"result\":[{\"standardId\":[]}]}",
            "<html></html>",
            "{\"result\":[",
            &deep,
            &many,
        ] {
            assert!(read_rows(json).is_err(), "{json:.60}");
        }
    }

    #[test]
    fn areas_are_read() {
        let areas =
            read_areas(r#"[{"areaCode":"320582","areaName":"张家港市"},{"areaCode":320583}]"#).unwrap();
        let codes: Vec<_> = areas.iter().map(|area| area.area_code.as_str()).collect();
        assert_eq!(codes, ["320582", "320583"]);
        assert!(read_areas("{}").is_err());
    }

    #[test]
    fn only_plain_codes_become_part_of_an_address() {
        for good in ["1", "Q-000000-202305121031-0004", "a_B"] {
            assert!(is_segment(good), "{good}");
        }
        for bad in ["", "..", "a/b", "a?b", "a b", "字", "%2e", "a#", &"1".repeat(65)] {
            assert!(!is_segment(bad), "{bad}");
        }
    }
}
