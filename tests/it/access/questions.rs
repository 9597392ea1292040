//! Everything that can be asked of the lists and single rows of the hub, made from the schema: every edge, filter and order.

use apollo_compiler::Schema;
use serde_json::{Value, json};

use super::reader::Reader;
use super::sdl::{fields, inputs, members, page, roots, row_of, schema};

/// Something to ask.
pub(crate) struct Question {
    /// The root field that it is about.
    pub(crate) root: String,
    document: String,
    pub(crate) variables: Value,
}

/// Stands in a document for the rows of a list.
const ROWS: &str = "@rows";
/// Root fields of one document.
const MOST_ROOTS: usize = 20;

/// Texts for arguments and members of filters: by their place in the schema, else by their name.
const VALUES: &[(&str, &str)] = &[
    ("search.text", "\"泵\""),
    ("parseStandardNumber.text", "\"GB/T 1002-2020\""),
    (
        "checkCitations.text",
        "\"GB/T 1002-2020, GB/T 1003, GB/T 1001-2001\"",
    ),
    ("standard.number", "\"GB/T 1002-2020\""),
    ("region.code", "\"320585\""),
    ("enterprise.creditCode", "\"@enterprise\""),
    ("StandardFilter.editionsOf", "\"GB/T 1002\""),
    ("EnterpriseFilter.name", "\"苏州编造2号泵业有限公司\""),
    ("ProductFilter.category", "\"C34\""),
    ("ProductFilter.gtin", "\"6970872410006\""),
    ("IngestionRunFilter.source", "\"csres\""),
    ("IngestionRunFilter.batch", "\"x\""),
    ("QuarantineFilter.source", "\"csres\""),
    ("QuarantineFilter.code", "\"NUMBER_MISSING\""),
    ("QuarantineFilter.runId", "\"x\""),
    ("AuditEntryFilter.actor", "\"x\""),
    ("AuditEntryFilter.object", "\"x\""),
    ("AuditEntryFilter.objectKind", "\"Annotation\""),
    ("AuditEntryFilter.requestId", "\"x\""),
    ("creditCode", "\"@enterprise\""),
    ("regionCode", "\"320582\""),
    ("within", "\"320500\""),
    ("standard", "\"Q/320582TSA 102-2024\""),
    ("declaresStandard", "\"Q/320582TSA 102-2024\""),
    ("declaredToStandard", "\"Q/320582TSA 102-2024\""),
    ("citesStandard", "\"GB/T 1002-2001\""),
    ("declarationId", "\"@declaration\""),
    ("id", "\"@declaration\""),
    ("on", "\"2026-01-01\""),
    ("standingOn", "\"2026-01-01\""),
    ("documentNumber", "\"苏市监处罚〔2026〕1号\""),
    ("since", "\"2026-01-01T00:00:00Z\""),
    ("until", "\"2026-12-01T00:00:00Z\""),
    ("CodeFilter", "{ startsWith: \"2\" }"),
    ("DateRange", "{ from: \"2000-01-01\" }"),
    ("InstitutionFilter.scope", "\"泵\""),
    ("cma", "\"231020340562\""),
    ("validUntilBefore", "\"2027-01-01\""),
    ("ownerCreditCode", "\"@enterprise\""),
    ("dueWithinDays", "400"),
    ("dueBefore", "\"2027-01-01\""),
    ("inUseThoughOverdue", "false"),
    ("registered", "true"),
    ("filed", "true"),
    ("mandatoryCode", "\"Q2\""),
    ("serialNumber", "\"S2\""),
    ("typeApproval.number", "\"2022F1-32\""),
    ("typeApprovalNumber", "\"2022F1-32\""),
    ("TypeApprovalFilter.instrumentName", "\"泵\""),
    ("TypeApprovalFilter.model", "\"Y-2\""),
    ("holderCreditCode", "\"@enterprise\""),
];

/// The text of an argument or member.
fn value(place: &str, name: &str, kind: &str) -> String {
    let coordinate = format!("{place}.{name}");
    let known = [coordinate.as_str(), name, kind]
        .into_iter()
        .find_map(|wanted| VALUES.iter().find(|(of, _)| *of == wanted));
    match known {
        Some((_, text)) => (*text).to_owned(),
        None => panic!("no value for {coordinate} ({kind}): add one to VALUES"),
    }
}

/// Every value that a member of a filter is tried with.
fn values(schema: &Schema, filter: &str, (name, kind, many): &(String, String, bool)) -> Vec<String> {
    let words = members(schema, kind);
    if kind == "FindingFilter" {
        let rules = members(schema, "FindingRule").into_iter();
        return rules
            .map(|rule| format!("{{ rules: [{rule}], on: \"2026-11-21\" }}"))
            .collect();
    }
    match (words.is_empty(), *many) {
        (true, _) => vec![value(filter, name, kind)],
        (false, true) => words.into_iter().map(|word| format!("[{word}]")).collect(),
        (false, false) => words,
    }
}

