//! The status of a standard on a day, against a plain model of the rules, and on the days on which it turns.

use chrono::{Days, NaiveDate};
use entity::standard::StandardStatus::{self, InForce, Replaced, Unknown, Upcoming, Withdrawn};
use entity::standard::{StatusFacts, StatusRule, Successor, status_on};
use proptest::prelude::*;
use proptest::sample::select;
use support::chance::properties;
use support::repeat;

fn day(number: u64) -> NaiveDate {
    NaiveDate::from_ymd_opt(2020, 2, 25).unwrap_or_default() + Days::new(number)
}

/// The rules as they are written down, read line by line; the first that fits decides.
fn model(facts: &StatusFacts, on: NaiveDate) -> StandardStatus {
    let full: Vec<&Successor> = facts.successors.iter().filter(|one| !one.partial).collect();
    let come = |date: Option<NaiveDate>| date.is_some_and(|date| date <= on);
    let in_force: Vec<&&Successor> = full.iter().filter(|one| come(one.effective_on)).collect();
    let gone = matches!(facts.reported, Some(Replaced | Withdrawn));
    // Withdrawn date ≤ day: REPLACED if a full successor is in force that day, else WITHDRAWN.
    if come(facts.withdrawn_on) {
        return if in_force.is_empty() { Withdrawn } else { Replaced };
    }
    // Effective date > day: UPCOMING.
    if facts.effective_on.is_some_and(|date| date > on) {
        return Upcoming;
    }
    // Reported withdrawn or replaced without date: from the successor's effective date, else from the day on which the
    // source was first read; before that it was in force.
    if gone && facts.withdrawn_on.is_none() {
        let successor = full.iter().filter_map(|one| one.effective_on).min();
        let begins = successor.or(facts.first_read_on);
        if begins.is_some_and(|begins| on < begins) {
            return InForce;
        }
        return if full.is_empty() {
            facts.reported.unwrap_or(Unknown)
        } else {
            Replaced
        };
    }
    // Full successor in force and the last reading is older than its effective date: REPLACED. What was never read is
    // older than anything.
    if in_force
        .iter()
        .any(|one| facts.read_on.is_none() || facts.read_on < one.effective_on)
    {
        return Replaced;
    }
    // Reported in force, or effective date ≤ day: IN_FORCE.
    if facts.reported == Some(InForce) || come(facts.effective_on) {
        return InForce;
    }
    Unknown
}

fn date() -> impl Strategy<Value = Option<NaiveDate>> {
    prop::option::of((0..12_u64).prop_map(day))
}

fn facts() -> impl Strategy<Value = StatusFacts> {
    let successor = (
        date(),
        any::<bool>(),
        select(vec!["GB/T 2-2021", "GB/T 3-2021", "GB/T 4-2021"]),
    );
    let successors = prop::collection::vec(successor, 0..4);
    let reported = prop::option::of(select(StandardStatus::ALL.to_vec()));
    (reported, date(), date(), date(), date(), successors).prop_map(
        |(reported, read, first, effective_on, withdrawn_on, successors)| StatusFacts {
            reported,
            word: reported.map(|status| status.as_str().to_owned()),
            // A source is first read before it is last read.
            read_on: read.max(first),
            first_read_on: first.or(read),
            effective_on,
            withdrawn_on,
            successors: successors
                .into_iter()
                .map(|(effective_on, partial, number)| Successor {
                    number: number.to_owned(),
                    effective_on,
                    partial,
                })
                .collect(),
        },
    )
}

#[test]
fn the_status_is_that_of_the_plain_model() {
    let outcome = properties("the_status_is_that_of_the_plain_model", 2_000 * repeat()).run(
        &(facts(), 0..12_u64),
        |(facts, on)| {
            let (status, reason) = status_on(&facts, day(on));
            prop_assert_eq!(status, model(&facts, day(on)), "{:?}", reason);
            prop_assert_eq!(reason.on, day(on));
            Ok(())
        },
    );
    if let Err(error) = outcome {
        panic!("{error}");
    }
}

#[test]
fn partial_successors_and_their_order_decide_nothing() {
    let outcome = properties(
        "partial_successors_and_their_order_decide_nothing",
        1_000 * repeat(),
    )
    .run(&(facts(), 0..12_u64), |(facts, on)| {
        let judged = status_on(&facts, day(on));
        let mut backwards = facts.clone();
        backwards.successors.reverse();
        prop_assert_eq!(&status_on(&backwards, day(on)), &judged);
        let mut without = facts;
        without.successors.retain(|one| !one.partial);
        prop_assert_eq!(&status_on(&without, day(on)), &judged);
        Ok(())
    });
    if let Err(error) = outcome {
        panic!("{error}");
    }
}

/// `reported read/first effective withdrawn | successors`, days as numbers, `-` for unknown.
fn told(text: &str) -> StatusFacts {
    let (own, successors) = text.split_once('|').unwrap_or((text, ""));
    let mut words = own.split_whitespace();
    let reported: Option<StandardStatus> = words.next().and_then(|word| word.parse().ok());
    let mut next = || words.next().and_then(|word| word.parse().ok()).map(day);
    StatusFacts {
        reported,
        word: reported.map(|status| status.as_str().to_owned()),
        read_on: next(),
        first_read_on: next(),
        effective_on: next(),
        withdrawn_on: next(),
        successors: successors
            .split_whitespace()
            .map(|word| Successor {
                number: "GB/T 2-2021".to_owned(),
                effective_on: word.trim_start_matches('~').parse().ok().map(day),
                partial: word.starts_with('~'),
            })
            .collect(),
    }
}

