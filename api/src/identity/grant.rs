//! What a sender is to the hub: one role, and exactly the bounds that belong to it.

use entity::access::Role;
use entity::record::RecordKind;
use entity::value::{RegionCode, SocialCreditCode};
use serde::{Deserialize, Serialize};

use super::refused::Reason;
use super::{json, token};

/// Kinds of records that one token can name.
const MOST_KINDS: usize = 50;

/// The claims that a role needs, and those that it may have besides. Everybody without a token is the public, so no token has
/// that role.
fn claims(role: Role) -> Option<(&'static [&'static str], &'static [&'static str])> {
    Some(match role {
        Role::Public => return None,
        Role::Enterprise => (&["enterprise"], &[]),
        Role::Institution => (&["institution"], &[]),
        Role::Staff => (&["region"], &["office"]),
        Role::Aggregator | Role::Hub => (&["region"], &[]),
        Role::CreditClient => (&["region", "kinds"], &[]),
        Role::Auditor | Role::SystemAdmin | Role::SecurityAdmin | Role::AuditAdmin => (&[], &[]),
    })
}

/// The claim `nqi`. A member that the hub does not know may be a bound that it would not keep, so it is refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Grant {
    /// The role.
    pub role: Role,
    /// The region, six digits (行政区划代码, GB/T 2260).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
    /// The office inside the bureau (科室), in the bureau's own words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub office: Option<String>,
    /// The enterprise, 18 characters (统一社会信用代码, GB 32100-2015).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub enterprise: Option<String>,
    /// The testing institution: the number of its qualification (资质认定证书编号, CMA).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub institution: Option<String>,
    /// The kinds of records, as node ids name them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub kinds: Vec<String>,
}

impl Grant {
    /// A role without bounds; those that it needs are still to be given.
    pub fn new(role: Role) -> Self {
        Self {
            role,
            region: None,
            office: None,
            enterprise: None,
            institution: None,
            kinds: Vec::new(),
        }
    }

    /// Whether the bounds are those of the role, and well written. A bound that the role does not have is refused, because
    /// its giver thinks that it binds.
    pub fn check(&self) -> Result<(), String> {
        let role = self.role.as_str();
        let (needed, possible) = claims(self.role)
            .ok_or_else(|| format!("the role {role} is that of everybody without a token"))?;
        let given = [
            ("region", self.region.is_some()),
            ("office", self.office.is_some()),
            ("enterprise", self.enterprise.is_some()),
            ("institution", self.institution.is_some()),
            ("kinds", !self.kinds.is_empty()),
        ];
        for (claim, there) in given {
            if !there && needed.contains(&claim) {
                return Err(format!("the role {role} needs {claim}"));
            }
            if there && !needed.contains(&claim) && !possible.contains(&claim) {
                return Err(format!("the role {role} has no {claim}"));
            }
        }
        if self
            .region
            .as_deref()
            .is_some_and(|code| !is_canonical_region_code(code))
        {
            return Err("region is no region code, such as 320582".to_owned());
        }
        if self
            .enterprise
            .as_deref()
            .is_some_and(|code| !is_canonical_credit_code(code))
        {
            return Err("enterprise is not the 18 characters of a credit code, in upper case".to_owned());
        }
        if self.kinds.len() > MOST_KINDS {
            return Err(format!("kinds has more than {MOST_KINDS} entries"));
        }
        let unknown = self.kinds.iter().find(|kind| kind.parse::<RecordKind>().is_err());
        if let Some(unknown) = unknown {
            return Err(format!(
                "kinds names no kind of records: {}",
                json::printable(unknown)
            ));
        }
        let texts = self.office.iter().map(|text| ("office", text));
        let mut texts = texts.chain(self.institution.iter().map(|text| ("institution", text)));
        match texts.find(|(_, text)| !token::is_text(text)) {
            Some((claim, _)) => Err(Reason::Text(claim).to_string()),
            None => Ok(()),
        }
    }
}

/// Whether a text is a region code in the one form that is stored and compared.
fn is_canonical_region_code(text: &str) -> bool {
    RegionCode::parse(text).is_some_and(|code| code.as_str() == text)
}

/// Whether a text is a credit code in the one form that is stored and compared. The check character is not looked at:
/// genuine codes fail it.
fn is_canonical_credit_code(text: &str) -> bool {
    SocialCreditCode::parse(text).is_some_and(|code| code.as_str() == text)
}
