//! Annotations of a bureau on declarations: who writes them, who sees them when, and what the feed tells of them.

mod copied;
mod embargo;
mod persons;
mod released;
mod request;

use std::sync::atomic::{AtomicU32, Ordering};

use api::identity::Grant;
use entity::access::{Identity, Role};
use entity::audit::Asked;
use entity::change::{self, feed};
use entity::declaration::{self, Declare, DeclaredContent, DeclaredProduct, Submission, Submitted};
use entity::declaration::{Indicator, IndicatorCategory};
use entity::value::{RegionCode, SocialCreditCode, organization_check_character};
use entity::{Database, Scope};
use sea_orm::{ConnectionTrait, Statement};
use serde_json::{Value, json};
use support::bureau::{Bureau, enterprise, staff};
use support::{Engine, Server, TestDatabase, test_clock};

/// The bureau's district, a neighbour, and the city that holds both.
const HERE: &str = "320582";
const NEXT: &str = "320581";
const CITY: &str = "320500";
/// A document number.
const NUMBER: &str = "张市监标计〔2026〕7号";
/// A word that nothing but annotations holds.
const WORD: &str = "批注专用词";

const SHOWN: &str = "id version kind rule text meantFor stage office documentNumber author submitter reviewer authorisers \
    publisher withdrawer reason draftedAt submittedAt reviewedAt authorisedAt publishedAt withdrawnAt declaration { id }";

/// A hub in which two enterprises of the district declared a standard each.
struct Office {
    database: TestDatabase,
    db: Database,
    server: Server,
    bureau: Bureau,
    /// The ids of the declarations, by the number of the enterprise less one.
    declarations: Vec<String>,
}

/// Somebody who asks, over HTTP by a token and of the feed by a scope.
struct Reader {
    name: &'static str,
    token: Option<String>,
    scope: Scope,
}

/// The credit code of an enterprise that does not exist, by its number: region 000000, right check characters.
fn credit_code(number: u32) -> String {
    let body = format!("MA{number:06}");
    let check = organization_check_character(&body).unwrap();
    let code = SocialCreditCode::with_check_digit(&format!("91000000{body}{check}")).unwrap();
    assert!(code.is_fictitious());
    code.as_str().to_owned()
}

fn declare(number: u32) -> Submission {
    let indicator = |name: &str, category| Indicator {
        name: name.to_owned(),
        requirement: Some("≥12.5".to_owned()),
        unit: Some("m".to_owned()),
        test_method: Some("附录A".to_owned()),
        category: Some(category),
        level_note: None,
    };
    Submission::Declare(Declare {
        credit_code: credit_code(number),
        enterprise_name: Some(format!("苏州编造{number}号泵业有限公司")),
        region_code: Some(HERE.to_owned()),
        standard_number: format!("Q/320582TSA {number:03}-2024"),
        content: DeclaredContent {
            standard_name: Some("离心泵".to_owned()),
            products: vec![DeclaredProduct {
                name: "离心泵".to_owned(),
                ..DeclaredProduct::default()
            }],
            indicators: vec![
                indicator("外观", IndicatorCategory::Functional),
                indicator("扬程", IndicatorCategory::Performance),
            ],
            ..DeclaredContent::default()
        },
    })
}

/// A name for a request that no other has.
fn fresh() -> String {
    static NUMBER: AtomicU32 = AtomicU32::new(1);
    format!("request-{:06}", NUMBER.fetch_add(1, Ordering::Relaxed))
}

