//! What bureaus found out about institutions (R60): for staff, because nothing of it was published by an authorised act.

use std::collections::HashMap;

use sea_orm::entity::prelude::*;
use sea_orm::{DatabaseTransaction, QueryFilter, QueryOrder};

use super::claim::MisconductClaim;
use crate::access::{Audience, Visible};
use crate::db::rows::{self, Kind};
use crate::ingestion::{Asserted, Domain};
use crate::record::{Reach, RecordKind};
use crate::search::SearchText;
use crate::{Database, Result, Scope};

/// A finding of misconduct.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, serde::Serialize)]
#[sea_orm(table_name = "institution_misconduct")]
pub struct Model {
    /// Number, kind, day and document.
    #[sea_orm(primary_key, auto_increment = false)]
    pub key: String,
    /// The institution.
    pub institution_key: String,
    /// A `Misconduct`.
    pub code: String,
    /// 发现日期
    pub found_on: Option<Date>,
    /// 文书号
    pub document_number: Option<String>,
    /// 说明
    pub note: Option<String>,
    /// Who may see it.
    pub audience: String,
    /// GB/T 2260 code of the bureau's district, or empty.
    pub region: String,
}

/// Findings are joined by hand.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Visible for Entity {}

/// The domain of findings about institutions.
pub(crate) struct Misconducts;

const MISCONDUCT: &rows::Columns = &[
    ("key", Kind::Text),
    ("institution_key", Kind::Text),
    ("code", Kind::Text),
    ("found_on", Kind::Date),
    ("document_number", Kind::Text),
    ("note", Kind::Text),
    ("audience", Kind::Text),
    ("region", Kind::Text),
];

impl Domain for Misconducts {
    const KIND: RecordKind = RecordKind::InstitutionMisconduct;
    type Claim = MisconductClaim;
    type Golden = Model;

    /// One claim decides it as a whole: the best source, there the newest.
    fn golden(key: &str, claims: &[Asserted<MisconductClaim>]) -> Model {
        let best = claims.first().map(|asserted| &asserted.claim);
        Model {
            key: key.to_owned(),
            institution_key: best.map(|claim| claim.number.to_string()).unwrap_or_default(),
            code: best
                .map(|claim| claim.misconduct.as_str().to_owned())
                .unwrap_or_default(),
            found_on: best.and_then(|claim| claim.found_on),
            document_number: best.and_then(|claim| claim.document_number.clone()),
            note: best.and_then(|claim| claim.note.clone()),
            audience: Audience::Staff.as_str().to_owned(),
            region: best
                .and_then(|claim| claim.region_code.clone())
                .unwrap_or_default(),
        }
    }

    fn reach(golden: &Model) -> Reach {
        Reach {
            audience: Audience::Staff,
            region: golden.region.clone(),
            owner: String::new(),
        }
    }

    fn search_text(_golden: &Model) -> Option<SearchText> {
        None
    }

    async fn store(transaction: &DatabaseTransaction, records: &[Model]) -> Result<()> {
        rows::upsert(transaction, "institution_misconduct", "key", MISCONDUCT, records).await
    }

    async fn remove(transaction: &DatabaseTransaction, keys: &[&str]) -> Result<()> {
        rows::delete_by(transaction, "institution_misconduct", "key", keys).await
    }
}

/// What was found out about each institution, the newest first.
pub async fn misconducts_of(
    db: &Database,
    scope: &Scope,
    keys: &[String],
) -> Result<HashMap<String, Vec<Model>>> {
    let reader = db.reading(scope).await?;
    let found = Entity::visible(scope)
        .filter(rows::in_keys(
            db.engine(),
            "institution_misconduct.institution_key",
            keys,
        )?)
        .order_by_desc(Column::FoundOn)
        .order_by_desc(Column::Key)
        .all(&reader)
        .await?;
    let mut by_institution: HashMap<String, Vec<Model>> = HashMap::new();
    for one in found {
        by_institution
            .entry(one.institution_key.clone())
            .or_default()
            .push(one);
    }
    // NULL stands at different ends on the two engines.
    for list in by_institution.values_mut() {
        list.sort_by(|one, other| (other.found_on, &other.key).cmp(&(one.found_on, &one.key)));
    }
    Ok(by_institution)
}
