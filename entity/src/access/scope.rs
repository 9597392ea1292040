//! What the reader may see: decided here and nowhere else.
//!
//! Every read takes a [`Scope`] and starts from [`Visible::visible`]. A row that is not visible and a row that does not
//! exist answer alike.

use chrono::NaiveDate;
use sea_orm::sea_query::Expr;
use sea_orm::{EntityTrait, QueryFilter, Select};

use super::guarded::Class;
use super::identity::Identity;
use super::role::{Permission, Role};
use crate::record::{Reach, RecordKind};
use crate::value::{RegionCode, SocialCreditCode};
use crate::vocabulary::vocabulary;

vocabulary! {
    /// 公开范围: who a row is for.
    Audience {
        /// 公开: everybody.
        Public = "PUBLIC",
        /// 相关企业: the enterprise that the row is about, and staff as below.
        Enterprise = "ENTERPRISE",
        /// 机关工作人员: staff of a bureau in whose district the row lies (属地管理, R47, R78).
        Staff = "STAFF",
    }
}

/// What the reader may see. Possession of a value is no proof: it is made from a verified identity.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Scope {
    role: Role,
    region: Option<RegionCode>,
    enterprise: Option<SocialCreditCode>,
    kinds: Option<Vec<RecordKind>>,
    asked: Asked,
}

/// What a reader of the feed asks for out of what it may see; nothing named is everything.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub(super) struct Asked {
    pub(super) kinds: Vec<RecordKind>,
    pub(super) regions: Vec<RegionCode>,
}

/// Where a reader sees what is not public.
#[derive(Debug, Clone, Copy)]
enum District<'a> {
    Nowhere,
    /// In a region and what lies in it.
    Of(&'a RegionCode),
    Everywhere,
}

impl Scope {
    /// Everybody: public rows only.
    pub fn public() -> Self {
        Self::of(&Identity::public())
    }

    /// Staff of the bureau of a region: public rows, and rows of that region and what lies in it.
    pub fn staff(region: RegionCode) -> Self {
        Self::of(&Identity {
            role: Role::Staff,
            region: Some(region),
            ..Identity::public()
        })
    }

    /// Whoever runs commands on the machine itself: the database is theirs to read in any case.
    pub fn operator() -> Self {
        Self::of(&Identity {
            role: Role::Auditor,
            ..Identity::public()
        })
    }

    /// What an identity may see.
    pub fn of(identity: &Identity) -> Self {
        Self {
            role: identity.role,
            region: identity.region.clone(),
            enterprise: identity.enterprise.clone(),
            kinds: (identity.role == Role::CreditClient).then(|| identity.kinds.clone()),
            asked: Asked::default(),
        }
    }

    /// The same reader, told of no more than these kinds and these regions with what lies in them and what is bound to no region. No
    /// kinds are all kinds, no regions all regions. It never widens what the reader may see.
    #[must_use]
    pub fn narrowed(&self, mut kinds: Vec<RecordKind>, mut regions: Vec<RegionCode>) -> Self {
        kinds.sort_unstable_by_key(|kind| kind.as_str());
        kinds.dedup();
        regions.sort_unstable_by(|left, right| left.as_str().cmp(right.as_str()));
        regions.dedup();
        Self {
            asked: Asked { kinds, regions },
            ..self.clone()
        }
    }

