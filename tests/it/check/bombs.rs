//! Documents that are made to hurt: each is refused with its code, at once, on a small stack.

use std::time::{Duration, Instant};

use super::arsenal::{around, bombs, fragments};
use super::{codes, hub_checker, probe_checker, refused};

/// The longest that a refusal may take on a processor. Builds of tests are slower than releases.
const AT_ONCE: Duration = Duration::from_millis(100);
/// A quarter of what workers have.
const SMALL_STACK: usize = 512 * 1024;

/// Runs on a stack on which a parser without bounds ends the process.
fn on_a_small_stack(test: impl FnOnce() + Send + 'static) {
    let thread = std::thread::Builder::new().stack_size(SMALL_STACK).spawn(test);
    thread.unwrap().join().unwrap();
}

/// What a piece of work takes on a processor; where the system does not tell that, on the clock.
fn timed<T>(work: impl FnOnce() -> T) -> (Duration, T) {
    let processor = || {
        let account = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
        let nanoseconds = account.split(' ').next()?.parse().ok()?;
        Some(Duration::from_nanos(nanoseconds))
    };
    let (start, before) = (Instant::now(), processor());
    let result = work();
    let clock = start.elapsed();
    let spent = processor().zip(before).map(|(after, before)| after - before);
    (spent.unwrap_or(clock), result)
}

#[test]
fn bombs_are_refused_at_once() {
    on_a_small_stack(|| {
        let checker = probe_checker();
        let mut offenders = Vec::new();
        for bomb in bombs() {
            let (time, result) = timed(|| checker.document(&bomb.text));
            let name = &bomb.name;
            if time > AT_ONCE {
                offenders.push(format!("{name} takes {time:?}"));
            }
            match result {
                Ok(_) if bomb.codes.is_empty() => {}
                Ok(_) => offenders.push(format!("{name} is accepted")),
                Err(refusal) => {
                    let said = &refusal.errors[0].message;
                    if !bomb.codes.contains(&refusal.code) {
                        offenders.push(format!("{name} is refused with {}: {said}", refusal.code));
                    }
                    codes(&refusal);
                    let echoes = |message: &str| message.chars().count() > 401;
                    if refusal.errors.iter().any(|error| echoes(&error.message)) {
                        offenders.push(format!("{name} echoes"));
                    }
                }
            }
        }
        assert!(offenders.is_empty(), "{}", offenders.join("\n"));
    });
}

#[test]
fn what_is_just_deep_enough_passes_on_a_small_stack() {
    on_a_small_stack(|| {
        let checker = probe_checker();
        // The braces of the document and the parenthesis leave 62 of 64.
        let lists = |levels| format!("{{json(x:{})}}", around("[", levels, "", "]"));
        let objects = |levels| format!("{{json(x:{})}}", around("{a:", levels, "1", "}"));
        let inputs = |levels| {
            format!(
                "{{box(x:{})}}",
                around("{width:1 inner:", levels, "{width:1}", "}")
            )
        };
        let inline = |levels| format!("{{{}}}", around("...{", levels, "int", "}"));
        let chain = |levels| fragments(levels, |level| format!("...F{level}"), "{ int }");
        for text in [lists(62), objects(62), inputs(61), inline(63), chain(62)] {
            let document = checker.document(&text).map_err(|refusal| refusal.errors).unwrap();
            drop(document.executable());
        }
        for text in [lists(63), objects(63), inputs(62), inline(64), chain(65)] {
            assert_eq!(refused(&checker, &text).code, "QUERY_TOO_DEEP", "{text}");
        }
    });
}

#[test]
fn a_bomb_leaves_the_next_document_alone() {
    let checker = hub_checker();
    refused(&checker, &"{a".repeat(10_000));
    assert!(checker.document("{ hubInfo { version } }").is_ok());
}
