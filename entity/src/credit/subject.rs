//! Whom a credit record is about (行政相对人).

use std::fmt;

use serde::{Deserialize, Serialize};

use super::term::SubjectKind;
use crate::access::Audience;
use crate::value::SocialCreditCode;

/// The subject of a record: an enterprise, or a person whose name is masked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Subject {
    /// The identity: of the enterprise, or of a person by its masked name, which nobody shares with an enterprise.
    pub key: String,
    /// 统一社会信用代码
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub credit_code: Option<SocialCreditCode>,
    /// The name as registered; of a natural person the masked one.
    pub name: String,
    /// 行政相对人类别
    pub kind: SubjectKind,
}

impl Subject {
    /// A natural person. The name is masked here, and what it was is not kept.
    pub fn natural_person(name: &str) -> Self {
        let name = masked(name);
        Self {
            key: format!("P:{name}"),
            credit_code: None,
            name,
            kind: SubjectKind::NaturalPerson,
        }
    }

    /// The audience of a record about it that would be public otherwise.
    pub(super) fn audience(&self, otherwise: Audience) -> Audience {
        match self.kind {
            SubjectKind::NaturalPerson => Audience::Staff,
            _ => otherwise,
        }
    }

    /// The credit code, or nothing.
    pub(super) fn owner(&self) -> String {
        let code = self.credit_code.as_ref();
        code.map(|code| code.as_str().to_owned()).unwrap_or_default()
    }
}

impl fmt::Display for Subject {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.name)
    }
}

/// Names of families that have two characters.
const DOUBLE: [&str; 12] = [
    "欧阳", "司马", "上官", "诸葛", "东方", "皇甫", "尉迟", "公孙", "慕容", "令狐", "司徒", "夏侯",
];

/// A person's name with the family name and two circles: 张〇〇. The number of circles does not tell that of the characters.
pub fn masked(name: &str) -> String {
    let name = name.trim();
    let characters = if DOUBLE.iter().any(|double| name.starts_with(double)) {
        2
    } else {
        1
    };
    let family: String = name.chars().take(characters).collect();
    format!("{family}〇〇")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_but_the_family_name_is_kept() {
        for (name, shown) in [
            ("张三", "张〇〇"),
            ("张三丰", "张〇〇"),
            ("欧阳锋", "欧阳〇〇"),
            (" 李 四 ", "李〇〇"),
            ("Smith", "S〇〇"),
            ("", "〇〇"),
        ] {
            assert_eq!(masked(name), shown, "{name}");
        }
        assert_eq!(Subject::natural_person("张三").key, "P:张〇〇");
    }
}
