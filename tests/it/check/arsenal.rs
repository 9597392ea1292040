//! Documents that are made to hurt.

/// A document that is made to hurt.
pub(super) struct Bomb {
    pub(super) name: String,
    pub(super) text: String,
    /// The codes with which it may be refused; one without any must be accepted.
    pub(super) codes: &'static [&'static str],
}

const DEEP: &[&str] = &["QUERY_TOO_DEEP", "QUERY_TOO_LARGE"];
const LARGE: &[&str] = &["QUERY_TOO_LARGE"];
const COMPLEX: &[&str] = &["QUERY_TOO_COMPLEX"];
const INVALID: &[&str] = &["GRAPHQL_VALIDATION_FAILED"];
const UNREADABLE: &[&str] = &["GRAPHQL_PARSE_FAILED"];
const INVALID_OR_COMPLEX: &[&str] = &["GRAPHQL_VALIDATION_FAILED", "QUERY_TOO_COMPLEX"];
const UNREADABLE_OR_LARGE: &[&str] = &["GRAPHQL_PARSE_FAILED", "QUERY_TOO_LARGE"];
const HARMLESS: &[&str] = &[];

/// Text in so many brackets.
pub(super) fn around(open: &str, levels: usize, middle: &str, close: &str) -> String {
    format!("{}{middle}{}", open.repeat(levels), close.repeat(levels))
}

/// Fragments, one of which spreads the next.
pub(super) fn fragments(levels: usize, spread: impl Fn(usize) -> String, last: &str) -> String {
    let mut text = format!("{{ ...F0 }} fragment F{levels} on Query {last} ");
    for level in 0..levels {
        text += &format!("fragment F{level} on Query {{ {} }} ", spread(level + 1));
    }
    text
}

/// Every bomb.
pub(super) fn bombs() -> Vec<Bomb> {
    let nested = [65, 500, 1_000, 2_000, 7_000, 16_000, 60_000].map(nested);
    let spread = [10, 13, 20, 30, 60].map(doubling);
    let circles = [2, 10, 60].map(circling);
    let others = [chains(), many(), signs(), introspection()];
    let all = nested.into_iter().chain(spread).chain(circles).chain(others);
    all.flatten().collect()
}

/// Bombs of one kind, by name, text and codes.
fn named<'a>(bombs: impl IntoIterator<Item = (&'a str, String, &'static [&'static str])>) -> Vec<Bomb> {
    let bombs = bombs.into_iter().map(|(name, text, codes)| Bomb {
        name: name.to_owned(),
        text,
        codes,
    });
    bombs.collect()
}

/// Brackets of every kind inside one another.
fn nested(levels: usize) -> Vec<Bomb> {
    let lists = around("[", levels, "", "]");
    let kinds = [
        ("selections", around("{a", levels, "", "}")),
        ("open selections", "{a".repeat(levels)),
        (
            "real selections",
            around("{pet(key:{id:1}){...on Dog{owner{best", levels, "", "}}}}"),
        ),
        ("lists", format!("{{json(x:{lists})}}")),
        ("open lists", format!("{{json(x:{}", "[".repeat(levels))),
        (
            "objects",
            format!("{{json(x:{})}}", around("{a:", levels, "1", "}")),
        ),
        (
            "inputs",
            format!("{{box(x:{})}}", around("{width:1 inner:", levels, "{}", "}")),
        ),
        (
            "types",
            format!("query Q($x:{}){{int}}", around("[", levels, "Int", "]")),
        ),
        ("defaults", format!("query Q($x:Json={lists}){{int}}")),
        (
            "parentheses",
            format!("{{int{}}}", around("(x:", levels, "", ")")),
        ),
        ("inline fragments", around("{...", levels, "{int}", "}")),
        ("lists behind a comment", format!("# \"\n{{json(x:{lists})}}")),
        (
            "lists behind a string",
            format!("{{text(x:\"\\\"\") json(x:{lists})}}"),
        ),
        (
            "lists behind a block",
            format!("{{text(x:\"\"\"\\\"\"\" \" \"\"\") json(x:{lists})}}"),
        ),
    ];
    let bombs = kinds.into_iter().map(|(kind, text)| Bomb {
        name: format!("{levels} {kind}"),
        text,
        codes: DEEP,
    });
    bombs.collect()
}

