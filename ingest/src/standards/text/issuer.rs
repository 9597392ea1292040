//! Issuing bodies of standards (发布部门).

use std::collections::HashMap;
use std::sync::OnceLock;

use super::markup::{is_han, plain};

/// Spellings of issuing bodies and the names meant, as `alias,name` lines: `name` is the body as it was called then;
/// two bodies are separated by `;`. A renamed or merged body is another body: 国家技术监督局 stays apart from
/// 国家市场监督管理总局. The spellings are the frequent ones of csres.com, biaozhun.org and openstd.samr.gov.cn.
const ISSUERS: &str = include_str!("../../../data/issuers.csv");

/// The name of the state before that of a body (`中华人民共和国公安部`); official, but sources leave it out more often.
const STATE: &str = "中华人民共和国";

/// The shortest cut-off name that is completed, in characters.
const SHORTEST_STEM: usize = 4;
/// The longest text that is tried as two glued names, in bytes.
const LONGEST_PAIR: usize = 200;

/// One issuing body as a row names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issuer {
    /// The name as the body bore it at that time.
    pub name: String,
    /// The words of the source for this body.
    pub reported: String,
    /// Whether the name is in the table of bodies. A name that is not may be right all the same (there are thousands of
    /// associations); a name cut off by the source and not completed never is. A stub of less than four characters is
    /// left out: it names nobody.
    pub recognised: bool,
}

fn table() -> &'static HashMap<String, String> {
    static TABLE: OnceLock<HashMap<String, String>> = OnceLock::new();
    TABLE.get_or_init(|| {
        let mut reader = csv::Reader::from_reader(ISSUERS.as_bytes());
        let rows = reader.records().flatten();
        rows.filter_map(|row| Some((row.get(0)?.to_owned(), row.get(1)?.to_owned())))
            .collect()
    })
}

/// Reads a field of issuing bodies: one or several names, separated by blanks, `、`, `;`, `,` or `/`, or glued.
pub fn read_issuers(text: &str) -> Vec<Issuer> {
    let text = plain(text);
    let mut issuers: Vec<Issuer> = Vec::new();
    for part in split(&text) {
        for issuer in read_part(part) {
            if !issuers.iter().any(|known| known.name == issuer.name) {
                issuers.push(issuer);
            }
        }
    }
    issuers
}

/// Names between separators outside brackets. English names contain blanks and commas: a text without Chinese
/// characters is one name.
fn split(text: &str) -> Vec<&str> {
    if !text.contains(is_han) {
        return if text.contains(char::is_alphabetic) {
            vec![text]
        } else {
            Vec::new()
        };
    }
    let mut depth = 0_usize;
    text.split(|c: char| {
        match c {
            '(' | '（' => depth += 1,
            ')' | '）' => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth == 0 && (c.is_whitespace() || matches!(c, '、' | ';' | '；' | ',' | '，' | '/' | '\\' | '|'))
    })
    .filter(|part| part.contains(is_han) && !part.ends_with(['：', ':']) && *part != STATE)
    .collect()
}

fn read_part(part: &str) -> Vec<Issuer> {
    if let Some(names) = known(part) {
        return recognised(part, names);
    }
    if let Some(stem) = part.strip_suffix(['.', '…']) {
        let stem = stem.trim_end_matches(['.', '…']);
        return match known(stem).or_else(|| completed(stem)) {
            Some(names) => recognised(part, names),
            None if stem.chars().count() < SHORTEST_STEM => Vec::new(),
            None => vec![unrecognised(part, stem)],
        };
    }
    match glued(part) {
        Some(names) => names
            .into_iter()
            .flat_map(|names| recognised(part, names))
            .collect(),
        None => vec![unrecognised(part, part)],
    }
}

fn recognised(reported: &str, names: &str) -> Vec<Issuer> {
    let one = |name: &str| Issuer {
        name: name.to_owned(),
        reported: reported.to_owned(),
        recognised: true,
    };
    names.split(';').map(one).collect()
}

fn unrecognised(reported: &str, name: &str) -> Issuer {
    Issuer {
        name: without_state(name).to_owned(),
        reported: reported.to_owned(),
        recognised: false,
    }
}

/// The name meant by a spelling: from the table as it stands, without `中华人民共和国`, or without a remark in brackets
/// (`工业和信息化部（电子）`).
fn known(spelling: &str) -> Option<&'static str> {
    let look_up = |spelling: &str| table().get(spelling).map(String::as_str);
    let bare = without_state(spelling);
    look_up(spelling).or_else(|| look_up(bare)).or_else(|| {
        let open = bare.find(['(', '（'])?;
        let (before, _) = bare.split_at_checked(open)?;
        look_up(before)
    })
}

fn without_state(name: &str) -> &str {
    let bare = name.strip_prefix(STATE).unwrap_or(name);
    if bare.is_empty() { name } else { bare }
}