    fn district(&self) -> District<'_> {
        match (self.role, &self.region) {
            (Role::Staff | Role::Aggregator | Role::Hub, Some(region)) => District::Of(region),
            (Role::Auditor, _) => District::Everywhere,
            _ => District::Nowhere,
        }
    }

    /// Whether the reader may do something.
    pub fn allows(&self, permission: Permission) -> bool {
        self.role.allows(permission)
    }

    /// The own enterprise of the reader.
    pub fn enterprise(&self) -> Option<&SocialCreditCode> {
        self.enterprise.as_ref()
    }

    pub(super) fn role(&self) -> Role {
        self.role
    }

    /// The region that the reader stands for.
    pub(super) fn region(&self) -> Option<&RegionCode> {
        self.region.as_ref()
    }

    /// Whether events of a kind are told to the reader: a credit system gets what was agreed on.
    pub(crate) fn kinds(&self) -> Option<&[RecordKind]> {
        self.kinds.as_deref()
    }

    pub(super) fn asked(&self) -> &Asked {
        &self.asked
    }

    /// Whether the reader may read a column of a row that it sees.
    pub(super) fn reads(&self, class: Class, reach: &Reach) -> bool {
        let inside = match self.district() {
            District::Nowhere => false,
            District::Everywhere => true,
            District::Of(district) => {
                let bureau = class == Class::Restricted;
                let region = RegionCode::parse(&reach.region);
                match region {
                    None => !bureau && reach.region.is_empty(),
                    Some(region) if bureau => region == *district,
                    Some(region) => district.contains(&region),
                }
            }
        };
        let own = || {
            self.enterprise
                .as_ref()
                .is_some_and(|own| own.as_str() == reach.owner)
        };
        inside || (class == Class::Enterprise && own())
    }

    /// The audiences beside the public whose rows the reader sees in its district. What is for staff alone is not even
    /// counted for whoever reads no rows: a number that grows tells that something is held back.
    fn inner(&self) -> impl Iterator<Item = Audience> + use<> {
        let staff = self.role.allows(Permission::ReadRows);
        let staff = staff.then_some(Audience::Staff);
        staff.into_iter().chain([Audience::Enterprise])
    }

    /// The predicate over the columns `audience` and `region` of a table or alias. It holds nothing but fixed words and the
    /// digits of a region code.
    pub(crate) fn sql(&self, table: &str) -> String {
        self.sql_for(&format!("{table}.audience"), table)
    }

    /// The same for an audience that is computed.
    fn sql_for(&self, audience: &str, table: &str) -> String {
        let public = format!("{audience} = '{}'", Audience::Public.as_str());
        let inner = self.inner().map(|audience| format!("'{}'", audience.as_str()));
        let inner = format!("{audience} IN ({})", inner.collect::<Vec<_>>().join(", "));
        match self.district() {
            District::Nowhere => public,
            District::Everywhere => format!("({public} OR {inner})"),
            District::Of(district) => format!("({public} OR ({inner} AND {}))", inside(district, table)),
        }
    }

    /// The same for a table whose rows belong to an enterprise and are public for a time, from the day in the column `public_from` to
    /// the one before `public_until`: before and after, a public row is for its enterprise.
    pub(crate) fn sql_dated(&self, table: &str, today: NaiveDate) -> String {
        let (public, enterprise) = (Audience::Public.as_str(), Audience::Enterprise.as_str());
        let audience = format!(
            "(CASE WHEN {table}.audience = '{public}' AND ({table}.public_from > '{today}' OR {table}.public_until <= '{today}') \
             THEN '{enterprise}' ELSE {table}.audience END)"
        );
        let seen = self.sql_for(&audience, table);
        let Some(own) = &self.enterprise else { return seen };
        format!(
            "({seen} OR ({audience} = '{enterprise}' AND {table}.owner = '{}'))",
            own.as_str()
        )
    }

    /// The same for a table whose rows can belong to an enterprise: its credit code stands in the column `owner`.
    pub(crate) fn sql_owned(&self, table: &str) -> String {
        let seen = self.sql(table);
        let Some(own) = &self.enterprise else { return seen };
        // Eighteen letters and digits.
        let audience = Audience::Enterprise.as_str();
        format!(
            "({seen} OR ({table}.audience = '{audience}' AND {table}.owner = '{}'))",
            own.as_str()
        )
    }

    /// The same for events of the feed, of records as they stand at that event. A credit system sees the kinds that were agreed on,
    /// and what lies in its region or in none; every reader sees of that what it asks for.
    pub(crate) fn sql_events(&self, table: &str) -> String {
        let seen = self.sql_agreed(table);
        match self.sql_bounds(table) {
            Some(place) => format!("({seen} AND {place})"),
            None => seen,
        }
    }

    /// The same for events that the reader is told of: those of records that lay in its region before, too.
    pub(crate) fn sql_told(&self, table: &str) -> String {
        let seen = self.sql_agreed(table);
        match (self.sql_bounds(table), self.sql_bounds("was")) {
            (Some(place), Some(was)) => format!(
                "({seen} AND ({place} OR EXISTS (SELECT 1 FROM feed was WHERE was.kind = {table}.kind \
                 AND was.record_key = {table}.record_key AND was.pos < {table}.pos AND {was})))"
            ),
            _ => seen,
        }
    }

    fn sql_agreed(&self, table: &str) -> String {
        let asked = Some(self.asked.kinds.as_slice()).filter(|kinds| !kinds.is_empty());
        let lists = [self.kinds(), asked].into_iter().flatten();
        lists.fold(self.sql_owned(table), |seen, kinds| {
            // No record has a kind without a name, and a list may not be empty.
            let listed = kinds.iter().fold("''".to_owned(), |list, kind| {
                list + &format!(", '{}'", kind.as_str())
            });
            format!("({seen} AND {table}.kind IN ({listed}))")
        })
    }

    fn sql_bounds(&self, table: &str) -> Option<String> {
        let any = |regions: &[RegionCode]| {
            let each: Vec<String> = regions.iter().map(|region| inside(region, table)).collect();
            format!("({})", each.join(" OR "))
        };
        self.bounds()
            .map(any)
            .reduce(|both, place| format!("{both} AND {place}"))
    }

    /// The regions that bound what the reader is told of: each list bounds it.
    fn bounds(&self) -> impl Iterator<Item = &[RegionCode]> {
        let agreed = self.region.as_ref().filter(|_| self.role == Role::CreditClient);
        let asked = Some(self.asked.regions.as_slice()).filter(|regions| !regions.is_empty());
        agreed.map(std::slice::from_ref).into_iter().chain(asked)
    }

    /// Whether a region lies outside of what the reader is told of.
    pub(crate) fn is_beyond(&self, region: &str) -> bool {
        let code = RegionCode::parse(region);
        let lies = |regions: &[RegionCode]| {
            code.as_ref()
                .is_some_and(|code| regions.iter().any(|bound| bound.contains(code)))
        };
        !region.is_empty() && self.bounds().any(|regions| !lies(regions))
    }

    /// What PostgreSQL is told of the reader for its own wall; nothing where the reader sees what is public and no more. It holds
    /// fixed words, the digits of a region code and the letters of a credit code.
    pub(crate) fn wall(&self) -> Option<String> {
        let district = match self.district() {
            District::Nowhere => None,
            District::Everywhere => Some("*".to_owned()),
            District::Of(district) => Some(pattern(district)),
        };
        let own = self.enterprise.as_ref().map(SocialCreditCode::as_str);
        if district.is_none() && own.is_none() {
            return None;
        }
        let audiences: Vec<&str> = self.inner().map(Audience::as_str).collect();
        let settings = [
            ("nqi.audiences", audiences.join(",")),
            ("nqi.district", district.unwrap_or_default()),
            ("nqi.enterprise", own.unwrap_or_default().to_owned()),
        ];
        let settings = settings.map(|(name, value)| format!("set_config('{name}', '{value}', true)"));
        Some(format!("SELECT {}", settings.join(", ")))
    }
}

/// Whether a row lies in a district. A code goes on in whole levels only: to six digits, and from there to a zone. An empty
/// region is bound to no district; a text that is no code lies in none.
fn inside(district: &RegionCode, table: &str) -> String {
    let prefix = pattern(district);
    format!("({table}.region = '' OR {table}.region LIKE '{prefix}' OR {table}.region LIKE '{prefix}.__')")
}

/// The code as a pattern of `LIKE`, in six places or those of a zone.
fn pattern(district: &RegionCode) -> String {
    format!("{:_<6}", district.prefix())
}

/// A table whose rows have an audience and a region.
pub(crate) trait Visible: EntityTrait {
    /// Whether rows can belong to an enterprise: there is a column `owner`.
    const OWNED: bool = false;

    /// The rows that the reader may see.
    fn visible(scope: &Scope) -> Select<Self> {
        let entity = Self::default();
        let table = entity.table_name();
        Self::find().filter(Expr::cust(if Self::OWNED {
            scope.sql_owned(table)
        } else {
            scope.sql(table)
        }))
    }
}
