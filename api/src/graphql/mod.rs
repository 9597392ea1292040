//! The schema: one folder per domain, the same words as in `entity`.

mod annotation;
mod audit;
mod change;
mod context;
mod credit;
mod declaration;
mod enterprise;
mod enums;
mod error;
mod guarded;
mod heads;
mod hub;
mod ingestion;
mod institution;
mod metrology;
mod node;
mod page;
mod product;
mod provenance;
mod region;
mod scalar;
mod search;
mod standard;
mod viewer;
mod written;

use std::sync::Arc;

use async_graphql::{MergedObject, SDLExportOptions, Schema, ValidationMode};
use entity::change::FeedRetention;
use entity::{Clock, Database};

use crate::feed::FeedKey;

pub(crate) use context::Viewer;
pub(crate) use error::ApiError;
pub(crate) use heads::{Bookmark, Heads};
pub(crate) use node::id_of;

/// 查询入口。每个根字段都可以为空：一个字段出错不影响其他字段。
///
/// The entry of queries. Every root field is nullable: one that fails leaves the others as they are.
#[derive(MergedObject, Default)]
pub struct Query(
    node::NodeQuery,
    standard::StandardQuery,
    standard::CitationQuery,
    region::RegionQuery,
    enterprise::EnterpriseQuery,
    product::ProductQuery,
    declaration::DeclarationQuery,
    annotation::AnnotationQuery,
    search::SearchQuery,
    ingestion::IngestionQuery,
    audit::AuditQuery,
    change::ChangeQuery,
    hub::HubQuery,
    viewer::ViewerQuery,
    credit::CreditQuery,
    metrology::MetrologyQuery,
    metrology::TypeApprovalQuery,
    institution::InstitutionQuery,
);

/// 变更入口。预期之中的拒绝是结果的一部分，不是错误。
///
/// The entry of mutations. A refusal that was to be expected is part of the payload, not an error.
#[derive(MergedObject, Default)]
pub struct Mutation(declaration::DeclarationMutation, annotation::AnnotationMutation);

/// The schema of the hub.
pub(crate) type HubSchema = Schema<Query, Mutation, hub::Subscription>;

/// Builds the schema over a database.
pub(crate) async fn schema(
    db: Database,
    clock: Clock,
    heads: Arc<Heads>,
    retention: FeedRetention,
) -> Result<HubSchema, entity::Error> {
    let secret = db.secret("cursor").await?;
    Ok(builder()
        .data(context::Hub::new(db, clock, heads))
        .data(page::CursorKey::new(&secret))
        .data(FeedKey::new(&secret))
        .data(retention)
        .finish())
}

/// The schema as text, as `nqi-hub schema` prints it and `schema.graphql` holds it.
pub fn sdl() -> String {
    let options = SDLExportOptions::new()
        .sorted_enum_items()
        .include_specified_by()
        .use_space_ident();
    builder().finish().sdl_with_options(options)
}

fn builder() -> async_graphql::SchemaBuilder<Query, Mutation, hub::Subscription> {
    Schema::build(Query::default(), Mutation::default(), hub::Subscription)
        .register_output_type::<node::Node>()
        // Every document passes the check of `crate::http` first, which knows more of the specification.
        .validation_mode(ValidationMode::Fast)
        .disable_suggestions()
}