impl Office {
    async fn open(engine: Engine) -> Self {
        let database = TestDatabase::new(engine).await;
        let db = database.open().await;
        for number in [1, 2] {
            let key = format!("declaration-{number}");
            let done = declaration::submit(
                &db,
                &Scope::public(),
                &test_clock(),
                &Asked::public(),
                &key,
                &declare(number),
            )
            .await;
            assert!(matches!(done, Ok(Submitted::Accepted { .. })), "{done:?}");
        }
        let bureau = Bureau::default();
        let settings = bureau.settings(api::Settings {
            limits: api::Limits {
                cost_per_minute: None,
                ..api::Limits::default()
            },
            ..api::Settings::default()
        });
        let server = Server::start_with(db.clone(), test_clock(), settings);
        let found = server.data("{ declarations { nodes { id } } }", json!({})).await;
        let ids = found["declarations"]["nodes"]
            .as_array()
            .cloned()
            .unwrap_or_default();
        let declarations = ids.iter().map(|node| word(&node["id"]).to_owned()).collect();
        Self {
            database,
            db,
            server,
            bureau,
            declarations,
        }
    }

    fn reader(&self, name: &'static str, grant: Option<Grant>) -> Reader {
        let identity = grant.as_ref().map_or_else(Identity::public, |grant| Identity {
            role: grant.role,
            region: grant.region.as_deref().and_then(RegionCode::parse),
            enterprise: grant.enterprise.as_deref().and_then(SocialCreditCode::parse),
            ..Identity::public()
        });
        Reader {
            name,
            token: grant.map(|grant| self.bureau.token(name, grant)),
            scope: Scope::of(&identity),
        }
    }

    /// Staff of the bureau, by name.
    fn clerk(&self, name: &'static str) -> Reader {
        let office = Some("标准计量科".to_owned());
        self.reader(
            name,
            Some(Grant {
                office,
                ..staff(HERE)
            }),
        )
    }

    /// Those who see nothing of an annotation before it is published.
    fn outsiders(&self) -> Vec<Reader> {
        let institution = Grant {
            institution: Some("231020340567".to_owned()),
            ..Grant::new(Role::Institution)
        };
        vec![
            self.reader("public", None),
            self.reader("next", Some(staff(NEXT))),
            self.reader("own", Some(enterprise(&credit_code(1)))),
            self.reader("other", Some(enterprise(&credit_code(2)))),
            self.reader("institution", Some(institution)),
            self.reader("system", Some(Grant::new(Role::SystemAdmin))),
        ]
    }

    /// Those who see everything of it but, the bureau apart, who did what.
    fn insiders(&self) -> Vec<Reader> {
        vec![
            self.clerk("clerk"),
            self.reader("city", Some(staff(CITY))),
            self.reader("auditor", Some(Grant::new(Role::Auditor))),
        ]
    }

    /// Asks as somebody; gives the answer without what tells of the position of the feed.
    async fn answer(&self, reader: &Reader, query: &str, variables: Value) -> Value {
        let mut request = self.server.client().post(self.server.url("/graphql"));
        if let Some(token) = &reader.token {
            request = request.bearer_auth(token);
        }
        let body = json!({ "query": query, "variables": variables });
        let sent = request.json(&body).send().await.unwrap();
        let mut answer: Value = sent.json().await.unwrap();
        answer.as_object_mut().map(|members| members.remove("extensions"));
        answer
    }

    /// Asks what must succeed; gives its data.
    async fn data(&self, reader: &Reader, query: &str, variables: Value) -> Value {
        let mut answer = self.answer(reader, query, variables).await;
        assert!(
            answer.get("errors").is_none(),
            "{}: {query}: {answer:#}",
            reader.name
        );
        answer["data"].take()
    }

    /// Sends a mutation; gives its payload.
    async fn send(&self, by: &Reader, mutation: &str, input: Value) -> Value {
        let kind = format!("{}{}Input", mutation[..1].to_uppercase(), &mutation[1..]);
        let query = format!(
            "mutation($input: {kind}!) {{ {mutation}(input: $input) {{ replayed annotation {{ {SHOWN} }} \
             refusals {{ reason field message english: message(lang: EN) }} }} }}"
        );
        let mut payload = self.data(by, &query, json!({ "input": input })).await[mutation].take();
        for refusal in payload["refusals"].as_array().into_iter().flatten() {
            assert!(
                !word(&refusal["message"]).is_ascii() && word(&refusal["english"]).is_ascii(),
                "{refusal}"
            );
        }
        // Told once; the tests compare the rest.
        payload["refusals"]
            .as_array_mut()
            .into_iter()
            .flatten()
            .for_each(|refusal| {
                *refusal = json!([refusal["reason"], refusal["field"]]);
            });
        payload
    }

