//! A scope as a text, for what outlives a request: a cursor of the feed remembers what its reader saw.

use super::identity::Identity;
use super::role::Role;
use super::scope::Scope;
use crate::record::RecordKind;
use crate::value::{RegionCode, SocialCreditCode};

/// Between the parts; none of them has it.
const SIGN: char = '|';

impl Scope {
    /// Role, region, enterprise and kinds, as [`Self::from_spec`] reads them. Equal scopes have equal texts.
    pub fn spec(&self) -> String {
        let mut kinds: Vec<&str> = self
            .kinds()
            .unwrap_or_default()
            .iter()
            .map(|kind| kind.as_str())
            .collect();
        kinds.sort_unstable();
        kinds.dedup();
        let region = self.region().map(RegionCode::as_str).unwrap_or_default();
        let enterprise = self
            .enterprise()
            .map(SocialCreditCode::as_str)
            .unwrap_or_default();
        [self.role().as_str(), region, enterprise, &kinds.join(",")].join(&SIGN.to_string())
    }

    /// The scope of a text that [`Self::spec`] wrote; `None` for any other, such as one of a later version.
    #[must_use]
    pub fn from_spec(text: &str) -> Option<Self> {
        let mut parts = text.split(SIGN);
        let (role, region, enterprise, kinds) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
        let role: Role = role.parse().ok()?;
        let kinds: Option<Vec<RecordKind>> = kinds
            .split(',')
            .filter(|kind| !kind.is_empty())
            .map(|kind| kind.parse().ok())
            .collect();
        let scope = Self::of(&Identity {
            role,
            region: RegionCode::parse(region),
            enterprise: SocialCreditCode::parse(enterprise),
            kinds: kinds?,
            ..Identity::public()
        });
        (scope.spec() == text).then_some(scope)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scope_is_what_its_text_says() {
        let region = RegionCode::parse("320582");
        for role in Role::ALL {
            for region in [None, region.clone()] {
                let identity = Identity {
                    role: *role,
                    region,
                    kinds: vec![RecordKind::Enterprise, RecordKind::Standard],
                    ..Identity::public()
                };
                let scope = Scope::of(&identity);
                assert_eq!(
                    Scope::from_spec(&scope.spec()).unwrap(),
                    scope,
                    "{}",
                    scope.spec()
                );
            }
        }
    }

    #[test]
    fn other_texts_are_none() {
        for text in [
            "",
            "PUBLIC",
            "NOBODY|||",
            "STAFF|32x||",
            "CREDIT_CLIENT|||Thing",
            "PUBLIC|||x",
        ] {
            assert_eq!(Scope::from_spec(text), None, "{text}");
        }
    }
}
