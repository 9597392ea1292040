//! Who asks (`Identity`), as what (`Role`), what that allows (`Permission`), what it lets them see (`Scope`), and
//! which tokens are refused before they end.

mod guarded;
mod identity;
mod revoked;
mod role;
mod scope;
mod spec;

pub use guarded::{Class, ForBureau, ForDepartment, ForEnterprise, Guard, Guarded};
pub use identity::Identity;
pub use revoked::{MOST_REVOKED, forget_revoked, revoke_token, revoked_tokens};
pub use role::{Permission, Role};
pub(crate) use scope::Visible;
pub use scope::{Audience, Scope};
