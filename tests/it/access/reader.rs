//! Everybody who can ask: each role, with the districts and enterprises that make a difference.

use api::identity::Grant;
use entity::Scope;
use entity::access::{Identity, Role};
use entity::value::{RegionCode, SocialCreditCode, organization_check_character};
use support::bureau::{Bureau, enterprise, staff};

/// The district in which rows lie, and the city and province that it belongs to.
pub(super) const HERE: &str = "320582";
const CITY: &str = "320500";
const PROVINCE: &str = "320000";
/// The county beside it.
pub(super) const NEIGHBOUR: &str = "320581";

/// Somebody who asks.
pub(crate) struct Reader {
    /// As the matrix names them.
    pub(crate) name: &'static str,
    grant: Option<Grant>,
    token: Option<String>,
}

/// The credit code of an enterprise that does not exist, by its number: region 000000, right check characters.
pub(crate) fn credit_code(number: u32) -> String {
    let body = format!("MA{number:06}");
    let check = organization_check_character(&body).unwrap();
    let code = SocialCreditCode::with_check_digit(&format!("91000000{body}{check}")).unwrap();
    assert!(code.is_fictitious());
    code.as_str().to_owned()
}

/// Every role; of some more than one.
pub(crate) fn readers(bureau: &Bureau) -> Vec<Reader> {
    let here = |grant: Grant| Grant {
        region: Some(HERE.to_owned()),
        ..grant
    };
    let institution = Grant {
        institution: Some("231020340567".to_owned()),
        ..Grant::new(Role::Institution)
    };
    let credit = Grant {
        kinds: vec!["Enterprise".to_owned(), "Declaration".to_owned()],
        ..here(Grant::new(Role::CreditClient))
    };
    let table = [
        ("PUBLIC", None),
        ("ENTERPRISE own", Some(enterprise(&credit_code(1)))),
        ("ENTERPRISE other", Some(enterprise(&credit_code(9)))),
        ("INSTITUTION", Some(institution)),
        ("STAFF county", Some(staff(HERE))),
        ("STAFF city", Some(staff(CITY))),
        ("STAFF province", Some(staff(PROVINCE))),
        ("STAFF neighbour", Some(staff(NEIGHBOUR))),
        ("AGGREGATOR", Some(here(Grant::new(Role::Aggregator)))),
        ("CREDIT_CLIENT", Some(credit)),
        (
            "HUB city",
            Some(Grant {
                region: Some(CITY.to_owned()),
                ..Grant::new(Role::Hub)
            }),
        ),
        ("AUDITOR", Some(Grant::new(Role::Auditor))),
        ("SYSTEM_ADMIN", Some(Grant::new(Role::SystemAdmin))),
        ("SECURITY_ADMIN", Some(Grant::new(Role::SecurityAdmin))),
        ("AUDIT_ADMIN", Some(Grant::new(Role::AuditAdmin))),
    ];
    let readers: Vec<Reader> = table
        .into_iter()
        .map(|(name, grant)| Reader::new(bureau, name, grant))
        .collect();
    for role in Role::ALL {
        assert!(
            readers.iter().any(|reader| reader.role() == *role),
            "nobody is {role:?}"
        );
    }
    readers
}

/// A clerk of the bureau here.
pub(super) fn clerk(bureau: &Bureau, name: &'static str) -> Reader {
    let office = Some("标准计量科".to_owned());
    Reader::new(
        bureau,
        name,
        Some(Grant {
            office,
            ..staff(HERE)
        }),
    )
}

impl Reader {
    pub(super) fn new(bureau: &Bureau, name: &'static str, grant: Option<Grant>) -> Self {
        let token = grant.clone().map(|grant| bureau.token(name, grant));
        Self { name, grant, token }
    }

    /// The role.
    pub(super) fn role(&self) -> Role {
        self.grant.as_ref().map_or(Role::Public, |grant| grant.role)
    }

    /// The header that tells who asks.
    pub(super) fn sign(&self, request: reqwest::RequestBuilder) -> reqwest::RequestBuilder {
        match &self.token {
            Some(token) => request.bearer_auth(token),
            None => request,
        }
    }

    /// The scope that the token gives.
    pub(super) fn scope(&self) -> Scope {
        let Some(grant) = &self.grant else {
            return Scope::public();
        };
        let kinds = grant.kinds.iter().filter_map(|kind| kind.parse().ok());
        Scope::of(&Identity {
            role: grant.role,
            region: grant.region.as_deref().and_then(RegionCode::parse),
            enterprise: grant.enterprise.as_deref().and_then(SocialCreditCode::parse),
            kinds: kinds.collect(),
            ..Identity::public()
        })
    }

    /// Whether the reader sees what is for staff here alone, by the rules as people tell them.
    pub(super) fn is_inside(&self) -> bool {
        [
            "STAFF county",
            "STAFF city",
            "STAFF province",
            "HUB city",
            "AUDITOR",
        ]
        .contains(&self.name)
    }

    /// Whether the reader sees the audit trail.
    pub(super) fn reads_audit(&self) -> bool {
        [Role::Auditor, Role::AuditAdmin].contains(&self.role())
    }

    /// Whether the reader reads counts and no rows.
    pub(super) fn only_counts(&self) -> bool {
        self.role() == Role::Aggregator
    }
}
