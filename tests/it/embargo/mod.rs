//! The embargo: steps of chance by persons of chance, against a plain model of the rules.

use std::collections::BTreeSet;

use chrono::{DateTime, TimeDelta, Utc};
use entity::access::Audience;
use entity::embargo::{Addressee, Embargo, EmbargoRefusal, Signature, Stage, Step, audience};
use support::Chance;
use support::chance::seed;

const PERSONS: [&str; 4] = ["bureau#a", "bureau#b", "bureau#c", "bureau#d"];
/// The same number in two spellings, another one, and texts that are none.
const NUMBERS: [Option<&str>; 6] = [
    Some("张市监标计〔2022〕2号"),
    Some("张市监标计[2022]2号"),
    Some("张市监标计〔2022〕3号"),
    Some("第二号文件"),
    Some(" "),
    None,
];

/// Everything that was done, in order; what counts is what came behind the last sending back.
struct Model {
    author: &'static str,
    done: Vec<(Step, &'static str)>,
}

impl Model {
    fn counting(&self) -> &[(Step, &'static str)] {
        let back = self
            .done
            .iter()
            .rposition(|(step, _)| matches!(step, Step::Return { .. }));
        &self.done[back.map_or(0, |at| at + 1)..]
    }

    fn persons(&self, of: fn(&Step) -> bool) -> Vec<&'static str> {
        let steps = self.counting().iter().filter(|(step, _)| of(step));
        steps.map(|(_, person)| *person).collect()
    }

    fn stage(&self) -> Stage {
        let authorised = self
            .counting()
            .iter()
            .filter(|(step, _)| matches!(step, Step::Authorise { .. }))
            .count();
        match self.counting().last().map(|(step, _)| step) {
            None | Some(Step::Return { .. }) => Stage::Draft,
            Some(Step::Submit) => Stage::Submitted,
            Some(Step::Review) => Stage::Reviewed,
            Some(Step::Authorise { .. }) if authorised == 1 => Stage::Reviewed,
            Some(Step::Authorise { .. }) => Stage::Authorised,
            Some(Step::Publish) => Stage::Published,
            Some(Step::Withdraw { .. }) => Stage::Withdrawn,
        }
    }

    /// What is against a step; nothing if it may be taken.
    fn against(&self, step: &Step, person: &str) -> Option<EmbargoRefusal> {
        let stage = self.stage();
        let fits = match step {
            Step::Submit => stage == Stage::Draft,
            Step::Review => stage == Stage::Submitted,
            Step::Authorise { .. } => stage == Stage::Reviewed,
            Step::Publish => stage == Stage::Authorised,
            Step::Return { .. } => [Stage::Submitted, Stage::Reviewed, Stage::Authorised].contains(&stage),
            Step::Withdraw { .. } => stage == Stage::Published,
        };
        if !fits {
            return Some(EmbargoRefusal::WrongStage);
        }
        match step {
            Step::Submit | Step::Publish => None,
            Step::Review => (person == self.author).then_some(EmbargoRefusal::OwnWork),
            Step::Authorise { document_number } => self.against_number(document_number.as_deref(), person),
            Step::Return { reason } | Step::Withdraw { reason } => {
                reason.trim().is_empty().then_some(EmbargoRefusal::ReasonMissing)
            }
        }
    }

