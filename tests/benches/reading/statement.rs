//! The hand-written statements: one for each question, the same JSON that the hub answers. They know nothing of who may
//! see what.

use support::{Engine, test_clock};

/// The words in which an engine builds JSON.
#[derive(Clone, Copy)]
struct Json(Engine);

impl Json {
    /// An object of pairs of names and expressions.
    fn object(self, pairs: &[(&str, &str)]) -> String {
        let function = match self.0 {
            Engine::Sqlite => "json_object",
            Engine::Postgres => "json_build_object",
        };
        let pairs: Vec<String> = pairs
            .iter()
            .map(|(name, value)| format!("'{name}', {value}"))
            .collect();
        format!("{function}({})", pairs.join(", "))
    }

    /// The list of an item over the rows of `from`, in an order.
    fn list(self, item: &str, order: &str, from: &str) -> String {
        match self.0 {
            Engine::Sqlite => format!("(SELECT json_group_array({item} ORDER BY {order}) FROM {from})"),
            Engine::Postgres => {
                format!("(SELECT coalesce(json_agg({item} ORDER BY {order}), '[]') FROM {from})")
            }
        }
    }

    /// The columns of an object that is stored as JSON.
    fn picked(self, value: &str, pairs: &[(&str, &str)]) -> String {
        let values: Vec<(&str, String)> = pairs
            .iter()
            .map(|(name, stored)| (*name, format!("{value} ->> '{stored}'")))
            .collect();
        let values: Vec<(&str, &str)> = values
            .iter()
            .map(|(name, value)| (*name, value.as_str()))
            .collect();
        self.object(&values)
    }

    /// The statement that gives `data` as text in the column `answer`.
    fn answer(self, data: &str) -> String {
        let whole = self.object(&[("data", data)]);
        format!("SELECT CAST({whole} AS text) AS answer")
    }
}

/// A standard by its key in `$1`.
pub(crate) fn standard(engine: Engine) -> String {
    let json = Json(engine);
    let found = format!(
        "(SELECT {} FROM standard s WHERE s.key = $1)",
        shown_standard(json)
    );
    json.answer(&json.object(&[("standard", &found)]))
}

/// The page of the enterprise whose key is in `$1`.
pub(crate) fn enterprise(engine: Engine) -> String {
    let json = Json(engine);
    let region = json.object(&[("code", "r.code"), ("name", "r.name")]);
    let former = json.list(
        &json.object(&[("name", "n.name"), ("until", "n.until")]),
        "n.ordinal",
        "enterprise_former_name n WHERE n.enterprise_key = e.key",
    );
    let versions = json.list(
        &json.object(&[
            ("version", "v.ordinal"),
            ("changeKind", "v.change_kind"),
            ("validFrom", "v.valid_from"),
            ("validUntil", "v.valid_until"),
        ]),
        "v.ordinal",
        "declaration_version v WHERE v.declaration_key = d.key AND v.known_until IS NULL",
    );
    let declaration = json.object(&[
        ("standardNumber", "d.standard_number"),
        ("standardName", "d.standard_name"),
        ("status", "d.status"),
        ("declaredOn", "d.declared_on"),
        ("versions", &versions),
        ("indicators", &indicators(json)),
    ]);
    let declarations = json.list(
        &declaration,
        "d.declared_on DESC, d.key DESC",
        &declarations_of_e(3),
    );
    let products = json.list(
        &json.object(&[
            ("name", "p.name"),
            ("brand", "p.brand"),
            ("model", "p.model"),
            ("gtin", "p.gtin"),
        ]),
        "p.key",
        &format!("(SELECT * FROM product WHERE {OWNED} ORDER BY key LIMIT 3) p"),
    );
    let page = json.object(&[
        ("name", "e.name"),
        ("creditCode", "e.credit_code"),
        ("status", "e.status"),
        (
            "region",
            &format!("(SELECT {region} FROM region r WHERE r.code = e.region)"),
        ),
        ("formerNames", &former),
        ("declarations", &json.object(&[("nodes", &declarations)])),
        ("products", &json.object(&[("nodes", &products)])),
    ]);
    let found = format!("(SELECT {page} FROM enterprise e WHERE e.key = $1)");
    json.answer(&json.object(&[("enterprise", &found)]))
}

