//! How the matrix asks each root field and each guarded field. What is not here is found out by the matrix.

use serde_json::{Value, json};

use super::desk::{content, fresh, moving};
use super::reader::{HERE, credit_code};

/// Of each root field that reads: what is looked for, and the document. `@Kind:audience` stands for the first row of that kind for
/// that audience.
pub(super) const READS: &[(&str, &[(&str, &str)])] = &[
    (
        "Query.node",
        &[
            (
                "Standard",
                "{ public: node(id: \"@Standard:public\") { id } enterprise: node(id: \"@Standard:enterprise\") { id } staff: node(id: \"@Standard:staff\") { id } }",
            ),
            (
                "Annotation",
                "{ public: node(id: \"@Annotation:public\") { id } enterprise: node(id: \"@Annotation:enterprise\") { id } staff: node(id: \"@Annotation:staff\") { id } }",
            ),
        ],
    ),
    ("Query.nodes", &[("every row", "{ nodes(ids: [@ids]) { id } }")]),
    (
        "Query.standard",
        &[(
            "rows",
            "{ public: standard(number: \"GB/T 1001-2020\") { id } enterprise: standard(number: \"GB/T 1003-2020\") { id } staff: standard(number: \"GB/T 1002-2020\") { id } }",
        )],
    ),
    (
        "Query.standards",
        &[
            ("rows", "{ standards(first: 100) { nodes { id } } }"),
            ("count", "{ standards { totalCount } }"),
        ],
    ),
    (
        "Query.parseStandardNumber",
        &[(
            "text",
            "{ parseStandardNumber(text: \"GB/T 1002-2020\") { canonical } }",
        )],
    ),
    (
        "Query.checkCitations",
        &[(
            "rows",
            "{ checkCitations(text: \"GB/T 1001-2020, GB/T 1002-2020, GB/T 1003-2020\") { standard { id } } }",
        )],
    ),
    (
        "Query.region",
        &[(
            "rows",
            "{ public: region(code: \"320582\") { id } enterprise: region(code: \"320586\") { id } staff: region(code: \"320585\") { id } }",
        )],
    ),
    (
        "Query.regions",
        &[
            ("rows", "{ regions(first: 100) { nodes { id } } }"),
            ("count", "{ regions { totalCount } }"),
        ],
    ),
    (
        "Query.enterprise",
        &[(
            "rows",
            "{ public: enterprise(creditCode: \"@code1\") { id } enterprise: enterprise(creditCode: \"@code3\") { id } staff: enterprise(creditCode: \"@code2\") { id } }",
        )],
    ),
    (
        "Query.enterprises",
        &[
            ("rows", "{ enterprises(first: 100) { nodes { id } } }"),
            ("count", "{ enterprises { totalCount } }"),
            (
                "products of one",
                "{ enterprise(creditCode: \"@code1\") { products(first: 100) { nodes { id } } } }",
            ),
        ],
    ),
    (
        "Query.product",
        &[(
            "rows",
            "{ public: product(id: \"@Product:public\") { id } enterprise: product(id: \"@Product:enterprise\") { id } staff: product(id: \"@Product:staff\") { id } }",
        )],
    ),
    (
        "Query.products",
        &[
            ("rows", "{ products(first: 100) { nodes { id } } }"),
            ("count", "{ products { totalCount } }"),
        ],
    ),
    (
        "Query.declaration",
        &[(
            "rows",
            "{ public: declaration(id: \"@Declaration:public\") { id } enterprise: declaration(id: \"@Declaration:enterprise\") { id } staff: declaration(id: \"@Declaration:staff\") { id } }",
        )],
    ),
    (
        "Query.declarations",
        &[
            ("rows", "{ declarations(first: 100) { nodes { id } } }"),
            ("count", "{ declarations { totalCount } }"),
            (
                "annotations on them",
                "{ declarations(first: 100) { nodes { annotations { nodes { id } } } } }",
            ),
        ],
    ),
    (
        "Query.annotations",
        &[
            ("rows", "{ annotations(first: 100) { nodes { id } } }"),
            ("count", "{ annotations { totalCount } }"),
        ],
    ),
    (
        "Query.instrument",
        &[(
            "rows",
            "{ public: instrument(id: \"@MeasuringInstrument:public\") { id } enterprise: instrument(id: \"@MeasuringInstrument:enterprise\") { id } staff: instrument(id: \"@MeasuringInstrument:staff\") { id } }",
        )],
    ),
    (
        "Query.instruments",
        &[
            ("rows", "{ instruments(first: 100) { nodes { id } } }"),
            ("count", "{ instruments { totalCount } }"),
            (
                "of one",
                "{ enterprise(creditCode: \"@code1\") { instruments(first: 100) { nodes { id } } } }",
            ),
        ],
    ),
    (
        "Query.institution",
        &[(
            "rows",
            "{ public: institution(cma: \"231020340561\") { id } enterprise: institution(cma: \"231020340563\") { id } staff: institution(cma: \"231020340562\") { id } }",
        )],
    ),
    (
        "Query.institutions",
        &[
            ("rows", "{ institutions(first: 100) { nodes { id } } }"),
            ("count", "{ institutions { totalCount } }"),
            (
                "misconduct of one",
                "{ institution(cma: \"231020340561\") { misconducts { id: note } } }",
            ),
        ],
    ),
    (
        "Query.search",
        &[
            (
                "rows",
                "{ search(text: \"泵\", first: 100) { nodes { ... on Node { id } } } }",
            ),
            ("count", "{ search(text: \"泵\") { totalCount } }"),
        ],
    ),
    (
        "Query.ingestionRuns",
        &[
            ("rows", "{ ingestionRuns(first: 100) { nodes { id } } }"),
            ("count", "{ ingestionRuns { totalCount } }"),
        ],
    ),
    (
        "Query.quarantine",
        &[
            ("rows", "{ quarantine(first: 100) { nodes { id } } }"),
            ("count", "{ quarantine { totalCount } }"),
        ],
    ),
    (
        "Query.auditEntries",
        &[
            ("rows", "{ auditEntries(first: 100) { nodes { id: hash } } }"),
            ("count", "{ auditEntries { totalCount } }"),
        ],
    ),
    (
        "Query.changes",
        &[("events", "{ changes(first: 200) { nodes { id: recordId } } }")],
    ),
    (
        "Query.syncInfo",
        &[("", "{ syncInfo { retentionDays snapshotPath } }")],
    ),
    ("Query.hubInfo", &[("", "{ hubInfo { version } }")]),
    ("Query.viewer", &[("", "{ viewer { role } }")]),
    (
        "Subscription.head",
        &[("first event", "subscription { head { position } }")],
    ),
    (
        "Query.penalties",
        &[
            ("rows", "{ penalties(first: 100) { nodes { id } } }"),
            ("count", "{ penalties { totalCount } }"),
        ],
    ),
    (
        "Query.licences",
        &[
            ("rows", "{ licences(first: 100) { nodes { id } } }"),
            ("count", "{ licences { totalCount } }"),
        ],
    ),
    (
        "Query.creditListings",
        &[
            ("rows", "{ creditListings(first: 100) { nodes { id } } }"),
            ("count", "{ creditListings { totalCount } }"),
            (
                "of one, with its other credit records",
                "{ enterprise(creditCode: \"@code1\") { penalties { nodes { id } } licences { nodes { id } } listings { nodes { id } } \
                 repairs { nodes { id } } riskRatings { nodes { id } } } }",
            ),
        ],
    ),
    (
        "Query.typeApproval",
        &[
            (
                "rows",
                "{ public: typeApproval(number: \"2021F1-32\") { id } enterprise: typeApproval(number: \"2023F1-32\") { id } staff: typeApproval(number: \"2022F1-32\") { id } }",
            ),
            (
                "instruments of one",
                "{ typeApproval(number: \"2021F1-32\") { instruments(first: 100) { nodes { id } } } }",
            ),
        ],
    ),
    (
        "Query.typeApprovals",
        &[
            ("rows", "{ typeApprovals(first: 100) { nodes { id } } }"),
            ("count", "{ typeApprovals { totalCount } }"),
        ],
    ),
];