    fn against_number(&self, number: Option<&str>, person: &str) -> Option<EmbargoRefusal> {
        if person == self.author {
            return Some(EmbargoRefusal::OwnWork);
        }
        let first = self.counting().iter().find_map(|(step, by)| match step {
            Step::Authorise { document_number } => Some((*by, document_number.as_deref())),
            _ => None,
        });
        if first.is_some_and(|(by, _)| by == person) {
            return Some(EmbargoRefusal::SamePerson);
        }
        // By the place in the table: the first two are one number.
        let which = |number: Option<&str>| match NUMBERS.iter().position(|known| *known == number) {
            Some(0 | 1) => Ok(Some(2)),
            Some(2) => Ok(Some(3)),
            Some(3) => Err(EmbargoRefusal::DocumentNumberInvalid),
            _ => Ok(None),
        };
        match (which(number), first.map(|(_, number)| which(number))) {
            (Err(refusal), _) => Some(refusal),
            (Ok(None), None) => Some(EmbargoRefusal::DocumentNumberMissing),
            (Ok(Some(given)), Some(Ok(Some(known)))) if given != known => {
                Some(EmbargoRefusal::DocumentNumberDiffers)
            }
            _ => None,
        }
    }
}

fn any_step(chance: &mut Chance) -> Step {
    let reason = || "依据不足".to_owned();
    match chance.below(20) {
        0..5 => Step::Submit,
        5..10 => Step::Review,
        10..16 => Step::Authorise {
            // Mostly the right one, or no walk would come far.
            document_number: if chance.percent(60) {
                NUMBERS[0]
            } else {
                *chance.pick(&NUMBERS)
            }
            .map(str::to_owned),
        },
        16 | 17 => Step::Publish,
        18 => Step::Return {
            reason: if chance.percent(30) {
                "  ".to_owned()
            } else {
                reason()
            },
        },
        _ => Step::Withdraw {
            reason: if chance.percent(30) {
                String::new()
            } else {
                reason()
            },
        },
    }
}

fn person(signature: &Option<Signature>) -> Option<&str> {
    signature.as_ref().map(|signature| signature.person.as_str())
}

/// What has to hold whatever was done.
fn check(embargo: &Embargo, model: &Model) {
    assert_eq!(embargo.stage, model.stage());
    let authorisers = model.persons(|step| matches!(step, Step::Authorise { .. }));
    let signed = [
        (
            person(&embargo.submitted),
            model.persons(|step| *step == Step::Submit).first().copied(),
        ),
        (
            person(&embargo.reviewed),
            model.persons(|step| *step == Step::Review).first().copied(),
        ),
        (person(&embargo.authorised), authorisers.first().copied()),
        (person(&embargo.countersigned), authorisers.get(1).copied()),
        (
            person(&embargo.published),
            model.persons(|step| *step == Step::Publish).first().copied(),
        ),
    ];
    for (found, expected) in signed {
        assert_eq!(found, expected, "{embargo:?}");
    }
    assert_eq!(embargo.author.person, model.author, "the author stays");
    assert_eq!(embargo.document_number.is_some(), !authorisers.is_empty());
    for meant_for in [Addressee::Public, Addressee::Enterprise] {
        let released = audience(embargo.stage, meant_for) != Audience::Staff;
        assert_eq!(released, embargo.stage == Stage::Published, "{embargo:?}");
    }
    assert_ne!(
        person(&embargo.reviewed),
        Some(model.author),
        "somebody else reviews"
    );
    if embargo.stage >= Stage::Authorised {
        let hands: BTreeSet<Option<&str>> = [
            Some(model.author),
            person(&embargo.authorised),
            person(&embargo.countersigned),
        ]
        .into();
        assert_eq!(
            hands.len(),
            3,
            "two persons, neither of them the author: {embargo:?}"
        );
    }
}

#[test]
fn r22_steps_of_chance_are_those_of_the_model() {
    let mut chance = Chance::new(seed("r22_steps_of_chance_are_those_of_the_model"));
    let (mut stages, mut refusals) = (BTreeSet::new(), BTreeSet::new());
    for _ in 0..400 {
        let mut at: DateTime<Utc> = support::test_clock().now();
        let author = *chance.pick(&PERSONS);
        let begun = Signature {
            person: author.to_owned(),
            at,
        };
        let mut embargo = Embargo::begun(begun.clone());
        let mut model = Model {
            author,
            done: Vec::new(),
        };
        for _ in 0..40 {
            at += TimeDelta::seconds(1);
            let (step, by) = (any_step(&mut chance), *chance.pick(&PERSONS));
            let expected = model.against(&step, by);
            match embargo.clone().step(&step, by, at) {
                Ok(next) => {
                    assert_eq!(expected, None, "{step:?} by {by} after {:?}", model.done);
                    embargo = next;
                    model.done.push((step, by));
                }
                Err(refusal) => {
                    assert_eq!(expected, Some(refusal), "{step:?} by {by} after {:?}", model.done);
                    refusals.insert(refusal);
                }
            }
            assert_eq!(embargo.author, begun);
            check(&embargo, &model);
            stages.insert(embargo.stage);
        }
    }
    assert_eq!(
        stages.len(),
        Stage::ALL.len(),
        "the walks came everywhere: {stages:?}"
    );
    assert_eq!(
        refusals.len(),
        EmbargoRefusal::ALL.len(),
        "and met every refusal: {refusals:?}"
    );
}

#[test]
fn every_refusal_says_what_to_do() {
    for refusal in EmbargoRefusal::ALL {
        assert!(
            !refusal.message_zh().is_ascii() && refusal.message_en().is_ascii(),
            "{refusal:?}"
        );
    }
}
