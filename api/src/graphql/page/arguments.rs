//! `first`, `after`, `last`, `before`: checked, capped, turned into a page request.

use entity::page::PageRequest;
use entity::value::RegionCode;

use super::cursor::{CursorKey, ListId};
use crate::graphql::ApiError;

/// Rows of a page unless told.
const DEFAULT: i32 = 20;
/// The most rows of a page.
const MOST: i32 = 200;

/// The arguments of a list as the client gave them.
#[derive(Debug, Clone, Default)]
pub(crate) struct PageArguments {
    pub(crate) first: Option<i32>,
    pub(crate) after: Option<String>,
    pub(crate) last: Option<i32>,
    pub(crate) before: Option<String>,
}

impl PageArguments {
    /// The page that is asked for. Nothing is cut silently: a page that is too large is refused.
    pub(crate) fn request(&self, key: &CursorKey, list: &ListId) -> Result<PageRequest, ApiError> {
        let (wanted, from_end) = match (self.first, self.last) {
            (Some(_), Some(_)) => return Err(bad_input("give either first or last, not both")),
            (None, Some(last)) => (last, true),
            (first, None) => (first.unwrap_or(DEFAULT), false),
        };
        let limit = page_size(Some(wanted))?;
        let place = |cursor: &Option<String>| {
            cursor
                .as_deref()
                .map(|text| key.open(list, text).ok_or(ApiError::CursorInvalid))
                .transpose()
        };
        Ok(PageRequest {
            limit,
            from_end,
            after: place(&self.after)?,
            before: place(&self.before)?,
        })
    }
}

/// The rows of a page, if so many can be asked for.
fn page_size(wanted: Option<i32>) -> Result<u64, ApiError> {
    let wanted = wanted.unwrap_or(DEFAULT);
    let size = u64::try_from(wanted)
        .ok()
        .filter(|_| (1..=MOST).contains(&wanted));
    size.ok_or_else(|| bad_input(format!("a page has 1 to {MOST} rows; {wanted} were asked for")))
}

/// A `BAD_USER_INPUT`.
pub(crate) fn bad_input(message: impl Into<String>) -> ApiError {
    ApiError::BadInput(message.into())
}

/// The key of a standard number that an argument names, however it is written.
pub(crate) fn standard_key(argument: &str, text: Option<String>) -> Result<Option<String>, ApiError> {
    text.map(|text| {
        let number = entity::value::StandardNumber::parse(&text);
        number.key().map(str::to_owned).ok_or_else(|| {
            bad_input(format!(
                "{argument}: {text:?} is no standard number; write it as in GB/T 1.1-2020"
            ))
        })
    })
    .transpose()
}

/// The region that an argument names.
pub(crate) fn region_code(text: Option<String>) -> Result<Option<RegionCode>, ApiError> {
    text.map(|text| {
        RegionCode::parse(&text).ok_or_else(|| {
            bad_input(format!(
                "regionCode: {text:?} is no code of GB/T 2260 (six digits)"
            ))
        })
    })
    .transpose()
}

/// What a page costs: its rows times what is asked of each.
pub(crate) fn page_cost(first: Option<i32>, last: Option<i32>, child: usize) -> usize {
    let rows = first.or(last).unwrap_or(DEFAULT).clamp(1, MOST);
    usize::try_from(rows)
        .unwrap_or(usize::MAX)
        .saturating_mul(child.max(1))
}