/// Where objects with guarded fields are to be had: their type, and the list that gives them.
pub(super) const HOLDERS: &[(&str, &str)] = &[("Annotation", "annotations"), ("QuarantineRow", "quarantine")];

/// What a probe that writes works on: rows that no other reader touches.
pub(super) struct Ground {
    /// A public declaration of the first enterprise, with its last record.
    pub(super) declaration: Value,
    /// Another one.
    pub(super) other: Value,
    /// The id of a declaration that is for staff.
    pub(super) hidden: String,
    /// Two drafts, and an annotation that was sent in.
    pub(super) draft: Value,
    pub(super) text: Value,
    pub(super) submitted: Value,
}

type Input = fn(&Ground) -> Value;

/// Of each mutation: what is tried, and its input.
pub(super) const WRITES: &[(&str, &[(&str, Input)])] = &[
    ("Mutation.declareStandard", &[("for the own enterprise", declare)]),
    ("Mutation.reviseDeclaration", &[("of the own enterprise", revise)]),
    (
        "Mutation.withdrawDeclaration",
        &[("of the own enterprise", withdraw)],
    ),
    (
        "Mutation.annotateDeclaration",
        &[("a public one", annotate), ("one for staff", annotate_hidden)],
    ),
    ("Mutation.reviseAnnotation", &[("another's draft", anew)]),
    (
        "Mutation.moveAnnotation",
        &[("SUBMIT", submit), ("REVIEW", review)],
    ),
];

