//! Global ids and the interface `Node`.
//!
//! An id is base64url of `1:<type>:<key>`; the 1 is the version of the grammar. The same id stands in GraphQL, exports,
//! feed and files.

use async_graphql::{Context, ID, Interface, Object};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use entity::record::RecordKind;

use super::annotation::Annotation;
use super::context::ContextExt;
use super::credit::{CreditListing, CreditRepair, Licence, Penalty, RiskRating};
use super::declaration::Declaration;
use super::enterprise::Enterprise;
use super::error::ApiError;
use super::institution::TestingInstitution;
use super::metrology::{MeasuringInstrument, TypeApproval};
use super::page::bad_input;
use super::product::Product;
use super::region::Region;
use super::standard::{Standard, StandardProject};
use crate::loader::load;

/// The most ids of one `nodes`.
const MOST_IDS: usize = 500;

/// 有全局标识的对象。
///
/// An object with a global id.
#[derive(Interface, Clone)]
#[graphql(field(
    name = "id",
    ty = "ID",
    desc = "全局标识，长期不变，在查询、导出与变更日志中一致。\n\nThe global id: it never changes, and is the same in queries, exports and the change feed."
))]
pub(crate) enum Node {
    Standard(Standard),
    StandardProject(StandardProject),
    Region(Region),
    Enterprise(Enterprise),
    Product(Product),
    Declaration(Declaration),
    Annotation(Annotation),
    Licence(Licence),
    Penalty(Penalty),
    CreditListing(CreditListing),
    CreditRepair(CreditRepair),
    RiskRating(RiskRating),
    MeasuringInstrument(MeasuringInstrument),
    TestingInstitution(TestingInstitution),
    TypeApproval(TypeApproval),
}

/// The id of a record.
pub(crate) fn node_id(kind: RecordKind, key: &str) -> ID {
    id_of(kind.as_str(), key)
}

/// The same by the name of the kind.
pub(crate) fn id_of(kind: &str, key: &str) -> ID {
    ID(URL_SAFE_NO_PAD.encode(format!("1:{kind}:{key}")))
}

/// The type and key of an id.
fn parts(id: &str) -> Option<(String, String)> {
    let text = String::from_utf8(URL_SAFE_NO_PAD.decode(id).ok()?).ok()?;
    let mut parts = text.splitn(3, ':');
    let (version, kind, key) = (parts.next()?, parts.next()?, parts.next()?);
    // No record has U+0000 in its key, and PostgreSQL takes no text with it.
    (version == "1" && !key.contains('\0')).then(|| (kind.to_owned(), key.to_owned()))
}

/// The key inside an id, if the id is of this kind.
pub(crate) fn key_of(kind: RecordKind, id: &ID) -> Option<String> {
    let (of, key) = parts(id)?;
    (of == kind.as_str()).then_some(key)
}

#[derive(Default)]
pub(crate) struct NodeQuery;

#[Object]
impl NodeQuery {
    /// 按全局标识查找一个对象；不存在与不可见同样返回空。
    ///
    /// An object by its global id; null when there is none or when the reader may not see it.
    async fn node(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "全局标识。\n\nThe global id.")] id: ID,
    ) -> Result<Option<Node>, ApiError> {
        find(ctx, &id).await
    }

    /// 按全局标识查找多个对象（至多 500 个），次序与参数相同；不存在或不可见的位置为空。
    ///
    /// Objects by their global ids (500 at most), in the order of the ids; null where there is none or the reader may
    /// not see it.
    async fn nodes(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "全局标识，至多 500 个。\n\nThe global ids, 500 at most.")] ids: Vec<ID>,
    ) -> Result<Option<Vec<Option<Node>>>, ApiError> {
        if ids.len() > MOST_IDS {
            return Err(bad_input(format!(
                "nodes takes at most {MOST_IDS} ids; {} were given",
                ids.len()
            )));
        }
        let found = ids.iter().map(|id| find(ctx, id));
        futures_util::future::try_join_all(found).await.map(Some)
    }
}

async fn find(ctx: &Context<'_>, id: &ID) -> Result<Option<Node>, ApiError> {
    let Some((kind, key)) = parts(id) else {
        return Ok(None);
    };
    let loaders = ctx.loaders()?;
    Ok(if kind == RecordKind::Standard.as_str() {
        load(&loaders.standard, key)
            .await?
            .map(|found| Node::Standard(Standard(found)))
    } else if kind == RecordKind::StandardProject.as_str() {
        load(&loaders.project, key)
            .await?
            .map(|found| Node::StandardProject(StandardProject(found)))
    } else if kind == RecordKind::Region.as_str() {
        load(&loaders.region, key)
            .await?
            .map(|found| Node::Region(Region(found)))
    } else if kind == RecordKind::Enterprise.as_str() {
        load(&loaders.enterprise, key)
            .await?
            .map(|found| Node::Enterprise(Enterprise(found)))
    } else if kind == RecordKind::Product.as_str() {
        load(&loaders.product, key)
            .await?
            .map(|found| Node::Product(Product(found)))
    } else if kind == RecordKind::Declaration.as_str() {
        load(&loaders.declaration, key)
            .await?
            .map(|found| Node::Declaration(Declaration(found)))
    } else if kind == RecordKind::Annotation.as_str() {
        load(&loaders.annotation, key)
            .await?
            .map(|found| Node::Annotation(Annotation(found)))
    } else if kind == RecordKind::Licence.as_str() {
        load(&loaders.credit.licence, key)
            .await?
            .map(|found| Node::Licence(Licence(found)))
    } else if kind == RecordKind::Penalty.as_str() {
        load(&loaders.credit.penalty, key)
            .await?
            .map(|found| Node::Penalty(Penalty(found)))
    } else if kind == RecordKind::CreditListing.as_str() {
        load(&loaders.credit.listing, key)
            .await?
            .map(|found| Node::CreditListing(CreditListing(found)))
    } else if kind == RecordKind::CreditRepair.as_str() {
        load(&loaders.credit.repair, key)
            .await?
            .map(|found| Node::CreditRepair(CreditRepair(found)))
    } else if kind == RecordKind::RiskRating.as_str() {
        load(&loaders.credit.rating, key)
            .await?
            .map(|found| Node::RiskRating(RiskRating(found)))
    } else if kind == RecordKind::MeasuringInstrument.as_str() {
        load(&loaders.instrument, key)
            .await?
            .map(|found| Node::MeasuringInstrument(MeasuringInstrument(found)))
    } else if kind == RecordKind::TestingInstitution.as_str() {
        load(&loaders.institution, key)
            .await?
            .map(|found| Node::TestingInstitution(TestingInstitution(found)))
    } else if kind == RecordKind::TypeApproval.as_str() {
        load(&loaders.type_approval, key)
            .await?
            .map(|found| Node::TypeApproval(TypeApproval(found)))
    } else {
        None
    })
}
