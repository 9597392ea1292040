//! How long a record is shown to the public (市场监督管理行政处罚信息公示规定, 令45号; 严重违法失信名单管理办法, 令44号): a pure function of
//! its dates and of the day.

use chrono::{Months, NaiveDate};

use super::term::{PublicationReason, PublicationTerm, SubjectKind};

/// What decides how long a record is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Published {
    /// Whom it is about.
    pub subject: SubjectKind,
    /// For how long by law; none for records that are shown until something ends them.
    pub term: Option<PublicationTerm>,
    /// The first day: of publication, or of the decision where the source does not tell.
    pub from: NaiveDate,
    /// 公示截止期: the last day that the source gives.
    pub deadline: Option<NaiveDate>,
    /// 信用修复: the day of an approved repair, or 移出 of a list that is not shown afterwards.
    pub repaired_on: Option<NaiveDate>,
}

/// When a record is shown, and what ends it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    /// The first day; none where it is never shown.
    pub from: Option<NaiveDate>,
    /// The first day on which it is not shown any more; none where no end is known.
    pub until: Option<NaiveDate>,
    /// What ends it, or why it is never shown.
    pub end: PublicationReason,
}

/// Whether a record is shown on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Publication {
    /// Whether the public may see it.
    pub is_public: bool,
    /// Why.
    pub reason: PublicationReason,
}

/// The days on which a record is shown. The earliest end counts: the term, the day behind the source's own deadline, the day
/// of an approved repair. Of two on one day the term is named first, then the deadline.
pub fn window(published: Published) -> Window {
    let never = |end| Window {
        from: None,
        until: None,
        end,
    };
    let months = match (published.subject, published.term) {
        (SubjectKind::NaturalPerson, _) => return never(PublicationReason::NaturalPerson),
        (_, Some(PublicationTerm::NotPublished)) => return never(PublicationReason::WarningOnly),
        (_, Some(PublicationTerm::ThreeMonths)) => Some(3),
        (_, Some(PublicationTerm::ThreeYears)) => Some(36),
        (_, None) => None,
    };
    let term = months.and_then(|months| published.from.checked_add_months(Months::new(months)));
    let ends = [
        (term, PublicationReason::TermEnded),
        (
            published.deadline.and_then(|day| day.succ_opt()),
            PublicationReason::SourceEnded,
        ),
        (published.repaired_on, PublicationReason::Repaired),
    ];
    let first = ends
        .into_iter()
        .filter_map(|(day, why)| Some((day?, why)))
        .min_by_key(|(day, _)| *day);
    Window {
        from: Some(published.from),
        until: first.map(|(day, _)| day),
        end: first.map_or(PublicationReason::InTerm, |(_, why)| why),
    }
}

/// Whether a record is shown on a day, with the reason.
pub fn publication(window: Window, on: NaiveDate) -> Publication {
    let (is_public, reason) = match (window.from, window.until) {
        (None, _) => (false, window.end),
        (_, Some(until)) if on >= until => (false, window.end),
        (Some(from), _) if on < from => (false, PublicationReason::NotBegun),
        _ => (true, PublicationReason::InTerm),
    };
    Publication { is_public, reason }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn fine(term: PublicationTerm) -> Published {
        Published {
            subject: SubjectKind::Organization,
            term: Some(term),
            from: day("2023-11-30"),
            deadline: None,
            repaired_on: None,
        }
    }

    fn told(published: Published, on: &str) -> (bool, PublicationReason) {
        let publication = publication(window(published), day(on));
        (publication.is_public, publication.reason)
    }

    #[test]
    fn r58_terms_end_on_their_day() {
        use PublicationReason::{InTerm, NotBegun, TermEnded};
        let (short, long) = (
            fine(PublicationTerm::ThreeMonths),
            fine(PublicationTerm::ThreeYears),
        );
        assert_eq!(told(short, "2023-11-29"), (false, NotBegun));
        assert_eq!(told(short, "2023-11-30"), (true, InTerm));
        // November has thirty days, February 2024 twenty-nine.
        assert_eq!(told(short, "2024-02-28"), (true, InTerm));
        assert_eq!(told(short, "2024-02-29"), (false, TermEnded));
        assert_eq!(told(long, "2026-11-29"), (true, InTerm));
        assert_eq!(told(long, "2026-11-30"), (false, TermEnded));
    }

    #[test]
    fn r58_the_earliest_end_counts() {
        use PublicationReason::{InTerm, NaturalPerson, Repaired, SourceEnded, TermEnded, WarningOnly};
        let deadline = |day| Published {
            deadline: Some(day),
            ..fine(PublicationTerm::ThreeYears)
        };
        assert_eq!(told(deadline(day("2024-06-01")), "2024-06-01"), (true, InTerm));
        assert_eq!(
            told(deadline(day("2024-06-01")), "2024-06-02"),
            (false, SourceEnded)
        );
        assert_eq!(
            told(deadline(day("2099-12-31")), "2026-11-30"),
            (false, TermEnded)
        );
        let repaired = Published {
            repaired_on: Some(day("2024-06-02")),
            ..deadline(day("2024-06-01"))
        };
        assert_eq!(told(repaired, "2024-06-02"), (false, SourceEnded));
        let repaired = Published {
            repaired_on: Some(day("2024-05-20")),
            ..repaired
        };
        assert_eq!(told(repaired, "2024-05-19"), (true, InTerm));
        assert_eq!(told(repaired, "2024-05-20"), (false, Repaired));
        let warning = fine(PublicationTerm::NotPublished);
        assert_eq!(told(warning, "2023-12-01"), (false, WarningOnly));
        let person = Published {
            subject: SubjectKind::NaturalPerson,
            ..repaired
        };
        assert_eq!(told(person, "2023-12-01"), (false, NaturalPerson));
    }
}
