//! What a clerk of a bureau sends, and which annotations a list has.

use async_graphql::{ID, InputObject};
use entity::annotation as domain;
use entity::embargo::Step;
use entity::record::RecordKind;

use super::vocabulary::{Addressee, AnnotationKind, ApprovalStep, Stage};
use crate::graphql::declaration::FindingRule;
use crate::graphql::error::ApiError;
use crate::graphql::node::key_of;
use crate::graphql::page::region_code;
use crate::graphql::written::{check_key, optional, text};

/// 批注列表的条件，各项须同时满足。
///
/// Which annotations are wanted; every condition that is set must hold.
#[derive(InputObject, Default, Debug)]
pub(crate) struct AnnotationFilter {
    /// 所批注声明的全局标识。
    ///
    /// On the declaration with this global id.
    declaration_id: Option<ID>,
    /// 审批环节为其一。
    ///
    /// At one of these stages.
    stage: Option<Vec<Stage>>,
    /// 类型为其一。
    ///
    /// Of one of these kinds.
    kind: Option<Vec<AnnotationKind>>,
    /// 所针对问题的规则为其一。
    ///
    /// About a finding of one of these rules.
    rule: Option<Vec<FindingRule>>,
    /// 批注机关的辖区为该行政区划或其所辖区划。
    ///
    /// Of bureaus of this region or of what lies in it.
    region_code: Option<String>,
}

/// 对本辖区的一项自我声明起草批注。
///
/// Begins an annotation on a declaration of the district.
#[derive(InputObject)]
pub(crate) struct AnnotateDeclarationInput {
    /// 幂等键：办理人自定，8 至 64 个可见 ASCII 字符；同一请求重发不会重复写入。
    ///
    /// The person's own name for the request, 8 to 64 visible ASCII characters: sent again, it writes nothing again.
    idempotency_key: String,
    /// 声明的全局标识。
    ///
    /// The global id of the declaration.
    declaration_id: ID,
    /// 批注的内容。
    ///
    /// What it says.
    content: AnnotationContentInput,
}

/// 修改本人起草的草稿。
///
/// Writes a draft of one's own anew.
#[derive(InputObject)]
pub(crate) struct ReviseAnnotationInput {
    /// 幂等键：办理人自定，8 至 64 个可见 ASCII 字符。
    ///
    /// The person's own name for the request, 8 to 64 visible ASCII characters.
    idempotency_key: String,
    /// 批注的全局标识。
    ///
    /// The global id of the annotation.
    id: ID,
    /// 所见的版本；已有更新版本的不予办理。
    ///
    /// The version that was seen; refused when there is a newer one.
    version: i64,
    /// 全部新内容，取代原内容。
    ///
    /// The whole new content; it takes the place of the former.
    content: AnnotationContentInput,
}

/// 办理一项批注的审批。
///
/// Takes an annotation a step further.
#[derive(InputObject)]
pub(crate) struct MoveAnnotationInput {
    /// 幂等键：办理人自定，8 至 64 个可见 ASCII 字符。
    ///
    /// The person's own name for the request, 8 to 64 visible ASCII characters.
    idempotency_key: String,
    /// 批注的全局标识。
    ///
    /// The global id of the annotation.
    id: ID,
    /// 所见的版本；已有更新版本的不予办理。
    ///
    /// The version that was seen; refused when there is a newer one.
    version: i64,
    /// 办理的事项。
    ///
    /// The step.
    step: ApprovalStep,
    /// 发文字号，如 `张市监标计〔2022〕2号`；仅批准时读取，第一位批准人必填。
    ///
    /// The number of the document, such as `张市监标计〔2022〕2号`; read with AUTHORISE only, where the first person has to give it.
    document_number: Option<String>,
    /// 理由，至多 2,000 字；仅退回、撤回时读取，必填。
    ///
    /// The reason, 2,000 characters at most; read with RETURN and WITHDRAW only, which need it.
    reason: Option<String>,
}

/// 批注的内容。
///
/// What an annotation says.
#[derive(InputObject)]
pub(crate) struct AnnotationContentInput {
    /// 批注类型。
    ///
    /// What it is.
    kind: AnnotationKind,
    /// 所针对问题的规则；类型为核实属实、核实不实时必填。
    ///
    /// The rule of the finding that it speaks about; needed with CONFIRMED and DISMISSED.
    rule: Option<FindingRule>,
    /// 批注内容，至多 2,000 字。
    ///
    /// The text, 2,000 characters at most.
    text: String,
    /// 公开对象。
    ///
    /// For whom it is meant once it is published.
    meant_for: Addressee,
}

impl AnnotationFilter {
    /// The same for the domain; what cannot be read is refused with its name.
    pub(super) fn domain(self) -> Result<domain::AnnotationFilter, ApiError> {
        // The id of something else, or of nothing, gives the empty key, which none has.
        let key = |id: ID| key_of(RecordKind::Declaration, &id).unwrap_or_default();
        Ok(domain::AnnotationFilter {
            declaration: self.declaration_id.map(key),
            stages: self.stage.map(|list| list.into_iter().map(Into::into).collect()),
            kinds: self.kind.map(|list| list.into_iter().map(Into::into).collect()),
            rules: self.rule.map(|list| list.into_iter().map(Into::into).collect()),
            region: region_code(self.region_code)?,
        })
    }
}

impl AnnotateDeclarationInput {
    /// The key, and the same for the domain.
    pub(super) fn domain(self) -> Result<(String, domain::Draft), ApiError> {
        check_key(&self.idempotency_key)?;
        let draft = domain::Draft {
            declaration: key_of(RecordKind::Declaration, &self.declaration_id).unwrap_or_default(),
            content: self.content.domain()?,
        };
        Ok((self.idempotency_key, draft))
    }
}

impl ReviseAnnotationInput {
    /// The key, and the same for the domain.
    pub(super) fn domain(self) -> Result<(String, domain::Revise), ApiError> {
        check_key(&self.idempotency_key)?;
        let revise = domain::Revise {
            key: annotation_key(&self.id),
            version: self.version,
            content: self.content.domain()?,
        };
        Ok((self.idempotency_key, revise))
    }
}

impl MoveAnnotationInput {
    /// The key, and the same for the domain.
    pub(super) fn domain(self) -> Result<(String, domain::Move), ApiError> {
        check_key(&self.idempotency_key)?;
        let reason = optional("reason", self.reason)?.unwrap_or_default();
        let document_number = optional("documentNumber", self.document_number)?;
        let step = match self.step {
            ApprovalStep::Submit => Step::Submit,
            ApprovalStep::Review => Step::Review,
            ApprovalStep::Authorise => Step::Authorise { document_number },
            ApprovalStep::Publish => Step::Publish,
            ApprovalStep::Return => Step::Return { reason },
            ApprovalStep::Withdraw => Step::Withdraw { reason },
        };
        let step = domain::Move {
            key: annotation_key(&self.id),
            version: self.version,
            step,
        };
        Ok((self.idempotency_key, step))
    }
}

impl AnnotationContentInput {
    fn domain(self) -> Result<domain::Content, ApiError> {
        Ok(domain::Content {
            kind: self.kind.into(),
            rule: self.rule.map(Into::into),
            text: text("content.text", self.text)?,
            meant_for: self.meant_for.into(),
        })
    }
}

/// The annotation that an id names. The id of something else, or of nothing, gives the empty key, which none has.
fn annotation_key(id: &ID) -> String {
    key_of(RecordKind::Annotation, id).unwrap_or_default()
}
