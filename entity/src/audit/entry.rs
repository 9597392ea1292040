//! An entry before it gets its place in the chain.

use super::asked::Asked;
use super::escape::{escape, escape_list};
use crate::db::list::TextList;
use crate::vocabulary::vocabulary;

vocabulary! {
    /// 决定: what became of what was asked.
    Decision {
        /// 准许.
        Allowed = "ALLOWED",
        /// 拒绝.
        Refused = "REFUSED",
    }
}

/// What the trail is to hold of a request. Every text in it is escaped and bounded already.
#[derive(Debug, Clone)]
pub struct Entry {
    pub(super) actor: String,
    pub(super) role: &'static str,
    pub(super) client: String,
    pub(super) token_id: String,
    pub(super) region: String,
    pub(super) operation_hash: String,
    pub(super) operation_name: String,
    pub(super) object_kind: String,
    pub(super) object_ids: TextList,
    pub(super) decision: Decision,
    pub(super) reason: Option<String>,
    pub(super) row_count: Option<i64>,
    pub(super) unmasked: TextList,
    pub(super) purpose: Option<String>,
    pub(super) address: String,
    pub(super) request_id: String,
}

impl Entry {
    /// Something was allowed; `object_kind` is the kind of record or thing that it is about.
    pub fn allowed(asked: &Asked, object_kind: &str) -> Self {
        Self::new(asked, object_kind, Decision::Allowed)
    }

    /// Something was refused, for a reason.
    pub fn refused(asked: &Asked, object_kind: &str, reason: &str) -> Self {
        Self::new(asked, object_kind, Decision::Refused).because(reason)
    }

    fn new(asked: &Asked, object_kind: &str, decision: Decision) -> Self {
        let identity = &asked.identity;
        let region = identity.region.as_ref().map_or("", |region| region.as_str());
        // Somebody without a token has no name, rather than a `#` without sides.
        let named = !identity.issuer.is_empty() || !identity.subject.is_empty();
        Self {
            actor: if named {
                escape(&identity.person())
            } else {
                String::new()
            },
            role: identity.role.as_str(),
            client: escape(&identity.client),
            token_id: escape(&identity.token),
            region: region.to_owned(),
            operation_hash: escape(&asked.operation_hash),
            operation_name: escape(&asked.operation_name),
            object_kind: escape(object_kind),
            object_ids: TextList::default(),
            decision,
            reason: None,
            row_count: None,
            unmasked: TextList::default(),
            purpose: None,
            address: escape(&asked.address),
            request_id: escape(&asked.request_id),
        }
    }

    /// The objects by their keys. More than a hundred are counted rather than listed.
    pub fn objects<T: AsRef<str>>(mut self, keys: &[T]) -> Self {
        self.object_ids = TextList(escape_list(keys));
        self
    }

    /// Why it was decided so, or what was done.
    pub fn because(mut self, reason: &str) -> Self {
        self.reason = Some(escape(reason));
        self
    }

    /// How many rows were read or written.
    pub fn rows(mut self, count: u64) -> Self {
        self.row_count = Some(i64::try_from(count).unwrap_or(i64::MAX));
        self
    }

    /// Which masked fields were shown in clear, and for what purpose.
    pub fn unmasked<T: AsRef<str>>(mut self, fields: &[T], purpose: &str) -> Self {
        self.unmasked = TextList(escape_list(fields));
        self.purpose = Some(escape(purpose));
        self
    }
}