#[test]
fn the_status_turns_on_its_day() {
    use StatusRule::{
        Assumed, Effective, NotYetEffective, NothingKnown, ReportedInForce, ReportedSinceReading,
        ReportedSinceSuccessor, SuccessorAfterReading, WithdrawnDate, WithdrawnDateReplaced,
    };
    // The facts, the day, and on each side of it what holds and by which rule.
    let table = [
        ("- - - 5 -", 5, (Upcoming, NotYetEffective), (InForce, Effective)),
        (
            "UPCOMING 1 1 5 -",
            5,
            (Upcoming, NotYetEffective),
            (InForce, Effective),
        ),
        (
            "IN_FORCE 1 1 5 -",
            5,
            (Upcoming, NotYetEffective),
            (InForce, ReportedInForce),
        ),
        (
            "IN_FORCE 1 1 - 5",
            5,
            (InForce, ReportedInForce),
            (Withdrawn, WithdrawnDate),
        ),
        (
            "- - - - 5 | 5",
            5,
            (Unknown, NothingKnown),
            (Replaced, WithdrawnDateReplaced),
        ),
        (
            "IN_FORCE 1 1 - 4 | 5",
            5,
            (Withdrawn, WithdrawnDate),
            (Replaced, WithdrawnDateReplaced),
        ),
        (
            "IN_FORCE 1 1 - 5 | ~4",
            5,
            (InForce, ReportedInForce),
            (Withdrawn, WithdrawnDate),
        ),
        (
            "WITHDRAWN 8 5 - -",
            5,
            (InForce, Assumed),
            (Withdrawn, ReportedSinceReading),
        ),
        (
            "REPLACED 8 5 - -",
            5,
            (InForce, Assumed),
            (Replaced, ReportedSinceReading),
        ),
        (
            "WITHDRAWN 8 3 - - | 5",
            5,
            (InForce, Assumed),
            (Replaced, ReportedSinceSuccessor),
        ),
        (
            "REPLACED 2 1 - - | 7 5",
            5,
            (InForce, Assumed),
            (Replaced, ReportedSinceSuccessor),
        ),
        (
            "REPLACED 8 5 - - | -",
            5,
            (InForce, Assumed),
            (Replaced, ReportedSinceReading),
        ),
        (
            "REPLACED 8 5 - - | ~2",
            5,
            (InForce, Assumed),
            (Replaced, ReportedSinceReading),
        ),
        (
            "WITHDRAWN 8 3 5 -",
            5,
            (Upcoming, NotYetEffective),
            (Withdrawn, ReportedSinceReading),
        ),
        (
            "WITHDRAWN 2 1 - 5",
            5,
            (Unknown, NothingKnown),
            (Withdrawn, WithdrawnDate),
        ),
        (
            "IN_FORCE 4 4 - - | 5",
            5,
            (InForce, ReportedInForce),
            (Replaced, SuccessorAfterReading),
        ),
        // The source was read on the day on which the successor took effect, and still says in force.
        (
            "IN_FORCE 5 5 - - | 5",
            5,
            (InForce, ReportedInForce),
            (InForce, ReportedInForce),
        ),
        // It was read behind the first successor, but before the second.
        (
            "IN_FORCE 4 4 - - | 2 5",
            5,
            (InForce, ReportedInForce),
            (Replaced, SuccessorAfterReading),
        ),
        (
            "- - - 2 - | 5",
            5,
            (InForce, Effective),
            (Replaced, SuccessorAfterReading),
        ),
        ("- - - 2 - | ~5", 5, (InForce, Effective), (InForce, Effective)),
        (
            "UNKNOWN 3 3 - -",
            5,
            (Unknown, NothingKnown),
            (Unknown, NothingKnown),
        ),
    ];
    for (text, turn, before, from) in table {
        let facts = told(text);
        let judge = |on: u64| {
            let (status, reason) = status_on(&facts, day(on));
            (status, reason.rule)
        };
        assert_eq!(judge(turn - 1), before, "{text}, the day before");
        assert_eq!(judge(turn), from, "{text}, on the day");
        assert_eq!(judge(turn + 30).0, from.0, "{text}, a month later");
    }
}

#[test]
fn a_standard_in_force_beside_its_successor_is_said_so() {
    let (status, reason) = status_on(&told("IN_FORCE 8 8 1 - | 5"), day(9));
    assert_eq!((status, reason.successor_in_force()), (InForce, true));
    let (status, reason) = status_on(&told("IN_FORCE 8 8 1 - | 5"), day(4));
    assert_eq!((status, reason.successor_in_force()), (InForce, false));
    let (status, reason) = status_on(&told("IN_FORCE 8 8 1 - | ~5"), day(9));
    assert_eq!((status, reason.successor_in_force()), (InForce, false));
}