/// Fragments that spread the next one twice.
fn doubling(levels: usize) -> Vec<Bomb> {
    let last = "{ int a: int }";
    let twice = fragments(levels, |level| format!("...F{level} ...F{level}"), last);
    let inline = |level: usize| format!("... {{ ...F{level} }} ... on Query {{ ...F{level} }}");
    let inline = fragments(levels, inline, last);
    // Nobody spreads them, so no operation counts them.
    let unused = twice.replace("{ ...F0 }", "{ int }");
    let kinds: [(&str, String, &[&str]); 3] = [
        ("doublings", twice, COMPLEX),
        (
            "inline doublings",
            inline,
            &["QUERY_TOO_COMPLEX", "QUERY_TOO_DEEP"],
        ),
        ("unused doublings", unused, INVALID_OR_COMPLEX),
    ];
    let bombs = kinds.into_iter().map(|(kind, text, codes)| Bomb {
        name: format!("{levels} {kind}"),
        text,
        codes,
    });
    bombs.collect()
}

/// Fragments that end in themselves.
fn circling(levels: usize) -> Vec<Bomb> {
    let circle = fragments(levels, |level| format!("...F{level} ...F{level}"), "{ ...F0 }");
    let all: String = (0..levels).map(|level| format!("...F{level} ")).collect();
    let every = fragments(levels, |_| all.clone(), &format!("{{ {all} }}"));
    let codes = &[
        "GRAPHQL_VALIDATION_FAILED",
        "QUERY_TOO_COMPLEX",
        "QUERY_TOO_LARGE",
    ];
    [("a circle", circle), ("every one spreads every one", every)]
        .map(|(kind, text)| Bomb {
            name: format!("{levels} fragments: {kind}"),
            text,
            codes,
        })
        .into()
}

fn chains() -> Vec<Bomb> {
    let ten = |level: usize| format!("...F{level} ").repeat(10);
    let one = |level: usize| format!("...F{level}");
    named([
        ("8 times ten fragments", fragments(8, ten, "{ int }"), COMPLEX),
        ("a chain of 200 fragments", fragments(200, one, "{ int }"), DEEP),
        (
            "a chain of 1000 fragments",
            fragments(1_000, one, "{ int }"),
            DEEP,
        ),
    ])
}

/// So many of something.
fn each(count: usize, one: impl Fn(usize) -> String) -> String {
    (0..count).map(one).collect()
}

