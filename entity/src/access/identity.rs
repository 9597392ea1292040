//! A verified identity: what a token said, in the hub's own types.

use chrono::{DateTime, Utc};

use super::role::Role;
use crate::record::RecordKind;
use crate::value::{RegionCode, SocialCreditCode};

/// Who asks. It is made of a token whose signature was checked, or of none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// The one role.
    pub role: Role,
    /// Who vouches for them: `iss` of the token; empty without one.
    pub issuer: String,
    /// The name of the person or machine at the issuer; empty without a token.
    pub subject: String,
    /// The application that asks for them; empty without a token.
    pub client: String,
    /// The id of the token (`jti`), by which the audit trail names it; empty without a token.
    pub token: String,
    /// The district.
    pub region: Option<RegionCode>,
    /// 分局 or 科室 within the bureau.
    pub office: Option<String>,
    /// The own enterprise.
    pub enterprise: Option<SocialCreditCode>,
    /// The CMA number of the own institution.
    pub institution: Option<String>,
    /// The kinds of records that were agreed on.
    pub kinds: Vec<RecordKind>,
    /// When the token ends.
    pub expires_at: Option<DateTime<Utc>>,
}

impl Identity {
    /// Everybody: no token.
    pub fn public() -> Self {
        Self {
            role: Role::Public,
            issuer: String::new(),
            subject: String::new(),
            client: String::new(),
            token: String::new(),
            region: None,
            office: None,
            enterprise: None,
            institution: None,
            kinds: Vec::new(),
            expires_at: None,
        }
    }

    /// The person or machine by a name that is unique over all issuers: two persons are told apart by it.
    pub fn person(&self) -> String {
        format!("{}#{}", self.issuer, self.subject)
    }
}
