//! Numbers of projects that write national standards (计划号).

use super::folding::{fold, is_blank};
use serde::{Deserialize, Serialize};
use std::fmt;

/// The number of a national standards project (国家标准计划号), `20253583-Z-604`: year and serial, the nature, and
/// the department that has it written. Drafts are searched by it long before the standard has a number.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PlanNumber {
    text: String,
}

impl PlanNumber {
    /// Reads `20253583-Z-604` with any dashes, widths and case; nothing else.
    pub fn parse(raw: &str) -> Option<Self> {
        if raw.len() > 100 {
            return None;
        }
        let folded = fold(raw);
        let text: String = folded
            .iter()
            .map(|one| one.character)
            .filter(|character| !is_blank(*character))
            .collect();
        is_plan_number(&text).then_some(Self { text })
    }

    /// The number in its one form.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Year in which the project was planned.
    pub fn year(&self) -> Option<u16> {
        self.text
            .split_at_checked(4)
            .and_then(|(year, _)| year.parse().ok())
    }
}

/// Whether folded text without blanks is eight digits, `Q` (强制), `T` (推荐) or `Z` (指导), and three digits.
pub(super) fn is_plan_number(text: &str) -> bool {
    let mut segments = text.split('-');
    let (serial, nature, department) = (segments.next(), segments.next(), segments.next());
    let digits = |text: Option<&str>, count| {
        text.is_some_and(|text| text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit()))
    };
    let planned = serial.is_some_and(|serial| serial.starts_with("19") || serial.starts_with("20"));
    planned
        && digits(serial, 8)
        && matches!(nature, Some("Q" | "T" | "Z"))
        && digits(department, 3)
        && segments.next().is_none()
}

impl fmt::Display for PlanNumber {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.text)
    }
}

impl TryFrom<String> for PlanNumber {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        Self::parse(&text).ok_or_else(|| format!("no plan number: {text:?}"))
    }
}

impl From<PlanNumber> for String {
    fn from(number: PlanNumber) -> Self {
        number.text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Numbers of projects on std.samr.gov.cn, and spellings of them.
    #[test]
    fn plans_have_one_form() {
        let table = [
            ("20253583-Z-604", Some("20253583-Z-604")),
            ("20251956-T-524", Some("20251956-T-524")),
            (" 20251956－t－524 ", Some("20251956-T-524")),
            ("20251956—Q—524", Some("20251956-Q-524")),
            ("20251956-X-524", None),
            ("2025195-T-524", None),
            ("20251956-T-5245", None),
            ("20251956-T-524-1", None),
            ("GB/T 1.1-2020", None),
            ("", None),
        ];
        for (raw, expected) in table {
            assert_eq!(
                PlanNumber::parse(raw).as_ref().map(PlanNumber::as_str),
                expected,
                "{raw}"
            );
        }
        assert_eq!(
            PlanNumber::parse("20253583-Z-604").and_then(|plan| plan.year()),
            Some(2025)
        );
    }
}