    /// Sends what has to be taken; gives the annotation.
    async fn done(&self, by: &Reader, mutation: &str, input: Value) -> Value {
        let mut payload = self.send(by, mutation, input).await;
        assert_eq!(payload["refusals"], json!([]), "{}: {payload:#}", by.name);
        payload["annotation"].take()
    }

    /// Sends what has to be refused; gives reason and place.
    async fn refused(&self, by: &Reader, mutation: &str, input: Value) -> Value {
        let mut payload = self.send(by, mutation, input).await;
        assert_eq!(payload["annotation"], Value::Null, "{}: {payload:#}", by.name);
        assert_eq!(
            payload["refusals"].as_array().map(Vec::len),
            Some(1),
            "{payload:#}"
        );
        payload["refusals"][0].take()
    }

    /// A draft of the clerk `author` on the first declaration.
    async fn drafted(&self, meant_for: &str) -> Value {
        let input = self.draft(meant_for);
        self.done(&self.clerk("author"), "annotateDeclaration", input)
            .await
    }

    fn draft(&self, meant_for: &str) -> Value {
        let content = content(&format!("扬程指标与实物不符，{WORD}。"), meant_for);
        json!({ "idempotencyKey": fresh(), "declarationId": self.declarations[0], "content": content })
    }

    /// Takes an annotation through the hands of the bureau as far as a stage; gives it there.
    async fn carried(&self, mut annotation: Value, stage: &str) -> Value {
        let way = [
            ("DRAFT", "author", "SUBMIT"),
            ("SUBMITTED", "reviewer", "REVIEW"),
            ("REVIEWED", "first", "AUTHORISE"),
            ("REVIEWED", "second", "AUTHORISE"),
            ("AUTHORISED", "first", "PUBLISH"),
            ("PUBLISHED", "second", "WITHDRAW"),
        ];
        for (from, by, step) in way {
            if annotation["stage"] != stage && annotation["stage"] == from {
                annotation = self
                    .done(&self.clerk(by), "moveAnnotation", moving(&annotation, step))
                    .await;
            }
        }
        assert_eq!(annotation["stage"], stage);
        annotation
    }

    /// What the feed tells a reader of annotations, behind a position.
    async fn events(&self, reader: &Reader, behind: i64) -> Vec<feed::Model> {
        let events = change::events_after(&self.db, &reader.scope, behind, 1_000)
            .await
            .unwrap();
        events
            .into_iter()
            .filter(|event| event.kind == "Annotation")
            .collect()
    }

    /// How many requests were taken.
    async fn written(&self) -> i64 {
        let raw = self.database.raw().await;
        let sql = "SELECT count(*) AS taken FROM annotation_request";
        let count = Statement::from_string(raw.get_database_backend(), sql);
        let row = raw.query_one_raw(count).await.unwrap().unwrap();
        row.try_get("", "taken").unwrap()
    }

    /// The end of the feed, with all that is hidden.
    async fn head(&self) -> i64 {
        change::tip(&self.db).await.unwrap().position
    }
}

fn content(text: &str, meant_for: &str) -> Value {
    json!({ "kind": "CONFIRMED", "rule": "DECLARED_LATE", "text": text, "meantFor": meant_for })
}

/// A step from an annotation as it was seen, with everything that any step needs.
fn moving(annotation: &Value, step: &str) -> Value {
    json!({
        "idempotencyKey": fresh(), "id": annotation["id"], "version": annotation["version"], "step": step,
        "documentNumber": NUMBER, "reason": "须补充依据",
    })
}

/// The same with another value at a place.
fn with(mut input: Value, field: &str, value: impl Into<Value>) -> Value {
    input[field] = value.into();
    input
}

/// The text of a JSON value; empty for anything else.
fn word(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}
