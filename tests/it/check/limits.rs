//! Each limit holds at its number and one above it, and says what to do.

use api::check::{Checker, Limits, Prices};

use super::{probe_checker, probe_sdl, refused};

/// What is asked at the limit, and one more.
fn at(checker: &Checker, make: impl Fn(usize) -> String, limit: usize, code: &str) {
    let good = make(limit);
    if let Err(refusal) = checker.document(&good) {
        panic!("{limit} are allowed: {:?}", refusal.errors);
    }
    let refusal = refused(checker, &make(limit + 1));
    assert_eq!(refusal.code, code, "{:?}", refusal.errors);
    let message = &refusal.errors[0].message;
    assert!(message.contains(&limit.to_string()), "{message}");
    assert!(
        message.contains(": ask for") || message.contains(", or send"),
        "{message}"
    );
}

#[test]
fn the_limits_of_a_document() {
    let checker = probe_checker();
    at(
        &checker,
        |count| format!("{{int{}}}", " ".repeat(count - 5)),
        32_768,
        "QUERY_TOO_LARGE",
    );
    at(
        &checker,
        |count| format!("{{int ints(x:[{}])}}", "1 ".repeat(count - 10)),
        8_000,
        "QUERY_TOO_LARGE",
    );
    at(
        &checker,
        |count| format!("{{json(x:{}{})}}", "[".repeat(count - 2), "]".repeat(count - 2)),
        64,
        "QUERY_TOO_DEEP",
    );
    at(
        &checker,
        |count| format!("{{{}:int}}", "a".repeat(count)),
        200,
        "QUERY_TOO_LARGE",
    );
    at(
        &checker,
        |count| format!("{{dog{{{}}}}}", "name ".repeat(count - 1)),
        5_000,
        "QUERY_TOO_COMPLEX",
    );
    let aliases = |count: usize| (0..count).map(|at| format!("a{at}:name ")).collect::<String>();
    at(
        &checker,
        |count| format!("{{dog{{{}}}}}", aliases(count)),
        50,
        "QUERY_TOO_COMPLEX",
    );
    at(
        &checker,
        |count| format!("{{dog{{name{}}}}}", " @note".repeat(count)),
        50,
        "QUERY_TOO_COMPLEX",
    );
    let roots = |count: usize| (0..count).map(|at| format!("a{at}:int ")).collect::<String>();
    at(
        &checker,
        |count| format!("{{{}}}", roots(count)),
        20,
        "QUERY_TOO_COMPLEX",
    );
    let deep = |count: usize| {
        format!(
            "{{dog{}{{name}}{}}}",
            "{owner{best{...on Dog".repeat((count - 2) / 2),
            "}}}".repeat((count - 2) / 2)
        )
    };
    at(
        &checker,
        |count| {
            if count % 2 == 0 {
                deep(count)
            } else {
                deep(count + 1)
            }
        },
        16,
        "QUERY_TOO_DEEP",
    );
}

#[test]
fn fragments_count_where_they_are_spread() {
    let checker = probe_checker();
    let fragment = "fragment F on Dog { a: name b: name c: name d: name e: name f: name @skip(if: true) }";
    let spread = |times: usize| {
        let dogs: String = (0..times).map(|at| format!("d{at}: dog {{ ...F }} ")).collect();
        format!("{{ {dogs} }} {fragment}")
    };
    assert!(checker.document(&spread(7)).is_ok());
    assert_eq!(refused(&checker, &spread(8)).code, "QUERY_TOO_COMPLEX");
}

#[test]
fn operations_have_their_own_aliases_and_share_selections() {
    let checker = probe_checker();
    let aliases: String = (0..18).map(|at| format!("a{at}: int ")).collect();
    let operations: String = (0..10)
        .map(|at| format!("query q{at} {{ {aliases} }} "))
        .collect();
    assert!(checker.document(&operations).is_ok());
    let fragment = format!("fragment F on Dog {{ {} }}", "name ".repeat(1_000));
    let of = |count: usize| -> String {
        (0..count)
            .map(|at| format!("query q{at} {{ dog {{ ...F }} }} "))
            .collect()
    };
    assert!(checker.document(&(of(4) + &fragment)).is_ok());
    assert_eq!(refused(&checker, &(of(5) + &fragment)).code, "QUERY_TOO_COMPLEX");
}

#[test]
fn all_that_is_too_much_is_said_at_once() {
    let checker = probe_checker();
    let text = format!(
        "{{{}}}",
        (0..60).map(|at| format!("a{at}: int @note ")).collect::<String>()
    );
    let refusal = refused(&checker, &text);
    let said: Vec<_> = refusal
        .errors
        .iter()
        .map(|error| error.message.as_str())
        .collect();
    assert_eq!(said.len(), 3, "{said:?}");
    assert!(
        said[0].contains("60 aliases")
            && said[1].contains("60 directives")
            && said[2].contains("60 root fields")
    );
    assert_eq!(refusal.errors[0].locations.len(), 1);
}

#[test]
fn errors_are_counted() {
    let text = format!(
        "{{dog{{{}}}}}",
        (0..400).map(|at| format!("x{at} ")).collect::<String>()
    );
    assert_eq!(refused(&probe_checker(), &text).errors.len(), 50);
    let limits = Limits {
        errors: 3,
        ..Limits::default()
    };
    let few = Checker::new(&probe_sdl(), Prices::new([]), limits).unwrap();
    assert_eq!(refused(&few, &text).errors.len(), 3);
}
