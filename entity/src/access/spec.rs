//! A scope as a text, for what outlives a request: a cursor of the feed remembers what its reader saw.

use super::identity::Identity;
use super::scope::Scope;
use crate::record::RecordKind;
use crate::value::{RegionCode, SocialCreditCode};

/// Between the parts; none of them has it.
const SIGN: char = '|';

impl Scope {
    /// Role, region, enterprise, agreed kinds, asked kinds and asked regions, as [`Self::from_spec`] reads them. Equal scopes have equal
    /// texts.
    pub fn spec(&self) -> String {
        let mut agreed = self.kinds().unwrap_or_default().to_vec();
        agreed.sort_unstable_by_key(|kind| kind.as_str());
        agreed.dedup();
        let kinds = |kinds: &[RecordKind]| listed(kinds.iter().map(|kind| kind.as_str()));
        let asked = self.asked();
        let parts = [
            self.role().as_str().to_owned(),
            self.region()
                .map(RegionCode::as_str)
                .unwrap_or_default()
                .to_owned(),
            self.enterprise()
                .map(SocialCreditCode::as_str)
                .unwrap_or_default()
                .to_owned(),
            kinds(&agreed),
            kinds(&asked.kinds),
            listed(asked.regions.iter().map(RegionCode::as_str)),
        ];
        parts.join(&SIGN.to_string())
    }

    /// The scope of a text that [`Self::spec`] wrote; `None` for any other, such as one of a later version.
    #[must_use]
    pub fn from_spec(text: &str) -> Option<Self> {
        let mut parts = text.split(SIGN);
        let mut part = || parts.next();
        let (role, region, enterprise, agreed) = (part()?, part()?, part()?, part()?);
        let (kinds, regions) = (part()?, part()?);
        let scope = Self::of(&Identity {
            role: role.parse().ok()?,
            region: RegionCode::parse(region),
            enterprise: SocialCreditCode::parse(enterprise),
            kinds: members(agreed, |kind| kind.parse().ok())?,
            ..Identity::public()
        });
        let scope = scope.narrowed(
            members(kinds, |kind| kind.parse().ok())?,
            members(regions, RegionCode::parse)?,
        );
        (scope.spec() == text).then_some(scope)
    }
}

fn listed<'a>(members: impl Iterator<Item = &'a str>) -> String {
    members.collect::<Vec<_>>().join(",")
}

fn members<T>(text: &str, read: impl Fn(&str) -> Option<T>) -> Option<Vec<T>> {
    text.split(',')
        .filter(|member| !member.is_empty())
        .map(read)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::Role;

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
                let narrow = scope.narrowed(
                    vec![RecordKind::Product, RecordKind::Enterprise],
                    vec![RegionCode::parse("320000").unwrap()],
                );
                for scope in [scope, narrow] {
                    let text = scope.spec();
                    assert_eq!(Scope::from_spec(&text).unwrap(), scope, "{text}");
                }
            }
        }
    }

    #[test]
    fn other_texts_are_none() {
        for text in [
            "",
            "PUBLIC",
            "PUBLIC|||",
            "NOBODY|||||",
            "STAFF|32x||||",
            "CREDIT_CLIENT|||Thing||",
            "PUBLIC||||x|",
            "PUBLIC|||||32x",
            "PUBLIC||||Product,Enterprise|",
        ] {
            assert_eq!(Scope::from_spec(text), None, "{text}");
        }
    }
}
