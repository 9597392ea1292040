//! The reason for a status in words.

use super::status::{StatusReason, StatusRule};

impl StatusRule {
    /// The stable word of the rule.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::WithdrawnDateReplaced => "WITHDRAWN_DATE_REPLACED",
            Self::WithdrawnDate => "WITHDRAWN_DATE",
            Self::NotYetEffective => "NOT_YET_EFFECTIVE",
            Self::ReportedSinceSuccessor => "REPORTED_SINCE_SUCCESSOR",
            Self::ReportedSinceReading => "REPORTED_SINCE_READING",
            Self::Assumed => "ASSUMED",
            Self::SuccessorAfterReading => "SUCCESSOR_AFTER_READING",
            Self::ReportedInForce => "REPORTED_IN_FORCE",
            Self::Effective => "EFFECTIVE",
            Self::NothingKnown => "NOTHING_KNOWN",
        }
    }
}

impl StatusReason {
    /// In Chinese, in one sentence.
    pub fn because_zh(&self) -> String {
        let on = self.on;
        let date = self.decided_by.map(|date| date.to_string()).unwrap_or_default();
        let successor = self.successor.as_deref().unwrap_or_default();
        let reported = match &self.reported {
            Some((word, day)) => format!("来源于 {day} 报告“{word}”"),
            None => "来源未报告状态".to_owned(),
        };
        match self.rule {
            StatusRule::WithdrawnDateReplaced => {
                format!("废止日期 {date} 已到，代替标准 {successor} 已实施。")
            }
            StatusRule::WithdrawnDate => format!("废止日期 {date} 已到。"),
            StatusRule::NotYetEffective => format!("实施日期 {date} 晚于 {on}。"),
            StatusRule::ReportedSinceSuccessor => {
                format!("{reported}；代替标准 {successor} 自 {date} 起实施。")
            }
            StatusRule::ReportedSinceReading if successor.is_empty() => {
                format!("{reported}，未见废止日期，自首次读到之日 {date} 起计。")
            }
            StatusRule::ReportedSinceReading => {
                format!("{reported}，由 {successor} 代替；未见废止日期，自首次读到之日 {date} 起计。")
            }
            StatusRule::Assumed => format!("{reported}，但 {on} 早于 {date}，推定当时现行。"),
            StatusRule::SuccessorAfterReading => {
                format!("代替标准 {successor} 自 {date} 起实施，晚于最近一次读取；{reported}。")
            }
            StatusRule::ReportedInForce if successor.is_empty() => format!("{reported}。"),
            StatusRule::ReportedInForce => format!("{reported}；注意：代替标准 {successor} 已实施。"),
            StatusRule::Effective => format!("实施日期 {date} 已到，未见废止或代替；{reported}。"),
            StatusRule::NothingKnown => "未见状态、实施日期或代替关系。".to_owned(),
        }
    }

    /// In English, in one sentence.
    pub fn because_en(&self) -> String {
        let on = self.on;
        let date = self.decided_by.map(|date| date.to_string()).unwrap_or_default();
        let successor = self.successor.as_deref().unwrap_or_default();
        let reported = match &self.reported {
            Some((word, day)) => format!("the source reported “{word}” on {day}"),
            None => "no source reports a status".to_owned(),
        };
        match self.rule {
            StatusRule::WithdrawnDateReplaced => {
                format!("The date of withdrawal, {date}, has come, and {successor} is in force.")
            }
            StatusRule::WithdrawnDate => format!("The date of withdrawal, {date}, has come."),
            StatusRule::NotYetEffective => format!("It takes effect on {date}, after {on}."),
            StatusRule::ReportedSinceSuccessor => {
                format!("{successor} took its place on {date}; {reported}.")
            }
            StatusRule::ReportedSinceReading if successor.is_empty() => {
                format!(
                    "No date of withdrawal is known; it counts from the first reading, {date}: {reported}."
                )
            }
            StatusRule::ReportedSinceReading => {
                format!("{successor} takes its place; it counts from the first reading, {date}: {reported}.")
            }
            StatusRule::Assumed => {
                format!("{on} lies before {date}, so it is taken to have been in force; {reported}.")
            }
            StatusRule::SuccessorAfterReading => {
                format!("{successor} took effect on {date}, after the last reading; {reported}.")
            }
            StatusRule::ReportedInForce if successor.is_empty() => format!("Simply: {reported}."),
            StatusRule::ReportedInForce => format!("Note that {successor} is in force, too; {reported}."),
            StatusRule::Effective => {
                format!(
                    "It took effect on {date}, and nothing says that it was withdrawn or replaced; {reported}."
                )
            }
            StatusRule::NothingKnown => "No status, date of effect or successor is known.".to_owned(),
        }
    }
}
