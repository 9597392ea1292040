//! Value types at the border: every identifier that comes in is read once, keeps its raw text, and has one canonical form.

mod cma_number;
mod code_text;
mod document_number;
mod enterprise_name;
mod folding;
mod gtin;
mod kept_text;
mod money;
mod organization_code;
mod personal;
mod plan_number;
mod quantity;
mod region_code;
mod social_credit_code;
mod standard_number;
mod subject_category;
mod type_approval_number;

pub use cma_number::CmaNumber;
pub use document_number::DocumentNumber;
pub use enterprise_name::EnterpriseName;
pub use gtin::{Gtin, GtinFlag};
pub use kept_text::Unreadable;
pub use money::{Money, MoneyFault, wan_text, yuan_text};
pub use organization_code::{OrganizationCode, organization_check_character};
pub(crate) use personal::joined;
pub use personal::{Look, mask_in_text, mask_name};
pub use plan_number::PlanNumber;
pub use quantity::{Bound, Dimension, Quantity, QuantityFlag, Unit};
pub(crate) use quantity::{StoredBounds, weaker_sql};
pub use region_code::{RegionCode, RegionLevel};
pub use social_credit_code::{CreditCodeFlag, SocialCreditCode, credit_code_check_character};
pub use standard_number::*;
pub use subject_category::SubjectCategory;
pub use type_approval_number::TypeApprovalNumber;