/// The fifty enterprises behind the key in `$1`.
pub(crate) fn list(engine: Engine) -> String {
    let json = Json(engine);
    let standard = format!(
        "(SELECT {} FROM standard s WHERE s.key = d.standard_key)",
        shown_standard(json)
    );
    let declarations = json.list(
        &json.object(&[("standardNumber", "d.standard_number"), ("standard", &standard)]),
        "d.declared_on DESC, d.key DESC",
        &declarations_of_e(5),
    );
    let nodes = json.list(
        &json.object(&[
            ("name", "e.name"),
            ("declarations", &json.object(&[("nodes", &declarations)])),
        ]),
        "e.key",
        "(SELECT * FROM enterprise WHERE merged_into IS NULL AND key > $1 ORDER BY key LIMIT 50) e",
    );
    json.answer(&json.object(&[("enterprises", &json.object(&[("nodes", &nodes)]))]))
}

/// What belongs to the enterprise `e`, under its code or under the names that it was known by.
const OWNED: &str =
    "owner_key IN (SELECT e.key UNION ALL SELECT o.key FROM enterprise o WHERE o.merged_into = e.key)";

fn declarations_of_e(first: u32) -> String {
    format!("(SELECT * FROM declaration WHERE {OWNED} ORDER BY declared_on DESC, key DESC LIMIT {first}) d")
}

fn indicators(json: Json) -> String {
    let columns = [
        ("name", "name"),
        ("requirement", "requirement"),
        ("unit", "unit"),
        ("testMethod", "test_method"),
        ("category", "category"),
    ];
    match json.0 {
        Engine::Sqlite => json.list(
            &json.picked("i.value", &columns),
            "i.id",
            "json_each(d.indicators) i",
        ),
        Engine::Postgres => json.list(
            &json.picked("i.value", &columns),
            "i.place",
            "json_array_elements(CAST(d.indicators AS json)) WITH ORDINALITY AS i(value, place)",
        ),
    }
}

fn shown_standard(json: Json) -> String {
    json.object(&[
        ("number", "s.number"),
        ("name", "s.name"),
        ("status", &status_of_s()),
    ])
}

/// The status of the standard `s` today: the rules of the hub as one expression.
fn status_of_s() -> String {
    let day = test_clock().today();
    let successors = "FROM standard_succession l LEFT JOIN standard n ON n.key = l.successor_key WHERE l.predecessor_key = s.key AND NOT l.partial";
    format!(
        "CASE WHEN s.withdrawn_on <= '{day}' \
         THEN CASE WHEN EXISTS (SELECT 1 {successors} AND n.effective_on <= '{day}') THEN 'REPLACED' ELSE 'WITHDRAWN' END \
         WHEN s.effective_on > '{day}' THEN 'UPCOMING' \
         WHEN s.status_reported IN ('REPLACED', 'WITHDRAWN') AND s.withdrawn_on IS NULL \
         THEN CASE WHEN coalesce((SELECT min(n.effective_on) {successors}), s.status_first_read_on) > '{day}' THEN 'IN_FORCE' \
         WHEN EXISTS (SELECT 1 {successors}) THEN 'REPLACED' ELSE s.status_reported END \
         WHEN EXISTS (SELECT 1 {successors} AND n.effective_on <= '{day}' \
         AND (s.status_read_on IS NULL OR s.status_read_on < n.effective_on)) THEN 'REPLACED' \
         WHEN s.status_reported = 'IN_FORCE' OR s.effective_on IS NOT NULL THEN 'IN_FORCE' ELSE 'UNKNOWN' END"
    )
}