/// Much of one thing, one beside the other.
fn many() -> Vec<Bomb> {
    let fragment = "fragment F on Query { dog { name age nick owner { name age } } }";
    let conflict = |at: usize| format!("x:size(unit:CM)x{at}:nick x:nick ");
    named([
        (
            "1000 aliases",
            format!("{{{}}}", each(1_000, |at| format!("a{at}:int "))),
            COMPLEX,
        ),
        (
            "1000 aliases below",
            format!("{{dog{{{}}}}}", each(1_000, |at| format!("a{at}:name "))),
            COMPLEX,
        ),
        (
            "1000 directives",
            format!("{{int {}}}", "@note ".repeat(1_000)),
            COMPLEX,
        ),
        (
            "1000 directives on an operation",
            format!("query Q {} {{int}}", "@note ".repeat(1_000)),
            COMPLEX,
        ),
        (
            "1000 unknown directives",
            format!("{{int {}}}", "@no ".repeat(1_000)),
            COMPLEX,
        ),
        (
            "10000 names",
            format!("{{{}}}", "__typename ".repeat(10_000)),
            LARGE,
        ),
        ("7000 names", format!("{{{}}}", "a ".repeat(7_000)), COMPLEX),
        (
            "2500 names below",
            format!("{{dog{{{}}}}}", "__typename ".repeat(2_500)),
            HARMLESS,
        ),
        (
            "1500 operations",
            each(1_500, |at| format!("query q{at}{{int}}")),
            HARMLESS,
        ),
        (
            "700 operations of one fragment",
            each(700, |at| format!("query q{at}{{...F}}")) + fragment,
            COMPLEX,
        ),
        (
            "1000 variables",
            format!("query Q({}) {{int}}", each(1_000, |at| format!("$v{at}:Int "))),
            INVALID,
        ),
        (
            "1500 items",
            format!("{{ints(x:[{}])}}", "1 ".repeat(1_500)),
            HARMLESS,
        ),
        (
            "700 fields with lists",
            format!("{{dog{{{}}}}}", "friends(ids:[1]){name}".repeat(700)),
            HARMLESS,
        ),
        (
            "1000 keys",
            format!("{{box(x:{{{}}})}}", each(1_000, |at| format!("k{at}:1 "))),
            INVALID,
        ),
        (
            "1000 times a key",
            format!("{{json(x:{{{}}})}}", "k:1 ".repeat(1_000)),
            INVALID,
        ),
        (
            "900 unused fragments",
            String::from("{int}") + &each(900, |at| format!("fragment F{at} on Query{{int}}")),
            INVALID,
        ),
        (
            "1000 unknown fields",
            format!("{{dog{{{}}}}}", each(1_000, |at| format!("x{at} "))),
            INVALID,
        ),
        (
            "40 conflicts",
            format!("{{dog{{{}}}}}", each(40, conflict)),
            INVALID_OR_COMPLEX,
        ),
    ])
}

/// Signs and words without end.
fn signs() -> Vec<Bomb> {
    named([
        ("commas", format!("{{int{}}}", ",".repeat(100_000)), LARGE),
        ("a comment", format!("{{int}}#{}", "x".repeat(40_000)), LARGE),
        ("closed brackets", "}".repeat(7_000), UNREADABLE),
        ("question marks", "?".repeat(7_000), UNREADABLE),
        ("quotes", "\"".repeat(32_000), UNREADABLE_OR_LARGE),
        (
            "backslashes",
            format!("{{text(x:\"{}", "\\".repeat(32_000)),
            UNREADABLE,
        ),
        (
            "surrogates",
            format!("{{text(x:\"{}\")}}", "\\uD83D".repeat(5_000)),
            UNREADABLE,
        ),
        ("digits", format!("{{int(x:{})}}", "9".repeat(32_000)), LARGE),
        ("letters", "a".repeat(32_000), LARGE),
        ("a long field", format!("{{{}}}", "a".repeat(32_000)), LARGE),
        (
            "characters of four bytes",
            "𠮷".repeat(8_000),
            UNREADABLE_OR_LARGE,
        ),
        ("U+0000", "\0".repeat(7_900), UNREADABLE),
    ])
}

fn introspection() -> Vec<Bomb> {
    let circles = "{__schema{types{fields{type{fields{type{fields{type{name}}}}}}}}}";
    named([
        ("introspection in circles", circles.to_owned(), COMPLEX),
        (
            "introspection by aliases",
            format!(
                "{{{}}}",
                each(21, |at| format!("s{at}:__schema{{types{{name}}}}"))
            ),
            COMPLEX,
        ),
        (
            "a deep introspection",
            format!("{{__type(name:\"Dog\"){}}}", around("{ofType", 25, "{name}", "}")),
            DEEP,
        ),
        (
            "a long introspection",
            format!("{{__type(name:\"Dog\"){{{}}}}}", "name ".repeat(1_200)),
            COMPLEX,
        ),
    ])
}
