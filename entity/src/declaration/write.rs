//! Writing golden records of declarations, with what was known of them and when.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::DatabaseTransaction;
use serde::Serialize;

use super::claim::DeclarationClaim;
use super::finding::own_findings;
use super::golden::{self, Golden};
use super::indicator;
use super::model::Model;
use crate::Result;
use crate::db::history::History;
use crate::db::rows::{self, Kind};
use crate::ingestion::{Asserted, Domain};
use crate::record::{Reach, RecordKind, canonical};
use crate::search::SearchText;
use crate::value::find_citations;

/// The domain of declarations.
pub(crate) struct Declarations;

const DECLARATION: &rows::Columns = &[
    ("key", Kind::Text),
    ("owner_key", Kind::Text),
    ("enterprise_name", Kind::Text),
    ("enterprise_name_key", Kind::Text),
    ("standard_key", Kind::Text),
    ("standard_number", Kind::Text),
    ("standard_name", Kind::Text),
    ("standard_kind", Kind::Text),
    ("record_id", Kind::Text),
    ("status", Kind::Text),
    ("status_word", Kind::Text),
    ("published_on", Kind::Date),
    ("first_declared_on", Kind::Date),
    ("declared_on", Kind::Date),
    ("ended_on", Kind::Date),
    ("text_public", Kind::Bool),
    ("pledge", Kind::Text),
    ("below_recommended", Kind::Bool),
    ("indicators", Kind::Text),
    ("product_keys", Kind::Text),
    ("flags", Kind::Text),
    ("audience", Kind::Text),
    ("region", Kind::Text),
];

/// Which version of a declaration held when, and when that was known.
const VERSION: History = History {
    table: "declaration_version",
    owner: "declaration_key",
    columns: &[
        ("declaration_key", Kind::Text),
        ("hash", Kind::Text),
        ("ordinal", Kind::Int),
        ("record_id", Kind::Text),
        ("change_kind", Kind::Text),
        ("valid_from", Kind::Date),
        ("valid_until", Kind::Date),
        ("modified_on", Kind::Date),
        ("enterprise_name", Kind::Text),
    ],
};

/// 执行标准: which product was declared to which standard when, and when that was known.
const EXECUTION: History = History {
    table: "standard_execution",
    owner: "declaration_key",
    columns: &[
        ("declaration_key", Kind::Text),
        ("hash", Kind::Text),
        ("product_key", Kind::Text),
        ("ordinal", Kind::Int),
        ("valid_from", Kind::Date),
        ("valid_until", Kind::Date),
    ],
};

#[derive(Serialize)]
struct VersionRow<'a> {
    declaration_key: &'a str,
    hash: String,
    #[serde(flatten)]
    version: &'a golden::VersionBody,
}

#[derive(Serialize)]
struct ExecutionRow<'a> {
    declaration_key: &'a str,
    hash: String,
    #[serde(flatten)]
    execution: Execution<'a>,
}

#[derive(Clone, Copy, Serialize)]
struct Execution<'a> {
    product_key: &'a str,
    ordinal: i32,
    valid_from: NaiveDate,
    valid_until: Option<NaiveDate>,
}

#[derive(Serialize)]
struct CitationRow<'a> {
    declaration_key: &'a str,
    standard_key: String,
    number: String,
}

const CITATION: &rows::Columns = &[
    ("declaration_key", Kind::Text),
    ("standard_key", Kind::Text),
    ("number", Kind::Text),
];

#[derive(Serialize)]
struct FindingRow<'a> {
    declaration_key: &'a str,
    rule: &'static str,
}

const FINDING: &rows::Columns = &[("declaration_key", Kind::Text), ("rule", Kind::Text)];

impl Domain for Declarations {
    const KIND: RecordKind = RecordKind::Declaration;
    const OUTLIVES_RETRACTION: bool = true;
    type Claim = DeclarationClaim;
    type Golden = Golden;

    fn golden(key: &str, claims: &[Asserted<DeclarationClaim>]) -> Golden {
        golden::golden(key, claims)
    }

    fn reach(golden: &Golden) -> Reach {
        Reach {
            region: golden.declaration.region.clone(),
            ..Reach::public()
        }
    }

    fn search_text(golden: &Golden) -> Option<SearchText> {
        let declaration = &golden.declaration;
        let told = [
            declaration.standard_name.as_deref(),
            declaration.enterprise_name.as_deref(),
        ];
        let title: Vec<&str> = told.into_iter().flatten().collect();
        Some(SearchText::new(
            &title.join(" "),
            Some(&declaration.standard_number),
        ))
    }

