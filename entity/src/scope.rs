//! Who is asking, and what that lets them see: decided here and nowhere else.
//!
//! Every read takes a [`Scope`] and starts from [`Visible::visible`]. A row that is not visible and a row that does not
//! exist answer alike.

use std::str::FromStr;

use sea_orm::sea_query::Expr;
use sea_orm::{EntityTrait, QueryFilter, Select};

use crate::value::RegionCode;

/// Who a row is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Audience {
    /// 公开: everybody.
    Public,
    /// 机关工作人员: staff of a bureau in whose district the row lies (属地管理, R47, R78).
    Staff,
}

impl Audience {
    /// As stored.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Public => "PUBLIC",
            Self::Staff => "STAFF",
        }
    }
}

impl FromStr for Audience {
    type Err = ();

    fn from_str(word: &str) -> Result<Self, ()> {
        [Self::Public, Self::Staff]
            .into_iter()
            .find(|audience| audience.as_str() == word)
            .ok_or(())
    }
}

/// What the reader may see. Possession of a value is no proof: it is made from a verified identity.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Scope {
    staff_of: Option<RegionCode>,
}

impl Scope {
    /// Everybody: public rows only.
    pub fn public() -> Self {
        Self { staff_of: None }
    }

    /// Staff of the bureau of a region: public rows, and staff rows of that region and what lies in it.
    pub fn staff(region: RegionCode) -> Self {
        Self {
            staff_of: Some(region),
        }
    }

    /// The predicate over the columns `audience` and `region` of a table or alias. It holds nothing but fixed words
    /// and the digits of a region code.
    pub(crate) fn sql(&self, table: &str) -> String {
        let public = format!("{table}.audience = '{}'", Audience::Public.as_str());
        let Some(district) = &self.staff_of else {
            return public;
        };
        // A code goes on in whole levels only: to six digits, and from there to a zone. An empty region is bound to no
        // district; a text that is no code lies in none.
        let inside = format!("{:_<6}", district.prefix());
        format!(
            "({public} OR ({table}.audience = '{}' AND ({table}.region = '' OR {table}.region LIKE '{inside}' \
             OR {table}.region LIKE '{inside}.__')))",
            Audience::Staff.as_str()
        )
    }
}

/// A table whose rows have an audience and a region.
pub(crate) trait Visible: EntityTrait {
    /// The rows that the reader may see.
    fn visible(scope: &Scope) -> Select<Self> {
        Self::find().filter(Expr::cust(scope.sql(Self::default().table_name())))
    }
}
