//! The status of a standard on a day, with its reason: a pure function of dates, readings and successors.
//!
//! Nothing needs a nightly job to be true: `即将实施` becomes `现行` on its day, and what a source said is kept apart.

use chrono::NaiveDate;

use super::term::StandardStatus;

/// What is known about a standard for judging its status.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct StatusFacts {
    /// What the winning source reports.
    pub reported: Option<StandardStatus>,
    /// The source's own word.
    pub word: Option<String>,
    /// The last day on which the source said so.
    pub read_on: Option<NaiveDate>,
    /// The first day on which the source said so.
    pub first_read_on: Option<NaiveDate>,
    /// 实施日期
    pub effective_on: Option<NaiveDate>,
    /// 废止日期
    pub withdrawn_on: Option<NaiveDate>,
    /// The standards that take its place.
    pub successors: Vec<Successor>,
}

/// A standard that takes the place of another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Successor {
    /// Its number.
    pub number: String,
    /// 实施日期; unknown when the catalogue does not hold the successor.
    pub effective_on: Option<NaiveDate>,
    /// Whether it takes the place of a part only.
    pub partial: bool,
}

/// Which rule decided, in the order in which the rules are tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum StatusRule {
    /// The date of withdrawal has come, and a full successor is in force.
    WithdrawnDateReplaced,
    /// The date of withdrawal has come.
    WithdrawnDate,
    /// The day of taking effect has not come.
    NotYetEffective,
    /// Reported withdrawn or replaced without a date; counted from the successor's day.
    ReportedSinceSuccessor,
    /// Reported withdrawn or replaced without a date; counted from the day on which that was first read.
    ReportedSinceReading,
    /// Reported withdrawn or replaced, but the day lies before: taken to have been in force.
    Assumed,
    /// A full successor took effect after the source was last read.
    SuccessorAfterReading,
    /// Reported in force.
    ReportedInForce,
    /// The day of taking effect has come, and nothing speaks against it.
    Effective,
    /// Nothing decides.
    NothingKnown,
}

/// Why a status holds: the rule and the facts it used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatusReason {
    /// The rule.
    pub rule: StatusRule,
    /// The day asked about.
    pub on: NaiveDate,
    /// The date that decided, if one did.
    pub decided_by: Option<NaiveDate>,
    /// The successor that decided, or that is in force although the standard is, too.
    pub successor: Option<String>,
    /// The source's word and the day of the reading.
    pub reported: Option<(String, NaiveDate)>,
}

impl StatusReason {
    /// Whether a full successor is in force although the standard is said to be in force.
    pub fn successor_in_force(&self) -> bool {
        matches!(self.rule, StatusRule::ReportedInForce | StatusRule::Effective) && self.successor.is_some()
    }
}

/// The status on `day`: the first rule that fits decides.
pub fn status_on(facts: &StatusFacts, day: NaiveDate) -> (StandardStatus, StatusReason) {
    use StandardStatus::{InForce, Replaced, Unknown, Upcoming, Withdrawn};
    let full = || facts.successors.iter().filter(|successor| !successor.partial);
    let in_force = full()
        .filter(|successor| successor.effective_on.is_some_and(|from| from <= day))
        .min_by_key(|successor| (successor.effective_on, successor.number.clone()));
    let reason = |rule, decided_by: Option<NaiveDate>, successor: Option<&Successor>| StatusReason {
        rule,
        on: day,
        decided_by,
        successor: successor.map(|successor| successor.number.clone()),
        reported: facts.word.clone().zip(facts.read_on),
    };
    if let Some(withdrawn) = facts.withdrawn_on.filter(|date| *date <= day) {
        return match in_force {
            Some(successor) => (
                Replaced,
                reason(
                    StatusRule::WithdrawnDateReplaced,
                    Some(withdrawn),
                    Some(successor),
                ),
            ),
            None => (
                Withdrawn,
                reason(StatusRule::WithdrawnDate, Some(withdrawn), None),
            ),
        };
    }
    if let Some(effective) = facts.effective_on.filter(|date| *date > day) {
        return (
            Upcoming,
            reason(StatusRule::NotYetEffective, Some(effective), None),
        );
    }
    let reported_gone = matches!(facts.reported, Some(Replaced | Withdrawn)) && facts.withdrawn_on.is_none();
    if reported_gone {
        let first = full().min_by_key(|successor| {
            let unknown = successor.effective_on.is_none();
            (unknown, successor.effective_on, successor.number.clone())
        });
        let by_successor = first.and_then(|successor| successor.effective_on);
        let (since, rule) = match by_successor {
            Some(date) => (Some(date), StatusRule::ReportedSinceSuccessor),
            None => (facts.first_read_on, StatusRule::ReportedSinceReading),
        };
        if since.is_some_and(|since| day < since) {
            return (InForce, reason(StatusRule::Assumed, since, first));
        }
        let status = if first.is_some() {
            Replaced
        } else {
            facts.reported.unwrap_or(Withdrawn)
        };
        return (status, reason(rule, since, first));
    }
    // The source may have been read behind one successor and before the next, so each of them is asked.
    let not_seen_by_source = full()
        .filter(|successor| {
            let from = successor.effective_on.filter(|from| *from <= day);
            from.is_some_and(|from| facts.read_on.is_none_or(|read| read < from))
        })
        .min_by_key(|successor| (successor.effective_on, successor.number.clone()));
    if let Some(successor) = not_seen_by_source {
        return (
            Replaced,
            reason(
                StatusRule::SuccessorAfterReading,
                successor.effective_on,
                Some(successor),
            ),
        );
    }
    if facts.reported == Some(InForce) {
        return (
            InForce,
            reason(StatusRule::ReportedInForce, facts.effective_on, in_force),
        );
    }
    if facts.effective_on.is_some() {
        return (
            InForce,
            reason(StatusRule::Effective, facts.effective_on, in_force),
        );
    }
    (Unknown, reason(StatusRule::NothingKnown, None, None))
}
