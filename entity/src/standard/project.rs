//! Standard projects (标准项目): plans and drafts with the stage that they have reached.

use sea_orm::DatabaseTransaction;
use sea_orm::entity::prelude::*;
use serde::Serialize;

use super::claim::ProjectClaim;
use super::term::{ProjectStage, StandardFlag};
use crate::Result;
use crate::access::{Audience, Visible};
use crate::db::list::TextList;
use crate::db::rows::{self, Kind};
use crate::ingestion::{Asserted, Domain};
use crate::record::{Reach, RecordKind};
use crate::search::SearchText;
use crate::value::StandardKind;

/// A plan or draft as readers see it.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, serde::Serialize)]
#[sea_orm(table_name = "standard_project")]
pub struct Model {
    /// The plan number as join key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub key: String,
    /// 计划号, such as 20253583-Z-604.
    pub plan_number: String,
    /// Title, cleaned.
    pub name: Option<String>,
    /// Title as the source writes it.
    pub name_reported: Option<String>,
    /// Stage, a `ProjectStage`.
    pub stage: String,
    /// The source's word for the stage.
    pub stage_word: Option<String>,
    /// The day of the reading.
    #[serde(skip)]
    pub stage_read_on: Option<Date>,
    /// Level of the standard to come, a `StandardKind`.
    pub kind: String,
    /// Nature of the standard to come, a `StandardNature`.
    pub nature: Option<String>,
    /// Quality flags.
    pub flags: TextList,
    /// Who may see it.
    pub audience: String,
    /// The region, or empty.
    pub region: String,
}

/// Projects refer to nothing.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Visible for Entity {}

/// The domain of standard projects.
pub(crate) struct Projects;

#[derive(Serialize)]
struct Row<'a> {
    #[serde(flatten)]
    project: &'a Model,
    stage_read_on: Option<chrono::NaiveDate>,
}

const PROJECT: &rows::Columns = &[
    ("key", Kind::Text),
    ("plan_number", Kind::Text),
    ("name", Kind::Text),
    ("name_reported", Kind::Text),
    ("stage", Kind::Text),
    ("stage_word", Kind::Text),
    ("stage_read_on", Kind::Date),
    ("kind", Kind::Text),
    ("nature", Kind::Text),
    ("flags", Kind::Text),
    ("audience", Kind::Text),
    ("region", Kind::Text),
];

impl Domain for Projects {
    const KIND: RecordKind = RecordKind::StandardProject;
    type Claim = ProjectClaim;
    type Golden = Model;

    fn golden(key: &str, claims: &[Asserted<ProjectClaim>]) -> Model {
        // One claim decides as a whole: a stage belongs to the reading that saw it. Among claims of one source and
        // day the furthest stage wins.
        let best = claims.first().and_then(|first| {
            claims
                .iter()
                .filter(|other| other.at.source == first.at.source && other.at.as_of == first.at.as_of)
                .max_by_key(|other| (other.claim.stage, other.at.hash.clone()))
        });
        let claim = best.map(|asserted| &asserted.claim);
        let mut flags: Vec<StandardFlag> = claim.map(|claim| claim.flags.clone()).unwrap_or_default();
        flags.sort();
        flags.dedup();
        Model {
            key: key.to_owned(),
            plan_number: claim.map_or_else(|| key.to_owned(), |claim| claim.number.clone()),
            name: claim.and_then(|claim| claim.name.clone()),
            name_reported: claim.and_then(|claim| claim.name_reported.clone().or_else(|| claim.name.clone())),
            stage: claim
                .map_or(ProjectStage::Unknown, |claim| claim.stage)
                .as_str()
                .to_owned(),
            stage_word: claim.and_then(|claim| claim.stage_word.clone()),
            stage_read_on: best.map(|asserted| asserted.at.as_of),
            kind: claim
                .map_or(StandardKind::Other, |claim| claim.kind)
                .as_str()
                .to_owned(),
            nature: claim
                .and_then(|claim| claim.nature)
                .map(|nature| nature.as_str().to_owned()),
            flags: flags.into_iter().map(|flag| flag.as_str().to_owned()).collect(),
            audience: Audience::Public.as_str().to_owned(),
            region: String::new(),
        }
    }

    fn reach(_golden: &Model) -> Reach {
        Reach::public()
    }

    fn search_text(golden: &Model) -> Option<SearchText> {
        Some(SearchText::new(
            golden.name.as_deref().unwrap_or_default(),
            Some(&golden.plan_number),
        ))
    }

    async fn store(transaction: &DatabaseTransaction, records: &[Model]) -> Result<()> {
        let rows: Vec<_> = records
            .iter()
            .map(|project| Row {
                project,
                stage_read_on: project.stage_read_on,
            })
            .collect();
        rows::upsert(transaction, "standard_project", "key", PROJECT, &rows).await
    }

    async fn remove(transaction: &DatabaseTransaction, keys: &[&str]) -> Result<()> {
        rows::delete_by(transaction, "standard_project", "key", keys).await
    }
}