/// The one name whose spellings begin with a cut-off name.
fn completed(stem: &str) -> Option<&'static str> {
    let stem = without_state(stem);
    if stem.chars().count() < SHORTEST_STEM {
        return None;
    }
    let mut names = table()
        .iter()
        .filter(|(alias, _)| alias.starts_with(stem))
        .map(|(_, name)| name.as_str());
    let first = names.next()?;
    names.all(|name| name == first).then_some(first)
}

/// Two known names without a separator.
fn glued(part: &str) -> Option<[&'static str; 2]> {
    if part.len() > LONGEST_PAIR {
        return None;
    }
    part.char_indices().skip(SHORTEST_STEM - 1).find_map(|(at, _)| {
        let (first, second) = part.split_at_checked(at)?;
        Some([known(first)?, known(second)?])
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str) -> Vec<(String, bool)> {
        read_issuers(text)
            .into_iter()
            .map(|issuer| (issuer.name, issuer.recognised))
            .collect()
    }

    fn known_names(text: &str) -> Vec<String> {
        let issuers = read_issuers(text);
        assert!(
            issuers.iter().all(|issuer| issuer.recognised),
            "{text}: {issuers:?}"
        );
        issuers.into_iter().map(|issuer| issuer.name).collect()
    }

    #[test]
    fn spellings_of_real_rows() {
        for (text, expected) in [
            (
                "国家市场监督管理总局  国家标准化管理委员会",
                &["国家市场监督管理总局", "国家标准化管理委员会"] as &[&str],
            ),
            (
                "中华人民共和国国家质量监督检验检疫总局  中国国家标准化管理委员会",
                &["国家质量监督检验检疫总局", "国家标准化管理委员会"],
            ),
            (
                "中华人民共和国国家质量监督检验检疫总局、中国国家标准化管理委员会",
                &["国家质量监督检验检疫总局", "国家标准化管理委员会"],
            ),
            (
                "中华人民共和国国家质量监督检验检验总局 中国国家标准化管理委员会",
                &["国家质量监督检验检疫总局", "国家标准化管理委员会"],
            ),
            ("国家质量监督检验检疫.", &["国家质量监督检验检疫总局"]),
            ("国家市场监督管理总局.", &["国家市场监督管理总局"]),
            ("国家标准化管理委员.", &["国家标准化管理委员会"]),
            ("天津市市场和质量监督.", &["天津市市场和质量监督管理委员会"]),
            ("内蒙古自治区市场监督.", &["内蒙古自治区市场监督管理局"]),
            ("国家技术监督局", &["国家技术监督局"]),
            ("中华人民共和国公安部", &["公安部"]),
            ("工业和信息化部/国家能源局", &["工业和信息化部", "国家能源局"]),
            ("工业和信息化部（电子）", &["工业和信息化部"]),
            (
                "国家能源局,工业和信息化部（按部门职责分工负责）",
                &["国家能源局", "工业和信息化部"],
            ),
            ("应急管理部,/", &["应急管理部"]),
            ("国家药监局", &["国家药品监督管理局"]),
            (
                "国家市场监督管理总局国家标准化管理委员会",
                &["国家市场监督管理总局", "国家标准化管理委员会"],
            ),
            ("", &[]),
            (" / ", &[]),
        ] {
            assert_eq!(known_names(text), expected, "{text}");
        }
    }

    #[test]
    fn what_cannot_be_told_is_not_recognised() {
        // 联合会 and 协会 both begin so.
        assert_eq!(
            names("中国石油和化学工业."),
            [("中国石油和化学工业".to_owned(), false)]
        );
        assert_eq!(
            names("国家环境保护局 国家."),
            [("国家环境保护局".to_owned(), true)]
        );
        assert_eq!(names("汉中市"), [("汉中市".to_owned(), false)]);
        assert_eq!(
            names("中华人民共和国 国家质量监督检验检疫总局"),
            [("国家质量监督检验检疫总局".to_owned(), true)]
        );
        assert_eq!(names("发布单位："), []);
        let read = read_issuers("国家质量监督检验检疫.");
        assert_eq!(
            read.first().map(|issuer| issuer.reported.as_str()),
            Some("国家质量监督检验检疫.")
        );
    }

    #[test]
    fn an_english_name_is_not_split() {
        let text = "General Administration of Quality Supervision,Inspection and Quarantine of the Peoples Republic of China and Standardization Administration of the Peoples Republic of China";
        assert_eq!(
            known_names(text),
            ["国家质量监督检验检疫总局", "国家标准化管理委员会"]
        );
        assert_eq!(names("ISO, the body"), [("ISO, the body".to_owned(), false)]);
    }

    #[test]
    fn bodies_of_other_times_stay_apart() {
        let all = [
            "国家标准局",
            "国家技术监督局",
            "国家质量技术监督局",
            "国家质量监督检验检疫总局",
            "国家市场监督管理总局",
        ];
        for body in all {
            assert_eq!(known_names(body), [body]);
        }
    }
}