/// The arguments by which the rows of a list are chosen and ordered, each tried with everything.
fn ways(schema: &Schema, root: &str) -> Vec<String> {
    let query = fields(schema, "Query")
        .into_iter()
        .find(|field| field.name == root);
    let arguments = query.map(|field| field.arguments.as_slice()).unwrap_or_default();
    let mut ways = Vec::new();
    for argument in arguments {
        let (name, kind) = (argument.name.as_str(), argument.ty.inner_named_type().as_str());
        if kind.ends_with("Filter") {
            for member in inputs(schema, kind) {
                let tried = values(schema, kind, &member);
                ways.extend(
                    tried
                        .iter()
                        .map(|text| format!("{name}: {{ {}: {text} }}", member.0)),
                );
            }
        } else if kind.ends_with("Order") {
            let field = inputs(schema, kind)
                .into_iter()
                .find(|(name, ..)| name == "field");
            for word in members(schema, &field.map(|(_, kind, _)| kind).unwrap_or_default()) {
                for direction in ["ASC", "DESC"] {
                    ways.push(format!(
                        "{name}: {{ field: {word}, direction: {direction} }}, first: 3"
                    ));
                    ways.push(format!(
                        "{name}: {{ field: {word}, direction: {direction} }}, last: 3"
                    ));
                }
            }
        } else if !members(schema, kind).is_empty() {
            let list = argument.ty.is_list();
            ways.extend(members(schema, kind).into_iter().map(|word| match list {
                true => format!("{name}: [{word}]"),
                false => format!("{name}: {word}, first: 3"),
            }));
        } else if !argument.is_required() && !["first", "after", "last", "before"].contains(&name) {
            panic!("{root}.{name}: no way to try an argument of type {kind}");
        }
    }
    ways
}

/// The arguments that a root field needs.
fn needed(schema: &Schema, root: &str) -> String {
    let query = fields(schema, "Query")
        .into_iter()
        .find(|field| field.name == root);
    let arguments = query.map(|field| field.arguments.as_slice()).unwrap_or_default();
    let needed = arguments.iter().filter(|argument| argument.is_required());
    let texts = needed.map(|argument| {
        let name = argument.name.as_str();
        match argument.ty.is_list() {
            true => format!("{name}: $ids"),
            false => format!("{name}: {}", value(root, name, argument.ty.inner_named_type())),
        }
    });
    texts.collect::<Vec<_>>().join(", ")
}

/// Everything about the rows with these ids, and about lists in which they may stand. The texts of the arguments name rows of the
/// second set; `declaration` and `enterprise` are a declaration and a credit code of it.
pub(crate) fn all(ids: &[String], declaration: &str, enterprise: &str) -> Vec<Question> {
    let schema = schema();
    let mut questions = Vec::new();
    for field in fields(&schema, "Query") {
        let root = field.name.as_str();
        let mut ask = |document: String, variables: Value| {
            questions.push(Question {
                root: root.to_owned(),
                document: document
                    .replace("@declaration", declaration)
                    .replace("@enterprise", enterprise),
                variables,
            });
        };
        let (needed, of) = (needed(&schema, root), field.ty.inner_named_type());
        let Some(row) = row_of(&schema, of) else {
            let paged = field.arguments.iter().any(|argument| argument.name == "first");
            let arguments = match (needed.is_empty(), paged) {
                (true, true) => "(first: 200)".to_owned(),
                (true, false) => String::new(),
                (false, _) => format!("({needed})"),
            };
            let asked = super::sdl::selection(&schema, of, 1);
            match root {
                "nodes" => ask(
                    format!("query($ids: [ID!]!) {{ nodes{arguments} {{ {asked} }} }}"),
                    json!({ "ids": ids }),
                ),
                "node" => {
                    for some in ids.chunks(MOST_ROOTS) {
                        let nodes = some.iter().enumerate();
                        let nodes = nodes.map(|(at, id)| format!("n{at}: node(id: \"{id}\") {{ {asked} }}"));
                        ask(
                            format!("{{ {} }}", nodes.collect::<Vec<_>>().join(" ")),
                            json!({}),
                        );
                    }
                }
                _ => ask(format!("{{ {root}{arguments} {{ {asked} }} }}"), json!({})),
            }
            continue;
        };
        let comma = if needed.is_empty() { "" } else { ", " };
        ask(
            format!(
                "{{ {root}({needed}{comma}first: 12) {{ {} }} }}",
                page(&schema, row, 1)
            ),
            json!({}),
        );
        // Errors say no more than answers.
        for wrong in [
            "after: \"x\"",
            "before: \"\"",
            "first: 0",
            "last: 201",
            "first: 1, last: 1",
        ] {
            ask(
                format!("{{ {root}({needed}{comma}{wrong}) {{ {ROWS} }} }}"),
                json!({}),
            );
        }
        for some in ways(&schema, root).chunks(MOST_ROOTS) {
            let lists = some
                .iter()
                .enumerate()
                .map(|(at, way)| format!("w{at}: {root}({needed}{comma}{way}) {{ totalCount {ROWS} }}"));
            ask(
                format!("{{ {} }}", lists.collect::<Vec<_>>().join(" ")),
                json!({}),
            );
        }
    }
    for root in roots(&schema)
        .iter()
        .filter_map(|root| root.strip_prefix("Query."))
    {
        assert!(
            questions.iter().any(|question| question.root == root),
            "nothing asks {root}"
        );
    }
    questions
}

impl Question {
    /// The document for a reader: whoever reads counts and no rows asks for counts.
    pub(crate) fn document(&self, reader: &Reader) -> String {
        let rows = match reader.only_counts() {
            true => "totalCount",
            false => "__typename pageInfo { startCursor endCursor hasNextPage } nodes { __typename }",
        };
        self.document.replace(ROWS, rows)
    }

    /// Whether the answer tells what was done on the way to what is hidden: entries of the audit trail.
    pub(super) fn tells_of_acts(&self) -> bool {
        self.root == "auditEntries"
    }
}