    async fn store(transaction: &DatabaseTransaction, records: &[Golden]) -> Result<()> {
        let declarations: Vec<&Model> = records.iter().map(|golden| &golden.declaration).collect();
        rows::upsert(transaction, "declaration", "key", DECLARATION, &declarations).await?;
        let keys: Vec<&str> = declarations
            .iter()
            .map(|declaration| declaration.key.as_str())
            .collect();
        remove_details(transaction, &keys).await?;
        let citations: Vec<CitationRow<'_>> = declarations.iter().flat_map(|one| citations(one)).collect();
        rows::insert_missing(transaction, "declaration_citation", CITATION, &citations).await?;
        let findings: Vec<FindingRow<'_>> = declarations
            .iter()
            .flat_map(|declaration| {
                own_findings(declaration).into_iter().map(|finding| FindingRow {
                    declaration_key: &declaration.key,
                    rule: finding.rule.as_str(),
                })
            })
            .collect();
        rows::insert_missing(transaction, "declaration_finding", FINDING, &findings).await?;
        indicator::store(transaction, &declarations).await?;
        let versions: Vec<_> = records
            .iter()
            .map(versions)
            .collect::<Result<Vec<_>>>()?
            .into_iter()
            .flatten()
            .collect();
        VERSION.replace(transaction, &keys, &versions).await?;
        let executions: Vec<_> = records
            .iter()
            .map(executions)
            .collect::<Result<Vec<_>>>()?
            .into_iter()
            .flatten()
            .collect();
        EXECUTION.replace(transaction, &keys, &executions).await
    }

    async fn settle(transaction: &DatabaseTransaction, keys: &[&str], at: DateTime<Utc>) -> Result<()> {
        VERSION.settle(transaction, keys, at).await?;
        EXECUTION.settle(transaction, keys, at).await
    }

    async fn remove(transaction: &DatabaseTransaction, keys: &[&str]) -> Result<()> {
        remove_details(transaction, keys).await?;
        VERSION.replace::<VersionRow<'_>>(transaction, keys, &[]).await?;
        EXECUTION
            .replace::<ExecutionRow<'_>>(transaction, keys, &[])
            .await?;
        rows::delete_by(transaction, "declaration", "key", keys).await
    }
}

async fn remove_details(transaction: &DatabaseTransaction, keys: &[&str]) -> Result<()> {
    rows::delete_by(transaction, "declaration_citation", "declaration_key", keys).await?;
    rows::delete_by(transaction, "declaration_finding", "declaration_key", keys).await?;
    indicator::remove(transaction, keys).await
}

fn content_hash<T: Serialize>(content: &T) -> Result<String> {
    let (_, hash) = canonical(content).map_err(|cause| crate::Error::inconsistent("version", cause))?;
    Ok(hash)
}

fn versions(golden: &Golden) -> Result<Vec<VersionRow<'_>>> {
    golden
        .versions
        .iter()
        .map(|version| {
            Ok(VersionRow {
                declaration_key: &golden.declaration.key,
                hash: content_hash(version)?,
                version,
            })
        })
        .collect()
}

/// Every product of every version that holds for a day at least.
fn executions(golden: &Golden) -> Result<Vec<ExecutionRow<'_>>> {
    let mut rows = Vec::new();
    for (version, products) in golden.versions.iter().zip(&golden.products_by_version) {
        if version
            .valid_until
            .is_some_and(|until| until <= version.valid_from)
        {
            continue;
        }
        for product_key in products {
            let execution = Execution {
                product_key,
                ordinal: version.ordinal,
                valid_from: version.valid_from,
                valid_until: version.valid_until,
            };
            rows.push(ExecutionRow {
                declaration_key: &golden.declaration.key,
                hash: content_hash(&execution)?,
                execution,
            });
        }
    }
    Ok(rows)
}

/// The standards that the test methods name.
fn citations(declaration: &Model) -> Vec<CitationRow<'_>> {
    let methods = declaration
        .indicators
        .0
        .iter()
        .filter_map(|indicator| indicator.test_method.as_deref());
    methods
        .flat_map(find_citations)
        .filter_map(|citation| {
            Some(CitationRow {
                declaration_key: &declaration.key,
                standard_key: citation.number.key()?.to_owned(),
                number: citation.number.canonical()?.to_owned(),
            })
        })
        .collect()
}