fn declared(requirement: &str) -> Value {
    json!({
        "standardName": "离心泵", "publishedOn": "2024-03-01", "textPublic": true, "products": [{ "name": "离心泵" }],
        "indicators": [
            { "name": "外观", "requirement": "平整", "testMethod": "目测", "category": "FUNCTIONAL" },
            { "name": "扬程", "requirement": requirement, "unit": "m", "testMethod": "附录A", "category": "PERFORMANCE" },
        ],
    })
}

fn declare(_: &Ground) -> Value {
    json!({
        "idempotencyKey": fresh(), "creditCode": credit_code(1), "regionCode": HERE, "standardNumber": "Q/320582TSA 201-2024",
        "enterpriseName": "苏州编造1号泵业有限公司", "content": declared("≥12.5"),
    })
}

fn revise(ground: &Ground) -> Value {
    let known = &ground.declaration;
    json!({ "idempotencyKey": fresh(), "id": known["id"], "recordId": known["recordId"], "content": declared("≥13.5") })
}

fn withdraw(ground: &Ground) -> Value {
    let known = &ground.other;
    json!({ "idempotencyKey": fresh(), "id": known["id"], "recordId": known["recordId"] })
}

fn annotate(ground: &Ground) -> Value {
    json!({ "idempotencyKey": fresh(), "declarationId": ground.other["id"], "content": content("说明", "PUBLIC") })
}

fn annotate_hidden(ground: &Ground) -> Value {
    json!({ "idempotencyKey": fresh(), "declarationId": ground.hidden, "content": content("说明", "PUBLIC") })
}

fn anew(ground: &Ground) -> Value {
    let known = &ground.text;
    json!({ "idempotencyKey": fresh(), "id": known["id"], "version": known["version"], "content": content("改", "PUBLIC") })
}

fn submit(ground: &Ground) -> Value {
    moving(&ground.draft, "SUBMIT")
}

fn review(ground: &Ground) -> Value {
    moving(&ground.submitted, "REVIEW")
}
