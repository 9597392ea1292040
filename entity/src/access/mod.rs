//! Who asks (`Identity`), as what (`Role`), what that allows (`Permission`), and what it lets them see (`Scope`).

mod guarded;
mod identity;
mod role;
mod scope;

pub use guarded::{Class, ForBureau, ForDepartment, ForEnterprise, Guard, Guarded};
pub use identity::Identity;
pub use role::{Permission, Role};
pub(crate) use scope::Visible;
pub use scope::{Audience, Scope};
