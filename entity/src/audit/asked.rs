//! What was asked, by whom and from where.

use crate::access::{Identity, Role};

/// The issuer of the hub itself, for what it does without being asked.
const HUB: &str = "urn:nqi-hub";

/// A request as the audit trail names it. What is not known is empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// Who.
    pub identity: Identity,
    /// The SHA-256 of the document.
    pub operation_hash: String,
    /// The name of the operation in the document.
    pub operation_name: String,
    /// The address of the reader, as far as proxies that are believed tell it.
    pub address: String,
    /// The name that the request has in the log and in the answer.
    pub request_id: String,
}

impl Asked {
    /// Somebody unknown, and nothing known of the request.
    pub fn public() -> Self {
        Self::by(Identity::public())
    }

    /// Somebody known, and nothing known of the request yet.
    pub fn by(identity: Identity) -> Self {
        Self {
            identity,
            operation_hash: String::new(),
            operation_name: String::new(),
            address: String::new(),
            request_id: String::new(),
        }
    }

    /// The hub by itself.
    pub(crate) fn by_hub(operation: &str) -> Self {
        let hub = Identity {
            role: Role::SystemAdmin,
            issuer: HUB.to_owned(),
            subject: "hub".to_owned(),
            ..Identity::public()
        };
        Self {
            operation_name: operation.to_owned(),
            ..Self::by(hub)
        }
    }
}
