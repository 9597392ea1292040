//! Pages by key: neutral of GraphQL, the same for every list.
//!
//! A list is ordered by one column and then by the key. Unknown values come first in ascending and last in descending
//! order, so that one direction is exactly the reverse of the other and one index serves both.

use sea_orm::sea_query::{NullOrdering, Order};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter, QueryOrder,
    QuerySelect, Select, Value,
};

use crate::{Database, Result, Scope};

/// The direction of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Direction {
    /// 升序.
    #[default]
    Asc,
    /// 降序.
    Desc,
}

/// A place in a list: the value of the order column (none where it is unknown) and the key.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Position {
    /// The order column as text; none when unknown or when the list is ordered by its key alone.
    #[serde(rename = "v", default, skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// The key of the row.
    #[serde(rename = "k")]
    pub key: String,
}

/// Which part of a list is wanted.
#[derive(Debug, Clone, Default)]
pub struct PageRequest {
    /// How many rows at most.
    pub limit: u64,
    /// Whether the rows are counted from the end (`last`).
    pub from_end: bool,
    /// Only rows behind this place.
    pub after: Option<Position>,
    /// Only rows before this place.
    pub before: Option<Position>,
}

/// A part of a list.
#[derive(Debug, Clone)]
pub struct Page<T> {
    /// The rows in list order.
    pub items: Vec<T>,
    /// Whether rows stand before these.
    pub has_previous: bool,
    /// Whether rows follow.
    pub has_next: bool,
}

/// A list: what decides its rows and their order. Its `Debug` form tells one list from another.
pub trait List: std::fmt::Debug + Clone + Send + Sync + 'static {
    /// What it lists.
    type Item: Send;

    /// A page of the rows that the reader may see.
    fn list(
        &self,
        db: &Database,
        scope: &Scope,
        request: &PageRequest,
    ) -> impl Future<Output = Result<Page<Self::Item>>> + Send;

    /// How many rows the reader may see; the same rows that can be paged to.
    fn count(&self, db: &Database, scope: &Scope) -> impl Future<Output = Result<u64>> + Send;

    /// The place of a row in the list.
    fn position(&self, item: &Self::Item) -> Position;
}

/// Why a page cannot be served.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum PageError {
    /// The value inside a cursor has not the type of the order column.
    #[error("the cursor does not fit this list: leave it out and start from the first page")]
    CursorInvalid,
}

/// Reads the value of an order column out of a cursor.
pub(crate) type ReadValue = fn(&str) -> Option<Value>;

/// How a list is ordered.
pub(crate) struct Keyset<C> {
    /// The order column with the parser of its values; none for the key alone.
    pub(crate) column: Option<(C, ReadValue)>,
    /// The unique key that breaks ties.
    pub(crate) key: C,
    pub(crate) direction: Direction,
}

impl<C: ColumnTrait> Keyset<C> {
    /// Reads one page out of `select`.
    pub(crate) async fn page<E, D>(
        &self,
        db: &D,
        select: Select<E>,
        request: &PageRequest,
    ) -> Result<Page<E::Model>>
    where
        E: EntityTrait<Column = C>,
        E::Model: FromQueryResult + Sync,
        D: ConnectionTrait,
    {
        let mut select = select;
        if let Some(after) = &request.after {
            select = select.filter(self.beyond(after, self.direction)?);
        }
        if let Some(before) = &request.before {
            select = select.filter(self.beyond(before, self.direction.reversed())?);
        }
        let direction = if request.from_end {
            self.direction.reversed()
        } else {
            self.direction
        };
        if let Some((column, _)) = &self.column {
            let nulls = if direction == Direction::Asc {
                NullOrdering::First
            } else {
                NullOrdering::Last
            };
            select = select.order_by_with_nulls(*column, direction.sql(), nulls);
        }
        let select = select
            .order_by(self.key, direction.sql())
            .limit(request.limit.saturating_add(1));
        let mut items = select.all(db).await?;
        let more = items.len() as u64 > request.limit;
        items.truncate(usize::try_from(request.limit).unwrap_or(usize::MAX));
        if request.from_end {
            items.reverse();
        }
        let (has_previous, has_next) = if request.from_end {
            (more, request.before.is_some())
        } else {
            (request.after.is_some(), more)
        };
        Ok(Page {
            items,
            has_previous,
            has_next,
        })
    }

    /// The rows that stand strictly behind a place when the list runs in `direction`.
    fn beyond(&self, place: &Position, direction: Direction) -> Result<Condition> {
        let up = direction == Direction::Asc;
        let key = if up {
            self.key.gt(&place.key)
        } else {
            self.key.lt(&place.key)
        };
        let Some((column, parse)) = &self.column else {
            return Ok(Condition::all().add(key));
        };
        Ok(match &place.value {
            None => {
                let among_unknown = Condition::all().add(column.is_null()).add(key);
                if up {
                    Condition::any().add(among_unknown).add(column.is_not_null())
                } else {
                    among_unknown
                }
            }
            Some(text) => {
                let value = parse(text).ok_or(PageError::CursorInvalid)?;
                let same = Condition::all().add(column.eq(value.clone())).add(key);
                let known = Condition::any().add(same);
                if up {
                    known.add(column.gt(value))
                } else {
                    known.add(column.lt(value)).add(column.is_null())
                }
            }
        })
    }
}

impl Direction {
    fn reversed(self) -> Self {
        match self {
            Self::Asc => Self::Desc,
            Self::Desc => Self::Asc,
        }
    }

    fn sql(self) -> Order {
        match self {
            Self::Asc => Order::Asc,
            Self::Desc => Order::Desc,
        }
    }
}

/// Takes a text inside a cursor.
pub(crate) fn text_value(text: &str) -> Option<Value> {
    Some(text.to_owned().into())
}

/// Parses a date inside a cursor.
pub(crate) fn date_value(text: &str) -> Option<Value> {
    text.parse::<chrono::NaiveDate>().ok().map(Value::from)
}

/// Parses an instant inside a cursor.
pub(crate) fn instant_value(text: &str) -> Option<Value> {
    chrono::DateTime::parse_from_rfc3339(text)
        .ok()
        .map(|at| Value::from(at.to_utc()))
}
