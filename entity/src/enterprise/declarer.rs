//! Who declares: an enterprise as a declaration names it.

use chrono::NaiveDate;

use super::claim::{EnterpriseClaim, identity_by_name};
use super::term::EnterpriseFlag;
use crate::value::{EnterpriseName, RegionCode, SocialCreditCode};

/// An enterprise as a declaration names it: by credit code, by name, or by both.
#[derive(Debug, Clone, Default)]
pub struct Declarer {
    /// 统一社会信用代码
    pub code: Option<SocialCreditCode>,
    /// 企业名称
    pub name: Option<EnterpriseName>,
    /// The district.
    pub region: Option<RegionCode>,
    /// 组织机构代码
    pub organization_code: Option<String>,
    /// 住所
    pub address: Option<String>,
    /// What is odd about it.
    pub flags: Vec<EnterpriseFlag>,
}

impl Declarer {
    /// The identity: the credit code, else the name in its province; none where neither is told.
    pub fn key(&self) -> Option<String> {
        match (&self.code, &self.name) {
            (Some(code), _) => Some(code.as_str().to_owned()),
            (None, Some(name)) => Some(identity_by_name(
                province(self.region.as_ref(), None).as_ref(),
                name,
            )),
            (None, None) => None,
        }
    }

    /// What the declaration says about the enterprise, as it was called on the declaring day; and, where it gives name
    /// and code together, that the enterprise known by the name is the one with the code.
    pub fn claims(&self, declared_on: Option<NaiveDate>) -> Vec<EnterpriseClaim> {
        let Some(key) = self.key() else {
            return Vec::new();
        };
        let claim = EnterpriseClaim {
            key,
            credit_code: self.code.clone(),
            organization_code: self.organization_code.clone(),
            name: self.name.clone(),
            region_code: self.region.as_ref().map(|region| region.as_str().to_owned()),
            address: self.address.clone(),
            flags: self.flags.clone(),
            said_on: declared_on,
            ..EnterpriseClaim::default()
        };
        let alias = self
            .code
            .as_ref()
            .zip(self.name.as_ref())
            .map(|(code, name)| EnterpriseClaim {
                said_on: declared_on,
                ..EnterpriseClaim::alias(
                    identity_by_name(province(self.region.as_ref(), Some(code)).as_ref(), name),
                    code,
                )
            });
        std::iter::once(claim).chain(alias).collect()
    }
}

/// The province of a name identity: the region's, else that of the authority that registered the code.
pub fn province(region: Option<&RegionCode>, code: Option<&SocialCreditCode>) -> Option<RegionCode> {
    let digits = region
        .map(RegionCode::as_str)
        .or_else(|| code.map(SocialCreditCode::region_digits))?;
    RegionCode::parse(&format!("{}0000", digits.get(..2)?))
}
